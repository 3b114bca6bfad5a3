"""Pages say where what they know of other things may lack the newest."""

import asyncio
from typing import Any

import pytest

from services.analysis.following import actions
from services.kit.errors import Unavailable
from tests.analysis.following import MANY, behind_a_gate
from tests.gateway.whole import Whole

FOUND = "/sok?q=Exempel"
NOTE = "main .note"


async def test_a_page_says_that_much_is_being_applied(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = behind_a_gate(monkeypatch)
    browser = await whole.browser("reader")
    assert not (await browser.get(FOUND)).all(NOTE)
    for number in range(MANY):
        await whole.actor(number)
    for path in (FOUND, "/"):
        assert "hinner ikapp inom några minuter" in (await browser.get(path)).text(NOTE)
    gate.set()
    for _ in range(100):
        if not (page := await browser.get(FOUND)).all(NOTE):
            break
        await asyncio.sleep(0.05)
    assert not page.all(NOTE)


async def test_a_page_says_that_a_part_of_the_house_is_silent(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nobody(_wire: Any, service: str, _seen: Any) -> Any:
        raise Unavailable("away", reason=service)

    monkeypatch.setattr(actions, "_page", nobody)
    page = await (await whole.browser("reader")).get(FOUND)
    assert "Alla delar av systemet svarar inte" in page.text(NOTE)
