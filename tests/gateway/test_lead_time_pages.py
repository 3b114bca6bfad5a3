"""Lead times on their page: one table, and a sentence to each row."""

import pytest

from gateway.swedish.lead_times import taken
from tests.actors.test_lead_time import after, comes
from tests.gateway.test_relation_pages import links, said
from tests.gateway.whole import Whole

NAMES = ("case_count", "median_days", "lower_quartile_days", "upper_quartile_days",
         "waiting_count", "waiting_since", "left_out_count")  # fmt: skip


async def test_the_page_tells_how_long_it_has_taken(whole: Whole) -> None:
    begun = "2020-01-01"
    for number, days in enumerate((10, 20, 30, 40, 90)):
        steps = ("mapped", begun), ("invited", after(begun, days))
        await comes(whole.actors, *steps, number=number)
    await comes(whole.actors, ("mapped", "2021-05-01"), number=9)
    browser = await whole.browser("reader")
    assert "/ledtider" in {one.attributes["href"] for one in (await browser.get("/")).all("a")}
    page = await browser.get("/ledtider")
    rows = [" ".join(row.text(separator=" ").split()) for row in page.all("tbody tr")]
    assert len(rows) == 7
    first = rows[0].replace("\N{NO-BREAK SPACE}", " ")
    assert "Hälften av fallen har tagit mellan 20 och 40 dagar." in first
    assert "1 väntar än, som längst sedan 1 maj 2021." in first
    assert first.endswith("5 30 20 40 10 90 1")
    assert "Inget fall är antecknat än." in rows[3]
    then = await browser.get(f"/ledtider?as_of={after(begun, 25)}")
    assert "Bara 2 fall, för få att luta sig mot" in said(then)
    leader = await whole.browser("process_leader")
    actor = (await whole.actors.get("/actors")).json()["items"][0]
    assert "/ledtider" in links(await leader.get(f"/aktorer/{actor['id']}/relationer/ny"))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ((0, None, None, None, 0, None, 0), "Inget fall är antecknat än."),
        ((1, None, None, None, 0, None, 0), "Bara 1 fall, för få att luta sig mot: det behövs 5."),
        ((6, 7, 7, 7, 0, None, 0), "Minst hälften av fallen har tagit 7 dagar."),
        ((6, 0, 0, 0, 0, None, 0), "Minst hälften av fallen har tagit 0 dagar."),
        ((0, None, None, None, 0, None, 2), "Inget fall är antecknat än. 2 räknas inte."),
        ((6, 1, 0, 1, 0, None, 0), "Hälften av fallen har tagit mellan 0 och 1 dag."),
    ],
)
def test_each_row_has_its_sentence(told: tuple[int | None, ...], words: str) -> None:
    row = dict(zip(NAMES, told, strict=True))
    assert taken(row).replace("\N{NO-BREAK SPACE}", " ") == words
