"""Names and search over everything that was followed."""

import re
from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy import and_, case, func, literal_column, or_, select

from services.analysis.following.asking import Reader, brought_up_to_date, listed
from services.analysis.following.queries import labels
from services.analysis.following.sight import seen_by
from services.analysis.tables.following import PROJECTED
from services.kit.errors import Malformed
from services.kit.http import Calling, answer
from services.kit.openapi import read_doc

router = APIRouter(tags=["search"])
MOST_IDS = 200


@router.get("/labels", **read_doc("What things are called, by id", "label.read"))
async def names(call: Calling) -> Response:
    """Of things of every service; ids nobody knows are left out."""
    call.demand("label", "read")
    reader = Reader(call, ("id",))
    ids = reader.many("id", UUID)
    reader.done()
    if not 1 <= len(ids) <= MOST_IDS:
        raise Malformed(f"1 to {MOST_IDS} ids", field="id", reason="out_of_range")
    await brought_up_to_date(call)
    async with call.reading() as db:
        found = await labels(db, ids, call.caller)
    return answer(found)


@router.get("/search", **read_doc("Search everything", "search.read"))
async def search(call: Calling) -> Response:
    """Whole words first, then parts of words; people only for those who may see them."""
    call.demand("search", "read")
    reader = Reader(call, ("q", "limit"))
    asked, limit = reader.one("q", str, ""), reader.one("limit", int, 20)
    reader.done()
    if not asked.strip() or len(asked) > 200 or not 1 <= limit <= 100:  # noqa: PLR2004
        raise Malformed(
            "q is 1 to 200 characters, limit 1 to 100", field="q", reason="out_of_range"
        )
    fresh = await brought_up_to_date(call)
    thing = PROJECTED
    vector = func.to_tsvector(literal_column("'swedish'"), thing.c.words)
    words = " & ".join(f"{word}:*" for word in re.findall(r"\w+", asked))
    whole = vector.bool_op("@@")(func.to_tsquery(literal_column("'swedish'"), words))
    lowered = func.lower(thing.c.words)
    parts = and_(*(lowered.contains(w, autoescape=True) for w in asked.lower().split()))
    matched = or_(whole, parts) if words else parts
    statement = (
        select(thing.c.key, thing.c.entity, thing.c.label, thing.c.data["example"].astext)
        .where(
            thing.c.gone.is_(False), func.length(thing.c.words) > 0, matched, seen_by(call.caller)
        )
        .order_by(case((whole, 0), else_=1), func.lower(thing.c.label), thing.c.key)
        .limit(limit)
    )
    async with call.reading() as db:
        rows = (await db.execute(statement)).all()
    items = [
        {"id": row[0], "noun": row[1], "label": row[2], "example": row[3] == "true"} for row in rows
    ]
    return listed(items, fresh)
