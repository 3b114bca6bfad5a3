"""Who leaves by age stands beside a need's figures, as an estimate that is counted into nothing."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.analysis.conftest import Three
from tests.analysis.importing import csv_bytes, employed, handed_in
from tests.analysis.test_verdict import AGES, MEN, WOMEN, unknowns, verdict_of

BALANCE = ("demand_low", "demand_high", "coverage_low", "coverage_high", "conclusion", "lines")


def aged(**counts: int) -> bytes:
    """Half of each age group women, half men; the names are like _60_64."""
    rows = [(2024, "7522", sex, age[1:].replace("_", "-"), count // 2)
            for age, count in counts.items() for sex in ("män", "kvinnor")]  # fmt: skip
    return csv_bytes(AGES, rows)


async def leaving(three: Three, area: str) -> dict[str, Any]:
    path = f"/replacements?area_code={area}&occupation_code=7522"
    (found,) = (await three.analysis.get(path)).json()["items"]
    return dict(found)


async def test_the_countrys_share_is_taken_of_those_employed_where_the_need_is(
    three: Three, tmp_path: Path
) -> None:
    bare = await verdict_of(three)
    assert bare["replacement"] is None
    await handed_in(three.analysis, tmp_path, aged(_25_29=860, _60_64=100, _65_69=40))
    alone = (await verdict_of(three))["replacement"]
    assert (alone["area_level"], alone["area_code"], alone["assumed"]) == ("nation", "00", False)
    # By hand: 62, 63 and 64 of five years are 60 of 100, and all 40: 100 of 1 000 in five years.
    assert (alone["area_leaving_yearly"], alone["share_leaving"]) == ("20.0", "0.1000")
    await handed_in(three.analysis, tmp_path, employed(MEN, WOMEN))
    verdict = await verdict_of(three)
    found = verdict["replacement"]
    assert (found["area_level"], found["area_code"], found["area_count"]) == (
        "county",
        "14",
        "1011",
    )
    assert (found["nation_leaving_yearly"], found["area_leaving_yearly"]) == ("20.0", "20.2")
    assert found["assumed"] is True
    assert "100 / 1\u00a0000 × 1\u00a0011 / 5 = 20,2" in found["counted_as"]
    assert found["source_name"] != found["area_source_name"]
    assert "uppskattat slutar 20,2 per år i länet" in unknowns(verdict)["replacement"]
    assert {name: verdict[name] for name in BALANCE} == {name: bare[name] for name in BALANCE}
    same = await leaving(three, "1472")
    for name in ("nation_leaving_yearly", "area_leaving_yearly", "area_count", "share_leaving"):
        assert Decimal(found[name]) == Decimal(same[name])


async def test_ages_of_other_occupations_tell_nothing(three: Three, tmp_path: Path) -> None:
    rows = [(2024, "2221", sex, "60-64", 10) for sex in ("män", "kvinnor")]
    await handed_in(three.analysis, tmp_path, csv_bytes(AGES, rows))
    await handed_in(three.analysis, tmp_path, employed(MEN, WOMEN))
    verdict = await verdict_of(three)
    assert verdict["replacement"] is None
    assert "åldrarna i yrket är inte kända" in unknowns(verdict)["replacement"]
