"""Kept: what took long to work out, until anything that was followed changes."""

from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

MOST = 8
Found = TypeVar("Found")


class Kept(Generic[Found]):
    """A few answers of one version of what we know. Without a version nothing is kept."""

    def __init__(self) -> None:
        self._version: Hashable = None
        self._found: dict[Hashable, Found] = {}

    async def get(
        self, version: Hashable, asked: Hashable, work_out: Callable[[], Awaitable[Found]]
    ) -> Found:
        """What was worked out for this question at this version, now or before."""
        if version is None:
            return await work_out()
        if version != self._version:
            self._version, self._found = version, {}
        found = self._found  # another version may come while we work
        if asked not in found:
            if len(found) >= MOST:
                found.clear()
            found[asked] = await work_out()
        return found[asked]
