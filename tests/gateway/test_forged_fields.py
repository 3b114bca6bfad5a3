"""Fields that no form of ours has: nobody gets an error page for them."""

import pytest

from tests.gateway.whole import Whole

FORGED = {
    "a version of many digits": {"version": "9" * 5000},
    "a version in other digits": {"version": "\N{SUPERSCRIPT TWO}"},
    "a key that is no header": {"once": "\N{LATIN SMALL LETTER A WITH RING ABOVE}\r\nx: y"},
    "a long key": {"once": "a" * 5000},
    "a row in other digits": {"headcounts.\N{SUPERSCRIPT TWO}": "1"},
    "a row of many digits": {"headcounts." + "1" * 5000 + ".year": "2027"},
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
async def test_forged_fields_are_refused_or_left_alone(
    whole: Whole, forged: dict[str, str]
) -> None:
    browser = await whole.browser("process_leader")
    begun = (await browser.get((await browser.http.get("/behov/nytt")).headers["location"])).fields(
        "/behov/nytt"
    )
    typed = begun | {"statement": "Fler svetsare", "areas": "matching", "horizon": "long"}
    answer = await browser.http.post("/behov/nytt", data=typed | forged)
    assert answer.status_code in {303, 422}, answer.text[-500:]
