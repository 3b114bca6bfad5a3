"""Yrkesbarometern: Arbetsförmedlingen's assessments of occupations, in words, by county.

Each says from what level its evidence is (`hogsta_bedomningsniva`), and whether it rests on that
wholly or in part (`delvis_helt`): both are kept, for a county's may rest on a larger area.
"""

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from services.analysis.connector.rules import Broken, demand_part, incomplete, unreadable
from services.analysis.connector.told import Asked, Told, told
from services.analysis.connector.wire import Wire
from services.analysis.contract.source import FetchFailure
from services.analysis.snapshot.documents import cell
from services.analysis.source.assessments import FIELDS, KEYS

AREA, NATION = re.compile(r"\d{2}"), "00"


async def fetch(wire: Wire, asked: Asked) -> Told:
    """All of it: one list, with every occupation in every area that it is told of."""
    said = demand_part(await wire.get(asked.address), list, "the answer")
    rows = [_row(one, at) for at, one in enumerate(said, start=1)]
    areas = Counter((row[0], row[3]) for row in rows)
    if len(set(areas.values())) > 1:
        (_, fewest), most = min(areas, key=lambda one: areas[one]), max(areas.values())
        raise incomplete(f"{fewest} stands for fewer than {most} areas")
    if rows and NATION not in {row[1] for row in rows}:
        raise incomplete("nothing is told of the country")
    found = told(FIELDS, rows, about=tuple(KEYS), period="omgang")
    # As a file of it is kept: what a field leaves out is null.
    kept = tuple(tuple(value or None for value in row) for row in found.rows.rows)
    return replace(found, rows=replace(found.rows, rows=kept))


def _row(one: Any, at: int) -> tuple[str, ...]:
    demand_part(one, dict, f"record {at}")
    if missing := [name for name in FIELDS if name not in one]:
        raise Broken(FetchFailure.changed, f"record {at} has no {missing[0]}")
    row = tuple(cell(one[name], at, name) for name in FIELDS)
    if not (AREA.fullmatch(row[1]) and row[0] and row[3]):
        raise unreadable(f"record {at} does not say which round, area and occupation it is about")
    return row
