"""The programs of a running house, found by their names and told to end."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

import httpx

from operations.commands.run_split import REPLICAS
from operations.house import is_ready
from tests.faults.server import Server
from tests.journeys.running import House


async def until(
    holds: Callable[[], Awaitable[object]], *, seconds: float = 30, pause: float = 0.05
) -> None:
    """Wait until something holds, asking often."""
    async with asyncio.timeout(seconds):
        while True:
            if await holds():
                return
            await asyncio.sleep(pause)


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

    async def whole(self, name: str, *, but: int = 0, seconds: float = 30) -> None:
        """Wait until as many as there shall be of one part are ready, none of them this one."""
        wanted = 1 if name == "gateway" else REPLICAS
        ready = partial(asyncio.to_thread, self._ready, name, wanted, but)
        # To look through all processes is much of what there is to do meanwhile.
        await until(ready, seconds=seconds, pause=0.3)

    def _ready(self, name: str, wanted: int, but: int) -> bool:
        living = self.named(name)
        new = len(living) == wanted and but not in {one.number for one in living}
        return new and all(is_ready(one.address) for one in living)

    def api(self) -> httpx.AsyncClient:
        """The public API, as the association."""
        return self.house.api(self._key)

    @cached_property
    def _key(self) -> str:
        return self.house.key()

    @cached_property
    def server(self) -> Server:
        """The house's PostgreSQL."""
        return Server(self.house)
