"""Cubes: a snapshot's numbers summed onto a grid, which NumPy counts with.

Where the file's numbers are whole, it is read in one pass: Parquet's own dictionaries say where on
the grid a row belongs, and no text is compared. Otherwise, and on engines that are servers, the
engine sums. Sums are exact to 2**53, and where they are no whole numbers to six decimals.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

Axes = Mapping[str, tuple[str, ...]]
ROW_GROUPS, READERS = 8, 2


@dataclass(frozen=True)
class Cube:
    """On each point of the grid: the sum of what is known, and whether rows tell of it or do not.

    `axes` are columns with their values, in the order of the arrays' axes.
    """

    axes: Axes
    sums: Any
    told: Any
    unknown: Any


def exact(value: float) -> Decimal:
    """A sum as a number that is written out."""
    return Decimal(int(value)) if value == int(value) else Decimal(f"{value:.6f}").normalize()


def cube_of_rows(rows: list[dict[str, Any]], axes: Axes) -> Cube:
    """What an engine has summed: `sum`, `rows` and `unknown` by the columns of the axes."""
    cube = _empty(axes)
    places = [{value: at for at, value in enumerate(values)} for values in axes.values()]
    for row in rows:
        at = tuple(place[row[name]] for name, place in zip(axes, places, strict=True))
        cube.sums[at] = float(row["sum"] or 0)
        cube.told[at], cube.unknown[at] = row["rows"], row["unknown"]
    return cube


def cube_of_file(path: Path, axes: Axes, value: str) -> Cube:
    """The file in one pass, some row groups at a time, by as many threads as DuckDB has.

    The grid lies as the file is sorted, so that rows that stand together are counted together.
    """
    from pyarrow import parquet  # noqa: PLC0415 - heavy

    with parquet.ParquetFile(path) as file:
        names = [name for name in file.schema_arrow.names if name in axes]
        groups = together(file.num_row_groups)
    inner = {name: axes[name] for name in names}
    cube = _empty(inner)
    with ThreadPoolExecutor(READERS) as readers:
        for found in readers.map(lambda some: _counted(path, some, inner, value), groups):
            for kind, first, counts in found:
                getattr(cube, kind).reshape(-1)[first : first + len(counts)] += counts
    order = [names.index(name) for name in axes]
    return Cube(axes, *(one.transpose(order) for one in (cube.sums, cube.told, cube.unknown)))


def together(count: int) -> list[range]:
    """The row groups that are read together."""
    return [range(at, min(at + ROW_GROUPS, count)) for at in range(0, count, ROW_GROUPS)]


def _empty(axes: Axes) -> Cube:
    import numpy as np  # noqa: PLC0415 - heavy

    shape = tuple(len(values) for values in axes.values())
    counts = [np.zeros(shape, np.int32) for _ in range(2)]
    return Cube(axes, np.zeros(shape), *counts)


def _counted(path: Path, groups: range, axes: Axes, value: str) -> list[tuple[str, int, Any]]:
    """`sums`, `told` and `unknown` of some row groups, each from a first point on.

    Rows are counted where they were read, while the processor has them at hand.
    """
    from pyarrow import parquet  # noqa: PLC0415 - heavy

    counts: list[tuple[str, int, Any]] = []
    with parquet.ParquetFile(path, read_dictionary=list(axes)) as file:
        for group in groups:
            table = file.read_row_group(group, columns=[*axes, value], use_threads=False)
            for part in table.to_batches():
                counts += _of_part(part, axes, part.column(value))
    return counts


def _of_part(part: Any, axes: Axes, column: Any) -> Iterator[tuple[str, int, Any]]:
    import numpy as np  # noqa: PLC0415 - heavy

    points, kept = _points(part, axes)
    numbers = (column.fill_null(0) if column.null_count else column).to_numpy(zero_copy_only=False)
    empty = column.is_null().to_numpy(zero_copy_only=False) if column.null_count else None
    if kept is not None:
        points, numbers = points[kept], numbers[kept]
        empty = None if empty is None else empty[kept]
    if not len(points):
        return
    first = int(points.min())
    points -= first
    yield "sums", first, np.bincount(points, weights=numbers)
    yield "told", first, np.bincount(points)
    if empty is not None:
        yield "unknown", first, np.bincount(points[empty])


def _points(part: Any, axes: Axes) -> tuple[Any, Any]:
    """Where on the grid each row belongs, and which do; None: all of them."""
    import numpy as np  # noqa: PLC0415 - heavy

    points: Any = None
    kept: Any = None
    for name, step in _steps(axes).items():
        column = part.column(name)
        place = {value: at * step for at, value in enumerate(axes[name])}
        words = column.dictionary.to_pylist()
        known = np.array([place.get(word, -1) for word in [*words, None]], np.intp)
        indices = column.indices.fill_null(len(words)) if column.null_count else column.indices
        here = known.take(indices.to_numpy(zero_copy_only=False))
        if (known[: len(words)] < 0).any() or column.null_count:
            kept = here >= 0 if kept is None else kept & (here >= 0)
        points = here if points is None else np.add(points, here, out=points)
    return points, kept


def _steps(axes: Axes) -> dict[str, int]:
    """How far apart on the grid two values of an axis lie that follow on each other."""
    steps: dict[str, int] = {}
    step = 1
    for name in reversed(list(axes)):
        steps[name] = step
        step *= len(axes[name])
    return steps
