"""What every test may ask for: a database server, the services, and the whole house."""

import asyncio
import os
import shutil
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from types import CodeType
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from services.kit import elsewhere, migrations
from services.kit.db import Database
from services.kit.http import Heard
from services.kit.postgres import Postgres, throwaway
from services.kit.settings import Settings
from tests.callers import KEYS, Signed, is_somebody

pytest_plugins = ["tests.balance", "tests.browser.tabs", "tests.journeys.houses"]
SERVICES = ("actors", "councils", "analysis")
# No test, and no house that a test starts, fetches from anywhere but this machine.
os.environ["FETCH_LOOPBACK"] = "true"
# A copied database has nothing but its version and its feed's name. The triggers that refuse to
# forget are out of force in a replica, which only the server's owner may say it is. Deleting costs
# less than a new file; but what a big test deleted, the index of the next big one walks past for
# every row, until a snapshot somewhere is let go of: such tables get the new file.
EMPTY = """
DO $$ DECLARE made regclass; grown bool; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR made, grown IN SELECT oid, pg_relation_size(oid) > 200000 FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
    AND relkind = 'r' AND relname NOT IN ('alembic_version', 'ledger_head')
  LOOP
    IF grown THEN EXECUTE 'TRUNCATE ' || made || ' CASCADE';
    ELSE EXECUTE 'DELETE FROM ' || made; END IF;
  END LOOP;
  UPDATE ledger_head SET feed_id = gen_random_uuid();
END $$
"""


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """An embedded server for the whole run: version 18, or that of POSTGRES_BIN."""
    folder = os.environ.get("POSTGRES_BIN")
    # No upkeep of a hundred databases meanwhile: it holds snapshots, and plans turn with it.
    quiet = {"autovacuum": "off"}
    with throwaway(binaries=Path(folder) if folder else None, settings=quiet) as server:
        # Thousands of connections: half of what each costs is the stretching of the password.
        renewed = f"ALTER ROLE CURRENT_USER PASSWORD '{server.password}'"
        server.sql("SET scram_iterations = 1", renewed)
        yield server


class Compiled(FileSystemBytecodeCache):
    """What templates compile to: many tests make an environment, and all of them the same one."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja asks by the template's name and what stands in it."""
        bucket.code = self.kept.get((bucket.key, bucket.checksum))
        if bucket.code is None:
            super().load_bytecode(bucket)
            self._keep(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja has compiled a template: for the other workers too."""
        super().dump_bytecode(bucket)
        self._keep(bucket)

    def _keep(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.kept[bucket.key, bucket.checksum] = bucket.code


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "templates"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patched:
        made = partial(Environment, bytecode_cache=Compiled(folder))
        patched.setattr("gateway.html.Environment", made)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_database_is_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """As root the databases of houses lie outside their folders, which nobody would look for."""
    yield
    base = tmp_path_factory.getbasetemp()
    for link in (*base.glob("*/postgres"), *base.glob("*/*/postgres")):
        if link.is_symlink():
            shutil.rmtree(link.resolve().parent, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _somebody_is_known() -> Iterator[None]:
    """Houses whose councils name who no test is about, and no registry need have."""
    ask = elsewhere._ask

    async def asked(work: Any, service: str, new: Any) -> Any:
        real = {one: field for one, field in new.items() if not is_somebody(one[1])}
        made_up = {one: Heard(one[1]) for one in new.keys() - real.keys()}
        return made_up | (await ask(work, service, real) if real else {})

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(elsewhere, "_ask", asked)
        yield


class Lasting(Database):
    """A database whose connections outlive the app that was made with it."""

    async def close(self) -> None:
        """The next app goes on with them."""

    async def end(self) -> None:
        """Nobody goes on."""
        await super().close()


class Databases:
    """Databases for tests, each a copy of a migrated template, or one given back and emptied.

    Connecting, and compiling what is asked, cost more than what most tests ask: apps made within
    `lasting` find both as the app before left them, for all tests of a worker share a loop.
    """

    def __init__(self, server: Postgres) -> None:
        self.server = server
        self.templates: set[str] = set()
        self.left: dict[str, list[str]] = defaultdict(list)
        self.open: dict[str, Lasting] = {}

    def _run(self, statement: str, database: str = "postgres") -> None:
        async def go() -> None:
            url = self.server.url(database).replace("+asyncpg", "")
            connection = await asyncpg.connect(url)
            await connection.execute(statement)
            await connection.close()

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
        """The address of a migrated, empty database of a program."""
        if self.left[program]:
            name = self.left[program].pop()
            self._run(EMPTY, name)
        else:
            name = f"{program}_{uuid4().hex[:12]}"
            self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self.template(program)}"')
        return self.server.url(name)

    async def ready(self, program: str) -> str:
        """The same, in the loop that all tests share."""
        url = self.server.url(self.left[program][-1]) if self.left[program] else ""
        if url not in self.open:
            return await asyncio.to_thread(self.fresh, program)
        async with self.open[url].engine.begin() as db:
            await db.exec_driver_sql(EMPTY)
        self.left[program].pop()
        return url

    @contextmanager
    def lasting(self) -> Iterator[None]:
        """Apps that are made now keep no connections of their own."""

        def opened(url: str, **options: Any) -> Lasting:
            return self.open.setdefault(url, Lasting(url, **options))

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("gateway.app.Database", opened)
            patched.setattr("services.kit.app.Database", opened)
            yield

    def give_back(self, *urls: str) -> None:
        """Databases that nobody is connected to any more: emptying costs less than a copy."""
        for url in urls:
            name = url.rpartition("/")[2]
            self.left[name.rpartition("_")[0]].append(name)


@pytest.fixture(scope="session")
async def databases(postgres: Postgres) -> AsyncIterator[Databases]:
    """Where tests get databases from."""
    found = Databases(postgres)
    yield found
    for database in found.open.values():
        await database.end()


def settings_for(url: str, folder: Path, **more: Any) -> Settings:
    """A service's settings in a test."""
    return Settings(database_url=url, data_dir=folder, service_keys=KEYS, pool_size=4, **more)


@pytest.fixture
def statistics_engine() -> str:
    """What the statistics are asked with."""
    return "duckdb"


def _app(service: str, settings: Settings) -> Any:
    return import_module(f"services.{service}.app").create_app(settings)


def _service(name: str) -> Any:
    @pytest.fixture(name=name)
    async def service(
        databases: Databases, tmp_path: Path, statistics_engine: str
    ) -> AsyncIterator[Signed]:
        url = await databases.ready(name)
        with databases.lasting():
            app = _app(name, settings_for(url, tmp_path, statistics_engine=statistics_engine))
        async with app.router.lifespan_context(app):
            yield Signed(app, name)
        databases.give_back(url)

    return service


actors = _service("actors")
councils = _service("councils")
analysis = _service("analysis")
