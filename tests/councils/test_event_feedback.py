"""Feedback: given once an event has been held, one of each browser, told together."""

from secrets import token_hex
from typing import Any

import pytest

from services.councils.event_feedback import queries
from tests.callers import READER, Signed, municipality
from tests.councils.builders import blamed
from tests.councils.test_event import DOOR, event_in, held
from tests.councils.test_project import project_in


async def test_feedback_is_told_together_and_in_the_project(councils: Signed) -> None:
    project = await project_in(councils)
    event = await event_in(councils, project_id=project["id"])
    door, url = councils.by(DOOR), f"/event-doors/{event['address']}/feedback"
    me = {"browser": token_hex(32), "whole": 2}
    early = await door.post(url, me)
    assert (early.status_code, early.json()["errors"][0]["code"]) == (409, "event_not_held")
    await held(councils, event)
    assert blamed(await door.post(url, me | {"whole": 6}))[:2] == (422, "whole")
    for given in (me, me | {"whole": 5, "text": "Bra talare"}):
        await door.made(url, given)
    for _ in range(3):
        await door.made(url, {"browser": token_hex(32), "whole": 4, "use": 3})
    few = (await councils.get(f"/events/{event['id']}/feedback")).json()
    assert (few["count"], {one["mean"] for one in few["marks"]}) == (4, {None})
    assert not any(sum(one["spread"]) for one in few["marks"]), "of so few each is told apart"
    await door.made(url, {"browser": token_hex(32), "whole": 3, "use": 3})
    found = (await councils.get(f"/events/{event['id']}/feedback")).json()
    marks = {one["mark"]: one for one in found["marks"]}
    assert (found["count"], found["texts"]) == (5, ["Bra talare"])
    assert (marks["whole"]["mean"], marks["whole"]["spread"]) == (4.0, [0, 0, 1, 3, 1])
    assert (marks["use"]["count"], marks["use"]["mean"]) == (0, None), "of four"
    of = f"/projects/{project['id']}/event-feedback"
    assert (await councils.get(of)).json()["items"] == [found]
    for caller in (READER, municipality("0685")):
        seen = councils.by(caller)
        shown = (await seen.get(f"/events/{event['id']}/feedback")).json()
        assert (shown["marks"], shown["texts"]) == (found["marks"], []), "words are not for all"
        assert (await seen.get(of)).json()["items"] == [shown]
    nothing = await event_in(councils)
    assert (await councils.get(f"/events/{nothing['id']}/feedback")).json()["count"] == 0


async def test_words_wait_for_five_and_then_for_five_more(councils: Signed) -> None:
    event = await event_in(councils)
    await held(councils, event)
    url, shown, browsers = f"/event-doors/{event['address']}/feedback", [], []
    for number in range(1, 12):
        browsers.append(token_hex(32))
        said = {"browser": browsers[-1], "whole": 3, "text": f"Ord {number}"}
        await councils.by(DOOR).made(url, said)
        found = (await councils.get(f"/events/{event['id']}/feedback")).json()
        shown.append(found["texts"])
    assert [len(texts) for texts in shown] == [0] * 4 + [5] * 5 + [10] * 2
    assert len({tuple(texts) for texts in shown}) == 3, "nothing changes between the steps"
    assert set(shown[4]) == {f"Ord {number}" for number in range(1, 6)}
    newest = {f"Ord {number}" for number in range(6, 11)}
    assert [text for text in shown[9] if text not in newest] == shown[4]


async def test_words_on_one_event_leave_room_for_anothers(
    councils: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "TEXTS_MOST", 2)
    project = await project_in(councils)
    for count in (3, 1):
        event = await event_in(councils, project_id=project["id"])
        await held(councils, event)
        for number in range(5):
            said = {"browser": token_hex(32), "whole": 3}
            said |= {"text": f"Ord {number}"} if number < count else {}
            await councils.by(DOOR).made(f"/event-doors/{event['address']}/feedback", said)
    of = (await councils.get(f"/projects/{project['id']}/event-feedback")).json()["items"]
    assert sorted(len(one["texts"]) for one in of) == [1, 2]


async def marks_of(councils: Signed, event: dict[str, Any]) -> dict[str, Any]:
    """What is told of each mark."""
    found = (await councils.get(f"/events/{event['id']}/feedback")).json()
    return {one["mark"]: one for one in found["marks"]}


async def test_marks_move_by_five_answers_at_a_time(councils: Signed) -> None:
    event = await event_in(councils)
    await held(councils, event)
    door, url = councils.by(DOOR), f"/event-doors/{event['address']}/feedback"
    shown = []
    for number in range(1, 12):
        use = {"use": 1 + number % 5} if number > 3 else {}
        await door.made(url, {"browser": token_hex(32), "whole": 1 + number % 5} | use)
        shown.append(await marks_of(councils, event))
    assert [one["whole"]["count"] for one in shown] == [0] * 4 + [5] * 5 + [10] * 2
    assert all(one == shown[4] for one in shown[4:9]), "one answer more moves nothing"
    assert [one["use"]["count"] for one in shown] == [0] * 9 + [5] * 2, "two of five tell nothing"
    assert shown[9]["whole"]["spread"] == [2] * 5


async def test_what_is_told_with_others_is_changed_no_more(councils: Signed) -> None:
    event = await event_in(councils)
    await held(councils, event)
    door, url = councils.by(DOOR), f"/event-doors/{event['address']}/feedback"
    given = [{"browser": token_hex(32), "whole": 3} for _ in range(6)]
    for one in given:
        await door.made(url, one)
    shown = await marks_of(councils, event)
    for one in given[:5]:
        await door.made(url, one)
        for more in ({"whole": 1}, {"text": "Nytt"}, {"use": 2}):
            refused = await door.post(url, one | more)
            assert blamed(refused)[::2] == (409, "feedback_told")
    await door.made(url, given[5] | {"whole": 1})
    assert await marks_of(councils, event) == shown
