"""A toy service with shelves and books: everything the kit promises, without any business."""

from enum import StrEnum
from typing import Any

from pydantic import Field
from sqlalchemy import Column, Text, func, select

from services.kit.app import create_service
from services.kit.bulk import Bulk
from services.kit.collection import Collection
from services.kit.contract import Count, Draft, MunicipalityCode, Name, Period, Reference, Thing
from services.kit.paging import has, same, since
from services.kit.resources import resource
from services.kit.rights import any_of, roles, scope, services_only, signed_in
from services.kit.rows import (
    Row,
    belongs,
    new_metadata,
    no_overlap,
    search_indexes,
    sort_index,
    valid_column,
)
from services.kit.settings import Settings

METADATA = new_metadata()


class Colour(StrEnum):
    """A shelf's colour."""

    red = "red"
    blue = "blue"


class ShelfDraft(Draft):
    """A shelf."""

    name: Name
    colour: Colour = Colour.red
    tags: list[Name] = Field(default_factory=list)
    managed_by: MunicipalityCode | None = None


class Shelf(Thing, ShelfDraft):
    """A shelf and how many loans it has today."""

    loans: int


class LoanDraft(Period, Draft):
    """A shelf lent for a while; never to two at once."""

    shelf_id: Reference
    pages: Count = 0


class Loan(Thing, LoanDraft):
    """A loan."""


class Toy(Row):
    """The toy service's tables."""

    metadata = METADATA


class ShelfRow(Toy, ShelfDraft, table=True):
    """Shelves."""

    __tablename__ = "shelf"
    __table_args__ = (
        Column("pin", Text, nullable=True),
        *search_indexes("shelf", "name"),
        sort_index("shelf", "name"),
        {"info": {"secret": ("pin",)}},
    )


class LoanRow(Toy, LoanDraft, table=True):
    """Loans."""

    __tablename__ = "loan"
    __table_args__ = (
        valid_column(),
        belongs("loan", "shelf_id", "shelf"),
        no_overlap("loan", "shelf_id"),
    )


def _loans(columns: Any, when: Any) -> list[Any]:
    loan = when.table(LoanRow)
    count = select(func.count()).where(
        loan.c.shelf_id == columns.id, loan.c.valid.op("@>")(when.day)
    )
    return [count.scalar_subquery().label("loans")]


SHELVES = Collection(
    row=ShelfRow,
    draft=ShelfDraft,
    answer=Shelf,
    path="/shelves",
    filters={
        "colour": same("colour", Colour),
        "tag": has("tags"),
        "municipality": same("managed_by"),
    },
    sorts=("name", "created_at", "managed_by"),
    search=("name",),
    derive=_loans,
    dated=True,
    owner=lambda c: c.managed_by,
    owner_field="managed_by",
)
LOANS = Collection(
    row=LoanRow,
    draft=LoanDraft,
    answer=Loan,
    path="/loans",
    filters={"shelf_id": same("shelf_id", Reference), "since": since("valid_from")},
    sorts=("valid_from", "-pages"),
    parent=("/shelves", "shelf_id"),
    owner=lambda c: (
        select(ShelfRow.__table__.c.managed_by)
        .where(ShelfRow.__table__.c.id == c.shelf_id)
        .scalar_subquery()
    ),
)
_WRITERS = any_of(roles("process_leader"), scope("write"))
RIGHTS = {
    ("shelf", "read"): signed_in,
    ("shelf", "write"): _WRITERS,
    ("loan", "read"): signed_in,
    ("loan", "write"): _WRITERS,
    ("feed", "read"): any_of(services_only, scope("read")),
    ("batch", "read"): signed_in,
    ("known", "read"): services_only,
}


def create_app(settings: Settings) -> Any:
    """The toy."""
    return create_service(
        "toy",
        settings=settings,
        metadata=METADATA,
        routers=[resource(SHELVES, bulk=Bulk()), resource(LOANS, bulk=Bulk())],
        collections=[SHELVES, LOANS],
        rights=RIGHTS,
        title="Toy",
    )
