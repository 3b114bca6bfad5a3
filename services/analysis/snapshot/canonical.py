"""The canonical form: a file's rows as they are kept, the same for the same content.

A file that a recipe knows gets the recipe's columns in its order, its rows sorted, its numbers as
numbers and what is unknown as null; any other file keeps its columns and rows as text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from services.analysis.snapshot.rules import Sheet, unreadable
from services.analysis.source.recipes import ABOUT, PATTERNS, SEX_OF, Column, Holds, Recipe

Value = str | int | None
ROWS_MOST = 5_000_000
NEEDS = {
    Holds.occupation: "four digits (a spreadsheet may have dropped a leading zero)",
    Holds.occupation_group: "three digits (a spreadsheet may have dropped a leading zero)",
    Holds.municipality: "four digits (a spreadsheet may have dropped a leading zero)",
    Holds.county: "two digits (a spreadsheet may have dropped a leading zero)",
    Holds.nation_or_county: "two digits (a spreadsheet may have dropped a leading zero)",
    Holds.year: "a year such as 2024",
    Holds.month: "a month such as 2024M03",
    Holds.age: "an age or a group such as 25-29",
    Holds.day: "a day such as 2026-01-25",
    Holds.round: "a year and a number such as 2026-1",
    Holds.amount: "a whole number, or .. where it is unknown",
}


@dataclass(frozen=True)
class Canonical:
    """Rows as they are kept."""

    names: tuple[str, ...]
    numbers: frozenset[str]
    rows: tuple[tuple[Value, ...], ...]
    places: tuple[int, ...] = ()
    first_period: str | None = None
    last_period: str | None = None


def canonical(sheet: Sheet, recipe: Recipe | None) -> Canonical:
    """A file's rows as they are kept. Rejected with row and column where they cannot be."""
    if len(sheet.rows) > ROWS_MOST:
        raise unreadable(f"at most {ROWS_MOST} rows")
    if recipe is None:
        places, rows = zip(*sheet.rows, strict=True)
        return Canonical(sheet.names, frozenset(), rows, places)
    _demand_columns(sheet, recipe)
    kept = _sorted(recipe, list(_read(sheet, recipe)))
    periods = _periods(recipe, kept)
    names = tuple(column.name for column in recipe.columns)
    first, last = min(periods, default=None), max(periods, default=None)
    return Canonical(names, frozenset(recipe.numbers), kept, (), first, last)


def _demand_columns(sheet: Sheet, recipe: Recipe) -> None:
    shape = recipe.shape(sheet.names)
    missing = [column.name for column in recipe.columns if column.name not in shape]
    if missing:
        known = ", ".join(sheet.names)
        raise unreadable(f"{recipe.key} needs this column; there are {known}", column=missing[0])


def _read(sheet: Sheet, recipe: Recipe) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Each row in the recipe's columns; a row for each year where years are columns."""
    years = recipe.year_columns(sheet.names)
    place = {name: at for at, name in enumerate(sheet.names)}
    for number, cells in sheet.rows:
        found = {name: cells[at] for name, at in place.items() if name not in years}
        if not years:
            yield number, _row(number, found, recipe)
        for name, year in years.items():
            told = found | {"year": year, recipe.counted: cells[place[name]]}
            yield number, _row(number, told, recipe)


def _row(number: int, found: dict[str, str], recipe: Recipe) -> tuple[Value, ...]:
    row = tuple(_value(number, column, found[column.name], recipe) for column in recipe.columns)
    for name, word, before in recipe.not_collected:
        when = recipe.dated
        if when and found[name] == word and int(found[when.name][:4]) < before:
            return tuple(
                None if column.name == recipe.counted else value
                for column, value in zip(recipe.columns, row, strict=True)
            )
    return row


def _value(number: int, column: Column, cell: str, recipe: Recipe) -> Value:
    """A cell as it is kept."""
    if column.holds in {Holds.words, Holds.term}:
        return cell or None
    if column.holds is Holds.sex:
        if cell.lower() not in SEX_OF:
            raise unreadable(f"{cell!r} is no sex", row=number, column=column.name)
        return SEX_OF[cell.lower()]
    if column.holds is Holds.amount and cell in recipe.unknown:
        return None
    if not (cell.isascii() and PATTERNS[column.holds].fullmatch(cell)):
        text = f"{cell[:40]!r} is not {NEEDS[column.holds]}"
        raise unreadable(text, row=number, column=column.name)
    if column.holds is Holds.month:
        return cell.replace("M", "-")
    return int(cell) if column.holds is Holds.amount else cell


def _sorted(
    recipe: Recipe, rows: list[tuple[int, tuple[Value, ...]]]
) -> tuple[tuple[Value, ...], ...]:
    """The rows in order; two about the same thing would be counted twice, and are refused."""
    if recipe.repeats:
        return tuple(row for _, row in sorted(rows, key=lambda one: str(one[1])))
    about = [at for at, column in enumerate(recipe.columns) if column.holds in ABOUT]
    by_key: dict[tuple[Value, ...], tuple[int, tuple[Value, ...]]] = {}
    for number, row in rows:
        key = tuple(row[at] for at in about)
        if key in by_key:
            raise unreadable(f"it is about the same as row {by_key[key][0]}", row=number)
        by_key[key] = (number, row)
    return tuple(by_key[key][1] for key in sorted(by_key, key=str))


def _periods(recipe: Recipe, rows: tuple[tuple[Value, ...], ...]) -> set[str]:
    if recipe.dated is None:
        return set()
    at = recipe.columns.index(recipe.dated)
    return {str(row[at]) for row in rows}
