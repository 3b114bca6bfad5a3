"""Questions about how municipalities stand to mandates."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.mandate import Endorsement, EndorsementDraft, EndorsementState
from services.actors.tables import EndorsementRow
from services.kit.collection import Collection
from services.kit.contract import MunicipalityCode, Reference
from services.kit.paging import same

ENDORSEMENTS = Collection(
    row=EndorsementRow,
    draft=EndorsementDraft,
    answer=Endorsement,
    path="/endorsements",
    filters={
        "mandate_id": same("mandate_id", Reference),
        "municipality_code": same("municipality_code", MunicipalityCode),
        "state": same("state", EndorsementState),
    },
    sorts=("municipality_code", "on", "state", "created_at", "updated_at"),
    on=lambda columns: columns.on,
    owner=lambda columns: columns.municipality_code,
    owner_field="municipality_code",
    parent=("/mandates", "mandate_id"),
)


async def newest_on(db: AsyncConnection, mandate_id: UUID, codes: Sequence[str]) -> date:
    """The day of the newest that is known of some municipalities; the first of all for nothing."""
    row = ENDORSEMENTS.table.c
    known = (row.mandate_id == mandate_id, row.municipality_code.in_(codes))
    return await db.scalar(select(func.max(row.on)).where(*known)) or date.min
