"""Attendance: who was asked to a meeting, what they answered, and who came, noted all at once."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.councils.meeting.queries import MEETINGS
from tests.callers import READER, Signed
from tests.councils.builders import a_seat, at, blamed, changed, council_in, meeting_in

Fact = dict[str, Any]


async def noted(councils: Signed, url: str, *items: Fact) -> httpx.Response:
    """What comes of some notes."""
    return await councils.send("PUT", url, json={"items": items})


async def test_attendance_of_all_is_noted_at_once_and_is_not_the_answer(councils: Signed) -> None:
    council = await council_in(councils)
    first, second = [await councils.made("/seats", a_seat(council)) for _ in range(2)]
    meeting = await meeting_in(councils, council)
    url, guest = f"/meetings/{meeting['id']}/attendance", str(uuid4())
    told = {"answer": "substitute", "substitute": "Exempelperson"}
    await councils.made(
        "/attendances", {"meeting_id": meeting["id"], "seat_id": first["id"]} | told
    )
    notes = [
        {"seat_id": first["id"], "attended": True},
        {"seat_id": second["id"], "attended": True, "substitute": "Exempelpersonen"},
        {"actor_id": guest, "attended": False},
    ]
    done = await noted(councils, url, *notes)
    assert done.status_code == 200, done.text
    kept = ("answer", "substitute", "attended")
    assert {tuple(one[name] for name in kept) for one in done.json()["items"]} == {
        ("substitute", "Exempelperson", True),
        ("unknown", "Exempelpersonen", True),
        ("unknown", None, False),
    }
    back = [{"seat_id": first["id"], "attended": None}, {"actor_id": guest, "attended": False}]
    now = (await noted(councils, url, *back)).json()["items"]
    its = next(one for one in now if one["seat_id"] == first["id"])
    assert [its[name] for name in kept] == ["substitute", "Exempelperson", None]
    assert sorted(one["version"] for one in now) == [1, 1, 3], "what is so already is no change"
    wrong = await noted(councils, url, {"seat_id": first["id"], "answer": "yes"})
    assert blamed(wrong) == (422, "items.0.substitute", "no_substitute")


@pytest.mark.parametrize(
    ("note", "days", "field", "code"),
    [
        ({"attended": True}, 3, "items.0.attended", "in_the_future"),
        ({"substitute": "Exempel"}, -3, "items.0.substitute", "no_substitute"),
        ({"seat_id": str(uuid4())}, -3, "items.0.seat_id", "unknown_reference"),
        ({"actor_id": str(uuid4())}, -3, "items.0.seat_id", "one_of_two"),
        ({"attended": "maybe"}, -3, "items.0.attended", "bool_parsing"),
        ({"name": "Exempel"}, -3, "items.0.name", "extra_forbidden"),
    ],
)
async def test_a_note_of_attendance_is_blamed_at_its_place(
    councils: Signed, note: Fact, days: int, field: str, code: str
) -> None:
    council = await council_in(councils)
    seat = await councils.made("/seats", a_seat(council))
    meeting = await meeting_in(councils, council, status="planned", starts_at=at(days))
    url = f"/meetings/{meeting['id']}/attendance"
    items = [{"seat_id": seat["id"]} | note, {"actor_id": str(uuid4()), "answer": "yes"}]
    assert blamed(await noted(councils, url, *items)) == (422, field, code)
    assert not (await councils.get(f"/meetings/{meeting['id']}/attendances")).json()["items"]
    twice = [{"seat_id": seat["id"], "answer": "no"}] * 2
    assert blamed(await noted(councils, url, *twice)) == (422, "items", "repeated")
    await changed(councils, MEETINGS, meeting["id"], status="cancelled")
    refused = await noted(councils, url, twice[0])
    assert blamed(refused) == (409, "meeting_id", "cancelled")
    assert (await noted(councils.by(READER), url, twice[0])).status_code == 403
