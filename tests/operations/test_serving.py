"""Programs of the house as processes: ready, told to leave, and orphaned."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from operations import house
from operations.commands.serve import PARENT
from services.kit import migrations
from services.kit.postgres import Postgres
from services.kit.postgres_cluster import free_port

ROOT = Path(__file__).parents[2]
SERVE = [sys.executable, "-m", "operations", "serve", "actors"]
A_PARENT = f"import subprocess, time; subprocess.Popen({SERVE!r}); time.sleep(600)"


@pytest.fixture
def environment(postgres: Postgres, tmp_path: Path) -> dict[str, str]:
    """What the actors program needs to know."""
    postgres.ensure_databases("serving")
    migrations.upgrade("actors", postgres.url("serving"))
    return {
        **os.environ,
        "DATABASE_URL": postgres.url("serving"),
        "DATA_DIR": str(tmp_path),
        "SERVICE_KEYS_FILE": str(house.keys_file(tmp_path)),
        "PORT": str(free_port(0)),
        "LOG_LEVEL": "ERROR",
        "DRAIN_SECONDS": "0",
    }


@contextmanager
def _started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    program = subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield program
    finally:
        program.kill()
        program.wait()


def _becomes(environment: dict[str, str], *, ready: bool) -> bool:
    address = f"http://127.0.0.1:{environment['PORT']}"
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if house.is_ready(address) is ready:
            return True
        time.sleep(0.05)
    return False


def test_a_program_serves_until_it_is_told_to_leave(environment: dict[str, str]) -> None:
    with _started(SERVE, environment) as program:
        assert _becomes(environment, ready=True)
        program.send_signal(signal.SIGTERM)
        assert program.wait(10) == 0


def test_a_program_does_not_outlive_a_killed_parent(environment: dict[str, str]) -> None:
    with _started([sys.executable, "-c", A_PARENT], {**environment, PARENT: "1"}) as parent:
        assert _becomes(environment, ready=True)
        parent.kill()
        assert _becomes(environment, ready=False)


def test_without_a_database_it_says_what_is_missing(environment: dict[str, str]) -> None:
    said = subprocess.run(
        SERVE, env={**environment, "DATABASE_URL": ""}, cwd=ROOT, capture_output=True, check=False
    )
    assert said.returncode == 1
    assert b"DATABASE_URL" in said.stderr
