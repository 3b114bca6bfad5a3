"""Equality: whether a need's occupation is so uneven that a decision asks for a look at it.

A share that somebody wrote on the need with its source counts first; otherwise the register's,
which the analysis service keeps.
"""

import asyncio
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import ColumnElement, Row, any_, exists, literal, or_, select

from services.councils.contract.need import EQUAL_SHARE
from services.councils.tables.need import NeedRow
from services.kit.collection import When
from services.kit.errors import Problem
from services.kit.http import Work
from services.kit.log import log
from services.kit.store import table_of

# Where the register does not answer in time its share is not known, which hinders no decision.
PATIENCE_SECONDS = 4.0
# The register sums so many municipalities; a need in more of them is the country's. One that names
# none is in ours, as the verdict has it.
MOST_SUMMED = 100
Place = tuple[str, tuple[str, ...]]


def names_uneven(columns: Any, when: When) -> ColumnElement[Any]:
    """Whether a need that a thing names, or that such a one lives on in, tells of few of a sex.

    Also where that was written after it was decided.
    """
    need, heir = when.table(NeedRow).alias("its_need"), when.table(NeedRow).alias("its_heir")
    lines = need.join(heir, heir.c.id == need.c.merged_into_id, isouter=True)
    low = or_(need.c.minority_share < EQUAL_SHARE, heir.c.minority_share < EQUAL_SHARE)
    named = select(literal(True)).select_from(lines).where(need.c.id == any_(columns.need_ids), low)
    return exists(named.correlate(columns.id.table))


async def equality_due(work: Work, need_ids: Iterable[UUID]) -> bool:
    """Whether any of the needs has under 40 % of one sex in its occupation, as far as is known."""
    need = table_of(NeedRow)
    columns = (need.c.minority_share, need.c.occupation_code, need.c.municipality_codes)
    found = (await work.db.execute(select(*columns).where(need.c.id.in_(list(need_ids))))).all()
    written = [one.minority_share for one in found if one.minority_share is not None]
    return any(share < EQUAL_SHARE for share in written) or await _uneven(work, _unwritten(found))


def _unwritten(needs: Iterable[Row[Any, Any, Any]]) -> set[Place]:
    """The occupations, each with its municipalities, whose share nobody wrote."""
    return {
        (one.occupation_code, tuple(sorted(one.municipality_codes)))
        for one in needs
        if one.occupation_code and one.minority_share is None
    }


async def _uneven(work: Work, places: set[Place]) -> bool:
    """Whether the register tells of an uneven occupation where any of the needs is."""
    if work.wire is None or not work.wire.reaches("analysis") or not places:
        return False
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            shares = await asyncio.gather(*(_women_share(work, place) for place in places))
    except (Problem, TimeoutError):
        log.error("equality.register_silent", service="councils")
        return False
    return any(min(share, 1 - share) < EQUAL_SHARE for share in shares if share is not None)


async def _women_share(work: Work, place: Place) -> Decimal | None:
    """The women's share of the employed, 0 to 1, in the finest area around a place."""
    assert work.wire is not None  # noqa: S101 - the only caller has looked
    occupation, municipalities = place
    asked = [("indicator", "women_share"), ("occupation_code", occupation), ("together", "true")]
    if not municipalities:
        asked.append(("ours", "true"))
    elif len(municipalities) <= MOST_SUMMED:
        asked += [("area_code", code) for code in municipalities]
    reply = await work.wire.ask(
        "analysis", "GET", "/figures", caller=work.caller, query=urlencode(asked)
    )
    told = [one["value"] for one in reply.json()["items"] if one["value"] is not None]
    return Decimal(told[0]) if told else None
