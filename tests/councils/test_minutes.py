"""Minutes as they are typed: several at once lose nothing, and what comes late harms nothing."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event, text

from services.councils.agenda.queries import AGENDA_ITEMS
from services.councils.contract.minutes import MinutesSet, TypedMinutes
from services.councils.meeting.queries import MEETINGS
from services.councils.minutes.rules import Fate, fate_of
from services.kit.identity import Caller
from tests.callers import MEMBER, Signed, municipality, somebody
from tests.councils.builders import at, blamed, changed, day, meeting_in

STORED = {
    "minutes": "Deras",
    "version": 5,
    "minutes_version": 3,
    "minutes_writer": "sida-1",
    "minutes_turn": 7,
}
Item = dict[str, Any]


@pytest.mark.parametrize(
    ("said", "version", "writer", "turn", "fate"),
    [
        ("Mitt", 3, None, 0, Fate.written),
        ("Mitt", 5, None, 0, Fate.written),
        ("Mitt", 2, None, 0, Fate.conflict),
        ("Mitt", 6, None, 0, Fate.conflict),
        (None, 2, None, 0, Fate.conflict),
        ("Deras", 1, None, 0, Fate.unchanged),
        ("Mitt", 1, "sida-1", 8, Fate.written),
        ("Mitt", 1, "sida-1", 7, Fate.conflict),
        ("Mitt", 5, "sida-1", 6, Fate.conflict),  # what comes late is not "saved"
        ("Mitt", 1, "sida-2", 8, Fate.conflict),
    ],
)
def test_whose_typing_is_stored(
    said: str | None, version: int, writer: str | None, turn: int, fate: Fate
) -> None:
    typed = TypedMinutes(agenda_item_id=uuid4(), minutes=said, version=version)
    page = MinutesSet(items=[typed], writer=writer, turn=turn)
    assert fate_of(typed, STORED, page) is fate


def test_a_restored_page_goes_on_from_what_it_had_sent_and_from_nothing_later() -> None:
    typed = TypedMinutes(agenda_item_id=uuid4(), minutes="Mitt", version=1)
    for last, fate in ((7, Fate.written), (6, Fate.conflict)):
        page = MinutesSet(items=[typed], writer="sida-2", earlier={"sida-0": 9, "sida-1": last})
        assert fate_of(typed, STORED, page) is fate


async def points(councils: Signed, many: int = 2, **more: Any) -> tuple[Item, list[Item]]:
    """A meeting with an agenda."""
    meeting = await meeting_in(councils, **more)
    told = {"meeting_id": meeting["id"], "kind": "discussion"}
    made = [await councils.made("/agenda-items", told | {"title": f"P{n}"}) for n in range(many)]
    return meeting, made


async def save(councils: Signed, meeting: Item, *items: Item, **more: Any) -> Any:
    """What comes of typed minutes."""
    body = {"items": items, **more}
    return await councils.send("PUT", f"/meetings/{meeting['id']}/minutes", json=body)


def said(point: Item, minutes: str | None, **more: Any) -> Item:
    """What somebody typed at a point."""
    version = point["version"]
    return {"agenda_item_id": point["id"], "minutes": minutes, "version": version} | more


async def test_minutes_are_saved_as_they_are_typed(councils: Signed) -> None:
    meeting, (first, second) = await points(councils)
    done = await save(councils, meeting, said(first, "Hej"), said(second, None))
    assert done.status_code == 200
    assert [one["minutes"] for one in done.json()["saved"]] == ["Hej", None]
    assert [one["version"] for one in done.json()["saved"]] == [2, 1]
    assert done.json()["conflicts"] == []


async def test_many_points_are_read_as_few_are(councils: Signed) -> None:
    asked, counts = list[str](), list[int]()

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        for many in (2, 12):
            meeting, there = await points(councils, many)
            asked.clear()
            done = await save(councils, meeting, *(said(one, None) for one in there))
            assert [one["id"] for one in done.json()["saved"]] == [one["id"] for one in there]
            counts.append(sum("FROM agenda_item" in one for one in asked))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert counts[0] == counts[1] > 0


async def test_the_later_of_two_writers_is_shown_what_the_first_wrote(councils: Signed) -> None:
    meeting, (first, second) = await points(councils)
    await save(councils, meeting, said(first, "Annas"), writer="a")
    both = said(first, "Bos"), said(second, "Bos andra")
    refused = await save(councils, meeting, *both, writer="b")
    assert refused.status_code == 409
    body = refused.json()
    assert body["errors"] == [
        {
            "field": first["id"],
            "code": "stale",
            "message": "somebody else wrote here meanwhile",
        }
    ]
    (theirs,) = body["conflicts"]
    assert theirs["minutes"] == "Annas"
    assert theirs["written_by"] == councils.caller.subject
    renamed = await changed(councils, AGENDA_ITEMS, first["id"], title="Annat namn")
    assert theirs["written_at"] < renamed.json()["updated_at"]
    unnamed = councils.by(Caller("client", "client:x", scopes=("write",), request_id="test"))
    (again,) = (await save(unnamed, meeting, *both, writer="b")).json()["conflicts"]
    assert again["written_at"] == theirs["written_at"], "not when it was renamed"
    assert again["written_by"] is None
    assert [one["minutes"] for one in body["saved"]] == ["Bos andra"]
    merged = said(body["conflicts"][0], "Annas och Bos")
    assert (await save(councils, meeting, merged, writer="b")).status_code == 200
    late = await save(councils, meeting, said(first, "Annas mer"), writer="a", turn=2)
    assert [one["minutes"] for one in late.json()["conflicts"]] == ["Annas och Bos"]


async def test_a_lost_answer_is_no_conflict_and_a_late_request_no_loss(councils: Signed) -> None:
    meeting, (point, _) = await points(councils)
    await save(councils, meeting, said(point, "a"), writer="a", turn=1)
    newer = await save(councils, meeting, said(point, "abc"), writer="a", turn=3)
    assert (newer.status_code, newer.json()["saved"][0]["minutes"]) == (200, "abc")
    late = await save(councils, meeting, said(point, "ab"), writer="a", turn=2)
    assert (late.status_code, late.json()["conflicts"][0]["minutes"]) == (409, "abc")


async def test_a_point_that_was_moved_or_renamed_is_no_conflict(councils: Signed) -> None:
    meeting, (first, second) = await points(councils)
    order = {"item_ids": [second["id"], first["id"]]}
    assert (await councils.post(f"/meetings/{meeting['id']}/order", order)).status_code == 200
    await changed(councils, AGENDA_ITEMS, first["id"], title="Nytt namn")
    done = await save(councils, meeting, said(first, "Kvar"))
    assert done.status_code == 200
    assert (await councils.get(f"/agenda-items/{first['id']}")).json()["title"] == "Nytt namn"
    await changed(councils, AGENDA_ITEMS, first["id"], minutes="Från punktens sida")
    refused = await save(councils, meeting, said(done.json()["saved"][0], "Mitt"))
    assert [one["minutes"] for one in refused.json()["conflicts"]] == ["Från punktens sida"]


async def test_what_is_locked_or_elsewhere_is_refused_whole(councils: Signed) -> None:
    meeting, (point, _) = await points(councils)
    _, (foreign, _) = await points(councils)
    refused = await save(councils, meeting, said(point, "Mitt"), said(foreign, "Fel"))
    assert blamed(refused) == (422, "items.1.agenda_item_id", "unknown_reference")
    twice = await save(councils, meeting, said(point, "Mitt"), said(point, "Igen"))
    assert blamed(twice) == (422, "items", "repeated")
    assert (await councils.get(f"/agenda-items/{point['id']}")).json()["minutes"] is None
    assert (await save(councils, {"id": uuid4()}, said(point, "x"))).status_code == 404
    approval = {"approved_on": day(0), "approved_by_post_id": somebody()}
    await councils.post(f"/meetings/{meeting['id']}/approve", approval)
    late = await save(councils, meeting, said(point, "Sen"))
    assert blamed(late) == (409, "minutes_state", "locked")
    off, (point, _) = await points(councils, status="planned", starts_at=at(7))
    await changed(councils, MEETINGS, off["id"], status="cancelled")
    assert blamed(await save(councils, off, said(point, "x"))) == (409, "meeting_id", "cancelled")


async def test_only_who_writes_agendas_types_minutes(councils: Signed) -> None:
    meeting, (point, _) = await points(councils)
    for caller in (MEMBER, municipality("1472", "read", "write")):
        refused = await save(councils.by(caller), meeting, said(point, "x"))
        assert refused.status_code in (403, 404)


async def test_who_types_is_in_no_answer_and_no_history(councils: Signed) -> None:
    meeting, (point, _) = await points(councils)
    await save(councils, meeting, said(point, "Hej"), writer="hemlig-sida")
    shown = (await councils.get(f"/agenda-items/{point['id']}")).json()
    assert not [name for name in shown if name in ("minutes_writer", "minutes_version")]
    async with councils.app.state.database.reading() as db:
        history = await db.scalar(text("SELECT string_agg(t::text, '') FROM ledger t"))
    assert "Hej" in history
    assert "hemlig-sida" not in history


async def test_many_writers_at_once_lose_nothing_that_was_acknowledged(councils: Signed) -> None:
    meeting, made = await points(councils, 3)

    async def write(name: str) -> list[str]:
        """One page: types a line at each point again and again, and merges what it meets."""
        known, kept, turn = {one["id"]: one for one in made}, [], 0
        for number in range(6):
            for point in list(known):
                line = f"{name}{number}"
                while True:
                    turn += 1
                    longer = "\n".join(filter(None, [known[point]["minutes"], line]))
                    done = await save(
                        councils, meeting, said(known[point], longer), writer=name, turn=turn
                    )
                    if done.status_code == 503:  # busy: not acknowledged, so it is sent again
                        continue
                    body = done.json()
                    known[point] = [*body["conflicts"], *body["saved"]][0]
                    if done.status_code == 200:
                        break
                kept.append(f"{point} {line}")
        return kept

    acknowledged = await asyncio.gather(*(write(name) for name in "ABCD"))
    items = (await councils.get(f"/meetings/{meeting['id']}/agenda-items")).json()["items"]
    there = [f"{one['id']} {line}" for one in items for line in one["minutes"].split("\n")]
    assert sorted(there) == sorted(line for kept in acknowledged for line in kept)
