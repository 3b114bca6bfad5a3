"""More needs than are looked at in one go: the open ones come first, and the rest are told of."""

import pytest

from services.analysis.thread import queries
from services.kit import clock
from tests.gateway.whole import Whole


async def test_no_open_need_is_missed_for_met_ones_and_what_is_left_out_is_said(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_TOGETHER", 2)
    page = await whole.browser("process_leader")
    for number in range(3):
        body = {"statement": f"Exempelbehov {number}", "areas": ["education"], "horizon": "short"}
        need = await whole.councils.made("/needs", body)
        if number:
            met = {"met_on": clock.today().isoformat(), "evidence": "Exempel"}
            await whole.councils.made(f"/needs/{need['id']}/meet", met)
    for address in ("/", "/roda-traden?broken=true"):
        text = (await page.get(address)).text("main")
        assert "Exempelbehov 0" in text, "the open one, though two met ones changed later"
        assert "1 behov till är inte med" in text, address
    assert "Brott i röda tråden minst" in (await page.get("/")).text("main")
    monkeypatch.setattr(queries, "MOST_TOGETHER", 3)
    await whole.councils.made("/needs", body)
    assert "1 behov till är inte med" in (await page.get("/roda-traden?broken=true")).text("main")
    monkeypatch.setattr(queries, "MOST_TOGETHER", 4)
    assert "till är inte med" not in (await page.get("/roda-traden?broken=true")).text("main")
