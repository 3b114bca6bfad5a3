"""Seats shared out among all needs, by page and as a file."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from services.kit import clock
from tests.gateway.whole import Whole

PAGE = "/analys/fordelning"
DONE = {"starts_on": "2024-01-01", "seats": 25, "admitted": 25, "completed": 20,
        "employed_after": 18}  # fmt: skip


@pytest.fixture
async def shared(whole: Whole) -> dict[str, Any]:
    """Two needs of six each; ten seats of which each gives 0.72; and a need that says no number."""
    actor = await whole.actors.made("/actors", {"name": "Exempelskolan", "kind": "company"})
    facts = {"provider_actor_id": actor["id"], "name": "Exempelkurs i snickeri"}
    facts |= {"form": "commissioned", "occupation_codes": ["7522"], "municipality_code": "1472"}
    programme = await whole.actors.made("/programmes", facts)
    today = clock.today()
    coming = {"starts_on": f"{today + timedelta(30)}", "ends_on": f"{today + timedelta(180)}"}
    for start in (DONE, coming | {"seats": 10}):
        await whole.actors.made("/intakes", start | {"programme_id": programme["id"]})
    need = {"areas": ["education"], "horizon": "short", "occupation_code": "7522"}
    for statement, headcount in (("Första", 6), ("Andra", 6), ("Otalt", None)):
        many = {"statement": statement, "headcount_per_year": headcount}
        await whole.councils.made("/needs", need | many | {"municipality_codes": ["1472"]})
    return programme


async def test_the_page_tells_what_is_lacking_and_which_seats_would_close_it(
    whole: Whole, shared: dict[str, Any]
) -> None:
    browser = await whole.browser("reader")
    assert PAGE in {one.attributes["href"] for one in (await browser.get("/analys")).all("a")}
    page = await browser.get(PAGE)
    text = page.text()
    assert "Behövs 12 Täcks säkert 7,2 " in text
    assert "Saknas 4,8 Kan inte täckas av någon känd utbildning här 0" in text
    (row,) = page.all("[aria-labelledby=supplements-heading] tbody tr")
    said = " ".join(row.text(separator=" ").split())
    assert said == "1 Exempelkurs i snickeri Exempelskolan 7 0,72 4,8 1"
    assert "Antalet per år är inte angivet Otalt" in text
    rows = [
        " ".join(one.text(separator=" ").split())
        for one in page.all("[aria-labelledby=needs-heading] tbody tr")
    ]
    assert len(rows) == 2
    assert "7 på Exempelkurs i snickeri i kommunen" in rows[0]
    assert f"/utbildningar/{shared['id']}" in {one.attributes["href"] for one in page.all("a")}


async def test_filters_a_file_and_the_long_horizon(whole: Whole, shared: dict[str, Any]) -> None:
    assert shared
    browser = await whole.browser("reader")
    lacking = await browser.get(f"{PAGE}?which=lacking")
    assert "1 behov" in lacking.text()
    assert "Inget behov stämmer" in (await browser.get(f"{PAGE}?q=finnsinte")).text()
    later = (await browser.get(f"{PAGE}?horizon=long")).text()
    assert "Inget öppet behov kan få del av platserna" in later
    file = await browser.http.get(f"{PAGE}.csv?which=lacking")
    (row,) = csv.DictReader(io.StringIO(file.text.lstrip("\ufeff")))
    assert (row["Behövs per år"], row["Saknas"], row["Nya platser"]) == ("6.0", "4.8", "7")


@pytest.mark.parametrize("query", ["horizon=soon", "which=x", "page=0"])
async def test_a_question_that_cannot_be_read_is_told_so(whole: Whole, query: str) -> None:
    page = await (await whole.browser("reader")).get(f"{PAGE}?{query}")
    assert page.status == 400
    assert "horizon" not in page.text()
