"""Yrkesbarometern: Arbetsförmedlingen's assessments of occupations, in words, by county.

Each says on what level it was made (`hogsta_bedomningsniva`) and whether it holds for all of the
occupation (`delvis_helt`): both are kept beside it, for a county's may be that of a larger area.
"""

import re
from collections import Counter
from typing import Any

from services.analysis.connector.rules import Broken, demand_part, incomplete, unreadable
from services.analysis.connector.told import Asked, Told, told
from services.analysis.connector.wire import Wire
from services.analysis.contract.source import FetchFailure
from services.analysis.snapshot.documents import cell

COLUMNS = (
    "omgang", "lan", "ssyk", "yb_concept_id", "yb_yrke", "yrkesomrade", "jobbmojligheter",
    "rekryteringssituation", "paradox", "prognos", "hogsta_bedomningsniva", "delvis_helt",
    "antal_ssyk", "del_av_ssyk", "ssyk_text", "yb_beskrivning", "text_jobbmojligheter",
    "text_rekryteringssituation", "taxonomi_version",
)  # fmt: skip
ABOUT = ("omgang", "lan", "yb_concept_id")
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
    return told(COLUMNS, rows, about=ABOUT, period="omgang")


def _row(one: Any, at: int) -> tuple[str, ...]:
    demand_part(one, dict, f"record {at}")
    if missing := [name for name in COLUMNS if name not in one]:
        raise Broken(FetchFailure.changed, f"record {at} has no {missing[0]}")
    row = tuple(cell(one[name], at, name) for name in COLUMNS)
    if not (AREA.fullmatch(row[1]) and row[0] and row[3]):
        raise unreadable(f"record {at} does not say which round, area and occupation it is about")
    return row
