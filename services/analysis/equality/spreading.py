"""Spreading: the index of dissimilarity of many places and periods at once.

Half the sum, over occupations, of the distance between the part of all women and the part of all
men who are in it; with what it would be by chance alone, and twice its standard error.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from math import pi, prod
from typing import Any

from services.analysis.contract.indicator import Layout
from services.analysis.engine.cubes import Axes, Cube, exact
from services.analysis.equality.rules import TWO_SIDED, Spread
from services.analysis.indicator.engine import Engine
from services.analysis.indicator.rules import Spot
from services.analysis.indicator.summing import POINTS_MOST, Whole, axes_of
from services.analysis.source.recipes import SEX_OF

SEXES = ("women", "men")
Found = dict[tuple[str, tuple[str, ...]], Spread]


def spreads(
    engine: Engine, content_hash: str, layout: str, spots: Sequence[Spot], periods: Sequence[str]
) -> Found:
    """The spread in each period and place; those that nothing is told of are left out."""
    codes = tuple(spot.codes for spot in spots)
    areas = tuple(sorted({one for some in codes for one in some}))
    asked = Whole(content_hash, layout, (), areas, tuple(periods), "", each=True)
    known = Layout.model_validate_json(layout)
    axes = axes_of(engine, asked, known)

    def answer(_table: object) -> Found:
        return {
            (period, some): spread
            for part in _parts(axes, known.period)
            for period, some, spread in _spread(engine, asked, known, part, codes)
        }

    found: Found = engine.ask((content_hash, asked, codes), answer)
    return found


def _parts(axes: Axes, period: str | None) -> Iterator[Axes]:
    """The grid, cut by periods where it is too large."""
    if period is None:
        yield axes
        return
    others = prod(len(values) for name, values in axes.items() if name != period)
    step = max(POINTS_MOST // max(others, 1), 1)
    for at in range(0, len(axes[period]), step):
        yield {**axes, period: axes[period][at : at + step]}


def _spread(
    engine: Engine, asked: Whole, layout: Layout, axes: Axes, codes: Sequence[tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...], Spread]]:
    cube = _plain(engine.backend.cube(asked.content_hash, axes, layout.value), layout)
    every = cube.axes["period"] or (str(layout.fixed_period),)
    areas = cube.axes["area"] or asked.areas
    place = {code: at for at, code in enumerate(areas)}
    singly = [some for some in codes if len(some) == 1]
    if singly:
        yield from told_of(_by_sex(cube, [place[one] for (one,) in singly]), every, singly)
    for some in codes:
        if len(some) > 1:
            parts = _by_sex(cube, [place[one] for one in some])
            yield from told_of(_together(*parts), every, [some])


def _plain(cube: Cube, layout: Layout) -> Cube:
    """The cube by period, area, occupation and sex; an axis that is fixed has one place."""
    import numpy as np  # noqa: PLC0415 - heavy

    columns = {part: getattr(layout, part) for part in ("period", "area", "occupation", "sex")}
    names = list(cube.axes)
    arrays = [cube.sums, cube.told, cube.unknown]
    if layout.age in cube.axes:
        arrays = [one.sum(axis=names.index(str(layout.age))) for one in arrays]
    missing = tuple(at for at, name in enumerate(columns.values()) if name is None)
    axes = {part: cube.axes[name] if name else () for part, name in columns.items()}
    return Cube(axes, *(np.expand_dims(one, missing) for one in arrays))


def _by_sex(cube: Cube, at: Sequence[int]) -> tuple[Any, Any, Any]:
    """Women and men by period, place and occupation; which are known, and what is told of."""
    whose = [SEX_OF.get(word.lower()) for word in cube.axes["sex"]]
    counts, known = [], []
    for sex in SEXES:
        columns = [number for number, one in enumerate(whose) if one == sex]
        unknown = _summed(cube.unknown, columns)[:, at] > 0
        counts.append(_summed(cube.sums, columns)[:, at])
        known.append((_summed(cube.told, columns)[:, at] > 0) & ~unknown)
    sexed = [number for number, one in enumerate(whose) if one is not None]
    return counts, known, _summed(cube.told, sexed)[:, at] > 0


def _summed(counts: Any, columns: Sequence[int]) -> Any:
    """Some columns of the last axis as one: they are few, and NumPy is slow along a short axis."""
    import numpy as np  # noqa: PLC0415 - heavy

    return sum((counts[..., one] for one in columns), np.zeros(counts.shape[:-1], counts.dtype))


def _together(counts: Any, known: Any, told: Any) -> tuple[Any, Any, Any]:
    """Several places as one: unknown where any of them is."""
    sums = [one.sum(axis=1, keepdims=True) for one in counts]
    every = [one.all(axis=1, keepdims=True) for one in known]
    return sums, every, told.any(axis=1, keepdims=True)


def told_of(
    parts: tuple[Any, Any, Any], periods: Sequence[str], places: Sequence[tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...], Spread]]:
    """The spreads of the periods and places that anything is told of.

    `parts`: women and men, which of both are known, and which occupations are told of.
    """
    counts, known, told = parts
    whole = [(one | ~told).all(axis=-1).tolist() for one in known]
    women, men = counts[0] * known[0], counts[1] * known[1]
    totals = [one.sum(axis=-1) for one in (women, men)]
    number = (((women != 0) | (men != 0)) & told).sum(axis=-1).tolist()
    # Period by period: what is worked with stays at hand for the processor.
    indexes = [[one.tolist() for one in index_of(*both)] for both in zip(women, men, strict=True)]
    there = told.any(axis=-1).tolist()
    sums = [one.tolist() for one in totals]
    for (at, period), (to, place) in product(enumerate(periods), enumerate(places)):
        if there[at][to]:
            sexes = [exact(sums[one][at][to]) if whole[one][at][to] else None for one in (0, 1)]
            index = [one[to] for one in indexes[at]] if all(sexes) else []
            yield period, place, Spread(sexes[0], sexes[1], number[at][to], *index)


def index_of(women: Any, men: Any) -> tuple[Any, Any, Any]:
    """The index, what it would be by chance, and twice its standard error, over the last axis.

    By chance: were each person a woman with the same chance, the mean distance of a normal
    variable. The error: by the index's slope in each occupation's women, when a man there were a
    woman instead.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    with np.errstate(divide="ignore", invalid="ignore"):
        w, m = (one.sum(axis=-1, keepdims=True) for one in (women, men))
        every, both = women + men, w + m
        apart = women / w - men / m
        index = np.abs(apart).sum(axis=-1) / 2
        drawn = np.sqrt(np.maximum(every * (1 - every / both), 0)).sum(axis=-1)
        chance = drawn / np.sqrt(2 * pi * w * m)[..., 0]
        sign = np.where(apart > 0, 1.0, -1.0)
        tilt = (sign * (women / w**2 + men / m**2)).sum(axis=-1, keepdims=True)
        slope = (sign * (1 / w + 1 / m) - tilt) / 2
        mixed = np.divide(women * men, every, out=np.zeros_like(every), where=every != 0)
        variance = (slope**2 * mixed).sum(axis=-1)
        return index, np.minimum(chance, 1.0), TWO_SIDED * np.sqrt(variance)
