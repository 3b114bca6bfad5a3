"""Importing on the pages: a file is sent, understood, judged, taken in and undone."""

import asyncio
import io
from typing import Any

import pytest
from openpyxl import Workbook

from gateway.importing import susa, uploads
from gateway.importing.columns import columns_of
from gateway.importing.faults import doubts_of
from gateway.importing.headings import guessed
from gateway.importing.sheets import Sheet, Unreadable, read_sheet
from gateway.importing.values import Reader
from gateway.pages.import_checks import field_of
from gateway.session import DOOR
from services.actors.contract.importing import ImportNoun
from services.actors.importing.progress import tell
from services.kit import clock
from tests.councils.builders import a_seat, council_in
from tests.councils.work import an_initiative
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
    """Where a form leads, and what stands there."""
    assert page.status == SEE_OTHER, page.text()
    place = page.answer.headers["location"]
    return place, await browser.get(place)


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
        "Kommunkod 1496 och Kommunkod 1472", "4 kommuner, okänt vilka",
        "Kommunkod 1496 och 2 kommuner till, okänt vilka", "Kommunkod 1496",
    ]  # fmt: skip
    there = await browser.get("/utbildningar?municipality_code=1472")
    assert [one.text(strip=True) for one in there.all("tbody th")] == ["Nr 0"]
    seen = await browser.get("/utbildningar/karta")
    assert "4 kommuner, okänt vilka" in seen.text("#results")
    assert "1496 och Kommunkod 1472" in (await browser.http.get("/utbildningar/karta.csv")).text
    (one,) = (await whole.actors.get("/programmes?municipality_code=1472")).json()["items"]
    edit = f"/utbildningar/{one['id']}/andra"
    fields = (await browser.get(edit)).fields(edit) | {"municipality_code": "1496"}
    assert "Välj en kommun eller flera, inte båda." in (await browser.send(edit, **fields)).errors


async def test_a_large_import_is_undone_while_nobody_waits(whole: Whole) -> None:
    rows = [{"name": "Exempelföretag 1", "kind": "company"}]
    body = {"noun": "actor", "file_name": "f.csv", "rows": rows}
    made = await whole.actors.made("/imports", body)
    browser, place = await whole.browser("process_leader"), f"/importer/{made['id']}"
    fields = (await browser.get(f"{place}/angra")).fields(f"{place}/angra")
    assert await uploads.begin_undo(whole.app.state.database, "user:other", made)
    working = await browser.get(place)
    assert "Ångrar importen: 1 sak tas bort" in working.text(), "whoever began it"
    assert "Ångra importen" not in [link.text() for link in working.all("main a.btn")]
    await followed(browser, await browser.send(f"{place}/angra", **fields))
    assert not (await whole.actors.get(f"/imports/{made['id']}")).json()["undone_at"], "one does it"
    assert (await browser.get(f"/importer/filer/{made['id']}")).status == 404, "it is no file"
    away = {"seen_at": clock.now() - 2 * uploads.SILENT}
    async with whole.app.state.database.writing(DOOR) as db:
        await db.execute(uploads.UPLOADS.update().values(away))
    assert "Ångrandet avbröts" in (await browser.get(place)).text()
    _, undone = await followed(browser, await browser.send(f"{place}/angra", **fields))
    assert "Det som importerades är borttaget" in undone.text()


async def test_how_much_is_saved_is_shown_while_nobody_can_see_it(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.actors.importing import actions  # noqa: PLC0415

    settled, waiting = actions.settle, asyncio.Event()

    async def slowly(db: Any) -> None:
        await settled(db)
        await asyncio.wait_for(waiting.wait(), 20)

    monkeypatch.setattr(actions, "settle", slowly)
    monkeypatch.setattr(actions, "tell", lambda db, mark, _done, _count: tell(db, mark, 3, 4))
    for name, seconds in (("PATIENCE", 0.5), ("LOOKS", 0.05)):
        monkeypatch.setattr(f"gateway.importing.work.{name}", seconds)
    browser = await whole.browser("process_leader")
    rows = "Namn;Typ\n" + "".join(f"Exempelföretag {n};Företag\n" for n in range(4))
    place, columns = await followed(browser, await sent(browser, "a.csv", rows.encode()))
    check, shown = await followed(browser, await browser.send(place, **columns.fields(place)))
    await browser.send(check, **shown.fields(check))
    page = await browser.get(check)
    assert "sparar 4 rader, alla eller ingen. 75 % är klart." in page.text()
    waiting.set()
    for _ in range(400):
        if (await browser.get(check)).status == SEE_OTHER:
            return
        await asyncio.sleep(0.05)
    pytest.fail("it is never done")


async def test_nothing_is_removed_that_councils_name(whole: Whole) -> None:
    names = [f"Exempelföretag {number}" for number in range(5)]
    rows = [{"name": name, "kind": "company"} for name in names]
    made = await whole.actors.made("/imports", {"noun": "actor", "file_name": "f", "rows": rows})
    first, leads, takes_part, asked, free = sorted(
        (await whole.actors.get("/actors")).json()["items"], key=lambda one: one["name"]
    )
    council = await council_in(whole.councils, leader_actor_ids=[first["id"]])
    await whole.councils.made("/seats", a_seat(council, actor_id=leads["id"]))
    partners = [{"actor_id": takes_part["id"], "part": "Lokal"}]
    shared = an_initiative(lead_actor_id=leads["id"], partners=partners)
    await whole.councils.made("/initiatives", shared)
    refused = await whole.actors.post(f"/imports/{made['id']}/undo")
    assert refused.status_code == 409
    assert [error["field"] for error in refused.json()["errors"]] == [
        "rows.0.council", "rows.1.initiative", "rows.1.seat", "rows.2.initiative",
    ]  # fmt: skip
    for used in (first, leads, takes_part):
        answer = await whole.actors.delete(f"/actors/{used['id']}", version=1)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "in_use")
    answer = await whole.actors.delete(f"/actors/{free['id']}", version=1)
    assert answer.status_code == 204
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("services.actors.uses.PATIENCE_SECONDS", 0)
        answer = await whole.actors.delete(f"/actors/{asked['id']}", version=1)
        assert answer.status_code == 503, "nothing is removed that nobody has asked about"


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


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "tom"),
        ("a.csv", b"Namn\n", "inga rader"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"x" * 100, "gamla Excelformatet"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 100, "varken"),
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
    people = b"Namn;Telefon\nExempelperson 1;abc\n"
    place, page = await followed(browser, await sent(browser, "p.csv", people, "person"))
    _, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "Rad 2 Telefon abc Fyll i hela ”Telefon”. Det är för kort." in shown.text()


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


def test_headings_and_values() -> None:
    heads = ["Förnamn", "Efternamn", "Mobil", "E-postadress (arbete)", "Skostorlek"]
    fields = guessed(ImportNoun.person, heads)
    assert fields == ["first_name", "last_name", "phone", "email", ""]
    row = Reader(ImportNoun.person, fields).row(["Exempel", "Person 1", "010-1", "e@x.se", "42"])
    assert row == {"name": "Exempel Person 1", "phone": "010-1", "email": "e@x.se"}
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
        ("starts_on", "VT 2027", "VT 2027"), ("pace", "Halvfart", "50"),
        ("pace", "75", "75"), ("pace", "0,25", "25"), ("name", "-", "-"),
    ],
)  # fmt: skip
def test_what_a_cell_says(field: str, cell: str, value: str | None) -> None:
    fields = [field] if field in {"starts_on", "pace", "name"} else [field, "starts_on"]
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
        ["#NAMN?", "SE556036079301", "Företag", "x"],
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
