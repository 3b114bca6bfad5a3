"""An actor's history on a page: by year, narrowed, older ones further on, and corrections."""

from tests.councils.builders import a_council, a_seat
from tests.gateway.whole import Whole


async def test_everything_dated_stands_by_year(whole: Whole) -> None:
    actor, other = await whole.actor(1), await whole.actor(2)
    post, person = await whole.post(actor), await whole.person()
    held = await whole.holding(post, person, "2020-01-01", "2021-03-01")
    said = {"held_on": "2022-05-05", "channel": "meeting", "said": "Hemligt"}
    sides = {"actor_id": actor["id"], "our_actor_id": other["id"]}
    await whole.actors.made("/contacts", sides | said)
    council = await whole.councils.made(
        "/councils", a_council(starts_on="2018-04-01", leader_actor_ids=[actor["id"]])
    )
    seat = a_seat(council, actor_id=actor["id"], valid_from="2019-02-01", valid_to="2019-12-31")
    await whole.councils.made("/seats", seat)
    path = f"/aktorer/{actor['id']}/historik"
    browser = await whole.browser("process_leader")

    shown = await browser.get(f"/aktorer/{actor['id']}")
    assert path in [link.attributes["href"] for link in shown.all("h1 ~ * a, .heading a")]
    page = await browser.get(path)
    assert page.h1 == "Historik för Exempelkommun 1"
    years = [one.text(strip=True) for one in page.all(".card h2")]
    assert years[1:] == ["2022", "2021", "2020", "2019", "2018", "Rättat i efterhand"]
    held_in = page.text("[aria-labelledby=y2020-heading]")
    assert "Utvecklare – Exempelperson 1" in held_in
    assert "Tillträdde" in held_in
    assert "Antecknat" in held_in
    assert "Möte med Exempelkommun 1" not in page.text(), "the other side is named"
    assert "Möte med Exempelkommun 2" in page.text("[aria-labelledby=y2022-heading]")
    assert "Fick plats i råd" in page.text("[aria-labelledby=y2019-heading]")
    assert "leder började" in page.text("[aria-labelledby=y2018-heading]")
    assert "Hemligt" not in page.text()
    only = await browser.get(f"{path}?about=council")
    assert [one.text(strip=True) for one in only.all(".card h2")][:2] == ["2019", "2018"]
    assert "Inget i urvalet" in (await browser.get(f"{path}?about=gain")).text()

    draft = {"post_id": post["id"], "person_id": person["id"], "valid_to": "2021-03-01"}
    answer = await whole.actors.put(
        f"/holdings/{held['id']}", draft | {"valid_from": "2019-06-01"}, version=1
    )
    assert answer.status_code == 200
    corrected = (await browser.get(path)).text("[aria-labelledby=corrected-heading]")
    assert "Innehav Från och med: förut 1 jan 2020 nu 1 jun 2019" in corrected
    reader = await whole.browser("reader")
    seen = await reader.get(path)
    assert "Möte med" not in seen.text()
    assert "Rättat" not in seen.text()


async def test_a_long_history_goes_on_page_by_page(whole: Whole) -> None:
    actor = await whole.actor(1)
    for number in range(55):
        pledge = {"actor_id": actor["id"], "what": f"Bidrag {number}"}
        await whole.actors.made("/pledges", pledge | {"due_on": f"2020-01-{number % 28 + 1:02}"})
    browser = await whole.browser("reader")
    path = f"/aktorer/{actor['id']}/historik"
    first = await browser.get(path)
    assert len(first.all(".timeline li")) == 50
    older = first.one("a[rel=next]").attributes["href"] or ""
    second = await browser.get(older)
    assert len(second.all(".timeline li")) == 5
    assert "Till det senaste" in second.text()
    assert (await browser.get(f"{path}?after=trasigt")).status == 400
    assert (await browser.get("/aktorer/nonsens/historik")).status == 404


async def test_what_was_a_merged_actors_says_whose_it_was_and_whether_it_counts(
    whole: Whole,
) -> None:
    old, new = await whole.actor(1), await whole.actor(2)
    for one, status in ((old, "invited"), (new, "active")):
        told = {"actor_id": one["id"], "level": "operative", "status": status}
        await whole.actors.made("/standings", told | {"valid_from": "2020-01-01"})
    done = await whole.actors.post(f"/actors/{old['id']}/merge", {"into_id": new["id"]})
    assert done.status_code == 200, done.text
    browser = await whole.browser("reader")
    page = await browser.get(f"/aktorer/{new['id']}/historik?about=standing")
    own, came = sorted((one.text() for one in page.all(".timeline li")), key=lambda t: "Som" in t)
    assert "Aktiv" in own
    assert "Gäller inte" not in own
    assert "Inbjuden" in came
    assert "Som Exempelkommun 1" in came
    assert "Gäller inte: aktören hade ett annat läge då" in came
