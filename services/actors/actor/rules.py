"""Rules about actors: organisation numbers, and when two names are probably one actor."""

import re
from collections.abc import Mapping
from typing import Any

from services.actors.contract.actor import COMPANY_FORMS
from services.kit.errors import Conflict

_FORMS = re.compile(rf"\b({COMPANY_FORMS})\b\.?")
_VAT = re.compile(r"(?:SE)(\d{10})01", re.IGNORECASE)
_DIGITS = 10
_TOWN = re.compile(r"(.+?)(?:(s?) (?:kommun|stad))?")
_AFTER_TOWN = ("s", " kommun", "s kommun", " stad", "s stad")


class NoOrgNumber(ValueError):
    """A text is no organisation number; `code` tells in which way."""

    def __init__(self, message: str, code: str = "not_an_org_number") -> None:
        super().__init__(message)
        self.code = code


def org_number_of(text: str | None) -> str | None:
    """An organisation number as ten digits with a hyphen, or None where none is given. It may be
    written as the number for VAT that is made of it, and with any stroke for a hyphen.

    NoOrgNumber unless it has ten digits, the third is at least 2 (a personal identity number has
    a month there), and the last is the Luhn check digit. Source: Bolagsverket.
    """
    if text is None:
        return None
    digits = re.sub(r"[\s\-\u2010-\u2015\u2212]", "", text)
    if vat := _VAT.fullmatch(digits):
        digits = vat[1]
    if len(digits) == _DIGITS + 2 and digits.startswith("16"):
        digits = digits[2:]
    if not (digits.isascii() and digits.isdigit() and len(digits) == _DIGITS):
        raise NoOrgNumber("an organisation number has ten digits")
    if int(digits[2]) < 2:  # noqa: PLR2004 - a personal identity number's month is 01 to 12
        raise NoOrgNumber("this looks like a personal identity number")
    if _luhn(digits) != 0:
        raise NoOrgNumber("the check digit is wrong", "checksum")
    return f"{digits[:6]}-{digits[6:]}"


def written_number(text: str | None) -> str | None:
    """A number as it is written everywhere, or None for what is none: it finds nothing."""
    try:
        return org_number_of(text)
    except NoOrgNumber:
        return None


def _luhn(digits: str) -> int:
    doubled = [int(d) * (2 - place % 2) for place, d in enumerate(digits)]
    return sum(sum(divmod(value, 10)) for value in doubled) % 10


def demand_living(actor: Mapping[str, Any]) -> None:
    """Conflict where an actor was merged into another: that one is changed instead."""
    if actor["merged_into_id"] is not None:
        told = f"it lives on as actor {actor['merged_into_id']}"
        raise Conflict(told, field="id", reason="merged")


def short_names(name: str) -> list[str]:
    """What a name says in brackets that it is called in short: Exempelförbundet (EXF)."""
    return [bare_name(one) for one in re.findall(r"\(([^()]{2,30})\)", name)]


def with_former(other_names: str | None, former: str, name: str) -> str | None:
    """The other names of one that gets another name, with its former one among them."""
    names = dict.fromkeys([*(other_names or "").splitlines(), former])
    names.pop(name, None)
    return "\n".join(names) or None


def bare_name(name: str) -> str:
    """A name as it is compared: lower case, without punctuation and, where more is left, the form
    of its company."""
    lowered = name.lower()
    words = re.findall(r"\w+", _FORMS.sub(" ", lowered)) or re.findall(r"\w+", lowered)
    return " ".join(words)


def words(text: str | None) -> str:
    """A name as it is written, but for case, spaces and punctuation."""
    return " ".join(re.findall(r"\w+", (text or "").lower()))


def towns_of(name: str | None) -> list[str]:
    """What a municipality may be called for short: Mariestads kommun Mariestad, Borås stad Borås.

    Nobody knows whose the s is, so it is of both.
    """
    town = _TOWN.fullmatch(words(name))
    return list(dict.fromkeys([f"{town[1]}{town[2] or ''}", town[1]])) if town else []


def town_written(name: str | None) -> list[str]:
    """How a municipality may be written whose town is named: Köpings, Köpings kommun."""
    return [f"{town}{end}" for town in towns_of(name) for end in _AFTER_TOWN]
