"""Values: a cell as people write it becomes the value that the contract takes.

What cannot be understood is sent as it stands, so that the service tells what is wrong with it. A
place that is no one municipality is never guessed, nor a day or number that the text does not say
exactly: its text is kept in words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.importing.cells import (
    day,
    day_after,
    first_in,
    has_lost_a_zero,
    is_some_day,
    is_some_number,
    last_in,
    parts,
    percent,
    soon,
    whole,
    words_of,
)
from gateway.importing.headings import TARGETS, folded
from gateway.importing.words import CODES
from services.actors.contract.importing import OF_POST, ImportNoun
from services.kit.contract import MUNICIPALITY

STARTS = ("starts_on", "ends_on", "seats", "applicants", "admitted", "completed")
ROUNDS = {f"seats_{number}": number for number in range(1, 6)}
LISTS = ("sni_codes", "occupation_codes", "languages")
NUMBERS = (
    "pace", "weeks", "seats", "seats_sought", "municipality_count",
    "applicants", "admitted", "completed", *ROUNDS,
)  # fmt: skip
DAYS = ("starts_on", "ends_on", "standing_from", "valid_from", "valid_to")
WORDS = ("name", "note", "description", "mission", "decision", "source")  # text stands there
_UNKNOWN = frozenset(
    {"-", "–", "—", "?", "okänt", "okänd", "saknas", "uppgift saknas", "ej känt", "n/a"}
    | {"vet ej", "vet inte", "ej angivet", "ej angiven", "inte angivet", "oklart", "ej klart"}
)
_GOES_ON = frozenset(
    {"tills vidare", "tillsvidare", "t.v.", "t.v", "t v", "tv", "pågår", "pågående", "löpande"}
    | {"nuvarande", "idag", "i dag"}
)
_DECISIONS = {
    "refused": re.compile("avsl|avvis|ejbevilj|intebevilj|rejected|denied|refused"),
    "withdrawn": re.compile("återkall|återtag|withdrawn"),
    "granted": re.compile("bevilj|bifall|approved|granted"),
}
_PLACES = re.compile(r"[;,/|\n]|\s+och\s+")
_SEVERAL = re.compile("flera|olika", re.IGNORECASE)
NO_OFFER = frozenset({"refused", "withdrawn"})
CONSTANT = {
    ImportNoun.actor: "kind",
    ImportNoun.person: "valid_from",
    ImportNoun.programme: "form",
}
# Days that may be counted from the year, term or month that a row says.
_COUNTED = {ImportNoun.actor: ("standing_from",), ImportNoun.person: ("valid_from", "valid_to")}
_LABELS = {noun: {one.field: one.label for one in TARGETS[noun]} for noun in ImportNoun}


def assumed_day(name: str, cell: str, constant: Mapping[str, str], *, own_years: bool) -> str:
    """The day that is meant by a longer time; nothing where it is a day, or none may be meant."""
    first, last = first_in(cell), last_in(cell)
    if own_years and first:
        return last if name == "valid_to" else first
    chosen = constant.get(name, "") if is_some_day(cell) else ""
    return chosen if not first or first <= chosen <= last else ""


def is_unknown(name: str, cell: str) -> bool:
    """Whether a cell says in words that nobody knows, or that what it would end goes on."""
    word = cell.strip().lower()
    return name not in WORDS and (word in _UNKNOWN or (name == "valid_to" and word in _GOES_ON))


def _begun(name: str, cell: str) -> str:
    """With what people and programs leave out first: an address's https, a telephone's zero."""
    if name == "website" and "://" not in cell:
        return f"https://{cell}"
    return f"0{cell}" if name == "phone" and has_lost_a_zero(cell) else cell


def _is_unsure(name: str, cell: str) -> bool:
    """Whether nobody can know a field's value exactly from what stands there."""
    if name == "sni_codes":
        return not any(map(str.isdigit, cell))
    if name in NUMBERS:
        return name != "municipality_count" and is_some_number(cell)
    if name == "standing_from":
        return soon(cell)
    return name in STARTS and is_some_day(cell)


class Unsure(str):
    """What a cell says of a value that nobody can know exactly."""

    __slots__ = ()


@dataclass
class Reader:
    """Rows of one file: which column fills which field, and what holds for all rows."""

    noun: ImportNoun
    fields: list[str]
    constant: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    own_years: bool = False
    unplaced: int = 0
    refused: int = 0
    unsure: int = 0
    dated: int = 0

    def row(self, cells: list[str]) -> dict[str, Any]:
        """A row as the service takes it."""
        pairs = zip(self.fields, cells, strict=False)
        said = {name: cell for name, cell in pairs if name and cell and not is_unknown(name, cell)}
        found: dict[str, Any] = {}
        # A year, a term or a month is no day: what is chosen counts, and the words are kept.
        words = self._assume(said)
        self.dated += bool(words)
        for name, cell in said.items():
            found[name] = self._value(name, cell)
        if self.noun is not ImportNoun.person or any(name in found for name in OF_POST):
            for name, value in self.constant.items():
                found.setdefault(name, value)
        self._place(found)
        if words and self.noun is ImportNoun.person:
            found["said_of_days"] = words
        elif words:
            _add_words(found, self.noun, words)
        self.unsure += any(isinstance(value, Unsure) for value in found.values())
        made = _SHAPES[self.noun](found)
        _keep_in_words(made, self.noun, _text_of(self.noun))
        for start in made.get("intakes", ()):
            _keep_in_words(start, self.noun, "note")
        self.refused += made.get("decision") in NO_OFFER
        return made

    def _assume(self, said: dict[str, str]) -> str:
        """Days in place of years, terms and months, as was chosen; what stood there, in words."""
        kept = []
        for name in _COUNTED.get(self.noun, ()):
            cell = said.get(name, "")
            if assumed := assumed_day(name, cell, self.constant, own_years=self.own_years):
                said[name] = assumed
                kept.append(f"{_LABELS[self.noun][name]} enligt filen: {cell}")
        return ", ".join(kept)

    def _value(self, name: str, cell: str) -> Any:
        if _is_unsure(name, cell):
            return Unsure(cell)
        if name in LISTS:
            word = CODES.get(name, str)
            said = cell.replace(".", "") if name == "sni_codes" else cell  # SCB writes 31.010
            split = words_of if name == "languages" else parts
            return list(dict.fromkeys(word(part) for part in split(said)))
        if name in DAYS:
            return day_after(cell) if name == "valid_to" else day(cell)
        if name in NUMBERS:
            return percent(cell) if name == "pace" else whole(cell)
        if name == "other_names":
            return "\n".join(parts(cell))
        return CODES[name](cell) if name in CODES else _begun(name, cell)

    def _place(self, found: dict[str, Any]) -> None:
        """A municipality by code or name, of a programme also several; else it stays in words."""
        text = found.pop("municipality", "")
        if found.get("municipality_count") in {"0", "1"}:
            del found["municipality_count"]
        several = "municipality_count" in found
        codes = self._codes_in(text)
        if len(codes) > 1 or (codes and several):
            found["municipality_codes"] = codes
        elif codes:
            found["municipality_code"] = codes[0]
        elif text and not (several and _SEVERAL.match(text)):
            self.unplaced += 1
            _add_words(found, self.noun, f"Kommun enligt filen: {text}")

    def _codes_in(self, text: str) -> list[str]:
        """The codes of all that a text names; none where it names anything else."""
        whole = [text] if self.noun is not ImportNoun.programme or self.code_of(text) else []
        named = whole or [part for part in _PLACES.split(text) if part.strip()]
        codes = [self.code_of(part) for part in named]
        return list(dict.fromkeys(codes)) if all(codes) else []

    def code_of(self, text: str) -> str:
        """The code of a municipality, or nothing."""
        bare = text.strip()
        if re.fullmatch(MUNICIPALITY, bare.zfill(4)):
            return bare.zfill(4)
        return self.places.get(place_key(bare), "")


def seats_field(cells: Mapping[str, str], number: int) -> str:
    """The column that the places of a row's start stand in, counted from 0."""
    rounds = [name for name in ROUNDS if cells.get(name) and whole(cells[name]) != "0"]
    return rounds[number] if number < len(rounds) else "seats"


def place_key(name: str) -> str:
    """Skövde and Skövde kommun are called by the town, as are Västerås and Västerås stad."""
    return re.sub(r"(\s+(kommun|stad))$", "", name.strip().lower())


def _text_of(noun: ImportNoun) -> str:
    return "description" if noun is ImportNoun.programme else "note"


def _add_words(found: dict[str, Any], noun: ImportNoun, text: str) -> None:
    _add(found, _text_of(noun), text)


def _add(found: dict[str, Any], name: str, text: str) -> None:
    found[name] = f"{found[name]}\n{text}" if found.get(name) else text


def _keep_in_words(thing: dict[str, Any], noun: ImportNoun, name: str) -> None:
    """What nobody can know exactly is unknown; what the file says of it stands in a field of text.

    Of a start in its own: two starts of one programme are not two programmes.
    """
    for field_, cell in [*thing.items()]:
        if isinstance(cell, Unsure):
            del thing[field_]
            _add(thing, name, f"{_LABELS[noun][field_]} enligt filen: {cell}")


def _actor(found: dict[str, Any]) -> dict[str, Any]:
    return found


def _person(found: dict[str, Any]) -> dict[str, Any]:
    names = [found.pop(part, "") for part in ("first_name", "last_name")]
    if any(names):
        found.setdefault("name", " ".join(filter(None, names)))
    return found


def _programme(found: dict[str, Any]) -> dict[str, Any]:
    """Its starts beside it: one for each round that has places; a day that is not told is unknown.

    What was not granted has no starts: its places are those that were sought.
    """
    start = {name: found.pop(name) for name in STARTS if name in found}
    rounds = _rounds(found)
    _decide(found)
    decision = found.get("decision")
    if decision in NO_OFFER:
        if start.get("seats", "0") != "0":
            found.setdefault("seats_sought", start["seats"])
    elif rounds:  # beside them the places are all of theirs together, and the days the first one's
        rounds[0] = {name: start[name] for name in start if name != "seats"} | rounds[0]
        found["intakes"] = rounds
    elif start == {"seats": "0"}:
        if not decision:
            _add_words(found, ImportNoun.programme, "Platser enligt filen: 0")
    elif start:
        found["intakes"] = [start]
    return found


def _decide(found: dict[str, Any]) -> None:
    """What was decided, where it is one of the outcomes there are; else it stays in words."""
    said = found.pop("decision", "")
    outcome = next((name for name, words in _DECISIONS.items() if words.match(folded(said))), "")
    if outcome:
        found["decision"] = outcome
    elif said:
        _add_words(found, ImportNoun.programme, f"Beslut enligt filen: {said}")


def _rounds(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The starts that a grant is for; a round without places is none of them."""
    said = {number: found.pop(name) for name, number in ROUNDS.items() if name in found}
    source = found.get("source")
    return [
        {"round": number, "seats": seats}
        | ({"source": f"{source}, omgång {number}"} if source else {})
        for number, seats in said.items()
        if seats != "0"
    ]


_SHAPES = {
    ImportNoun.actor: _actor,
    ImportNoun.person: _person,
    ImportNoun.programme: _programme,
}
