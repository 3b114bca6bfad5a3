"""Two snapshots of a source side by side: what is new, gone and changed, and by how much."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.analysis.importing import ADS, csv_bytes, employed, handed_in
from tests.callers import MEMBER, Signed
from tests.gateway.test_occupation_records import FLOW, NATIONAL

OLD = [("7522", "14", "män", 2022, 900), ("7522", "14", "kvinnor", 2022, 60),
       ("7521", "14", "män", 2022, 5), ("7523", "14", "män", 2022, 3)]  # fmt: skip
NEW = [("7522", "14", "män", 2022, 905), ("7522", "14", "kvinnor", 2022, 60),
       ("7521", "14", "män", 2022, ".."), ("7522", "14", "män", 2023, 949)]  # fmt: skip


async def _difference(analysis: Signed, id: Any, query: str = "") -> dict[str, Any]:
    answer = await analysis.by(MEMBER).get(f"/snapshots/{id}/difference{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_rows_that_are_new_gone_and_changed(analysis: Signed, tmp_path: Path) -> None:
    first = await handed_in(analysis, tmp_path, employed(*OLD))
    second = await handed_in(analysis, tmp_path, employed(*NEW))
    found = await _difference(analysis, second.snapshot["id"])
    counts = {name: found[f"{name}_count"] for name in ("added", "gone", "changed", "same")}
    assert counts == {"added": 1, "gone": 1, "changed": 2, "same": 1}
    assert (found["before_total"], found["after_total"]) == (968, 1914)
    told = {(one["change"], one["keys"]["ssyk4"], one["keys"]["year"]): one
            for one in found["items"]}  # fmt: skip
    assert told["added", "7522", "2023"]["after"] == {"employed": "949"}
    assert told["added", "7522", "2023"]["before"] is None
    assert told["gone", "7523", "2022"]["before"] == {"employed": "3"}
    assert told["changed", "7522", "2022"]["by"] == 5
    assert told["changed", "7521", "2022"]["by"] is None  # it is unknown now
    assert found["items"][0]["change"] == "added"  # the largest first
    assert [one["year"] for one in found["method_breaks"]] == [2023]
    back = await _difference(analysis, first.snapshot["id"], f"?since={second.snapshot['id']}")
    assert (back["added_count"], back["gone_count"], back["method_breaks"]) == (1, 1, [])


async def test_words_change_too_and_rows_alike_are_counted(
    analysis: Signed, tmp_path: Path
) -> None:
    def judged(chance: str) -> bytes:
        row = ("Exempel", "Yrke", "7522", "Snickare", "brist", chance, "öka", "2026-1", "00")
        return csv_bytes(NATIONAL, [row])

    await handed_in(analysis, tmp_path, judged("små"))
    said = await handed_in(analysis, tmp_path, judged("stora"))
    (item,) = (await _difference(analysis, said.snapshot["id"]))["items"]
    assert item["before"]["jobbmojligheter"] == "små"
    assert item["after"]["jobbmojligheter"] == "stora"
    await handed_in(analysis, tmp_path, csv_bytes(FLOW, [("7522", 1, "7521")]))
    said = await handed_in(analysis, tmp_path, csv_bytes(FLOW, [("7522", 1, "7521")] * 2))
    found = await _difference(analysis, said.snapshot["id"])
    assert (found["changed_count"], found["total_column"]) == (1, None)


async def test_a_source_of_ones_own_is_read_as_its_indicators_say(
    analysis: Signed, tmp_path: Path
) -> None:
    await analysis.made(
        "/sources",
        {
            "key": "egen",
            "name": "Egen",
            "kind": "csv",
            "publisher": "Exempelkommun",
            "area_level": "municipality",
        },
    )
    files = (("a", "b"), [("1", "2")]), (("a", "c"), [("1", "2"), ("3", "4")])
    for names, rows in files:
        said = await handed_in(analysis, tmp_path, csv_bytes(names, rows), key="egen")
    found = await _difference(analysis, said.snapshot["id"])
    assert (found["added_columns"], found["gone_columns"]) == (["c"], ["b"])
    assert (found["added_count"], found["same_count"], found["before_total"]) == (1, 1, None)
    layout = {"value": "c", "fixed_period": "2024", "area_code": "00"}
    draft = {"key": "egen", "name": "Egen", "meaning": "Prov", "unit": "kronor_per_month",
             "area_level": "nation", "layout": layout}  # fmt: skip
    await analysis.made("/indicators", draft | {"source_id": found["source_id"]})
    for last, total in (("6", 8), ("6,5", None)):
        said = await handed_in(
            analysis, tmp_path, csv_bytes(("a", "c"), [("1", "2"), ("3", last)]), key="egen"
        )
        found = await _difference(analysis, said.snapshot["id"])
        assert found["after_total"] == total, "parts of what is not whole are no sum of it"


async def test_what_cannot_be_compared_is_said(analysis: Signed, tmp_path: Path) -> None:
    first = await handed_in(analysis, tmp_path, employed(*OLD))
    other = await handed_in(analysis, tmp_path, csv_bytes(ADS, [("14", "Län", "7522", 4)]))
    path = f"/snapshots/{first.snapshot['id']}/difference"
    assert (await analysis.get(path)).status_code == 404
    assert (await analysis.get(f"/snapshots/{uuid4()}/difference")).status_code == 404
    refused = await analysis.get(f"{path}?since={other.snapshot['id']}")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "since")
    assert (await analysis.get(f"{path}?since=nothing")).status_code == 400
