"""Rules about differences: what a row is about, and what is new in a later snapshot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.analysis.contract.indicator import Layout
from services.analysis.source.recipes import ABOUT, Recipe


@dataclass(frozen=True)
class Split:
    """The columns that say what a row is about, those that say something of it, and its number."""

    keys: tuple[str, ...]
    told: tuple[str, ...]
    number: str | None


def split_of(columns: Sequence[str], recipe: Recipe | None, layouts: Collection[Layout]) -> Split:
    """How the columns that both snapshots have are read: by recipe, by indicators, or as keys."""
    known = set(columns)
    if recipe is not None and not recipe.repeats:
        told = [one.name for one in recipe.columns if one.holds not in ABOUT and one.name in known]
        numbers = [name for name in recipe.numbers if name in known]
    else:
        named = {layout.value for layout in layouts} & known
        told = numbers = [name for name in columns if name in named]
    keys = tuple(name for name in columns if name not in told)
    return Split(keys, tuple(told), numbers[0] if numbers else None)


def new_breaks(
    breaks: Sequence[Mapping[str, Any]], before: str | None, after: str | None
) -> list[Mapping[str, Any]]:
    """The method breaks of years that the later snapshot tells of and the earlier did not."""
    if before is None or after is None:
        return []
    return [one for one in breaks if int(before[:4]) < one["year"] <= int(after[:4])]
