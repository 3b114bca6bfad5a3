"""Keys and users from the command line, beside a database that is there."""

import re
from pathlib import Path

import orjson
import pytest

from gateway.keys import part_of
from operations import house
from services.kit import migrations
from services.kit.postgres import Postgres
from tests.operations.asking import ask


@pytest.fixture(scope="module")
def installed(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation whose gateway has its tables."""
    folder: Path = tmp_path_factory.mktemp("keys")
    address = postgres.url("{program}").replace("{program}", "cli_{program}")
    name = f"cli_{house.database_name('gateway')}"
    postgres.ensure_databases(name)
    migrations.upgrade("gateway", postgres.url(name))
    return {"DATA_DIR": str(folder), "DATABASE_URL": address}


def test_a_key_stands_alone_on_the_last_line(installed: dict[str, str]) -> None:
    words = ("--municipality", "1472", "--scopes", "read,write", "--name", "Exempelsystem 1")
    said = ask("key", "create", *words, **installed)
    assert said.returncode == 0, said.stderr
    key = said.stdout.splitlines()[-1]
    part = part_of(key)
    assert part is not None
    listed = ask("key", "list", "--json", **installed).stdout.splitlines()
    found = next(one for one in map(orjson.loads, listed) if one["part"] == part)
    assert (found["municipality_code"], found["scopes"]) == ("1472", ["read", "write"])
    assert key not in "".join(listed)
    assert ask("key", "revoke", key, **installed).returncode == 0
    assert f"kn_{part}  1472  read,write" in (text := ask("key", "list", **installed).stdout)
    assert "revoked" in text


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("create", "--scopes", "everything"), "no scope is called everything"),
        (("create", "--municipality", "Skövde"), "municipality_code"),
        (("create", "--days", "400"), "1 to 365 days"),
        (("revoke", "kn_nothing"), "there is no key"),
    ],
)
def test_what_cannot_be_is_said(
    installed: dict[str, str], words: tuple[str, ...], why: str
) -> None:
    said = ask("key", *words, **installed)
    assert (said.returncode, why in said.stderr) == (1, True), said.stderr


def test_a_user_gets_a_link(installed: dict[str, str]) -> None:
    words = ("--email", "anna@exempel.se", "--name", "Exempelperson 1", "--role", "strategist")
    said = ask("user", "create", *words, **installed)
    assert said.returncode == 0, said.stderr
    assert re.fullmatch(
        r"http://127\.0\.0\.1:8000/valkommen/[\w-]{40,}", said.stdout.splitlines()[-1]
    )
    assert "PORT or BASE_URL" in said.stdout
    elsewhere = (*words[:1], "bo@exempel.se", *words[2:])
    told = ask("user", "create", *elsewhere, **installed | {"PORT": "8001"})
    assert told.stdout.splitlines()[-1].startswith("http://127.0.0.1:8001/")
    again = ask("user", "create", *words, **installed)
    assert (again.returncode, "already" in again.stderr) == (1, True)
