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
    fields = page.fields(place) | {"own_years": []}
    _, shown = await followed(browser, await browser.send(place, **fields))
    assert "2 fel." in shown.text(), "no day is invented"
    assert "välj radens eget år i steget före" in shown.text()
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


async def test_a_year_is_counted_from_and_what_is_not_known_stays_in_words(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    table = (
        "Namn;Organisationstyp;Nivå;Fr.o.m.;Bransch;Branschråd;Anm\n"
        "Exempel 1 AB;AB;Operativ nivå;HT 2024;31010;Trä;Ring\n"
        "Exempel 2 AB;AB;strategisk;2024-8-7;Bygg;;\n"
        "Exempel 3 AB;AB;semioperativ;TBD;;;\n"
    )
    place, page = await followed(browser, await sent(browser, "a.csv", table.encode()))
    check, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "1 rad säger bara ett år" in shown.text()
    assert "2 rader säger en dag eller en bransch" in shown.text()
    told = "Nivån och läget gäller då från i dag, annat blir okänt, och texten står kvar"
    assert told in shown.text()
    assert "Kolumner som inte tas med: Branschråd" in shown.text()
    await browser.send(check, **shown.fields(check))
    made = (await whole.actors.get("/actors?sort=name")).json()["items"]
    assert [one["note"] for one in made] == [
        "Ring\nNivå och läge från enligt filen: HT 2024",
        "SNI-koder enligt filen: Bygg",
        "Nivå och läge från enligt filen: TBD",
    ]
    assert made[0]["sni_codes"] == ["31010"]
    standings = (await whole.actors.get("/standings?sort=valid_from")).json()["items"]
    told = [(one["level"], one["valid_from"]) for one in standings]
    assert told[:2] == [("operative", "2024-07-01"), ("strategic", "2024-08-07")]
    assert told[2][0] == "bridging"
