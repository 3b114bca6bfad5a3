"""Programmes from Excel and Susa-navet, with their starts."""

from gateway.importing import susa
from gateway.importing.faults import field_of
from gateway.importing.headings import guessed
from gateway.importing.values import Reader
from services.actors.contract.importing import ImportNoun
from tests.gateway.test_import_pages import followed, sent, workbook
from tests.gateway.whole import Whole


async def test_programmes_from_excel_with_starts(whole: Whole) -> None:
    from datetime import date  # noqa: PLC0415

    browser = await whole.browser("process_leader")
    content = workbook(
        ["Utbildningar i Skaraborg"], [],
        ["Utbildning", "Anordnare", "Utbildningsform", "Startdatum", "Platser", "Studietakt"],
        ["Svetsare", "Exempelskolan", "YH", date(2026, 8, 17), 30.0, 100],
        [], ["Svetsare", "Exempelskolan", "YH", date(2027, 8, 16), None, 100],
    )  # fmt: skip
    place, columns = await followed(browser, await sent(browser, "u.xlsx", content, "programme"))
    check, shown = await followed(browser, await browser.send(place, **columns.fields(place)))
    assert "1 aktör läggs till" in shown.text()
    assert "2 utbildningsstarter läggs till" in shown.text()
    await browser.send(check, **shown.fields(check))
    intakes = (await whole.actors.get("/intakes?sort=starts_on")).json()["items"]
    assert [(one["starts_on"], one["seats"]) for one in intakes] == [
        ("2026-08-17", 30),
        ("2027-08-16", None),
    ]


async def test_susa_navet_makes_nothing_twice(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    for expected in ("1 utbildning eller insats läggs till", "Det finns inget nytt"):
        place, columns = await followed(browser, await sent(browser, "s.json", SUSA, "programme"))
        unnamed = await browser.send(place, **columns.fields(place))
        assert unnamed.errors == ["Skriv vad anordnaren heter. Filen säger bara dess id."]
        assert "p.sv.1" in unnamed.text(), "an id is nobody's name"
        named = columns.fields(place) | {"provider_0": "Exempelskola 1"}
        check, shown = await followed(browser, await browser.send(place, **named))
        assert expected in shown.text()
        new = [one.text() for one in shown.all("#main details li")]
        assert new == (["Exempelskola 1"] if "inget" not in expected else [])
        if "inget nytt" not in expected:
            await browser.send(check, **shown.fields(check))
    programme = (await whole.actors.get("/programmes")).json()["items"][0]
    assert (programme["form"], programme["municipality_code"]) == ("higher_vocational", "2281")
    assert programme["intake_count"] == 1


SUSA = b"""{"educationEvents": [
 {"id": "e.sv.yh.x", "status": "ACTIVE", "content": {"identifier": "e.sv.yh.x",
  "education": "i.sv.yh.x", "providers": ["p.sv.1"], "locations": [{"areaCode": "2281"}],
  "title": {"strings": [{"lang": "swe", "value": "Produktionsledare"}]},
  "execution": {"start": "2025-08-25", "end": "2027-06-04"}, "paceOfStudy": {"percentage": 100.0}}},
 {"id": "e.sv.fhs.y", "status": "ACTIVE", "content": {"identifier": "e.sv.fhs.y",
  "education": "i.sv.fhs.y", "isCancelled": true}},
 {"id": "e.sv.z", "status": "DELETED", "content": null}]}"""


def test_a_code_that_is_no_municipalitys_stays_in_words() -> None:
    (row,) = susa.rows_of(SUSA)
    assert row["municipality_code"] == "2281"
    (abroad,) = susa.rows_of(
        SUSA.replace(b'"areaCode": "2281"', b'"town": "Oslo", "areaCode": "9999"')
    )
    assert (abroad.get("municipality_code"), abroad["description"]) == (None, "Orter: Oslo")


def test_the_rounds_of_a_grant_are_starts_of_unknown_days() -> None:
    heads = ["Utbildningsnamn", "Diarienummer", *(f"bev_platser_{n}" for n in range(1, 4))]
    fields = guessed(ImportNoun.programme, [*heads, "bev_platser_totalt", "Startdatum"])
    assert fields[2:] == ["seats_1", "seats_2", "seats_3", "seats", "starts_on"]
    reader = Reader(ImportNoun.programme, fields)
    assert reader.row(["Svets", "MYH 1", "35", "0", "30", "65", ""])["intakes"] == [
        {"round": 1, "seats": "35", "source": "MYH 1, omgång 1"},
        {"round": 3, "seats": "30", "source": "MYH 1, omgång 3"},
    ]
    dated = reader.row(["Svets", "", "35", "", "", "35", "2026-08-17"])["intakes"]
    assert dated == [{"round": 1, "seats": "35", "starts_on": "2026-08-17"}]
    assert reader.row(["Svets", "", "", "", "", "20", ""])["intakes"] == [{"seats": "20"}]
    cells = {"seats_1": "35", "seats_2": "0", "seats_3": "1.000"}
    assert field_of("rows.0.intakes.1.seats", cells) == "seats_3"
    assert field_of("rows.0.intakes.0.seats", {"seats": "x"}) == "seats"


async def test_what_nobody_can_know_exactly_is_unknown_and_kept_in_words(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    heads = "Utbildning;Anordnare;Utbildningsform;Startdatum;Platser;Studietakt\n"
    rows = (
        "Svets;Exempelskolan;YH;HT 2027;ca 20;100\n"
        "Svets;Exempelskolan;YH;VT 2028;20-25;100\n"
        "Svets;Exempelskolan;YH;augusti 2028;20 st;100\n"
        "Svets;Exempelskolan;YH;2029-08-20;minst 15;100\n"
        "Drift;Exempelskolan;YH;;;50-100 %\n"
    )
    for again in (False, True):
        content = f"{heads}{rows}".encode()
        place, page = await followed(browser, await sent(browser, "u.csv", content, "programme"))
        check, shown = await followed(browser, await browser.send(place, **page.fields(place)))
        assert "5 rader säger en dag eller ett antal som ingen vet säkert" in shown.text()
        if again:
            assert "Det finns inget nytt att läsa in" in shown.text(), "nothing is made twice"
        else:
            assert "4 utbildningsstarter läggs till" in shown.text()
            await browser.send(check, **shown.fields(check))
    intakes = (await whole.actors.get("/intakes?sort=created_at")).json()["items"]
    told = {(one["starts_on"], one["seats"], one["note"]) for one in intakes}
    assert told == {
        (None, None, "Startdatum enligt filen: HT 2027\nPlatser enligt filen: ca 20"),
        (None, None, "Startdatum enligt filen: VT 2028\nPlatser enligt filen: 20-25"),
        (None, 20, "Startdatum enligt filen: augusti 2028"),
        ("2029-08-20", None, "Platser enligt filen: minst 15"),
    }
    programmes = (await whole.actors.get("/programmes?sort=name")).json()["items"]
    assert [(one["name"], one["pace"], one["description"]) for one in programmes] == [
        ("Drift", None, "Studietakt i procent enligt filen: 50-100 %"),
        ("Svets", 100, None),
    ]
    shown = await browser.get(f"/utbildningar/{programmes[1]['id']}")
    assert "Startdatum enligt filen: HT 2027" in shown.text()

    wrong = f"{heads}Svets;Exempelskolan;YH;någon gång;många;100\n".encode()
    place, page = await followed(browser, await sent(browser, "u.csv", wrong, "programme"))
    _, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "2 fel." in shown.text(), "nonsense is said row by row"


def test_places_of_a_round_that_nobody_knows_exactly_are_a_round() -> None:
    reader = Reader(ImportNoun.programme, ["name", "seats_1", "seats_2", "seats"])
    assert reader.row(["Svets", "ca 20", "0", "ca 20"])["intakes"] == [
        {"round": 1, "note": "Platser enligt filen: ca 20"}
    ]


async def test_a_provider_that_is_a_municipality_is_made_as_one(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    rows = [("Kock", "Köpings"), ("Bagare", "Sigtuna Kommun"), ("Svetsare", "Exempelskolan")]
    table = "Utbildning;Anordnare;Utbildningsform\n" + "".join(f"{a};{b};YH\n" for a, b in rows)
    place, page = await followed(browser, await sent(browser, "u.csv", table.encode(), "programme"))
    check, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    await browser.send(check, **shown.fields(check))
    made = (await whole.actors.get("/actors?sort=name")).json()["items"]
    assert [(one["name"], one["kind"], one["municipality_code"]) for one in made] == [
        ("Exempelskolan", "education_provider", None),
        ("Köpings", "municipality", "1983"),
        ("Sigtuna Kommun", "municipality", "0191"),
    ]
    table = "Namn;Typ;Kommun\nKöping;Kommun;1983\nSigtuna;Kommun;0191\n"
    place, page = await followed(browser, await sent(browser, "k.csv", table.encode(), "actor"))
    _, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "Det finns inget nytt" in shown.text()
