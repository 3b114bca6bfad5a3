"""Cubes: a snapshot's numbers summed onto a grid, which NumPy counts with.

Where the file's numbers are whole, it is read in one pass: Parquet's own dictionaries say where on
the grid a row belongs, and no text is compared. Otherwise, and on engines that are servers, the
engine sums. Sums are exact to 2**53, and where they are no whole numbers to six decimals.
"""

from collections.abc import Mapping
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
            for whole, part in zip((cube.sums, cube.told, cube.unknown), found, strict=True):
                if part is not None:
                    first, counts = part
                    whole.reshape(-1)[first : first + len(counts)] += counts
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


def _counted(path: Path, groups: range, axes: Axes, value: str) -> tuple[Any, Any, Any]:
    """Sums, rows and unknown rows of some row groups: each from a first point on; None: none."""
    import numpy as np  # noqa: PLC0415 - heavy
    from pyarrow import parquet  # noqa: PLC0415

    points, numbers, nothings = [], [], []
    with parquet.ParquetFile(path, read_dictionary=list(axes)) as file:
        for group in groups:
            table = file.read_row_group(group, columns=[*axes, value], use_threads=False)
            for part in table.to_batches():
                at, kept = _points(part, axes)
                column = part.column(value)
                points.append(at if kept is None else at[kept])
                found = column.fill_null(0).to_numpy(zero_copy_only=False)
                numbers.append(found if kept is None else found[kept])
                if column.null_count:
                    empty = column.is_null().to_numpy(zero_copy_only=False)
                    nothings.append(at[empty] if kept is None else at[empty & kept])
    return (
        _sums(np.concatenate(points), np.concatenate(numbers)),
        _sums(np.concatenate(points)),
        _sums(np.concatenate(nothings)) if nothings else None,
    )


def _points(part: Any, axes: Axes) -> tuple[Any, Any]:
    """Where on the grid each row belongs, and which do; None: all of them."""
    import numpy as np  # noqa: PLC0415 - heavy

    points: Any = None
    kept: Any = None
    for name, values in axes.items():
        column = part.column(name)
        place = {value: at for at, value in enumerate(values)}
        words = column.dictionary.to_pylist()
        known = np.array([place.get(word, -1) for word in [*words, None]], np.int32)
        here = known[column.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)]
        if (known[: len(words)] < 0).any() or column.null_count:
            kept = here >= 0 if kept is None else kept & (here >= 0)
        points = here if points is None else points * np.int32(len(values)) + here
    return points, kept


def _sums(points: Any, numbers: Any = None) -> Any:
    import numpy as np  # noqa: PLC0415 - heavy

    if not len(points):
        return None
    first = int(points.min())
    return first, np.bincount(points - first, weights=numbers)
