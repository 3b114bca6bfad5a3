"""A house started as users start it: its own programs, its own database, its own port."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import orjson

from services.kit.postgres_cluster import free_port
from tests.operations.asking import asked

ROOT = Path(__file__).parents[2]
START_SECONDS = 90


@dataclass
class House:
    """A running house: where it answers, its process, and the command line beside it."""

    address: str
    first_link: str
    environment: dict[str, str]
    number: int
    keys: dict[tuple[str, ...], str] = field(default_factory=dict)
    states: dict[bool, Any] = field(default_factory=dict)

    def operate(self, *words: str) -> str:
        """One command of the command line; what it printed."""
        done = asked(words, self.environment)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def key(self, municipality: str | None = None, scopes: str = "read,write,personal") -> str:
        """An API key, the association's or a municipality's; made the first time it is wanted."""
        bound = ("--municipality", municipality) if municipality else ()
        words = ("key", "create", *bound, "--scopes", scopes)
        if words not in self.keys:
            self.keys[words] = self.operate(*words).splitlines()[-1]
        return self.keys[words]

    def user(self, *roles: str) -> str:
        """A new user's link: opened once, it asks for a password and signs in."""
        words = [word for role in roles for word in ("--role", role)]
        email = f"{uuid4().hex}@exempel.se"
        made = self.operate("user", "create", "--email", email, "--name", "Exempelperson 1", *words)
        return made.splitlines()[-1]

    def api(self, key: str) -> httpx.AsyncClient:
        """The public API with a key."""
        return httpx.AsyncClient(
            base_url=self.address,
            headers={"Authorization": f"Bearer {key}"},
            timeout=30,
            trust_env=False,
        )


@contextmanager
def house(folder: Path, *, command: str = "run", programs: Path | None = None) -> Iterator[House]:
    """Start `run`, `run-split` or `demo`, wait until it answers, and stop it with Ctrl-C."""
    environment = {
        **os.environ,
        "DATA_DIR": str(folder),
        "PORT": str(free_port(0)),
        "LOG_LEVEL": "ERROR",
    }
    if programs:
        environment["POSTGRES_BIN"] = str(programs)
    process = subprocess.Popen(
        [sys.executable, "-m", "operations", command, "--json"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, f"{command} ended with {process.wait()}"
        facts = orjson.loads(line)
        yield House(facts["address"], facts.get("first_link") or "", environment, process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            assert process.stdout is not None
            process.stdout.close()
