"""Rows: how a pure draft becomes a table, so that each field is written once."""

import time
from datetime import datetime
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin
from uuid import UUID, uuid4

from pydantic import BaseModel
from sqlalchemy import (
    Column,
    ColumnElement,
    Computed,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    Text,
    Uuid,
    cast,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, DATERANGE, JSONB, ExcludeConstraint
from sqlmodel import Field, SQLModel
from sqlmodel._compat import SQLModelConfig
from sqlmodel.main import FieldInfoMetadata, SQLModelMetaclass

from services.kit.clock import STOCKHOLM

NAMES = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
# å, ä and ö after z, and what sorts as one of them or as e.
LETTERS, PLACES = "åäöéèüæø", "{|}eey|}"
PLAIN = "aaoeeuao"


def new_metadata() -> MetaData:
    """One service's tables, with constraint names that tell which field to blame."""
    return MetaData(naming_convention=NAMES)


class _Described(SQLModelMetaclass):
    """Rows say what their table is and are never mapped: none is ever loaded or saved as an object.

    SQLAlchemy's mappers of them were a tenth of a start.
    """

    def __init__(self, name: str, bases: tuple[type, ...], own: dict[str, Any], **_: Any) -> None:
        type.__init__(self, name, bases, own)
        if self.model_config.get("table"):
            self.__table__ = _table(self)


def _table(row: Any) -> Table:
    """The table of a row: a column for each field, and what its `__table_args__` say."""
    columns = [vars(row)[name] for name in row.model_fields]
    for name, column in zip(row.model_fields, columns, strict=True):
        column.key = column.name = name
    parts = vars(row).get("__table_args__", ())
    named = parts[-1] if parts and isinstance(parts[-1], dict) else {}
    others = parts[:-1] if named else parts
    return Table(row.__tablename__, row.metadata, *columns, *others, **named)


class Row(SQLModel, metaclass=_Described):
    """What every stored thing has: an id made by the application, a version, two moments."""

    model_config = SQLModelConfig(defer_build=True)  # rows check nothing: their drafts have

    id: UUID = Field(primary_key=True)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=DateTime(timezone=True))  # type: ignore[call-overload]
    updated_at: datetime = Field(sa_type=DateTime(timezone=True))  # type: ignore[call-overload]

    @classmethod
    def __pydantic_init_subclass__(cls, **more: Any) -> None:
        """Give the inherited contract fields column types that SQLModel has no answer for."""
        super().__pydantic_init_subclass__(**more)
        for field in cls.model_fields.values():
            sql_type = _sql_type(field.annotation)
            if sql_type is not None and not any(
                isinstance(known, FieldInfoMetadata) for known in field.metadata
            ):
                field.metadata = [*field.metadata, FieldInfoMetadata(sa_type=sql_type)]


def bare_type(annotation: Any) -> Any:
    """The annotation without Annotated and without None."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not NoneType]
        return bare_type(kinds[0]) if len(kinds) == 1 else annotation
    return annotation


def _sql_type(annotation: Any) -> Any:
    kind = bare_type(annotation)
    if get_origin(kind) is list:
        inner = bare_type(get_args(kind)[0])
        if inner is UUID:
            return ARRAY(Uuid())
        return ARRAY(Text) if isinstance(inner, type) and issubclass(inner, str) else JSONB
    if get_origin(kind) is dict or (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return JSONB
    if isinstance(kind, type) and issubclass(kind, datetime):
        return DateTime(timezone=True)
    return Text if isinstance(kind, type) and issubclass(kind, str) else None


def valid_column() -> Any:
    """`valid`, the half-open date range made of valid_from and valid_to by the database."""
    return Column("valid", DATERANGE, Computed("daterange(valid_from, valid_to)", persisted=True))


def belongs(table: str, field: str, other: str) -> ForeignKeyConstraint:
    """A foreign key named so that a wrong value can be blamed on its field."""
    return ForeignKeyConstraint([field], [f"{other}.id"], name=f"fk_{table}_{field}")


def no_overlap(table: str, *keys: str, blame: str = "valid_from") -> ExcludeConstraint:
    """At most one row per key at any date. Needs btree_gist."""
    pairs = [(key, "=") for key in keys]
    return ExcludeConstraint(*pairs, ("valid", "&&"), name=f"ex_{table}_{blame}", using="gist")


def searched(*columns: str) -> str:
    """The SQL expression that search looks in; the indexes below hold exactly it."""
    return " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)


def spelt(looked_in: str) -> str:
    """A text as it is written and, for who types no marks, without them: parts are found here."""
    return f"(lower({looked_in}) || ' ' || {folded(looked_in)})"


def search_indexes(table: str, *columns: str) -> tuple[Index, Index]:
    """Swedish full text, and trigrams for parts of compound words.

    Without fastupdate: a list of what is still to be indexed makes searching after a bulk ten times
    slower until the next vacuum.
    """
    looked_in = searched(*columns)
    at_once = {"fastupdate": "off"}
    return (
        Index(
            f"ix_{table}_words",
            text(f"to_tsvector('swedish', {looked_in})"),
            postgresql_using="gin",
            postgresql_with=at_once,
        ),
        Index(
            f"ix_{table}_parts",
            text(f"{spelt(looked_in)} gin_trgm_ops"),
            postgresql_using="gin",
            postgresql_with=at_once,
        ),
    )


def sort_key(column: str) -> str:
    """Swedish letter order as an immutable expression: å, ä, ö last, in that order."""
    return f"translate(lower({column}), '{LETTERS}', '{PLACES}') COLLATE \"C\""


def folded(column: str) -> str:
    """A text for those who lack Swedish letters, as an immutable expression: a for å and ä."""
    return f"translate(lower({column}), '{LETTERS}', '{PLAIN}')"


def without_marks(text: str) -> str:
    """The same for what is asked."""
    return text.lower().translate(str.maketrans(LETTERS, PLAIN))


def alphabetical(text: str) -> str:
    """The same order for what is sorted in Python."""
    return text.lower().translate(str.maketrans(LETTERS, PLACES))


def sort_index(table: str, column: str) -> Index:
    """An index for lists sorted by a name in Swedish order."""
    return Index(f"ix_{table}_{column}_sv", text(f"({sort_key(column)})"), text("id"))


def newest_index(table: str) -> Index:
    """An index for lists whose newest come first."""
    return Index(f"ix_{table}_created_at", "created_at", "id")


def local_day(moment: Any) -> ColumnElement[Any]:
    """The day in Sweden on which a stored moment was."""
    return cast(func.timezone(STOCKHOLM.key, moment), Date)


def new_id() -> UUID:
    """A UUIDv7: sortable by time, made by the application."""
    return _uuid7()


def _uuid7() -> UUID:
    millis = time.time_ns() // 1_000_000
    random = uuid4().int & ((1 << 74) - 1)
    value = (millis & ((1 << 48) - 1)) << 80 | 0x7 << 76
    value |= (random >> 62) << 64 | 0b10 << 62 | (random & ((1 << 62) - 1))
    return UUID(int=value)


class Hidden:
    """Marks a table whose rows never reach the ledger, for example keys and sessions."""

    unlogged: ClassVar[bool] = True
