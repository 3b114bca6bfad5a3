"""Questions about an actor's standings, with those of what was merged into it as one series."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, and_, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.actor.queries import actor_owner
from services.actors.contract.actor import ActorStatus, Standing, StandingDraft
from services.actors.family import of_actor
from services.actors.series import counting_periods, counts_on
from services.actors.tables import ActorRow, StandingRow
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.ledger import ledger
from services.kit.paging import same
from services.kit.store import Record, table_of

STANDINGS = Collection(
    row=StandingRow,
    draft=StandingDraft,
    answer=Standing,
    path="/standings",
    filters={"actor_id": of_actor("actor_id"), "status": same("status", ActorStatus)},
    sorts=("valid_from", "created_at"),
    parent=("/actors", "actor_id"),
    derive=lambda columns, when: [counting_periods(columns, when)],
    holds=counts_on,
    owner=actor_owner,
)


def _of_family(actor_id: UUID) -> Select[Any]:
    standing, of = table_of(StandingRow), table_of(ActorRow).alias("of")
    mine = or_(of.c.id == actor_id, of.c.merged_into_id == actor_id)
    return select(standing).join(of, of.c.id == standing.c.actor_id).where(mine)


async def standing_on(db: AsyncConnection, actor_id: UUID, day: date) -> Record | None:
    """The standing that counts on a day: the actor's own, or else what came with another."""
    standing = table_of(StandingRow).c
    statement = _of_family(actor_id).where(
        standing.valid.op("@>")(day), counts_on(standing, When(day))
    )
    found = (await db.execute(statement)).mappings().one_or_none()
    return dict(found) if found else None


async def level_by(db: AsyncConnection, actor_id: UUID, day: date) -> Any:
    """The level said last of an actor by a day; None where none ever was."""
    standing = table_of(StandingRow).c
    said = _of_family(actor_id).where(standing.valid_from <= day, standing.level.is_not(None))
    own = (standing.actor_id == actor_id).desc()
    last = said.with_only_columns(standing.level)
    return await db.scalar(last.order_by(own, standing.valid_from.desc(), standing.id).limit(1))


async def next_standing_on(db: AsyncConnection, actor_id: UUID, day: date) -> date | None:
    """The first day after a day on which a standing of the actor begins to count."""
    standing = table_of(StandingRow).c
    begins = counts_on(standing, When(clock.today()), standing.valid_from)
    statement = _of_family(actor_id).where(standing.valid_from > day, begins)
    first: date | None = await db.scalar(statement.with_only_columns(func.min(standing.valid_from)))
    return first


async def lasted_until(db: AsyncConnection, standing: Record, family: Sequence[UUID]) -> Any:
    """The standing of a family's that ended the day that this one begins; its own actor's first."""
    rows = table_of(StandingRow)
    statement = select(rows).where(
        rows.c.actor_id.in_(family), rows.c.valid_to == standing["valid_from"]
    )
    own = (rows.c.actor_id == standing["actor_id"]).desc()
    found = (await db.execute(statement.order_by(own, rows.c.id).limit(1))).mappings()
    return found.one_or_none()


async def begun(db: AsyncConnection, standing: Record) -> Any:
    """The ledger's entry for the moment a standing was made."""
    statement = select(ledger).where(
        ledger.c.entity == "standing", ledger.c.key == str(standing["id"]), ledger.c.op == "I"
    )
    return (await db.execute(statement)).one_or_none()


async def again_until(
    db: AsyncConnection, undone: Record, family: Sequence[UUID]
) -> tuple[UUID, date | None] | None:
    """The standing before that lasts again where one is taken back, and until when.

    As long as that one did; no longer than was said of it. One that was said to end that day is
    let be.
    """
    made, before = await begun(db, undone), await lasted_until(db, undone, family)
    if made is None or before is None:
        return None
    said: str | None = None
    for number, end in enumerate(await _ends_of(db, before)):
        # What was made after the other may have been given its beginning for an end.
        if end.seq < made.seq if end.op == "I" else end.alone:
            if number == 0:
                return None
            said = end.until
            break
    ends = [undone["valid_to"], date.fromisoformat(said) if said else None]
    until = min((end for end in ends if end), default=None)
    if until is not None and until <= before["valid_to"]:
        return None
    return before["id"], until


async def _ends_of(db: AsyncConnection, standing: Record) -> Sequence[Any]:
    """Each end that a standing was given, newest first; `alone`: by no other standing's change."""
    beside = ledger.alias("beside")
    until = ledger.c.after["valid_to"].astext
    others = select(beside.c.seq).where(
        beside.c.seq.in_([ledger.c.seq - 1, ledger.c.seq + 1]),
        beside.c.request_id == ledger.c.request_id,
        beside.c.entity == "standing",
        beside.c.key != ledger.c.key,
    )
    statement = select(
        ledger.c.seq, ledger.c.op, until.label("until"), (~others.exists()).label("alone")
    ).where(
        ledger.c.entity == "standing",
        ledger.c.key == str(standing["id"]),
        or_(ledger.c.op == "I", until.is_distinct_from(ledger.c.before["valid_to"].astext)),
    )
    return (await db.execute(statement.order_by(ledger.c.seq.desc()))).all()


async def ended_by_others(db: AsyncConnection, actor_ids: Sequence[UUID]) -> list[UUID]:
    """Some actors' open standings that ended because another of their family got one."""
    rows, made, ended = table_of(StandingRow), ledger.alias("made"), ledger.alias("ended")
    ids = [str(one) for one in actor_ids]
    statement = (
        select(rows.c.id)
        .join(ended, and_(ended.c.entity == "standing", ended.c.key == cast(rows.c.id, Text)))
        .join(made, and_(made.c.seq == ended.c.seq + 1, made.c.request_id == ended.c.request_id))
        .where(
            rows.c.actor_id.in_(actor_ids),
            ended.c.op == "U",
            ended.c.before["valid_to"].astext.is_(None),
            made.c.entity == "standing",
            made.c.op == "I",
            made.c.after["actor_id"].astext.not_in(ids),
            made.c.after["valid_from"].astext == cast(rows.c.valid_to, Text),
        )
    )
    return list((await db.execute(statement.distinct())).scalars())
