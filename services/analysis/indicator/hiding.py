"""Hiding: which figures would tell of few people, also by what others beside them add up to.

A cell is about an area, an occupation, a sex and an age; one that is about all of them is a total.
Small cells are hidden, and then as few more as it takes for no hidden one to be worked out from
totals (complementary suppression).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import product

from services.analysis.indicator.rules import MUNICIPALITY_DIGITS, NATION

ALL = "*"
# More cells that hang together than these are not solved, only looked at line by line.
SOLVED_MOST = 1200

Key = tuple[str, str, str, str]
Values = dict[Key, Decimal | None]
# A line: a total and what it is the sum of.
Lines = dict[Key, dict[int, list[Key]]]


def coarser(area: str) -> str | None:
    """The area that this one is counted to: municipality, county, nation."""
    if area == NATION:
        return None
    return area[:2] if len(area) == MUNICIPALITY_DIGITS else NATION


def hidden_cells(told: Iterable[tuple[Key, Decimal | None]], below: int) -> frozenset[Key]:
    """The cells that are not to be shown, of those told and every total of them."""
    values = with_totals(told)
    lines = [[total, *parts] for total, by in _lines(values).items() for parts in by.values()]
    hidden = {key for key, value in values.items() if value is not None and 0 < value < below}
    of_cell: dict[Key, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        for key in line:
            of_cell[key].append(at)
    waiting = {at for key in hidden for at in of_cell[key]}
    while waiting or (waiting := _known(lines, of_cell, hidden, values)):
        at = min(waiting)
        waiting.discard(at)
        more = _further(lines[at], hidden, values, below)
        if more is not None:
            hidden.add(more)
            waiting |= {*of_cell[more], at}
    return frozenset(hidden)


def with_totals(told: Iterable[tuple[Key, Decimal | None]]) -> Values:
    """The cells and every total of them; a total that was told itself counts as told."""
    cells = dict(told)
    values: Values = {}
    for (area, *rest), value in cells.items():
        areas = [area]
        while (above := coarser(areas[-1])) is not None:
            areas.append(above)
        wider = [dict.fromkeys(areas), *({one: None, ALL: None} for one in rest)]
        for a, occupation, sex, age in product(*wider):
            key = (a, occupation, sex, age)
            known = values.get(key, Decimal(0))
            values[key] = None if known is None or value is None else known + value
    return values | cells


def _lines(values: Mapping[Key, object]) -> Lines:
    lines: Lines = defaultdict(lambda: defaultdict(list))
    for key in values:
        area, occupation, sex, age = key
        if (above := coarser(area)) is not None:
            lines[above, occupation, sex, age][0].append(key)
        for at in (1, 2, 3):
            if key[at] != ALL:
                total = (*key[:at], ALL, *key[at + 1 :])
                lines[total[0], total[1], total[2], total[3]][at].append(key)
    return lines


def _further(line: list[Key], hidden: set[Key], values: Values, below: int) -> Key | None:
    """One more cell of a line to hide, where the line gives a hidden one away."""
    total, *parts = line
    unseen = [key for key in line if key in hidden or values.get(key) is None]
    small = [values[key] for key in parts if key in hidden]
    few = total not in hidden and bool(small) and sum(v or Decimal(0) for v in small) < below
    if not any(key in hidden for key in unseen) or not (len(unseen) == 1 or few):
        return None
    return _smallest(line, hidden, values)


def _smallest(line: list[Key], hidden: set[Key], values: Values) -> Key | None:
    """The smallest part that is seen; else the total."""
    total, *parts = line
    seen = [(value, key) for key in parts if key not in hidden and (value := values[key])]
    if seen:
        return min(seen)[1]
    return total if total not in hidden and values[total] is not None else None


def _known(
    lines: list[list[Key]], of_cell: Mapping[Key, list[int]], hidden: set[Key], values: Values
) -> set[int]:
    """Hides one more beside a cell that several lines together give away; which lines to look at.

    Lines are equations, hidden cells their unknowns: one that every solution agrees on is known.
    """
    unknown = hidden | {key for key, value in values.items() if value is None}
    for part in _parts(lines, of_cell, unknown):
        if len(part) > SOLVED_MOST:
            continue
        for key in _determined(part, lines, of_cell, unknown):
            for at in of_cell[key]:
                if key in hidden and (more := _smallest(lines[at], hidden, values)) is not None:
                    hidden.add(more)
                    return {*of_cell[more], at}
    return set()


def _parts(
    lines: list[list[Key]], of_cell: Mapping[Key, list[int]], unknown: set[Key]
) -> Iterable[list[Key]]:
    """The unknown cells that hang together by lines."""
    left = set(unknown)
    while left:
        part, ahead = [], [min(left)]
        left.discard(ahead[0])
        while ahead:
            key = ahead.pop()
            part.append(key)
            near = {other for at in of_cell[key] for other in lines[at]} & left
            left -= near
            ahead.extend(near)
        yield sorted(part)


def _determined(
    part: list[Key], lines: list[list[Key]], of_cell: Mapping[Key, list[int]], unknown: set[Key]
) -> list[Key]:
    """Those that have the same value in every solution of the lines."""
    import numpy as np  # noqa: PLC0415 - heavy

    place = {key: at for at, key in enumerate(part)}
    equations = sorted({at for key in part for at in of_cell[key]})
    if not equations:
        return []
    matrix = np.zeros((len(equations), len(part)))
    for row, at in enumerate(equations):
        for number, key in enumerate(lines[at]):
            if key in unknown:
                matrix[row, place[key]] = -1.0 if number == 0 else 1.0
    _, sizes, directions = np.linalg.svd(matrix, full_matrices=True)
    rank = int((sizes > 1e-9).sum())  # noqa: PLR2004 - rounding
    free = np.abs(directions[rank:]).max(axis=0, initial=0.0)
    return [key for key in part if free[place[key]] < 1e-7]  # noqa: PLR2004 - rounding
