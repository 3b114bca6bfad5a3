"""PxWebApi 2: asked for in parts as it allows, and read as JSON-stat."""

from itertools import product
from math import prod
from typing import Any

import orjson
import pytest

from services.analysis.connector.interfaces import INTERFACES
from services.analysis.connector.known import KNOWN, POPULATION
from services.analysis.connector.pxweb import Chosen, expanded, split
from services.analysis.connector.rules import PUBLISHED, Broken
from services.analysis.contract.source import FILE_KINDS, FetchFailure, SourceKind
from services.analysis.snapshot.actions import Said
from services.analysis.snapshot.json_stat import cube_of
from tests.analysis.register import Answer, Question, Register, fetched, rows_now
from tests.callers import MEMBER, Signed
from tests.real_data import real_file

CONFIG = {"apiVersion": "2.3.2", "maxDataCells": 150000, "maxCallsPerTimeWindow": 30,
          "timeWindow": 1}  # fmt: skip
AREAS, PERIODS = ("1472", "1473"), ("2025", "2026")
SELECTION = orjson.dumps([{"variableCode": "Region", "valueCodes": ["147*"]}]).decode()


def category(codes: Any, labels: Any = None, **more: Any) -> dict[str, Any]:
    index = {code: at for at, code in enumerate(codes)}
    return {"label": "x", "category": {"index": index, "label": dict(zip(codes, labels or codes,
            strict=True))}} | more  # fmt: skip


def table(
    *,
    areas: Any = AREAS,
    about: str = "Region",
    measure: str = "N1",
    measures: Any = None,
    periods: Any = PERIODS,
    value: Any = None,
    status: Any = None,
) -> dict[str, Any]:
    """A data set with invented figures: areas, sexes and periods; the fourth is unknown."""
    measures = measures or (measure,)
    sexes = category(("1", "2"), ("män", "kvinnor"), extension={"elimination": True})
    size = [len(areas), 2, len(measures), len(periods)]
    if value is None:
        value = [None if at == 3 else at + 1 for at in range(prod(size))]
    return {
        "version": "2.0", "class": "dataset", "id": [about, "Kon", "ContentsCode", "Tid"],
        "size": size, "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "updated": "2026-11-02T06:00:00Z",
        "dimension": {
            about: category(areas, extension={"elimination": True}), "Kon": sexes,
            "ContentsCode": category(measures), "Tid": category(periods),
        },
        "value": value, "status": status if status is not None else {"3": ".."},
    }  # fmt: skip


def answering(most: int | None = None, known: dict[str, Any] | None = None) -> Any:
    """Answers exactly what is asked of a table; a question of more cells is refused."""
    whole = known or table()
    cube = cube_of(whole)
    names = [one.name for one in cube.dimensions]

    def answer(asked: Question) -> Answer:
        chosen = {one["variableCode"]: one["valueCodes"] for one in asked.body["selection"]}
        size = [len(chosen[name]) for name in names]
        if most is not None and prod(size) > most:
            return Answer({"title": "Too many cells", "status": 403}, 403)
        places = [{code: at for at, code in enumerate(one.codes)} for one in cube.dimensions]
        steps = [prod(whole["size"][at + 1 :]) for at in range(len(names))]
        values = [
            whole["value"][sum(places[at][code] * steps[at] for at, code in enumerate(codes))]
            for codes in product(*(chosen[name] for name in names))
        ]
        dimension = {
            name: category(chosen[name], [whole["dimension"][name]["category"]["label"][code]
                                          for code in chosen[name]])
            for name in names
        }  # fmt: skip
        return Answer(whole | {"size": size, "dimension": dimension, "value": values, "status": {}})

    return answer


def pxweb(register: Register, **config: Any) -> Register:
    """A register with one table."""
    register.at("/config", CONFIG | config)
    register.at("/tables/TAB1/metadata", table())
    return register.at("/tables/TAB1/data", table())


def describes(source_id: str, value: str = "N1") -> dict[str, Any]:
    """An indicator over the table."""
    return {
        "key": "provade", "name": "Provade", "meaning": "Påhittade", "unit": "persons",
        "source_id": source_id, "area_level": "municipality",
        "layout": {"value": value, "period": "Tid", "area": "Region", "sex": "Kon"},
    }  # fmt: skip


WHOLE = [{"variableCode": name, "valueCodes": ["*"]} for name in ("Region", "Kon")]
ALL = {"table_code": "TAB1", "selection": orjson.dumps(WHOLE).decode()}


async def test_a_table_becomes_figures_with_level_source_and_licence(
    analysis: Signed, register: Register
) -> None:
    said, source = await fetched(
        analysis, pxweb(register), "pxweb", **ALL
    )  # fmt: skip
    assert isinstance(said, Said)
    (asked,) = register.asked_at("/tables/TAB1/data")
    assert asked.body == {"selection": [
        {"variableCode": "Region", "valueCodes": ["1472", "1473"]},
        {"variableCode": "Kon", "valueCodes": ["1", "2"]},
        {"variableCode": "ContentsCode", "valueCodes": ["N1"]},
        {"variableCode": "Tid", "valueCodes": ["2025", "2026"]},
    ]}  # fmt: skip
    assert await rows_now(analysis) == [
        {"Region": "1472", "Kon": "men", "Tid": "2025", "N1": "1"},
        {"Region": "1472", "Kon": "men", "Tid": "2026", "N1": "2"},
        {"Region": "1472", "Kon": "women", "Tid": "2025", "N1": "3"},
        {"Region": "1472", "Kon": "women", "Tid": "2026", "N1": ".."},
        {"Region": "1473", "Kon": "men", "Tid": "2025", "N1": "5"},
        {"Region": "1473", "Kon": "men", "Tid": "2026", "N1": "6"},
        {"Region": "1473", "Kon": "women", "Tid": "2025", "N1": "7"},
        {"Region": "1473", "Kon": "women", "Tid": "2026", "N1": "8"},
    ]
    await analysis.made("/indicators", describes(source["id"]))
    found = (await analysis.by(MEMBER).get("/figures?area_code=1473")).json()["items"]
    told = ("value", "area_level", "area_code", "period", "publisher", "licence", "unit")
    assert [[one[name] for name in told] for one in found] == [
        ["14", "municipality", "1473", "2026", "Exempelmyndigheten", "CC0 1.0", "persons"]
    ]
    snapshot = (await analysis.get("/snapshots")).json()["items"][0]
    assert (snapshot["first_period"], snapshot["last_period"]) == PERIODS
    assert (snapshot["published_on"], snapshot["file_name"]) == ("2026-11-02", None)
    (unknown,) = (await analysis.get("/figures?area_code=1472")).json()["items"]
    assert unknown["value"] is None


@pytest.mark.parametrize("most", [1, 2, 3, 5, 7, 8])
async def test_a_question_that_is_too_large_is_divided(
    analysis: Signed, register: Register, most: int
) -> None:
    pxweb(register, maxDataCells=most).at("/tables/TAB1/data", answering(most))
    said, _ = await fetched(
        analysis, register, "pxweb", **ALL
    )  # fmt: skip
    assert isinstance(said, Said), said
    told = [row["N1"] for row in await rows_now(analysis)]
    assert told == ["1", "2", "3", "..", "5", "6", "7", "8"]
    questions = register.asked_at("/tables/TAB1/data")
    sizes = [prod(len(one["valueCodes"]) for one in asked.body["selection"]) for asked in questions]
    assert max(sizes) <= most
    assert sum(sizes) == 8


async def test_a_part_that_fails_leaves_nothing(analysis: Signed, register: Register) -> None:
    parts = answering(4)
    pxweb(register, maxDataCells=4)
    register.at("/tables/TAB1/data", parts, Answer(table(), cut=50))
    said, source = await fetched(analysis, register, "pxweb", **ALL)  # fmt: skip
    assert isinstance(said, Broken)
    assert (source["failure_kind"], source["snapshot_count"]) == ("unreachable", 0)


async def test_what_is_measured_stands_side_by_side_though_it_was_divided(
    analysis: Signed, register: Register
) -> None:
    whole = table(measures=("N1", "N2"))
    pxweb(register, maxDataCells=1).at("/tables/TAB1/metadata", whole)
    register.at("/tables/TAB1/data", answering(1, whole))
    said, _ = await fetched(analysis, register, "pxweb", **ALL)  # fmt: skip
    assert isinstance(said, Said), said
    first = (await rows_now(analysis))[0]
    assert first == {"Region": "1472", "Kon": "men", "Tid": "2025", "N1": "1", "N2": "3"}


async def test_a_busy_register_is_asked_again(analysis: Signed, register: Register) -> None:
    busy = Answer({}, 429, (("retry-after", "0"),))
    pxweb(register).at("/config", busy, CONFIG)
    register.at("/tables/TAB1/data", busy, table())
    said, _ = await fetched(analysis, register, "pxweb", table_code="TAB1", selection=SELECTION)
    assert isinstance(said, Said)
    assert len(register.asked_at("/tables/TAB1/data")) == 2


async def test_a_code_list_is_asked_for_by_its_codes(analysis: Signed, register: Register) -> None:
    listed = {"id": "agg_X", "values": [{"code": "1472", "valueMap": ["1"]}, {"code": "1473"}]}
    pxweb(register).at("/codelists/agg_X", listed)
    chosen = [{"variableCode": "Region", "codelist": "agg_X"}, WHOLE[1]]
    said, _ = await fetched(analysis, register, "pxweb", table_code="TAB1",
                            selection=orjson.dumps(chosen).decode())  # fmt: skip
    assert isinstance(said, Said), said
    body = register.asked_at("/tables/TAB1/data")[0].body["selection"][0]
    assert body == {
        "variableCode": "Region", "codelist": "agg_X", "valueCodes": ["1472", "1473"],
    }  # fmt: skip


WRONG = {
    "no table": ({"table_code": None}, FetchFailure.wrong_selection),
    "a way out": ({"table_code": "../x"}, FetchFailure.wrong_selection),
    "no JSON": ({"selection": "Region=14"}, FetchFailure.wrong_selection),
    "no list": ({"selection": '{"selection": 1}'}, FetchFailure.wrong_selection),
    "unknown": ({"selection": '[{"variableCode": "Lan"}]'}, FetchFailure.changed),
    "gone": (
        {"selection": '[{"variableCode": "Region", "valueCodes": ["0114"]}]'},
        FetchFailure.changed,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
async def test_what_cannot_be_asked_is_said(
    analysis: Signed, register: Register, name: str
) -> None:
    more, kind = WRONG[name]
    given = {"table_code": "TAB1", "selection": SELECTION} | more
    _, source = await fetched(analysis, pxweb(register), "pxweb", **given)
    assert source["failure_kind"] == kind
    assert register.asked_at("/tables/TAB1/data") == []


CODES = ("0180", "1401", "1472", "1473", "14")
EXPRESSIONS = {
    "*": CODES, "14*": ("1401", "1472", "1473", "14"), "147?": ("1472", "1473"), "14": ("14",),
    "from(1472)": ("1472", "1473", "14"), "to(1401)": ("0180", "1401"),
    "range(1401,1473)": ("1401", "1472", "1473"), "top(2)": ("0180", "1401"),
    "bottom(1)": ("14",), "TOP(1)": ("0180",),
}  # fmt: skip


@pytest.mark.parametrize("said", EXPRESSIONS)
def test_expressions_choose_codes(said: str) -> None:
    assert expanded([said], CODES, "Region") == EXPRESSIONS[said]


def test_the_top_of_times_is_the_newest() -> None:
    assert expanded(["top(2)"], ("2023", "2024", "2025"), "Tid") == ("2024", "2025")
    with pytest.raises(Broken, match="nothing of Tid is chosen by 2020"):
        expanded(["2025", "2020"], ("2025",), "Tid")


@pytest.mark.parametrize("most", [1, 10, 99, 1000, 150_000])
def test_parts_hold_every_cell_once(most: int) -> None:
    sizes = {"Region": 31, "Alder": 13, "Kon": 3, "Tid": 4}
    chosen = [Chosen(n, tuple(str(at) for at in range(size))) for n, size in sizes.items()]
    cells = [c for part in split(chosen, most) for c in product(*(one.codes for one in part))]
    assert len(cells) == len(set(cells)) == prod(sizes.values())
    assert all(prod(len(one.codes) for one in part) <= most for part in split(chosen, most))


def test_what_is_known_chooses_from_the_real_table() -> None:
    said = orjson.loads(real_file("samples/pxwebapi_v2_TAB6471_metadata.json").read_bytes())
    chosen = {one["variableCode"]: one["valueCodes"]
              for one in orjson.loads(POPULATION.about.selection or "")}  # fmt: skip
    sizes = {name: len(expanded(codes, list(said["dimension"][name]["category"]["index"]), name))
             for name, codes in chosen.items()}  # fmt: skip
    assert sizes == {"Region": 22, "Alder": 11, "Kon": 2, "Tid": 16}
    layout = POPULATION.measures[0].layout
    assert layout.value in said["dimension"]["ContentsCode"]["category"]["index"]


def test_every_known_register_has_a_connector() -> None:
    assert len({recipe.key for recipe in KNOWN}) == len(KNOWN)
    for recipe in KNOWN:
        assert recipe.about.kind in INTERFACES
        assert PUBLISHED[recipe.about.kind].startswith("https://")
    assert set(INTERFACES) == set(PUBLISHED) == set(SourceKind) - FILE_KINDS
