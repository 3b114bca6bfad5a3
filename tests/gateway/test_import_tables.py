"""What is read out of a file: sheets, headings, cells, and what is doubted."""

import io

import pytest
from openpyxl import Workbook

from gateway.importing.cells import day
from gateway.importing.columns import columns_of
from gateway.importing.faults import doubts_of
from gateway.importing.headings import guessed
from gateway.importing.periods import latest_short
from gateway.importing.sheets import Sheet, Unreadable, read_sheet
from gateway.importing.values import NUMBERS, Reader
from services.actors.contract.importing import ImportNoun
from tests.gateway.test_import_pages import followed, sent, workbook
from tests.gateway.whole import Whole


def test_sheets_in_every_writing() -> None:
    for content in (
        "Namn;Ort\nÅkeriet;Skövde\n".encode("cp1252"),
        "\ufeffNamn\tOrt\nÅkeriet\tSkövde\n".encode(),
        "Namn,Ort\nÅkeriet,Skövde\n".encode("utf-16"),
        workbook([], ["Rapport"], ["Namn", "Ort"], [], ["Åkeriet", "Skövde"]),
    ):
        sheet = read_sheet(content)
        assert sheet.headings == ["Namn", "Ort"]
        assert [cells for _, cells in sheet.rows] == [["Åkeriet", "Skövde"]]
    with pytest.raises(Unreadable, match="file_long"):
        read_sheet(b"Namn\n" + b"A\n" * 100_001)


async def test_the_sheet_of_a_workbook_is_chosen_and_its_columns_guessed_anew(whole: Whole) -> None:
    book = Workbook()
    book.active.title = "Omslag"
    for title, head, name in (("Företag", "Företagsnamn", "A"), ("Skolor", "Namn", "B")):
        sheet = book.create_sheet(title)
        sheet.append([head, "Orgnr", "Kommun"] if title == "Företag" else ["Skostorlek", head])
        sheet.append([f"Exempelföretag {name}"] * 3)
    kept = io.BytesIO()
    book.save(kept)
    browser = await whole.browser("process_leader")
    place, columns = await followed(browser, await sent(browser, "a.xlsx", kept.getvalue()))
    choose = place.replace("kolumner", "blad")
    fields = columns.fields(choose)
    assert fields["sheet"] == ["Företag"], "the guess is chosen"
    empty = await browser.send(choose, **fields | {"sheet": "Omslag"})
    assert empty.status == 422
    assert "Bladet är tomt. Välj ett annat." in empty.text("#s-sheet-wrong")
    _, other = await followed(browser, await browser.send(choose, **fields | {"sheet": "Skolor"}))
    told = other.fields(place)
    assert [told["column_0"], told["column_1"], other.fields(choose)["sheet"]] == [
        [""], ["name"], ["Skolor"],
    ]  # fmt: skip
    _, shown = await followed(browser, await browser.send(place, **told | {"constant": "company"}))
    assert "1 aktör läggs till" in shown.text()
    _, again = await followed(browser, await browser.send(choose, **fields))
    assert again.fields(place)["column_1"] == ["org_number"], "also after it was checked"


def test_a_table_behind_a_cover_is_found() -> None:
    book = Workbook()
    book.active.append(["Om statistiken"])
    book.active.append(["Ansökningar", "2024"])
    data = book.create_sheet("Tabell 3")
    data.append(["Utbildningsnamn", "Kommun"])
    data.append(["Svetsare", "Skövde"])
    kept = io.BytesIO()
    book.save(kept)
    sheet = read_sheet(kept.getvalue())
    assert (sheet.name, sheet.headings) == ("Tabell 3", ["Utbildningsnamn", "Kommun"])


async def test_a_cell_over_several_rows_is_of_each_of_them(whole: Whole) -> None:
    book = Workbook()
    for row in (
        ["Utbildningar", None, None], ["Anordnare", "Utbildning", "Form"], [None, None, None],
        ["Exempelskolan", "Svets", "YH"], [None, "Drift", "YH"], [None, None, None],
        ["Exempelskola 2", "Vård", "YH"],
    ):  # fmt: skip
        book.active.append(row)
    for place in ("A1:C1", "A2:A3", "B2:B3", "C2:C3", "A4:A6"):
        book.active.merge_cells(place)
    book.active.merge_cells("C4:C5")
    kept = io.BytesIO()
    book.save(kept)
    sheet = read_sheet(kept.getvalue())
    assert sheet.headings == ["Anordnare", "Utbildning", "Form"]
    assert [cells for _, cells in sheet.rows] == [
        ["Exempelskolan", "Svets", "YH"], ["Exempelskolan", "Drift", "YH"],
        ["Exempelskola 2", "Vård", "YH"],
    ]  # fmt: skip
    browser = await whole.browser("process_leader")
    page = await sent(browser, "u.xlsx", kept.getvalue(), "programme")
    _, columns = await followed(browser, page)
    assert "Filen har 5 sammanfogade celler över flera rader" in columns.text()


def test_headings_and_values() -> None:
    heads = ["Förnamn", "Efternamn", "Mobil", "E-postadress (arbete)", "Skostorlek"]
    fields = guessed(ImportNoun.person, heads)
    assert fields == ["first_name", "last_name", "phone", "email", ""]
    row = Reader(ImportNoun.person, fields).row(["Exempel", "Person 1", "010-1", "e@x.se", "42"])
    assert row == {"name": "Exempel Person 1", "phone": "010-1", "email": "e@x.se"}
    assert guessed(ImportNoun.actor, ["Typ av aktör"]) == ["kind"]
    both = ["utbildningsnamn", "anordnare", "kommun", "municipality_code", "sun2020_4"]
    guess = ["name", "provider_name", "", "municipality", "sun_code"]
    assert guessed(ImportNoun.programme, both) == guess, "codes go before names"
    for heading in ("Personnummer", "Person-nr", "Pnr", "Samordningsnummer"):
        assert guessed(ImportNoun.person, [heading]) == [""], "never taken for a name"
    bare = Sheet([""] * 3, [(1, ["121212-1212", "070-123 45 67", "212000-0142"])], headed=False)
    assert [one.identity for one in columns_of(bare)] == [True, False, False]
    names = ["name", "municipality", "starts_on", "seats", "occupation_codes", "decision"]
    reader = Reader(ImportNoun.programme, names, {"form": "other"}, {"skövde": "1496"})
    row = reader.row(["Svets", "Skövde kommun", "17/8-2026", "1 200", "7212; 7223", "Avslag"])
    assert row == {
        "name": "Svets", "municipality_code": "1496", "form": "other",
        "occupation_codes": ["7212", "7223"], "decision": "refused", "seats_sought": "1200",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("seats", "1.000", "1,000"), ("seats", "1,000", "1,000"), ("seats", "30,0", "30"),
        ("seats", "12.000.000", "12,000,000"), ("seats", "0,000", "0"), ("seats", "1 000", "1000"),
        ("seats", "okänt", None), ("seats", "–", None), ("seats", "Saknas", None),
        ("starts_on", "10/6 2028", "2028-06-10"), ("starts_on", "16/8-27", "2027-08-16"),
        ("starts_on", "2027-08-16", "2027-08-16"), ("starts_on", "16.8.2027", "2027-08-16"),
        ("pace", "0.5", "50"), ("pace", "1", "100"), ("pace", "50 %", "50"), ("pace", "1 %", "1"),
        ("starts_on", "15 jan 2028", "2028-01-15"), ("starts_on", "3 augusti 2027", "2027-08-03"),
        ("starts_on", "VT 2027", None), ("starts_on", "aug-27", None), ("seats", "ca 20", None),
        ("seats", "20 st", "20"), ("starts_on", "37 augusti", "37 augusti"),
        ("seats", "många", "många"), ("seats", "50%", "50%"), ("seats", "50 %", "50%"),
        ("weeks", "50%", "50%"), ("delivery", "Vet ej", None),
        ("languages", "Svenska och engelska", ["sv", "en"]),
        ("languages", "arabiska/Dari", ["ar", "prs"]),
        ("languages", "svenskt teckenspråk; SV", ["swl", "sv"]), ("languages", "tyska", ["tyska"]),
        ("delivery", "Närstudier", "on_site"), ("delivery", "Hybrid", "mixed"),
        ("form", "Yrkesprogram", "upper_secondary"), ("form", "Gymnasiet", "upper_secondary"),
        ("form", "Lärlingsvux", "adult_upper_secondary"),
        ("starts_on", "27", "27"), ("seats", "-20", "-20"), ("pace", "Halvfart", "50"),
        ("pace", "75", "75"), ("pace", "0,25", "25"), ("name", "-", "-"),
    ],
)  # fmt: skip
def test_what_a_cell_says(field: str, cell: str, value: object) -> None:
    fields = [field, "starts_on"] if field in NUMBERS else [field]
    row = Reader(ImportNoun.programme, fields).row([cell, "2026-08-17"])
    found = row | (row.get("intakes") or [{}])[0]
    assert found.get(field) == value


async def test_what_a_program_for_sheets_spoiled_is_told_and_every_fault_is_in_the_file(
    whole: Whole,
) -> None:
    known = await whole.actor(1)
    browser = await whole.browser("process_leader")
    head = ["Namn", "Org.nr", "Typ", "SNI"]
    rows = [
        ["#REF!", "", "Företag", "31.010"],
        ["#NAMN?", "SE556036079301", "Företag", "1234567"],
        ["Exempelföretag 2", "556036–0793", "Bolaget", ""],
        [known["name"], "12", "Företag", ""],
    ]
    file = workbook(head, *rows, *[[f"Exempel {n}", "", "Fel", ""] for n in range(1200)])
    place, columns = await followed(browser, await sent(browser, "a.xlsx", file))
    check, shown = await followed(browser, await browser.send(place, **columns.fields(place)))
    said = shown.text()
    assert "Rad 2 Namn #REF! Cellen har ett fel från kalkylprogrammet" in said
    assert "Rad 3 Namn #NAMN?" in said
    assert "Ange SNI-koden med två till fem siffror" in said
    assert "Välj ett av alternativen för ”Typ”: Kommun, Företag, Myndighet" in said
    assert "Rad 5 Org" not in said, "what is there already is left out, whatever is wrong with it"
    assert "Rad 2 SNI" not in said, "SCB writes it so"
    errors = (await browser.http.get(f"{check}/fel.csv")).text.splitlines()
    assert (len(errors), '"Rad 1 205"' in errors[-1] or '"1205"' in errors[-1]) == (1206, True)
    people = workbook(["Namn", "Telefon"], ["Exempelperson 1", 701234567])
    place, columns = await followed(browser, await sent(browser, "p.xlsx", people, "person"))
    check, shown = await followed(browser, await browser.send(place, **columns.fields(place)))
    assert "Telefonnumret får sin nolla tillbaka: 0701234567" in shown.text()
    await browser.send(check, **shown.fields(check))
    (person,) = (await whole.actors.get("/people")).json()["items"]
    assert person["phone"] == "0701234567"


def test_zeros_that_a_program_for_sheets_takes_away_are_doubted() -> None:
    rows = [{"phone": "701234567"}, {"phone": "0701234567", "sni_codes": "1110; 31010"}, {}]
    assert [(one["row"], one["value"]) for one in doubts_of(rows)] == [
        (0, "701234567"),
        (1, "1110"),
    ]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("1/8-98", "1998-08-01"), ("1/8 98", "1998-08-01"), ("1.8.98", "1998-08-01"),
        ("98-08-01", "1998-08-01"), ("01-08-98", "1998-08-01"), ("00-05-12", "2000-05-12"),
        ("17/8-26", "2026-08-17"), ("17/08/26", "2026-08-17"), ("98/08/01", "1998-08-01"),
        ("08-08-08", "2008-08-08"),
        ("17-08-26", "17-08-26"), ("31/2-26", "31/2-26"),
        ("31-02-26", "31-02-26"), ("1/8-9", "1/8-9"),
        ("17-08-2026", "2026-08-17"), ("29/2-00", "2000-02-29"),
    ],
)  # fmt: skip
def test_a_year_of_two_digits_is_never_far_ahead_nor_guessed(said: str, meant: str) -> None:
    assert day(said) == meant
    last = latest_short()
    assert day(f"31/12-{last % 100:02}") == f"{last}-12-31"
    assert day(f"1/1-{(last + 1) % 100:02}") == f"{last - 99}-01-01"


def test_from_when_an_actor_stands_is_guessed_beside_its_level_alone() -> None:
    assert guessed(ImportNoun.actor, ["Namn", "Fr.o.m.", "Branschråd"]) == ["name", "", ""]
    assert guessed(ImportNoun.actor, ["Namn", "Nivå", "Från"]) == ["name", "level", "standing_from"]


@pytest.mark.parametrize("said", ["TBD", "snarast", "Snarast möjligt"])
def test_a_start_that_is_not_set_yet_is_unknown_and_said_in_words(said: str) -> None:
    fields = ["name", "provider_name", "form", "starts_on", "seats"]
    reader = Reader(ImportNoun.programme, fields)
    (start,) = reader.row(["Kurs", "Exempelskolan", "YH", said, "9"])["intakes"]
    assert start == {"seats": "9", "note": f"Startdatum enligt filen: {said}"}
    assert reader.unsure == 1
    assert day("2027-8-7") == "2027-08-07"
