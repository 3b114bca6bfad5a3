"""Registers that are known without being described: what is asked of each, and what it measures."""

from typing import Any

import orjson

from services.analysis.contract.indicator import Layout, Unit
from services.analysis.contract.source import AreaLevel, SourceDraft, SourceKind, UpdateRhythm
from services.analysis.source.recipes import Measure, Recipe
from services.analysis.source.registers import CC0, CC0_URL, SCB

AGES = ("0-9", *(f"{at}-{at + 9}" for at in range(10, 100, 10)), "100+10")
NOISE = (
    "Från och med 2025 lägger SCB en liten slumpmässig osäkerhet på varje tal för att skydda "
    "enskilda: delar behöver inte summera till helheten."
)


def _source(
    key: str, name: str, kind: SourceKind, publisher: str, level: AreaLevel, **more: Any
) -> SourceDraft:
    facts = {"key": key, "name": name, "kind": kind, "publisher": publisher, "area_level": level}
    return SourceDraft.model_validate(facts | {"licence": CC0, "licence_url": CC0_URL} | more)


def _json(said: Any) -> str:
    return orjson.dumps(said).decode()


POPULATION = Recipe(
    about=_source(
        "scb_population_month",
        "Befolkning efter län, ålder och kön, månad (SCB)",
        SourceKind.pxweb,
        SCB,
        AreaLevel.county,
        table_code="TAB6471",
        update_rhythm=UpdateRhythm.monthly,
        note=NOISE,
        selection=_json(
            [
                {"variableCode": "Region", "valueCodes": ["??"]},
                {"variableCode": "Alder", "valueCodes": list(AGES)},
                {"variableCode": "Kon", "valueCodes": ["1", "2"]},
                {"variableCode": "Tid", "valueCodes": ["top(24)"]},
            ]
        ),
    ),
    columns=(),
    measures=(
        Measure(
            "population_month",
            "Befolkning, månad",
            "Antal folkbokförda, enligt SCB:s öppna tabell.",
            Unit.persons,
            AreaLevel.county,
            Layout(value="000007SF", period="Tid", area="Region", sex="Kon", age="Alder"),
        ),
    ),
)
KNOWN = (POPULATION,)
KNOWN_BY_KEY = {recipe.key: recipe for recipe in KNOWN}
