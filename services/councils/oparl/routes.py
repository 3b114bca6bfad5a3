"""Where councils are taken out and in as OParl over HTTP."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.oparl import (
    OparlObject,
    OparlPage,
    OparlRequest,
    OparlTaken,
)
from services.councils.oparl import actions, objects, writing
from services.councils.oparl.queries import Span
from services.kit.asking import Asking, InQuery
from services.kit.contract import Moment
from services.kit.http import Calling, answer
from services.kit.openapi import action_doc, read_doc

router = APIRouter(tags=["oparl"])


class OparlAsking(Asking):
    """Which part of a list of objects is asked for."""

    limit: int = Field(100, ge=1, le=200, description="How many")
    after: UUID | None = Field(None, description="As `links.next` has it")
    organization: UUID | None = Field(None, description="Only of this council")
    created_since: Moment | None = Field(None, description="Written down then or later")
    created_until: Moment | None = Field(None, description="Written down then or earlier")
    modified_since: Moment | None = Field(
        None, description="Changed then or later; also what was removed since"
    )
    modified_until: Moment | None = Field(None, description="Changed then or earlier")

    @property
    def span(self) -> Span:
        """The same for a query."""
        created = self.created_since, self.created_until
        modified = self.modified_since, self.modified_until
        return Span(self.limit, self.after, self.organization, created, modified)


@router.get("/export/oparl", **read_doc("The house as OParl", "oparl.read", OparlObject))
async def house(call: Calling) -> Response:
    """The System of OParl 1.1, from which every list is found."""
    call.demand("oparl", "read")
    return answer(writing.system(objects.addresses(call)))


@router.get("/export/oparl/{kind}", **read_doc("A list of OParl", "oparl.read", OparlPage))
async def listed(call: Calling, kind: str, asked: InQuery[OparlAsking]) -> Response:
    """Councils, seats, meetings, points or decisions, in the order of their ids."""
    call.demand("oparl", "read")
    data, last = await objects.part_of(call, kind, asked.span)
    return answer(_page(objects.addresses(call).list(kind), asked, data, last))


@router.get(
    "/export/oparl/{kind}/{id}", **read_doc("An object of OParl", "oparl.read", OparlObject)
)
async def one(call: Calling, kind: str, id: str) -> Response:
    """One object; of what was removed only that it was."""
    call.demand("oparl", "read")
    return answer(await objects.one_of(call, kind, id))


@router.post("/import/oparl", **action_doc("Take an archive in", "oparl.write", OparlTaken))
async def take(call: Calling, archive: OparlRequest) -> Response:
    """All or nothing; the same archive again changes nothing, and what was changed here stays."""
    call.demand("oparl", "write")

    async def show(_db: AsyncConnection, taken: Any) -> Response:
        return answer(taken)

    return await call.perform(actions.take, archive, show=show)


def _page(
    address: str, asked: OparlAsking, data: Sequence[dict[str, Any]], last: UUID | None
) -> dict[str, Any]:
    query = asked.model_dump(mode="json", exclude_none=True, exclude={"after"})
    links = {"first": f"{address}?{urlencode(query)}"}
    if last is not None:
        links["next"] = f"{address}?{urlencode(query | {'after': str(last)})}"
    return {"data": data, "pagination": {"elementsPerPage": asked.limit}, "links": links}
