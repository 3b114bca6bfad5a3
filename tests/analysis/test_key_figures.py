"""Kolada v3 and Yrkesbarometern: figures by sex, page after page; assessments with their level."""

from typing import Any

import orjson
import pytest

from services.analysis.connector.rules import Broken
from services.analysis.contract.source import SourceDraft
from services.analysis.snapshot.actions import Said
from tests.analysis.importing import handed_in
from tests.analysis.register import (
    Answer,
    Question,
    Register,
    fetch_again,
    fetched,
    rows_now,
    source_draft,
)
from tests.callers import MEMBER, Signed
from tests.real_data import real_file

KPI = {"selection": orjson.dumps({"kpi": ["N00001", "N00002"], "municipality": ["1472", "0014"],
                                  "year": [2023, 2024]}).decode()}  # fmt: skip
DATA = "/data/kpi/N00001,N00002/municipality/1472,0014/year/2023,2024"


def value(kpi: str, area: str, year: int, **sexes: Any) -> dict[str, Any]:
    told = [{"gender": sex, "value": amount, "status": "", "count": 1}
            for sex, amount in sexes.items()]  # fmt: skip
    return {"kpi": kpi, "municipality": area, "period": year, "values": told}


def answer(*values: Any, following: str | None = None) -> dict[str, Any]:
    return {"values": list(values), "count": len(values), "next_url": following}


def two_pages(register: Register) -> Register:
    following = f"{register.url}/page2?page=2&per_page=5000"
    first = answer(value("N00001", "1472", 2023, T=10.5, K=10, M=11),
                   value("N00002", "1472", 2023, T=None), following=following)  # fmt: skip
    second = answer(value("N00001", "0014", 2024, T=0.123456789),
                    value("N00002", "0014", 2024, T=0))  # fmt: skip
    return register.at(DATA, first).at("/page2", second)


ROWS = [
    {"area": "14", "year": "2024", "sex": "all", "N00001": "0.123457", "N00002": "0"},
    {"area": "1472", "year": "2023", "sex": "all", "N00001": "10.5", "N00002": ".."},
    {"area": "1472", "year": "2023", "sex": "men", "N00001": "11", "N00002": ".."},
    {"area": "1472", "year": "2023", "sex": "women", "N00001": "10", "N00002": ".."},
]


async def test_key_figures_come_page_after_page(analysis: Signed, register: Register) -> None:
    said, source = await fetched(analysis, two_pages(register), "kolada", **KPI)
    assert isinstance(said, Said), said
    assert await rows_now(analysis) == ROWS
    assert register.asked_at(DATA)[0].query == {"per_page": ["5000"]}
    assert register.asked_at("/page2")[0].query == {"page": ["2"], "per_page": ["5000"]}
    layout = {"value": "N00001", "period": "year", "area": "area", "sex": "sex"}
    draft = {"key": "nyckeltal", "name": "Nyckeltal", "meaning": "Påhittat", "unit": "share",
             "source_id": source["id"], "area_level": "municipality", "layout": layout}  # fmt: skip
    await analysis.made("/indicators", draft)
    asked = "/figures?area_code=1472&sex=women&period=2023"
    (figure,) = (await analysis.by(MEMBER).get(asked)).json()["items"]
    told = [figure[one] for one in ("value", "area_level", "area_code", "source_name", "licence")]
    assert told == ["10", "municipality", "1472", "Exempelregistret", "CC0 1.0"]


async def test_many_key_figures_are_asked_for_some_at_a_time(
    analysis: Signed, register: Register
) -> None:
    kpis, areas = [f"N{at:05d}" for at in range(45)], [f"{at:04d}" for at in range(1401, 1431)]

    def told(asked: Question) -> Answer:
        some, places = asked.path.split("/")[3].split(","), asked.path.split("/")[5].split(",")
        assert max(len(some), len(places)) <= 20
        return Answer(answer(*(value(k, a, 2024, T=1) for k in some for a in places)))

    for at in range(0, 45, 20):
        for place in range(0, 30, 20):
            register.at(
                f"/data/kpi/{','.join(kpis[at : at + 20])}"
                f"/municipality/{','.join(areas[place : place + 20])}",
                told,
            )
    selection = orjson.dumps({"kpi": kpis, "municipality": areas}).decode()
    said, _ = await fetched(analysis, register, "kolada", selection=selection)
    assert isinstance(said, Said), said
    assert len(register.asked) == 6
    assert len(said.snapshot["columns"]) == 48
    assert said.snapshot["row_count"] == 30


BROKEN: dict[str, tuple[Any, str]] = {
    "cut": (Answer(answer(), cut=5), "unreachable"),
    "gone": (Answer({}, 404), "answered_no"),
    "another form": ({"results": []}, "unreadable"),
    "fewer than it says": (
        answer(value("N00001", "0014", 2024, T=1)) | {"count": 2}, "incomplete",
    ),
    "no figures": (answer(value("N00001", "0014", 2024, T=1)), "changed"),
    "not asked for": (answer(value("N99999", "0014", 2024, T=1)), "unreadable"),
    "no sex": (answer(value("N00002", "0014", 2024, X=1)), "unreadable"),
    "words": (answer(value("N00002", "0014", 2024, T="ett")), "unreadable"),
    "twice": (answer(value("N00002", "1472", 2023, T=1)), "incomplete"),
    "elsewhere": (
        answer(value("N00002", "0014", 2024, T=1), following="http://169.254.169.254/"),
        "refused",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
async def test_a_page_that_fails_leaves_the_last_good(
    analysis: Signed, register: Register, name: str
) -> None:
    wrong, kind = BROKEN[name]
    await fetched(analysis, two_pages(register), "kolada", **KPI)
    if name == "no figures":
        register.at(DATA, answer(value("N00001", "1472", 2023, T=1)))
    else:
        register.at("/page2", wrong)
    said = await fetch_again(analysis)
    assert isinstance(said, Broken)
    assert said.kind == kind, said.text
    assert await rows_now(analysis) == ROWS


async def test_pages_that_lead_round_end(analysis: Signed, register: Register) -> None:
    first = answer(value("N00001", "1472", 2023, T=1), following=f"{register.url}/page2")
    round_ = answer(value("N00002", "1472", 2023, T=1), following=f"{register.url}/page2")
    register.at(DATA, first).at("/page2", round_)
    said, source = await fetched(analysis, register, "kolada", **KPI)
    assert isinstance(said, Broken)
    assert source["failure_kind"] == "incomplete"
    assert len(register.asked_at("/page2")) == 1


UNASKED = ("{}", '{"kpi": ["../x"], "municipality": ["1472"]}', '{"kpi": ["N00001"]}',
           '{"kpi": ["N00001"], "municipality": ["14"]}', '{"kpi": {"a": 1}}')  # fmt: skip


@pytest.mark.parametrize("selection", UNASKED)
async def test_what_kolada_cannot_be_asked(
    analysis: Signed, register: Register, selection: str
) -> None:
    _, source = await fetched(analysis, register, "kolada", selection=selection)
    assert source["failure_kind"] == "wrong_selection"
    assert register.asked == []


def assessed(area: str, occupation: int = 1, **more: Any) -> dict[str, Any]:
    """One assessment, invented."""
    return {
        "yrkesomrade": "Exempelområde", "yb_yrke": f"Exempelyrke {occupation}",
        "yb_concept_id": f"abcd_efg_{occupation:03d}", "lan": area, "antal_ssyk": 2,
        "del_av_ssyk": 0, "ssyk": "7521, 7522", "ssyk_text": "Snickare", "yb_beskrivning": None,
        "jobbmojligheter": "medelstora", "rekryteringssituation": "paradox",
        "paradox": ["löner", "villkor"], "prognos": "öka", "text_jobbmojligheter": "x",
        "text_rekryteringssituation": "y", "hogsta_bedomningsniva": "nuts2",
        "delvis_helt": "delvis", "omgang": "2026-1", "taxonomi_version": 27,
    } | more  # fmt: skip


WHOLE = [assessed(area, at) for area in ("00", "14", "01") for at in (1, 2)]


async def test_assessments_keep_their_level(analysis: Signed, register: Register) -> None:
    register.at("/yb.json", WHOLE)
    address = f"{register.url}/yb.json"
    said, _ = await fetched(analysis, register, "yrkesbarometern", address=address)
    assert isinstance(said, Said), said
    rows = await rows_now(analysis)
    assert len(rows) == 6
    told = ("omgang", "lan", "ssyk", "rekryteringssituation", "paradox", "prognos",
            "hogsta_bedomningsniva", "delvis_helt", "yb_beskrivning")  # fmt: skip
    assert [rows[0][one] for one in told] == [
        "2026-1", "00", "7521, 7522", "paradox", "löner, villkor", "öka", "nuts2", "delvis", None,
    ]  # fmt: skip
    assert said.snapshot["last_period"] == "2026-1"


async def test_assessments_are_the_same_fetched_or_as_a_file_and_tell_of_the_occupation(
    analysis: Signed, register: Register, tmp_path: Any
) -> None:
    await analysis.post("/registers/af_yrkesbarometern/describe", {})
    source = (await analysis.get("/sources?key=af_yrkesbarometern")).json()["items"][0]
    body = {name: source[name] for name in SourceDraft.model_fields}
    body["address"] = f"{register.url}/yb.json"
    await analysis.put(f"/sources/{source['id']}", body, version=source["version"])
    register.at("/yb.json", WHOLE)
    said = await fetch_again(analysis, key="af_yrkesbarometern")
    assert isinstance(said, Said), said
    taken = await handed_in(analysis, tmp_path, orjson.dumps(WHOLE), name="yb.json")
    assert (taken.new, taken.snapshot["id"]) == (False, said.snapshot["id"])
    (told,) = (
        await analysis.get("/occupation-records?occupation_code=7522&area_code=1472")
    ).json()["items"]
    assert [one["area_code"] for one in told["items"]] == ["14", "14", "00", "00"]
    assert told["items"][0]["cells"][-3:] == ["nuts2", "delvis", "2026-1"]
    quarantine = (await analysis.get(f"/sources/{source['id']}/quarantine")).json()
    assert quarantine["items"] == []


PARTS: dict[str, tuple[Any, str]] = {
    "one area fewer": (WHOLE[:-1], "incomplete"),
    "no country": (WHOLE[2:], "incomplete"),
    "empty": ([], "incomplete"),
    "no list": ({"data": WHOLE}, "unreadable"),
    "a field gone": ([{k: v for k, v in one.items() if k != "delvis_helt"} for one in WHOLE],
                     "changed"),
    "no area": ([*WHOLE[:-1], assessed("Västra Götaland", 2)], "unreadable"),
    "twice": ([*WHOLE, WHOLE[0] | {"prognos": "minska"}], "incomplete"),
}  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
async def test_half_a_barometer_is_none(analysis: Signed, register: Register, name: str) -> None:
    part, kind = PARTS[name]
    register.at("/yb.json", part)
    address = f"{register.url}/yb.json"
    said, source = await fetched(analysis, register, "yrkesbarometern", address=address)
    assert isinstance(said, Broken)
    assert source["failure_kind"] == kind, source["failure"]


async def test_a_real_sample_is_read_and_taken_as_a_file(
    analysis: Signed, register: Register, tmp_path: Any
) -> None:
    content = real_file("samples/yrkesbarometer_2025-2_sample.json").read_bytes()
    one_each = [one for one in orjson.loads(content) if one["lan"] == "00"]
    register.at("/yb.json", one_each)
    address = f"{register.url}/yb.json"
    said, _ = await fetched(analysis, register, "yrkesbarometern", address=address)
    assert isinstance(said, Said), said
    await analysis.made("/sources", source_draft("json_stat", None, key="fil"))
    taken = await handed_in(analysis, tmp_path, content, name="yb.json", key="fil")
    assert taken.snapshot["row_count"] == len(orjson.loads(content))
    assert "hogsta_bedomningsniva" in taken.snapshot["columns"]
