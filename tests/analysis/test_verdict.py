"""Verdicts and registers: figures stand beside the arithmetic, and never in it."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from services.kit import clock
from tests.analysis.conftest import Three
from tests.analysis.importing import csv_bytes, employed, handed_in
from tests.analysis.shared import FOLDER, needed
from tests.analysis.test_thread import need_in, world
from tests.callers import municipality

MEN = ("7522", "14", "män", 2024, 949)
WOMEN = ("7522", "14", "kvinnor", 2024, 62)
AGES = ("ar", "ssyk4", "kon", "alder", "antal")
ADS = ("municipality_code", "ssyk4", "ads_2024")
Fact = dict[str, Any]


async def verdict_of(three: Three, **more: object) -> Fact:
    at = await world(three)
    facts: Fact = {"occupation_code": "7522", "headcount_per_year": 10}
    need = await need_in(three, at, **(facts | {"municipality_codes": ["1472"]} | more))
    url = f"/verdicts?need_id={need['id']}&horizon=short"
    answer = await three.analysis.get(url)
    assert answer.status_code == 200, answer.text
    found: Fact = answer.json()["items"][0]
    return found


def told(verdict: Fact) -> list[tuple[str, str, str, str | None]]:
    """What each figure measures, of whom, where, and how much."""
    return [
        (one["indicator_key"], one["sex"], one["area_code"], one["value"])
        for one in verdict["figures"]
    ]


def unknowns(verdict: Fact) -> dict[str, str]:
    return {one["kind"]: one["text"] for one in verdict["unknowns"]}


async def test_without_registers_the_verdict_says_what_it_lacks(three: Three) -> None:
    verdict = await verdict_of(three)
    assert verdict["figures"] == []
    assert (verdict["minority_share"], verdict["needs_equality_check"]) == (None, None)
    said = [one["text"] for one in verdict["unknowns"] if one["kind"] == "figure"]
    assert said == [
        "Hur många som är anställda i yrket är inte känt.",
        "Könsfördelningen i yrket är inte känd.",
    ]
    share = {"minority_share": "0.10", "minority_share_source": "Exempelstatistik"}
    written = await verdict_of(three, **share)
    assert written["needs_equality_check"] is True
    assert said[1] not in [one["text"] for one in written["unknowns"]], "the need tells it"
    assert "åldrarna i yrket är inte kända" in unknowns(verdict)["replacement"]
    assert not any(one["decisive"] for one in verdict["unknowns"] if one["kind"] == "figure")


async def test_figures_stand_beside_the_arithmetic(three: Three, tmp_path: Path) -> None:
    bare = await verdict_of(three)
    ages = [(2024, "7522", "män", age, count) for age, count in
            (("55-59", 60), ("60-64", 30), ("65-69", 10))]  # fmt: skip
    ages += [(2024, "7522", "kvinnor", age, 0) for age in ("55-59", "60-64", "65-69")]
    for content in (employed(MEN, WOMEN), csv_bytes(AGES, ages),
                    csv_bytes(ADS, [("1472", "7522", 4), ("1473", "7522", 5)])):  # fmt: skip
        await handed_in(three.analysis, tmp_path, content)
    verdict = await verdict_of(three)
    assert told(verdict) == [
        ("employed", "all", "14", "1011"), ("employed", "women", "14", "62"),
        ("employed", "men", "14", "949"), ("women_share", "women", "14", "0.0613"),
        ("job_ads", "all", "1472", "4"), ("age_60_share", "all", "00", "0.4000"),
    ]  # fmt: skip
    assert all(one["source_name"] and one["content_hash"] for one in verdict["figures"])
    assert (verdict["minority_share"], verdict["needs_equality_check"]) == ("0.0613", True)
    assert "40 % är 60 år eller äldre i riket, och" in unknowns(verdict)["replacement"]
    assert "figure" not in unknowns(verdict)
    same = ("demand_low", "demand_high", "supply_low", "supply_high", "conclusion", "lines")
    assert {name: verdict[name] for name in same} == {name: bare[name] for name in same}


async def test_several_municipalities_are_one_and_no_occupation_has_no_figures(
    three: Three, tmp_path: Path
) -> None:
    even = (MEN, (*WOMEN[:4], 900))
    for content in (employed(*even),
                    csv_bytes(ADS, [("1472", "7522", 4), ("1473", "7522", 5)])):  # fmt: skip
        await handed_in(three.analysis, tmp_path, content)
    verdict = await verdict_of(three, municipality_codes=["1472", "1473"])
    (ads,) = (one for one in verdict["figures"] if one["indicator_key"] == "job_ads")
    assert (ads["value"], ads["area_codes"], ads["area_code"]) == ("9", ["1472", "1473"], None)
    assert verdict["needs_equality_check"] is False
    counties = ("county_code", "county_name", "ssyk4", "ads_2024")
    rows = [("00", "Riket", "7522", 30), ("14", "Län", "7522", 9)]
    await handed_in(three.analysis, tmp_path, csv_bytes(counties, rows))
    beside = await verdict_of(three)
    assert [one[::2] for one in told(beside) if "ads" in one[0]] == [
        ("job_ads", "1472"), ("job_ads_county", "14"),
    ]  # fmt: skip
    nobody = await verdict_of(three, occupation_code=None)
    assert (nobody["figures"], nobody["needs_equality_check"]) == ([], None)
    assert set(unknowns(nobody)) == {"occupation"}


async def test_a_need_without_municipalities_is_where_we_are_and_not_the_whole_country(
    three: Three, tmp_path: Path
) -> None:
    ads = [("1472", "7522", 4), ("1473", "7522", 5), ("1480", "7522", 600)]
    await handed_in(three.analysis, tmp_path, csv_bytes(ADS, ads))
    nowhere = await verdict_of(three, municipality_codes=[])
    assert {area for _, _, area, _ in told(nowhere)} <= {"00"}
    for code in ("1472", "1473"):
        facts = {"name": f"Exempelkommun {code}", "kind": "municipality", "municipality_code": code}
        await three.actors.made("/actors", facts)
    verdict = await verdict_of(three, municipality_codes=[])
    (one,) = (one for one in verdict["figures"] if one["indicator_key"] == "job_ads")
    assert (one["value"], one["area_codes"]) == ("9", ["1472", "1473"])


async def test_a_damaged_file_takes_the_figures_and_not_the_verdict(
    three: Three, tmp_path: Path
) -> None:
    said = await handed_in(three.analysis, tmp_path, employed(MEN, WOMEN))
    three.analysis.app.state.shelf.path(said.snapshot["content_hash"]).write_bytes(b"damaged")
    verdict = await verdict_of(three)
    assert verdict["figures"] == []
    assert unknowns(verdict)["figure"] == "Registrens siffror kan inte läsas just nu."


async def test_seats_that_two_needs_count_on_are_said_of_both_and_named_to_who_may_know(
    three: Three,
) -> None:
    actor = await three.actors.made("/actors", {"name": "Exempelskola", "kind": "other"})
    programme = await three.actors.made(
        "/programmes",
        {"name": "Träteknik", "form": "other", "provider_actor_id": actor["id"],
         "occupation_codes": ["7522"], "delivery": "distance"},
    )  # fmt: skip
    begun, out = (clock.today() + timedelta(days=days) for days in (-60, 60))
    intake = {"programme_id": programme["id"], "starts_on": f"{begun}", "ends_on": f"{out}",
              "seats": 10, "admitted": 10, "completed": 10, "employed_after": 10}  # fmt: skip
    await three.actors.made("/intakes", intake)
    ids = []
    for code, asked in (("1472", 6), ("1473", 7)):
        facts = {"occupation_code": "7522", "headcount_per_year": asked, "horizon": "short",
                 "statement": f"Fler {code}", "areas": ["education"],
                 "municipality_codes": [code]}  # fmt: skip
        ids.append((await three.councils.made("/needs", facts))["id"])
    url = f"/verdicts?need_id={ids[0]}&horizon=short"
    verdict = (await three.analysis.get(url)).json()["items"][0]
    assert (verdict["supply_low"], verdict["supply_high"]) == ("3.00", "10.00")
    assert (verdict["shared_need_ids"], verdict["conclusion"]) == ([ids[1]], "undecidable")
    answer = await three.analysis.by(municipality("1472")).get(url)
    told = answer.json()["items"][0]
    assert told == verdict | {"shared_need_ids": []}, "whole and shared mean the same to everybody"
    met = {"met_on": f"{clock.today()}", "evidence": "Exempel"}
    await three.councils.made(f"/needs/{ids[1]}/meet", met)
    verdict = (await three.analysis.get(url)).json()["items"][0]
    assert (verdict["conclusion"], verdict["shared_needs"]) == ("covered", 0)
    left = {"withdrawn_on": "2020-01-01", "reason": "Ändrat uppdrag"}
    await three.actors.made(f"/actors/{actor['id']}/withdraw", left)
    assert await concluded(three, url) == "undecidable", "who left may give it or not"
    heir = await three.actors.made("/actors", {"name": "Exempelhögskola", "kind": "university"})
    await three.actors.made(f"/actors/{actor['id']}/merge", {"into_id": heir["id"]})
    assert await concluded(three, url) == "undecidable", "its standing came with it"
    await three.actors.made(
        f"/actors/{heir['id']}/return", {"returned_on": "2020-10-01", "level": "operative"}
    )
    assert await concluded(three, url) == "covered"


async def concluded(three: Three, url: str) -> str:
    """What a verdict's conclusion is."""
    found: str = (await three.analysis.get(url)).json()["items"][0]["conclusion"]
    return found


@needed
async def test_a_verdict_on_real_figures(three: Three, tmp_path: Path) -> None:
    for name in ("employed_ssyk4_county_sex_2020_2024",
                 "employed_ssyk4_age_sex_national_2014_2024"):  # fmt: skip
        await handed_in(three.analysis, tmp_path, (FOLDER / f"{name}.csv").read_bytes())
    verdict = await verdict_of(three)
    assert told(verdict)[:3] == [
        ("employed", "all", "14", "1011"), ("employed", "women", "14", "62"),
        ("employed", "men", "14", "949"),
    ]  # fmt: skip
    assert Decimal(verdict["minority_share"]) == Decimal("0.0613")
    assert verdict["needs_equality_check"] is True
