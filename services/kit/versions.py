"""Versions of databases, found without Alembic: to load it is a tenth of a start."""

import asyncio
import random
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

ROOT = Path(__file__).parents[2]


def newest(service: str) -> str:
    """The newest version of a service's database: its last file's number, as migrations name it."""
    files = (ROOT / "migrations" / service / "versions").glob("[0-9]*.py")
    return f"{service}_{max(file.name[:4] for file in files)}"


def behind(urls: Mapping[str, str]) -> list[str]:
    """The services whose databases are not at their newest version."""

    async def ask() -> list[str | None]:
        return await asyncio.gather(*map(version_of, urls.values()))

    found = zip(urls, asyncio.run(ask()), strict=True)
    return [service for service, version in found if version != newest(service)]


async def version_of(url: str, seconds: float = 60) -> str | None:
    """The version of a database, waited for while it starts; None where it has no tables.

    Nobody else orders our start for us.
    """
    engine = create_async_engine(url)
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    try:
        while True:
            try:
                async with engine.connect() as connection:
                    if await connection.scalar(text("SELECT to_regclass('alembic_version')")):
                        asked = text("SELECT max(version_num) FROM alembic_version")
                        return str(await connection.scalar(asked))
                    return None
            except (DBAPIError, OSError):
                if loop.time() > until:
                    raise
                await asyncio.sleep(random.uniform(0.1, 0.5))  # noqa: S311
    finally:
        await engine.dispose()
