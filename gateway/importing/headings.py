"""Headings: what the columns of a file are called, in Swedish and English, and what they mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from services.actors.contract.importing import OF_POST, ImportNoun


@dataclass(frozen=True)
class Target:
    """A field that a column may fill; its label, and headings it is known by."""

    field: str
    label: str
    headings: frozenset[str]


def folded(text: str) -> str:
    """A heading as it is compared: small letters and digits alone."""
    return re.sub(r"[^0-9a-zåäöéü]+", "", text.lower())


def _read() -> dict[ImportNoun, list[Target]]:
    """Lines of `noun field | label | heading, heading`."""
    found: dict[ImportNoun, list[Target]] = {noun: [] for noun in ImportNoun}
    text = Path(__file__).with_name("headings.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        place, label, headings = (part.strip() for part in line.split("|"))
        noun, field = place.split()
        words = {folded(word) for word in (label, field, *headings.split(","))} - {""}
        found[ImportNoun(noun)].append(Target(field, label, frozenset(words)))
    return found


_IDENTITY = re.compile("person(nummer|nr|id)|pnr|samordningsn|födelsen|socialsecurity")
TARGETS = _read()
_ALL = frozenset(word for targets in TARGETS.values() for one in targets for word in one.headings)
_COUNCIL = "branschråd"  # no industry's code
_NAMES = {"tom"}  # who is called so is no heading of last days


def is_heading(text: str) -> bool:
    """Whether a cell is called as some column is."""
    return folded(text) in _ALL - _NAMES


def is_identity(heading: str) -> bool:
    """Whether a column holds personal numbers, which are never taken for anything else."""
    return bool(_IDENTITY.match(folded(heading)))


def guessed(noun: ImportNoun, headings: Sequence[str]) -> list[str]:
    """The field of each column; empty where nobody can tell. No field is guessed twice.

    What belongs to a post is not guessed where a row cannot say which post of whom, nor from when
    an actor stands where it does not say on which level.
    """
    words, found = [folded(one) for one in headings], [""] * len(headings)
    taken: set[str] = set()
    for fits in (_is_its_code, _is_it, _begins_it):
        for place, word in enumerate(words):
            if found[place] or not word or is_identity(headings[place]):
                continue
            if word.startswith(_COUNCIL):
                continue
            free = (one for one in TARGETS[noun] if one.field not in taken)
            target = next((one for one in free if fits(one, word)), None)
            if target:
                found[place] = target.field
                taken.add(target.field)
    at_somebody = "post_title" in taken and taken & {"actor_name", "actor_org_number"}
    without: set[str] = set() if at_somebody else set(OF_POST)
    without |= set() if "level" in taken else {"standing_from"}
    return ["" if one in without else one for one in found]


def _is_its_code(target: Target, word: str) -> bool:
    """Codes say for certain what names leave to be found out."""
    return word.endswith(("kod", "koder", "code", "codes")) and word in target.headings


def _is_it(target: Target, word: str) -> bool:
    return word in target.headings


def _begins_it(target: Target, word: str) -> bool:
    """Such as Organisationsnummer (10 siffror)."""
    return any(len(known) > 4 and word.startswith(known) for known in target.headings)  # noqa: PLR2004
