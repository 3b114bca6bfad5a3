"""Summing: many areas as one, by the engine rather than area by area.

A sum is unknown where any part of it is, also where an area tells nothing of what others tell of.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Any

from services.analysis.contract.indicator import Layout, Sex
from services.analysis.engine.backends import number_of
from services.analysis.engine.cubes import Axes, Cube, exact
from services.analysis.indicator.engine import Cell, Engine, Question
from services.analysis.indicator.rules import Spot
from services.analysis.source.recipes import SEX_OF

# Of so few periods an engine is as fast, and reads nothing else of the file.
FEW_PERIODS = 2
POINTS_MOST = 2**24
PARTS = ("period", "area", "occupation", "sex", "age")


@dataclass(frozen=True)
class Whole:
    """What is asked of one snapshot, of areas that are one place; as `Question`, for periods."""

    content_hash: str
    layout: str
    occupations: tuple[str, ...]
    areas: tuple[str, ...]
    periods: tuple[str, ...]
    place: str
    each: bool = False


def cells_of(
    engine: Engine,
    told: tuple[str, str],
    spots: Sequence[Spot],
    occupations: tuple[str, ...],
    periods: tuple[str, ...],
    *,
    each: bool,
) -> Iterator[Cell]:
    """The cells of areas, and of very many areas as one. `told`: the snapshot, and its layout."""
    singly = [spot for spot in spots if spot.places == spot.codes]
    if areas := tuple(sorted({code for spot in singly for code in spot.codes})):
        yield from engine.cells(Question(*told, occupations, areas, each, periods))
    for codes in {spot.codes for spot in spots if spot.places != spot.codes}:
        whole = Whole(*told, occupations, codes, periods, " ".join(codes), each)
        yield from together(engine, whole)


def together(engine: Engine, asked: Whole) -> tuple[Cell, ...]:
    """The sums over the areas, of each period, occupation, sex and age."""
    layout = Layout.model_validate_json(asked.layout)
    axes = axes_of(engine, asked, layout)
    wide = len(asked.periods) > FEW_PERIODS and layout.area is not None
    if wide and prod(len(values) for values in axes.values()) <= POINTS_MOST:
        key = ("cube", asked.content_hash, asked)
        found = engine.ask(key, lambda _: [*_of_cube(engine, asked, layout, axes)])
    else:
        found = engine.ask(("table", asked.content_hash, asked), _by_engine(engine, asked, layout))
    return tuple(found)


def axes_of(engine: Engine, asked: Whole, layout: Layout) -> Axes:
    """The columns that sums are split by, with the values that are asked for, in a set order."""
    wanted: dict[str, tuple[str, ...]] = {"period": asked.periods, "area": asked.areas}
    if asked.occupations or asked.each or layout.excluded_occupations:
        every = engine.occupations(asked.content_hash, asked.layout)
        some = every.intersection(asked.occupations) if asked.occupations else every
        left_out = () if asked.occupations or asked.each else layout.excluded_occupations
        wanted["occupation"] = tuple(sorted(some.difference(left_out, ("", "None"))))
    for part in ("sex", "age"):
        if name := getattr(layout, part):
            wanted[part] = tuple(sorted(engine.column(asked.content_hash, name)))
    return {name: values for part, values in wanted.items() if (name := getattr(layout, part))}


def _of_cube(engine: Engine, asked: Whole, layout: Layout, axes: Axes) -> Iterable[Cell]:
    import numpy as np  # noqa: PLC0415 - heavy

    cube = engine.backend.cube(asked.content_hash, axes, layout.value)
    if layout.occupation in cube.axes and not (asked.occupations or asked.each):
        cube = _without(cube, str(layout.occupation))
    at = [*cube.axes].index(layout.area or "")
    areas = (cube.told > 0).sum(axis=at)
    sums, unknown = cube.sums.sum(axis=at), cube.unknown.any(axis=at)
    names = [name for name in cube.axes if name != layout.area]
    points = np.nonzero(areas)
    values = [
        np.array(cube.axes[name], object)[one] for name, one in zip(names, points, strict=True)
    ]
    words = zip(*(one.tolist() for one in values), strict=True)
    known = (areas[points].tolist(), sums[points].tolist(), unknown[points].tolist())
    for told, count, total, lacking in zip(words, *known, strict=True):
        row = dict(zip(names, told, strict=True))
        yield _cell(asked, layout, row, None if lacking else total, count)


def _without(cube: Cube, name: str) -> Cube:
    """The cube with one of its axes summed."""
    at = [*cube.axes].index(name)
    axes = {one: values for one, values in cube.axes.items() if one != name}
    return Cube(axes, *(one.sum(axis=at) for one in (cube.sums, cube.told, cube.unknown)))


def _by_engine(engine: Engine, asked: Whole, layout: Layout) -> Any:
    every = {
        "area": engine.areas(asked.content_hash, asked.layout),
        "occupation": engine.occupations(asked.content_hash, asked.layout),
    }

    def answer(table_at: Any) -> list[Cell]:
        table = table_at(1)
        names = {part: name for part in PARTS if (name := getattr(layout, part))}
        if not (asked.occupations or asked.each):
            names.pop("occupation", None)
            if layout.excluded_occupations and layout.occupation:
                left_out = layout.excluded_occupations
                table = table.filter(~table[layout.occupation].isin(left_out))
        some = {"period": asked.periods, "area": asked.areas, "occupation": asked.occupations}
        for part, values in some.items():
            whole = every.get(part, frozenset()).issubset(values)  # many words cost time
            if part in names and values and not (part in every and whole):
                table = table.filter(table[names[part]].isin(values))
        area = names.pop("area", None)
        number = number_of(table[layout.value])
        counted = table[area].nunique() if area else table.count().sign() * len(asked.areas)
        sums = table.group_by([*names.values()]).agg(
            total=number.sum(), lacking=number.isnull().sum(), areas=counted
        )
        return [
            _cell(asked, layout, row, None if row["lacking"] else row["total"], row["areas"])
            for row in engine.read(sums)
        ]

    return answer


def _cell(asked: Whole, layout: Layout, row: dict[str, Any], total: Any, areas: int) -> Cell:
    whole = layout.unlisted_is_zero or areas == len(asked.areas)
    return Cell(
        value=None if total is None or not whole else exact(total),
        period=row[layout.period] if layout.period else str(layout.fixed_period),
        area=asked.place,
        sex=row[layout.sex] if layout.sex else None,
        age=row[layout.age] if layout.age else None,
        occupation=row.get(layout.occupation or ""),
    )


def summed(
    cells: list[Cell], layout: Layout, sex: Sex, ages: tuple[str, ...]
) -> list[Decimal | None]:
    """The parts of a sum over sexes and ages; none where nothing is told."""
    if ages:
        by_age = {cell.age for cell in cells}
        if not set(ages) <= by_age:
            return []
        cells = [cell for cell in cells if cell.age in ages]
    if layout.sex is None:
        return [cell.value for cell in cells]
    known = by_sex(cells)
    if sex.value in known:
        return known[sex.value]
    if sex is Sex.all and {"women", "men"} <= set(known):
        return [*known["women"], *known["men"]]
    return [None] if sex is Sex.all and known else []


def by_sex(cells: list[Cell]) -> dict[str, list[Decimal | None]]:
    """The values of women, men and all; those of others left out."""
    found: dict[str, list[Decimal | None]] = defaultdict(list)
    for cell in cells:
        known = SEX_OF.get((cell.sex or "").lower())
        if known is not None:
            found[known].append(cell.value)
    return found
