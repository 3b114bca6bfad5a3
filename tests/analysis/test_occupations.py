"""Occupations: found by a part of the name, by other words for them, or by the code."""

from csv import DictReader
from pathlib import Path
from typing import Any

import pytest

from services.analysis.classification.by_heart import NAMES
from tests.analysis.importing import csv_bytes
from tests.analysis.shared import FOLDER, needed
from tests.analysis.test_classification import TREE, settled
from tests.callers import MEMBER, Signed

CALLED = ("occupation_concept_id", "occupation_name", "ssyk4_code", "ssyk4_label")
GROUPS = [
    ("752", 3, "Möbelsnickare", "75", "x0"),
    ("7111", 4, "Träarbetare, snickare m.fl.", "711", "x1"),
    ("7522", 4, "Fin-, inrednings- och möbelsnickare", "752", "x2"),
    ("8321", 4, "Taxiförare m.fl.", "832", "x3"),
    ("3322", 4, "Företagssäljare", "332", "x5"),
    ("8331", 4, "Buss- och spårvagnsförare", "833", "x4"),
]
WORDS = [
    ("taxi_fPf_xfC", "Taxichaufför", "8321", ""),
    ("EsHf_niD_7PB", "Busschaufför", "8331", ""),
    ("UDVa_DtE_Fpb", "Byggnadssnickare", "7111", ""),
    ("xkTS_4P4_Sdy", "Företagssäljare", "3322", ""),
    ("sTP4_XS4_Sdy", "Finsnickare", "7522", ""),
]


@pytest.fixture
async def classified(analysis: Signed, tmp_path: Path) -> Signed:
    """Analysis with five occupations and other words for them."""
    for name, columns, rows in (
        ("ssyk2012", TREE, GROUPS), ("occupation_name_to_ssyk4", CALLED, WORDS),
    ):  # fmt: skip
        file = tmp_path / f"{name}.csv"
        file.write_bytes(csv_bytes(columns, rows))
        await settled(analysis, file)
    return analysis


async def found(analysis: Signed, asked: str) -> list[dict[str, Any]]:
    """The occupations that are found."""
    answer = await analysis.by(MEMBER).get(f"/occupations?{asked}")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("q=taxi", ["8321"]),
        ("q=Snickare", ["7111", "7522"]),  # a whole word of the name before a part of it
        ("q=chauff%C3%B6r", ["8331", "8321"]),  # by other words, in the order of the names
        ("q=busschauff%C3%B6r", ["8331"]),
        ("q=f%C3%B6rare", ["8331", "8321"]),  # never what begins with the stem, as företag
        ("q=busschauff%C3%B6rer", ["8331"]),
        ("q=75", ["7522"]),
        ("q=7522", ["7522"]),
        ("q=fPf", []),  # an id of the taxonomy is no word
        ("q=m%C3%B6bel%20fin", ["7522"]),
        ("code=8331&code=8321&code=0000", ["8331", "8321"]),
        ("q=snickare&code=7522", ["7522"]),
        ("limit=2", ["8331", "7522"]),
        ("q=%25", []),
    ],
)
async def test_occupations_are_found(classified: Signed, asked: str, codes: list[str]) -> None:
    assert [one["code"] for one in await found(classified, asked)] == codes


async def test_a_found_occupation_says_by_which_words(classified: Signed) -> None:
    (taxi,) = await found(classified, "q=taxi")
    assert (await found(classified, "q=f%C3%B6retag"))[0]["words"] == []
    assert taxi == {"code": "8321", "name": "Taxiförare m.fl.", "words": ["Taxichaufför"]}
    answer = (await classified.get("/occupations?q=snickare&limit=1&count=true")).json()
    assert (answer["count"], answer["classified"]) == (2, True)
    assert answer["next"] == "/occupations?q=snickare&limit=1&count=true&page=2"
    rest = (await classified.get(answer["next"])).json()
    assert ([one["code"] for one in rest["items"]], rest["next"]) == (["7522"], None)


async def test_nobody_knows_occupations_before_they_are_imported(analysis: Signed) -> None:
    for asked in ("", "q=taxi", "code=7111", "q=taxi&code=8321"):
        answer = (await analysis.get(f"/occupations?{asked}")).json()
        assert (answer["items"], answer["classified"]) == ([], False)


async def test_those_of_the_demo_have_names_all_the_same(analysis: Signed) -> None:
    answer = (await analysis.get("/occupations?code=7111&code=8321&count=true")).json()
    assert answer["items"] == [{"code": "8321", "name": "Taxiförare m.fl.", "words": []}]
    assert (answer["count"], answer["next"], answer["classified"]) == (1, None, False)


@needed
async def test_what_is_known_by_heart_is_what_the_classification_says() -> None:
    with (FOLDER / "ssyk2012.csv").open(encoding="utf-8") as file:
        names = {row["code"]: row["label_sv"] for row in DictReader(file)}
    assert {code: names[code] for code in NAMES} == NAMES


@pytest.mark.parametrize(
    ("asked", "field"),
    [("code=832", "code"), ("limit=0", "limit"), (f"q={'a' * 201}", "q"), ("level=4", "level")],
)
async def test_what_cannot_be_asked_is_said(analysis: Signed, asked: str, field: str) -> None:
    answer = await analysis.get(f"/occupations?{asked}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


@needed
async def test_the_real_occupations(analysis: Signed) -> None:
    for name in ("ssyk2012", "occupation_name_to_ssyk4"):
        await settled(analysis, FOLDER / f"{name}.csv")
    assert (await analysis.get("/occupations?count=true")).json()["count"] == 400
    for words, code in {"snickare": "7111", "undersköt": "5321", "taxi": "8321"}.items():
        assert code in [one["code"] for one in await found(analysis, f"q={words}")]
