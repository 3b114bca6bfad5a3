"""Words: what people write for what has codes, and the code that it is taken for."""

from collections.abc import Callable
from enum import StrEnum

from gateway.importing.headings import folded
from gateway.swedish.codes import label
from gateway.swedish.languages import LANGUAGES
from services.actors.contract.actor import ActorKind, ActorLevel, ActorStatus
from services.actors.contract.programme import Delivery, ProgrammeForm

_SYNONYMS: dict[str, dict[str, str]] = {
    "kind": {
        "ab": "company", "aktiebolag": "company", "bolag": "company", "skola": "education_provider",
        "anordnare": "education_provider", "utbildare": "education_provider",
        "högskola": "university", "universitet": "university", "lärosäte": "university",
        "förbund": "municipal_association", "fack": "trade_union", "statligmyndighet": "authority",
        "branschförening": "industry_association", "övrigt": "other", "kommuner": "municipality",
        "folkhögskola": "education_provider", "gymnasium": "education_provider",
        "gymnasiet": "education_provider", "gymnasieskola": "education_provider",
        "grundskola": "education_provider", "komvux": "education_provider",
        "yrkeshögskola": "education_provider", "förening": "other", "ideellförening": "other",
        "stiftelse": "other",
    },
    "form": {
        "yh": "higher_vocational", "yrkeshögskola": "higher_vocational",
        "gymnasium": "upper_secondary", "gymnasieskola": "upper_secondary",
        "gymnasiet": "upper_secondary", "yrkesprogram": "upper_secondary",
        "gymnasieprogram": "upper_secondary", "lärlingsvux": "adult_upper_secondary",
        "kommunalvuxenutbildning": "adult_upper_secondary",
        "komvux": "adult_upper_secondary", "vuxenutbildning": "adult_upper_secondary",
        "vux": "adult_upper_secondary", "yrkesvux": "adult_upper_secondary",
        "högskola": "higher_education", "universitet": "higher_education",
        "folkhögskola": "folk_high_school", "uppdragsutbildning": "commissioned",
        "arbetsmarknadsutbildning": "labour_market", "sfi": "language", "praktik": "internship",
        "övrigt": "other",
    },
    "delivery": {
        "bunden": "on_site", "platsbunden": "on_site", "campus": "on_site", "nej": "on_site",
        "ja": "distance", "flexibel": "mixed", "blandad": "mixed", "online": "distance",
        "närstudier": "on_site", "närundervisning": "on_site", "påplats": "on_site",
        "hybrid": "mixed", "delvisdistans": "mixed", "delvispådistans": "mixed",
        "distansstudier": "distance", "pådistans": "distance", "nätbaserad": "distance",
    },
    "level": {"semi": "bridging"}
    | {f"{folded(label(code))}nivå": str(code) for code in ActorLevel},
    "status": {"inbjudna": "invited", "aktiva": "active", "kartlagt": "mapped"},
    "languages": {folded(word): code for code, word in LANGUAGES.items()}
    | {code: code for code in LANGUAGES}
    | {"swe": "sv", "eng": "en", "teckenspråk": "swl", "sorani": "ku", "kurmanji": "ku"},
}  # fmt: skip
CODED: dict[str, type[StrEnum]] = {
    "kind": ActorKind,
    "form": ProgrammeForm,
    "delivery": Delivery,
    "level": ActorLevel,
    "status": ActorStatus,
}


def _word(name: str) -> Callable[[str], str]:
    words = {folded(label(code)): str(code) for code in CODED.get(name, ())}
    words |= {folded(str(code)): str(code) for code in CODED.get(name, ())}
    words = _SYNONYMS[name] | words
    return lambda text: words.get(folded(text), text)


CODES = {name: _word(name) for name in _SYNONYMS}
