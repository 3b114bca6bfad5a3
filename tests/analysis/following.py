"""Following that is held back, so that a test sees what readers are told meanwhile."""

import asyncio
from typing import Any

import pytest

from services.analysis.following import actions

# So many things are more than anybody waits for.
MANY = 12


def behind_a_gate(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Feeds are read two entries at a time; the second page waits until the gate is opened."""
    gate, page = asyncio.Event(), actions._page

    async def waiting(wire: Any, service: str, seen: Any) -> Any:
        if seen.seq:
            await gate.wait()
        return await page(wire, service, seen)

    monkeypatch.setattr(actions, "LIMIT", 2)
    monkeypatch.setattr(actions, "AWAITED", 5)
    monkeypatch.setattr(actions, "_page", waiting)
    return gate
