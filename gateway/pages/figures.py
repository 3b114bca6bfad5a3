"""Figures as pages show them: where they are true, side by side by place, and as charts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gateway import swedish
from gateway.clients.house import House
from gateway.clients.service import Found
from gateway.pages.choices import Options

NATION, MUNICIPALITY_DIGITS = "00", 4
LEVELS = ("municipality", "labour_market_region", "county", "nation")
ALL, SEXES = "all", ("women", "men")
# In this order on every page, before any that a house has described itself.
FIRST = ("employed", "women_share", "age_60_share", "job_ads", "job_ads_without_sales")
SHARE_OF = {"women_share": "employed", "age_60_share": "employed_age"}
# The same thing from a coarser or longer source: shown only where the first is not there.
REPEATS = {
    "employed_since_2014": "employed",
    "employed_age": "employed",
    "employed_group_age": "employed_group",
    "job_ads_county": "job_ads",
    "job_ads_county_without_sales": "job_ads_without_sales",
}
# The same register of those employed, of one county since 2014 and of all of them since 2020.
EMPLOYED = ("employed_since_2014", "employed")
SERIES = (*EMPLOYED, "employed_group")
OF_GROUPS = ("employed_group", "employed_group_age")


class Where(NamedTuple):
    """The place that a visitor asks about: its choice in the form, and the areas it stands for."""

    chosen: str
    areas: list[str]
    options: Options

    @property
    def counties(self) -> list[str]:
        """The counties around it."""
        return sorted({area[:2] for area in self.areas} - {NATION})

    @property
    def municipalities(self) -> list[str]:
        """The association's municipalities."""
        return [code for code, _ in self.options if len(code) == MUNICIPALITY_DIGITS]

    def place(self, figure: Mapping[str, Any]) -> str:
        """Where a figure is true, by name; never anything finer."""
        if figure["area_name"]:
            return str(figure["area_name"])
        names, level = dict(self.options), swedish.label(figure["area_level"], "AreaLevel")
        codes = [figure["area_code"]] if figure["area_code"] else figure["area_codes"]
        return swedish.listed(names.get(code, f"{level} {code}") for code in codes)


async def where_of(house: House, chosen: str, municipalities: Options) -> Where:
    """The place chosen; the association's municipalities together where none is."""
    own = [code for code, _ in municipalities]
    counties = sorted({code[:2] for code in own})
    known = await house.analysis.codes.list(system="county", code=counties) if counties else None
    names = {one["code"]: one["name"] for one in known.items} if known else {}
    options = [
        ("", "Alla kommuner"),
        *municipalities,
        *((code, names.get(code, f"Län {code}")) for code in counties),
        (NATION, "Riket"),
    ]
    if chosen and chosen in dict(options):
        return Where(chosen, [chosen], options)
    return Where("", own or [NATION], options)


def of_occupations(indicators: Iterable[Found]) -> list[str]:
    """The keys of what is known about occupations, each thing once, in the pages' order."""
    told = [one["key"] for one in indicators if _tells_of_each(one["layout"])]
    kept = [key for key in told if REPEATS.get(key) not in told]
    shares = [share for share, base in SHARE_OF.items() if base in told]
    return sorted([*kept, *shares], key=_place_in_order)


def _tells_of_each(layout: Found) -> bool:
    return layout["occupation"] is not None and not layout["excluded_occupations"]


def _place_in_order(key: str) -> tuple[int, str]:
    return (FIRST.index(key) if key in FIRST else len(FIRST), key)


def by_age(indicators: Iterable[Found]) -> list[str]:
    """The keys of the indicators that tell of ages in occupations."""
    return [
        one["key"] for one in indicators if one["layout"]["age"] and one["layout"]["occupation"]
    ]


@dataclass
class Row:
    """One thing that is measured, of one sex and one period, place by place."""

    figure: Found
    cells: dict[str, Found] = field(default_factory=dict)


@dataclass
class Beside:
    """Figures side by side: a column for each place, the finest first."""

    places: list[str]
    rows: list[Row]


def beside(where: Where, figures: Sequence[Found]) -> Beside:
    """Figures as rows with a cell for each place that they are told of."""
    places: dict[str, int] = {}
    rows: dict[tuple[str, ...], Row] = {}
    for figure in figures:
        name = where.place(figure)
        places.setdefault(name, LEVELS.index(figure["area_level"]))
        key = tuple(str(figure[part]) for part in ("indicator_key", "sex", "age", "period"))
        rows.setdefault(key, Row(figure)).cells.setdefault(name, figure)
    in_order = sorted(places, key=lambda name: places[name])
    return Beside(in_order, sorted(rows.values(), key=_in_pages_order))


def unrepeated(figures: Sequence[Found]) -> list[Found]:
    """Figures without those that say the same from a coarser or longer source."""
    told = {one["indicator_key"] for one in figures}
    return [one for one in figures if REPEATS.get(one["indicator_key"]) not in told]


def _in_pages_order(row: Row) -> tuple[tuple[int, str], int]:
    return (_place_in_order(row.figure["indicator_key"]), (ALL, *SEXES).index(row.figure["sex"]))


@dataclass(frozen=True)
class Trend:
    """An indicator over years: lines for a chart, and what breaks them."""

    last: Found
    lines: list[tuple[str, list[tuple[int, float]]]]
    breaks: list[tuple[str, str]]

    @property
    def broken(self) -> list[int]:
        """The years that begin another way of counting."""
        return [int(period) for period, _ in self.breaks if period.isdigit()]


def trend(figures: Sequence[Found]) -> Trend | None:
    """The longest series of one indicator that has at least two years with values.

    Of an occupation itself where there is any; else of its group.
    """
    by_key: dict[str, list[Found]] = {}
    for figure in figures:
        if figure["value"] is not None:
            by_key.setdefault(figure["indicator_key"], []).append(figure)
    long = {key: some for key, some in by_key.items() if len(_years(some)) > 1}
    own = [some for key, some in long.items() if key not in OF_GROUPS]
    longest = max(own or long.values(), key=lambda some: len(_years(some)), default=[])
    if not longest:
        return None
    split = [sex for sex in SEXES if any(one["sex"] == sex for one in longest)]
    lines = [(_line_name(sex), _points(longest, sex)) for sex in split or [ALL]]
    breaks = {one["period"]: one["break_reason"] for one in longest if one["after_break"]}
    last = max((one for one in longest if one["sex"] == ALL), key=_period, default=longest[-1])
    return Trend(last, lines, sorted(breaks.items()))


def _period(figure: Found) -> str:
    return str(figure["period"])


def _years(figures: Iterable[Found]) -> set[int]:
    return {int(one["period"]) for one in figures if one["period"].isdigit()}


def _line_name(sex: str) -> str:
    return "Alla" if sex == ALL else swedish.capital(swedish.label(sex, "Sex"))


def _points(figures: Iterable[Found], sex: str) -> list[tuple[int, float]]:
    of_it = (one for one in figures if one["sex"] == sex and one["period"].isdigit())
    return sorted((int(one["period"]), float(one["value"])) for one in of_it)


def ages(figures: Sequence[Found]) -> list[tuple[str, float | None, float | None]]:
    """Age groups with women and men, as bars."""
    found: dict[str, dict[str, float | None]] = {}
    for one in figures:
        if one["age"]:
            value = None if one["value"] is None else float(one["value"])
            found.setdefault(one["age"], {})[one["sex"]] = value
    return [
        (f"{age} år".replace("-", "–"), sexes.get("women"), sexes.get("men"))
        for age, sexes in found.items()
    ]


def places(
    where: Where, figures: Sequence[Found], level: str
) -> tuple[list[tuple[str, float | None]], list[str]]:
    """The places of one level with their values, the highest first; and those that have none."""
    found = [
        (where.place(one), None if one["value"] is None else float(one["value"]))
        for one in figures
        if one["area_level"] == level
    ]
    some = [row for row in found if row[1] != 0]
    some.sort(key=lambda row: (row[1] is None, -(row[1] or 0), row[0]))
    return some, sorted(name for name, value in found if value == 0)
