"""Small counts are hidden, and cannot be worked out from what stands beside them."""

from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.analysis.indicator.hiding import ALL, Key, _lines, hidden_cells, with_totals
from tests.analysis.importing import csv_bytes, handed_in
from tests.analysis.test_figures import figures
from tests.callers import Signed

BELOW = 5
AREAS, OCCUPATIONS, SEXES = ("1472", "1497", "0180"), ("7521", "7522", "7523"), ("women", "men")
KEYS: list[Key] = [(a, o, s, ALL) for a, o, s in product(AREAS, OCCUPATIONS, SEXES)]


def solved(values: dict[Key, Decimal | None], hidden: frozenset[Key]) -> set[Key]:
    """The hidden cells that exact sums over all lines give away: what an attacker finds."""
    rows = []
    for total, by in _lines(values).items():
        for parts in by.values():
            row = {key: Fraction(1) for key in parts if key in hidden}
            rows.append(row | ({total: Fraction(-1)} if total in hidden else {}))
    basis = reduced(rows)
    return {key for key in hidden if not left_of({key: Fraction(1)}, basis)}


def reduced(rows: list[dict[Key, Fraction]]) -> list[tuple[Key, dict[Key, Fraction]]]:
    """Rows that say the same, none of them following from those before it."""
    basis: list[tuple[Key, dict[Key, Fraction]]] = []
    for row in rows:
        if left := left_of(row, basis):
            first = min(left)
            basis.append((first, {key: value / left[first] for key, value in left.items()}))
    return basis


def left_of(
    row: dict[Key, Fraction], basis: list[tuple[Key, dict[Key, Fraction]]]
) -> dict[Key, Fraction]:
    """What of a row does not follow from others."""
    for first, other in basis:
        if times := row.get(first):
            keys = {*row, *other}
            row = {key: row.get(key, Fraction(0)) - times * other.get(key, 0) for key in keys}
    return {key: value for key, value in row.items() if value}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=len(KEYS), max_size=len(KEYS)))
def test_no_hidden_cell_is_worked_out_by_any_sums(counts: list[int]) -> None:
    told = [(key, Decimal(count)) for key, count in zip(KEYS, counts, strict=True)]
    values, hidden = with_totals(told), hidden_cells(told, BELOW)
    assert {key for key, value in values.items() if value and value < BELOW} <= hidden
    assert solved(values, hidden) == set()


def test_nothing_small_hides_nothing_and_one_small_hides_its_neighbours() -> None:
    large = [(key, Decimal(50)) for key in KEYS]
    assert hidden_cells(large, BELOW) == frozenset()
    small = KEYS[0]
    hidden = hidden_cells([(small, Decimal(2)), *large[1:]], BELOW)
    assert small in hidden
    assert len(hidden) > 3  # its row, its column, and where the two meet
    assert ("00", ALL, ALL, ALL) not in hidden
    left = with_totals(large).keys() - hidden
    assert len(left) > len(hidden) / 2  # it does not hide everything
    without = hidden - {max(hidden - {small})}
    assert solved(with_totals(large), without)  # the attack of this test finds a real hole


NAMES = ("kommun", "yrke", "kön", "antal")
OWN = {"key": "egen", "name": "Egen räkning", "kind": "csv", "publisher": "Exempelkommun",
       "area_level": "municipality"}  # fmt: skip
COUNTS = [
    ("1472", "7522", "Kvinnor", 2), ("1472", "7522", "Män", 40),
    ("1472", "7521", "Kvinnor", 30), ("1472", "7521", "Män", 50),
    ("1497", "7522", "Kvinnor", 20), ("1497", "7522", "Män", 60),
    ("1497", "7521", "Kvinnor", 35), ("1497", "7521", "Män", 70),
]  # fmt: skip
LAYOUT = {"value": "antal", "fixed_period": "2026", "area": "kommun", "sex": "kön",
          "occupation": "yrke"}  # fmt: skip


async def _counted(analysis: Signed, tmp_path: Path, **more: Any) -> Any:
    source = await analysis.made("/sources", OWN | more)
    draft = {"key": "praktik", "name": "Praktikanter", "meaning": "Räknade", "unit": "persons",
             "source_id": source["id"], "area_level": "municipality", "layout": LAYOUT}  # fmt: skip
    await analysis.made("/indicators", draft)
    return await handed_in(analysis, tmp_path, csv_bytes(NAMES, COUNTS), key="egen")


async def test_few_people_of_ones_own_source_are_not_told(analysis: Signed, tmp_path: Path) -> None:
    said = await _counted(analysis, tmp_path)
    asked = "indicator=praktik&sex=women&sex=men&sex=all"
    found = await figures(analysis, f"{asked}&area_code=1472&occupation_code=7522")
    told = {one["sex"]: (one["value"], one["suppressed"]) for one in found}
    assert told["women"] == (None, True)
    assert (None, True) in (told["men"], told["all"])
    (whole,) = await figures(analysis, "indicator=praktik&area_code=1472")
    assert (whole["value"], whole["suppressed"]) == ("122", False)
    both = f"{asked}&area_code=1472&area_code=1497&together=true&occupation_code=7522"
    assert {one["sex"]: one["value"] for one in await figures(analysis, both)}["women"] is None
    (share,) = await figures(
        analysis, "indicator=praktik&area_code=1472&occupation_code=7522&sex=women"
    )
    assert share["counted_as"] is None
    shares = await analysis.get("/occupation-shares?indicator=praktik&area_code=1472")
    row = {one["occupation_code"]: one for one in shares.json()["items"]}["7522"]
    assert (row["women"], row["women_share"], row["suppressed"]) == (None, None, True)
    # The index is one more equation of what is hidden, and rows hold all of it.
    index = await analysis.get("/segregation?indicator=praktik&area_code=1472")
    (told_of_all,) = index.json()["items"]
    names = ("value", "women", "men", "margin", "suppressed")
    assert [told_of_all[name] for name in names] == [None, None, None, None, True]
    rows = (await analysis.get(f"/snapshots/{said.snapshot['id']}/rows")).json()
    assert (rows["withheld"], rows["items"], rows["next"]) == (True, [], None)
    again = await handed_in(analysis, tmp_path, csv_bytes(NAMES, COUNTS[:-1]), key="egen")
    assert again.new
    answer = await analysis.get(f"/snapshots/{again.snapshot['id']}/difference")
    assert (answer.json()["withheld"], answer.json()["items"]) == (True, [])
    assert said.snapshot["id"] != again.snapshot["id"]


async def test_what_its_publisher_has_opened_is_shown(analysis: Signed, tmp_path: Path) -> None:
    said = await _counted(analysis, tmp_path, licence="CC0 1.0")
    asked = "indicator=praktik&sex=women&area_code=1472&occupation_code=7522"
    (one,) = await figures(analysis, asked)
    assert (one["value"], one["suppressed"]) == ("2", False)
    rows = (await analysis.get(f"/snapshots/{said.snapshot['id']}/rows")).json()
    assert (rows["withheld"], len(rows["items"])) == (False, len(COUNTS))


@pytest.mark.parametrize("below", [0, 1])
def test_a_limit_of_none_hides_nothing(below: int) -> None:
    assert hidden_cells([(KEYS[0], Decimal(1))], below) == frozenset()
