"""Choices: everything that exists can be chosen, however much there is."""

import pytest

from gateway.pages import choices
from tests.gateway.whole import Whole


async def test_lists_longer_than_a_page_are_offered_whole(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "MOST", 2)
    actors = [await whole.actor(number) for number in range(1, 6)]
    for actor in actors:
        await whole.post(actor, "Utvecklare")
    browser = await whole.browser("process_leader")
    page = await browser.get("/behov/nytt")
    offered = {one.text(strip=True) for one in page.all("#f-owner_post_id option")}
    assert {f"{actor['name']}: Utvecklare" for actor in actors} <= offered
    page = await browser.get("/befattningar/ny")
    assert {one["name"] for one in actors} <= {
        one.text(strip=True) for one in page.all("#f-actor_id option")
    }
