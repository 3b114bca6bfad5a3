"""Versions of databases, found without Alembic: to load it is a tenth of a start."""

import asyncio
import random
from collections.abc import Mapping
from pathlib import Path

import asyncpg

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
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while True:
        try:
            return await _ask(url.replace("postgresql+asyncpg://", "postgresql://", 1))
        except (asyncpg.PostgresError, OSError):
            if loop.time() > until:
                raise
            await asyncio.sleep(random.uniform(0.1, 0.5))  # noqa: S311


async def _ask(url: str) -> str | None:
    connection = await asyncpg.connect(url)
    try:
        if await connection.fetchval("SELECT to_regclass('alembic_version') IS NULL"):
            return None
        asked = "SELECT max(version_num) FROM alembic_version"
        return str(await connection.fetchval(asked))
    finally:
        await connection.close()
