"""The post pages: who holds what and when, and what hangs on it."""

from unittest.mock import AsyncMock

import pytest

from gateway.clients.analysis import Analysis
from services.kit.errors import Unavailable
from tests.councils.builders import day
from tests.councils.test_consequence import hold_everything
from tests.councils.test_project import a_project
from tests.councils.work import an_initiative
from tests.gateway.whole import Whole


async def test_the_list_says_who_holds_what_and_what_is_vacant(whole: Whole) -> None:
    actor, person = await whole.actor(), await whole.person()
    held, vacant = await whole.post(actor), await whole.post(actor, "Samordnare")
    await whole.holding(held, person, "2024-01-01")
    browser = await whole.browser("reader")
    page = await browser.get("/befattningar")
    assert page.status == 200
    rows = {row.css_first("th").text(strip=True): row.text() for row in page.all("tbody tr")}
    assert "Exempelperson 1" in rows["Utvecklare"]
    assert "Vakant" in rows["Samordnare"]
    only = await browser.get("/befattningar?vacant=true")
    assert [a.attributes["href"] for a in only.all("tbody th a")] == [
        f"/befattningar/{vacant['id']}"
    ]
    table = await browser.http.get("/befattningar.csv?vacant=true")
    assert "Samordnare" in table.text
    assert "Utvecklare" not in table.text


async def test_who_leads_what_in_a_municipality_stands_on_one_page(whole: Whole) -> None:
    told = {"name": "Exempelkommun", "kind": "municipality"}
    there = await whole.actors.made("/actors", told | {"municipality_code": "1472"})
    elsewhere = await whole.actors.made("/actors", told | {"municipality_code": "1496"})
    await whole.holding(await whole.post(there), await whole.person(), "2024-01-01")
    await whole.post(elsewhere, "Samordnare")
    for number, leaders in enumerate(([there["id"], elsewhere["id"]], [elsewhere["id"]])):
        council = {"name": f"Exempelråd {number}", "kind": "industry_council", "level": "operative"}
        when = {"phase": "active", "starts_on": "2024-01-01", "purpose": "Exempel"}
        await whole.councils.made("/councils", council | when | {"leader_actor_ids": leaders})
    for title, lead in (("Initiativ här", there), ("Initiativ där", elsewhere)):
        begun = an_initiative(title=title, lead_actor_id=lead["id"])
        made = await whole.councils.made("/initiatives", begun)
        await whole.councils.made(f"/initiatives/{made['id']}/decide", {"decided_on": day(-1)})
        told = a_project(name=title.replace("Initiativ", "Projekt"), owner_actor_id=lead["id"])
        made = await whole.councils.made("/projects", told)
        await whole.councils.made(f"/projects/{made['id']}/start", {"started_on": day(-1)})
    browser = await whole.browser("reader")
    then = (await browser.get(f"/befattningar?municipality_code=1472&as_of={day(-5)}")).text()
    assert ("Exempelråd 0" in then, "Initiativ här" in then, "Projekt här" in then) == (
        True, False, False,
    )  # fmt: skip
    page = await browser.get("/befattningar?municipality_code=1472")
    posts, led = page.all("table")
    assert ("Initiativ här" in led.text(), "Projekt här" in led.text()) == (True, True)
    assert " där" not in led.text()
    assert "Utvecklare" in posts.text()
    assert "Exempelperson 1" in posts.text()
    assert "Samordnare" not in posts.text()
    assert "Exempelråd 0" in led.text()
    assert {link.attributes["href"] for link in led.css("td a")} == {f"/aktorer/{there['id']}"}
    assert "Exempelråd 1" not in led.text()
    nobody = await browser.get("/befattningar?municipality_code=1440")
    assert "Inga befattningar stämmer" in nobody.text()
    assert "Inget pågående råd, initiativ eller projekt leds eller ägs" in nobody.text()
    assert (await browser.get("/befattningar?municipality_code=Tibro")).status == 400


async def test_one_post_shows_its_time_with_the_gaps(whole: Whole) -> None:
    actor, first, second = await whole.actor(), await whole.person(1), await whole.person(2)
    post = await whole.post(actor)
    await whole.holding(post, first, "2019-01-01", "2020-01-01")
    await whole.holding(post, second, "2020-01-01", "2021-01-01")
    await whole.holding(post, first, "2022-01-01")
    browser = await whole.browser("reader")
    page = await browser.get(f"/befattningar/{post['id']}")
    assert page.h1 == "Utvecklare"
    told = [" ".join(item.text(separator=" ").split()) for item in page.all(".timeline li")]
    assert [words.rpartition("2021 ")[2] for words in told[:2]] == [
        "från 1 jan 2022 Exempelperson 1 Nu",
        "Vakant",
    ]
    assert "Exempelperson 2" in told[2]
    assert "Exempelperson 1" in told[3]


async def test_a_post_shows_what_hangs_on_it_to_staff_alone(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = await whole.post(await whole.actor())
    held = await hold_everything(whole.councils, post["id"], post["actor_id"])
    path = f"/befattningar/{post['id']}"
    staff, nobody = await whole.browser("strategist"), AsyncMock(side_effect=Unavailable("away"))
    page = await staff.get(path)
    links = {link.attributes["href"] for link in page.all("[aria-labelledby=losses-heading] li a")}
    assert links == {
        f"/branschrad/{held['councils']}",
        f"/behov/{held['needs']}",
        f"/initiativ/{held['initiatives']}",
        f"/beslut/{held['decisions']}",
        f"/intervjuer/{held['interviews']}",
        f"/motesupplagg/{held['session_plans']}",
        f"/projekt/{held['projects']}",
        f"/projektdelar/aktiviteter/{held['project_activities']}",
        f"/projektdelar/avvikelser/{held['project_deviations']}",
        f"/projektdelar/fortlevnad/{held['project_continuations']}",
    }
    assert "Befattningen är vakant" in page.text()
    monkeypatch.setattr(Analysis, "whole", nobody)
    part = await staff.get(path)
    assert "Allt som hänger på befattningen går inte att visa" in " ".join(part.text().split())
    assert links <= {one.attributes["href"] for one in part.all("main li a")}, "the rest stands"
    reader = await (await whole.browser("reader")).get(path)
    assert reader.all("#losses-heading") == []


async def test_a_post_is_made_at_an_actor_and_changed(whole: Whole) -> None:
    actor = await whole.actor()
    browser = await whole.browser("process_leader")
    begun = await browser.get(f"/befattningar/ny?actor_id={actor['id']}")
    assert begun.fields()["actor_id"] == [actor["id"]]
    empty = await browser.send("/befattningar/ny", **begun.fields() | {"title": ""})
    assert (empty.status, empty.error("title")) == (422, "Fyll i ”Titel”.")
    made = await browser.send("/befattningar/ny", **begun.fields() | {"title": "Samordnare"})
    path = made.answer.headers["location"]
    assert (await browser.get(path)).h1 == "Samordnare"
    changed = await browser.submit(f"{path}/andra", title="Utvecklare", is_key="true")
    assert changed.status == 303
    page = await browser.get(path)
    assert page.h1 == "Utvecklare"
    assert "Nyckelbefattning" in page.text()


async def test_appointing_ending_and_appointing_again(whole: Whole) -> None:
    post, first = await whole.post(await whole.actor()), await whole.person(1)
    second = await whole.person(2)
    browser, path = await whole.browser("process_leader"), f"/befattningar/{post['id']}"
    done = await browser.submit(f"{path}/tillsatt", person_id=first["id"], valid_from=day(-30))
    assert done.status == 303
    page = await browser.get(f"{path}/tillsatt")
    assert "Bara en person i taget" in page.text()
    taken = await browser.submit(f"{path}/tillsatt", person_id=second["id"], valid_from=day(0))
    assert taken.status == 422
    assert (
        taken.error("valid_from") == "Perioden går in i en annan period. Välj ett annat startdatum."
    )
    end = page.one(".note a").attributes["href"] or ""
    empty = await browser.submit(end, valid_to=day(-40))
    assert empty.error("valid_to") == "Slutdatumet ska vara senare än startdatumet."
    assert (await browser.submit(end, valid_to=day(-10), handover="Pärmen")).status == 303
    shown = await browser.get(path)
    assert "Vakant" in shown.text("h1 + p")
    after = await browser.get(f"{path}/tillsatt")
    assert "Pärmen" in after.text(".note")
    assert after.fields()["valid_from"] == [day(0)]
    assert (await browser.submit(f"{path}/tillsatt", person_id=second["id"])).status == 303
    terms = [
        " ".join(item.text(separator=" ").split())
        for item in (await browser.get(path)).all(".timeline li")
    ]
    assert ["Exempelperson 2" in terms[0], "Vakant" in terms[1], "Exempelperson 1" in terms[2]] == [
        True
    ] * 3


async def test_a_substitute_covers_a_post_on_every_page_that_names_its_holder(
    whole: Whole,
) -> None:
    actor = await whole.actor()
    post, own, cover = await whole.post(actor), await whole.person(1), await whole.person(2)
    await whole.holding(post, own, "2020-01-01", day(20))
    browser, path = await whole.browser("process_leader"), f"/befattningar/{post['id']}"
    begun = await browser.get(f"{path}/tillsatt?cover=substitute")
    assert begun.fields()["cover"] == ["substitute"]
    twice = begun.fields() | {"person_id": own["id"], "valid_from": day(-5)}
    itself = await browser.send(f"{path}/tillsatt", **twice)
    assert "har befattningen redan" in itself.error("person_id")
    sent = begun.fields() | {"person_id": cover["id"], "valid_from": day(-5)}
    assert (await browser.send(f"{path}/tillsatt", **sent)).status == 303
    shown = await browser.get(path)
    assert "Har vikarie" in shown.text("h1 + p")
    assert "Vikarie Exempelperson 2" in shown.text("[aria-labelledby=facts-heading]")
    listed = (await browser.get("/befattningar?substitute=true&vacant=false")).text("tbody")
    assert "Vikarie: Exempelperson 2" in listed
    later = f"?as_of={day(30)}"
    then = await browser.get(path + later)
    assert "Vikarie, ingen ordinarie" in then.text("h1 + p")
    assert "Vakant" not in then.text("h1 + p")
    row = (await browser.get(f"/befattningar{later}&ordinary=false")).text("tbody")
    assert "Vikarie, ingen ordinarie" in row
    handed = (await browser.get(f"{path}/overlamning")).text("[aria-labelledby=who-heading]")
    assert "Vikarie Exempelperson 2" in handed
    for page in (f"/personer/{cover['id']}", f"/aktorer/{actor['id']}/historik"):
        assert "Vikarie" in (await browser.get(page)).text("main"), page
    assert "Vikarie: Exempelperson 2" in (await browser.get(f"/aktorer/{actor['id']}")).text()
    leaving = await browser.submit(f"/personer/{own['id']}/slutar", left_on=day(5))
    assert "Vikarie, ingen ordinarie" in leaving.text()
    assert "Blir vakant" not in leaving.text()
    left = await browser.submit(f"/personer/{cover['id']}/slutar", left_on=day(5))
    assert "Har ordinarie innehavare" in left.text()
    assert (await browser.send(f"/personer/{cover['id']}/slutar", **left.fields())).status == 303
    after = await browser.get(f"/personer/{cover['id']}/slutat")
    assert "Allt har tagits om hand" in after.text()


async def test_a_holding_written_by_mistake_is_taken_away(whole: Whole) -> None:
    post, person = await whole.post(await whole.actor()), await whole.person()
    holding = await whole.holding(post, person, "2024-01-01")
    browser = await whole.browser("process_leader")
    path = f"/innehav/{holding['id']}"
    asked = await browser.get(f"{path}/ta-bort")
    assert asked.text(".lead").startswith("Exempelperson 1 · Utvecklare"), asked.text(".lead")
    gone = await browser.submit(f"{path}/ta-bort")
    assert gone.status == 303
    page = await browser.get(f"/befattningar/{post['id']}")
    assert "Ingen har haft befattningen ännu." in page.text()
    assert (await browser.get(f"{path}/avsluta")).status == 404


async def test_only_leaders_change_posts(whole: Whole) -> None:
    post = await whole.post(await whole.actor())
    browser = await whole.browser("strategist")
    for path in ("ny", f"{post['id']}/andra", f"{post['id']}/tillsatt"):
        assert (await browser.get(f"/befattningar/{path}")).status == 403
