"""JSON-stat 2: a cube of numbers as rows; what is not told is unknown, and never zero."""

from math import prod
from pathlib import Path
from typing import Any

import orjson
import pytest

from services.analysis.snapshot.json_stat import NoJsonStat, cube_of
from services.kit.errors import Rejected
from tests.analysis.importing import handed_in
from tests.analysis.register import rows_now, source_draft
from tests.analysis.test_pxweb import table
from tests.callers import Signed
from tests.real_data import real_file

BAD: dict[str, dict[str, Any]] = {
    "another class": {"class": "collection"}, "version 1": {"version": "1.0"},
    "no size": {"size": None}, "short": {"value": [1]}, "long": {"value": [1] * 9},
    "outside": {"value": {"8": 1}}, "no dimension": {"dimension": {}},
    "places": {
        "dimension": table()["dimension"] | {"Tid": {"category": {"index": {"a": 1, "b": 3}}}}
    },
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_whole_json_stat_is_refused(name: str) -> None:
    with pytest.raises(NoJsonStat):
        cube_of(table() | BAD[name])


def test_sparse_values_and_statuses_are_unknown_and_not_zero() -> None:
    said = table(value={"0": 0, "2": 2.5}, status={"1": ".", "3": "confidential"})
    rows = [row[-1] for row in cube_of(said).rows()]
    assert rows == ["0", ".", "2.5", *[".."] * 5]


async def test_json_stat_is_also_taken_as_a_file(analysis: Signed, tmp_path: Path) -> None:
    await analysis.made("/sources", source_draft("json_stat", None))
    content = orjson.dumps(table())
    said = await handed_in(analysis, tmp_path, content, name="tabell.json", key="provet")
    assert said.snapshot["columns"] == ["Region", "Kon", "Tid", "N1"]
    assert (await rows_now(analysis))[3]["N1"] == ".."
    odd = [{"id": [["a"]]}, {"value": {"\u00b2": 1}}]
    told = [orjson.dumps(table() | one) for one in odd]
    whole = b'{"class": "dataset"', b'{"class": "dataset"}', b"[1]", b"[]", b'[{"a": {}}]'
    for wrong in (*whole, *told):
        with pytest.raises(Rejected):
            await handed_in(analysis, tmp_path, wrong, name="fel.json", key="provet")


def test_a_real_answer_is_read_to_the_last_digit() -> None:
    said = orjson.loads(real_file("samples/pxwebapi_v2_TAB6471_data.json").read_bytes())
    rows = list(cube_of(said).rows())
    assert len(rows) == prod(said["size"])
    assert rows[0] == ("01", "0-9", "all", "2026M01", str(said["value"][0]))
    assert sum(int(row[-1]) for row in rows) == sum(said["value"])
