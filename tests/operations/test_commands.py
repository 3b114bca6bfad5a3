"""Commands that answer at once: help, wrong words, migrations, and the doctor's round."""

import socket
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import orjson
import pytest

from operations import commands, house
from services.kit.postgres import Postgres
from tests.operations.asking import ask

NAMES = sorted(module.name for module in iter_modules(commands.__path__))


def word(module: str) -> str:
    """What is typed for a command; `import` is kept from Python by an underscore."""
    return module.rstrip("_").replace("_", "-")


@pytest.fixture(scope="module")
def data_dir(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation whose databases are on the tests' own server."""
    folder = tmp_path_factory.mktemp("data")
    names = [house.database_name(program) for program in house.PROGRAMS]
    postgres.ensure_databases(*names)
    return {"DATA_DIR": str(folder), "DATABASE_URL": postgres.url("{program}")}


def test_help_names_every_command() -> None:
    said = ask("--help")
    assert said.returncode == 0
    assert [name for name in NAMES if word(name) not in said.stdout] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_command_says_what_it_does(name: str) -> None:
    module = import_module(f"operations.commands.{name}")
    assert callable(module.add)
    assert (module.__doc__ or "").startswith(word(name))


def test_a_wrong_word_is_answered_with_the_right_ones() -> None:
    said = ask("fly")
    assert said.returncode == 2
    assert "migrate" in said.stderr


def test_a_taken_port_is_said_before_anything_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        said = ask("run", PORT=str(other.getsockname()[1]), DATA_DIR=str(tmp_path))
    assert said.returncode == 1
    assert "Choose another port" in said.stderr
    assert list(tmp_path.iterdir()) == []


def test_migrating_twice_is_migrating_once(data_dir: dict[str, str]) -> None:
    for _ in range(2):
        said = ask("migrate", "--json", **data_dir)
        assert said.returncode == 0, said.stderr
        assert "actors" in orjson.loads(said.stdout)["programs"]


def test_the_doctor_finds_a_migrated_house_well(data_dir: dict[str, str]) -> None:
    ask("migrate", **data_dir)
    said = ask("doctor", "--json", **data_dir)
    found = {line["what"]: line for line in map(orjson.loads, said.stdout.splitlines())}
    assert [what for what, line in found.items() if not line["well"] and what != "disk"] == []
    assert found["actors: ledger"]["how"] == "the chain is whole"


def test_the_doctor_points_at_an_open_secret_and_a_dead_server(tmp_path: Path) -> None:
    house.keys_file(tmp_path).chmod(0o644)
    dead = "postgresql+asyncpg://nobody:none@127.0.0.1:1/{program}"
    said = ask("doctor", DATA_DIR=str(tmp_path), DATABASE_URL=dead)
    assert said.returncode == 1
    assert "chmod 600" in said.stdout
    assert "start it, or check its address" in said.stdout


@pytest.mark.parametrize("named", [{}, {"DATABASE_URL": "postgresql+asyncpg://h:1/{program}"}])
def test_the_doctor_makes_nothing_where_there_is_no_house(
    tmp_path: Path, named: dict[str, str]
) -> None:
    said = ask("doctor", DATA_DIR=str(tmp_path / "none"), **named)
    assert said.returncode == 1
    assert ("no house is kept" in said.stderr) is not bool(named)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "abc"), ("PORT", "70000"), ("POOL_SIZE", "0"), ("SERVICE_KEYS", "{")],
)
@pytest.mark.parametrize("command", ["run", "doctor", "migrate"])
def test_a_wrong_setting_is_said_in_one_sentence(
    tmp_path: Path, command: str, name: str, value: str
) -> None:
    said = ask(command, **{"DATA_DIR": str(tmp_path), name: value})
    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert name in said.stderr
    assert "Traceback" not in said.stderr
    assert list(tmp_path.iterdir()) == []


def test_one_database_for_several_programs_is_refused(tmp_path: Path) -> None:
    said = ask("migrate", DATA_DIR=str(tmp_path), DATABASE_URL="postgresql+asyncpg://h/one")
    assert said.returncode == 1
    assert "{program}" in said.stderr


def test_no_migration_has_drifted_from_its_tables() -> None:
    said = ask("migrate", "--check")
    assert said.returncode == 0, said.stderr


def test_secrets_are_made_once_and_for_us_alone(tmp_path: Path) -> None:
    first = house.keys_file(tmp_path).read_bytes()
    assert house.keys_file(tmp_path).read_bytes() == first
    assert set(orjson.loads(first)) == set(house.PAIRS)
    assert house.keys_file(tmp_path).stat().st_mode & 0o777 == 0o600


def test_a_pair_of_programs_that_is_new_gets_a_secret_and_the_others_keep_theirs(
    tmp_path: Path,
) -> None:
    made = orjson.loads(house.keys_file(tmp_path).read_bytes())
    older = {pair: secret for pair, secret in made.items() if pair != "councils>analysis"}
    (tmp_path / "service_keys.json").write_bytes(orjson.dumps(older))
    again = house.keys_file(tmp_path)
    assert {name.name for name in tmp_path.iterdir()} == {"service_keys.json"}
    now = orjson.loads(again.read_bytes())
    assert older.items() < now.items()
    assert set(now) == set(house.PAIRS)
    assert again.stat().st_mode & 0o777 == 0o600
