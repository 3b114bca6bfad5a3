"""Questions about classifications."""

from collections.abc import Set

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.classification.occupations import is_classified
from services.analysis.classification.rules import Unclassified
from services.analysis.contract.classification import (
    Code,
    CodeDraft,
    CodeRelation,
    CodeSystem,
    Correspondence,
    CorrespondenceDraft,
)
from services.analysis.tables import CodeRow, CorrespondenceRow
from services.kit.collection import Collection
from services.kit.paging import same
from services.kit.store import table_of

CODES = Collection(
    row=CodeRow,
    draft=CodeDraft,
    answer=Code,
    path="/codes",
    filters={
        "system": same("system", CodeSystem),
        "code": same("code"),
        "level": same("level", int),
        "parent_code": same("parent_code"),
        "concept_id": same("concept_id"),
    },
    sorts=("code", "name", "level"),
    search=("name", "code"),
)
CORRESPONDENCES = Collection(
    row=CorrespondenceRow,
    draft=CorrespondenceDraft,
    answer=Correspondence,
    path="/correspondences",
    filters={
        "from_system": same("from_system", CodeSystem),
        "from_code": same("from_code"),
        "to_system": same("to_system", CodeSystem),
        "to_code": same("to_code"),
        "relation": same("relation", CodeRelation),
    },
    sorts=("from_code", "to_code"),
)

SSYK = (CodeSystem.ssyk2012, CodeSystem.ssyk2012_scb)


async def unclassified(
    db: AsyncConnection, municipalities: Set[str], occupations: Set[str]
) -> Unclassified:
    """Those of some codes that are none; nothing of a kind that no classification is loaded of."""
    if not municipalities and not occupations:
        return Unclassified()
    code = table_of(CodeRow)
    asked = or_(
        and_(code.c.system == CodeSystem.municipality, code.c.code.in_(municipalities)),
        and_(code.c.system.in_(SSYK), code.c.code.in_(occupations)),
    )
    known: dict[bool, set[str]] = {True: set(), False: set()}
    for row in await db.execute(select(code.c.system, code.c.code).where(asked)):
        known[row.system == CodeSystem.municipality].add(row.code)
    places, work = municipalities - known[True], occupations - known[False]
    return Unclassified(
        frozenset(places if places and await _has_municipalities(db) else ()),
        frozenset(work if work and await is_classified(db) else ()),
    )


async def _has_municipalities(db: AsyncConnection) -> bool:
    code = table_of(CodeRow)
    asked = select(code.c.id).where(code.c.system == CodeSystem.municipality).limit(1)
    return await db.scalar(asked) is not None
