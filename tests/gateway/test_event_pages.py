"""Events on their pages: staff plans, everybody signs up, asks, votes and tells what they think."""

from typing import Any

import pytest

from gateway import throttle
from services.councils.event.queries import EVENTS
from services.kit.errors import Throttled
from tests.councils.builders import at, changed
from tests.councils.test_event import event_in, held
from tests.councils.test_event_question import session_in
from tests.councils.test_project import project_in
from tests.gateway.looking import Page
from tests.gateway.signing_in import SEE_OTHER, Browser
from tests.gateway.whole import Whole

WHO = {"name": "Exempelperson 1", "email": "ett@exempel.se", "consent": "true"}


def stranger(whole: Whole) -> Browser:
    """Somebody without an account."""
    return Browser(whole.app)


async def test_an_event_is_planned_opened_and_held(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    assert "Inga konferenser ännu" in (await browser.get("/konferenser")).text("main")
    wrong = await browser.submit("/konferenser/ny", title="", ends_at="2026-12-01T12:00")
    assert (wrong.status, bool(wrong.error("title"))) == (422, True)
    typed = {"title": "Exempelkonferens", "kind": "final", "format": "on_site", "places": "60"}
    made = await browser.submit("/konferenser/ny", **typed)
    assert made.status == SEE_OTHER, made.errors
    url = made.answer.headers["location"]
    await browser.send(f"{url}/lage/oppna", **(await browser.get(url)).fields(f"{url}/lage/oppna"))
    assert "Fyll i när konferensen börjar" in (await browser.get(url)).text("main")
    timed = {"starts_at": at(7)[:16], "ends_at": at(7, 15)[:16]}
    assert (await browser.submit(f"{url}/andra", **timed)).status == SEE_OTHER
    for title, hour in (("Panel", 11), ("Inledning", 9)):
        session = {"title": title, "kind": "lecture", "starts_at": at(7, hour)[:16]}
        added = await browser.submit(f"{url}/pass/nytt", speakers="Exempelperson 2", **session)
        assert added.status == SEE_OTHER
    shown = (await browser.get(url)).text("main")
    assert shown.index("Inledning") < shown.index("Panel")
    opening, done = (f"{url}/lage/{verb}" for verb in ("oppna", "genomford"))
    fields = (await browser.get(url)).fields(opening)
    await browser.send(opening, **fields)
    assert done not in actions(await browser.get(url)), "it has not begun"
    await browser.send(done, **fields)
    assert "har inte börjat än" in (await browser.get(url)).text("main")
    begun = {"starts_at": at(-1)[:16], "ends_at": at(-1, 15)[:16]}
    assert (await browser.submit(f"{url}/andra", **begun)).status == SEE_OTHER
    await browser.send(done, **(await browser.get(url)).fields(done))
    assert "genomförd" in (await browser.get(url)).text("main").lower()
    assert "Exempelkonferens" in (await browser.http.get("/konferenser.csv")).text
    assert "Exempelkonferens" in (await browser.get("/sok?q=exempelkonferens")).text("#results")


async def test_everybody_signs_up_waits_and_cancels_by_their_own_link(whole: Whole) -> None:
    event = await event_in(whole.councils, places=1)
    url = f"/konferens/{event['address']}"
    first, second = stranger(whole), stranger(whole)
    shown = await first.get(url)
    assert "Anmäl dig" in shown.text("main")
    assert shown.answer.headers["x-robots-tag"] == "noindex"
    wrong = await first.submit(f"{url}/anmalan", name="Exempelperson 1", email="fel")
    assert (wrong.status, bool(wrong.error("email")), bool(wrong.error("consent"))) == (
        422, True, True,
    )  # fmt: skip
    begun = await first.get(f"{url}/anmalan")
    sent = begun.fields(f"{url}/anmalan") | WHO
    once, twice = [await first.send(f"{url}/anmalan", **sent) for _ in range(2)]
    own = once.answer.headers["location"]
    assert own == twice.answer.headers["location"], "it is sent once, however often it is pressed"
    assert "Exempelperson" not in own
    assert "Du har en plats" in (await first.get(own)).text("main")
    other = WHO | {"name": "Exempelperson 2", "email": "tva@exempel.se"}
    asked = await second.get(f"{url}/anmalan")
    assert "Det är fullt" in asked.text("main")
    waits = (await second.submit(f"{url}/anmalan", **other)).answer.headers["location"]
    assert "väntelistan som nummer 1" in (await second.get(waits)).text("main")
    gone = await first.send(own, **(await first.get(own)).fields(own))
    assert gone.status == SEE_OTHER
    assert "Du är avanmäld" in (await first.get(own)).text("main")
    assert "Du har en plats" in (await second.get(waits)).text("main")
    await whole.councils.made(f"/events/{event['id']}/cancel", {"reason": "Exempelstorm"})
    told = (await second.get(waits)).text("main")
    assert ("inställd: Exempelstorm" in told, "Du har en plats" in told) == (True, False)
    assert (await first.get("/konferensanmalan/hittepa")).status == 404
    assert (await first.get("/konferens/hittepa")).status == 404


async def test_an_address_that_is_passed_on_is_everybodys_own_form(whole: Whole) -> None:
    event = await event_in(whole.councils)
    first, second = stranger(whole), stranger(whole)
    url = f"/konferens/{event['address']}/anmalan"
    begun = str((await first.get(url)).answer.url)
    assert "once=" in begun
    own = []
    for number, browser in enumerate((first, second)):
        page = await browser.get(begun)
        sent = page.fields(url)
        who = {"name": f"Exempelperson {number}", "email": f"e{number}@exempel.se"}
        made = await browser.send(url, **(sent | WHO | who))
        assert made.status == SEE_OTHER, made.errors
        own.append(made.answer.headers["location"])
        assert f"Exempelperson {number}" in (await browser.get(own[-1])).text("main")
    assert own[0] != own[1]


async def test_a_hall_looks_at_its_own_sign_ups_and_is_told_untold_when_it_is_too_many(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[throttle.Bucket] = []

    async def refuse(_db: Any, buckets: list[throttle.Bucket]) -> None:
        seen.extend(buckets)
        raise Throttled("too many", headers={"Retry-After": "5"})

    monkeypatch.setattr(throttle, "count", refuse)
    for path in ("/konferensanmalan/hittepa", "/puls/hittepa", "/svar/hittepa"):
        late = await stranger(whole).get(path)
        assert (late.status, late.answer.headers["retry-after"]) == (429, "5")
        assert late.answer.headers["referrer-policy"] == "no-referrer"
        assert late.answer.headers["x-robots-tag"] == "noindex"
    assert [one.most >= 1000 for one in seen] == [True, False, False]
    assert (await stranger(whole).get("/puls/hittepa/tack")).status == 404, "it is not counted"
    elsewhere = (await stranger(whole).get("/konferens/hittepa")).answer
    assert elsewhere.headers["referrer-policy"] == "same-origin"


async def test_staff_sees_who_comes_and_takes_the_list_with_it(whole: Whole) -> None:
    event = await event_in(whole.councils)
    browser, url = await whole.browser("process_leader"), f"/konferenser/{event['id']}/anmalda"
    assert "Anmälan är öppen. Sprid adressen" in (await browser.get(url)).text("main")
    rang = WHO | {"name": "=1+1"}
    assert (await browser.submit(url, **rang)).status == SEE_OTHER
    page = await browser.get(url)
    (action,) = {a for a in actions(page) if a.endswith("/kom")}
    await browser.send(action, **page.fields(action))
    page = await browser.get(url)
    assert "Ja" in page.text("main")
    assert not [a for a in actions(page) if a.endswith("/kom-inte")], "it has not begun"
    await changed(whole.councils, EVENTS, event["id"], starts_at=at(-1), ends_at=at(-1, 15))
    assert [a for a in actions(await browser.get(url)) if a.endswith("/kom-inte")]
    file = await browser.http.get(f"{url}.csv")
    assert "'=1+1" in file.text, "a program for sheets must not run it"
    assert (await browser.http.get(f"{url}.xlsx")).status_code == 200
    reader = await whole.browser("reader")
    assert (await reader.get(url)).status == 403
    assert "ett@exempel.se" not in (await reader.get(f"/konferenser/{event['id']}")).text("main")


async def test_a_question_is_asked_shown_voted_for_and_answered(whole: Whole) -> None:
    event = await event_in(whole.councils)
    session = await session_in(whole.councils, event)
    url = f"/konferens/{event['address']}/pass/{session['id']}"
    floor = stranger(whole)
    assert (await floor.submit(url, text="")).status == 422
    assert (await floor.submit(url, text="<b>Hur & när?</b>")).status == SEE_OTHER
    assert "Hur & när" not in (await floor.get(url)).text("#questions")
    staff, inside = await whole.browser("process_leader"), f"/konferenspass/{session['id']}/fragor"
    await press(staff, inside, "visa")
    shown = await floor.get(url)
    assert "<b>Hur & när?</b>" in shown.text("#questions")
    assert "Fråga 1" in shown.text("#questions")
    await press(floor, url, "rosta")
    assert "1 röst" in (await floor.get(url)).text("#questions")
    again = await floor.get(url)
    assert "Ta tillbaka rösten" in again.text("#questions")
    assert "Ta tillbaka" not in (await stranger(whole).get(url)).text("#questions")
    await press(floor, url, "angra")
    assert "inga röster" in (await floor.get(url)).text("#questions")
    links = (await staff.get(inside)).all("main a")
    (answer,) = {a for one in links if (a := str(one.attributes["href"])).endswith("/svar")}
    assert (await staff.submit(answer, answer="I mars.")).status == SEE_OTHER
    assert "Svar: I mars." in (await floor.get(url)).text("#questions")
    assert "Inga frågor väntar" in (await floor.get(f"{url}/skarm")).text("main")
    part = await staff.get(inside)
    (hide,) = {a for a in actions(part) if a.endswith("/dolj")}
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#results"}
    swapped = await staff.http.post(hide, data=part.fields(hide), headers=htmx)
    assert "<html" not in swapped.text
    assert "Dolda" in swapped.text
    assert "I mars" not in (await floor.get(url)).text("#questions")


def actions(page: Page) -> set[str]:
    """Where its forms are sent."""
    return {str(one.attributes.get("action")) for one in page.all("main form")}


async def press(browser: Browser, path: str, verb: str) -> None:
    """The only button of that sort on a page."""
    page = await browser.get(path)
    (action,) = {one for one in actions(page) if one.endswith(f"/{verb}")}
    assert (await browser.send(action, **page.fields(action))).status == SEE_OTHER


async def test_one_browser_asks_so_often_and_a_forged_cookie_is_none(whole: Whole) -> None:
    event = await event_in(whole.councils)
    session = await session_in(whole.councils, event)
    url = f"/konferens/{event['address']}/pass/{session['id']}"
    floor = stranger(whole)
    for number in range(10):
        assert (await floor.submit(url, text=f"Fråga {number}")).status == SEE_OTHER
    late = await floor.submit(url, text="Fråga 11")
    assert (late.status, "retry-after" in late.answer.headers) == (429, True)
    cookie = floor.http.cookies["listener"]
    forged = stranger(whole)
    wrong = cookie[:-1] + ("0" if cookie[-1] != "0" else "1")
    given = (await forged.get(url, headers={"Cookie": f"listener={wrong}"})).answer
    assert given.cookies["listener"] not in {wrong, cookie}
    assert (await stranger(whole).submit(url, text="En annan")).status == SEE_OTHER


async def test_feedback_is_told_on_the_event_and_in_its_project(whole: Whole) -> None:
    project = await project_in(whole.councils)
    event = await event_in(whole.councils, project_id=project["id"])
    url = f"/konferens/{event['address']}"
    floor = stranger(whole)
    assert "Tyck till" not in (await floor.get(url)).text("main")
    await held(whole.councils, event)
    assert (await floor.submit(f"{url}/omdome", text="Bra")).status == 422
    for mark in ("2", "4"):
        assert (await floor.submit(f"{url}/omdome", whole=mark, text="Bra")).status == SEE_OTHER
    staff = await whole.browser("process_leader")
    shown = (await staff.get(f"/konferenser/{event['id']}")).text("main")
    assert "1 svar" in shown
    assert "Bra" not in shown
    assert "när fem har svarat" in shown
    for _ in range(4):
        await stranger(whole).submit(f"{url}/omdome", whole="3")
    shown = (await staff.get(f"/konferenser/{event['id']}")).text("main")
    assert "5 svar" in shown
    assert "Bra" in shown
    assert "Helheten 3,2" in shown
    reader = await whole.browser("reader")
    assert "Bra" not in (await reader.get(f"/konferenser/{event['id']}")).text("main")
    told = (await staff.get(f"/projekt/{project['id']}/plan")).text("main")
    assert "Exempelkonferens" in told
    assert "helheten 3,2 av 5" in told


async def test_another_site_cannot_ask_in_somebodys_name(whole: Whole) -> None:
    event = await event_in(whole.councils)
    session = await session_in(whole.councils, event)
    url = f"/konferens/{event['address']}/pass/{session['id']}"
    floor = stranger(whole)
    fields: dict[str, Any] = (await floor.get(url)).fields(url) | {"text": "Från en annan sida"}
    for more in ({"csrf": ""}, {}):
        headers = {} if more else {"Origin": "https://ond.exempel"}
        assert (await floor.send(url, headers, **(fields | more))).status == 403
