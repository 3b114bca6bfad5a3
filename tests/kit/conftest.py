"""The toy service on a database of its own."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from services.kit import ledger
from tests.callers import KEYS, Signed
from tests.conftest import Databases, settings_for
from tests.kit.toy import METADATA, create_app

KEYS.setdefault("gateway>toy", "test-secret-toy")


async def build(url: str) -> None:
    """Make the toy's tables, ledger and triggers."""
    engine = create_async_engine(url)
    async with engine.begin() as db:
        for statement in ledger.install_statements():
            await db.execute(text(statement.replace(":", "\\:")))
        await db.run_sync(METADATA.create_all)
        for table in METADATA.sorted_tables:
            for statement in ledger.attach_statements(table.name, table.info.get("secret", ())):
                await db.execute(text(statement))
        await db.execute(text("CREATE TABLE alembic_version (version_num text)"))
    await engine.dispose()


@pytest.fixture
async def toy_url(databases: Databases) -> str:
    """A database for the toy."""
    url = await asyncio.to_thread(databases.empty, f"toy_{uuid4().hex[:12]}")
    await build(url)
    return url


@pytest.fixture
async def toy(toy_url: str, tmp_path: Path) -> AsyncIterator[Signed]:
    """The toy service, called by a process leader."""
    app = create_app(settings_for(toy_url, tmp_path))
    async with app.router.lifespan_context(app):
        yield Signed(app, "toy")
