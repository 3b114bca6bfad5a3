"""Keys between classifications, with weights told; codes in quarantine, each with its reason."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.kit.errors import Rejected
from tests.analysis.importing import csv_bytes, employed, handed_in
from tests.analysis.test_classification import FINER, TREE, settled
from tests.analysis.test_figures import figures
from tests.callers import MEMBER, Signed
from tests.gateway.test_occupation_records import FLOW

KEY = ("from_system", "from_code", "from_name", "to_system", "to_code", "to_name", "relation",
       "weight", "source")  # fmt: skip
NAMES = ("ar", "yrke", "antal")


def key_row(old: str, new: str, weight: str, system: str = "ssyk2012_scb") -> tuple[str, ...]:
    return (
        "ssyk96",
        old,
        f"Äldre {old}",
        system,
        new,
        f"Nyare {new}",
        "related",
        weight,
        "Exempel",
    )


async def keyed(analysis: Signed, tmp_path: Path, *rows: Any) -> None:
    path = tmp_path / "classification_key.csv"
    path.write_bytes(csv_bytes(KEY, rows))
    await settled(analysis, path)


async def test_an_older_classification_is_counted_by_the_weights_that_are_told(
    analysis: Signed, tmp_path: Path
) -> None:
    finer = tmp_path / "ssyk4_scb_to_jobtech.csv"
    finer.write_bytes(
        csv_bytes(
            FINER, [(code, "Chief", "1210", "Chefer", "collapsed") for code in ("1211", "1212")]
        )
    )
    await settled(analysis, finer)
    await keyed(
        analysis,
        tmp_path,
        key_row("1110", "1211", "0,75"),
        key_row("1110", "7522", "0.25"),
        key_row("1120", "1212", "0.5"),
    )
    source = await analysis.made("/sources", {"key": "gammal", "name": "Gammal", "kind": "csv",
        "publisher": "Exempel", "licence": "CC0 1.0", "area_level": "nation"})  # fmt: skip
    layout = {"value": "antal", "period": "ar", "area_code": "00", "occupation": "yrke",
              "occupation_system": "ssyk96"}  # fmt: skip
    await analysis.made(
        "/indicators",
        {
            "key": "forr",
            "name": "Förr",
            "meaning": "Räknade",
            "unit": "persons",
            "source_id": source["id"],
            "area_level": "nation",
            "layout": layout,
        },
    )
    rows = [("2010", "1110", 100), ("2010", "1120", 40), ("2010", "9999", 7)]
    await handed_in(analysis, tmp_path, csv_bytes(NAMES, rows), key="gammal")
    (chiefs,) = await figures(analysis, "indicator=forr&occupation_code=1210")
    assert (Decimal(chiefs["value"]), chiefs["estimated"]) == (75 + 20, True)
    (makers,) = await figures(analysis, "indicator=forr&occupation_code=7522")
    assert Decimal(makers["value"]) == 25
    assert await figures(analysis, "indicator=forr&occupation_code=9999") == []
    answer = (await analysis.get(f"/sources/{source['id']}/quarantine")).json()
    assert [(one["code"], one["reason"]) for one in answer["items"]] == [("9999", "unknown_code")]


@pytest.mark.parametrize(("weights", "said"), [
    (("0.75", "0.5"), "more than 1"), (("0.75", ""), "either every"), (("-1", "0.5"), "row 2"),
    (("x", "0.5"), "row 2"),
])  # fmt: skip
async def test_weights_that_cannot_be_are_refused(
    analysis: Signed, tmp_path: Path, weights: tuple[str, str], said: str
) -> None:
    rows = [key_row("1110", code, one) for code, one in zip(("1211", "1212"), weights, strict=True)]
    with pytest.raises(Rejected, match=said):
        await keyed(analysis, tmp_path, *rows)
    assert (await analysis.get("/correspondences")).json()["items"] == []


async def test_industries_and_municipalities_have_keys_too(
    analysis: Signed, tmp_path: Path
) -> None:
    rows = [("sni2007", "01110", "Odling", "sni2025", new, "Ny odling", "related", "0.5", "Exempel")
            for new in ("01.111", "01.112")]  # fmt: skip
    rows.append(
        (
            "earlier_municipality",
            "0331",
            "Heby",
            "municipality",
            "0331",
            "Heby",
            "same",
            "1",
            "Exempel",
        )
    )
    await keyed(analysis, tmp_path, *rows)
    found = (await analysis.get("/correspondences?from_system=sni2007")).json()["items"]
    assert [Decimal(one["weight"]) for one in found] == [Decimal("0.5")] * 2


async def test_each_code_in_quarantine_says_why(analysis: Signed, tmp_path: Path) -> None:
    tree, finer = tmp_path / "ssyk2012.csv", tmp_path / "ssyk4_scb_to_jobtech.csv"
    said = await handed_in(
        analysis,
        tmp_path,
        csv_bytes(FLOW, [("7522", 1, "Nej"), ("7522", 2, ""), ("9999", 1, "7522")]),
    )
    path = f"/sources/{said.snapshot['source_id']}/quarantine"
    before = (await analysis.get(path)).json()
    assert (before["items"], before["unclassified_systems"]) == ([], ["ssyk2012"])
    tree.write_bytes(csv_bytes(TREE, [("7522", 4, "Snickare", "752", "x")]))
    await settled(analysis, tree)
    found = (await analysis.by(MEMBER).get(path)).json()["items"]
    assert {(one["column"], one["code"], one["reason"]) for one in found} == {
        ("to_ssyk4", "Nej", "not_a_code"), ("to_ssyk4", None, "missing"),
        ("from_ssyk4", "9999", "unknown_code"),
    }  # fmt: skip
    finer.write_bytes(
        csv_bytes(
            FINER,
            [("7522", "Makers", "7522", "Snickare", "same"), ("4430", "Others", "", "", "none")],
        )
    )
    await settled(analysis, finer)
    people = await handed_in(
        analysis, tmp_path, employed(("7522", "14", "män", 2024, 9), ("4430", "14", "män", 2024, 8))
    )
    path = f"/sources/{people.snapshot['source_id']}/quarantine"
    (one,) = (await analysis.get(path)).json()["items"]
    assert (one["code"], one["reason"], one["rows"]) == ("4430", "no_counterpart", 1)
