"""Forgetting: what was said under a consent that ended goes from whatever was made of it, too.

Needs begin with an answer's own words, and points of agendas and initiatives with a need's. They
stay, and name their source, but whatever repeats what was said gets other words; and so it goes
from the ledger, and from the answers that are kept for repeated requests. Approved minutes stay:
they are a public record (docs/decisions/0030).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.meeting import MinutesState
from services.councils.interview import rules
from services.councils.tables.initiative import InitiativeRow
from services.councils.tables.meeting import AgendaItemRow, MeetingRow
from services.councils.tables.need import NeedRow
from services.kit import erasing
from services.kit.rows import Row
from services.kit.store import Record, change_row, table_of

FORGOTTEN = "Underlaget är återtaget, och formuleringen borttagen"
WHY = "consent withdrawn"
# Older entries of the ledger have these; by now they stay out of it.
_HIDDEN = {
    "answer": (*rules.SAID, "wish", "source"),
    "interview": ("returned_reason", "reopened_reason"),
}


class _Copy(NamedTuple):
    """Where words of an answer may stand, and the field that names what they came from."""

    row: type[Row]
    text: str
    sources: str


NEED = _Copy(NeedRow, "statement", "answer_ids")
OF_NEEDS = (_Copy(AgendaItemRow, "title", "need_ids"), _Copy(InitiativeRow, "title", "need_ids"))


async def lock_copies(db: AsyncConnection, answers: Sequence[Record]) -> None:
    """Lock all that may repeat an interview's answers, before anything is changed.

    Looking for them again when something is changed writes the ledger, whose lock comes last:
    whoever holds one of them by then waits for the ledger.
    """
    needs = await erasing.naming(db, NEED.row, NEED.sources, [one["id"] for one in answers])
    await _locked(db, NEED, needs)
    for copy in OF_NEEDS:
        await _locked(db, copy, await erasing.naming(db, copy.row, copy.sources, needs))


async def forget_words(db: AsyncConnection, interview: Record, answers: Sequence[Record]) -> None:
    """Take the words of an interview's answers away wherever they were copied to by themselves."""
    answer_ids = [answer["id"] for answer in answers]
    needs = await erasing.naming(db, NEED.row, NEED.sources, answer_ids)
    pieces = rules.pieces_of(answers, await _before_rewriting(db, answer_ids, needs))
    changed = await _reword(db, NEED, needs, pieces)
    named = {copy: await erasing.naming(db, copy.row, copy.sources, needs) for copy in OF_NEEDS}
    locked = await _in_approved_minutes(db, named[OF_NEEDS[0]])
    for copy, ids in named.items():
        changed += await _reword(db, copy, [one for one in ids if one not in locked], pieces)
    told = {NEED: needs, **named}
    seqs = [seq for copy, ids in told.items() for seq in await _entries(db, copy, ids, pieces)]
    seqs += await _hidden(db, "answer", answer_ids) + await _hidden(
        db, "interview", [interview["id"]]
    )
    await erasing.redact(db, seqs, WHY)
    # An entry that tells of the new words told of the old ones too: they are told once more.
    for row, key in changed:
        await change_row(db, row, key)
    about = [*answer_ids, interview["id"], *(one for ids in told.values() for one in ids)]
    await erasing.forget_answers(db, about)


async def _before_rewriting(
    db: AsyncConnection, answer_ids: Sequence[UUID], needs: Sequence[UUID]
) -> list[str]:
    """What needs said before an answer that they name was written anew.

    Nobody knows any more what the answer said then: it may have been just that.
    """
    written: dict[str, int] = {}
    for one in await erasing.entries_of(db, "answer", answer_ids):
        if one["before"] and one["after"] and not one["after"].get("withdrawn"):
            written[one["key"]] = one["seq"]
    entries = await erasing.entries_of(db, table_of(NEED.row).name, needs)
    return [
        image[NEED.text]
        for one in entries
        if (image := one["after"])
        and image.get(NEED.text)
        and any(written.get(named, 0) > one["seq"] for named in image.get(NEED.sources) or ())
    ]


async def _reword(
    db: AsyncConnection, copy: _Copy, ids: Sequence[UUID], pieces: Sequence[str]
) -> list[tuple[type[Row], UUID]]:
    found = await _locked(db, copy, ids)
    same = [row.id for row in found if rules.repeats(row[1], pieces)]
    other: dict[str, Any] = {copy.text: FORGOTTEN}
    for key in same:
        await change_row(db, copy.row, key, **other)
    return [(copy.row, key) for key in same]


async def _locked(db: AsyncConnection, copy: _Copy, ids: Sequence[UUID]) -> Sequence[Any]:
    table = table_of(copy.row)
    asked = select(table.c.id, table.c[copy.text]).where(table.c.id.in_(ids)).order_by(table.c.id)
    return (await db.execute(asked.with_for_update())).all()


async def _in_approved_minutes(db: AsyncConnection, ids: Sequence[UUID]) -> set[UUID]:
    item, meeting = table_of(AgendaItemRow), table_of(MeetingRow)
    approved: ColumnElement[Any] = meeting.c.minutes_state == MinutesState.approved
    asked = select(item.c.id).join(meeting, meeting.c.id == item.c.meeting_id)
    return set((await db.execute(asked.where(item.c.id.in_(ids), approved))).scalars())


async def _entries(
    db: AsyncConnection, copy: _Copy, ids: Sequence[UUID], pieces: Sequence[str]
) -> list[int]:
    entries = await erasing.entries_of(db, table_of(copy.row).name, ids)
    return [
        one["seq"]
        for one in entries
        if any(rules.repeats(image.get(copy.text), pieces) for image in erasing.images(one))
    ]


async def _hidden(db: AsyncConnection, entity: str, ids: Sequence[UUID]) -> list[int]:
    return [
        one["seq"]
        for one in await erasing.entries_of(db, entity, ids)
        if any(image.get(name) for image in erasing.images(one) for name in _HIDDEN[entity])
    ]
