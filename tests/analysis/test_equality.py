"""Women and men in occupations: the index and the shares, from files as they are imported."""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.analysis.classification.actions import known_files
from tests.analysis.importing import csv_bytes, employed, handed_in
from tests.analysis.shared import FOLDER, needed
from tests.analysis.test_classification import settled
from tests.callers import MEMBER, Signed, municipality

NAMES = ("code", "level", "label_sv", "parent_code", "jobtech_concept_id", "definition_sv")


def year(number: int, *counted: tuple[str, int | str, int | str], area: str = "14") -> list[Any]:
    """A year's rows: occupation, women, men."""
    return [
        (code, area, sex, number, count)
        for code, women, men in counted
        for sex, count in (("kvinnor", women), ("män", men))
    ]


async def asked(analysis: Signed, path: str) -> Any:
    answer = await analysis.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_index_of_a_county_with_what_chance_does_and_what_has_changed(
    analysis: Signed, tmp_path: Path
) -> None:
    rows = year(2021, ("5111", 100, 400), ("5222", 300, 400), ("5333", 600, 200))
    rows += year(2022, ("5111", 102, 398), ("5222", 298, 402), ("5333", 600, 200))
    rows += year(2023, ("5111", 300, 400), ("5222", 300, 400), ("5333", 400, 200))
    rows += year(2024, ("5111", 700, 800), ("5222", 300, 400), ("5333", 0, 0))
    said = await handed_in(analysis, tmp_path, employed(*rows))
    found = await asked(analysis, "/segregation?area_code=1472&series=true")
    told = [(one["period"], one["value"], one["change"]) for one in found["items"]]
    assert told == [
        ("2021", "0.4000", "not_comparable"),
        ("2022", "0.4000", "no_certain"),
        ("2023", "0.2000", "not_comparable"),  # another way of counting begins
        ("2024", "0.0333", "more_even"),
    ]
    last = found["items"][-1]
    assert (last["area_level"], last["area_code"]) == ("county", "14"), "never the municipality's"
    assert (last["women"], last["men"], last["occupation_count"]) == ("1000", "1200", 2)
    assert Decimal(last["chance_value"]) > 0 < Decimal(last["margin"])
    assert (last["unit"], last["indicator_key"]) == ("dissimilarity", "employed")
    assert last["source_id"] == str(said.snapshot["source_id"])
    (latest,) = (await asked(analysis, "/segregation?area_code=14"))["items"]
    assert latest == last
    (one,) = (await asked(analysis, "/segregation?area_code=14&period=2022"))["items"]
    assert (one["period"], one["change"]) == ("2022", "no_certain")
    assert (await asked(analysis, "/segregation?area_code=01"))["items"] == []


async def test_what_is_unknown_of_a_part_is_unknown_of_the_whole(
    analysis: Signed, tmp_path: Path
) -> None:
    rows = year(2024, ("5111", 100, 400), ("5222", "..", 400))
    await handed_in(analysis, tmp_path, employed(*rows, ("5333", "14", "män", 2024, 9)))
    (found,) = (await asked(analysis, "/segregation?area_code=14"))["items"]
    names = ("value", "women", "chance_value", "margin")
    assert [found[name] for name in names] == [None, None, None, None]
    assert found["men"] == "809"
    shares = (await asked(analysis, "/occupation-shares?area_code=14"))["items"]
    assert [(one["occupation_code"], one["women_share"]) for one in shares] == [
        ("5111", "0.2000"), ("5222", None), ("5333", None),
    ]  # fmt: skip


async def test_every_occupation_with_its_smaller_sex_and_whether_it_has_changed(
    analysis: Signed, tmp_path: Path
) -> None:
    tree = tmp_path / "ssyk2012.csv"
    tree.write_bytes(csv_bytes(NAMES, [("5222", "4", "Exempelyrke", "522", "", "")]))
    await settled(analysis, tree)
    rows = year(2022, ("5111", 5, 995), ("5222", 500, 500), ("5333", 900, 100))
    rows += year(2023, ("5111", 50, 950), ("5222", 500, 500), ("5333", 900, 100), ("5444", 0, 0))
    rows += year(2024, ("5111", 200, 800), ("5222", 490, 510), ("5333", 900, 100), ("5555", 3, 1))
    await handed_in(analysis, tmp_path, employed(*rows))
    found = await asked(analysis.by(MEMBER), "/occupation-shares?area_code=1472")
    assert (found["about"]["area_code"], found["about"]["period"]) == ("14", "2024")
    assert (found["about"]["value"], found["since"]) == ("3004", "2023")
    told = [
        tuple(one[name] for name in ("occupation_code", "women_share", "smaller_sex", "change"))
        for one in found["items"]
    ]
    assert told == [
        ("5333", "0.9000", "men", "no_certain"),
        ("5111", "0.2000", "women", "more_even"),
        ("5555", "0.7500", "men", "not_comparable"),
        ("5222", "0.4900", None, "no_certain"),
    ]
    assert found["items"][3]["occupation_name"] == "Exempelyrke"
    assert found["items"][1]["earlier_women_share"] == "0.0500", "not that before the break"
    key = analysis.by(municipality("1472", "read"))
    assert await asked(key, "/occupation-shares?area_code=1472") == found


async def test_several_places_are_one_or_each_by_itself(analysis: Signed, tmp_path: Path) -> None:
    rows = year(2024, ("5111", 10, 30), ("5222", 30, 10))
    rows += year(2024, ("5111", 30, 10), ("5222", 10, 30), area="01")
    await handed_in(analysis, tmp_path, employed(*rows))
    path = "/segregation?area_code=14&area_code=01"
    each = (await asked(analysis, path))["items"]
    assert {one["area_code"]: one["value"] for one in each} == {"14": "0.5000", "01": "0.5000"}
    (both,) = (await asked(analysis, f"{path}&together=true"))["items"]
    assert (both["value"], both["area_codes"]) == ("0.0000", ["01", "14"])
    shares = await asked(analysis, "/occupation-shares?area_code=14&area_code=01")
    assert {one["women_share"] for one in shares["items"]} == {"0.5000"}


@pytest.mark.parametrize(
    "query", ["indicator=nothing", "area_code=x", "indicator=a&indicator=b", "what=1"]
)
async def test_what_cannot_be_asked_is_refused(analysis: Signed, query: str) -> None:
    answer = await analysis.get(f"/occupation-shares?{query}")
    assert answer.status_code == 400, answer.text
    nothing = await analysis.get("/occupation-shares")
    assert nothing.json() == {"about": None, "since": None, "items": [], "next": None}


@needed
async def test_the_real_index_is_that_of_the_file_worked_out_by_itself(
    analysis: Signed, tmp_path: Path
) -> None:
    for path in known_files(FOLDER):
        await settled(analysis, path)
    file = FOLDER / "employed_ssyk4_county_sex_2020_2024.csv"
    await handed_in(analysis, tmp_path, file.read_bytes())
    counted: dict[str, dict[str, int]] = {"kvinnor": defaultdict(int), "män": defaultdict(int)}
    with file.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if (row["county_code"], row["year"]) == ("14", "2024"):
                counted[row["sex"]][row["ssyk4"]] += int(row["employed"])
    women, men = counted["kvinnor"], counted["män"]
    whole = sum(women.values()), sum(men.values())
    codes = {*women, *men}
    index = sum(abs(women[code] / whole[0] - men[code] / whole[1]) for code in codes) / 2
    found = (await asked(analysis, "/segregation?area_code=1472&series=true"))["items"]
    assert [one["period"] for one in found] == ["2020", "2021", "2022", "2023", "2024"]
    assert found[-1]["value"] == f"{index:.4f}"
    assert (found[-1]["women"], found[-1]["men"]) == (str(whole[0]), str(whole[1]))
    assert sum(whole) == 858256
    broken = {one["period"] for one in found if one["change"] == "not_comparable"}
    assert broken == {"2020", "2023"}
    assert {one["area_name"] for one in found} == {"Västra Götalands län"}
    shares = await asked(analysis, "/occupation-shares?area_code=1472")
    by_code = {one["occupation_code"]: one for one in shares["items"]}
    assert (by_code["7522"]["women"], by_code["7522"]["men"]) == ("62", "949")
    assert by_code["7522"]["smaller_sex"] == "women"
    assert by_code["7522"]["occupation_name"] == "Fin-, inrednings- och möbelsnickare"


async def test_groups_of_occupations_are_no_occupations(analysis: Signed, tmp_path: Path) -> None:
    """A longer series of groups of three digits changes neither index nor shares."""
    two = [row for code, pair in (("5111", (300, 700)), ("5112", (500, 500)))
           for row in year(2024, (code, *pair))]  # fmt: skip
    await handed_in(analysis, tmp_path, employed(*two))
    alone = (await analysis.get("/segregation?area_code=14")).json()["items"]
    groups = [
        ("511", "14", sex, at, 1000) for at in range(2014, 2025) for sex in ("kvinnor", "män")
    ]
    columns = ("ssyk3", "county_code", "sex", "year", "employed")
    await handed_in(analysis, tmp_path, csv_bytes(columns, groups), name="groups.csv")
    beside = (await analysis.get("/segregation?area_code=14")).json()["items"]
    assert [one["indicator_key"] for one in beside] == ["employed"]
    assert [one["value"] for one in beside] == [one["value"] for one in alone]
