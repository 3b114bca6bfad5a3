"""Replacing: about how many leave a need's occupation by age in a year, beside the need.

An estimate that enters no arithmetic (docs/decisions/0041): the country's ages give a share, and
that share is taken of those employed where the need is. Both figures are told.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from services.analysis.contract.indicator import Sex
from services.analysis.forecast.replacing import (
    ASSUMED,
    WORDS,
    YEARS,
    of_age,
    share_leaving,
    yearly,
)
from services.analysis.indicator.figures import Wanted
from services.analysis.indicator.rules import NATION, said, share_of, total

Fact = dict[str, Any]
AGED, EMPLOYED, LEAVING_AGE = "employed_age", "employed", 67
AREA = ("area_level", "area_code", "area_codes", "area_name")
SOURCE = ("source_id", "source_name", "snapshot_id")


def ages_wanted(occupations: Iterable[str]) -> dict[str, Wanted]:
    """The question of each occupation's ages in the country."""
    return {
        code: Wanted(indicators=(AGED,), occupations=(code,), areas=(NATION,), by_age=True)
        for code in occupations
    }


def replacement_of(ages: Sequence[Fact], figures: Sequence[Fact]) -> Fact | None:
    """Who leaves by age where a need is; None where ages, or how many of them, are not known."""
    groups = [
        of_age(one["age"], one["value"], share)
        for one in ages
        if one["age"] and (share := share_leaving(one["age"], LEAVING_AGE)) is not None
    ]
    count, leaving = (total([one[name] for one in groups]) for name in ("count", "leaving"))
    if not count or leaving is None:
        return None
    there = next((one for one in figures if _counts(one)), ages[0] | {"value": count})
    assumed = there["area_code"] != NATION
    found = {
        "leaving_age": LEAVING_AGE,
        "period": ages[0]["period"],
        "nation_count": count,
        "nation_leaving": leaving,
        "nation_leaving_yearly": yearly(leaving, count, count),
        "share_leaving": share_of(leaving, count),
        **{name: there[name] for name in AREA},
        "area_period": there["period"],
        "area_count": there["value"],
        "area_leaving_yearly": yearly(leaving, count, there["value"]),
        "assumed": assumed,
        **{name: ages[0][name] for name in (*SOURCE, "publisher", "licence")},
        **{f"area_{name}": there[name] for name in SOURCE},
    }
    return found | {"counted_as": _in_words(found)}


def _counts(one: Fact) -> bool:
    """Whether a figure is of all those employed in a place."""
    whole = one["indicator_key"] == EMPLOYED and one["sex"] == Sex.all
    return whole and one["value"] is not None


def _in_words(found: Fact) -> str:
    words = WORDS.format(age=LEAVING_AGE, young=LEAVING_AGE - YEARS)
    count, leaving, there = (
        said(found[name], 1) for name in ("nation_count", "nation_leaving", "area_count")
    )
    of_all = f" Riket: {leaving} av {count} slutar inom fem år."
    if not found["assumed"]:
        return words + of_all
    in_year = said(found["area_leaving_yearly"], 1)
    return f"{words}{ASSUMED}{of_all} Platsen: {leaving} / {count} × {there} / {YEARS} = {in_year}."
