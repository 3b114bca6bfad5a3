"""Figures: what the snapshots say about occupations and places."""

from dataclasses import dataclass
from typing import Any

from services.analysis.contract.indicator import Sex
from services.analysis.snapshot.shelf import Shelf
from services.kit.db import Database


@dataclass(frozen=True)
class Wanted:
    """Which figures are asked for."""

    indicators: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    areas: tuple[str, ...] = ("00",)
    periods: tuple[str, ...] = ()
    sexes: tuple[Sex, ...] = (Sex.all,)
    together: bool = False
    series: bool = False


async def figures_of(_database: Database, _shelf: Shelf, _wanted: Wanted) -> list[dict[str, Any]]:
    """The figures as the contract shows them."""
    return []
