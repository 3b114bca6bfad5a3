"""Importing on the pages: a file is sent, understood, judged and taken in."""

import asyncio
import io
from typing import Any

import pytest
from openpyxl import Workbook

from gateway.importing.sheets import read_sheet
from tests.gateway.looking import Page
from tests.gateway.signing_in import Browser
from tests.gateway.whole import Whole

SEE_OTHER = 303
NUMBER = "202100-2114"


def workbook(*rows: list[Any]) -> bytes:
    """An Excel file."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


async def sent(browser: Browser, name: str, content: bytes, noun: str = "actor") -> Page:
    """A file sent by the form."""
    form = (await browser.get("/importer/ny")).fields("/importer/ny")
    data = {key: values[0] for key, values in form.items() if key != "file"} | {"noun": noun}
    answer = await browser.http.post("/importer/ny", data=data, files={"file": (name, content)})
    return Page(answer, checked=answer.status_code != SEE_OTHER)


async def followed(browser: Browser, page: Page) -> tuple[str, Page]:
    """Where a form leads, and what stands there once the file has been worked on."""
    assert page.status == SEE_OTHER, page.text()
    place = page.answer.headers["location"]
    for _ in range(100):
        found = await browser.get(place)
        if not found.all("h1") or found.h1 != "Arbetar med filen":
            break
        await asyncio.sleep(0.2)
    return place, found


async def test_actors_from_a_csv_as_people_have_it(whole: Whole) -> None:
    known = {"name": "Exempelföretag 1 AB", "kind": "company", "org_number": NUMBER}
    await whole.actors.made("/actors", known)
    browser = await whole.browser("process_leader")
    table = (
        "Lista över företag;;;\r\n;;;\r\nFöretag;Org.nr;Typ;Kommun;E-post\r\n"
        f"Exempelföretag 1;{NUMBER};Företag;Skövde;\r\n"
        "Exempelåkeriet;;AB;Flera kommuner;a@b.se\r\n;;;\r\nFel;810101-1234;Företag;;\r\n"
    )
    place, columns = await followed(browser, await sent(browser, "f.csv", table.encode("cp1252")))
    assert columns.h1 == "Kolumner i filen"
    assert "Typ (frivilligt)" in columns.text("main"), "the file says it"
    assert "Exempelåkeriet" in columns.text()
    fields = columns.fields(place)
    assert [fields[f"column_{n}"][0] for n in range(5)] == [
        "name", "org_number", "kind", "municipality", "",
    ]  # fmt: skip
    twice = await browser.send(place, **fields | {"column_4": "name"})
    assert twice.status == 422
    assert "Två kolumner" in twice.error("column_4")
    check, shown = await followed(browser, await browser.send(place, **fields))
    assert "1 fel. Inget går att läsa in" in shown.text()
    assert "Rad 7 Organisationsnummer 810101-1234 Kontrollera organisationsnumret" in shown.text()
    assert "Importera" not in [button.text() for button in shown.all("main button")]
    file = await browser.http.get(f"{check}/fel.csv")
    assert "810101-1234" in file.text
    assert not (await whole.actors.get("/imports")).json()["items"], "nothing is stored"

    right = table.replace("810101-1234", "212000-0142").encode()
    place, columns = await followed(browser, await sent(browser, "f.csv", right))
    check, shown = await followed(browser, await browser.send(place, **columns.fields(place)))
    assert "2 aktörer läggs till" in shown.text()
    assert "1 rad hoppas över" in shown.text()
    assert "Rad 4 Exempelföretag 1 AB" in shown.text(), "the row in the file that is there already"
    done, _ = await followed(browser, await browser.send(check, **shown.fields(check)))
    done, result = await followed(browser, await browser.get(done))
    assert "2 nya ur 3 rader" in result.text()
    made = (await whole.actors.get("/actors?q=Exempelåkeriet")).json()["items"][0]
    assert (made["kind"], made["municipality_code"]) == ("company", None)
    assert made["note"] == "Kommun enligt filen: Flera kommuner"

    await whole.post(made)
    undo = f"{done}/angra"
    assert [one.attributes["href"] for one in result.all("main a.btn")][-1] == undo
    asked = await browser.get(undo)
    assert "2 saker som filen blev tas bort" in asked.text(), "it is asked first"
    assert not result.all(f"form[action='{undo}']"), "nothing goes at one click"
    _, refused = await followed(browser, await browser.send(undo, **asked.fields(undo)))
    said = "Rad 5 i filen: Exempelåkeriet . Används av: befattning."
    assert said in refused.text(".errors"), "the row as the file has it"
    links = [link.attributes["href"] for link in refused.all(".errors a")]
    assert links == [f"/aktorer/{made['id']}"]
    posts = (await whole.actors.get("/posts")).json()["items"]
    await whole.actors.delete(f"/posts/{posts[0]['id']}", version=1)
    await followed(browser, await browser.send(undo, **asked.fields(undo)))
    _, gone = await followed(browser, await browser.get(undo))
    assert "Ångrad" in gone.text(), "nothing is left to ask"
    assert (await whole.actors.get("/actors?count=true")).json()["count"] == 1
    assert "Ångrad" in (await browser.get("/importer")).text()


async def test_the_page_of_an_import_tells_what_was_left_out(whole: Whole) -> None:
    await whole.actors.made("/actors", {"name": "Exempelföretag 1 AB", "kind": "company"})
    browser = await whole.browser("process_leader")
    content = "Namn;Typ\nExempelföretag 1;AB\nExempelåkeriet;AB\n".encode()
    place, page = await followed(browser, await sent(browser, "a.csv", content))
    check, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    taken = await browser.send(check, **shown.fields(check))
    await followed(browser, taken)
    made = (await whole.actors.get("/imports")).json()["items"][0]
    assert (made["left_count"], made["row_count"]) == (1, 2)
    told = await browser.get(f"/importer/{made['id']}")
    assert "1 rad hoppades över, för det fanns redan" in told.text()
    assert (await whole.actors.post(f"/imports/{made['id']}/undo", {})).status_code == 200
    undone = (await whole.actors.get(f"/imports/{made['id']}")).json()
    assert undone["left_count"] is None
    assert "hoppades över" not in (await browser.get(f"/importer/{made['id']}")).text()


async def test_what_is_not_filled_in_is_named_in_the_summary(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    refused = await sent(browser, "aktörer.csv", b"Namn\nExempel\n", noun="")
    assert refused.status == 422
    assert refused.errors == ["Välj ett av alternativen för ”Vad står på raderna?”."]


async def test_the_same_twice_in_a_file_is_said_row_by_row(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    table = f"Företag;Orgnr;Typ\nÅkeriet AB;{NUMBER};AB\nAkeriet;;AB\n\nAnnat;2021002114;AB\n"
    place, columns = await followed(browser, await sent(browser, "a.csv", table.encode()))
    _, shown = await followed(browser, await browser.send(place, **columns.fields(place)))
    said = "Rad 5 Organisationsnummer 2021002114 Samma organisationsnummer står på rad 2."
    assert said in shown.text()
    assert "Rad 3: Akeriet Rad 2: Åkeriet AB Samma namn" in shown.text()


async def test_a_wrong_row_says_the_limit_and_personal_numbers_are_warned_of(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    table = "Utbildning;Anordnare;Form;Personnummer;Platser;Start\n"
    table += (
        f"Svets;Exempelskolan;YH;19810101-1234;-3;2026-08-17\n{'x' * 300};Ex;YH;;1.000;16/8-27\n"
    )
    place, columns = await followed(
        browser, await sent(browser, "u.csv", table.encode(), "programme")
    )
    fields = columns.fields(place)
    assert fields["column_3"] == [""]
    assert "Ta inte med dem" in columns.text()
    assert "1234" not in columns.text()
    _, shown = await followed(browser, await browser.send(place, **fields))
    assert "”Platser” ska vara 0 eller mer." in shown.text()
    assert "Korta ”Utbildning” till högst 200 tecken." in shown.text()
    assert "Rad 3 Platser 1.000 Skriv ”Platser” som ett heltal" in shown.text()


async def test_what_was_not_granted_is_kept_as_that_and_is_no_programme(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    head = "Utbildning;Anordnare;Form;Beslut;Platser\n"
    refused = "Svets;Exempelskolan;YH;Avslag;0\n"
    file = (head + refused + "Trä;Exempelskolan;YH;Beviljad;–\nFräs;Ex;YH;Beviljad;30\n").encode()
    place, columns = await followed(browser, await sent(browser, "y.csv", file, "programme"))
    check, shown = await followed(browser, await browser.send(place, **columns.fields(place)))
    assert "3 rader i filen" in shown.text()
    assert "3 utbildningar eller ansökningar läggs till" in shown.text()
    assert "1 rad gäller en ansökan som inte är beviljad" in shown.text()
    await browser.send(check, **shown.fields(check))
    names = {one["name"] for one in (await whole.actors.get("/programmes")).json()["items"]}
    assert names == {"Trä", "Fräs"}
    (start,) = (await whole.actors.get("/intakes")).json()["items"]
    assert (start["starts_on"], start["seats"]) == (None, 30), "its places, and no day made up"
    (kept,) = (await whole.actors.get("/programmes?decision=refused")).json()["items"]
    assert (kept["name"], kept["intake_count"]) == ("Svets", 0)
    listed = await browser.get("/utbildningar?decision=refused")
    assert listed.text("tbody th") == "Svets Avslagen"
    assert "Ansökan avslagen" in (await browser.get(f"/utbildningar/{kept['id']}")).text()
    assert "Svets" not in (await browser.get("/utbildningar/karta")).text("#results")


async def test_a_programme_is_given_in_several_municipalities(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    head = "Utbildning;Anordnare;Form;Kommun;Antal kommuner\n"
    told = ("1496, 1472", ""), ("Flera kommuner", "4"), ("1496", "3"), ("1496", "1")
    rows = "".join(f"Nr {n};Ex;YH;{where};{many}\n" for n, (where, many) in enumerate(told))
    place, columns = await followed(
        browser, await sent(browser, "f.csv", (head + rows).encode(), "programme")
    )
    check, shown = await followed(browser, await browser.send(place, **columns.fields(place)))
    await browser.send(check, **shown.fields(check))
    assert "inte är en känd kommun" not in shown.text()
    page = await browser.get("/utbildningar")
    where = [cell.text(strip=True) for cell in page.all('tbody td[data-label="Kommun"]')]
    assert where == [
        "Skövde och Tibro", "4 kommuner, okänt vilka",
        "Skövde och 2 kommuner till, okänt vilka", "Skövde",
    ]  # fmt: skip
    there = await browser.get("/utbildningar?municipality_code=1472")
    assert [one.text(strip=True) for one in there.all("tbody th")] == ["Nr 0"]
    seen = await browser.get("/utbildningar/karta")
    assert "4 kommuner, okänt vilka" in seen.text("#results")
    assert "Skövde och Tibro" in (await browser.http.get("/utbildningar/karta.csv")).text
    (one,) = (await whole.actors.get("/programmes?municipality_code=1472")).json()["items"]
    edit = f"/utbildningar/{one['id']}/andra"
    fields = (await browser.get(edit)).fields(edit) | {"municipality_code": "1496"}
    assert "Välj en kommun eller flera, inte båda." in (await browser.send(edit, **fields)).errors


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "tom"),
        ("a.csv", b"Namn\n", "inga rader"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"x" * 100, "gamla Excelformatet"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 100, "varken"),
        ("a.pdf", b"%PDF-1.7\nExempel; mer\n", "varken"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0", "varken"),
        ("a.json", b'{"a": 1}', "Susa-navets"),
        ("a.json", b'{"educationEvents": [{"content": {"execution": {"start": 5}}}]}', "Susa"),
        ("a.json", b'{"educationEvents": [{"content": {"url": "http"}}]}', "Susa-navets"),
        ("a.csv", b'Namn;Kommun\nEtt;Hjo\n"Trasig;Tibro\nNext;Hjo\n', "På rad 3"),
        ("a.csv", b'Namn;Kommun\n"Trasig;Tibro\nNext;"Hjo"\n', "På rad 2"),
    ],
)
async def test_a_file_that_is_no_table_is_refused_in_words(
    whole: Whole, name: str, content: bytes, said: str
) -> None:
    browser = await whole.browser("process_leader")
    page = await sent(browser, name, content)
    assert page.status == 422
    assert said in page.error("file")


@pytest.mark.parametrize("size", [20 * 1024 * 1024 + 1, 22 * 1024 * 1024, 65 * 1024 * 1024])
async def test_a_file_that_is_too_large_gets_the_form_back(whole: Whole, size: int) -> None:
    browser = await whole.browser("process_leader")
    page = await sent(browser, "a.csv", b"x" * size)
    assert (page.status == 422) == (size < 21 * 1024 * 1024)
    assert page.error("file") == "Filen är för stor. Den får vara högst 20 MB."
    assert page.fields("/importer/ny")["csrf"], "it can be sent again"
    reader = await whole.browser("reader")
    answer = await reader.http.post("/importer/ny", files={"file": ("a.csv", b"x" * size)})
    assert answer.status_code in {403, 413}
    assert "Vad står på raderna" not in answer.text


async def test_a_file_is_its_owners_alone(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    place, _ = await followed(browser, await sent(browser, "a.csv", b"Namn\nExempelbolaget\n"))
    other = await whole.browser("administrator")
    assert (await other.get(place)).status == 404
    assert (await (await whole.browser("reader")).get("/importer")).status == 403
    forget = place.replace("kolumner", "glom")
    await browser.send(forget, **(await browser.get(place)).fields(forget))
    assert (await browser.get(place)).status == 404


async def test_a_file_without_headings_keeps_its_first_row(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    table = "Namnlösa Ett AB;Tibro\nNamnlösa Två AB;Hjo\n".encode()
    place, page = await followed(browser, await sent(browser, "a.csv", table))
    assert [one.text() for one in page.all("tbody th")] == ["Kolumn A", "Kolumn B"]
    fields = page.fields(place) | {"constant": "company"}
    assert "true" not in fields["headed"], "it looks like a row"
    assert "Typ (frivilligt)" not in page.text("main"), "nothing in the file says it"
    ticked = fields | {"headed": "true", "column_0": "name"}
    _, page = await followed(browser, await browser.send(place, **ticked))
    assert [one.text() for one in page.all("tbody th")] == ["Namnlösa Ett AB", "Tibro"]
    assert page.fields(place)["column_0"] == ["name"], "what was chosen is kept"
    off = page.fields(place) | {"headed": "", "column_1": "municipality"}
    _, page = await followed(browser, await browser.send(place, **off))
    _, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "2 rader i filen" in shown.text()
    one = read_sheet(b"\nNamnet AB;Tibro\n")
    assert (one.rows, one.headed) == ([(2, ["Namnet AB", "Tibro"])], False)
    assert read_sheet("Benämning här;Vad\nAlfa;Beta\n".encode()).headed


async def test_what_is_wrong_with_a_row_is_said_as_it_is(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    table = "Namn,Orgnr,Typ\nEtt AB,5560160681,AB\nTvå, med komma,,AB,Hjo\n".encode()
    place, page = await followed(browser, await sent(browser, "a.csv", table))
    _, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "Rad 2 Organisationsnummer 5560160681 Kontrollera organisationsnumret, sista" in (
        shown.text()
    )
    assert "Rad 3 – AB · Hjo Raden har fler celler än filen har rubriker" in shown.text()
    book = workbook(["Namn", "Typ"], ['=CONCATENATE("a","b")', "AB"], ["Annat", "AB"])
    place, page = await followed(browser, await sent(browser, "a.xlsx", book))
    _, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "1 fel." in shown.text()
    assert 'Rad 2 Namn =CONCATENATE("a","b") Cellen har en formel' in shown.text()
    taught = "Namn;Anordnare;Form;Språk;Platser\nKurs;Exempelskola;YH;tyska och ryska;50%\n"
    place, page = await followed(
        browser, await sent(browser, "u.csv", taught.encode(), "programme")
    )
    _, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "2 fel." in shown.text()
    assert "Undervisningsspråk tyska och ryska Skriv språken med komma" in shown.text()
    assert "svenska, engelska, arabiska, dari" in shown.text()
    assert "Platser 50%" in shown.text()
    people = b"Namn;Telefon\nExempelperson 1;abc\n"
    place, page = await followed(browser, await sent(browser, "p.csv", people, "person"))
    _, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "Rad 2 Telefon abc Fyll i hela ”Telefon”. Det är för kort." in shown.text()


async def test_what_is_not_taken_in_is_said_where_one_decides(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    heads = "Efternamn;Förnamn;Skostorlek;Personnummer;Tom;;Lön"
    table = f"{heads}\nPerson 1;Exempel;42;121212-1212;;x;\n".encode()
    place, page = await followed(browser, await sent(browser, "p.csv", table, "person"))
    _, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    said = "Kolumner som inte tas med: Skostorlek, Personnummer och Kolumn F."
    assert said in shown.text(), "an empty one loses nothing"
    place, page = await followed(
        browser, await sent(browser, "p.csv", b"Namn\nExempel\n", "person")
    )
    _, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "inte tas med" not in shown.text()
