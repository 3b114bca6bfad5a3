"""Questions about actors."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    Text,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.actor.rules import bare_name, short_names, written_number
from services.actors.contract.actor import (
    Actor,
    ActorKind,
    ActorLevel,
    ActorSent,
    ActorStatus,
    SniGroup,
)
from services.actors.family import living_id, merged_ones
from services.actors.offers import offered
from services.actors.precedence import priority_is
from services.actors.preparedness import readiness_is
from services.actors.series import said_on, standing_is
from services.actors.tables import ActorRow, ProgrammeRow, RelationRow
from services.actors.tables.who import bare
from services.kit.collection import Collection, When
from services.kit.contract import MunicipalityCode, Reference
from services.kit.paging import Filter, begins, same
from services.kit.rows import without_marks
from services.kit.store import Record, table_of

MOST_NEAR = 5000  # that are likened one by one: of 100,000 with a word in common all are near
ALIKE, SHORT = 0.45, 0.95  # SHORT: as like as a name that is called so in short
MOST_ALIKE = 8


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """An actor's level and status on the day, and its other ids."""
    merged = merged_ones(when)
    others = select(merged.c.id).where(merged.c.merged_into_id == columns.id).order_by(merged.c.id)
    return [
        *said_on(columns, when),
        func.array(others.scalar_subquery()).label("merged_ids"),
    ]


def _called() -> Filter:
    """Certain actors, also by the id of one that was merged into them."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        named = when.table(ActorRow).alias("named")
        found: ColumnElement[bool] = columns.id.in_(
            select(living_id(named.c)).where(named.c.id.in_(values))
        )
        return found

    return Filter(Reference, clause, dated=True)


def _numbered() -> Filter:
    """Actors with a number, also where one that was merged into them has it."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        named = when.table(ActorRow).alias("named")
        merged = named.c.merged_into_id.is_not(None)
        ways = (
            select(named.c.id).where(~merged),
            select(named.c.id).where(merged),
            select(named.c.merged_into_id).where(merged),
        )
        theirs = (way.where(named.c.org_number.in_(values)) for way in ways)
        found: ColumnElement[bool] = columns.id.in_(union_all(*theirs))
        return found

    keeps = "Only with this org_number, or with one merged into it that has it; repeated: any"
    return Filter(str, clause, dated=True, keeps=keeps)


def educates() -> Filter:
    """true: gives a programme, or is commissioned on the day to educate; false: neither."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        named = when.table(ActorRow).alias("named")
        programme, relation = when.table(ProgrammeRow), when.table(RelationRow)
        commissioned = select(relation.c.other_actor_id).where(
            func.cardinality(relation.c.forms) > 0, relation.c.valid.op("@>")(when.day)
        )
        offers = select(programme.c.provider_actor_id).where(offered(programme.c))
        giving = named.c.id.in_(offers.union(commissioned))
        found: ColumnElement[bool] = columns.id.in_(select(living_id(named.c)).where(giving))
        return found if values[0] else ~found

    return Filter(bool, clause, dated=True)


ACTORS = Collection(
    row=ActorRow,
    draft=ActorSent,
    answer=Actor,
    path="/actors",
    filters={
        "id": _called(),
        "merged_into_id": same("merged_into_id", Reference),
        "kind": same("kind", ActorKind),
        "municipality_code": same("municipality_code", MunicipalityCode),
        "org_number": _numbered(),
        "managed_by": same("managed_by", MunicipalityCode),
        "level": standing_is("level", ActorLevel),
        "status": standing_is("status", ActorStatus),
        "readiness": readiness_is(),
        "priority": priority_is(),
        "sni": begins("sni_codes", SniGroup),
        "educates": educates(),
    },
    sorts=("name", "kind", "municipality_code", "created_at", "updated_at"),
    search=("name", "other_names", "mission"),
    derive=_derived,
    dated=True,
    heir="merged_into_id",
    owner=lambda columns: columns.managed_by,
    owner_field="managed_by",
)


def actor_owner(columns: Any) -> ColumnElement[Any]:
    """The municipality that may write what hangs on an actor (column actor_id)."""
    actor = table_of(ActorRow)
    return select(actor.c.managed_by).where(actor.c.id == columns.actor_id).scalar_subquery()


async def kept_numbers(db: AsyncConnection, numbers: Iterable[str | None]) -> dict[str, UUID]:
    """Which of some numbers only merged actors have, and whom each of those lives on in.

    They stay taken, or the merge could not be undone.
    """
    wanted = {number for number in numbers if number}
    if not wanted:
        return {}
    one, other = table_of(ActorRow).alias("one"), table_of(ActorRow).alias("other")
    living = other.c.merged_into_id.is_(None) & (other.c.org_number == one.c.org_number)
    asked = bindparam("numbers", list(wanted), type_=ARRAY(Text()))
    statement = select(one.c.org_number, one.c.merged_into_id).where(
        one.c.merged_into_id.is_not(None),
        one.c.org_number == func.any(asked),
        ~select(other.c.id).where(living).exists(),
    )
    return {row.org_number: row.merged_into_id for row in await db.execute(statement)}


async def likely_same(
    db: AsyncConnection, name: str | None, org_number: str | None = None
) -> list[Record]:
    """Living actors that are probably the one meant: same organisation number, or a name like it.

    Also a former name, or the number of one that was merged into it.
    """
    actor, number = table_of(ActorRow), written_number(org_number)
    meant = without_marks(bare_name(name)) if name else ""
    ways = [_just(meant), *(_like(one, meant) for one in ("name", "other_names"))] if name else []
    ways += _in_short(name, meant) if name else []
    if number:
        same = select(living_id(actor.c).label("id"), literal(2.0, Float).label("likeness"))
        ways.append(same.where(actor.c.org_number == number))
    if not ways:
        return []
    alike = union_all(*ways).subquery("alike")
    most = func.max(alike.c.likeness).label("likeness")
    best = select(alike.c.id, most).where(alike.c.likeness > ALIKE).group_by(alike.c.id)
    found = best.subquery("best")
    statement = (
        select(actor.c.id, actor.c.name, actor.c.org_number, actor.c.municipality_code)
        .join(found, found.c.id == actor.c.id)
        .where(actor.c.merged_into_id.is_(None))
        .order_by(found.c.likeness.desc(), actor.c.id)
        .limit(MOST_ALIKE)
    )
    # The index leaves out what is less alike than that, instead of a third.
    least = func.set_config("pg_trgm.similarity_threshold", str(ALIKE), True)
    await db.execute(select(least))
    return [dict(row) for row in (await db.execute(statement)).mappings()]


def _just(meant: str) -> Select[Any]:
    """Who is called just so, however many there are that are called nearly so."""
    held: ColumnElement[str] = literal_column(bare("actor.name"), Text())
    # A company's form before or after the name leaves two spaces.
    just = held.in_([meant, f"{meant}  ", f"  {meant}"])
    return select(table_of(ActorRow).c.id, literal(1.0, Float).label("likeness")).where(just)


def _in_short(name: str, meant: str) -> list[Select[Any]]:
    """Who says in brackets that it is called so in short, or is called as the name says there."""
    held: ColumnElement[str] = literal_column(bare("actor.name"), Text())
    called = [held.contains(f"({meant})", autoescape=True)] if meant else []
    called += [held.like(without_marks(one)) for one in short_names(name) if one.isalnum()]
    actor = table_of(ActorRow)
    likeness = literal(SHORT, Float).label("likeness")
    return [select(actor.c.id, likeness).where(one) for one in called]


def _like(column: str, meant: str) -> Select[Any]:
    """How like a name each actor's is, at best of its lines; the index finds who comes near.

    Of other names, what has part of it: on their lines they are to be like it one by one.
    """
    held: ColumnElement[str] = literal_column(bare(f"actor.{column}"), Text())
    close = held.bool_op("%" if column == "name" else "%>")(meant)
    actor = table_of(ActorRow)
    near = select(actor.c.id, held.label("held")).where(close).limit(MOST_NEAR).subquery()
    line = func.regexp_split_to_table(near.c.held, r"\n").column_valued("line")
    best = select(func.max(func.similarity(line, meant, type_=Float))).scalar_subquery()
    return select(near.c.id, best.label("likeness"))
