"""What every test may ask for: a database server, the services, and the whole house."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from services.kit import migrations
from services.kit.postgres import Postgres, throwaway
from services.kit.settings import Settings
from tests.callers import KEYS, Signed

pytest_plugins = ["tests.browser.tabs"]
SERVICES = ("actors", "councils", "analysis")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """An embedded server for the whole run: version 18, or that of POSTGRES_BIN."""
    folder = os.environ.get("POSTGRES_BIN")
    with throwaway(binaries=Path(folder) if folder else None) as server:
        yield server


class Databases:
    """Databases for tests, each a copy of a migrated template."""

    def __init__(self, server: Postgres) -> None:
        self.server = server
        self.templates: set[str] = set()

    def _run(self, *statements: str) -> None:
        async def go() -> None:
            engine = create_async_engine(self.server.url("postgres"), isolation_level="AUTOCOMMIT")
            async with engine.connect() as connection:
                for statement in statements:
                    await connection.execute(text(statement))
            await engine.dispose()

        asyncio.run(go())

    def empty(self, name: str) -> str:
        """A new database with the extensions and nothing else."""
        self.server.ensure_databases(name)
        return self.server.url(name)

    def template(self, program: str) -> str:
        """The name of the program's migrated template."""
        name = f"template_{program}"
        if program not in self.templates:
            migrations.upgrade(program, self.empty(name))
            self.templates.add(program)
        return name

    def fresh(self, program: str) -> str:
        """The address of a new, migrated, empty database of a program."""
        name = f"{program}_{uuid4().hex[:12]}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self.template(program)}"')
        return self.server.url(name)


@pytest.fixture(scope="session")
def databases(postgres: Postgres) -> Databases:
    """Where tests get databases from."""
    return Databases(postgres)


def settings_for(url: str, folder: Path, **more: Any) -> Settings:
    """A service's settings in a test."""
    return Settings(database_url=url, data_dir=folder, service_keys=KEYS, pool_size=4, **more)


def _app(service: str, settings: Settings) -> Any:
    return import_module(f"services.{service}.app").create_app(settings)


def _service(name: str) -> Any:
    @pytest.fixture(name=name)
    async def service(databases: Databases, tmp_path: Path) -> AsyncIterator[Signed]:
        url = await asyncio.to_thread(databases.fresh, name)
        app = _app(name, settings_for(url, tmp_path))
        async with app.router.lifespan_context(app):
            yield Signed(app, name)

    return service


actors = _service("actors")
councils = _service("councils")
analysis = _service("analysis")
