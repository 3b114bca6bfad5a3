"""Registers of coarser groups of occupations, of municipalities by name, and of seats granted."""

from services.analysis.contract.classification import CodeSystem
from services.analysis.contract.indicator import Layout, Unit
from services.analysis.contract.source import AreaLevel, SourceDraft, SourceKind, UpdateRhythm
from services.analysis.source.recipes import Column, Holds, Measure, Recipe
from services.analysis.source.registers import AS_A_FILE, BREAKS, EMPLOYED, af, scb

GROUP = f"{EMPLOYED} Gäller hela yrkesgruppen med tre siffror, där yrket är en del."

GROUPS_COUNTY = Recipe(
    about=scb(
        "scb_employed_group_county",
        "Yrkesregistret: anställda efter län, yrkesgrupp och kön sedan 2014",
        AreaLevel.county,
        table_code="YREG60, YREG60N, YREG60BAS",
        method_breaks=BREAKS,
    ),
    columns=(
        Column("ssyk3", Holds.occupation_group),
        Column("county_code", Holds.county),
        Column("sex", Holds.sex),
        Column("year", Holds.year),
        Column("employed", Holds.amount),
    ),
    measures=(
        Measure(
            "employed_group",
            "Anställda i yrkesgruppen",
            GROUP,
            Unit.persons,
            AreaLevel.county,
            Layout(
                value="employed",
                period="year",
                area="county_code",
                sex="sex",
                occupation="ssyk3",
                occupation_system=CodeSystem.ssyk2012_scb,
                occupation_digits=3,
            ),
        ),
    ),
)
GROUPS_AGE = Recipe(
    about=scb(
        "scb_employed_group_age",
        "Yrkesregistret: anställda efter yrkesgrupp, kön och ålder, riket",
        AreaLevel.nation,
        method_breaks=BREAKS,
    ),
    columns=(
        Column("year", Holds.year),
        Column("ssyk3", Holds.occupation_group),
        Column("sex", Holds.sex),
        Column("age", Holds.age),
        Column("employed", Holds.amount),
    ),
    measures=(
        Measure(
            "employed_group_age",
            "Anställda i yrkesgruppen efter ålder",
            GROUP,
            Unit.persons,
            AreaLevel.nation,
            Layout(
                value="employed",
                period="year",
                area_code="00",
                sex="sex",
                age="age",
                occupation="ssyk3",
                occupation_system=CodeSystem.ssyk2012_scb,
                occupation_digits=3,
            ),
        ),
    ),
    not_collected=(("age", "65-69", 2023),),
)
ADS_NAMED = Recipe(
    about=af(
        "af_ads_named",
        "Platsannonser efter kommun och yrke, år: några kommuner med namn",
        AreaLevel.municipality,
        note=f"En del av filen för alla kommuner; siffrorna räknas där. {AS_A_FILE}",
    ),
    columns=(
        Column("municipality_code", Holds.municipality),
        Column("municipality", Holds.words),
        Column("ssyk4", Holds.occupation),
        Column("ssyk_label", Holds.words),
        Column("year", Holds.year),
        Column("ads", Holds.amount),
    ),
    by_year="ads",
)
APPLICATION_TERMS = ("diarienummer", "municipality_code", "county_code", "skaraborg")
APPLICATION_WORDS = (
    "utbildningsomrade", "sun5", "sun5_namn", "utbildningsnamn", "beslut", "flera_kommuner",
    "antal_kommuner", "lan", "kommun", "yh_poang", "studieform", "studietakt_procent", "examen",
    "seqf", "smalt_yrkesomrade", "anordnare", "huvudmannatyp", "sun2020_4", "sun2020_4_label",
)  # fmt: skip
APPLICATION_NUMBERS = (
    "sokta_omgangar", "beviljade_omgangar", "sokta_platser_per_omgang", "sokta_platser",
    *(f"bev_platser_{number}" for number in range(1, 6)), "bev_platser_totalt",
)  # fmt: skip


def _seats(key: str, name: str, meaning: str, column: str) -> tuple[Measure, Measure]:
    """By municipality, and the same by county, for the municipalities are not all in the file."""
    own, county = (
        Layout(value=column, fixed_period="2024", area=f"{area}_code")
        for area in ("municipality", "county")
    )
    return (
        Measure(key, name, meaning, Unit.seats, AreaLevel.municipality, own),
        Measure(
            f"{key}_county", f"{name} efter län", meaning, Unit.seats, AreaLevel.county, county
        ),
    )


APPLICATIONS = Recipe(
    about=SourceDraft(
        key="myh_applications_2024",
        name="Yrkeshögskolan: ansökningsomgång 2024",
        kind=SourceKind.csv,
        publisher="Myndigheten för yrkeshögskolan",
        address="https://www.myh.se/",
        update_rhythm=UpdateRhythm.yearly,
        area_level=AreaLevel.municipality,
        note="Utbildningar i flera kommuner har ingen kommun i filen, och är inte med i "
        f"kommunernas siffror. Licensen är inte känd. {AS_A_FILE}",
    ),
    columns=(
        *(Column(name, Holds.term) for name in APPLICATION_TERMS),
        *(Column(name, Holds.words) for name in APPLICATION_WORDS),
        *(Column(name, Holds.amount) for name in APPLICATION_NUMBERS),
    ),
    measures=(
        *_seats(
            "yh_seats_granted",
            "Beviljade platser i yrkeshögskolan",
            "Platser som beviljades i omgången 2024, alla starter tillsammans. Bara utbildningar "
            "i en enda kommun.",
            "bev_platser_totalt",
        ),
        *_seats(
            "yh_seats_sought",
            "Sökta platser i yrkeshögskolan",
            "Platser som anordnare ansökte om i omgången 2024. Bara utbildningar i en kommun.",
            "sokta_platser",
        ),
    ),
)
GROUPS = (GROUPS_COUNTY, GROUPS_AGE, ADS_NAMED, APPLICATIONS)
