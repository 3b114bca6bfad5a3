"""The keeper: fetches what somebody asked for, and what may have newer figures, one at a time.

Every program that serves analysis has one. What is to be done stands in the database, so any of
them may do it, and a claim sees to it that one does.
"""

import asyncio

from services.analysis.connector.actions import Errand, claim, fetch_claimed, release
from services.analysis.connector.interfaces import INTERFACES
from services.analysis.connector.queries import due
from services.kit import clock
from services.kit.identity import Caller
from services.kit.log import log

SPEAKER = Caller("service", "svc:analysis", request_id="fetch")
# Woken by who asks in the same program; so often it looks for what others left.
EVERY_SECONDS = 60.0


class Keeper:
    """Fetches beside the answers, until it is cancelled."""

    def __init__(self, errand: Errand, *, by_rhythm: bool) -> None:
        self.errand, self.by_rhythm = errand, by_rhythm
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Somebody asked: look at once."""
        self._woken.set()

    async def run(self) -> None:
        """Look, fetch, and wait, for ever."""
        while True:
            try:
                async with asyncio.timeout(EVERY_SECONDS):
                    await self._woken.wait()
            except TimeoutError:
                pass
            self._woken.clear()
            try:
                await self.fetch_due()
            except Exception as failure:  # the database is away: the next turn asks it again
                log.warning("fetch.not_looked", error=type(failure).__name__)

    async def fetch_due(self) -> int:
        """Fetch all that is due now; how many were tried."""
        database, tried = self.errand.database, 0
        async with database.reading() as db:
            found = await due(db, INTERFACES, clock.now(), by_rhythm=self.by_rhythm)
        for source in found:
            if (ours := await claim(database, SPEAKER, source)) is None:
                continue
            tried += 1
            try:
                await fetch_claimed(self.errand, SPEAKER, ours)
            except asyncio.CancelledError:
                await release(database, SPEAKER, ours)
                raise
        return tried
