"""Forms tell everything wrong in one round: of the contract, of the rules, and of the gateway."""

from datetime import timedelta

import pytest

from services.kit import clock
from tests.gateway.whole import Whole

TODAY = clock.today()
TOMORROW = str(TODAY + timedelta(days=1))


async def test_a_need_tells_its_rules_beside_what_cannot_be_read(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    wrong = await browser.submit(
        "/behov/nytt",
        statement="",
        from_year="2030",
        to_year="2020",
        minority_share="30",
        identified_on=TOMORROW,
    )
    assert wrong.status == 422
    told = {element.attributes["id"] for element in wrong.all("[aria-invalid=true]")}
    assert {"f-statement", "f-to_year", "f-identified_on"} <= told


async def test_the_fast_track_tells_its_days_beside_what_is_missing(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    path = "/branschrad/tillfalligt"
    fields = {"meeting.starts_at": "2020-01-01T09:00"}
    wrong = await browser.submit(path, ends_on="2019-12-01", **fields)
    assert wrong.status == 422
    told = {element.attributes["id"] for element in wrong.all("[aria-invalid=true]")}
    assert {"f-name", "f-ends_on", "f-meeting.starts_at"} <= told


async def test_what_only_the_gateway_refuses_is_never_stored(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    before = (await whole.councils.get("/needs?count=true")).json()
    wrong = await browser.submit(
        "/behov/nytt",
        statement="Svetsare",
        areas="matching",
        horizon="short",
        occupation_code="ett yrke som inte finns",
        identified_on=TOMORROW,
    )
    assert wrong.status == 422
    after = (await whole.councils.get("/needs?count=true")).json()
    assert before == after


@pytest.mark.parametrize("length", [300_000, 1_000_000])
async def test_a_text_that_is_far_too_long_comes_back_as_it_was_typed(
    whole: Whole, length: int
) -> None:
    browser = await whole.browser("process_leader")
    long = "å" * length
    wrong = await browser.submit("/behov/nytt", statement=long, from_year="2030", to_year="2020")
    assert wrong.status == 422
    told = {element.attributes["id"] for element in wrong.all("[aria-invalid=true]")}
    assert {"f-statement", "f-to_year"} <= told
    assert wrong.one("#f-statement").text().strip() == long
