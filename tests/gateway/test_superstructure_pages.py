"""Bodies under bodies on pages, and the yearly agenda of strategic councils."""

from services.kit import clock
from tests.councils.builders import council_in, day
from tests.councils.test_direction import STRATEGIC, a_direction
from tests.gateway.looking import Page
from tests.gateway.signing_in import Browser
from tests.gateway.whole import Whole

SEE_OTHER = 303


async def test_a_council_is_placed_under_another_and_both_pages_tell(whole: Whole) -> None:
    led = {"leader_actor_ids": [(await whole.actor())["id"]]}
    above = await council_in(whole.councils, **led, name="Exempelgruppen", kind="steering_group")
    under = await council_in(whole.councils, **led, name="Exempelrådet 1")
    browser = await whole.browser("process_leader")
    url = f"/branschrad/{under['id']}/andra"
    form = await browser.get(url)
    offered = {one.attributes["value"] for one in form.all("[name=parent_id] option")}
    assert offered == {"", above["id"]}, "not under itself"
    sent = form.fields(url)
    assert (await browser.send(url, **sent | {"parent_id": above["id"]})).status == SEE_OTHER
    for one, other, told in ((under, above, "Under"), (above, under, "Råd och grupper under det")):
        page = await browser.get(f"/branschrad/{one['id']}")
        links = {a.attributes["href"] for a in page.all("[aria-labelledby=facts-heading] a")}
        assert f"/branschrad/{other['id']}" in links, one["name"]
        assert told in page.text()
    copied = await browser.get(f"/branschrad/{under['id']}/kopiera")
    assert "Platsen under" in copied.text()
    url = f"/branschrad/{above['id']}/andra"
    form = await browser.get(url)
    wrong = await browser.send(url, **form.fields(url) | {"parent_id": under["id"]})
    assert (wrong.status, wrong.error("parent_id")) == (422, CIRCLE)
    assert wrong.fields(url)["parent_id"] == [under["id"]], "what was chosen stays"


CIRCLE = "Det går inte att hänvisa till sig själv, eller till något som i sin tur hänvisar hit."


async def test_the_yearly_agenda_tells_years_with_and_without_directions(whole: Whole) -> None:
    asked, year = await council_in(whole.councils), clock.today().year
    browser = await whole.browser("reader")
    assert "Inget strategiskt råd fanns det året." in (await agenda(browser)).text()
    for title, told in (("Möbel", {"year": year - 2}), ("Ull", {"year": 1901}), ("Hösten", {})):
        body = await a_direction(whole.councils, asked, title=title, **told)
        await whole.councils.made("/directions", body)
    await council_in(whole.councils, **STRATEGIC | {"name": "Nytt forum", "starts_on": day(0)})
    page = await agenda(browser)
    cards = page.all("section[aria-labelledby^=y]")
    told = {year - int(one.css_first("h2").text()): one.text() for one in cards}
    assert list(told) == [-1, 0, 2, year - 1901], "those that have any, this year and the next"
    assert "Möbel" in told[2]
    assert "Nytt forum" not in told[2]
    assert "Ingen inriktning" in told[0]
    assert "Nytt forum" in told[0]
    assert "Hösten" in page.one("[aria-labelledby=without-heading]").text()
    listed = await browser.get(f"/inriktningar?year={year - 2}")
    assert "Möbel" in listed.text()
    assert "Hösten" not in listed.text()


async def agenda(browser: Browser) -> Page:
    return await browser.get("/inriktningar/agenda")
