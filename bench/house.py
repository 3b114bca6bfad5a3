"""The house to be measured: its own data in a folder that is gone afterwards, and its programs."""

import asyncio
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx
import orjson

from bench.example import fill
from gateway import accounts, keys
from gateway.drafts import AccountDraft, ClientDraft, Role, Scope
from gateway.session import Sessions
from operations import house
from services.kit import log
from services.kit.db import Database
from services.kit.identity import Caller
from services.kit.postgres import Postgres, throwaway
from services.kit.postgres_cluster import free_port
from services.kit.settings import Settings

ROOT = Path(__file__).parents[1]
LEAVE_SECONDS = 30
READER = Caller("service", "svc:bench", request_id="bench")


class NotStarted(Exception):
    """A program that should be measured did not start; what it said stands in the text."""


@dataclass(frozen=True)
class House:
    """What is running, and what one needs to ask it."""

    hello: int
    route: int
    port: int
    actors: int
    settings: Settings
    key: str
    session: str
    actor: UUID
    need: UUID
    start_seconds: float
    idle_mb: float
    pid: int


@contextmanager
def running(*, actors: int, needs: int) -> Iterator[House]:
    """The house in one process, the actors service alone, and the two limits beside them."""
    log.configure("ERROR")
    with throwaway(fast=False) as server:
        names = {name: house.database_name(name) for name in house.PROGRAMS}
        server.ensure_databases(*names.values())
        settings = _settings(server)
        ids = _prepare(server, actors=actors, needs=needs)
        key, session = asyncio.run(_admit(settings))
        with _programs(server, settings) as (ports, whole):
            _await_analysis(whole.port, key)
            yield House(
                **ports,
                settings=settings,
                key=key,
                session=session,
                actor=ids[0],
                need=ids[1],
                start_seconds=whole.seconds,
                idle_mb=whole.megabytes,
                pid=whole.pid,
            )


def _await_analysis(port: int, key: str) -> None:
    """Until analysis has followed what was filled in: a house at work is behind by seconds."""
    breaks = f"http://127.0.0.1:{port}/api/v1/breaks?limit=1"
    allowed = {"Authorization": f"Bearer {key}"}
    while httpx.get(breaks, headers=allowed, trust_env=False, timeout=60).json().get("stale"):
        time.sleep(0.2)


def _settings(server: Postgres) -> Settings:
    plain = Settings(data_dir=server.wanted.parent, _secrets_dir=None)
    return house.settings_of(plain, lambda name: server.url(house.database_name(name)))["gateway"]


def _prepare(server: Postgres, *, actors: int, needs: int) -> tuple[UUID, UUID]:
    """Tables, example data, and PostgreSQL as its own upkeep leaves it within minutes."""

    def url(program: str) -> str:
        return server.url(house.database_name(program))

    house.upgrade(url)
    ids = fill(url, actors=actors, needs=needs)
    for program in house.PROGRAMS:
        server.sql("VACUUM ANALYZE", database=house.database_name(program))
    return ids


async def _admit(settings: Settings) -> tuple[str, str]:
    """A key of the association, and the session of a user who sees everything."""
    database = Database(settings.database_url, pool_size=1)
    try:
        async with database.writing(READER) as db:
            client = ClientDraft(name="Mätning", scopes=list(Scope))
            made = await keys.open_client(db, keys.Pepper.of(settings), client, days=1)
            roles = [Role.process_leader, Role.strategist]
            draft = AccountDraft(email="bench@exempel.se", name="Exempelperson 1", roles=roles)
            account, _link = await accounts.open_account(db, draft)
            session = await Sessions(database, https=False).start(db, account)
    finally:
        await database.close()
    return made.text, session


@contextmanager
def _programs(server: Postgres, settings: Settings) -> Iterator[tuple[dict[str, int], "Started"]]:
    folder = server.wanted.parent
    own = {
        "DATA_DIR": str(folder),
        "DATABASE_URL": server.url("{program}"),
        "SERVICE_KEYS_FILE": str(settings.service_keys_file),
        "PEPPER_FILE": str(settings.pepper_file),
        "REQUESTS_PER_MINUTE": "100000000",
        "LOG_LEVEL": "INFO",
    }
    with (
        _bare("hello", folder) as hello,
        _bare("route", folder) as route,
        _operations("run", folder, own) as whole,
        _operations("serve", folder, own, "actors") as actors,
    ):
        ports = {"hello": hello, "route": route, "port": whole.port, "actors": actors.port}
        yield ports, whole


@dataclass(frozen=True)
class Started:
    """A program of the house: where it answers, how soon it did, and how large it was then."""

    port: int
    seconds: float
    megabytes: float
    pid: int


@contextmanager
def _operations(command: str, folder: Path, own: dict[str, str], *words: str) -> Iterator[Started]:
    """One of our own programs, its log in a file as where it is supervised."""
    inherited = {name: value for name, value in os.environ.items() if "DATABASE_URL" not in name}
    began = time.perf_counter()
    line = [sys.executable, "-m", "operations", command, *words, "--json"]
    with _process(line, folder / f"{command}.log", inherited | own | {"PORT": "0"}) as process:
        assert process.stdout is not None  # noqa: S101 (it was asked for)
        said = process.stdout.readline()
        if not said:
            raise NotStarted((folder / f"{command}.log").read_text()[-2000:])
        port = int(orjson.loads(said)["address"].rpartition(":")[2])
        taken = time.perf_counter() - began
        yield Started(port, taken, megabytes_now(process.pid), process.pid)


@contextmanager
def _bare(name: str, folder: Path) -> Iterator[int]:
    """One of the limits, on the server that the house has."""
    port = free_port(0)
    line = [sys.executable, "-m", "uvicorn", f"bench.bare:{name}", "--port", str(port)]
    options = ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--no-server-header"]
    with _process([*line, *options], folder / f"{name}.log", dict(os.environ)) as process:
        _await(port, process)
        yield port


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until somebody answers at the port."""
    while process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise NotStarted(f"uvicorn ended with {process.returncode}")


@contextmanager
def _process(
    line: list[str], log_file: Path, env: dict[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    """A program that ends when we do; Ctrl-C reaches us alone, and we end it."""
    with log_file.open("wb") as file:
        process = subprocess.Popen(
            line, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=file, start_new_session=True
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def megabytes_now(number: int) -> float:
    """What a program holds in memory; 0 where the system has no /proc."""
    try:
        pages = int(Path(f"/proc/{number}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * resource.getpagesize() / 2**20
