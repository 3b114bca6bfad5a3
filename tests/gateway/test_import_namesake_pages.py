"""An import of people, some called as others in the registry, by its pages."""

from tests.gateway.test_import_pages import followed, sent
from tests.gateway.whole import Whole

TABLE = (
    "Namn;E-post;Befattning;Organisation;Fr.o.m.\n"
    "Exempelperson 1;;Rektor;Exempelkommun 2;2024-01-01\n"
    "Exempelperson 2;e@exempel.se;Kock;Exempelkommun 2;2024-01-01\n"
)


async def test_where_who_is_there_works_and_what_she_gets_is_said_before(whole: Whole) -> None:
    here, _other = await whole.actor(1), await whole.actor(2)
    for number, more in ((1, {}), (2, {"email": "e@exempel.se"})):
        post = await whole.post(here, f"Chef {number}")
        await whole.holding(post, await whole.person(number, **more), "2020-01-01")
    browser = await whole.browser("process_leader")
    place, page = await followed(browser, await sent(browser, "p.csv", TABLE.encode(), "person"))
    fields = page.fields(place)
    assert "true" not in fields["same_names"], "nobody is taken for another unless somebody says so"
    _, shown = await followed(browser, await browser.send(place, **fields))
    assert "Heter som någon i en annan organisation" in shown.text()
    assert "Rad 2: Rektor Exempelperson 1 Exempelkommun 1" in shown.text()
    known = "Rad 3 Exempelperson 2 Exempelkommun 1 Samma e-postadress. Får befattningen Kock"
    assert known in shown.text()
    _, shown = await followed(browser, await browser.send(place, **fields | {"same_names": "true"}))
    assert "Heter som någon" not in shown.text()
    assert "Rad 2 Exempelperson 1 Exempelkommun 1 Samma namn. Får" in shown.text()
