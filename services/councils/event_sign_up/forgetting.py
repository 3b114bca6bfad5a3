"""Forgetting: once an hour, whatever is personal in events that have been over for ninety days."""

import asyncio
from typing import Any

from services.councils.event_sign_up.queries import forget
from services.kit import clock
from services.kit.identity import Caller
from services.kit.log import log

FORGETTER = Caller("service", "svc:councils", request_id="events")
EVERY_SECONDS = 3600.0


async def keep_forgetting(state: Any) -> None:
    """Until the service leaves. A database that is away is asked again."""
    while True:
        try:
            async with state.database.writing(FORGETTER) as db:
                await forget(db, clock.now())
        except Exception as failure:
            log.warning("events.not_forgotten", error=type(failure).__name__)
        await asyncio.sleep(EVERY_SECONDS)
