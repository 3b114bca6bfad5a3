"""Level and status of actors, by the pages of an import."""

from tests.gateway.test_import_pages import followed, sent
from tests.gateway.whole import Whole


async def test_level_and_status_are_guessed_and_taken_in(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    table = "Namn;Typ;Nivå;Läge;Läge från\nExempel AB;AB;Semioperativ;Aktiv;2026-03-01\n"
    place, page = await followed(browser, await sent(browser, "a.csv", table.encode()))
    check, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "1 nivå och läge läggs till" in shown.text()
    await browser.send(check, **shown.fields(check))
    (one,) = (await whole.actors.get("/standings")).json()["items"]
    told = (one["level"], one["status"], one["valid_from"])
    assert told == ("bridging", "active", "2026-03-01")
    wrong = table.replace("Exempel AB", "Prov AB").replace("Semioperativ", "Hög")
    wrong = wrong.replace("2026-03-01", "HT 2026")
    place, page = await followed(browser, await sent(browser, "a.csv", wrong.encode()))
    _, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "2 fel." in shown.text(), "no day is invented"
    assert "semioperativ, operativ" in shown.text().lower(), shown.text()
    wrong = wrong.replace(";Aktiv;", ";Aktivv;")
    place, page = await followed(browser, await sent(browser, "a.csv", wrong.encode()))
    _, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    said = " ".join(one.text() for one in shown.all("td[data-label='Vad som är fel']"))
    assert "Inbjuden, Aktiv" in said
    assert "Utträdd" not in said, "nobody begins by leaving"
    gone = table.replace("Exempel AB", "Prov AB").replace(";Aktiv;", ";Utträdd;")
    place, page = await followed(browser, await sent(browser, "a.csv", gone.encode()))
    _, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "En import säger inte att någon har trätt ut. Töm cellen" in shown.text()
    assert "Avslutad" not in said
