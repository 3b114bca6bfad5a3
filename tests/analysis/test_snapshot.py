"""Snapshots: a file becomes one, once, whole or not at all, and never changes."""

import hashlib
import io
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from pyarrow import parquet

from services.analysis.snapshot.rules import csv_sheet
from services.analysis.snapshot.shelf import OLD_SECONDS, Shelf
from services.kit.errors import NotFound, Rejected, TooLarge
from tests.analysis.importing import ADS, EMPLOYED, csv_bytes, employed, handed_in
from tests.callers import MEMBER, STRATEGIST, Signed, municipality

MEN = ("7522", "14", "män", 2024, 949)
WOMEN = ("7522", "14", "kvinnor", 2024, 62)
UNKNOWN = ("7521", "14", "män", 2024, "..")
TEXT = "namn;antal\nMålare på Öckerö;3\n"


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_letters_and_delimiters_are_found_out(letters: str, delimiter: str) -> None:
    sheet = csv_sheet(TEXT.replace(";", delimiter).encode(letters))
    assert sheet.names == ("namn", "antal")
    assert sheet.rows == ((2, ("Målare på Öckerö", "3")),)


WRONG = {
    "empty": (b"", "the file is empty"),
    "blank": (b"\n \n", "the file is empty"),
    "header alone": (b"a,b\n", "there are no rows below the header"),
    "one column": (b"a\n1\n", "row 1: there is only one column"),
    "short row": (b"a,b\n1,2\n3\n", "row 3: 1 columns, the header has 2"),
    "long row": (b"a,b\n1,2,3\n", "row 2: 3 columns, the header has 2"),
    "repeated name": (b"a,a\n1,2\n", "row 1, column a: two columns have this name"),
    "nameless": (b"a,,c\n1,2,3\n", "row 1, column 2: the column has no readable name"),
    "utf-16": (TEXT.encode("utf-16"), "the text is UTF-16"),
    "binary": (b"a,b\n\x00\x01,2\n", "this is no text"),
    "control": (b"a,b\n1,2\n\x1b[1m,2\n", "row 3, column a: the cell cannot be read"),
    "mixed": ("a,b\nå,1\n".encode() + "ö,2\n".encode("latin-1"), "row 3: some letters are UTF-8"),
    "open quote": (b'a,b\n"1,2\n', "row 2: unexpected end of data"),
    "not excel": (b"PK\x03\x04nonsense", "this is no Excel workbook"),
    "not parquet": (b"PAR1nonsense", "this is no Parquet file"),
    "old excel": (b"\xd0\xcf\x11\xe0" * 8, "this is an old Excel file"),
    "unknown": (b"a,b\n1,2\n", "no recipe knows these columns: a, b"),
    "letter": (employed(MEN, (*WOMEN[:4], "6O")), "row 3, column employed: '6O' is not a whole"),
    "no sex": (employed((*MEN[:2], "okänt", 2024, 1)), "row 2, column sex: 'okänt' is no sex"),
    "lost zero": (employed(("110", *MEN[1:])), "row 2, column ssyk4: '110' is not four digits"),
    "twice": (employed(MEN, WOMEN, MEN), "row 4: it is about the same as row 2"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_file_is_refused_and_leaves_nothing(
    analysis: Signed, tmp_path: Path, name: str
) -> None:
    content, said = WRONG[name]
    with pytest.raises(Rejected) as refused:
        await handed_in(analysis, tmp_path, content)
    assert refused.value.detail.startswith(said)
    assert (await analysis.get("/sources")).json()["items"] == []
    assert list((tmp_path / "snapshots").glob("*")) == []


async def test_too_large_a_file_and_an_unknown_source_are_refused(
    analysis: Signed, tmp_path: Path
) -> None:
    with pytest.raises(TooLarge, match="IMPORT_MOST_BYTES"):
        await handed_in(analysis, tmp_path, employed(MEN), most=10)
    with pytest.raises(NotFound, match="no source has the key nobody"):
        await handed_in(analysis, tmp_path, employed(MEN), key="nobody")
    with pytest.raises(Rejected, match="column county_name: af_ads_county needs this column"):
        await handed_in(analysis, tmp_path, employed(MEN), key="af_ads_county")
    assert list((tmp_path / "snapshots").glob("*")) == []


async def test_a_workbook_that_unpacks_to_far_more_is_refused(
    analysis: Signed, tmp_path: Path
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    with pytest.raises(Rejected, match="unpacks to far more than it is"):
        await handed_in(analysis, tmp_path, buffer.getvalue())


async def test_a_file_becomes_a_snapshot_named_by_its_hash(
    analysis: Signed, tmp_path: Path
) -> None:
    said = await handed_in(analysis, tmp_path, employed(MEN, UNKNOWN, WOMEN))
    snapshot = (await analysis.get(f"/snapshots/{said.snapshot['id']}")).json()
    path = tmp_path / "snapshots" / f"{snapshot['content_hash']}.parquet"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == snapshot["content_hash"]
    assert path.stat().st_size == snapshot["byte_count"]
    assert (snapshot["row_count"], snapshot["columns"]) == (3, list(EMPLOYED))
    assert (snapshot["first_period"], snapshot["last_period"]) == ("2024", "2024")
    assert (snapshot["file_name"], snapshot["latest"], snapshot["previous_id"]) == (
        "fil.csv", True, None,
    )  # fmt: skip
    rows = parquet.read_table(path).to_pylist()
    assert [row["employed"] for row in rows] == [None, 949, 62]
    source = (await analysis.get(f"/sources/{snapshot['source_id']}")).json()
    assert (source["key"], source["snapshot_count"]) == ("scb_employed_county", 1)
    assert (source["latest_snapshot_id"], source["age_days"]) == (snapshot["id"], 0)
    assert (source["area_level"], source["licence"]) == ("county", "CC0 1.0")


def workbook(rows: list[tuple[object, ...]]) -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


async def test_the_same_content_is_the_same_snapshot(analysis: Signed, tmp_path: Path) -> None:
    first = await handed_in(analysis, tmp_path, employed(MEN, UNKNOWN, WOMEN))
    forms = {
        "another.csv": employed(WOMEN, MEN, UNKNOWN),
        "semicolons.csv": csv_bytes(EMPLOYED, [MEN, WOMEN, UNKNOWN], delimiter=";"),
        "latin.csv": employed(MEN, UNKNOWN, WOMEN).decode().encode("latin-1"),
        "turned.csv": csv_bytes(EMPLOYED[::-1], [MEN[::-1], WOMEN[::-1], UNKNOWN[::-1]]),
        "book.xlsx": workbook([EMPLOYED, MEN, WOMEN, UNKNOWN, ()]),
    }
    for name, content in forms.items():
        again = await handed_in(analysis, tmp_path, content, name=name)
        assert (again.new, again.snapshot["id"]) == (False, first.snapshot["id"]), name
    assert len((await analysis.get("/snapshots")).json()["items"]) == 1
    assert len(list((tmp_path / "snapshots").iterdir())) == 1


async def test_a_source_may_say_what_it_said_before(analysis: Signed, tmp_path: Path) -> None:
    before = await handed_in(analysis, tmp_path, employed(MEN, WOMEN))
    after = await handed_in(analysis, tmp_path, employed(MEN, (*WOMEN[:4], 63)))
    assert (after.new, after.snapshot["previous_id"]) == (True, before.snapshot["id"])
    listed = (await analysis.get("/snapshots")).json()["items"]
    assert {one["id"]: one["latest"] for one in listed} == {
        str(before.snapshot["id"]): False, str(after.snapshot["id"]): True,
    }  # fmt: skip
    again = await handed_in(analysis, tmp_path, employed(MEN, WOMEN))
    assert (again.new, again.snapshot["id"]) == (False, before.snapshot["id"])
    source = (await analysis.get("/sources")).json()["items"][0]
    assert source["latest_snapshot_id"] == str(before.snapshot["id"])


async def test_years_in_columns_become_rows(analysis: Signed, tmp_path: Path) -> None:
    names = (*ADS, "ads_2025")
    rows = [("00", "Riket", "7522", 10, ".."), ("14", "Västra Götalands län", "7522", 4, 5)]
    said = await handed_in(analysis, tmp_path, csv_bytes(names, rows))
    assert said.source_key == "af_ads_county"
    assert (said.snapshot["first_period"], said.snapshot["last_period"]) == ("2024", "2025")
    kept = parquet.read_table(next((tmp_path / "snapshots").iterdir())).to_pylist()
    assert [(one["county_code"], one["year"], one["ads"]) for one in kept] == [
        ("00", "2024", 10), ("00", "2025", None), ("14", "2024", 4), ("14", "2025", 5),
    ]  # fmt: skip


async def test_what_was_never_asked_is_unknown(analysis: Signed, tmp_path: Path) -> None:
    names = ("ar", "ssyk4", "kon", "alder", "antal")
    rows = [(year, "7522", "män", "65-69", 0) for year in (2022, 2023)]
    await handed_in(analysis, tmp_path, csv_bytes(names, rows))
    kept = parquet.read_table(next((tmp_path / "snapshots").iterdir())).to_pylist()
    assert {one["ar"]: one["antal"] for one in kept} == {"2022": None, "2023": 0}


async def test_a_source_of_ones_own(analysis: Signed, tmp_path: Path) -> None:
    draft = {"key": "egen", "name": "Egen räkning", "kind": "csv", "publisher": "Exempelkommun",
             "area_level": "municipality"}  # fmt: skip
    source = await analysis.by(STRATEGIST).made("/sources", draft)
    measure = {"key": "lediga", "name": "Lediga jobb", "meaning": "Räknade för hand",
               "unit": "job_ads", "source_id": source["id"], "area_level": "municipality",
               "layout": {"value": "antal", "period": "år", "area": "kommun"}}  # fmt: skip
    await analysis.made("/indicators", measure)
    right = csv_bytes(("kommun", "år", "antal"), [("1472", 2026, 4)])
    said = await handed_in(analysis, tmp_path, right, key="egen")
    assert said.snapshot["columns"] == ["kommun", "år", "antal"]
    wrong = csv_bytes(("kommun", "antal"), [("1472", 4)])
    with pytest.raises(Rejected, match="row 1, column år: the indicator lediga needs"):
        await handed_in(analysis, tmp_path, wrong, key="egen")
    unclear = csv_bytes(("kommun", "år", "antal"), [("1472", 2026, 4), (), ("1473", 2026, "fyra")])
    with pytest.raises(Rejected, match="row 4, column antal: 'fyra' is not a number"):
        await handed_in(analysis, tmp_path, unclear, key="egen")
    assert said.snapshot["last_period"] == "2026"
    both = measure | {"key": "fel", "layout": measure["layout"] | {"fixed_period": "2026"}}
    assert (await analysis.post("/indicators", both)).status_code == 422
    assert (await analysis.by(MEMBER).post("/sources", draft)).status_code == 403
    key = analysis.by(municipality("1472"))
    assert (await key.post("/sources", draft | {"key": "annan"})).status_code == 403
    assert (await analysis.post("/snapshots", {})).status_code == 405


KILLED = """
import os, signal, sys
from pathlib import Path
from services.analysis.snapshot.shelf import Shelf
Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
Shelf(Path(sys.argv[1])).keep(lambda path: path.write_bytes(b"rows"))
"""


def test_a_process_killed_before_the_name_is_given_leaves_no_snapshot(tmp_path: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)], cwd=Path(__file__).parents[2], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    left = list(tmp_path.iterdir())
    assert [path.suffix for path in left] == [".part"]
    shelf = Shelf(tmp_path)
    kept = shelf.keep(lambda path: path.write_bytes(b"rows") and None)
    assert shelf.holds(kept.content_hash)
    os.utime(left[0], (0, left[0].stat().st_mtime - OLD_SECONDS - 1))
    shelf.keep(lambda path: path.write_bytes(b"rows") and None)
    assert [path.name for path in tmp_path.iterdir()] == [f"{kept.content_hash}.parquet"]


def test_a_writing_that_fails_leaves_nothing_and_a_damaged_file_is_mended(tmp_path: Path) -> None:
    def fail(path: Path) -> None:
        path.write_bytes(b"ro")
        raise OSError("no space left")

    shelf = Shelf(tmp_path)
    with pytest.raises(OSError, match="no space"):
        shelf.keep(fail)
    assert list(tmp_path.iterdir()) == []
    kept = shelf.keep(lambda path: path.write_bytes(b"rows") and None)
    shelf.path(kept.content_hash).write_bytes(b"damaged")
    assert not shelf.holds(kept.content_hash)
    shelf.keep(lambda path: path.write_bytes(b"rows") and None)
    assert shelf.holds(kept.content_hash)
