"""The command that fetches: one source or all that are due, and what it says of failures."""

import asyncio
from collections.abc import Iterator
from threading import Thread
from typing import Any

import orjson
import pytest

from operations.service_database import SPEAKER
from services.analysis.contract.source import SourceDraft
from services.analysis.tables import SourceRow
from services.kit.db import Database
from services.kit.store import insert_row
from tests.analysis.register import Answer, Register, register_running, source_draft
from tests.analysis.test_fetching import MORE
from tests.analysis.test_pxweb import pxweb
from tests.operations.asking import ask
from tests.operations.test_imports import installed

__all__ = ["installed"]


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    """A register that answers beside the command, on a loop of its own."""
    loop, found = asyncio.new_event_loop(), []
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    running = register_running()
    found = asyncio.run_coroutine_threadsafe(running.__aenter__(), loop).result(5)
    yield pxweb(found)
    asyncio.run_coroutine_threadsafe(running.__aexit__(None, None, None), loop).result(5)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


@pytest.fixture
async def described(installed: dict[str, str], register: Register) -> dict[str, Any]:
    url = installed["DATABASE_URL"].replace("{program}", "kompetensnav_analysis")
    database = Database(url, pool_size=1)
    draft = SourceDraft.model_validate(source_draft("pxweb", register.url, **MORE))
    async with database.writing(SPEAKER) as db:
        found = await insert_row(db, SourceRow, draft)
    await database.close()
    return found


@pytest.mark.usefixtures("described")
def test_a_source_is_fetched_and_a_failure_says_why(
    installed: dict[str, str], register: Register
) -> None:
    near = installed | {"FETCH_LOOPBACK": "true"}
    refused = ask("snapshot", "fetch", "provet", **installed, FETCH_LOOPBACK="false")
    assert refused.returncode == 1
    assert "provet: not fetched; refused" in refused.stderr
    first = orjson.loads(ask("snapshot", "fetch", "provet", "--json", **near).stdout)
    again = ask("snapshot", "fetch", "provet", **near)
    assert "8 rows, 2025 to 2026, already there" in again.stdout
    assert first["fetched"]["provet"] in again.stdout
    assert "nothing was fetched" in ask("snapshot", "fetch", **near).stdout
    register.at("/tables/TAB1/data", Answer(b"<html>"))
    broken = ask("snapshot", "fetch", "provet", **near)
    assert broken.returncode == 1
    assert "unreadable" in broken.stderr
    unknown = ask("snapshot", "fetch", "okand", **near)
    assert unknown.returncode == 1
    assert "known without being described: scb_population_month" in unknown.stderr
