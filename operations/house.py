"""The house on this machine: its programs, their settings, secrets and databases."""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.request import urlopen

import orjson
from pydantic import ValidationError
from pydantic_settings import SettingsError

from operations.command import Failed
from services.kit.log import log
from services.kit.postgres import Postgres, PostgresFailed
from services.kit.settings import Settings
from services.kit.versions import ROOT, behind

SERVICES = ("actors", "councils", "analysis")
PROGRAMS = (*SERVICES, "gateway")
PAIRS = (
    *(f"gateway>{name}" for name in SERVICES),
    "actors>councils",
    "analysis>actors",
    "analysis>councils",
    "councils>actors",
    "councils>analysis",
)
SECRETS = Path("/run/secrets")
REST_SECONDS, REST_AFTER_FAILURE = 0.5, 10.0

Address = Callable[[str], str]


def read_settings(*, quiet: bool = False) -> Settings:
    """The settings from the environment, and from secret files where a container has them.

    At a terminal only what is amiss is logged, unless LOG_LEVEL asks for more. Failed where
    something in them means nothing.
    """
    try:
        found = Settings(_secrets_dir=SECRETS if SECRETS.is_dir() else None)
    except ValidationError as failure:
        # Without the values: a setting may be a secret.
        wrong = (f"{str(one['loc'][0]).upper()}: {one['msg']}" for one in failure.errors())
        raise Failed(f"settings that mean nothing: {'; '.join(wrong)}") from None
    except SettingsError as failure:
        named = failure.args[0].split('"')[1].upper()
        raise Failed(f"settings that mean nothing: {named}: it is no JSON") from None
    if quiet and "log_level" not in found.model_fields_set:
        return found.model_copy(update={"log_level": "WARNING"})
    return found


def database_name(program: str) -> str:
    """The name of a program's database where we choose it."""
    return f"kompetensnav_{program}"


def demand_kept(settings: Settings) -> None:
    """Failed where no house is kept: a command beside one makes none."""
    there = os.path.lexists(settings.data_dir / "postgres")  # also a link to where it lies
    if not (settings.database_url or _named("actors") or there):
        raise Failed(
            f"no house is kept in {settings.data_dir.absolute()}; DATA_DIR chooses another"
        )


def not_ready(settings: Settings) -> Failed:
    """What is said where a house has no tables yet, and which house that is."""
    kept = "" if settings.database_url else f" in {settings.data_dir.absolute()} (DATA_DIR)"
    return Failed(f"the database{kept} is not ready: python -m operations migrate")


@contextmanager
def databases(
    settings: Settings, *, meanwhile: Callable[[], None] = lambda: None
) -> Iterator[Address]:
    """Where each program's database is: where the environment says, or on a server of our own.

    `meanwhile` is done while a server of our own starts.
    """
    if settings.database_url or _named("actors"):
        yield lambda program: address_of(settings, program)
        return
    try:
        with _started(settings, meanwhile) as server:
            server.ensure_databases(*map(database_name, PROGRAMS))
            with _kept_running(server):
                yield lambda program: server.url(database_name(program))
    except PostgresFailed as failure:
        raise Failed(str(failure)) from failure


@contextmanager
def _started(settings: Settings, meanwhile: Callable[[], None]) -> Iterator[Postgres]:
    """The server, started beside what has to be done anyway before anybody needs it."""
    _make_folder(settings.data_dir)
    server = Postgres(settings.data_dir / "postgres", binaries=settings.postgres_bin)
    try:
        with ThreadPoolExecutor(1) as beside:
            starting = beside.submit(server.start)
            meanwhile()
        starting.result()
        yield server
    finally:
        server.stop()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        said = f"{failure.strerror}: no house can be kept there"
        raise Failed(f"DATA_DIR {folder.absolute()}: {said}") from None


@contextmanager
def _kept_running(server: Postgres) -> Iterator[None]:
    """Start a server of our own again whenever it is killed."""
    leaving = Event()

    def keep() -> None:
        while not leaving.wait(REST_SECONDS):
            try:
                server.revive()
            except PostgresFailed as failure:
                log.error("postgres.not_started_again", reason=str(failure))
                leaving.wait(REST_AFTER_FAILURE)

    keeper = Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        leaving.set()
        keeper.join()


def address_of(settings: Settings, program: str) -> str:
    """A program's own address: ACTORS_DATABASE_URL, or DATABASE_URL with {program} in it."""
    if own := _named(program):
        return own
    if "{program}" not in settings.database_url:
        raise Failed("DATABASE_URL must hold {program} where it stands for several databases")
    return settings.database_url.replace("{program}", database_name(program))


def _named(program: str) -> str:
    """A program's own address in the environment or among the container's secrets."""
    name = f"{program}_database_url"
    with suppress(OSError):
        return (SECRETS / name).read_text().strip()
    return os.environ.get(name.upper(), "")


def settings_of(settings: Settings, address: Address) -> dict[str, Settings]:
    """Each program's settings in a house that makes its own secrets."""
    shared: dict[str, object] = {}
    if not settings.service_keys and settings.service_keys_file is None:
        shared["service_keys_file"] = keys_file(settings.data_dir)
    if settings.pepper_file is None:
        shared["pepper_file"] = pepper_file(settings.data_dir)
    return {
        program: settings.model_copy(update={**shared, "database_url": address(program)})
        for program in PROGRAMS
    }


def keys_file(folder: Path) -> Path:
    """The secrets between programs, made once; a pair that is new since then gets its own."""
    keys = {pair: secrets.token_urlsafe(32) for pair in PAIRS}
    path = _kept(folder / "service_keys.json", orjson.dumps(keys))
    known = orjson.loads(path.read_bytes())
    if set(PAIRS) - set(known):
        whole = _kept(path.with_suffix(f".{os.getpid()}"), orjson.dumps(keys | known))
        whole.replace(path)
    return path


def pepper_file(folder: Path) -> Path:
    """What API keys are hashed with, made once and never in the database."""
    return _kept(folder / "pepper", secrets.token_urlsafe(32).encode())


def _kept(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    return path


def with_tables(programs: tuple[str, ...] = PROGRAMS) -> list[str]:
    """The programs that keep something in a database."""
    folder = ROOT / "migrations"
    return [name for name in programs if any((folder / name / "versions").glob("*.py"))]


def upgrade(address: Address, programs: Iterable[str] = PROGRAMS) -> None:
    """Every program's database at its newest version."""
    urls = {name: address(name) for name in with_tables(tuple(programs))}
    for name in behind(urls):
        import_module("services.kit.migrations").upgrade(name, urls[name])


def metadata_of(program: str) -> Any:
    """The tables that a program's tables.py describes."""
    owner = program if program == "gateway" else f"services.{program}"
    return import_module(f"{owner}.tables").METADATA


def app_of(program: str, settings: Settings) -> Any:
    """One program's app, alone in its process."""
    owner = program if program == "gateway" else f"services.{program}"
    return import_module(f"{owner}.app").create_app(settings)


def load() -> None:
    """Load what `whole_app` puts together: most of a start."""
    import_module("gateway.embedded")


def whole_app(each: Mapping[str, Settings]) -> Any:
    """The gateway's app with the services inside it."""
    services = {name: each[name] for name in SERVICES}
    return import_module("gateway.app").create_app(each["gateway"], services=services)


def is_ready(address: str) -> bool:
    """Whether a program says that it takes requests."""
    try:
        with urlopen(f"{address}/readyz", timeout=2) as answer:  # noqa: S310
            return bool(answer.status == HTTPStatus.OK)
    except OSError:
        return False
