"""What verdicts are made of: programmes that lead to the needs' occupations, and their intakes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import cast, or_
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.following.queries import known
from services.analysis.tables.following import PROJECTED

Thing = dict[str, Any]
LAST = "9999"  # an unknown start stands after those that are known


async def supply_for(
    db: AsyncConnection, needs: Sequence[Thing]
) -> tuple[list[Thing], list[Thing]]:
    """Programmes for these needs' occupations and all their intakes; two queries in all."""
    codes = {need["occupation_code"] for need in needs if need["occupation_code"]}
    if not codes:
        return [], []
    data = PROJECTED.c.data
    leads = [data.contains(cast({"occupation_codes": [code]}, JSONB)) for code in sorted(codes)]
    programmes = await known(db, ("programme",), or_(*leads))
    ids = [programme["id"] for programme in programmes]
    if not ids:
        return [], []
    intakes = await known(db, ("intake",), data["programme_id"].astext.in_(ids))
    return programmes, sorted(intakes, key=lambda one: one["starts_on"] or LAST)


async def home(db: AsyncConnection) -> tuple[str, ...]:
    """The codes of the municipalities that are actors here: the association's own area."""
    named = PROJECTED.c.data["municipality_code"].astext.is_not(None)
    kind = PROJECTED.c.data.contains(cast({"kind": "municipality"}, JSONB))
    found = await known(db, ("actor",), kind, named)
    return tuple(sorted({actor["municipality_code"] for actor in found}))
