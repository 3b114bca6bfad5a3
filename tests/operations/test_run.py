"""The whole house in one process, from nothing to Ctrl-C, and after a kill."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from urllib.request import urlopen

import orjson
import pytest

from operations import house
from services.kit import postgres_cluster as cluster
from services.kit.postgres import Postgres
from services.kit.postgres_cluster import free_port
from tests.operations.asking import ask

ROOT = Path(__file__).parents[2]
RUN = [sys.executable, "-m", "operations", "run", "--json"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder within reach of the user who runs PostgreSQL, left without a server."""
    made = Path(mkdtemp(prefix="kompetensnav-run-"))
    made.chmod(0o711)
    yield made
    server = Postgres(made / "postgres")
    if server.wanted.exists() and cluster.running_port(server.data):
        server.halt()
    subprocess.run(["rm", "-rf", made], check=True)  # noqa: S607


class House:
    """One `run`, and what it announced."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, "DATA_DIR": str(folder), "PORT": str(free_port(0))}
        self.process = subprocess.Popen(RUN, env=environment, cwd=ROOT, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        self.announced = orjson.loads(self.process.stdout.readline())

    def end(self, told: signal.Signals) -> int:
        self.process.send_signal(told)
        self.process.communicate(timeout=30)
        return self.process.returncode


def test_from_nothing_to_ctrl_c_and_again(folder: Path) -> None:
    first = House(folder)
    with urlopen(first.announced["first_link"]) as page:  # noqa: S310
        assert page.status == 200
    assert house.is_ready(first.announced["address"])
    words = ("--email", "anna@exempel.se", "--name", "Exempelperson 1")
    user = ask("user", "create", *words, DATA_DIR=str(folder), DATABASE_URL="")
    assert user.stdout.splitlines()[-1].startswith(f"{first.announced['address']}/valkommen/")
    assert len(user.stdout.splitlines()) == 2, "the house said where it is: nothing is taken so"
    assert first.end(signal.SIGINT) == 0
    assert cluster.running_port(folder / "postgres") is None
    assert not (folder / "address").exists()
    second = House(folder)
    assert second.end(signal.SIGTERM) == 0
    assert cluster.running_port(folder / "postgres") is None


def test_after_a_kill_the_next_start_copes(folder: Path) -> None:
    killed = House(folder)
    killed.end(signal.SIGKILL)
    assert cluster.running_port(folder / "postgres")
    again = House(folder)
    assert house.is_ready(again.announced["address"])
    assert again.end(signal.SIGINT) == 0
    assert cluster.running_port(folder / "postgres") is None
