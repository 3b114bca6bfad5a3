"""Where snapshots are asked for over HTTP; files come in through `operations`."""

import asyncio

from fastapi import APIRouter, Response

from services.analysis.contract.source import SnapshotRows
from services.analysis.following.asking import next_address
from services.analysis.snapshot.queries import SNAPSHOTS
from services.analysis.snapshot.reading import rows_of
from services.analysis.source.queries import is_withheld
from services.analysis.tables import SnapshotRow
from services.kit.asking import InQuery, Part
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.openapi import read_doc
from services.kit.resources import resource
from services.kit.store import get_row

snapshots = resource(SNAPSHOTS, writable=False)
router = APIRouter(tags=["snapshot"])


@router.get(
    "/snapshots/{id}/rows",
    **read_doc("The rows of a snapshot, as they stand in it", "snapshot.read", SnapshotRows),
)
async def rows(call: Calling, id: str, asked: InQuery[Part]) -> Response:
    """Some rows, in the order that they are kept in; none where they would tell of few people."""
    call.demand("snapshot", "read")
    state = call.request.app.state
    async with call.reading() as db:
        snapshot = await get_row(db, SnapshotRow, uuid_or_missing(id))
        withheld = await is_withheld(db, snapshot["source_id"], state.figures.small_counts_below)
    path, count = state.shelf.path(snapshot["content_hash"]), snapshot["row_count"]
    found = [] if withheld else await asyncio.to_thread(rows_of, path, asked.offset, asked.limit)
    more = bool(found) and asked.offset + len(found) < count
    following = next_address(call, asked, more=more)
    told = {"columns": snapshot["columns"], "items": found, "next": following, "count": count}
    return answer(told | {"withheld": withheld})
