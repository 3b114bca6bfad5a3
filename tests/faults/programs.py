"""The programs of a running house, found by their names and told to end."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from operations.house import is_ready
from tests.journeys.running import House


class Program(NamedTuple):
    """One process of the house."""

    number: int
    name: str

    def tell(self, what: signal.Signals) -> None:
        """Send it a signal; it may have ended by itself."""
        try:
            os.kill(self.number, what)
        except ProcessLookupError:
            return

    @property
    def address(self) -> str:
        """Where it listens."""
        words = Path(f"/proc/{self.number}/environ").read_bytes().split(b"\0")
        port = next(word for word in words if word.startswith(b"PORT="))
        return f"http://127.0.0.1:{port.removeprefix(b'PORT=').decode()}"

    @property
    def lives(self) -> bool:
        """Whether it has not ended."""
        try:
            state = Path(f"/proc/{self.number}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        return state != "Z"


@dataclass
class Programs:
    """The programs that one house started."""

    house: House

    def named(self, name: str) -> list[Program]:
        """Those that serve one part, the oldest first."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
                parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(parent) == self.house.number and words[3:5] == [b"serve", name.encode()]:
                found.append(Program(int(folder.name), name))
        return sorted(program for program in found if program.lives)

    def until_two(self, name: str, *, but: int = 0, seconds: float = 30) -> None:
        """Wait until two of a service are ready, none of them this one."""
        deadline = time.monotonic() + seconds
        while True:
            living = self.named(name)
            new = but not in {one.number for one in living}
            if len(living) == 2 and new and all(is_ready(one.address) for one in living):
                return
            assert time.monotonic() < deadline, f"{name} did not start again"
            time.sleep(0.1)
