"""Names and search over everything that was followed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field, StringConstraints
from sqlalchemy import func, select

from services.analysis.contract.label import LabelOfThing, LabelsFound
from services.analysis.following.asking import brought_up_to_date, listed
from services.analysis.following.queries import labels
from services.analysis.following.sight import seen_by
from services.analysis.tables.following import PROJECTED
from services.kit.asking import Asking, InQuery
from services.kit.http import Calling, answer
from services.kit.openapi import read_doc
from services.kit.search import found, place

router = APIRouter(tags=["search"])
MOST_IDS, WORDS = 200, "projected.words"
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class LabelsAsking(Asking):
    """Which things' names are asked for."""

    id: tuple[UUID, ...] = Field(
        min_length=1, max_length=MOST_IDS, description="The things' ids, of any service"
    )


class SearchAsking(Asking):
    """What is searched for."""

    q: Words = Field(description="Swedish words, also parts of them", examples=["snickare"])
    limit: int = Field(20, ge=1, le=100, description="How many")


@router.get(
    "/labels", **read_doc("What things are called, by id", "label.read", dict[UUID, LabelOfThing])
)
async def names(call: Calling, asked: InQuery[LabelsAsking]) -> Response:
    """Of things of every service; ids nobody knows are left out."""
    call.demand("label", "read")
    await brought_up_to_date(call)
    async with call.reading() as db:
        found = await labels(db, asked.id, call.caller)
    return answer(found)


@router.get("/search", **read_doc("Search everything", "search.read", LabelsFound))
async def search(call: Calling, asked: InQuery[SearchAsking]) -> Response:
    """Whole words first, then parts of words; people only for those who may see them."""
    call.demand("search", "read")
    fresh = await brought_up_to_date(call)
    thing = PROJECTED
    statement = (
        select(thing.c.key, thing.c.entity, thing.c.label, thing.c.data["example"].astext)
        .where(
            thing.c.gone.is_(False),
            func.length(thing.c.words) > 0,
            found(WORDS, asked.q),
            seen_by(call.caller),
        )
        .order_by(place(WORDS, asked.q), func.lower(thing.c.label), thing.c.key)
        .limit(asked.limit)
    )
    async with call.reading() as db:
        rows = (await db.execute(statement)).all()
    items = [
        {"id": row[0], "noun": row[1], "label": row[2], "example": row[3] == "true"} for row in rows
    ]
    return listed(items, fresh)
