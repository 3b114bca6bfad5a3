"""Files imported from the command line, beside a database that is there."""

from pathlib import Path

import orjson
import pytest

from operations import house
from services.analysis.source.assessments import FIELDS
from services.kit import migrations
from services.kit.postgres import Postgres
from tests.analysis.importing import csv_bytes, employed
from tests.gateway.test_import_programmes import SUSA
from tests.operations.asking import ask

MEN = ("7522", "14", "män", 2024, 949)


@pytest.fixture(scope="module")
def installed(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation whose analysis and actors have their tables."""
    folder: Path = tmp_path_factory.mktemp("imports")
    address = postgres.url("{program}").replace("{program}", "imports_{program}")
    for program in ("analysis", "actors"):
        name = f"imports_{house.database_name(program)}"
        postgres.ensure_databases(name)
        migrations.upgrade(program, postgres.url(name))
    return {"DATA_DIR": str(folder), "DATABASE_URL": address}


def test_a_file_is_imported_once(installed: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "fil.csv"
    file.write_bytes(employed(MEN))
    words = ("snapshot", "import", str(file), "--source", "scb_employed_county", "--json")
    first, again = (orjson.loads(ask(*words, **installed).stdout) for _ in range(2))
    assert (first["new"], again["new"], first["id"]) == (True, False, again["id"])
    folder = Path(installed["DATA_DIR"]) / "snapshots"
    assert (folder / f"{first['content_hash']}.parquet").exists()


def test_a_cut_file_is_told_beside_what_counted_until_now(
    installed: dict[str, str], tmp_path: Path
) -> None:
    whole = [("7522", "14", "män", year, 949) for year in (2021, 2022, 2023)]
    lines = []
    for name, rows in (("hel.csv", whole), ("kapad.csv", whole[:1]), ("hel.csv", whole)):
        (file := tmp_path / name).write_bytes(employed(*rows))
        words = ("snapshot", "import", str(file), "--source", "scb_employed_county")
        lines.append(ask(*words, **installed).stdout.splitlines())
    _, cut, again = lines
    assert cut[1] == "  it counts instead of 3 rows, 2021 to 2023"
    assert cut[2].partition(":")[0] == "  FAR FEWER ROWS"
    assert "import hel.csv again" in cut[2]
    assert again[0].partition(", already there")[1]
    assert again[1:] == ["  it counts again instead of 1 rows, 2021"]


def test_a_folder_is_imported_and_what_nobody_knows_is_left(
    installed: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "employed.csv").write_bytes(employed(MEN))
    (tmp_path / "other.csv").write_bytes(csv_bytes(("a", "b"), [(1, 2)]))
    (tmp_path / "picture.png").write_bytes(b"")
    assessed = dict.fromkeys(FIELDS, "") | {"omgang": "2026-1", "lan": "00", "yb_concept_id": "a"}
    (tmp_path / "barometer.json").write_bytes(orjson.dumps([assessed]))
    (tmp_path / "about.json").write_bytes(b'{"name": "Exempel"}')
    said = ask("import", "statistics", str(tmp_path), **installed)
    assert (said.returncode, said.stdout.splitlines()[-1]) == (
        0, "2 files imported, 2 that nobody knows left alone",
    )  # fmt: skip


def test_a_container_that_knows_its_own_database_alone_imports(
    installed: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "fil.csv").write_bytes(employed(MEN))
    own = installed["DATABASE_URL"].replace("{program}", house.database_name("analysis"))
    said = ask("import", "statistics", str(tmp_path), **installed | {"DATABASE_URL": own})
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (employed((*MEN[:4], "många")), "row 2, column employed: 'många' is not a whole number"),
        (csv_bytes(("a", "b"), [(1, 2)]), "scb_employed_county needs this column; there are a, b"),
        (b"a" * 2000, "fil.csv is larger than 1000 bytes (IMPORT_MOST_BYTES)"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(
    installed: dict[str, str], tmp_path: Path, content: bytes, why: str
) -> None:
    file = tmp_path / "fil.csv"
    file.write_bytes(content)
    words = ("snapshot", "import", str(file), "--source", "scb_employed_county")
    said = ask(*words, **installed, IMPORT_MOST_BYTES="1000")
    assert (said.returncode, why in said.stderr) == (1, True), said.stderr
    folder = ask("import", "statistics", str(tmp_path), **installed, IMPORT_MOST_BYTES="1000")
    assert folder.returncode == 1, folder.stdout


def test_a_file_that_is_not_there_is_named_with_its_folder(
    installed: dict[str, str], tmp_path: Path
) -> None:
    for words in (("snapshot", "import"), ("import", "statistics"), ("import", "susa")):
        gone = tmp_path / "saknas"
        said = ask(*words, str(gone), **installed)
        assert (said.returncode, str(gone) in said.stderr) == (1, True), (words, said.stderr)


def test_the_help_of_import_tells_all_that_it_takes() -> None:
    told, _, listed = ask("import", "--help").stdout.partition("positional arguments")
    for what in ("statistics", "classifications", "popolo", "oparl", "susa"):
        assert (what in told, what in listed) == (True, True), what


def test_a_registry_is_taken_in_once_or_refused_whole(
    installed: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "popolo.json"
    theirs = {"organizations": [{"id": "x", "name": "Exempelföreningen"}]}
    file.write_bytes(orjson.dumps(theirs))
    said = ask("import", "popolo", str(file), **installed)
    assert (said.returncode, said.stdout.strip()) == (0, "made: 1 actor; 0 known before")
    file.write_bytes(orjson.dumps({"organizations": [{"id": "y"}]}))
    wrong = ask("import", "popolo", str(file), **installed)
    assert wrong.returncode == 1
    assert "organizations.0.name" in wrong.stderr
    file.write_bytes(b"nonsense")
    assert "cannot be read as Popolo" in ask("import", "popolo", str(file), **installed).stderr


def test_susa_navet_makes_nothing_twice(postgres: Postgres, tmp_path: Path) -> None:
    name = f"susa_{house.database_name('actors')}"
    postgres.ensure_databases(name)
    migrations.upgrade("actors", postgres.url(name))
    address = postgres.url("{program}").replace("{program}", "susa_{program}")
    own = {"DATA_DIR": str(tmp_path), "DATABASE_URL": address}
    file = tmp_path / "susa.json"
    file.write_bytes(SUSA)
    unnamed = ask("import", "susa", str(file), **own)
    assert (unnamed.returncode, "p.sv.1" in unnamed.stderr) == (1, True), "no id is a name"
    named = ("import", "susa", str(file), "--provider", "p.sv.1=Exempelskola 1", "--json")
    first, again = (orjson.loads(ask(*named, **own).stdout) for _ in range(2))
    assert first == {"file": "susa.json", "rows": 1, "actor": 1, "programme": 1, "intake": 1}
    assert again == {"file": "susa.json", "rows": 1}
