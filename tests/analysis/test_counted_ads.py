"""Advertisements are counted, and never read: every one of them, in parts where there are many."""

from typing import Any

import orjson
import pytest

from services.analysis.connector.rules import Broken
from services.analysis.contract.classification import CodeDraft, CodeSystem
from services.analysis.snapshot.actions import Said
from services.analysis.tables import CodeRow
from services.kit import clock
from services.kit.store import insert_row
from tests.analysis.importing import OPERATIONS
from tests.analysis.register import (
    Answer,
    Question,
    Register,
    fetch_again,
    fetched,
    rows_now,
)
from tests.callers import MEMBER, Signed

TIBRO, HJO = "aLFZ_aaa_bbb", "b2Kd_ccc_ddd"
HERE = {"selection": '{"municipality": ["1472", "1497"]}'}
# Two fields with their occupations; how many there are in each municipality.
FIELDS = {"fld1_aaa_aaa": ("7522", "7521"), "fld2_bbb_bbb": ("2512",)}
ADS = {TIBRO: {"7522": 3, "7521": 2, "2512": 1}, HJO: {"2512": 4}}


@pytest.fixture
async def known(analysis: Signed) -> None:
    """What JobTech calls two municipalities."""
    async with analysis.app.state.database.writing(OPERATIONS) as db:
        for code, name, concept in (("1472", "Tibro", TIBRO), ("1497", "Hjo", HJO)):
            draft = CodeDraft(system=CodeSystem.municipality, code=code, name=name, level=2,
                              concept_id=concept)  # fmt: skip
            await insert_row(db, CodeRow, draft)


def search(most: int = 100, short: int = 0, person: bool = True) -> Any:
    """JobSearch: counts by occupation or field, at most so many of them."""

    def answer(asked: Question) -> Answer:
        query = asked.query
        assert (query["limit"], len(query["municipality"])) == (["0"], 1)
        ads = ADS[query["municipality"][0]]
        chosen = FIELDS[query["occupation-field"][0]] if "occupation-field" in query else None
        some = {code: n for code, n in ads.items() if chosen is None or code in chosen}
        (kind,) = query["stats"]
        if kind == "occupation-field":
            counted = {f: sum(ads.get(code, 0) for code in codes) for f, codes in FIELDS.items()}
            values = [{"term": "x", "concept_id": f, "code": f, "count": n}
                      for f, n in counted.items() if n]  # fmt: skip
        else:
            values = [{"term": "x", "concept_id": f"c{code}_aaa", "code": code, "count": n}
                      for code, n in some.items()][:most]  # fmt: skip
        hit = {"headline": "Snickare", "application_contacts": [{"name": "Exempelperson 4"}]}
        return Answer({"total": {"value": sum(some.values()) + short}, "hits": [hit] * person,
                       "stats": [{"type": kind, "values": values}]})  # fmt: skip

    return answer


def told(rows: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    return [(one["municipality_code"], one["ssyk4"], one["ads"]) for one in rows]


EVERY = [("1472", "2512", "1"), ("1472", "7521", "2"), ("1472", "7522", "3"),
         ("1497", "2512", "4")]  # fmt: skip


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("most", [100, 2])
async def test_open_ads_are_counted_by_municipality_and_occupation(
    analysis: Signed, register: Register, most: int
) -> None:
    register.at("/search", search(most))
    said, source = await fetched(analysis, register, "jobsearch", **HERE)
    assert isinstance(said, Said), said
    rows = await rows_now(analysis)
    assert told(rows) == EVERY
    assert {one["month"] for one in rows} == {f"{clock.today():%Y-%m}"}
    assert "Exempelperson" not in str(rows)
    fields = [one for one in register.asked if "occupation-field" in one.query]
    assert bool(fields) == (most == 2)
    layout = {"value": "ads", "period": "month", "area": "municipality_code",
              "occupation": "ssyk4", "unlisted_is_zero": True}  # fmt: skip
    draft = {"key": "annonser", "name": "Annonser", "meaning": "x", "unit": "job_ads",
             "source_id": source["id"], "area_level": "municipality", "layout": layout}  # fmt: skip
    await analysis.made("/indicators", draft)
    asked = "/figures?area_code=1472&occupation_code=7522"
    (figure,) = (await analysis.by(MEMBER).get(asked)).json()["items"]
    assert (figure["value"], figure["area_level"]) == ("3", "municipality")


@pytest.mark.usefixtures("known")
async def test_years_past_are_counted_whole(analysis: Signed, register: Register) -> None:
    register.at("/search", search())
    selection = '{"municipality": ["1472", "1497"], "year": [2023, 2024]}'
    said, _ = await fetched(analysis, register, "historical_ads", selection=selection)
    assert isinstance(said, Said), said
    assert (said.snapshot["first_period"], said.snapshot["last_period"]) == ("2023", "2024")
    within = {(one.query["historical-from"][0], one.query["historical-to"][0])
              for one in register.asked}  # fmt: skip
    assert within == {("2023-01-01", "2023-12-31"), ("2024-01-01", "2024-12-31")}
    assert len(await rows_now(analysis)) == 8


BROKEN: dict[str, tuple[Any, str]] = {
    "not all told": (search(short=1), "incomplete"),
    "no stats": ({"total": {"value": 1}}, "unreadable"),
    "no total": ({"stats": []}, "unreadable"),
    "no code": (
        {"total": {"value": 1}, "stats": [{"type": "occupation-group", "values": [
            {"code": "abc", "count": 1}]}]},
        "unreadable",
    ),
    "cut": (Answer({"total": {"value": 1}}, cut=4), "unreachable"),
    "busy": (Answer({}, 429), "busy"),
    "an error": (Answer({"message": "no"}, 500), "answered_no"),
    "none at all": ({"total": {"value": 0}, "stats": []}, "incomplete"),
}  # fmt: skip


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("name", BROKEN)
async def test_half_a_count_leaves_the_last_good(
    analysis: Signed, register: Register, name: str
) -> None:
    wrong, kind = BROKEN[name]
    register.at("/search", search())
    await fetched(analysis, register, "jobsearch", **HERE)
    register.at("/search", wrong)
    said = await fetch_again(analysis)
    assert isinstance(said, Broken)
    assert said.kind == kind, said.text
    assert told(await rows_now(analysis)) == EVERY


async def test_without_the_names_of_municipalities_nothing_is_asked(
    analysis: Signed, register: Register
) -> None:
    said, source = await fetched(analysis, register, "jobsearch", **HERE)
    assert isinstance(said, Broken)
    assert source["failure_kind"] == "wrong_selection"
    assert "municipalities.csv" in source["failure"]
    assert register.asked == []
    assert orjson.loads(HERE["selection"])["municipality"] == ["1472", "1497"]
