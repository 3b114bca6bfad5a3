"""Questions about imports: a query for each kind of thing, however many rows there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.importing import (
    Import,
    ImportedThing,
    ImportFacts,
    ImportNoun,
    KnownReason,
)
from services.actors.family import living_id
from services.actors.importing import rules
from services.actors.importing.rules import Register
from services.actors.tables import (
    ActorRow,
    HoldingRow,
    ImportedRow,
    ImportRow,
    IntakeRow,
    PersonRow,
    PostRow,
    ProgrammeRow,
)
from services.kit.collection import Collection, When
from services.kit.paging import same
from services.kit.rows import local_day, without_marks
from services.kit.store import Record, table_of

MOST_ACTORS, MOST_NUMBERS = 200, 20


def _counts(columns: Any, _when: When) -> list[ColumnElement[Any]]:
    """How many things of each noun it made."""
    imported = table_of(ImportedRow)
    each = select(imported.c.noun, func.count().label("many"))
    each = each.where(imported.c.import_id == columns.id).group_by(imported.c.noun)
    counted = each.correlate(columns.id.table).subquery("counted")
    found = select(func.jsonb_object_agg(counted.c.noun, counted.c.many)).scalar_subquery()
    nothing = func.jsonb_build_object()
    rows = select(func.count(imported.c.row.distinct())).where(imported.c.import_id == columns.id)
    made = rows.scalar_subquery()
    there = or_(made > 0, columns.made_count == 0)  # what was undone made something, and has none
    return [
        cast(func.coalesce(found, nothing), JSONB).label("made_counts"),
        case((there, columns.row_count - made)).label("left_count"),
    ]


IMPORTS = Collection(
    row=ImportRow,
    draft=ImportFacts,
    answer=Import,
    path="/imports",
    filters={"noun": same("noun", ImportNoun)},
    sorts=("-created_at", "file_name"),
    derive=_counts,
    on=lambda columns, _: local_day(columns.created_at),
)


def among(column: ColumnElement[Any], values: Iterable[Any], kind: Any) -> ColumnElement[bool]:
    """Whether a column is one of many values, sent as one array."""
    return column == any_(bindparam(None, list(values), type_=ARRAY(kind)))


async def actors_known(db: AsyncConnection) -> Register:
    """Every living actor by number and bare name, and by the numbers of those merged into it."""
    actor = table_of(ActorRow)
    c = actor.c
    columns = (c.id, c.name, c.other_names, c.org_number, c.kind, c.municipality_code)
    statement = select(*columns).where(c.merged_into_id.is_(None)).order_by(c.id)
    found = rules.actor_register(await db.execute(statement), without_marks)
    living = table_of(ActorRow).alias("living")
    merged = select(actor.c.org_number, living.c.id, living.c.name).join(
        living, living.c.id == actor.c.merged_into_id
    )
    for row in await db.execute(merged.order_by(actor.c.id)):
        found.add(KnownReason.org_number, row.org_number, row.id, row.name)
    return found


async def people_known(db: AsyncConnection, people: Iterable[Any]) -> Register:
    """People with the same e-mail or name as some of the rows."""
    person, rows = table_of(PersonRow), list(people)
    emails = {rules.plain(row.email) for row in rows} - {""}
    names = {rules.plain(row.name) for row in rows} - {""}
    statement = select(person.c.id, person.c.name, person.c.email).where(
        or_(
            among(func.lower(person.c.email), emails, Text),
            among(func.lower(person.c.name), names, Text),
        )
    )
    return rules.person_register(await db.execute(statement.order_by(person.c.id)))


async def workplaces(db: AsyncConnection, people: Iterable[UUID]) -> dict[UUID, dict[UUID, str]]:
    """The living actors where some people hold or held posts, the latest first."""
    holding, post, actor = table_of(HoldingRow), table_of(PostRow), table_of(ActorRow)
    living = actor.alias("living")
    statement = (
        select(holding.c.person_id, living.c.id, living.c.name)
        .join(post, post.c.id == holding.c.post_id)
        .join(actor, actor.c.id == post.c.actor_id)
        .join(living, living.c.id == living_id(actor.c))
        .where(among(holding.c.person_id, people, Uuid))
        .order_by(holding.c.valid_from.desc(), holding.c.id)
    )
    found: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for row in await db.execute(statement):
        found[row.person_id].setdefault(row.id, row.name)
    return found


async def posts_known(db: AsyncConnection, actors: Iterable[UUID]) -> list[Record]:
    """The posts of some living actors, also of those merged into them."""
    post, actor = table_of(PostRow), table_of(ActorRow)
    living = living_id(actor.c)
    statement = select(post.c.id, living.label("actor_id"), post.c.title).join(
        actor, actor.c.id == post.c.actor_id
    )
    found = statement.where(among(living, actors, Uuid)).order_by(post.c.id)
    return [dict(row) for row in (await db.execute(found)).mappings()]


async def programmes_known(db: AsyncConnection, programmes: Iterable[Any]) -> Register:
    """Programmes with the same source or name as some of the rows."""
    programme, rows = table_of(ProgrammeRow), list(programmes)
    c = programme.c
    statement = select(
        c.id,
        c.name,
        c.form,
        c.provider_actor_id,
        c.source,
        c.municipality_code,
        c.municipality_codes,
        c.municipality_count,
    ).where(
        or_(
            among(c.source, {row.source for row in rows if row.source}, Text),
            among(func.lower(c.name), {rules.plain(row.name) for row in rows}, Text),
        )
    )
    return rules.programme_register(await db.execute(statement.order_by(c.id)))


async def intakes_known(db: AsyncConnection, programmes: Sequence[UUID]) -> dict[UUID, set[Any]]:
    """What some programmes' starts are known by."""
    intake = table_of(IntakeRow)
    c = intake.c
    statement = select(c.programme_id, c.source, c.starts_on, c.round, c.note)
    found: dict[UUID, set[Any]] = defaultdict(set)
    for row in await db.execute(statement.where(among(intake.c.programme_id, programmes, Uuid))):
        found[row.programme_id] |= rules.marks_of(row)
    return found


async def named_things(
    db: AsyncConnection, import_id: UUID, rows: Sequence[int], when: When
) -> list[Record]:
    """What an import made of some rows, as it was called then; of a start its programme's name, and
    of who holds a post the post's title."""
    made, parts = table_of(ImportedRow), []
    for noun, statement in _named(when):
        thing = statement.subquery(f"{noun}_named")
        found = select(made.c.row, made.c.row_number, made.c.noun, thing.c.id, thing.c.name)
        of_rows = (made.c.import_id == import_id) & among(made.c.row, rows, Integer)
        same = (made.c.noun == noun) & (made.c.thing_id == thing.c.id)
        parts.append(found.join(thing, same).where(of_rows))
    every = union_all(*parts).order_by("row", "noun", "id")
    rows_found = (await db.execute(every)).mappings()
    return [ImportedThing(**one).model_dump(mode="json") for one in rows_found]


def _named(when: When) -> Iterator[tuple[str, Any]]:
    """Of each noun its things with what they are called."""
    programme, post = when.table(ProgrammeRow), when.table(PostRow)
    for row in (ActorRow, PersonRow):
        table = when.table(row)
        yield table_of(row).name, select(table.c.id, table.c.name)
    yield "programme", select(programme.c.id, programme.c.name)
    yield "post", select(post.c.id, post.c.title.label("name"))
    intake, holding = when.table(IntakeRow), when.table(HoldingRow)
    of_programme = intake.join(programme, programme.c.id == intake.c.programme_id)
    yield "intake", select(intake.c.id, programme.c.name).select_from(of_programme)
    at_post = holding.join(post, post.c.id == holding.c.post_id)
    yield "holding", select(holding.c.id, post.c.title.label("name")).select_from(at_post)


async def named_actors(db: AsyncConnection, import_id: UUID, when: When) -> Record:
    """Which actors an import's rows became, or hold posts or give programmes at; as called then."""
    made, actor = table_of(ImportedRow), when.table(ActorRow)
    own, living = actor.alias("own"), actor.alias("living")
    rows = union_all(*_actors_in(made.c, import_id, when)).subquery("rows")
    mine = (made.c.import_id == import_id) & (made.c.noun == "actor")
    new = func.bool_or(own.c.id.in_(select(made.c.thing_id).where(mine)))
    statement = (
        select(
            living.c.id, living.c.name, new.label("new"),
            func.count(rows.c.row.distinct()).label("row_count"),
            func.array_agg(rows.c.number.distinct())[1:MOST_NUMBERS].label("row_numbers"),
            func.count().over().label("count"),
        )
        .join_from(rows, own, own.c.id == rows.c.actor_id)
        .join(living, living.c.id == living_id(own.c))
        .group_by(living.c.id, living.c.name)
        .order_by(func.min(rows.c.row), living.c.id)
        .limit(MOST_ACTORS)
    )  # fmt: skip
    found = [dict(one) for one in (await db.execute(statement)).mappings()]
    return {"count": found[0]["count"] if found else 0, "items": found}


def _actors_in(c: Any, import_id: UUID, when: When) -> Iterator[Select[Any]]:
    """The actor of each thing that an import made, by its row."""
    programme, post = when.table(ProgrammeRow), when.table(PostRow)
    intake, holding = when.table(IntakeRow), when.table(HoldingRow)
    number = func.coalesce(c.row_number, c.row + 1).label("number")

    def of(noun: str, thing: Any, actor_id: Any, *joined: Any) -> Select[Any]:
        found = select(c.row, number, actor_id.label("actor_id")).where(
            c.import_id == import_id, c.noun == noun
        )
        found = found.join(thing, thing.c.id == c.thing_id) if thing is not None else found
        return found.join(*joined) if joined else found

    yield of("actor", None, c.thing_id)
    yield of("programme", programme, programme.c.provider_actor_id)
    of_programme = (programme, programme.c.id == intake.c.programme_id)
    yield of("intake", intake, programme.c.provider_actor_id, *of_programme)
    yield of("holding", holding, post.c.actor_id, post, post.c.id == holding.c.post_id)


async def things_of(db: AsyncConnection, import_id: UUID) -> dict[str, dict[UUID, int]]:
    """What an import made: by noun, each thing's id and its row."""
    made = table_of(ImportedRow)
    statement = select(made.c.noun, made.c.thing_id, made.c.row)
    found: dict[str, dict[UUID, int]] = defaultdict(dict)
    for row in await db.execute(statement.where(made.c.import_id == import_id)):
        found[row.noun][row.thing_id] = row.row
    return found
