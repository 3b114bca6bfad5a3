"""Yrkesbarometern as it is published, with what each assessment rests on: fetched, or as a file."""

from services.analysis.contract.record import RecordKind
from services.analysis.contract.source import AreaLevel, SourceDraft, SourceKind, UpdateRhythm
from services.analysis.source.recipes import Column, Holds, Recipe, Telling
from services.analysis.source.registers import AF, CC0, CC0_URL

KEYS = {"omgang": Holds.round, "lan": Holds.nation_or_county, "yb_concept_id": Holds.term}
FIELDS = (
    "omgang", "lan", "ssyk", "yb_concept_id", "yb_yrke", "yrkesomrade", "jobbmojligheter",
    "rekryteringssituation", "paradox", "prognos", "hogsta_bedomningsniva", "delvis_helt",
    "antal_ssyk", "del_av_ssyk", "ssyk_text", "yb_beskrivning", "text_jobbmojligheter",
    "text_rekryteringssituation", "taxonomi_version",
)  # fmt: skip
LEVEL = (
    "Bedömningar i ord. Varje rad säger från vilken nivå underlaget kommer (län, nuts2, nuts1 "
    "eller nationellt) och om bedömningen vilar helt eller delvis på det: ett läns kan vila på ett "
    "större område. Det finns ingen bedömning för en kommun."
)
ASSESSMENTS = Recipe(
    about=SourceDraft(
        key="af_yrkesbarometern",
        name="Yrkesbarometern",
        kind=SourceKind.yrkesbarometern,
        publisher=AF,
        licence=CC0,
        licence_url=CC0_URL,
        update_rhythm=UpdateRhythm.twice_a_year,
        area_level=AreaLevel.county,
        note=LEVEL,
    ),
    columns=tuple(Column(name, KEYS.get(name, Holds.words)) for name in FIELDS),
    tells=Telling(
        RecordKind.assessment,
        "ssyk",
        (
            ("yb_yrke", "Yrke i barometern"),
            ("jobbmojligheter", "Möjligheter till jobb"),
            ("rekryteringssituation", "Rekryteringsläge"),
            ("prognos", "Efterfrågan framåt"),
            ("hogsta_bedomningsniva", "Underlag från"),
            ("delvis_helt", "Helt eller delvis"),
            ("omgang", "Omgång"),
        ),
        area="lan",
    ),
)
