"""Keys and users from the command line, beside a database that is there."""

import asyncio
import re
from pathlib import Path

import orjson
import pytest

from gateway import accounts
from gateway.drafts import HouseDraft
from gateway.keys import part_of
from operations import house
from operations.gateway_database import SPEAKER
from services.kit import migrations
from services.kit.db import Database
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


WITHOUT_HOUSE = [
    ("key", "create"),
    ("user", "create", "--email", "anna@exempel.se", "--name", "Exempelperson 1"),
    ("snapshot", "import", __file__, "--source", "exempel"),
]


@pytest.mark.parametrize("words", WITHOUT_HOUSE)
def test_where_no_house_is_kept_none_is_made(tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = tmp_path / "nowhere"
    said = ask(*words, DATA_DIR=str(folder), DATABASE_URL="")
    assert said.returncode == 1
    assert f"no house is kept in {folder}; DATA_DIR chooses another" in said.stderr
    assert not folder.exists()


def test_a_database_without_tables_is_named(postgres: Postgres, tmp_path: Path) -> None:
    postgres.ensure_databases("bare_kompetensnav_gateway")
    address = postgres.url("{program}").replace("{program}", "bare_{program}")
    said = ask("key", "create", DATABASE_URL=address, DATA_DIR=str(tmp_path))
    assert (said.returncode, "the database is not ready" in said.stderr) == (1, True)


def test_a_key_is_for_a_municipality_that_the_house_lists(
    postgres: Postgres, installed: dict[str, str]
) -> None:
    words = ("key", "create", "--municipality", "1999")
    assert ask(*words, **installed).returncode == 0  # nobody has said yet which there are
    asyncio.run(_lists_tibro(postgres.url(f"cli_{house.database_name('gateway')}")))
    said = ask(*words, **installed)
    assert (said.returncode, "1472 Tibro" in said.stderr) == (1, True)
    assert ask("key", "create", "--municipality", "1472", **installed).returncode == 0
    assert ask("key", "create", **installed).returncode == 0


async def _lists_tibro(address: str) -> None:
    database = Database(address, pool_size=1)
    try:
        async with database.writing(SPEAKER) as db:
            known = await accounts.house(db)
            kept = {name: known[name] for name in HouseDraft.model_fields if name in known}
            told = kept | {"municipalities": [{"code": "1472", "name": "Tibro"}]}
            draft = HouseDraft.model_validate(told)
            await accounts.describe_house(db, draft, known.get("version"))
    finally:
        await database.close()


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
