"""Import errors: each with its row, its column, what stands there and what to do about it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from gateway.clients.service import Found
from gateway.importing.cells import day, first_in, has_short_year, is_some_day, last_in
from gateway.importing.faults import field_of, held_in, holder_in, meant_in, other_row, row_of
from gateway.importing.headings import TARGETS
from gateway.importing.periods import counted_day, is_beside, is_span, latest_short
from gateway.importing.values import DAYS, assumed_day, is_unknown
from gateway.importing.words import CODED
from gateway.swedish import day as swedish_day
from gateway.swedish import days as swedish_days
from gateway.swedish.codes import label as label_of
from gateway.swedish.problems import sentence, with_label
from services.actors.contract.actor import GONE
from services.actors.contract.importing import ImportNoun

Cells = Mapping[str, str]
_LIMIT = re.compile(r"(?:to|than|least|most) (-?\d+)\b")
PERIOD = ("valid_from", "valid_to")
# What is to be done about a cell where a form says something else.
_IN_FILES = {
    ("valid_from", "missing"): "undated",
    ("status", "leave_by_withdrawal"): "left_in_file",
}


def wrong_in(
    upload: Found, holders: Mapping[str, str], most: int | None = None
) -> list[dict[str, Any]]:
    """Each error, by the row that it is best told at."""
    result = upload["result"]
    labels = {one.field: one.label for one in TARGETS[ImportNoun(upload["noun"])]}
    twins = {one["row"]: one["other_row"] for one in result.get("alike_rows", ())}
    found = []
    for error in result.get("errors", ())[:most]:
        row, other = _rows_of(upload, error)
        cells = cells_of(result, row)
        field = field_of(error["field"], cells)
        text = (
            _clash(upload, row, other)
            or _held(upload, cells, holders.get(holder_in(error)), held_in(error))
            or _named(error, result, twins.get(row))
            or _sentence(upload, error, field, cells, labels.get(field))
        )
        shown = {"row": place_of(result, row), "column": labels.get(field, "")}
        found.append(shown | {"value": cells.get(field, ""), "text": text})
    return found


def _rows_of(upload: Found, error: Cells) -> tuple[int, int | None]:
    """The row and the other one that it clashes with: first the one without a day of its own."""
    row, other = row_of(error["field"]), other_row(error)
    if other is None:
        return row, None
    chosen = [_is_chosen(upload, cells_of(upload["result"], one)) for one in (row, other)]
    return (other, row) if chosen == [False, True] else (row, other)


def _said(cells: Cells, name: str) -> str:
    """What a row says in a column, where it says anything."""
    cell = cells.get(name, "")
    return "" if is_unknown(name, cell) else cell


def _is_chosen(upload: Found, cells: Cells) -> bool:
    """Whether a row says no first day, so that the chosen one is its."""
    return bool(_chosen(upload)) and not _said(cells, "valid_from")


def _chosen(upload: Found) -> str:
    return str(upload["choices"]["constant"].get("valid_from", ""))


def _assumed(upload: Found, name: str, cells: Cells) -> str:
    choices = upload["choices"]
    own = bool(choices.get("own_years"))
    return assumed_day(name, _said(cells, name), choices["constant"], own_years=own)


def _start(upload: Found, row: int) -> str:
    """The first day that a row becomes."""
    cells = cells_of(upload["result"], row)
    said = day(_said(cells, "valid_from"))
    return _assumed(upload, "valid_from", cells) or said or _chosen(upload)


def _of_days(upload: Found, cells: Cells) -> str:
    """Which days of a row the file does not say, and where they come from."""
    counted = [cells[name] for name in PERIOD if _assumed(upload, name, cells)]
    if counted:
        days = "Dagen är antagen" if len(counted) == 1 else "Dagarna är antagna"
        words = " och ".join(f"”{cell}”" for cell in counted)
        return f"{_of_start(upload, cells)} {days}: filen säger bara {words}. Skriv dagen i filen."
    return _of_start(upload, cells)


def _of_start(upload: Found, cells: Cells) -> str:
    """That a row's first day was chosen for it."""
    if not _is_chosen(upload, cells):
        return ""
    return f" Raden säger ingen första dag: {swedish_day(_chosen(upload))} valdes för den."


def _clash(upload: Found, row: int, other: int | None) -> str:
    """What to do about two rows that give one post to two at once."""
    if other is None:
        return ""
    result = upload["result"]
    said = f"Rad {place_of(result, other)} i filen säger samma befattning då."
    if chosen := _of_start(upload, cells_of(result, row)):
        return f"{said}{chosen} Skriv ”Fr.o.m.” för den i filen, eller olika titlar."
    first, second = sorted((row, other), key=lambda one: _start(upload, one))
    return f"{said} {_change(upload, first, second) or _together(result, first)}"


def _change(upload: Found, first: int, second: int) -> str:
    """Where one may follow the other, but the file does not say which day: which cells say so."""
    result = upload["result"]
    ends, begins = cells_of(result, first), cells_of(result, second)
    last, start = _said(ends, "valid_to"), _said(begins, "valid_from")
    counted = _assumed(upload, "valid_to", ends) or _assumed(upload, "valid_from", begins)
    earliest, latest = first_in(last) or day(last), last_in(start) or day(start)
    if not (counted and last and earliest <= latest):
        return ""
    return (
        f"”T.o.m.” på rad {place_of(result, first)} är ”{last}” och ”Fr.o.m.” på rad "
        f"{place_of(result, second)} är ”{start}”: skriv i filen vilka dagar bytet skedde."
    )


def _together(result: Found, first: int) -> str:
    """What else may be meant: a post has one holder at a time."""
    ended = _said(cells_of(result, first), "valid_to")
    end = "" if ended else f"”T.o.m.” på rad {place_of(result, first)} om den har slutat, eller "
    return (
        "En befattning har en innehavare i taget. "
        f"Skriv {end}olika titlar om båda har den samtidigt."
    )


def _held(
    upload: Found, cells: Cells, name: str | None, held: tuple[str | None, str | None]
) -> str:
    """What to do where somebody in the register holds the post, and when that one has it."""
    if not name:
        return ""
    when = f", {swedish_days(*held)}" if held[0] else ""
    said = f"{name} har redan befattningen då{when}.{_of_days(upload, cells)}"
    return f"{said} Avsluta det innehavet i registret, eller skriv en annan titel."


def _named(error: Cells, result: Found, twin: int | None) -> str:
    """What an error says where it names another row or actors."""
    if meant := meant_in(error):
        same = max(Counter(meant.split(", ")).values()) > 1
        do = (
            "Ange organisationsnumret, eller slå ihop dem om de är samma."
            if same
            else "Skriv hela namnet som det står i registret, eller organisationsnumret."
        )
        return f"Flera aktörer kan menas: {meant}. {do}"
    if twin is not None and "stands in row" in error["message"]:
        return f"Samma organisationsnummer står på rad {place_of(result, twin)}."
    return ""


def _sentence(upload: Found, error: Cells, field: str, cells: Cells, label: str | None) -> str:
    code, limit = error["code"], limit_in(error["message"])
    cell = cells.get(field, "")
    if code == "string_too_short" and not cell:
        code = "missing"
    code = _IN_FILES.get((field, code), code)
    if field in DAYS and code.startswith("date_"):
        code = next(_of_day(upload, field, cell), code)
        limit = str(latest_short() if code == "short_year" else counted_day(cell) or limit)
    text = with_label(sentence(code, field, limit=limit), label or None)
    if field in PERIOD and code == "empty_period":
        text += _of_days(upload, cells)
    if code == "enum" and field in CODED:
        codes = [label_of(one) for one in CODED[field] if one not in GONE]
        text = f"{text.removesuffix('.')}: {', '.join(codes)}."
    return text


def _of_day(upload: Found, field: str, cell: str) -> Iterator[str]:
    """What stands in a cell in place of a day."""
    if has_short_year(cell):
        yield "short_year"
    if counted_day(cell):
        yield "counted_day"
    if is_span(cell):
        yield "span"
    if is_beside(cell):
        yield "beside"
    if is_some_day(cell):
        yield "other_year" if field == "valid_from" and _chosen(upload) else "some_day"


def limit_in(message: str) -> str:
    """The limit that an error's words end with: ... should be less than or equal to 100."""
    found = _LIMIT.search(message)
    return found[1] if found else ""


def cells_of(result: Found, row: int) -> dict[str, str]:
    """What stands in a row's columns."""
    found: dict[str, str] = result.get("cells", {}).get(str(row), {})
    return found


def place_of(result: Found, row: int) -> str:
    """The row's number in the file."""
    return str(result.get("numbers", {}).get(str(row), ""))
