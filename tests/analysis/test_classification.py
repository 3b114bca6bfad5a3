"""Classifications: codes from public files, found in Swedish, and how they correspond."""

from collections import Counter
from pathlib import Path

import pytest

from services.analysis.classification.actions import known_files, read_codes, settle_codes
from services.kit.errors import Rejected
from services.kit.http import Work
from tests.analysis.importing import MOST, OPERATIONS, csv_bytes
from tests.analysis.shared import FOLDER, needed
from tests.callers import MEMBER, Signed

TREE = ("code", "level", "label_sv", "parent_code", "jobtech_concept_id")
FINER = ("scb_ssyk4", "label_en", "jobtech_ssyk4", "jobtech_label_sv", "relation")
OCCUPATIONS = [("75", 2, "Hantverkare", "7", "x1"), ("7522", 4, "Möbelsnickare m.fl.", "752", "x2")]


async def settled(analysis: Signed, path: Path) -> Counter[str]:
    """A file of codes imported as the command does."""
    found = read_codes(path, MOST)
    async with analysis.app.state.database.writing(OPERATIONS) as db:
        return await settle_codes(Work(db, OPERATIONS), found)


async def test_codes_are_found_by_parts_of_swedish_words(analysis: Signed, tmp_path: Path) -> None:
    file = tmp_path / "ssyk2012.csv"
    file.write_bytes(csv_bytes(TREE, OCCUPATIONS))
    assert await settled(analysis, file) == {"new": 2}
    assert await settled(analysis, file) == {"same": 2}
    asked = "/codes?system=ssyk2012&level=4&q=snickar"
    found = (await analysis.by(MEMBER).get(asked)).json()["items"]
    assert [(one["code"], one["name"], one["parent_code"]) for one in found] == [
        ("7522", "Möbelsnickare m.fl.", "752")
    ]
    file.write_bytes(csv_bytes(TREE, [(*OCCUPATIONS[1][:2], "Finsnickare", "752", "x2")]))
    assert await settled(analysis, file) == {"changed": 1}
    listed = (await analysis.get("/codes?system=ssyk2012")).json()["items"]
    assert [one["name"] for one in listed] == ["Hantverkare", "Finsnickare"]
    assert (await analysis.post("/codes", {})).status_code == 405


async def test_finer_codes_correspond_and_several_share(analysis: Signed, tmp_path: Path) -> None:
    finer = tmp_path / "ssyk4_scb_to_jobtech.csv"
    rows = [
        ("1211", "Finance managers, level 1", "1210", "Ekonomichefer", "collapsed"),
        ("1212", "Finance managers, level 2", "1210", "Ekonomichefer", "collapsed"),
        ("4430", "Elected representatives", "", "", "no counterpart"),
        ("7522", "Cabinet-makers", "7522", "Möbelsnickare", "same"),
    ]
    finer.write_bytes(csv_bytes(FINER, rows))
    await settled(analysis, finer)
    named = (await analysis.get("/codes?system=ssyk2012_scb")).json()["items"]
    assert [one["name"] for one in named] == [
        "Ekonomichefer, nivå 1", "Ekonomichefer, nivå 2", "Elected representatives",
        "Möbelsnickare",
    ]  # fmt: skip
    to = (await analysis.get("/correspondences?to_system=ssyk2012&to_code=1210")).json()["items"]
    assert [(one["from_code"], one["relation"], one["weight"]) for one in to] == [
        ("1211", "broader", "1.000000"), ("1212", "broader", "1.000000"),
    ]  # fmt: skip
    isco = tmp_path / "ssyk4_jobtech_isco08.csv"
    names = ("ssyk4_jobtech", "ssyk_benamning", "isco08", "isco_benamning_sv", "relation",
             "isco_concept_id")  # fmt: skip
    rows = [("7522", "A", code, "B", "related", "x") for code in ("7522", "7115", "7421")]
    isco.write_bytes(csv_bytes(names, rows))
    await settled(analysis, isco)
    shared = (await analysis.get("/correspondences?to_system=isco08")).json()["items"]
    assert {one["weight"] for one in shared} == {"0.333333"}
    assert all("Lika fördelat" in one["source"] for one in shared)


@pytest.mark.parametrize(
    ("names", "row", "said"),
    [
        (TREE[:-1], ("1", 1, "A", ""), "row 1, column jobtech_concept_id: the file needs this"),
        (TREE, ("1", "ett", "A", "", ""), "row 2, column level: "),
        (TREE, ("1 1", 1, "A", "", ""), "row 2, column code: "),
        (TREE, ("1", 1, "", "", ""), "row 2, column name: "),
    ],
)
async def test_a_wrong_file_of_codes_is_refused_with_its_place(
    tmp_path: Path, names: tuple[str, ...], row: tuple[object, ...], said: str
) -> None:
    file = tmp_path / "ssyk2012.csv"
    file.write_bytes(csv_bytes(names, [row]))
    with pytest.raises(Rejected) as refused:
        read_codes(file, MOST)
    assert refused.value.detail.startswith(said)


@needed
async def test_the_real_classifications(analysis: Signed) -> None:
    done: Counter[str] = Counter()
    for path in known_files(FOLDER):
        done += await settled(analysis, path)
    assert set(done) == {"new"}
    for system, count in {"ssyk2012": 603, "ssyk2012_scb": 429, "sni2007": 1817, "county": 21,
                          "municipality": 290, "occupation_name": 2412}.items():  # fmt: skip
        listed = (await analysis.get(f"/codes?system={system}&limit=1&count=true")).json()
        assert (system, listed["count"]) == (system, count)
    found = (await analysis.get("/codes?system=occupation_name&q=möbelsnick")).json()["items"]
    assert "Möbelsnickare" in [one["name"] for one in found]
