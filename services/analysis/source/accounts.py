"""The registers that tell of occupations in words: assessments, relations, skills, educations."""

from services.analysis.contract.classification import CodeSystem
from services.analysis.contract.record import RecordKind
from services.analysis.contract.source import AreaLevel, SourceDraft, SourceKind, UpdateRhythm
from services.analysis.source.recipes import Column, Holds, Recipe, Telling
from services.analysis.source.registers import AF, AF_URL, AS_A_FILE, CC0, CC0_URL

TAXONOMY_URL = "https://atlas.jobtechdev.se/"
UNLICENSED = "Licensen är inte känd: fråga utgivaren före publicering."


def _told(key: str, name: str, **more: object) -> SourceDraft:
    """A source of Arbetsförmedlingen, whose open data are CC0, unless more says otherwise."""
    facts = {"kind": SourceKind.csv, "publisher": AF, "address": AF_URL, "licence": CC0}
    facts |= {"licence_url": CC0_URL, "area_level": AreaLevel.nation, "note": AS_A_FILE}
    return SourceDraft.model_validate(facts | {"key": key, "name": name} | more)


def _without_licence(key: str, name: str, note: str, **more: object) -> SourceDraft:
    told = {"licence": None, "licence_url": None, "note": f"{note} {UNLICENSED}"}
    return _told(key, name, **told | more)


def _columns(*terms: str, words: tuple[str, ...] = ()) -> tuple[Column, ...]:
    told = (Column(name, Holds.words) for name in words)
    return (*(Column(name, Holds.term) for name in terms), *told)


BAROMETER = Recipe(
    about=_told(
        "af_barometer_national",
        "Yrkesbarometern: riket",
        update_rhythm=UpdateRhythm.twice_a_year,
        note=f"Bedömningar i ord, inte antal. {AS_A_FILE}",
    ),
    columns=(
        *_columns("yb_yrke", "ssyk4_jobtech"),
        Column("omgang", Holds.round),
        Column("lan", Holds.nation_or_county),
        *_columns(
            words=("yrkesomrade", "ssyk_text", "rekryteringssituation", "jobbmojligheter",
                   "prognos")
        ),
    ),
    tells=Telling(
        RecordKind.assessment,
        "ssyk4_jobtech",
        (
            ("yb_yrke", "Yrke i barometern"),
            ("jobbmojligheter", "Möjligheter till jobb"),
            ("rekryteringssituation", "Rekryteringsläge"),
            ("prognos", "Efterfrågan framåt"),
            ("omgang", "Omgång"),
        ),
        area="lan",
    ),
)  # fmt: skip
BAROMETER_COUNTIES = Recipe(
    about=_told(
        "af_barometer_counties",
        "Yrkesbarometern: riket och län",
        area_level=AreaLevel.county,
        update_rhythm=UpdateRhythm.twice_a_year,
        note="Bedömningar i ord, inte antal. Filen säger inte vilken omgång den gäller; den är "
        f"äldre än maj 2025. {AS_A_FILE}",
    ),
    columns=(
        *_columns("yb_concept_id", "ssyk4_jobtech"),
        Column("lanskod", Holds.nation_or_county),
        *_columns(
            words=("yb_yrke", "yrkesomrade", "region", "jobbmojligheter", "prognos", "namnkalla")
        ),
    ),
    tells=Telling(
        RecordKind.assessment,
        "ssyk4_jobtech",
        (
            ("yb_yrke", "Yrke i barometern"),
            ("jobbmojligheter", "Möjligheter till jobb"),
            ("prognos", "Efterfrågan framåt"),
        ),
        area="lanskod",
    ),
)
SUBSTITUTES = Recipe(
    about=_told(
        "af_substitutability",
        "Taxonomin: yrken som kan ersätta varandra",
        address=TAXONOMY_URL,
        note="75: personen kan börja nästan genast. 25: det behövs mer erfarenhet eller "
        f"utbildning. {AS_A_FILE}",
    ),
    columns=(
        *_columns("occupation_id", "related_occupation_id"),
        *_columns(words=("occupation", "related_occupation")),
        Column("percent", Holds.amount),
    ),
    tells=Telling(
        RecordKind.related,
        "occupation_id",
        (
            ("occupation", "Från"),
            ("related_occupation", "Till"),
            ("percent", "Hur nära (25 eller 75)"),
        ),
        system=CodeSystem.occupation_name,
        leads_to="related_occupation_id",
        most_first="percent",
    ),
)
FLOWS = Recipe(
    about=_without_licence(
        "labour_flow",
        "Vart anställda med yrket går",
        "Hur ordningen är räknad är inte beskrivet.",
    ),
    columns=(
        *_columns("from_ssyk4"),
        Column("rank", Holds.amount),
        *_columns("to_ssyk4"),
    ),
    tells=Telling(
        RecordKind.related,
        "from_ssyk4",
        (("rank", "Plats"),),
        leads_to="to_ssyk4",
        least_first="rank",
    ),
    repeats=True,
)
SKILLS = Recipe(
    about=_told(
        "af_skills_in_ads",
        "Kompetenser i annonser efter yrke",
        note=f"Ord som en maskin har hittat i annonser, för 25 yrken. {AS_A_FILE}",
    ),
    columns=(
        *_columns("ssyk4", "skill", "skill_type"),
        *_columns(words=("ssyk_label",)),
        Column("occurrences", Holds.amount),
    ),
    tells=Telling(
        RecordKind.skill,
        "ssyk4",
        (("skill", "Ord i annonser"), ("skill_type", "Sort"), ("occurrences", "Gånger")),
        most_first="occurrences",
    ),
    repeats=True,
)
OFFERS = Recipe(
    about=_told(
        "education_offers_2025",
        "Utbildningar som leder till yrket, urval 2025",
        publisher="Arbetsförmedlingen och Skolverket",
        note=f"Ett urval, inte hela utbudet. {AS_A_FILE}",
    ),
    columns=_columns(
        "ssyk4", "utbildningstyp", "namn", "ort", "ort_in_skaraborg", "url",
        words=("ssyk_label", "beskrivning_400"),
    ),
    tells=Telling(
        RecordKind.education,
        "ssyk4",
        (
            ("namn", "Utbildning"),
            ("utbildningstyp", "Form"),
            ("ort", "Ort"),
            ("url", "Adress"),
        ),
        most_first="ort_in_skaraborg",
    ),
    repeats=True,
)  # fmt: skip
FOCUS = Recipe(
    about=_told(
        "af_education_focus",
        "Inriktningar vars kompetenser liknar yrkets",
        note=f"Likhet mellan texter, inget behörighetskrav. {AS_A_FILE}",
    ),
    columns=(
        *_columns("field_of_study", "education_focus"),
        Column("rank", Holds.amount),
        *_columns("occupation_concept_id", "ssyk4"),
        *_columns(words=("occupation_name",)),
    ),
    tells=Telling(
        RecordKind.education,
        "ssyk4",
        (
            ("education_focus", "Inriktning"),
            ("field_of_study", "Område"),
            ("occupation_name", "Liknar"),
            ("rank", "Plats"),
        ),
        least_first="rank",
    ),
    repeats=True,
)
FOCUS_SKILLS = Recipe(
    about=_told(
        "af_education_focus_skills",
        "Kompetensord efter utbildningsinriktning",
        note=f"Ord som en maskin har hittat i utbildningars texter. {AS_A_FILE}",
    ),
    columns=_columns("field_of_study", "education_focus", "skill_term", words=("weight",)),
)
REQUIREMENTS = Recipe(
    about=_told("af_requirements", "Taxonomin: krav på utbildning", address=TAXONOMY_URL),
    columns=_columns("occupation_concept_id", words=("occupation_name", "requirement_text")),
    tells=Telling(
        RecordKind.requirement,
        "occupation_concept_id",
        (("occupation_name", "Yrke"), ("requirement_text", "Krav")),
        system=CodeSystem.occupation_name,
    ),
)
SALARIES = Recipe(
    about=_without_licence(
        "salary_percentiles",
        "Lön i kronor per månad efter yrke",
        "Bara som sammanhang: år och percentilernas innebörd är inte bekräftade.",
        publisher="SCB, inte bekräftat",
    ),
    columns=(
        *_columns("ssyk4"),
        *(Column(name, Holds.amount) for name in ("p10", "median", "p90")),
    ),
    tells=Telling(
        RecordKind.wage,
        "ssyk4",
        (("p10", "Tionde percentilen"), ("median", "Median"), ("p90", "Nittionde percentilen")),
    ),
)
SEARCHES = Recipe(
    about=_told(
        "af_search_trends",
        "Sökningar i Platsbanken en dag",
        update_rhythm=UpdateRhythm.daily,
        note=f"Hur ofta det har sökts, inte hur många som söker jobb. {AS_A_FILE}",
    ),
    columns=(
        Column("date", Holds.day),
        *_columns("dimension", "label"),
        Column("searches", Holds.amount),
    ),
    tells=Telling(
        RecordKind.search,
        "label",
        (("date", "Dag"), ("searches", "Sökningar")),
        by_name=True,
    ),
)
SKILL_WORDS = Recipe(
    about=_told("af_skills", "Taxonomin: kompetenser", address=TAXONOMY_URL),
    columns=_columns("skill_concept_id", words=("skill_label",)),
)
POSTCODES = Recipe(
    about=_told(
        "postcodes",
        "Postnummer och kommuner, Västra Götalands län",
        publisher="swedish-geodata",
        address="https://github.com/sjbrg/swedish-geodata",
        area_level=AreaLevel.municipality,
        note="Luckor finns, enligt den som har gjort filen.",
    ),
    columns=_columns("postnummer", "postort", "kommunkod", words=("kommunnamn",)),
    repeats=True,
)
ACCOUNTS = (
    BAROMETER, BAROMETER_COUNTIES, SUBSTITUTES, FLOWS, SKILLS, OFFERS, FOCUS, FOCUS_SKILLS,
    REQUIREMENTS, SALARIES, SEARCHES, SKILL_WORDS, POSTCODES,
)  # fmt: skip
