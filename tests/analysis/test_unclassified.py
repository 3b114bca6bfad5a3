"""Unclassified: what a verdict says of codes that the loaded classifications do not have."""

from pathlib import Path
from typing import Any

import pytest

from services.analysis.classification.rules import Unclassified
from services.analysis.contract.verdict import Conclusion, Horizon
from tests.analysis.conftest import Three
from tests.analysis.importing import csv_bytes, employed, handed_in
from tests.analysis.judging import verdict
from tests.analysis.test_arithmetic import HERE, INTAKE, NEED, OTHER, PROGRAMME, SURE, TODAY
from tests.analysis.test_classification import OCCUPATIONS, TREE, settled
from tests.analysis.test_verdict import ADS, MEN, WOMEN, told, verdict_of

PLACES = ("municipality_code", "name", "county_code", "county_name", "jobtech_concept_id")
GONE = Unclassified(frozenset({"1999"}), frozenset({"9998"}))
NOWHERE = {"municipality_codes": ["1999"]}
NO_PLACE = "Kommunkoden 1999 finns inte i klassifikationen."
AT = {"municipality_code": "1472"}
Fact = dict[str, Any]


def judged(need: Fact, *others: Fact, programme: Fact = PROGRAMME, **more: Any) -> Fact:
    """The verdict of a need on 20 sure places, where 1999 and 9998 are no codes."""
    intakes = [INTAKE | SURE | more]
    return verdict(
        NEED | need, [programme], intakes, Horizon.short, TODAY,
        others=others, unclassified=GONE,
    )  # fmt: skip


def decisive(found: Fact) -> list[str]:
    return [one["text"] for one in found["unknowns"] if one["decisive"]]


@pytest.mark.parametrize("codes", [["1999"], ["1472", "1999"]])
def test_a_need_whose_place_is_no_municipality_has_no_upper_end(codes: list[str]) -> None:
    need = {"municipality_codes": codes, "headcount_per_year": 30}
    found = judged(need, programme=PROGRAMME | AT)
    assert (found["conclusion"], found["supply_high"]) == (Conclusion.undecidable, None)
    assert found["supply_low"] == (20 if "1472" in codes else 0)
    assert decisive(found)[0] == NO_PLACE
    assert not any("andra kommuner" in text for text in decisive(found)), "which are others?"


def test_what_comes_from_everywhere_covers_a_need_wherever_it_is() -> None:
    found = judged(NOWHERE, programme=PROGRAMME | {"delivery": "distance"})
    assert (found["conclusion"], found["supply_low"]) == (Conclusion.covered, 20)
    assert NO_PLACE in [one["text"] for one in found["unknowns"]]
    assert not decisive(found)


@pytest.mark.parametrize("need", [HERE, NOWHERE])
def test_a_programme_whose_place_is_no_municipality_may_be_there_or_not(need: Fact) -> None:
    found = judged(need, programme=PROGRAMME | {"municipality_code": "1999"})
    (line,) = (one for one in found["lines"] if one["side"] == "supply")
    (where,) = (one for one in line["factors"] if one["name"] == "Ges där behovet är")
    assert (where["low"], where["high"], where["assumed"]) == (0, 1, True)
    assert (found["conclusion"], found["supply_low"]) == (Conclusion.undecidable, 0)
    assert "Träteknik: kommunkoden 1999 finns inte i klassifikationen." in decisive(found)
    assert not judged({}, programme=PROGRAMME | {"municipality_code": "1999"})["unknowns"]


def test_another_need_whose_place_is_no_municipality_may_take_the_places() -> None:
    found = judged(HERE, OTHER | NOWHERE, programme=PROGRAMME | AT)
    assert (found["shared_needs"], found["shared_taken"], found["supply_low"]) == (1, 10, 10)
    assert not judged(HERE, OTHER | {"municipality_codes": ["1473"]}, programme=PROGRAMME | AT)[
        "shared_needs"
    ]


def test_an_occupation_that_is_none_is_not_known() -> None:
    found = judged(
        {"occupation_code": "9998"}, programme=PROGRAMME | {"occupation_codes": ["9998"]}
    )
    assert (found["conclusion"], found["supply_high"]) == (Conclusion.undecidable, None)
    assert decisive(found) == ["Yrkeskoden 9998 finns inte i klassifikationen."]
    assert {one["side"] for one in found["lines"]} == {"demand"}


async def test_no_figures_of_the_country_stand_in_for_a_place_that_is_none(
    three: Three, tmp_path: Path
) -> None:
    ads = [("1472", "7522", 4), ("1473", "7522", 5)]
    for content in (employed(MEN, WOMEN, ("7522", "00", "män", 2024, 9)), csv_bytes(ADS, ads)):
        await handed_in(three.analysis, tmp_path, content)
    before = await verdict_of(three, municipality_codes=["1499"])
    assert before["figures"], "nothing is known of which codes there are"
    for name, names, rows in (
        ("ssyk2012", TREE, OCCUPATIONS),
        ("municipalities", PLACES, [("1472", "Tidaholm", "14", "Västra Götalands län", "x")]),
    ):
        (tmp_path / f"{name}.csv").write_bytes(csv_bytes(names, rows))
        await settled(three.analysis, tmp_path / f"{name}.csv")
    nowhere = await verdict_of(three, municipality_codes=["1499"])
    assert (nowhere["figures"], nowhere["minority_share"]) == ([], None)
    (said,) = (one for one in nowhere["unknowns"] if one["kind"] == "municipality")
    assert said["text"] == "Kommunkoden 1499 finns inte i klassifikationen."
    assert (nowhere["conclusion"], said["decisive"]) == ("undecidable", True)
    asked = "/figures?indicator=women_share&occupation_code=7522&area_code="
    assert (await three.analysis.get(f"{asked}1499")).json()["items"] == [], "as a decision asks"
    assert (await three.analysis.get(f"{asked}1472")).json()["items"]
    partly = await verdict_of(three, municipality_codes=["1472", "1499"])
    assert ("job_ads", "all", "1472", "4") in told(partly)
    facts = {"name": "Exempelkommun 1", "kind": "municipality", "municipality_code": "1499"}
    await three.actors.made("/actors", facts)
    ours = await verdict_of(three, municipality_codes=[])
    assert {area for _, _, area, _ in told(ours)} == {"00"}, "no municipality of ours is one"
    nothing = await verdict_of(three, occupation_code="9998")
    assert nothing["figures"] == []
    assert "Yrkeskoden 9998 finns inte i klassifikationen." in decisive(nothing)
