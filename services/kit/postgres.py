"""The embedded PostgreSQL: found, made, started, shared by our programs, and stopped."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Self

from services.kit import postgres_cluster as cluster
from services.kit.log import log
from services.kit.postgres_account import Account, PostgresFailed, account_for, within_reach
from services.kit.postgres_binaries import Binaries, find_binaries, reachable

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")
PORT_TAKEN = "could not bind"
LOG_LIMIT = 5_000_000
TRIES = 3
THROWAWAY = "kompetensnav-throwaway-"

__all__ = ["EXTENSIONS", "Postgres", "PostgresFailed"]


class Postgres:
    """One server on one data folder. Programs may share it: the last to leave stops it."""

    def __init__(
        self,
        data_dir: Path,
        *,
        settings: Mapping[str, str] | None = None,
        fast: bool = False,
        binaries: Path | None = None,
    ) -> None:
        self.wanted = Path(os.path.abspath(data_dir))
        self.settings = cluster.DEFAULTS | (cluster.FAST if fast else {}) | dict(settings or {})
        self.port = 0
        self._setting = binaries
        self._use: int | None = None

    @cached_property
    def account(self) -> Account:
        return account_for(self.wanted)

    @cached_property
    def data(self) -> Path:
        """Where the data really lies: the wanted folder, or the place its link names."""
        return within_reach(self.wanted, self.account)

    @cached_property
    def binaries(self) -> Binaries:
        major = None if self._setting else cluster.major_of(self.data)
        found = find_binaries(self._setting, major=major)
        return reachable(found, self.account)

    def binary(self, name: str) -> Path:
        """One of PostgreSQL's own programs, such as pg_dump, of the server's version."""
        return self.binaries.folder / name

    def _client(self) -> Path:
        """The client psql: the server's own, or a newer one where only a server is installed."""
        own = self.binary("psql")
        return own if own.exists() else find_binaries().folder / "psql"

    def start(self) -> None:
        """Have the server running, whatever state the last program left it in."""
        self.wanted.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self._gate():
                self._enter()
        except BaseException:
            self.stop()
            raise
        log.info("postgres.ready", port=self.port)

    def stop(self) -> None:
        """Leave the server; it stops when nobody else uses it."""
        if self._use is None:
            return
        with self._gate():
            if self._alone() and cluster.running_port(self.data):
                self.halt()
            os.close(self._use)
            self._use = None

    def revive(self) -> bool:
        """Start the server again where it was killed, at the port that everybody already has."""
        if self._use is None or cluster.is_running(self.data):
            return False
        with self._gate():
            if cluster.running_port(self.data) or cluster.free_port(self.port) != self.port:
                return False
            self._launch()
        log.warning("postgres.started_again", port=self.port)
        return True

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def url(self, database: str) -> str:
        """The address of a database for SQLAlchemy's asyncpg."""
        user = f"{cluster.SUPERUSER}:{self.password}"
        return f"postgresql+asyncpg://{user}@127.0.0.1:{self.port}/{database}"

    @property
    def password(self) -> str:
        return self._beside("password").read_text()

    def sql(self, *statements: str, database: str = "postgres") -> str:
        """Run statements one by one, and give back the rows as text."""
        commands = [part for statement in statements for part in ("-c", statement)]
        options = ("-XAtq", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port))
        done = Account().run(self._client(), *options, *commands, env=self.environment(database))
        if done.returncode:
            raise PostgresFailed(done.stdout.strip()[-500:])
        return done.stdout.strip()

    def environment(self, database: str) -> dict[str, str]:
        """What PostgreSQL's own client programs need in their environment."""
        return {
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port),
            "PGUSER": cluster.SUPERUSER,
            "PGPASSWORD": self.password,
            "PGDATABASE": database,
            "PGSSLMODE": "disable",
            "PGGSSENCMODE": "disable",
            "PGCONNECT_TIMEOUT": "10",
        }

    def ensure_databases(self, *names: str, extensions: tuple[str, ...] = EXTENSIONS) -> None:
        """Create the databases that are missing, each with the extensions we build on."""
        with self._gate():
            present = self.sql("SELECT datname FROM pg_database").splitlines()
            missing = [name for name in names if name not in present]
            if not missing:
                return
            wanted = [f'CREATE EXTENSION IF NOT EXISTS "{name}"' for name in extensions]
            if wanted:  # in the template first, so that no database is ever without them
                self.sql(*wanted, database="template1")
            self.sql(*(f'CREATE DATABASE "{name}"' for name in missing))

    def _enter(self) -> None:
        """Make, adopt or start the server, and be counted among its users."""
        if cluster.major_of(self.data) is None:
            cluster.create(self.data, self._beside("password"), self.binaries, self.account)
        if cluster.major_of(self.data) != self.binaries.major:
            raise PostgresFailed(
                f"{self.data} was made by PostgreSQL {cluster.major_of(self.data)} and cannot "
                f"be run by {self.binaries.version}: dump it with the old, restore with the new"
            )
        self._use = os.open(self._beside("users"), os.O_RDWR | os.O_CREAT, 0o600)
        alone = self._alone()
        fcntl.flock(self._use, fcntl.LOCK_SH)
        self.port = cluster.running_port(self.data) or 0
        if self.port and not self._may_adopt(alone=alone):
            self.halt()
            self.port = 0
        if not self.port:
            self._launch()

    def _may_adopt(self, *, alone: bool) -> bool:
        """A running server is kept if others use it, or if it is as we would have started it."""
        if not self._beside("password").exists():
            return False
        return not alone or (cluster.configured(self.data) == self._text() and self._answers())

    def _answers(self) -> bool:
        with suppress(PostgresFailed):
            return self.sql("SELECT 1") == "1"
        return False

    def _text(self) -> str:
        return cluster.configuration(self.settings, self.binaries, port=self.port)

    def _launch(self) -> None:
        if not self._beside("password").exists():
            cluster.new_password(self.data, self._beside("password"), self.binaries, self.account)
        log_file = self._log_file()
        for _ in range(TRIES):
            self.port = cluster.free_port(cluster.kept_port(self.data))
            cluster.configure(self.data, self._text())
            before = log_file.stat().st_size if log_file.exists() else 0
            done = self._control("start", "-t", "600", "-l", log_file)
            if done == 0:
                return
            with log_file.open() as opened:
                opened.seek(before)
                said = opened.read()
            if PORT_TAKEN not in said:
                break
        raise PostgresFailed(f"PostgreSQL did not start: {said.strip()[-500:]}")

    def _log_file(self) -> Path:
        """The server's own log; the one before it is kept once it has grown large."""
        found = self.data / "server.log"
        if found.exists() and found.stat().st_size > LOG_LIMIT:
            found.rename(self.data / "server.log.1")
        return found

    def halt(self) -> None:
        """Stop the server, whoever uses it."""
        if self._control("stop", "-m", "fast", "-t", "60"):
            self._control("stop", "-m", "immediate", "-t", "60")

    def _control(self, *words: str | Path) -> int:
        return self.account.run(self.binary("pg_ctl"), *words, "-w", "-D", self.data).returncode

    def _beside(self, name: str) -> Path:
        return self.wanted.with_name(f"{self.wanted.name}.{name}")

    def _alone(self) -> bool:
        """Whether no other program uses the server (asked and answered inside the gate)."""
        assert self._use is not None  # noqa: S101  # the gate's callers have opened it
        try:
            fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    @contextmanager
    def _gate(self) -> Iterator[None]:
        """One program at a time makes, starts or stops the server."""
        gate = os.open(self._beside("gate"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield
        finally:
            os.close(gate)


@contextmanager
def throwaway(
    *,
    binaries: Path | None = None,
    settings: Mapping[str, str] | None = None,
    fast: bool = True,
) -> Iterator[Postgres]:
    """A server on a folder of its own that is gone afterwards; for tests and rehearsals."""
    for left in Path(tempfile.gettempdir()).glob(f"{THROWAWAY}*"):
        _throw_away(left)
    folder = Path(tempfile.mkdtemp(prefix=THROWAWAY))
    folder.chmod(0o711)
    try:
        data = folder / "postgres"
        with Postgres(data, binaries=binaries, settings=settings, fast=fast) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _throw_away(folder: Path) -> None:
    """End what a killed program left, and only that: its server runs and nobody uses it."""
    users = folder / "postgres.users"
    if not users.exists() or users.stat().st_uid != os.geteuid():
        return
    gate = folder / "postgres.gate"
    with suppress(OSError, PostgresFailed), gate.open() as starting, users.open() as use:
        for lock in (starting, use):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if cluster.running_port(folder / "postgres", patience=1):
            Postgres(folder / "postgres").halt()
        shutil.rmtree(folder, ignore_errors=True)
