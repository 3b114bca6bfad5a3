"""The engine's part in differences: two snapshots are joined by what their rows are about.

Blocks; asked from a thread.
"""

from dataclasses import dataclass
from typing import Any

from services.analysis.difference.rules import Split
from services.analysis.engine.backends import NUMBER, WHOLE, numeral
from services.analysis.indicator.engine import Engine

MOST = 100
NOTHING = ""
SIDES = ("before", "after")


@dataclass(frozen=True)
class Compared:
    """How many rows are what, the totals, and the largest changes."""

    counts: dict[str, int]
    totals: tuple[int | None, int | None]
    rows: list[dict[str, Any]]


def compared(engine: Engine, before: str, after: str, split: Split) -> Compared:
    """Two snapshots by their hashes, side by side."""
    asked = (before, after, split)
    found: Compared = engine.ask(asked, lambda table: _compared(engine, table, split))
    return found


def _compared(engine: Engine, table: Any, split: Split) -> Compared:
    import ibis  # noqa: PLC0415 - heavy

    before, after = (_side(table(at), split, side) for at, side in enumerate(SIDES))
    on = [before[f"{name}_before"] == after[f"{name}_after"] for name in split.keys]
    both = before.outer_join(after, on)
    was, now = both.rows_before.notnull(), both.rows_after.notnull()
    alike = both.rows_before == both.rows_after
    for name in split.told:
        alike &= both[f"{name}_before"].identical_to(both[f"{name}_after"])
    change = ibis.cases((~was, "added"), (~now, "gone"), (~alike, "changed"), else_="same")
    both = both.mutate(change=change, size=_size(both, split))
    counted = both.group_by("change").agg(rows=both.count())
    largest = both.filter(both.change != "same").order_by(
        [ibis.desc(both["size"].abs()), *(ibis.coalesce(both[f"{n}_after"], both[f"{n}_before"])
                                          for n in split.keys)]
    )  # fmt: skip
    read = engine.read
    counts = {one["change"]: one["rows"] for one in read(counted)}
    return Compared(counts, _totals(engine, table, split), read(largest.limit(MOST)))


def _side(table: Any, split: Split, side: str) -> Any:
    """A snapshot's rows, those about the same thing as one, each column named by its side."""
    keys = {f"{name}_{side}": table[name].cast("string").fill_null(NOTHING) for name in split.keys}
    table = table.mutate(**keys)
    told = {f"{name}_{side}": table[name].cast("string").max() for name in split.told}
    return table.group_by([*keys]).agg(**told, **{f"rows_{side}": table.count()})


def _size(both: Any, split: Split) -> Any:
    """How much the number has changed; of what was not there, or is not, its whole number."""
    if split.number is None:
        return both.rows_after.fill_null(0) - both.rows_before.fill_null(0)
    before, after = (numeral(both[f"{split.number}_{side}"], WHOLE) for side in SIDES)
    return after.fill_null(0) - before.fill_null(0)


def _totals(engine: Engine, table: Any, split: Split) -> tuple[int | None, int | None]:
    if split.number is None:
        return None, None
    before, after = (_total(engine, table(at), split.number) for at in (0, 1))
    return before, after


def _total(engine: Engine, table: Any, name: str) -> int | None:
    """The sum of whole numbers; where any is not whole they are no count of anything."""
    text = table[name].cast("string")
    whole, number = numeral(text, WHOLE), numeral(text, NUMBER)
    asked = table.agg(total=whole.sum(), whole=whole.count(), numbers=number.count())
    (told,) = engine.read(asked)
    return told["total"] if told["whole"] >= told["numbers"] else None
