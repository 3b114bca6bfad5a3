"""Questions about occupations: which of them somebody means by a word or a code."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Subquery,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.contract.classification import CodeSystem
from services.analysis.tables import CodeRow, CorrespondenceRow
from services.kit.asking import Window
from services.kit.rows import sort_key
from services.kit.search import matches
from services.kit.store import table_of

DIGITS = 4  # the finest level of SSYK 2012
MOST_WORDS = 3
GROUP, CALLED = table_of(CodeRow).alias("occupation"), table_of(CodeRow).alias("called")
PAIR = table_of(CorrespondenceRow)
IS_GROUP = and_(GROUP.c.system == CodeSystem.ssyk2012, GROUP.c.level == DIGITS)
# The indexes of `code` hold both columns; of other words only the name is looked in, for their
# codes are ids that say nothing.
INDEXED, SAID = ("name", "code"), ("name",)


@dataclass(frozen=True)
class Wanted:
    """Which occupations are asked for: by words, among some codes, and which part of the list."""

    words: str
    codes: tuple[str, ...]
    window: Window


async def occupations(
    db: AsyncConnection, wanted: Wanted
) -> tuple[list[dict[str, Any]], int | None]:
    """A page of occupations and one more where there are more; and how many in all, if asked."""
    statement = _found(wanted.words) if wanted.words else _all()
    if wanted.codes:
        statement = statement.where(GROUP.c.code.in_(wanted.codes))
    window = wanted.window
    rows = await db.execute(statement.limit(window.limit + 1).offset(window.offset))
    found = [
        {"code": row.code, "name": row.name, "words": (row.words or [])[:MOST_WORDS]}
        for row in rows
    ]
    if not window.count:
        return found, None
    return found, await db.scalar(select(func.count()).select_from(statement.subquery()))


async def is_classified(db: AsyncConnection) -> bool:
    """Whether SSYK 2012 is imported."""
    return bool(await db.scalar(select(exists().where(IS_GROUP))))


def _all() -> Select[Any]:
    nothing = null().label("words")
    return select(GROUP.c.code, GROUP.c.name, nothing).where(IS_GROUP).order_by(*_by_name())


def _by_name() -> tuple[ColumnElement[Any], ...]:
    return literal_column(f"({sort_key('occupation.name')})", Text()), GROUP.c.code


def _found(words: str) -> Select[Any]:
    """Occupations with the other words for them that were found, the best first."""
    hit = _hits(words)
    best = aggregate_order_by(hit.c.word, hit.c.place, func.length(hit.c.word), hit.c.word)
    said = func.array_agg(best).filter(func.lower(hit.c.word) != func.lower(GROUP.c.name))
    return (
        select(GROUP.c.code, GROUP.c.name, said.label("words"))
        .join(hit, hit.c.code == GROUP.c.code)
        .where(IS_GROUP)
        .group_by(GROUP.c.code, GROUP.c.name)
        .order_by(func.min(hit.c.place), *_by_name())
    )


def _hits(words: str) -> Subquery:
    """Every name that the words are found in, and the group it stands for."""
    own = select(
        GROUP.c.code, cast(null(), Text).label("word"), _place(GROUP, words).label("place")
    ).where(IS_GROUP, matches(GROUP, INDEXED, words, begun=False))
    stands_for = and_(
        PAIR.c.from_system == CodeSystem.occupation_name,
        PAIR.c.from_code == CALLED.c.code,
        PAIR.c.to_system == CodeSystem.ssyk2012,
    )
    other = (
        select(PAIR.c.to_code, CALLED.c.name, _place(CALLED, words) + 1)
        .join(PAIR, stands_for)
        .where(
            CALLED.c.system == CodeSystem.occupation_name,
            matches(CALLED, INDEXED, words, begun=False),
            matches(CALLED, SAID, words, begun=False),
        )
    )
    return union_all(own, other).subquery("hit")


def _place(source: FromClause, words: str) -> ColumnElement[int]:
    """0 for the very name or code, 2 where a word begins so, 4 for parts, 6 for inflections."""
    name, asked = func.lower(source.c.name), words.lower()
    begins = literal(" ") + func.translate(name, "/-,(", "    ")
    return case(
        (or_(name == asked, source.c.code == asked), literal(0, Integer)),
        (begins.contains(f" {asked}", autoescape=True), 2),
        (name.contains(asked, autoescape=True), 4),
        else_=6,
    )
