"""Where differences between snapshots are asked for over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from services.analysis.contract.difference import SnapshotDifference
from services.analysis.difference.queries import difference_of
from services.kit.asking import Asking, InQuery
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.openapi import read_doc

router = APIRouter(tags=["snapshot"])


class DifferenceAsking(Asking):
    """Which other snapshot it is laid beside."""

    since: UUID | None = Field(
        None, description="Another of the same source; left out: the one before it"
    )


@router.get(
    "/snapshots/{id}/difference",
    **read_doc("A snapshot beside an earlier one", "snapshot.read", SnapshotDifference),
)
async def difference(call: Calling, id: str, asked: InQuery[DifferenceAsking]) -> Response:
    """Rows that are new, gone and changed, by how much, and what breaks the comparison."""
    call.demand("snapshot", "read")
    engine = call.request.app.state.figures
    below = engine.small_counts_below
    found = await difference_of(call.database, engine, uuid_or_missing(id), asked.since, below)
    return answer(found)
