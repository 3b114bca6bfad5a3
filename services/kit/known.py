"""Known: a service says which things it keeps, to those that name them; docs/decisions/0016."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import (
    ColumnElement,
    Table,
    Text,
    Uuid,
    func,
    literal,
    null,
    select,
    true,
    union_all,
)

from services.kit.collection import Collection
from services.kit.errors import FieldError, Rejected
from services.kit.http import Calling, Record, answer
from services.kit.identity import Caller
from services.kit.openapi import action_doc
from services.kit.references import heir_of

# As many as a body of ordinary size holds.
MOST = 30_000


class Wanted(BaseModel):
    """Ids by noun."""

    model_config = ConfigDict(extra="forbid")
    wanted: dict[str, Annotated[list[UUID], Field(max_length=MOST)]]


class KnownThing(BaseModel):
    """A thing that there is."""

    noun: str
    id: UUID
    lives_on_as: UUID = Field(description="Its own id, or of a merged one that of its heir")
    belongs_to: UUID | None = Field(
        description="The living thing that it hangs on, as the actor of a post"
    )
    owner: str | None = Field(description="The municipality whose key may write it")


class Known(BaseModel):
    """Those of the things that there are."""

    items: list[KnownThing]


def known_routes(collections: Iterable[Collection]) -> APIRouter:
    """POST /known {"wanted": {"actor": [...]}} answers those that there are, for any noun.

    A program that asks for a municipality's key says so in its identity, and is told of no thing
    that the key may not know of.
    """
    kept = {things.noun: things for things in collections}
    paths = {things.path: things.table for things in kept.values()}
    router = APIRouter(tags=["known"])

    @router.post("/known", **action_doc("Which of some things there are", "known.read", Known))
    async def known(call: Calling, asked: Wanted) -> Response:
        call.demand("known", "read")
        if strange := sorted(asked.wanted.keys() - kept.keys()):
            code, told = "unknown_parameter", "no such things are kept here"
            raise Rejected(told, errors=[FieldError(f"wanted.{n}", code, told) for n in strange])
        parts = []
        for noun, ids in asked.wanted.items():
            table = kept[noun].table
            living = func.coalesce(heir_of(table), table.c.id)
            found = select(literal(noun), table.c.id, living, *_whose(kept[noun], paths))
            parts.append(found.where(table.c.id.in_(ids), _seen(kept[noun], call.caller)))
        items: list[Record] = []
        async with call.reading() as db:
            for row in await db.execute(union_all(*parts)) if parts else ():
                items.append(dict(zip(KnownThing.model_fields, row, strict=True)))
        return answer({"items": items})

    return router


def _seen(things: Collection, asking: Caller) -> ColumnElement[bool]:
    """What the key may know of that a program asks for; all where it asks for nobody's."""
    code = asking.municipality_code
    key = Caller("client", asking.subject, scopes=("read",), municipality_code=code)
    seen = things.visible(key, things.table.c) if code else None
    return true() if seen is None else seen


def _whose(things: Collection, paths: Mapping[str, Table]) -> tuple[ColumnElement[Any], ...]:
    """What a thing hangs on, as that lives on, and whose key may write it."""
    columns = things.table.c
    above: ColumnElement[Any] = null().cast(Uuid())
    if things.parent:
        path, name = things.parent
        parent = paths[path]
        heir = select(heir_of(parent)).where(parent.c.id == columns[name]).scalar_subquery()
        above = func.coalesce(heir.cast(Uuid()), columns[name])
    owner = things.owner(columns) if things.owner else null()
    return above, owner.cast(Text())
