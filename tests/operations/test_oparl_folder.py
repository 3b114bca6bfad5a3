"""A folder of OParl objects is taken in by the command line: whole, again, broken, and hostile."""

import os
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from operations import house
from operations.command import Failed
from operations.oparl_folder import read_folder
from services.kit import clock, migrations
from tests.conftest import Postgres
from tests.councils.archives import archive, committee, meeting, named, one, pages
from tests.operations.asking import ask

LEADER, OTHER = str(UUID(int=7)), str(UUID(int=8))
MOST = 1000_000


@pytest.fixture(scope="module")
def two(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A house with an actor, in databases of its own."""
    for program in ("actors", "councils"):
        name = f"oparl_{house.database_name(program)}"
        postgres.ensure_databases(name)
        migrations.upgrade(program, postgres.url(name))
    address = postgres.url("{program}").replace("{program}", "oparl_{program}")
    folder = tmp_path_factory.mktemp("oparl")
    own = {"DATA_DIR": str(folder), "DATABASE_URL": address}
    file = folder / "popolo.json"
    file.write_bytes(orjson.dumps({"organizations": [{"id": LEADER, "name": "Exempelkommun"}]}))
    assert ask("import", "popolo", str(file), **own).returncode == 0
    return own


def write(folder: Path, objects: list[Any]) -> None:
    """A file for each object, as cities publish them."""
    folder.mkdir(exist_ok=True)
    for thing in objects:
        kind, _, number = thing["id"].removeprefix("https://oparl.exempel.se/").partition("/")
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / f"{number}.json").write_bytes(orjson.dumps(thing))


def test_a_folder_is_taken_in_and_again_changes_nothing(
    two: dict[str, str], tmp_path: Path
) -> None:
    objects = archive(20, 2, clock.today())
    write(tmp_path / "a", objects)
    (tmp_path / "a" / "README.txt").write_text("x")
    party = f"{named('Organization', 'p1')}={LEADER}"
    words = ("import", "oparl", str(tmp_path / "a"), "--leader", LEADER, "--actor", party)
    said = ask(*words, **two)
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith(
        "made: 2 council, 2 phase_change, 2 seat, 20 meeting, 80 agenda_item, 18 decision;"
    )
    for told in ("12 Person", "3 Organization (fraktion)", "1 other files", "no place here"):
        assert told in said.stdout, said.stdout
    again = orjson.loads(ask(*words, "--json", **two).stdout)
    assert not any(sum(again[verb].values()) for verb in ("made", "changed", "kept"))
    listed = tmp_path / "b"
    listed.mkdir()
    for number, page in enumerate(pages(objects, 30)):
        (listed / f"{number}.json").write_bytes(b"\xef\xbb\xbf" + orjson.dumps(page))
    same = orjson.loads(ask(*words[:2], str(listed), *words[3:], "--json", **two).stdout)
    assert same["same"] == again["same"]


def test_what_goes_out_into_a_folder_comes_in_as_it_was(
    two: dict[str, str], tmp_path: Path
) -> None:
    write(tmp_path / "a", archive(20, 2, clock.today()))
    assert ask("import", "oparl", str(tmp_path / "a"), "--leader", LEADER, **two).returncode == 0
    out = tmp_path / "out"
    gone = ask("export", "oparl", str(out), "--json", **two)
    assert gone.returncode == 0, gone.stderr
    told = orjson.loads(gone.stdout)
    assert (told["organizations"], told["meetings"], told["bodies"]) == (2, 20, 1)
    assert len([*out.glob("papers/*.json")]) == told["papers"]
    system = orjson.loads((out / "system.json").read_bytes())
    assert system["type"].endswith("/System")
    again = orjson.loads(ask("import", "oparl", str(out), "--json", **two).stdout)
    assert not any(sum(again[verb].values()) for verb in ("made", "changed", "kept"))
    assert again["same"]["meeting"] == 20
    refused = ask("export", "oparl", str(out), **two)
    assert (refused.returncode, "is there already" in refused.stderr) == (1, True)
    nowhere = ask("export", "oparl", str(tmp_path / "none" / "out"), **two)
    assert (nowhere.returncode, "cannot be written" in nowhere.stderr) == (1, True)
    assert not [*tmp_path.glob(".*")], "nothing half is left"


def test_what_is_wrong_is_named_by_file_and_field(two: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "a"
    bad = meeting(3, 1, clock.today()) | {"start": "9999-01-01T00:00:00Z"}
    bad["agendaItem"][1]["order"] = "två"
    write(folder, [committee(1, name="Ett\x1b[31mtvå"), bad])
    words = ("import", "oparl", str(folder), "--leader", LEADER)
    said = ask(*words, **two)
    assert (said.returncode, said.stdout) == (1, "")
    twice = committee(1, name="Ett annat")
    (folder / "organization" / "twice.json").write_bytes(orjson.dumps(twice))
    said = ask(*words, **two)
    for told in (
        "organization/twice.json: id: organization/1.json has this id too, and another name",
        "organization/1.json: name: control",
        "meeting/3.json: start: ",
        "meeting/3.json: agendaItem.1.order: a whole number",
        "nothing is taken in",
    ):
        assert told in said.stderr, said.stderr
    (folder / "broken.json").write_bytes(b'{"id": ')
    (folder / "deep.json").write_bytes(b"[" * 5000 + b"]" * 5000)
    (folder / "text.json").write_bytes(b'"text"')
    (folder / "ett\ntvå.json").write_bytes(b"[1]")
    said = ask(*words, **two)
    for told in ("broken.json: is no JSON", "deep.json: is no JSON", "text.json: an object",
                 "ett�två.json[0]: an object"):  # fmt: skip
        assert told in said.stderr, said.stderr
    assert ask("import", "oparl", str(tmp_path / "none"), **two).returncode == 1
    (tmp_path / "b").mkdir()
    deep = b'{"data": [' * 400 + b"]}" * 400
    (tmp_path / "b" / "deep.json").write_bytes(deep)
    said = ask("import", "oparl", str(tmp_path / "b"), **two)
    assert (said.returncode, "cannot be an archive" in said.stderr) == (1, True), said.stderr


def test_who_leads_is_somebody_of_the_registry(two: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / "a", [committee(1)])
    words = ("import", "oparl", str(tmp_path / "a"))
    assert "the registry has no actor" in ask(*words, "--leader", OTHER, **two).stderr
    asked = ask(*words, **two).stderr
    assert "organization/1.json" in asked, "or else it is asked who does"
    assert "--leader ACTOR" in asked
    own = {"kind": "working_group", "level": "operative", "leader_actor_ids": [OTHER]}
    phases = [{"id": OTHER, "number": 1, "phase": "active", "on": "2020-01-01"}]
    write(tmp_path / "a", [committee(1) | {"kompetensnav:own": own | {"phases": phases}}])
    said = ask(*words, **two).stderr
    assert "organization/1.json: kompetensnav:own.leader_actor_ids: there is no actor" in said
    assert ask("import", "oparl", str(tmp_path / "a"), "--actor", "x=y", **two).returncode == 2


def test_links_pipes_and_what_is_no_json_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    write(folder, [committee(1)])
    outside = tmp_path / "outside"
    write(outside, [committee(2)])
    (folder / "link.json").symlink_to(outside / "organization" / "2.json")
    (folder / "folder").symlink_to(outside)
    (folder / "ring").symlink_to(folder)
    os.mkfifo(folder / "pipe.json")
    (folder / "page.html").write_text("x")
    found = read_folder(folder, MOST)
    assert [thing["name"] for thing in found.objects] == ["Exempelnämnd 1"]
    assert found.passed_over == {"links": 3, "other files": 2}
    (folder / "large.json").write_bytes(b" " * (MOST + 1))
    assert read_folder(folder, MOST).wrong == [
        f"large.json: larger than {MOST} bytes (IMPORT_MOST_BYTES)"
    ]
    with pytest.raises(Failed):
        read_folder(folder / "link.json", MOST)


def test_many_files_are_read_without_much_ado(tmp_path: Path) -> None:
    for number in range(5000):
        (tmp_path / f"{number}.json").write_bytes(orjson.dumps(one("Person", number, name="x")))
    found = read_folder(tmp_path, MOST)
    assert (len(found.objects), found.wrong) == (5000, [])
