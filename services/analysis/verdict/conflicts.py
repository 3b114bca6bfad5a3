"""Conflicts: where sources say different things of an occupation, each is told and none is a mean.

What conflicts (docs/decisions/0040): assessments in words at opposite ends of the same occupation
and place; a need that asks for people where the assessment of the finest place says that chances
to get a job are small; a forecast or advertisements that go the other way than demand is assessed
to; and figures of the same kind, place and year that differ at all. A newer year beside an older
one is no conflict, and nothing of it enters the arithmetic.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from services.analysis.contract.indicator import Sex
from services.analysis.contract.verdict import ConflictKind
from services.analysis.indicator.rules import NATION, level_of, said
from services.analysis.record.queries import Told
from services.analysis.record.rules import codes_in
from services.analysis.verdict.directions import FALLS, RISES, Way, Ways

Fact = dict[str, Any]
Judged = dict[str, dict[str, list[tuple[Told, Fact]]]]
# Figures that count the same: those employed, by where they live; advertisements.
SAME = (
    frozenset({"employed", "employed_since_2014", "employed_age"}),
    frozenset({"job_ads", "job_ads_county"}),
)
COUNTED_TWICE = tuple(sorted(frozenset().union(*SAME)))
CHANCES, OUTLOOK, NAMED = "jobbmojligheter", "prognos", "yb_yrke"
LARGE, SMALL = "stora", "små"
ENDS = (
    (ConflictKind.situation, CHANCES, {LARGE, SMALL}, "Möjligheterna till jobb bedöms"),
    (ConflictKind.outlook, OUTLOOK, {RISES, FALLS}, "Efterfrågan bedöms"),
)
HOW_WE_SAY = {CHANCES: "möjligheterna till jobb är {}", OUTLOOK: "efterfrågan kommer att {}"}


def conflicts_of(
    need: Fact, areas: Iterable[str], figures: Sequence[Fact], judged: Judged, ways: Ways
) -> list[Fact]:
    """All conflicts of a need's occupation where it is; the rest may tell of others."""
    occupation = need["occupation_code"]
    by_place = judged.get(occupation, {})
    counties = sorted({code[:2] for code in areas} - {NATION})
    places = [code for code in (*counties, NATION) if code in by_place]
    found = [one for code in places for one in _opposite(by_place[code])]
    for code in places:
        found += _other_way(by_place[code], ways.get((occupation, code), ()))
    if need["headcount_per_year"] and places:
        found += _against(need, by_place[places[0]])
    return [*found, *_figures(figures)]


def by_occupation(told: Sequence[Told]) -> Judged:
    """The assessments of each occupation, place by place."""
    found: Judged = defaultdict(lambda: defaultdict(list))
    for one in told:
        for row in one.rows:
            for code in {*codes_in(row[one.telling.occupation])}:
                found[code][row[one.telling.area or ""]].append((one, row))
    return found


def _opposite(rows: Sequence[tuple[Told, Fact]]) -> Iterator[Fact]:
    """Opposite ends of the same occupation of the barometer, in one place."""
    names = dict.fromkeys(row[NAMED] for _, row in rows)
    for kind, column, ends, text in ENDS:
        for name in names:
            said = [both for both in rows if both[1][NAMED] == name and both[1].get(column) in ends]
            if {row[column] for _, row in said} == ends:
                statements = [_statement(one, row, column) for one, row in said]
                yield {"kind": kind, "text": f"{text} olika: {name}", "statements": statements}


def _other_way(rows: Sequence[tuple[Told, Fact]], ways: Sequence[Way]) -> Iterator[Fact]:
    """What goes the other way than all who say that demand goes any."""
    ends = {row.get(OUTLOOK) for _, row in rows} & {RISES, FALLS}
    others = [_statement(one, row, OUTLOOK) for one, row in rows if row.get(OUTLOOK) in ends]
    for way in ways:
        if ends == {RISES, FALLS} - {way.goes}:
            first = _from(way.source) | way.says
            yield {"kind": ConflictKind.outlook, "text": way.text, "statements": [first, *others]}


def _against(need: Fact, rows: Sequence[tuple[Told, Fact]]) -> Iterator[Fact]:
    """A need beside those who say that there are more people than jobs."""
    if {row.get(CHANCES) for _, row in rows} & {LARGE, SMALL} != {SMALL}:
        return
    asked = {
        "says": f"{need['headcount_per_year']} personer per år behövs",
        "source_name": need["source"] or "Behovet",
        **dict.fromkeys(("source_id", "publisher", "licence", "snapshot_id", "fetched_on")),
        **dict.fromkeys(("area_level", "area_code", "period")),
    }
    others = [_statement(one, row, CHANCES) for one, row in rows if row.get(CHANCES) == SMALL]
    text = "Behovet säger att personer saknas, bedömningen att jobben är få"
    yield {"kind": ConflictKind.situation, "text": text, "statements": [asked, *others]}


def _statement(told: Told, row: Fact, column: str) -> Fact:
    source, area = told.source, row[told.telling.area or ""]
    says = f"{row[NAMED]}: {HOW_WE_SAY[column].format(row[column])}"
    when = row.get("omgang") or source["last_period"]
    return _from(source) | {
        "says": says, "area_level": level_of(area), "area_code": area, "period": when,
    }  # fmt: skip


def _from(source: Any) -> Fact:
    names = ("source_id", "source_name", "publisher", "licence", "snapshot_id")
    named = {"source_name": source["name"]} if "name" in source else {}
    facts = {name: source[name] for name in names if name in source}
    return facts | named | {"fetched_on": source["fetched_at"].date()}


def _figures(figures: Sequence[Fact]) -> Iterator[Fact]:
    """Figures of one kind, place and year that differ."""
    alike: dict[tuple[Any, ...], list[Fact]] = defaultdict(list)
    for one in figures:
        kind = next((kind for kind in SAME if one["indicator_key"] in kind), None)
        if kind and one["value"] is not None and one["sex"] == Sex.all and one["age"] is None:
            place = one["area_code"] or tuple(one["area_codes"])
            alike[kind, place, one["period"], one["occupation_code"]].append(one)
    for several in alike.values():
        if len({one["value"] for one in several}) > 1:
            statements = [_from(one) | _figure(one) for one in several]
            text = f"Register räknar olika, {several[0]['period']}"
            yield {"kind": ConflictKind.figure, "text": text, "statements": statements}


def _figure(one: Fact) -> Fact:
    names = ("area_level", "area_code", "period")
    return {"says": f"{one['indicator_name']}: {said(one['value'])}"} | {
        name: one[name] for name in names
    }
