"""Figures as JSON-stat 2.0, CSV and Excel: the same numbers, nothing unknown as nought."""

import csv
import io
from math import prod
from pathlib import Path
from typing import Any

import pytest

from services.analysis.contract.indicator import JSON_STAT
from services.kit.export import CSV, EXCEL
from tests.analysis.importing import employed, handed_in
from tests.callers import Signed

ROWS = [
    ("7522", "14", "män", 2023, 900), ("7522", "14", "kvinnor", 2023, ".."),
    ("7522", "14", "män", 2024, 949), ("7522", "14", "kvinnor", 2024, 62),
    ("7521", "14", "män", 2024, 7), ("7522", "01", "män", 2024, 5),
]  # fmt: skip
ASKED = (
    "/figures?indicator=employed&series=true&sex=women&sex=men&area_code=14&area_code=01"
    "&occupation_code=7522&occupation_code=7521"
)


async def _as(analysis: Signed, kind: str, asked: str = ASKED) -> Any:
    answer = await analysis.get(asked, headers={"accept": kind})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(kind)
    return answer


def at(cube: dict[str, Any], **codes: str) -> str:
    """Where a cell stands: the last dimension varies fastest, as JSON-stat says."""
    place = 0
    for name, size in zip(cube["id"], cube["size"], strict=True):
        index = cube["dimension"][name]["category"]["index"]
        assert len(index) == size
        place = place * size + (index.index(codes[name]) if name in codes else 0)
    return str(place)


async def test_json_stat_holds_each_figure_in_its_place(analysis: Signed, tmp_path: Path) -> None:
    await handed_in(analysis, tmp_path, employed(*ROWS))
    cube = (await _as(analysis, JSON_STAT)).json()
    assert (cube["version"], cube["class"]) == ("2.0", "dataset")
    unit = cube["dimension"]["indicator"]["category"]["unit"]
    assert unit == {"employed": {"label": "persons", "decimals": 0}}
    assert set(cube["dimension"]) == set(cube["id"])
    assert {one for several in cube["role"].values() for one in several} <= set(cube["id"])
    assert all(0 <= int(one) < prod(cube["size"]) for one in cube["value"])
    men = {"area": "14", "occupation": "7522", "sex": "men", "period": "2024"}
    assert cube["value"][at(cube, **men)] == 949
    unknown = at(cube, **men | {"sex": "women", "period": "2023"})
    assert (cube["value"][unknown], cube["status"][unknown]) == (None, "..")
    assert (
        at(cube, **men | {"area": "01", "sex": "women", "occupation": "7521"}) not in cube["value"]
    )
    assert cube["extension"]["breaks"].keys() == {"2023"}
    (text,) = cube["note"]
    assert text.startswith("SCB: Yrkesregistret: anställda efter län, yrke och kön (CC0 1.0). Häm")


async def test_the_same_figures_in_every_form(analysis: Signed, tmp_path: Path) -> None:
    said = await handed_in(analysis, tmp_path, employed(*ROWS))
    plain = (await analysis.get(ASKED)).json()
    told = (await _as(analysis, CSV)).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert [row["value"] for row in rows] == [one["value"] or "" for one in plain["items"]]
    assert {row["citation"] for row in rows} == set(plain["citations"])
    assert said.snapshot["content_hash"][:12] in rows[0]["citation"]
    assert (await _as(analysis, EXCEL)).content.startswith(b"PK")
    cube = (await _as(analysis, JSON_STAT)).json()
    assert len(cube["value"]) == len(rows)


@pytest.mark.parametrize("kind", [CSV, EXCEL, JSON_STAT])
async def test_nothing_is_an_empty_file(analysis: Signed, kind: str) -> None:
    answer = await _as(analysis, kind, "/figures?area_code=14")
    if kind == JSON_STAT:
        assert answer.json()["size"] == [0] * 6
