"""Questions from the floor: they wait, are let through, voted for once a browser, and answered."""

import asyncio
from secrets import token_hex
from typing import Any

import pytest

from services.councils.event_question import queries
from tests.callers import READER, Signed
from tests.councils.builders import blamed
from tests.councils.test_event import DOOR, event_in, held


async def session_in(councils: Signed, event: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A part of its programme."""
    body = {"event_id": event["id"], "title": "Exempelpass"} | more
    return await councils.made("/event-sessions", body)


async def asked(councils: Signed, event: dict[str, Any], session: Any, text: str) -> Any:
    """From the floor."""
    url = f"/event-doors/{event['address']}/sessions/{session['id']}/questions"
    return await councils.by(DOOR).made(url, {"text": text, "browser": token_hex(32)})


async def floor(councils: Signed, *sessions: Any) -> list[dict[str, Any]]:
    """What it sees."""
    ids = ",".join(one["id"] for one in sessions)
    found = await councils.by(DOOR).get(f"/live-questions/{ids}")
    return list(found.json()["items"])


async def test_a_question_waits_is_let_through_voted_for_and_answered(councils: Signed) -> None:
    event = await event_in(councils)
    session, other = await session_in(councils, event), await session_in(councils, event)
    one, two = [await asked(councils, event, session, f"Fråga {n}?") for n in "ab"]
    assert (one["state"], one["number"], two["number"]) == ("waiting", 1, 2)
    seen, nothing = await floor(councils, session, other)
    assert (seen["items"], seen["waiting_count"], nothing["waiting_count"]) == ([], 2, 0)
    shown = {"state": "shown"}
    early = await councils.post(f"/event-questions/{one['id']}/answer", {})
    assert (early.status_code, early.json()["errors"][0]["code"]) == (409, "question_not_shown")
    for question in (one, two):
        await councils.made(f"/event-questions/{question['id']}/moderate", shown)
    door, me = councils.by(DOOR), {"browser": token_hex(32)}
    url = f"/event-doors/{event['address']}/questions/{one['id']}"
    await asyncio.gather(*(door.post(f"{url}/vote", me) for _ in range(5)))
    await door.post(f"{url}/vote", {"browser": token_hex(32)})
    (seen,) = await floor(councils, session)
    assert [(q["number"], q["votes"]) for q in seen["items"]] == [(1, 2), (2, 0)]
    mine = f"/event-doors/{event['address']}/sessions/{session['id']}/votes/{me['browser']}"
    assert (await door.get(mine)).json() == {"numbers": [1]}
    for _ in range(2):
        assert (await door.made(f"{url}/take-back", me))["votes"] == 1
    done = await councils.made(f"/event-questions/{one['id']}/answer", {"answer": "Ja, i mars."})
    assert (done["answer"], done["answered_at"] is not None) == ("Ja, i mars.", True)
    undone = await councils.made(f"/event-questions/{one['id']}/answer", {"answered": False})
    assert (undone["answer"], undone["answered_at"]) == (None, None)
    await councils.made(f"/event-questions/{one['id']}/moderate", {"state": "hidden"})
    (seen,) = await floor(councils, session)
    assert [q["number"] for q in seen["items"]] == [2]
    late = await door.post(f"{url}/vote", me)
    assert (late.status_code, late.json()["errors"][0]["code"]) == (409, "question_not_shown")
    listed = (await councils.get(f"/event-sessions/{session['id']}/questions")).json()["items"]
    assert [(q["number"], q["state"]) for q in listed] == [(2, "shown"), (1, "hidden")]
    assert (
        await councils.by(READER).get(f"/event-sessions/{session['id']}/questions")
    ).status_code == 403


async def test_questions_are_of_the_address_and_only_while_they_are_taken(
    councils: Signed,
) -> None:
    event, other = await event_in(councils), await event_in(councils)
    session = await session_in(councils, event)
    quiet = await session_in(councils, event, takes_questions=False)
    door, body = councils.by(DOOR), {"text": "Varför?", "browser": token_hex(32)}
    url = f"/event-doors/{other['address']}/sessions/{session['id']}/questions"
    assert (await door.post(url, body)).status_code == 404
    url = f"/event-doors/{event['address']}/sessions/{quiet['id']}/questions"
    assert blamed(await door.post(url, body)) == (409, "text", "questions_closed")
    one = await asked(councils, event, session, "Varför?")
    url = f"/event-doors/{other['address']}/questions/{one['id']}/vote"
    assert (await door.post(url, {"browser": token_hex(32)})).status_code == 404
    many = [asked(councils, event, session, f"Fråga {n}") for n in range(20)]
    numbers = [one["number"] for one in await asyncio.gather(*many)]
    assert sorted(numbers) == list(range(2, 22))
    await held(councils, event)
    url = f"/event-doors/{event['address']}/sessions/{session['id']}/questions"
    assert blamed(await door.post(url, body)) == (409, "text", "questions_closed")


async def test_an_answer_is_saved_while_people_vote(councils: Signed) -> None:
    event = await event_in(councils)
    session = await session_in(councils, event)
    one = await asked(councils, event, session, "Fråga?")
    url = f"/event-questions/{one['id']}"
    read = await councils.made(f"{url}/moderate", {"state": "shown"})
    tag = (await councils.get(url)).headers["etag"]
    door = f"/event-doors/{event['address']}/questions/{one['id']}/vote"
    voted = await councils.by(DOOR).made(door, {"browser": token_hex(32)})
    assert (voted["votes"], voted["version"]) == (1, read["version"])
    assert (await councils.get(url)).headers["etag"] != tag, "what it says is another"
    headers = {"If-Match": tag, "Idempotency-Key": token_hex(8)}
    done = await councils.post(f"{url}/answer", {"answer": "Ja."}, headers=headers)
    assert (done.status_code, done.json()["votes"]) == (200, 1)


async def test_what_waits_stands_first_however_much_came_after(
    councils: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "LISTED_MOST", 3)
    event = await event_in(councils)
    session = await session_in(councils, event)
    ids = [(await asked(councils, event, session, f"Fråga {n}"))["id"] for n in range(5)]
    for one, state in zip(ids[1:], ("hidden", "hidden", "shown", "hidden"), strict=True):
        await councils.made(f"/event-questions/{one}/moderate", {"state": state})
    listed = (await councils.get(f"/event-sessions/{session['id']}/questions")).json()["items"]
    assert [(q["number"], q["state"]) for q in listed] == [
        (1, "waiting"), (4, "shown"), (5, "hidden"),
    ]  # fmt: skip


async def test_a_session_is_told_of_once_however_often_it_is_asked_for(councils: Signed) -> None:
    session = await session_in(councils, await event_in(councils))
    twice = session, {"id": session["id"].upper()}
    assert len(await floor(councils, *twice)) == 1
