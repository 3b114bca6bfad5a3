"""The contact pages: logged in two clicks, found again, and next steps that reach their owner."""

from typing import Any

import pytest

from gateway.swedish.ages import lasted
from tests.councils.builders import day
from tests.councils.work import new_council
from tests.gateway.signing_in import Browser, user
from tests.gateway.test_people_pages import links
from tests.gateway.whole import Fact, Whole

SEE_OTHER = 303
STEPS = "[aria-labelledby=waiting-heading]"
DIALOG = "[aria-labelledby=dialog-heading]"


async def two(whole: Whole) -> tuple[Fact, Fact]:
    """Our actor and another one."""
    return await whole.actor(1), await whole.actor(2)


async def contact(whole: Whole, ours: Fact, other: Fact, **more: Any) -> Fact:
    """A contact that was logged."""
    told = {"held_on": day(-10), "channel": "meeting", "said": "Vi talade om snickare."}
    sides = {"actor_id": other["id"], "our_actor_id": ours["id"]}
    return await whole.actors.made("/contacts", told | sides | more)


async def owner_of(whole: Whole, post: Fact, role: str) -> Browser:
    """A browser where somebody is signed in whose person holds a post."""
    person = await whole.person(7)
    await whole.holding(post, person, "2024-01-01")
    email = "innehavare@exempel.se"
    await user(whole.app, role, email=email, person_id=person["id"])
    browser = Browser(whole.app)
    assert (await browser.sign_in(email)).status == SEE_OTHER
    return browser


async def test_a_contact_is_logged_from_the_start_page_in_two_clicks(whole: Whole) -> None:
    ours, other = await two(whole)
    mine = await whole.post(ours)
    browser = await owner_of(whole, mine, "process_leader")
    assert "/kontakter/ny" in links(await browser.get("/"))
    form = await browser.get("/kontakter/ny")
    begun = form.fields()
    assert (begun["our_actor_id"], begun["our_post_id"]) == ([ours["id"]], [mine["id"]])
    assert (begun["held_on"], begun["owner_post_id"]) == ([day(0)], [mine["id"]])
    told = {"actor_id": other["id"], "channel": "phone", "said": "De söker snickare."}
    made = await browser.send("/kontakter/ny", **begun | told)
    assert made.status == SEE_OTHER
    page = await browser.get(made.answer.headers["location"])
    assert page.h1 == "Telefonsamtal med Exempelkommun 2"
    assert "De söker snickare." in page.text()
    assert "Inget nästa steg" in page.text()
    shown = await browser.get(f"/aktorer/{other['id']}")
    assert "De söker snickare." in shown.text(DIALOG)
    assert f"/kontakter/ny?actor_id={other['id']}" in links(shown)
    begun = (await browser.get(f"/kontakter/ny?actor_id={other['id']}")).fields()
    assert begun["actor_id"] == [other["id"]]


async def test_wrong_input_comes_back_at_its_field(whole: Whole) -> None:
    ours, other = await two(whole)
    theirs = await whole.post(other)
    browser = await whole.browser("strategist")
    typed = {"actor_id": other["id"], "our_actor_id": ours["id"], "channel": "meeting"}
    page = await browser.submit("/kontakter/ny", **typed, said="", due_on=day(3))
    assert page.status == 422
    assert page.error("said") == "Fyll i ”Vad sades?”."
    assert page.fields()["due_on"] == [day(3)]
    typed |= {"said": "Vi talades vid"}
    page = await browser.submit("/kontakter/ny", **typed, due_on=day(3))
    assert page.error("next_step")
    page = await browser.submit("/kontakter/ny", **typed, our_post_id=theirs["id"])
    assert page.error("our_post_id") == "Befattningen hör till en annan aktör."
    page = await browser.submit("/kontakter/ny", **typed, held_on=day(2))
    assert page.error("held_on")
    assert (await browser.get("/kontakter/nonsens")).status == 404


async def test_a_contact_is_changed_and_removed_and_a_change_meanwhile_is_told(
    whole: Whole,
) -> None:
    ours, other = await two(whole)
    made = await contact(whole, ours, other)
    browser, path = await whole.browser("process_leader"), f"/kontakter/{made['id']}"
    changed = await browser.submit(f"{path}/andra", reply="Ja, gärna", channel="presentation")
    assert changed.status == SEE_OTHER
    page = await browser.get(path)
    assert page.h1 == "Föredragning för Exempelkommun 2"
    assert "Ja, gärna" in page.text()
    stale = await browser.submit(f"{path}/andra", at=f"{path}/andra", version="1", said="Annat")
    assert (stale.status, stale.fields()["said"]) == (422, ["Annat"])
    assert (await browser.get(f"{path}/andra")).all(f'a[href="{path}/ta-bort"]')
    asked = await browser.get(f"{path}/ta-bort")
    assert (asked.h1, "Exempelkommun 2" in asked.text(".lead")) == ("Ta bort kontakten?", True)
    gone = await browser.submit(f"{path}/ta-bort")
    assert gone.status == SEE_OTHER
    assert (await browser.get(path)).status == 404


async def test_contacts_are_found_narrowed_and_fetched_as_a_file(whole: Whole) -> None:
    ours, other = await two(whole)
    await contact(whole, ours, other, channel="visit", said="Möbelsnickarna fattas")
    step = {"next_step": "Boka möte", "due_on": day(-1)}
    step["our_post_id"] = (await whole.post(ours))["id"]
    await contact(whole, ours, ours, held_on=day(-40), said="Taxi", **step)
    browser = await whole.browser("strategist")

    async def found(query: str) -> list[str]:
        page = await browser.get(f"/kontakter?{query}")
        return [" ".join(one.text().split()) for one in page.all("tbody th a")]

    visit, within = "Besök hos Exempelkommun 2", "Möte med Exempelkommun 1"
    assert await found("") == [visit, within]
    assert await found("sort=held_on") == [within, visit]
    assert await found("q=snickar") == [visit]
    assert await found("channel=visit") == [visit]
    assert await found(f"actor_id={other['id']}") == [visit]
    assert await found(f"held_until={day(-20)}") == [within]
    assert await found("open=true") == [within]
    assert await found("crosses_actor=true") == [visit]
    page = await browser.get("/kontakter?open=true")
    assert "Försenat" in page.text("tbody")
    assert "stämmer med urvalet" in (await browser.get("/kontakter?q=xyz")).text()
    assert (await browser.get("/kontakter?held_from=igår")).status == 400
    table = (await browser.http.get("/kontakter.csv?q=snickar")).text
    assert "Möbelsnickarna" in table
    assert "Taxi" not in table
    sheet = await browser.http.get("/kontakter.xlsx")
    assert sheet.content[:2] == b"PK"


@pytest.mark.parametrize("role", ["process_leader", "council_member"])
async def test_a_next_step_waits_for_its_owner_until_it_is_taken(whole: Whole, role: str) -> None:
    ours, other = await two(whole)
    mine = await whole.post(ours)
    step = {"owner_post_id": mine["id"]}
    later = await contact(whole, ours, other, next_step="Skicka underlag", due_on=day(9), **step)
    late = await contact(whole, ours, other, next_step="Ring igen", due_on=day(-2), **step)
    await contact(whole, ours, other, next_step="Inte min")
    browser = await owner_of(whole, mine, role)
    page = await browser.get("/")
    waiting = page.text(STEPS)
    assert waiting.index("Försenat nästa steg Ditt Ring igen") < waiting.index(
        "Ditt Skicka underlag"
    )
    assert ("Saknar ansvarig Inte min" in waiting) is (role == "process_leader")
    path = f"/kontakter/{late['id']}"
    done = await browser.send(f"{path}/klar", **page.fields(f"{path}/klar"))
    assert done.answer.headers["location"] == "/"
    page = await browser.get("/")
    assert "Ring igen" not in page.text(STEPS)
    assert "Nästa steg är taget." in page.text("main .note.done")
    undone = await browser.send(f"{path}/oppna", **page.fields(f"{path}/oppna"))
    assert undone.answer.headers["location"] == path
    shown = await browser.get(path)
    assert "Försenat" in shown.text()
    done = await browser.send(f"{path}/klar", **shown.fields(f"{path}/klar"))
    assert done.answer.headers["location"] == path
    again = await browser.send(f"{path}/klar", **shown.fields(f"{path}/klar"))
    assert (again.status, again.errors) == (422, ["Det är redan klart."])
    assert (await browser.get(f"/kontakter/{later['id']}")).status == 200


async def test_what_was_said_is_shown_to_nobody_else(whole: Whole) -> None:
    ours, other = await two(whole)
    made = await contact(whole, ours, other)
    for role in ("reader", "council_member"):
        browser = await whole.browser(role)
        assert (await browser.get("/kontakter")).status == 403
        assert (await browser.get(f"/kontakter/{made['id']}")).status == 404
        actor = await browser.get(f"/aktorer/{other['id']}")
        assert not actor.all(DIALOG)
        assert "snickare" not in actor.answer.text
        assert "Logga kontakt" not in (await browser.get("/")).text("body")


async def test_a_vacant_post_shows_the_next_steps_that_lost_their_owner(whole: Whole) -> None:
    ours, other = await two(whole)
    mine, person = await whole.post(ours), await whole.person()
    await whole.holding(mine, person, "2024-01-01")
    waits = await contact(whole, ours, other, next_step="Ring igen", owner_post_id=mine["id"])
    path = f"/kontakter/{waits['id']}"
    browser = await whole.browser("process_leader")
    leaving = f"/personer/{person['id']}/slutar"
    look = await browser.submit(leaving, left_on=day(0))
    assert path in links(look)
    assert "Nästa steg efter kontakter" in look.text()
    assert (await browser.send(leaving, **look.fields())).status == SEE_OTHER
    assert path in links(await browser.get(f"/personer/{person['id']}/slutat"))
    assert path in links(await browser.get(f"/befattningar/{mine['id']}"))
    vacant = (await browser.get("/")).text("[aria-labelledby=vacant-heading]")
    assert "1 åtagande utan ansvarig" in vacant.replace("\N{NO-BREAK SPACE}", " ")
    assert "Vakant" in (await browser.get(path)).text()


async def test_a_relation_shows_its_age_and_last_contact_and_asks_to_be_rebuilt(
    whole: Whole,
) -> None:
    ours, other = await two(whole)
    sides = {"actor_id": ours["id"], "other_actor_id": other["id"], "state": "rebuild"}
    told = sides | {"kind": "collaborates_with", "valid_from": day(-800)}
    await whole.actors.made("/relations", told)
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/aktorer/{ours['id']}")
    relations = page.text("[aria-labelledby=relations-heading]")
    assert "Har varat 2 år" in relations
    assert "Ingen kontakt är antecknad" in relations
    await contact(whole, ours, other, held_on="2026-03-05")
    page = await browser.get(f"/aktorer/{ours['id']}")
    assert "Senaste kontakt 5 mar 2026" in page.text("[aria-labelledby=relations-heading]")
    begun = f"/kontakter/ny?actor_id={other['id']}&our_actor_id={ours['id']}"
    assert begun in links(page)
    assert begun in links(await browser.get("/"))
    assert (await browser.get(begun)).fields()["our_actor_id"] == [ours["id"]]


async def test_who_builds_bridges(whole: Whole) -> None:
    ours, other = await two(whole)
    mine = await whole.post(ours)
    browser = await whole.browser("strategist")
    assert "Inga broar" in (await browser.get("/kontakter/broar")).text()
    await contact(whole, ours, other, our_post_id=mine["id"])
    page = await browser.get("/kontakter/broar")
    assert page.h1 == "Vem bygger broar"
    assert "Utvecklare" in page.text("[aria-labelledby=builders-heading]")
    assert "1 kontakt, visa den" in page.text("[aria-labelledby=builders-heading]")
    bridge = page.text("[aria-labelledby=bridges-heading]")
    assert "Vilar på en befattning" in bridge
    assert "Vakant" in bridge
    assert "/kontakter/broar" in links(await browser.get("/kontakter"))
    listed = next(link for link in links(page) if "our_post_id=" in link)
    assert len((await browser.get(listed)).all("tbody tr")) == 1
    then = await browser.get(f"/kontakter/broar?as_of={day(-100)}")
    assert "Inga broar" in then.text()
    nonsense = await browser.get("/kontakter/broar?as_of=igår")
    assert (nonsense.status, bool(nonsense.error("as_of"))) == (400, True)
    assert (await (await whole.browser("reader")).get("/kontakter/broar")).status == 403


@pytest.mark.parametrize(
    ("start", "end", "now", "said"),
    [
        ("2026-01-10", None, "2026-01-31", "mindre än en månad"),
        ("2026-01-10", None, "2026-02-10", "1 månad"),
        ("2025-01-10", None, "2026-03-09", "1 år och 1 månad"),
        ("2024-01-10", "2025-01-10", "2026-03-09", "1 år"),
        ("2020-01-10", None, "2026-03-09", "6 år"),
        ("2027-01-10", None, "2026-03-09", ""),
    ],
)
def test_how_long_something_has_lasted(start: str, end: str | None, now: str, said: str) -> None:
    assert lasted(start, end, now).replace("\N{NO-BREAK SPACE}", " ") == said


async def test_coaching_is_logged_with_its_topic_and_counted_at_actor_and_council(
    whole: Whole,
) -> None:
    ours, other = await two(whole)
    browser = await whole.browser("process_leader")
    told = {"actor_id": other["id"], "our_actor_id": ours["id"], "channel": "coaching"}
    lacks = await browser.submit("/kontakter/ny", **told, said="Jämställda rekryteringar")
    assert (lacks.status, bool(lacks.error("topic"))) == (422, True)
    told |= {"topic": "gender_mainstreaming", "said": "Jämställda rekryteringar"}
    assert (await browser.submit("/kontakter/ny", **told)).status == SEE_OTHER
    listed = (await browser.get("/kontakter?topic=gender_mainstreaming")).text("tbody")
    assert "Coachning av" in listed
    assert "jämställdhetsintegrering" in listed.lower()
    assert "Coachning: 1 gång" in (await browser.get(f"/aktorer/{other['id']}")).text(DIALOG)
    assert "Coachning: 1 gång" not in (await browser.get(f"/aktorer/{ours['id']}")).text(DIALOG)
    council = await new_council(whole.councils, leader_actor_ids=[ours["id"]])
    path = f"/branschrad/{council['id']}"
    assert "Coachning" not in (await browser.get(path)).text("main")
    seat = {"actor_id": other["id"], "valid_from": day(-20), "readiness_exception": "Exempel"}
    await whole.councils.made("/seats", seat | {"council_id": council["id"]})
    assert "Coachning av rådets aktörer 1 gång" in (await browser.get(path)).text("main")
