"""The post pages: who holds what and when, and what hangs on it."""

from tests.gateway.whole import Whole


async def test_the_list_says_who_holds_what_and_what_is_vacant(whole: Whole) -> None:
    actor, person = await whole.actor(), await whole.person()
    held, vacant = await whole.post(actor), await whole.post(actor, "Samordnare")
    await whole.holding(held, person, "2024-01-01")
    browser = await whole.browser("reader")
    page = await browser.get("/befattningar")
    assert page.status == 200
    rows = {row.css_first("th").text(strip=True): row.text() for row in page.all("tbody tr")}
    assert "Exempelperson 1" in rows["Utvecklare"]
    assert "Vakant" in rows["Samordnare"]
    only = await browser.get("/befattningar?vacant=true")
    assert [a.attributes["href"] for a in only.all("tbody th a")] == [
        f"/befattningar/{vacant['id']}"
    ]
    table = await browser.http.get("/befattningar.csv?vacant=true")
    assert "Samordnare" in table.text
    assert "Utvecklare" not in table.text


async def test_one_post_shows_its_time_with_the_gaps(whole: Whole) -> None:
    actor, first, second = await whole.actor(), await whole.person(1), await whole.person(2)
    post = await whole.post(actor)
    await whole.holding(post, first, "2019-01-01", "2020-01-01")
    await whole.holding(post, second, "2020-01-01", "2021-01-01")
    await whole.holding(post, first, "2022-01-01")
    browser = await whole.browser("reader")
    page = await browser.get(f"/befattningar/{post['id']}")
    assert page.h1 == "Utvecklare"
    told = [" ".join(item.text(separator=" ").split()) for item in page.all(".timeline li")]
    assert [words.rpartition("2021 ")[2] for words in told[:2]] == [
        "från 1 jan 2022 Exempelperson 1 Nu",
        "Vakant",
    ]
    assert "Exempelperson 2" in told[2]
    assert "Exempelperson 1" in told[3]
