"""The house on this machine: its versions read from names, its server started beside other work."""

import asyncio
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from operations import house
from operations.command import Failed
from services.kit.migrations import config_for
from services.kit.postgres import Postgres
from services.kit.settings import Settings
from services.kit.versions import newest, version_of


@pytest.mark.parametrize("program", house.PROGRAMS)
def test_the_newest_version_is_what_alembic_says(program: str) -> None:
    script = ScriptDirectory.from_config(config_for(program, ""))
    assert script.get_heads() == [newest(program)]


def test_a_database_comes_to_its_newest_version_once(postgres: Postgres) -> None:
    postgres.ensure_databases("upgraded")
    url = postgres.url("upgraded")
    assert asyncio.run(version_of(url)) is None

    def analysis(program: str) -> str:
        return url if program == "analysis" else ""

    for _ in range(2):
        house.upgrade(analysis, ["analysis"])
        assert asyncio.run(version_of(url)) == newest("analysis")


def test_no_server_is_left_where_what_is_done_meanwhile_fails(tmp_path: Path) -> None:
    def fails() -> None:
        raise KeyboardInterrupt

    settings = Settings(data_dir=tmp_path, _secrets_dir=None)
    with pytest.raises(KeyboardInterrupt), house.databases(settings, meanwhile=fails):
        raise AssertionError("nothing is used before the meanwhile is done")
    kept = Postgres(tmp_path / "postgres").data
    assert (kept / "PG_VERSION").exists()
    assert not (kept / "postmaster.pid").exists()


def test_a_folder_that_cannot_be_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(data_dir=tmp_path / "file", _secrets_dir=None)
    with pytest.raises(Failed, match=r"DATA_DIR .*file: File exists"), house.databases(settings):
        pass
