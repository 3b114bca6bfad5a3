"""Programmes: women step by step in what leads to an occupation, beside women in the occupation."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from services.analysis.equality import rules
from services.analysis.indicator.engine import Engine
from services.analysis.indicator.figures import Shown, Wanted, figures_of
from services.analysis.indicator.rules import LEVELS
from services.analysis.verdict.queries import supply_for
from services.kit.db import Database

Fact = dict[str, Any]
SHARE = "women_share"


async def programme_shares(
    database: Database, engine: Engine, occupation: str, areas: Sequence[str]
) -> Shown:
    """Every programme that leads to an occupation, and the occupation where it is asked about."""
    async with database.reading() as db:
        programmes, intakes = await supply_for(db, [{"occupation_code": occupation}])
    items = sorted(_shares(programmes, intakes), key=lambda one: one["programme_name"])
    return {"about": await _occupation(database, engine, occupation, areas), "items": items}


async def _occupation(
    database: Database, engine: Engine, occupation: str, areas: Sequence[str]
) -> Shown | None:
    """The share in the finest place that answers; several as one."""
    wanted = Wanted((SHARE,), (occupation,), tuple(areas), together=True)
    found = await figures_of(database, engine, wanted) if areas else []
    in_order = sorted(found, key=lambda one: LEVELS.index(one["area_level"]))
    known = (one for one in in_order if one["value"] is not None)
    return next(known, next(iter(in_order), None))


def _shares(programmes: Sequence[Fact], intakes: Sequence[Fact]) -> Iterator[dict[str, Any]]:
    starts: dict[str, list[Fact]] = defaultdict(list)
    for one in intakes:
        starts[one["programme_id"]].append(one)
    for programme in programmes:
        its = starts[programme["id"]]
        yield {
            "programme_id": programme["id"],
            "programme_name": programme["name"],
            "intake_count": len(its),
            "steps": rules.step_shares(its),
            "example": any(one["example"] for one in (programme, *its)),
        }
