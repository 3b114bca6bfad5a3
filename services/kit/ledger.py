"""The ledger in Python: installing it, reading its head, and judging it with a witness."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    DateTime,
    FromClause,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
    Uuid,
    and_,
    cast,
    func,
    literal_column,
    select,
    text,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

CLOCKS_DIFFER: Any = literal_column("interval '5 minutes'")
_CHANGES = "op IN ('U', 'D')"
# Younger than many databases: the first migrations of new ones make it, later ones of the others.
CHANGES_INDEX = (
    f"CREATE INDEX IF NOT EXISTS ix_ledger_changed ON ledger (entity, at) WHERE {_CHANGES}"
)
_SQL = Path(__file__).with_name("ledger.sql")
_GUARD = Path(__file__).with_name("ledger_guard.sql")
_GUARDS = (
    ("ledger_head", "no_truncate"), ("ledger_head", "no_delete"), ("idempotency", "no_truncate"),
)  # fmt: skip
_OWN = MetaData()

ledger = Table(
    "ledger",
    _OWN,
    Column("seq", BigInteger, primary_key=True),
    Column("at", DateTime(timezone=True)),
    Column("actor", Text),
    Column("request_id", Text),
    Column("entity", Text),
    Column("key", Text),
    Column("op", Text),
    Column("row_version", BigInteger),
    Column("schema_version", BigInteger),
    Column("before", JSONB),
    Column("after", JSONB),
    Column("hash", LargeBinary),
)
ledger_head = Table("ledger_head", _OWN, Column("feed_id", Uuid))
# Made once, for every reading of analysis asks it of each service.
_NEWEST = select(ledger.c.seq, ledger.c.hash).order_by(ledger.c.seq.desc()).limit(1).subquery()
_HEAD = select(ledger_head.c.feed_id, _NEWEST.c.seq, _NEWEST.c.hash).select_from(
    ledger_head.outerjoin(_NEWEST, true())
)
OWN_TABLES = frozenset({"ledger", "ledger_head", "idempotency", "alembic_version"})


@dataclass(frozen=True)
class Head:
    """The newest entry: the witness a follower keeps."""

    seq: int
    hash: bytes


def install_statements() -> list[str]:
    """The DDL of the ledger, one statement each, for the first migration."""
    return [*_split(_SQL.read_text(encoding="utf-8")), CHANGES_INDEX, *_guard_statements()]


def _guard_statements() -> list[str]:
    return _split(_GUARD.read_text(encoding="utf-8"))


def attach_statements(table: str, secret: Iterable[str] = ()) -> list[str]:
    """The triggers that log a table; `secret` columns stay out of the images."""
    arguments = ", ".join(f"'{column}'" for column in secret)
    return [
        f"CREATE CONSTRAINT TRIGGER ledger_write AFTER INSERT OR UPDATE OR DELETE ON {table} "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
        f"EXECUTE FUNCTION ledger_write({arguments})",
        f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()",
    ]


def install(op: Any) -> None:
    """Make the ledger: what a service's first migration begins with (`op` is Alembic's)."""
    for statement in install_statements():
        op.execute(statement)


def attach(op: Any, table: str, secret: Iterable[str] = ()) -> None:
    """Log a table from here on: what a migration does with each new one."""
    for statement in attach_statements(table, secret):
        op.execute(statement)


def _split(script: str) -> list[str]:
    """Statements of a script; a semicolon inside $$ … $$ does not end one."""
    statements, quoted, current = [], False, ""
    for line in script.splitlines():
        if line.startswith("--"):
            continue
        current += line + "\n"
        quoted ^= line.count("$$") % 2 == 1
        if not quoted and line.rstrip().endswith(";"):
            statements.append(current.strip().rstrip(";"))
            current = ""
    return statements


async def head(db: AsyncConnection) -> tuple[UUID, Head]:
    """The ledger's name and its newest entry; 0 and nothing while it is empty.

    The name is another where the database was restored.
    """
    found = (await db.execute(_HEAD)).one()
    return found.feed_id, Head(found.seq or 0, found.hash or b"")


async def holds(db: AsyncConnection, head: Head, seen: Head) -> bool:
    """Whether what was seen once is still in the ledger, whose newest entry was read just now."""
    if seen.seq == 0 or seen == head:
        return True
    found = await db.scalar(select(ledger.c.hash).where(ledger.c.seq == seen.seq))
    return bool(found == seen.hash)


async def faults(db: AsyncConnection, witness: Head | None = None) -> list[tuple[int, str]]:
    """What is wrong with the chain; empty when it is whole. Reads the whole ledger."""
    seen = witness or Head(0, b"")
    found = await db.execute(
        text("SELECT seq, why FROM ledger_bad(:seq, :hash)"), {"seq": seen.seq, "hash": seen.hash}
    )
    return [(row.seq, row.why) for row in found]


def guard(op: Any) -> None:
    """The ledger's name and the answers kept are guarded too: for databases that were without."""
    for statement in _guard_statements():
        op.execute(statement)


def unguard(op: Any) -> None:
    """Back."""
    for table, trigger in _GUARDS:
        op.execute(f"DROP TRIGGER IF EXISTS {trigger} ON {table}")


def index_changes(op: Any) -> None:
    """What looking back asks first: which rows of a table were changed or taken away since."""
    op.execute(CHANGES_INDEX)


@lru_cache(256)  # every question about a moment asks several tables, many of them twice
def as_known_at(table: Table, moment: datetime, *, once: bool = False) -> FromClause:
    """A table as it was known at a moment: what nobody has touched since, and what the rest was.

    Most rows are as they were: they are read with the table's own indexes, and only those that
    were changed or taken away since are made again, from the first change's image of before.
    Once: those are made for the whole question, and not sought anew for each row that asks.
    """
    untouched, changed = select(table).where(~_touched(table, moment)), _changed(table, moment)
    if once:
        changed = select(changed.cte().prefix_with("MATERIALIZED"))
    return union_all(untouched, changed).subquery(f"{table.name}_known")


def _since(
    entries: Any, table: Table, moment: datetime, ops: str = "'I', 'U', 'D'"
) -> ColumnElement[bool]:
    rows: ColumnElement[bool] = literal_column(f"{entries.name}.op IN ({ops})")
    return and_(entries.c.entity == table.name, entries.c.at > moment, rows)


def _touched(table: Table, moment: datetime) -> ColumnElement[bool]:
    """What was taken away since is in the table only where it was made anew."""
    later = ledger.alias("later")
    mine = later.c.key == cast(table.c.id, Text)
    return select(later.c.seq).where(_since(later, table, moment, "'I', 'U'"), mine).exists()


def _born_since(entries: Any, moment: datetime) -> ColumnElement[bool]:
    """Whether a row is surely younger than a moment, as an import's that was undone.

    The image says so itself, and no other entry is sought. Of the minutes in which clocks may
    differ the other entries tell.
    """
    born = cast(entries.c.before["created_at"].astext, DateTime(timezone=True))
    return func.coalesce(born - CLOCKS_DIFFER > moment, literal_column("false"))


def _changed(table: Table, moment: datetime) -> Select[Any]:
    """The rows that were there and are not as they were, by their first change since."""
    first, earlier = ledger.alias("first"), ledger.alias("earlier")
    before = select(earlier.c.seq).where(
        _since(earlier, table, moment), earlier.c.key == first.c.key, earlier.c.seq < first.c.seq
    )
    young = _born_since(first, moment)
    return _before(first, table).where(_since(first, table, moment), ~young, ~before.exists())


def removed(table: Table) -> Select[Any]:
    """The rows that were taken away, as they were, each with `seq`, the entry that says so.

    None whose content was erased.
    """
    gone = ledger.alias("gone")
    away: ColumnElement[bool] = literal_column(f"{gone.name}.op = 'D'")
    return _before(gone, table).add_columns(gone.c.seq).where(gone.c.entity == table.name, away)


def _before(entries: Any, table: Table) -> Select[Any]:
    """What some entries say that rows of a table were before."""
    told = _defaults(table).op("||")(entries.c.before)
    image = func.jsonb_populate_record(text(f"NULL::{table.name}"), told)
    # By name: a column that a migration added stands last in the table, wherever its class has it.
    typed = image.table_valued(
        *(Column(column.name, column.type) for column in table.columns), name="image"
    )
    # Ids outside the image: what is asked of one row, or of one actor's, makes no other again.
    was = entries.c.before
    columns = [
        cast(was[c.name].astext, c.type) if isinstance(c.type, Uuid) else typed.c[c.name]
        for c in table.columns
    ]
    return (
        select(*(said.label(c.name) for said, c in zip(columns, table.columns, strict=True)))
        .select_from(entries.join(typed, literal_column("true")))
        .where(literal_column(f"{entries.name}.{_CHANGES}"), was.is_not(None))
    )


def _defaults(table: Table) -> ColumnElement[Any]:
    """What a column that came later says of images from before it."""
    found: dict[str, Any] = {}
    for column in table.columns:
        default: Any = column.default
        if default is not None and not column.nullable:
            found[column.name] = default.arg(None) if default.is_callable else default.arg
    told = orjson.dumps(found, default=str).decode().replace("'", "''")
    return literal_column(f"'{told}'::jsonb", JSONB)
