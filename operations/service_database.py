"""A service's database, for commands that import beside a running house."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import ProgrammingError

from operations import house
from operations.command import Failed
from services.analysis.classification.actions import read_codes, settle_codes
from services.analysis.snapshot.actions import Said, import_file
from services.analysis.snapshot.shelf import Shelf
from services.kit.db import Database
from services.kit.errors import Problem
from services.kit.http import Work
from services.kit.identity import Caller
from services.kit.settings import Settings

SPEAKER = Caller("service", "svc:operations", request_id="command-line")
Found = TypeVar("Found")


def at_service(name: str, do: Callable[[Database, Settings], Awaitable[Found]]) -> Found:
    """Do something in a service's database, with its own settings."""
    settings = house.read_settings(quiet=True)
    with address_in(settings, name) as url:
        own = settings.model_copy(update={"database_url": url})
        return asyncio.run(_with_database(own, do))


@contextmanager
def address_in(settings: Settings, name: str) -> Iterator[str]:
    """Where the database is, also in a container that knows of no other program's."""
    if settings.database_url:
        yield settings.database_url.replace("{program}", house.database_name(name))
        return
    house.demand_kept(settings)
    with house.databases(settings) as address:
        yield address(name)


async def _with_database(
    settings: Settings, do: Callable[[Database, Settings], Awaitable[Found]]
) -> Found:
    database = Database(settings.database_url, pool_size=1)
    try:
        return await do(database, settings)
    except Problem as problem:
        raise Failed(problem.detail) from problem
    except ProgrammingError as failure:
        raise house.not_ready(settings) from failure
    finally:
        await database.close()


async def keep_file(
    database: Database, settings: Settings, path: Path, *, key: str | None = None
) -> Said:
    """One file becomes what its source says now."""
    shelf, most = Shelf.of(settings.data_dir), settings.import_most_bytes
    return await import_file(database, shelf, SPEAKER, path, most=most, key=key)


async def settle_file(database: Database, settings: Settings, path: Path) -> Counter[str]:
    """One file of codes, in one transaction."""
    try:
        found = await asyncio.to_thread(read_codes, path, settings.import_most_bytes)
    except Problem as problem:
        raise Failed(f"{path.name}: {problem.detail}") from problem
    async with database.writing(SPEAKER) as db:
        return await settle_codes(Work(db, SPEAKER), found)
