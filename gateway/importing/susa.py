"""Susa-navet: Skolverket's EMIL3 events as programmes with starts.

An event is one start of an education at a provider in a place. The same education, provider and
place is one programme, known by that in `source`, so that the same file makes nothing twice.

Events name their provider by an id. What it is called stands in `educationProviders`, where the
file has them; else somebody says it. An id is nobody's name.
"""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

import orjson

from services.kit.contract import MUNICIPALITY

NAME = "Susa-navet"
FORMS = {
    "yh": "higher_vocational", "fhs": "folk_high_school", "hs": "higher_education",
    "uoh": "higher_education", "aub": "labour_market", "gy": "upper_secondary",
    "vuxgy": "adult_upper_secondary", "kku": "adult_upper_secondary", "vuxsfi": "language",
    "sfi": "language",
}  # fmt: skip
LANGUAGES = {"swe": "sv", "eng": "en"}
NOBODY: Mapping[str, str] = {}
_ALSO = ("educationInfos", "educationProviders")


def rows_of(content: bytes, called: Mapping[str, str] = NOBODY) -> list[dict[str, Any]]:
    """The programmes of a document, providers it does not name being `called` so.

    ValueError where it is none, or an event is of another form.
    """
    return [row for _, row in told_in(content, called)]


def unnamed_in(content: bytes) -> list[str]:
    """The ids of the providers that the document does not name."""
    return sorted({who for who, row in told_in(content) if not row.get("provider_name")})


def told_in(content: bytes, called: Mapping[str, str] = NOBODY) -> list[tuple[str, dict[str, Any]]]:
    """The same, each beside its provider's id."""
    said = orjson.loads(content)
    if not (isinstance(said, dict) and isinstance(said.get("educationEvents"), list)):
        raise ValueError("no education events")
    try:
        return _rows(said, called)
    except (AttributeError, KeyError, TypeError) as failure:
        raise ValueError("an event is not as EMIL3 has it") from failure


def _rows(said: Mapping[str, Any], called: Mapping[str, str]) -> list[tuple[str, dict[str, Any]]]:
    infos, providers = (_by_identifier(said.get(name) or ()) for name in _ALSO)
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    for event in _contents(said["educationEvents"]):
        if event.get("isCancelled"):
            continue
        info, who = infos.get(str(event.get("education")), {}), _who(event)
        row = _programme(event, info, who) | _provider(providers.get(who, {}), called.get(who, ""))
        start = _start(event)
        _, known = found.setdefault(row["source"], (who, row | {"intakes": []}))
        if start:
            known["intakes"].append(start)
    return list(found.values())


def _contents(things: Iterable[Any]) -> Iterable[dict[str, Any]]:
    for thing in things:
        content = thing.get("content") if isinstance(thing, dict) else None
        if isinstance(content, dict) and thing.get("status", "ACTIVE") == "ACTIVE":
            yield content


def _by_identifier(things: Iterable[Any]) -> dict[str, dict[str, Any]]:
    return {str(one.get("identifier")): one for one in _contents(things)}


def _who(event: Mapping[str, Any]) -> str:
    """The id of its provider; of several the first."""
    return str(next(iter(event.get("providers") or ()), ""))


def _programme(event: Mapping[str, Any], info: Mapping[str, Any], who: str) -> dict[str, Any]:
    education = str(event.get("education") or event.get("identifier"))
    codes, towns = _place(event)
    code, several = (codes[0], []) if len(codes) == 1 else (None, codes)
    found = {
        "name": text_of(info.get("title")) or text_of(event.get("title")) or education,
        "form": _form(education, info),
        "occupation_codes": _subjects(info),
        "municipality_code": code,
        "municipality_codes": several,
        "languages": [LANGUAGES[one] for one in _languages(event) if one in LANGUAGES],
        "pace": _pace(event),
        "delivery": "distance" if event.get("distance") else None,
        "description": "\n".join(filter(None, (text_of(info.get("description")), towns))),
        "website": _url(event),
        "source": " ".join(filter(None, (NAME, education, who, *codes))),
    }
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _place(event: Mapping[str, Any]) -> tuple[list[str], str]:
    """The municipalities; where one of the places is in none that is told, all are in words."""
    places = [one for one in event.get("locations") or () if isinstance(one, dict)]
    codes = list(dict.fromkeys(str(one.get("areaCode")) for one in places))
    if all(re.fullmatch(MUNICIPALITY, code) for code in codes):
        return codes, ""
    return [], "Orter: " + ", ".join(str(one.get("town")) for one in places)


def _provider(known: Mapping[str, Any], called: str) -> dict[str, str]:
    """What it is called and its number, as far as anybody says."""
    number = str(known.get("organizationNumber") or known.get("organisationNumber") or "")
    name = text_of(known.get("name") or known.get("title")) or called
    told = {"provider_name": name, "provider_org_number": number}
    return {field: value for field, value in told.items() if value}


def _start(event: Mapping[str, Any]) -> dict[str, Any] | None:
    """Its first and last day; seats are not told, and so unknown."""
    when = event.get("execution") or {}
    if not when.get("start"):
        return None
    found = {"starts_on": when["start"][:10], "source": f"{NAME} {event.get('identifier')}"}
    return found | ({"ends_on": when["end"][:10]} if when.get("end") else {})


def text_of(said: Any) -> str:
    """The Swedish text, else the first one, without HTML."""
    if isinstance(said, str):
        return said.strip()
    strings = (said or {}).get("strings") or (said or {}).get("string") or ()
    texts = {one.get("lang"): str(one.get("value") or one.get("content") or "") for one in strings}
    text = texts.get("swe") or texts.get("sv") or next(iter(texts.values()), "")
    return unescape(re.sub(r"<[^>]+>", " ", text)).strip()


def _form(education: str, info: Mapping[str, Any]) -> str:
    kind = str((info.get("type") or {}).get("code") or "").lower()
    words = [kind, *education.lower().split(".")]
    return next((FORMS[word] for word in words if word in FORMS), "other")


def _subjects(info: Mapping[str, Any]) -> list[str]:
    """Of labour-market education the subjects are occupations by SSYK."""
    subjects = info.get("subjects") or ()
    codes = (str(s.get("code")) for s in subjects if str(s.get("type")).endswith("AUB_Subject"))
    return sorted({code for code in codes if re.fullmatch(r"\d{4}", code)})


def _languages(event: Mapping[str, Any]) -> list[str]:
    found: list[str] = event.get("languageOfInstructions") or []
    return found


def _pace(event: Mapping[str, Any]) -> int | None:
    said = (event.get("paceOfStudy") or {}).get("percentage")
    pace = said[0] if isinstance(said, list) and said else said
    return round(pace) if isinstance(pace, int | float) and pace >= 1 else None


def _url(event: Mapping[str, Any]) -> str | None:
    urls = (event.get("url") or {}).get("urls") or ()
    address = str(next((one.get("value") for one in urls if one.get("value")), ""))
    full = address if "://" in address else f"https://{address}"
    return full if address and " " not in full else None
