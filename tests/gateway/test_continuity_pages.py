"""Kontinuitet: turnover as table, picture and file, and what rests on a process leader alone."""

from typing import Any

from tests.gateway.looking import Page
from tests.gateway.whole import Whole

Fact = dict[str, Any]
SEAT = {"valid_from": "2025-01-01", "readiness_exception": "Exempel: ensam i branschen"}


def cells(page: Page, part: str = "#results") -> dict[str, dict[str, str]]:
    """The words of a table's cells, by the row's first and the column."""
    return {
        " ".join(row.css_first("th").text(separator=" ").split()): {
            cell.attributes["data-label"] or "": " ".join(cell.text(separator=" ").split())
            for cell in row.css("td[data-label]")
        }
        for row in page.all(f"{part} table.rows tbody tr")
    }


def years(page: Page) -> dict[str, dict[str, str]]:
    """The rows of the table of turnover, by name and year."""
    found = {}
    for row in page.all("#results table.rows tbody tr"):
        told = {
            cell.attributes["data-label"] or "": " ".join(cell.text(separator=" ").split())
            for cell in row.css("td[data-label]")
        }
        name = " ".join(row.css_first("th").text(separator=" ").split())
        found[f"{name} {told.pop('År')}"] = told
    return found


async def council(whole: Whole, leading: Fact, **more: Any) -> Fact:
    told = {"name": "Exempelrådet", "kind": "industry_council", "level": "operative",
            "leader_actor_ids": [leading["id"]], "phase": "active"}  # fmt: skip
    return await whole.councils.made("/councils", told | more)


async def met(whole: Whole, of: Fact, day: str, *seats: Fact) -> None:
    told = {"council_id": of["id"], "title": "Möte", "status": "held"}
    meeting = await whole.councils.made("/meetings", told | {"starts_at": f"{day}T09:00:00+02:00"})
    for seat in seats:
        came = {"meeting_id": meeting["id"], "seat_id": seat["id"], "attended": True}
        await whole.councils.made("/attendances", came)


async def test_turnover_stands_by_year_with_its_formula_picture_and_files(whole: Whole) -> None:
    browser = await whole.browser("reader")
    nothing = await browser.get("/kontinuitet")
    assert "Ingen omsättning att räkna ännu" in nothing.text("#results")
    actor = await whole.actor()
    post = await whole.post(actor, is_key=True)
    first, second = await whole.person(1), await whole.person(2)
    await whole.holding(post, first, "2023-01-01", "2024-07-01")
    await whole.holding(post, second, "2024-07-01", "2025-07-01")
    await whole.holding(post, first, "2025-07-01")
    page = await browser.get("/kontinuitet?as_of=2026-07-01")
    rows = years(page)
    told = ("2026 hittills", "2025", "2024", "2023")
    assert list(rows) == [f"Exempelkommun 1 {year}" for year in told]
    assert rows["Exempelkommun 1 2025"] == {
        "Omsättning": "100 %", "Avslutade": "1", "Tillträdde": "1", "I snitt": "1,00",
        "Nyckelbefattningar": "100 % 1 av i snitt 1,00 avslutades",
    }  # fmt: skip
    assert "Exempelperson" not in page.text("main")
    assert "avslutade uppdrag ÷ uppdrag i snitt" in page.text("main").lower()
    # The picture has the whole years alone, and says the same as a table.
    drawn = [row.text(separator=" ").split() for row in page.all("#turnover details tbody tr")]
    assert drawn == [["2023", "0", "0"], ["2024", "100", "100"], ["2025", "100", "100"]]
    chosen = await browser.get("/kontinuitet?year=2024&noun=actor&as_of=2026-07-01")
    assert list(years(chosen)) == ["Exempelkommun 1 2024"]
    ordered = await browser.get("/kontinuitet?as_of=2026-07-01&sort=year")
    assert next(iter(years(ordered))) == "Exempelkommun 1 2023"
    file = await browser.http.get("/kontinuitet.csv?year=2024&as_of=2026-07-01")
    assert "Exempelkommun 1" in file.text
    assert file.text.count("\r\n") == 2
    wrong = await browser.get("/kontinuitet?as_of=2199-01-01")
    assert "inte har kommit" in wrong.text("main")
    other = await browser.get(f"/kontinuitet?actor_id={(await whole.actor(2))['id']}")
    assert "Ingen omsättning i urvalet" in other.text("#results")


async def test_what_stops_without_the_process_leader_is_listed(whole: Whole) -> None:
    home = await whole.actor()
    leader = await whole.post(home, "Exempelledare", function="process_leader")
    led = await council(whole, home, process_leader_post_id=leader["id"])
    await council(whole, home, name="Exempelrådet utan ledare")
    others = [await whole.actor(number) for number in (2, 3, 4)]
    seat = {"council_id": led["id"], "role": "member"} | SEAT
    seats = [await whole.councils.made("/seats", seat | {"actor_id": o["id"]}) for o in others]
    told = {"actor_id": home["id"], "post_id": leader["id"], "role": "process_leader"}
    chair = await whole.councils.made("/seats", seat | told)
    await met(whole, led, "2026-03-01", chair, *seats)
    await met(whole, led, "2026-04-01", *seats[:2])
    browser = await whole.browser("process_leader")
    page = await browser.get("/kontinuitet/rad?as_of=2026-07-01")
    rows = cells(page)
    assert rows["Exempelrådet"] == {
        "Index": "0,50", "Vilar på processledaren": "3 av 6 samband", "Mellanliggande": "0,67",
        "Möten med processledaren": "1 av 2",
    }  # fmt: skip
    assert rows["Exempelrådet utan ledare"]["Index"] == (
        "Kan inte avgöras Ingen processledare är angiven"
    )
    one = await browser.get(f"/kontinuitet/rad/{led['id']}?as_of=2026-07-01")
    assert "0,50" in one.text("main")
    stops = one.text("[aria-labelledby=stops-heading]")
    assert "Exempelkommun 4" in stops
    assert "Exempelkommun 2" in stops
    links = {link.attributes["href"] for link in one.all("[aria-labelledby=stops-heading] a")}
    assert f"/aktorer/{others[2]['id']}" in links
    assert f"/befattningar/{leader['id']}" in links
    assert len(one.all("[aria-labelledby=ties-heading] tbody tr")) == 3
    reader = await whole.browser("reader")
    seen = await reader.get(f"/kontinuitet/rad/{led['id']}?as_of=2026-07-01")
    assert "0,50" in seen.text("main")
    assert not seen.all("[aria-labelledby=ties-heading] table")
    file = await browser.http.get("/kontinuitet/rad.csv?as_of=2026-07-01")
    assert '"0.5"' in file.text
    on_page = await reader.get(f"/branschrad/{led['id']}")
    assert on_page.all(f'a[href="/kontinuitet/rad/{led["id"]}"]')
    assert (await browser.get(f"/kontinuitet/rad/{home['id']}")).status == 404
