"""Rules about quarantine: which columns hold codes, and what is wrong with a value."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from services.analysis.contract.classification import CodeSystem
from services.analysis.contract.indicator import Layout
from services.analysis.contract.quarantine import QuarantineReason
from services.analysis.indicator.rules import NATION
from services.analysis.record.rules import codes_in
from services.analysis.source.recipes import Telling

DIGITS = {
    CodeSystem.ssyk2012: (3, 4),
    CodeSystem.ssyk2012_scb: (3, 4),
    CodeSystem.municipality: (4,),
    CodeSystem.county: (2,),
}
NUMBER = re.compile(r"[0-9]+")


class Coded(NamedTuple):
    """A column that holds codes of a classification; of so many digits, where it says."""

    column: str
    system: CodeSystem
    digits: int | None = None


def coded_columns(layouts: Iterable[Layout], telling: Telling | None) -> list[Coded]:
    """The columns of a source that hold codes, each once."""
    found = []
    for layout in layouts:
        if layout.occupation:
            system, digits = layout.occupation_system, layout.occupation_digits
            found.append(Coded(layout.occupation, system, digits))
        if layout.area:
            found.append(Coded(layout.area, CodeSystem.municipality))
    if telling and not telling.by_name:
        names = [telling.occupation, *([telling.leads_to] if telling.leads_to else [])]
        found += [Coded(name, telling.system) for name in names]
    return list(dict.fromkeys(found))


def wrong_with(
    cell: str | None, coded: Coded, known: Collection[str], matched: Collection[str] | None
) -> QuarantineReason | None:
    """What is wrong with a value; None: nothing. `matched` are the codes that a key leads from."""
    if not cell:
        return QuarantineReason.missing
    codes = codes_in(cell)
    if coded.system in DIGITS and not all(map(NUMBER.fullmatch, codes)):
        return QuarantineReason.not_a_code
    if not set(codes) <= set(known) | {NATION}:
        return QuarantineReason.unknown_code
    if matched is not None and not set(codes) <= set(matched):
        return QuarantineReason.no_counterpart
    return None


def in_quarantine(
    cells: Iterable[tuple[str | None, int]],
    coded: Coded,
    known: Collection[str],
    matched: Collection[str] | None,
) -> Iterator[dict[str, Any]]:
    """The values of a column that are joined with nothing, with how many rows have each."""
    for cell, rows in cells:
        if reason := wrong_with(cell, coded, known, matched):
            told = {"column": coded.column, "system": coded.system, "code": cell or None}
            yield told | {"rows": rows, "reason": reason}
