"""PxWebApi 2: tables of SCB and others, asked for in parts that are no larger than they allow."""

import fnmatch
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Any

from services.analysis.connector.rules import (
    Broken,
    batches,
    demand_part,
    incomplete,
    listed,
    unreadable,
    wrong_selection,
)
from services.analysis.connector.told import Asked, Told, day, told
from services.analysis.connector.wire import Pace, Wire
from services.analysis.contract.source import FetchFailure
from services.analysis.snapshot.json_stat import Cube, NoJsonStat, cube_of, sexes

TABLE, CODE = re.compile(r"[A-Za-z0-9_]{1,40}"), re.compile(r"[^/?#\s]{1,120}")
_TOP = re.compile(r"(top|bottom)\((\d{1,4})\)", re.IGNORECASE)
_FROM = re.compile(r"(from|to)\(([^,()]+)\)", re.IGNORECASE)
_RANGE = re.compile(r"range\(([^,()]+),([^,()]+)\)", re.IGNORECASE)
CELLS, PARTS_MOST = 100_000, 500


@dataclass(frozen=True)
class Variable:
    """A variable of a table: its codes in order, and what some of them are kept as."""

    name: str
    codes: tuple[str, ...]
    may_be_left_out: bool
    kept: Mapping[str, str]


@dataclass(frozen=True)
class Chosen:
    """What is chosen of one variable; `size` is how many values there are in the answer."""

    name: str
    codes: tuple[str, ...]
    codelist: str | None = None


async def fetch(wire: Wire, asked: Asked) -> Told:
    """A table, or the part of it that the selection chooses; the codes of every value in it."""
    if not (asked.table and TABLE.fullmatch(asked.table)):
        raise wrong_selection("the table's code is missing: for example TAB6471")
    most = await _limits(wire, asked.address)
    table = f"{asked.address}/tables/{asked.table}"
    known = _known(await wire.get(f"{table}/metadata", lang="sv"))
    parts = list(split(await _chosen(wire, asked, known), most))
    if len(parts) > PARTS_MOST:
        raise wrong_selection(f"{len(parts)} questions would be needed; choose less")
    return _together([_answer(await _part(wire, table, part), part, known) for part in parts])


async def _limits(wire: Wire, address: str) -> int:
    """What the register says today of how much and how often it may be asked."""
    config = demand_part(await wire.get(f"{address}/config"), dict, "config")
    calls, seconds = config.get("maxCallsPerTimeWindow"), config.get("timeWindow")
    if isinstance(calls, int) and isinstance(seconds, int) and calls > 0 and seconds > 0:
        wire.pace = Pace(calls, float(seconds))
    cells = config.get("maxDataCells")
    return cells if isinstance(cells, int) and cells > 0 else CELLS


def _known(said: Any) -> dict[str, Variable]:
    """Every variable of the table."""
    names = listed(said, "id")
    dimension = demand_part(said.get("dimension"), dict, "dimension")
    found = {str(name): _variable(str(name), dimension.get(name)) for name in names}
    if not found:
        raise unreadable("the table has no variables")
    return found


def _variable(name: str, said: Any) -> Variable:
    category = demand_part(demand_part(said, dict, name).get("category"), dict, name)
    index = demand_part(category.get("index"), (list, dict), name)
    order = index if isinstance(index, list) else sorted(index, key=lambda code: index[code])
    codes = tuple(str(code) for code in order)
    kept = sexes(codes, category.get("label") or {}) or codes
    left_out = bool((said.get("extension") or {}).get("elimination"))
    return Variable(name, codes, left_out, dict(zip(codes, kept, strict=True)))


async def _chosen(wire: Wire, asked: Asked, known: Mapping[str, Variable]) -> list[Chosen]:
    """What is chosen of each variable: all of one that is not named and may not be left out."""
    said = {str(one.get("variableCode")): one for one in _selection(asked)}
    if missing := [name for name in said if name not in known]:
        raise Broken(FetchFailure.changed, f"the table has no variable {missing[0]}")
    return [
        await _of_variable(wire, asked, one, said.get(name, {}))
        for name, one in known.items()
        if name in said or not one.may_be_left_out
    ]


async def _of_variable(wire: Wire, asked: Asked, one: Variable, said: Mapping[str, Any]) -> Chosen:
    codes, codelist = one.codes, said.get("codelist")
    if codelist is not None:
        codes = await _listed(wire, asked.address, str(codelist))
    wanted = [str(code) for code in said.get("valueCodes") or ["*"]]
    return Chosen(one.name, expanded(wanted, codes, one.name), codelist)


def _selection(asked: Asked) -> list[Any]:
    said = asked.selection.get("selection", [])
    if not (isinstance(said, list) and all(isinstance(one, dict) for one in said)):
        raise wrong_selection(
            'the selection is a list: [{"variableCode": "Region", "valueCodes": ["14"]}]'
        )
    return said


async def _listed(wire: Wire, address: str, codelist: str) -> tuple[str, ...]:
    """The codes of a code list: groups, or the values that belong together."""
    if not CODE.fullmatch(codelist):
        raise wrong_selection(f"{codelist[:40]} is no code list")
    said = demand_part(await wire.get(f"{address}/codelists/{codelist}", lang="sv"), dict, codelist)
    values = demand_part(said.get("values"), list, codelist)
    return tuple(str(demand_part(one, dict, codelist).get("code")) for one in values)


def expanded(said: Sequence[str], codes: Sequence[str], name: str) -> tuple[str, ...]:
    """The codes that expressions choose: * and ? as masks, top, bottom, from, to and range."""
    found: dict[str, None] = {}
    for one in said:
        some = _chosen_by(one, codes, name)
        if not some:
            raise Broken(FetchFailure.changed, f"nothing of {name} is chosen by {one[:60]}")
        found |= dict.fromkeys(some)
    return tuple(code for code in codes if code in found)


def _chosen_by(said: str, codes: Sequence[str], name: str) -> Sequence[str]:
    if said in codes:
        return [said]
    if some := _TOP.fullmatch(said):
        # Times stand in order with the newest last: the top of them is the newest.
        last = (some[1].lower() == "top") == (name == "Tid")
        return codes[-int(some[2]) :] if last else codes[: int(some[2])]
    if some := _FROM.fullmatch(said):
        at = _place(codes, some[2], name)
        return codes[at:] if some[1].lower() == "from" else codes[: at + 1]
    if some := _RANGE.fullmatch(said):
        return codes[_place(codes, some[1], name) : _place(codes, some[2], name) + 1]
    if "*" in said or "?" in said:
        mask = re.compile(fnmatch.translate(said.replace("[", "[[]")))
        return [code for code in codes if mask.match(code)]
    return []


def _place(codes: Sequence[str], code: str, name: str) -> int:
    if code.strip() not in codes:
        raise Broken(FetchFailure.changed, f"{name} has no value {code.strip()[:40]}")
    return codes.index(code.strip())


def split(chosen: Sequence[Chosen], most: int) -> Iterator[list[Chosen]]:
    """Questions of at most so many cells: the variables are cut, the longest first."""
    sizes = {one.name: max(1, len(one.codes)) for one in chosen}
    steps = dict(sizes)
    while prod(steps.values()) > most:
        longest = max(steps, key=lambda name: steps[name])
        others = prod(steps.values()) // steps[longest]
        steps[longest] = max(1, min(most // others, steps[longest] - 1))
    cut = [[Chosen(one.name, some, one.codelist) for some in batches(one.codes, steps[one.name])]
           for one in chosen]  # fmt: skip
    for part in product(*cut):
        yield list(part)


async def _part(wire: Wire, table: str, part: Sequence[Chosen]) -> Any:
    asked = [
        {"variableCode": one.name, "valueCodes": list(one.codes)}
        | ({"codelist": one.codelist} if one.codelist else {})
        for one in part
    ]
    body = {"selection": asked}
    return await wire.post(f"{table}/data", body, lang="sv", outputFormat="json-stat2")


def _answer(said: Any, part: Sequence[Chosen], known: Mapping[str, Variable]) -> Cube:
    """The answer to one question: all that was asked for, and nothing else."""
    try:
        cube = cube_of(said)
    except NoJsonStat as failure:
        raise unreadable(str(failure)) from None
    answered = {one.name: set(one.codes) for one in cube.dimensions}
    for one in part:
        if answered.get(one.name) != set(one.codes):
            raise incomplete(f"not all of {one.name} is in the answer")
    # By the whole table, not by the part: one sex alone is not known for one.
    named = (
        replace(one, kept=tuple(known[one.name].kept.get(code, code) for code in one.codes))
        if one.name in known
        else one
        for one in cube.dimensions
    )
    return replace(cube, dimensions=tuple(named))


def _together(cubes: Sequence[Cube]) -> Told:
    """The parts as one table. Where what is measured was cut, its columns are put side by side."""
    about, measures = cubes[0].about, sorted({name for cube in cubes for name in cube.measures})
    if any(cube.about != about for cube in cubes):
        raise unreadable("the parts of the answer have different columns")
    found: dict[tuple[str, ...], dict[str, str]] = {}
    try:
        for cube in cubes:
            for row in cube.rows():
                own, values = row[: len(about)], row[len(about) :]
                found.setdefault(own, {}).update(zip(cube.measures, values, strict=True))
    except NoJsonStat as failure:
        raise unreadable(str(failure)) from None
    rows = ((*own, *(values.get(name, "") for name in measures)) for own, values in found.items())
    updated = max((cube.updated for cube in cubes if cube.updated), default=None)
    time = cubes[0].time
    return told((*about, *measures), rows, about=about, period=time, published_on=day(updated))
