"""The people pages: staff find people, others see who holds what, and no address has a name."""

from tests.gateway.whole import Whole


async def test_the_register_is_for_staff_and_is_searched_by_a_form(whole: Whole) -> None:
    actor, person = await whole.actor(), await whole.person(1)
    await whole.person(2)
    await whole.holding(await whole.post(actor), person, "2024-01-01")
    assert (await (await whole.browser("reader")).get("/personer")).status == 403
    browser = await whole.browser("strategist")
    page = await browser.get("/personer")
    assert "Exempelperson 2" in page.text("tbody")
    assert "Utvecklare , Exempelkommun 1" in page.text("tbody")
    search = page.one('main form[role="search"]')
    assert search.attributes["method"] == "post"
    found = await browser.send("/personer", **page.fields("/personer") | {"q": "exempelperson 1"})
    assert found.status == 200
    assert "Exempelperson 1" in found.text("tbody")


async def test_contact_details_are_for_those_whom_the_service_lets_see(whole: Whole) -> None:
    person = await whole.person(email="person1@exempel.se", phone="0500-12 34 56")
    path = f"/personer/{person['id']}"
    staff = await (await whole.browser("strategist")).get(path)
    assert "person1@exempel.se" in staff.text()
    reader = await (await whole.browser("reader")).get(path)
    assert reader.h1 == "Exempelperson 1"
    assert "person1@exempel.se" not in reader.answer.text
    assert "0500" not in reader.answer.text
