"""The registers whose files the product knows: what they are called, hold and measure."""

from services.analysis.contract.classification import CodeSystem
from services.analysis.contract.indicator import Layout, Unit
from services.analysis.contract.source import (
    AreaLevel,
    MethodBreak,
    SourceDraft,
    SourceKind,
    UpdateRhythm,
)
from services.analysis.source.recipes import Column, Holds, Measure, Recipe

SCB, AF = "SCB", "Arbetsförmedlingen"
CC0 = "CC0 1.0"
CC0_URL = "https://creativecommons.org/publicdomain/zero/1.0/deed.sv"
SCB_URL = "https://www.statistikdatabasen.scb.se/"
AF_URL = "https://data.arbetsformedlingen.se/"
NOISE = (
    "Från och med 2025 lägger SCB en liten slumpmässig osäkerhet på varje tal för att skydda "
    "enskilda: delar behöver inte summera till helheten."
)
AS_A_FILE = "Inläst från fil som andra har bearbetat: jämför med registret före publicering."
NEW_TABLES = "Registrets tabell fick en ny årgång och är inte helt jämförbar."
MORE_KNOWN = "Fler har ett angivet yrke än året före; orsaken är inte utredd."
BREAKS = [
    MethodBreak(year=2019, reason=NEW_TABLES),
    MethodBreak(year=2020, reason=NEW_TABLES),
    MethodBreak(year=2023, reason=MORE_KNOWN),
]
EMPLOYED = (
    "Antal anställda med yrket, efter var de bor. Säger inte hur många som söker eller behövs."
)
ADS = (
    "Antal annonser i Platsbanken under året. Samma jobb kan annonseras flera gånger, och "
    "säljyrken massannonseras: fler annonser är inte säkert fler jobb."
)


# Företagssäljare, and event sellers: by far the most ads, most of them posted again and again.
MASS_POSTED = ("3322", "5241")
NO_SALES = f"{ADS} Här är företagssäljare (3322) och eventsäljare (5241) inte med: jämför med alla."


def scb(key: str, name: str, level: AreaLevel, **more: object) -> SourceDraft:
    facts = {"kind": SourceKind.csv, "publisher": SCB, "address": SCB_URL, "licence": CC0}
    facts |= {"licence_url": CC0_URL, "update_rhythm": UpdateRhythm.yearly, "note": AS_A_FILE}
    return SourceDraft.model_validate(
        facts | {"key": key, "name": name, "area_level": level} | more
    )


def af(key: str, name: str, level: AreaLevel, **more: object) -> SourceDraft:
    facts: dict[str, object] = {"publisher": AF, "address": AF_URL}
    facts |= {"table_code": "Historiska annonser"}
    return scb(key, name, level, **facts | more)


EMPLOYED_COUNTY = Recipe(
    about=scb(
        "scb_employed_county",
        "Yrkesregistret: anställda efter län, yrke och kön",
        AreaLevel.county,
        table_code="YREG60BAS",
        method_breaks=BREAKS,
    ),
    columns=(
        Column("ssyk4", Holds.occupation),
        Column("county_code", Holds.county),
        Column("sex", Holds.sex),
        Column("year", Holds.year),
        Column("employed", Holds.amount),
    ),
    measures=(
        Measure(
            "employed",
            "Anställda",
            EMPLOYED,
            Unit.persons,
            AreaLevel.county,
            Layout(
                value="employed",
                period="year",
                area="county_code",
                sex="sex",
                occupation="ssyk4",
                occupation_system=CodeSystem.ssyk2012_scb,
            ),
        ),
    ),
)
EMPLOYED_SERIES = Recipe(
    about=scb(
        "scb_employed_county_series",
        "Yrkesregistret: anställda efter yrke och kön, ett län sedan 2014",
        AreaLevel.county,
        table_code="YREG60, YREG60N, YREG60BAS",
        method_breaks=BREAKS,
    ),
    columns=(
        Column("county_code", Holds.county),
        Column("ssyk4", Holds.occupation),
        Column("ssyk_label_sv", Holds.words),
        Column("ssyk_label_en", Holds.words),
        Column("sex", Holds.sex),
        Column("year", Holds.year),
        Column("employed", Holds.amount),
    ),
    measures=(
        Measure(
            "employed_since_2014",
            "Anställda sedan 2014",
            EMPLOYED,
            Unit.persons,
            AreaLevel.county,
            EMPLOYED_COUNTY.measures[0].layout,
        ),
    ),
)
EMPLOYED_AGE = Recipe(
    about=scb(
        "scb_employed_age",
        "Yrkesregistret: anställda efter yrke, kön och ålder, riket",
        AreaLevel.nation,
        method_breaks=BREAKS,
    ),
    columns=(
        Column("ar", Holds.year),
        Column("ssyk4", Holds.occupation),
        Column("kon", Holds.sex),
        Column("alder", Holds.age),
        Column("antal", Holds.amount),
    ),
    measures=(
        Measure(
            "employed_age",
            "Anställda efter ålder",
            EMPLOYED,
            Unit.persons,
            AreaLevel.nation,
            Layout(
                value="antal",
                period="ar",
                area_code="00",
                sex="kon",
                age="alder",
                occupation="ssyk4",
                occupation_system=CodeSystem.ssyk2012_scb,
            ),
        ),
    ),
    not_collected=(("alder", "65-69", 2023),),
)
POPULATION = Recipe(
    about=scb(
        "scb_population_county",
        "Befolkning efter län, åldersgrupp och kön, månad",
        AreaLevel.county,
        table_code="TAB6471",
        update_rhythm=UpdateRhythm.monthly,
        note=f"{NOISE} {AS_A_FILE}",
    ),
    columns=(
        Column("county_code", Holds.county),
        Column("county_label", Holds.words),
        Column("age_group", Holds.age),
        Column("sex", Holds.sex),
        Column("month", Holds.month),
        Column("population", Holds.amount),
    ),
    measures=(
        Measure(
            "population",
            "Befolkning",
            "Antal folkbokförda.",
            Unit.persons,
            AreaLevel.county,
            Layout(
                value="population", period="month", area="county_code", sex="sex", age="age_group"
            ),
        ),
    ),
)
ADS_MUNICIPALITY = Recipe(
    about=af(
        "af_ads_municipality", "Platsannonser efter kommun och yrke, år", AreaLevel.municipality
    ),
    columns=(
        Column("municipality_code", Holds.municipality),
        Column("ssyk4", Holds.occupation),
        Column("year", Holds.year),
        Column("ads", Holds.amount),
    ),
    measures=(
        Measure(
            "job_ads",
            "Platsannonser",
            ADS,
            Unit.job_ads,
            AreaLevel.municipality,
            Layout(
                value="ads",
                period="year",
                area="municipality_code",
                occupation="ssyk4",
                unlisted_is_zero=True,
            ),
        ),
        Measure(
            "job_ads_without_sales",
            "Platsannonser utan massannonserade säljyrken",
            NO_SALES,
            Unit.job_ads,
            AreaLevel.municipality,
            Layout(
                value="ads",
                period="year",
                area="municipality_code",
                occupation="ssyk4",
                excluded_occupations=MASS_POSTED,
                unlisted_is_zero=True,
            ),
        ),
    ),
    by_year="ads",
)
ADS_COUNTY = Recipe(
    about=af("af_ads_county", "Platsannonser efter län och yrke, år", AreaLevel.county),
    columns=(
        Column("county_code", Holds.nation_or_county),
        Column("county_name", Holds.words),
        Column("ssyk4", Holds.occupation),
        Column("year", Holds.year),
        Column("ads", Holds.amount),
    ),
    measures=(
        Measure(
            "job_ads_county",
            "Platsannonser efter län",
            ADS,
            Unit.job_ads,
            AreaLevel.county,
            Layout(
                value="ads",
                period="year",
                area="county_code",
                occupation="ssyk4",
                unlisted_is_zero=True,
            ),
        ),
        Measure(
            "job_ads_county_without_sales",
            "Platsannonser utan massannonserade säljyrken efter län",
            NO_SALES,
            Unit.job_ads,
            AreaLevel.county,
            Layout(
                value="ads",
                period="year",
                area="county_code",
                occupation="ssyk4",
                excluded_occupations=MASS_POSTED,
                unlisted_is_zero=True,
            ),
        ),
    ),
    by_year="ads",
)
REGISTERS = (
    EMPLOYED_COUNTY,
    EMPLOYED_SERIES,
    EMPLOYED_AGE,
    POPULATION,
    ADS_MUNICIPALITY,
    ADS_COUNTY,
)
