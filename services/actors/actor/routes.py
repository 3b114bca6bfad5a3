"""Where actors are asked for and changed over HTTP."""

from functools import partial

from fastapi import APIRouter, Response
from pydantic import Field

from services.actors.actor import actions
from services.actors.actor.queries import ACTORS, likely_same
from services.actors.contract.actor import ActorsAlike, MunicipalityCounts
from services.actors.uses import remove_unused
from services.kit.asking import Asking, InQuery
from services.kit.bulk import Bulk
from services.kit.errors import Malformed
from services.kit.http import Calling, answer
from services.kit.openapi import counts_doc, read_doc
from services.kit.pages import read_counts
from services.kit.resources import resource

actors = resource(
    ACTORS,
    create=actions.register_actor,
    replace=actions.revise_actor,
    remove=partial(remove_unused, things=ACTORS),
    judge=actions.judge,
    bulk=Bulk(refine=actions.facts_of, weigh=actions.weigh_numbers),
)
router = APIRouter(tags=["actor"])


class LikelyAsking(Asking):
    """Who is meant."""

    name: str | None = Field(
        None,
        min_length=1,
        max_length=200,
        description="The name, with or without its company form; this or org_number is given",
        examples=["Exempelföretag 1 AB"],
    )
    org_number: str | None = Field(
        None, description="Its organisation number", examples=["212000-0142"]
    )


@router.get(
    "/actors/likely-same",
    **read_doc("Actors probably meant by a name", "actor.read", ActorsAlike),
)
async def likely(call: Calling, asked: InQuery[LikelyAsking]) -> Response:
    """Search before create."""
    call.demand("actor", "read")
    if asked.name is None and asked.org_number is None:
        raise Malformed("a name or a number is given", field="name", reason="missing")
    async with call.reading() as db:
        found = await likely_same(db, asked.name, asked.org_number)
    return answer({"items": found, "next": None})


@router.get(
    "/actors/municipality-counts",
    **counts_doc("Actors of a selection by municipality", ACTORS, MunicipalityCounts),
)
async def counted(call: Calling) -> Response:
    """The selection is that of the list: the same filters, times and rights."""
    call.demand("actor", "read")
    asked = ACTORS.read_query(call.request.query_params.multi_items(), paged=False)
    found = await read_counts(call.database, ACTORS, asked, call.caller, "municipality_code")
    return answer({"items": [{"municipality_code": c, "actors": n} for c, n in found]})
