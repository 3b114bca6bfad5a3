"""Questions about competence profiles."""

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.competence_profile import (
    CompetenceProfile,
    CompetenceProfileDraft,
    ProfileStatus,
)
from services.actors.rights import DRAFTERS
from services.actors.tables import CompetenceProfileRow
from services.kit.collection import Collection
from services.kit.identity import Caller
from services.kit.paging import same


def _seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """A draft is read by those who write it, and by the house's programs."""
    if DRAFTERS(caller):
        return None
    published: ColumnElement[bool] = columns.status == ProfileStatus.published
    return published


COMPETENCE_PROFILES = Collection(
    row=CompetenceProfileRow,
    draft=CompetenceProfileDraft,
    answer=CompetenceProfile,
    path="/competence-profiles",
    filters={
        "status": same("status", ProfileStatus),
        "edition": same("edition", int),
    },
    sorts=("-edition", "published_on", "created_at", "updated_at"),
    on=lambda columns, _: columns.published_on,
    visible=_seen,
)


async def newest_edition(db: AsyncConnection) -> tuple[int, bool]:
    """The number of the newest edition (0: there is none), and whether there is a draft."""
    columns = COMPETENCE_PROFILES.table.c
    drafts = func.count().filter(columns.status == ProfileStatus.draft)
    found = (await db.execute(select(func.coalesce(func.max(columns.edition), 0), drafts))).one()
    return found[0], bool(found[1])
