"""Questions about needs."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, Uuid, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.need import (
    EQUAL_SHARE,
    Area,
    Horizon,
    Need,
    NeedDraft,
    NeedStatus,
    Urgency,
)
from services.councils.membership import in_own_council
from services.councils.need.links import is_part_of, needs_seen, parts_of, seen_link, seen_parts
from services.councils.need.rules import OPEN
from services.councils.tables.initiative import InitiativeRow, OutcomeRow
from services.councils.tables.meeting import DecisionRow
from services.councils.tables.need import NeedRow
from services.kit.collection import Collection, When
from services.kit.contract import MunicipalityCode, OccupationCode, Reference
from services.kit.identity import Caller
from services.kit.ledger import ledger
from services.kit.paging import has, ownerless, same, since, until
from services.kit.store import Record, table_of


def _answering(row: Any, columns: Any, when: When) -> ColumnElement[Any]:
    """How many things answer this need, or one that lives on in it."""
    other, need = when.table(row), when.table(NeedRow).alias("living")
    # Said aloud: two queries deep, SQLAlchemy would take the table anew and find every need's.
    line = select(need.c.id).where(need.c.merged_into_id == columns.id).correlate(columns.id.table)
    whole = func.array_append(func.array(line.scalar_subquery(), type_=ARRAY(Uuid())), columns.id)
    found = select(func.count()).select_from(other)
    return found.where(other.c.need_ids.overlap(whole)).scalar_subquery()


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    parts = parts_of(when.table(NeedRow).alias("part"), columns)
    return [
        (columns.minority_share < EQUAL_SHARE).label("equality_check_required"),
        parts.label("split_into_ids"),
        _answering(InitiativeRow, columns, when).label("initiative_count"),
        _answering(DecisionRow, columns, when).label("decision_count"),
        _answering(OutcomeRow, columns, when).label("outcome_count"),
    ]


NEEDS = Collection(
    row=NeedRow,
    draft=NeedDraft,
    answer=Need,
    path="/needs",
    filters={
        "status": same("status", NeedStatus),
        "horizon": same("horizon", Horizon),
        "urgency": same("urgency", Urgency),
        "area": has("areas", Area),
        "occupation_code": same("occupation_code", OccupationCode),
        "municipality_code": has("municipality_codes", MunicipalityCode),
        "council_id": same("council_id", Reference),
        "owner_post_id": same("owner_post_id", Reference),
        "ownerless": ownerless(),
        "reported_by": same("reported_by", MunicipalityCode),
        "answer_id": has("answer_ids", Reference),
        "meeting_id": has("meeting_ids", Reference),
        "merged_into_id": same("merged_into_id", Reference),
        "split_from_id": same("split_from_id", Reference),
        "from_year": since("from_year", int),
        "to_year": until("to_year", int),
    },
    sorts=("-created_at", "updated_at", "statement", "from_year", "headcount_per_year", "met_on"),
    search=("statement", "evidence"),
    derive=_derived,
    visible=needs_seen,
    heir="merged_into_id",
    lists_merged=True,
    owner=lambda columns: columns.reported_by,
    owner_field="reported_by",
    narrowed={
        "merged_into_id": seen_link("merged_into_id"),
        "split_from_id": seen_link("split_from_id"),
        "split_into_ids": seen_parts,
    },
)


async def sits_in(db: AsyncConnection, caller: Caller, council_id: UUID | None) -> bool:
    """Whether the caller may speak in a council: members only in their own."""
    own = in_own_council(caller, literal(council_id, Uuid()))
    return own is None or bool(await db.scalar(select(own)))


async def wanted_occupations(
    db: AsyncConnection, caller: Caller, when: When, municipality_code: str | None = None
) -> list[Record]:
    """How many needs that were open, of those that the caller sees, name each occupation.

    In a municipality also those count that name no place: they are everywhere.
    """
    need, count = when.table(NeedRow), func.count().label("needs")
    code = need.c.occupation_code
    found = select(code, count).where(need.c.status.in_(OPEN), code.is_not(None))
    if municipality_code:
        here, places = cast([municipality_code], ARRAY(Text())), need.c.municipality_codes
        found = found.where(or_(places.contains(here), func.cardinality(places) == 0))
    seen = needs_seen(caller, need.c)
    if seen is not None:
        found = found.where(seen)
    found = found.group_by(code).order_by(count.desc(), code)
    return [{"occupation_code": row[0], "needs": row[1]} for row in await db.execute(found)]


async def open_status(db: AsyncConnection, id: UUID) -> str | None:
    """The status that a need had when it was last worked on, as the ledger remembers it."""
    image = ledger.c.after["status"].astext
    ours = ledger.c.entity == NeedRow.__tablename__, ledger.c.key == str(id), image.in_(OPEN)
    return await db.scalar(select(image).where(*ours).order_by(ledger.c.seq.desc()).limit(1))


async def parts_made(db: AsyncConnection, id: UUID) -> list[UUID]:
    """The parts that a need lives on in; none where its split was undone."""
    need = table_of(NeedRow)
    asked = select(need.c.id).where(is_part_of(need, id)).order_by(need.c.id)
    return list((await db.scalars(asked)).all())


async def was_split(db: AsyncConnection, id: UUID) -> bool:
    """Whether a need lives on in parts."""
    return bool(await parts_made(db, id))


async def living_in(db: AsyncConnection, id: UUID) -> list[Record]:
    """The needs that live on in this one."""
    need = table_of(NeedRow)
    asked = select(need).where(need.c.merged_into_id == id).order_by(need.c.id)
    return [dict(row) for row in (await db.execute(asked)).mappings()]


async def first_dropped(db: AsyncConnection, ids: Iterable[UUID]) -> Record | None:
    """One of these needs that is not worked on any more without being met; None where all are."""
    need = table_of(NeedRow)
    gone = need.c.id.in_(list(ids)), need.c.status == NeedStatus.dropped
    found = (await db.execute(select(need).where(*gone).order_by(need.c.id).limit(1))).mappings()
    return dict(row) if (row := found.first()) else None


async def first_decided(db: AsyncConnection, id: UUID) -> date | None:
    """The day of the first decision that names a need, if any does."""
    decision = table_of(DecisionRow).c
    about = decision.need_ids.contains(cast(array([id]), ARRAY(Uuid())))
    found: date | None = await db.scalar(select(func.min(decision.decided_on)).where(about))
    return found


async def seen_later(db: AsyncConnection, ids: Iterable[UUID], day: date) -> UUID | None:
    """One of these needs that was seen only after a day, if any was."""
    need = table_of(NeedRow).c
    late = need.id.in_(list(ids)), need.identified_on > day
    found: UUID | None = await db.scalar(select(need.id).where(*late).order_by(need.id).limit(1))
    return found


async def locked_needs(db: AsyncConnection, ids: Sequence[UUID]) -> dict[UUID, Record]:
    """Needs by id, locked in one order so that two merges never wait for each other."""
    need = table_of(NeedRow)
    statement = select(need).where(need.c.id.in_(ids)).order_by(need.c.id).with_for_update()
    return {row["id"]: dict(row) for row in (await db.execute(statement)).mappings()}
