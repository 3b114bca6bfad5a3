"""Occupation fields: a name or a code is written, and becomes the code that is stored.

The field sends its text first and then what is ticked below it. Where the text is no occupation's
very name the form comes back with those that it may mean, be it one: nothing is taken that nobody
said yes to. Script only shows them sooner.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from fastapi import Request
from pydantic import BaseModel

from gateway.clients.house import House
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.pages.occupations import MOST_SHOWN, occupation_of
from gateway.shapes import Choice, Occupation
from services.kit.errors import Forbidden, Malformed, Unavailable

D = TypeVar("D", bound=BaseModel)
SHORTEST, LONGEST, MOST = 2, 200, 200
_CODES = re.compile(r"[0-9]{4}(?:[\s,;]+[0-9]{4})*")
_NAMED = re.compile(r".*\(([0-9]{4})\)", re.DOTALL)


class Typed(NamedTuple):
    """What a field sent: its text, the codes written in it or its words, and what is ticked."""

    text: str
    codes: list[str]
    words: str
    ticked: list[str]

    @classmethod
    def of(cls, values: Sequence[str]) -> "Typed":
        """The text is sent first, then what is ticked."""
        text = " ".join(values[0].split()) if values else ""
        ticked = list(dict.fromkeys(value for value in values[1:] if _CODES.fullmatch(value)))
        if named := _NAMED.fullmatch(text):
            return cls(text, [named[1]], "", ticked)
        if _CODES.fullmatch(text):
            return cls(text, re.findall("[0-9]{4}", text), "", ticked)
        return cls(text, [], text, ticked)


class Known(NamedTuple):
    """What analysis knows of what was typed: occupations by code, and those that words find."""

    by_code: dict[str, Occupation]
    called: list[Occupation]
    more: bool
    names: bool
    away: bool = False


async def _ask(house: House, codes: Sequence[str], words: str, most: int = MOST_SHOWN) -> Known:
    """In one call; where analysis is away nothing is known."""
    occupations = house.analysis.occupations
    asked = [occupations.asked(code=codes, limit=MOST) if codes else occupations.asked(limit=1)]
    if words:
        asked.append(occupations.asked(q=words[:LONGEST], limit=most))
    try:
        coded, *called = await house.analysis.batch(*asked)
    except (Unavailable, Forbidden, Malformed):
        return Known({}, [], more=False, names=False, away=True)
    found: Found = called[0] if called else {"items": [], "next": None}
    by_code = {one["code"]: occupation_of(one) for one in coded["items"]} if codes else {}
    return Known(
        by_code, [occupation_of(one) for one in found["items"]], bool(found["next"]),
        names=coded["classified"],
    )  # fmt: skip


async def posted(
    request: Request,
    house: House,
    kind: type[D],
    field: str,
    *,
    several: bool = False,
    kept: BaseModel | Mapping[str, Any] | None = None,
) -> Form[D]:
    """A form that was sent, with its field of occupations settled and then read."""
    form = await Form.received(request, kind)
    if field in form.values:
        await settle(house, form, field, several=several)
    form.take_in(kind, kept)
    return form


async def settle(house: House, form: Form[Any], field: str, *, several: bool = False) -> None:
    """Put codes in place of what was written, or say at the field why there are none."""
    typed = Typed.of(form.chosen(field))
    if typed.ticked and not several:
        typed = Typed("", [], "", typed.ticked[-1:])  # what is ticked answers the text above it
    elif len(typed.codes) > 1 and not several:
        typed = Typed(typed.text, [], typed.text, [])
    known = await _ask(house, [*typed.ticked, *typed.codes], typed.words)
    same = _called(typed.words, known.called)
    meant = same if len(same) == 1 else known.called
    taken = same if len(same) == 1 else [one for one in meant if one.code in typed.ticked]
    chosen = _chosen([*typed.ticked, *typed.codes], known.by_code, taken)
    is_open = bool(typed.words) and not taken
    codes = [one.code for one in chosen]
    form.values[field] = [*codes, typed.text] if is_open else codes or [""]
    text = typed.text if is_open else "" if several or not chosen else chosen[0].text
    left = meant if is_open else ()
    form.choices[field] = Choice(text, chosen, left, known.more, names=known.names, away=known.away)
    if wrong := _wrong(known, chosen, meant, is_open=is_open):
        form.fail(field, wrong)


def _called(words: str, found: list[Occupation]) -> list[Occupation]:
    """The occupations that have these very words for a name."""
    asked = words.casefold()
    return [one for one in found if asked in (name.casefold() for name in (one.name, *one.words))]


def _chosen(
    codes: Sequence[str], by_code: Mapping[str, Occupation], also: Sequence[Occupation] = ()
) -> list[Occupation]:
    """Occupations each once, named where the name is known."""
    found = {code: by_code.get(code, Occupation(code)) for code in codes}
    return list((found | {one.code: one for one in also}).values())


def _wrong(
    known: Known, chosen: list[Occupation], meant: list[Occupation], *, is_open: bool
) -> str:
    """The code of what is wrong; nothing where all is well, or where the draft will say it."""
    if is_open and known.away:
        return "occupations_away"
    if not known.names:
        return ""
    if is_open:
        several = "several_occupations" if meant[1:] else "one_occupation"
        return several if meant else "no_occupation"
    return "" if all(one.name for one in chosen) else "unknown_occupation"


async def shown(house: House, form: Form[Any], field: str, *, several: bool = False) -> None:
    """Name what stands in a field that is about to be shown; nothing where it is settled."""
    if field in form.choices:
        return
    codes = form.chosen(field)
    known = await _ask(house, codes, "")
    chosen = _chosen(codes, known.by_code)
    text = chosen[0].text if chosen and not several else ""
    form.choices[field] = Choice(text, chosen, names=known.names, away=known.away)


async def suggested(house: House, values: Sequence[str]) -> Choice:
    """What may be meant by what stands in a field so far; nothing is chosen by it."""
    typed = Typed.of(values)
    words = typed.words if len(typed.words) >= SHORTEST else ""
    known = await _ask(house, [*typed.ticked, *typed.codes], words)
    written = [known.by_code[code] for code in typed.codes if code in known.by_code]
    chosen = _chosen(typed.ticked, known.by_code)
    meant = [one for one in [*written, *known.called] if one.code not in typed.ticked]
    none = bool(words or typed.codes) and not (written or known.called)
    return Choice(typed.text, chosen, meant, known.more, none, known.names)


async def filtered(request: Request, house: House) -> dict[str, Any]:
    """A filter by occupation as codes; what means none is passed on, for the list to refuse."""
    typed = Typed.of(request.query_params.getlist("occupation_code")[-1:])
    if not typed.words:
        return {"occupation_code": typed.codes} if typed.codes else {}
    known = await _ask(house, [], typed.words, MOST)
    return {"occupation_code": [one.code for one in known.called] or [typed.words]}
