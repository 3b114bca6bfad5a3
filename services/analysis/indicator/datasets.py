"""Datasets: figures as tables that others read: JSON-stat 2, rows of a file, how to cite them."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from services.analysis.contract.indicator import Unit
from services.analysis.indicator.rules import ADDITIVE

COLUMNS = (
    "indicator_key", "indicator_name", "area_level", "area_code", "area_name", "period", "sex",
    "age", "occupation_code", "occupation_name", "value", "suppressed", "unit", "estimated",
    "after_break", "break_reason", "counted_as", "source_name", "publisher", "licence",
    "fetched_at", "content_hash", "citation",
)  # fmt: skip
ALL, FINE_DECIMALS = "all", 4
HASH_SHOWN = 12
SEXES = {"women": "Kvinnor", "men": "Män", ALL: "Totalt"}

Shown = Mapping[str, Any]
# A dimension: its name, a figure's code in it, and what that is called.
Dimension = tuple[str, str, Callable[[Shown], str], Callable[[Shown], str]]


def area_of(figure: Shown) -> str:
    """A place's code; several together by all of their codes."""
    return figure["area_code"] or "+".join(figure["area_codes"])


DIMENSIONS: tuple[Dimension, ...] = (
    ("indicator", "Indikator", lambda one: one["indicator_key"], lambda one: one["indicator_name"]),
    ("area", "Område", area_of, lambda one: one["area_name"] or area_of(one)),
    (
        "occupation",
        "Yrke (SSYK 2012)",
        lambda one: one["occupation_code"] or ALL,
        lambda one: one["occupation_name"] or one["occupation_code"] or "Alla yrken",
    ),
    ("sex", "Kön", lambda one: str(one["sex"]), lambda one: SEXES[str(one["sex"])]),
    ("age", "Ålder", lambda one: one["age"] or ALL, lambda one: one["age"] or "Alla åldrar"),
    ("period", "Tid", lambda one: one["period"], lambda one: one["period"]),
)
ROLES = {"time": ["period"], "geo": ["area"], "metric": ["indicator"]}


def citation(figure: Shown) -> str:
    """How to cite what a figure comes from: who, what, which licence, when, and which content."""
    licence = figure["licence"] or "licensen är inte känd"
    day = figure["fetched_at"].date().isoformat()
    return (
        f"{figure['publisher']}: {figure['source_name']} ({licence}). Hämtad {day}, "
        f"ögonblicksbild {figure['content_hash'][:HASH_SHOWN]}. Bearbetad i Kompetensnav."
    )


def citations(figures: Sequence[Shown]) -> list[str]:
    """Each source and snapshot once."""
    return [*dict.fromkeys(citation(one) for one in figures)]


def rows(figures: Sequence[Shown]) -> list[dict[str, Any]]:
    """Figures as rows of a file, each with all that it takes to cite it."""
    return [
        {name: _plain(one.get(name)) for name in COLUMNS}
        | {"area_code": area_of(one), "citation": citation(one)}
        for one in figures
    ]


def json_stat(figures: Sequence[Shown]) -> dict[str, Any]:
    """Figures as a JSON-stat 2.0 dataset: a cube where what nobody told of is missing.

    A value that is known to be unknown is null with the status "..", and one that is not told, for
    it is of few people, with "c"; missing ones have none.
    """
    codes = [dict.fromkeys(code(one) for one in figures) for _, _, code, _ in DIMENSIONS]
    codes[-1] = dict.fromkeys(sorted(codes[-1]))
    sizes = [len(several) for several in codes]
    places = [{code: at for at, code in enumerate(several)} for several in codes]
    values, statuses = {}, {}
    for one in figures:
        at = 0
        for (_, _, code, _), size, place in zip(DIMENSIONS, sizes, places, strict=True):
            at = at * size + place[code(one)]
        values[str(at)] = _plain(one["value"])
        if one["value"] is None:
            statuses[str(at)] = "c" if one["suppressed"] else ".."
    told = citations(figures)
    return {
        "version": "2.0",
        "class": "dataset",
        "label": ", ".join(dict.fromkeys(one["indicator_name"] for one in figures)) or "Siffror",
        "source": "; ".join(dict.fromkeys(one["publisher"] for one in figures)),
        **({"updated": max(one["fetched_at"].isoformat() for one in figures)} if figures else {}),
        "note": told,
        "role": ROLES,
        "id": [name for name, _, _, _ in DIMENSIONS],
        "size": sizes,
        "dimension": {
            dimension[0]: _dimension(figures, dimension, several)
            for dimension, several in zip(DIMENSIONS, codes, strict=True)
        },
        "value": values,
        **({"status": statuses} if statuses else {}),
        "extension": {"citations": told, "breaks": _breaks(figures)},
    }


def _dimension(
    figures: Sequence[Shown], dimension: Dimension, codes: Mapping[str, None]
) -> dict[str, Any]:
    name, label, code, named = dimension
    labels = {code(one): named(one) for one in figures}
    category: dict[str, Any] = {"index": [*codes], "label": {one: labels[one] for one in codes}}
    if name == "indicator":
        category["unit"] = {code(one): _unit(str(one["unit"])) for one in figures}
    return {"label": label, "category": category}


def _unit(unit: str) -> dict[str, Any]:
    counted = unit in {*ADDITIVE, Unit.kronor_per_month}
    decimals = 0 if counted else FINE_DECIMALS
    return {"label": unit, "decimals": decimals}


def _breaks(figures: Sequence[Shown]) -> dict[str, str]:
    """The periods that begin another way of counting."""
    return {one["period"]: one["break_reason"] for one in figures if one["after_break"]}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
