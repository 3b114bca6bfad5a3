"""Mistakes at a meeting are mended on pages: a point too many, an action item's words, a *Klar*."""

from typing import Any

from tests.callers import somebody
from tests.councils.builders import a_decision, at, council_in, day, meeting_in
from tests.gateway.whole import Whole

SEE_OTHER, UNPROCESSABLE = 303, 422
Fact = dict[str, Any]


async def point_of(whole: Whole, meeting: Fact, **more: Any) -> Fact:
    """A point on a meeting's agenda."""
    told = {"meeting_id": meeting["id"], "title": "Exempelpunkt", "kind": "decision"}
    return await whole.councils.made("/agenda-items", told | more)


async def approved(whole: Whole, meeting: Fact) -> None:
    """The minutes are approved."""
    said = {"approved_on": day(0), "approved_by_post_id": somebody()}
    await whole.councils.made(f"/meetings/{meeting['id']}/approve", said)


async def test_a_point_is_taken_off_after_a_question(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils)
    point = await point_of(whole, meeting, minutes="Exempelanteckning")
    browser, path = await whole.browser("process_leader"), f"/dagordning/{point['id']}"
    assert (await browser.get(path)).all(f'a[href="{path}/ta-bort"]')
    asked = await browser.get(f"{path}/ta-bort")
    assert "Exempelpunkt" in asked.text("main")
    assert "Exempelanteckning" in asked.text("main"), "it goes too"
    done = await browser.submit(f"{path}/ta-bort")
    assert done.answer.headers["location"] == f"/moten/{meeting['id']}"
    assert (await browser.get(path)).status == 404


async def test_a_point_that_a_decision_rests_on_stays(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils)
    point = await point_of(whole, meeting)
    told = a_decision(meeting, agenda_item_id=point["id"])
    decision = await whole.councils.made("/decisions", told)
    browser, path = await whole.browser("process_leader"), f"/dagordning/{point['id']}"
    done = await browser.submit(f"{path}/ta-bort")
    assert done.answer.headers["location"] == path
    assert "Punkten står kvar" in (await browser.get(path)).text()
    kept = await whole.councils.get(f"/decisions/{decision['id']}")
    assert kept.json()["agenda_item_id"] == point["id"]


async def test_approved_minutes_say_that_they_are_locked(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils)
    point = await point_of(whole, meeting)
    await approved(whole, meeting)
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}"
    point_path = f"/dagordning/{point['id']}"
    for locked in (f"{path}/andra", f"{path}/dagordning", point_path):
        answer = await browser.get(locked)
        assert (answer.status, answer.answer.headers["location"]) == (SEE_OTHER, path)
        assert "Protokollet är justerat" in (await browser.get(path)).text(".note")


async def test_an_action_items_words_and_day_are_mended(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils)
    of = {"meeting_id": meeting["id"], "council_id": meeting["council_id"]}
    item = await whole.councils.made("/action-items", of | {"text": "Ring skoolan"})
    browser, path = await whole.browser("process_leader"), f"/atgarder/{item['id']}"
    for shown in (f"/moten/{meeting['id']}", "/atgarder"):
        assert (await browser.get(shown)).all(f'a[href="{path}/andra"]')
    told = {"text": "Ring skolan", "due_on": day(7)}
    done = await browser.submit(f"{path}/andra", **told)
    assert done.answer.headers["location"] == f"/moten/{meeting['id']}"
    now = (await whole.councils.get(f"/action-items/{item['id']}")).json()
    assert {name: now[name] for name in told} == told
    assert now["meeting_id"] == meeting["id"]
    wrong = await browser.submit(f"{path}/andra", text="")
    assert wrong.status == UNPROCESSABLE
    assert wrong.error("text")


async def test_klar_is_taken_back(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils)
    of = {"meeting_id": meeting["id"], "council_id": meeting["council_id"]}
    item = await whole.councils.made("/action-items", of | {"text": "Ring skolan"})
    browser, path = await whole.browser("process_leader"), f"/atgarder/{item['id']}"
    await browser.submit(f"{path}/klar", done_on=day(0), outcome="Exempel")
    shown = await browser.get(f"/moten/{meeting['id']}")
    assert len(shown.all(f'form[action="{path}/angra"]')) == 2, "in the notice and at the item"
    token = shown.fields(f"{path}/angra")
    back = await browser.send(f"{path}/angra", **token)
    assert back.status == SEE_OTHER
    assert (await whole.councils.get(path.replace("atgarder", "action-items"))).json()[
        "done_on"
    ] is None
    await browser.submit(f"{path}/klar", done_on=day(0))
    await approved(whole, meeting)
    shown = await browser.get(f"/moten/{meeting['id']}")
    assert not shown.all(f'section form[action="{path}/angra"]')
    await browser.send(f"{path}/angra", **token)
    assert "Protokollet är justerat" in (await browser.get("/")).text(".note")


async def test_a_meeting_shows_when_it_ends_and_a_decision_its_lines(whole: Whole) -> None:
    more = {"starts_at": at(-7, 8), "ends_at": at(-7, 10)}
    meeting = await meeting_in(whole.councils, **more)
    await whole.councils.made("/decisions", a_decision(meeting, text="Exempel\nRad två"))
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/moten/{meeting['id']}")
    assert ".00–1" in page.text("dl.facts")
    (decision,) = page.all('[aria-labelledby="decisions-heading"] a.pre')
    assert "Exempel\nRad två" in decision.text()


async def test_the_posts_of_the_councils_seats_come_first_among_who_approves(
    whole: Whole,
) -> None:
    council = await council_in(whole.councils)
    actor = await whole.actor()
    others = [await whole.post(actor, f"A {number}") for number in range(3)]
    own = await whole.post(actor, "Ö sekreterare")
    seat = {"council_id": council["id"], "actor_id": actor["id"], "post_id": own["id"]}
    more = {"valid_from": day(-300), "readiness_exception": "Exempel"}
    await whole.councils.made("/seats", seat | more)
    meeting = await meeting_in(whole.councils, council)
    page = await (await whole.browser("process_leader")).get(f"/moten/{meeting['id']}/justera")
    options = page.all('select[name="approved_by_post_id"] option')
    assert [one.attributes["value"] for one in options][1] == own["id"]
    assert len(options) == len(others) + 2


async def test_what_approved_minutes_tell_is_not_offered_to_be_taken_back(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils, starts_at=at(-9))
    told = {"council_id": meeting["council_id"], "meeting_id": meeting["id"]}
    items = [
        await whole.councils.made("/action-items", told | {"text": f"Ring {n}"}) for n in range(3)
    ]
    path, done = f"/action-items/{items[0]['id']}/complete", {"done_on": day(-2)}
    await whole.councils.made(path, done)
    approval = {"approved_on": day(-1), "approved_by_post_id": somebody()}
    await whole.councils.made(f"/meetings/{meeting['id']}/approve", approval)
    await whole.councils.made(f"/action-items/{items[1]['id']}/complete", {"done_on": day(0)})
    browser = await whole.browser("process_leader")
    listed = await browser.get("/atgarder")
    back = [one.attributes["action"] for one in listed.all('main form[action$="/angra"]')]
    assert back == [f"/atgarder/{items[1]['id']}/angra"]
    form = await browser.get(f"/atgarder/{items[2]['id']}/andra")
    assert "behåller åtgärden som den var" in form.text("main")
