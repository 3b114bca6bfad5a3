"""Registers that are known without being described: what is asked of each, and what it measures."""

from typing import Any

import orjson

from services.analysis.contract.indicator import Layout, Unit
from services.analysis.contract.source import AreaLevel, SourceDraft, SourceKind, UpdateRhythm
from services.analysis.source.assessments import ASSESSMENTS
from services.analysis.source.recipes import Measure, Recipe
from services.analysis.source.registers import CC0, CC0_URL, NOISE, SCB

AGES = ("0-9", *(f"{at}-{at + 9}" for at in range(10, 100, 10)), "100+10")


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
AF, SKOLVERKET = "Arbetsförmedlingen", "Skolverket"
COUNTED = (
    "Antal annonser i Platsbanken efter arbetsplatsens kommun. Samma jobb kan annonseras flera "
    "gånger, och säljyrken massannonseras: fler annonser är inte säkert fler jobb."
)


def _ads(key: str, name: str, kind: SourceKind, rhythm: UpdateRhythm, period: str) -> Recipe:
    about = _source(key, name, kind, AF, AreaLevel.municipality, update_rhythm=rhythm, note=COUNTED)
    layout = Layout(
        value="ads",
        period=period,
        area="municipality_code",
        occupation="ssyk4",
        unlisted_is_zero=True,
    )
    measure = Measure(key, name, COUNTED, Unit.job_ads, AreaLevel.municipality, layout)
    return Recipe(about=about, columns=(), measures=(measure,))


OPEN_ADS = _ads("af_open_ads", "Öppna annonser", SourceKind.jobsearch, UpdateRhythm.daily, "month")
PAST_ADS = _ads(
    "af_past_ads", "Annonser förra året", SourceKind.historical_ads, UpdateRhythm.yearly, "year"
)
TAXONOMY = Recipe(
    about=_source(
        "jobtech_taxonomy",
        "JobTech Taxonomy: yrken",
        SourceKind.taxonomy,
        AF,
        AreaLevel.nation,
        update_rhythm=UpdateRhythm.irregular,
    ),
    columns=(),
    measures=(),
)
# Skolverket's terms for these two are open, but no licence is named in the interface.
SCHOOLS = Recipe(
    about=_source(
        "skolenhetsregistret",
        "Skolenhetsregistret: skolor i våra kommuner",
        SourceKind.skolenhetsregistret,
        SKOLVERKET,
        AreaLevel.municipality,
        update_rhythm=UpdateRhythm.monthly,
        licence=None,
        licence_url=None,
        selection=_json({"status": ["AKTIV", "VILANDE", "PLANERAD"]}),
    ),
    columns=(),
    measures=(),
)
EVENTS = Recipe(
    about=_source(
        "susa_navet",
        "Susa-navet: utbildningstillfällen i våra kommuner",
        SourceKind.susa_navet,
        SKOLVERKET,
        AreaLevel.municipality,
        update_rhythm=UpdateRhythm.monthly,
        licence=None,
        licence_url=None,
    ),
    columns=(),
    measures=(),
)
KNOWN = (POPULATION, ASSESSMENTS, OPEN_ADS, PAST_ADS, TAXONOMY, SCHOOLS, EVENTS)
KNOWN_BY_KEY = {recipe.key: recipe for recipe in KNOWN}
