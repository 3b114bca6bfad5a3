"""People with the posts that they hold, by the pages of an import."""

import pytest

from gateway.importing.headings import guessed, is_heading
from gateway.importing.periods import latest_short
from gateway.importing.values import Reader
from services.actors.contract.importing import ImportNoun
from tests.gateway.test_import_pages import followed, sent
from tests.gateway.test_people_pages import links
from tests.gateway.whole import Whole

TABLE = (
    "Namn;E-post;Telefon;Befattning;Organisation;Fr.o.m.;T.o.m.\n"
    "Exempelperson Anna;anna@exempel.se;0500-11111;Rektor;Exempelskolan;2024-08-01;\n"
    "Exempelperson Bo;bo@exempel.se;;Kock;Exempelskolan;17/8 2020;2025-06-30\n"
    "Exempelperson Cia;cia@exempel.se;;Vaktmästare;Skolan;;tills vidare\n"
    "Exempelperson Dan;;;;;;\n"
)


async def test_a_list_of_people_gives_them_their_posts(whole: Whole) -> None:
    school = {"name": "Exempelskolan AB", "kind": "education_provider", "other_names": "Skolan"}
    actor = await whole.actors.made("/actors", school)
    browser = await whole.browser("process_leader")
    file = await sent(browser, "p.csv", TABLE.encode(), "person")
    place, page = await followed(browser, file)
    fields = page.fields(place)
    assert [fields[f"column_{number}"][0] for number in range(7)] == [
        "name", "email", "phone", "post_title", "actor_name", "valid_from", "valid_to",
    ]  # fmt: skip
    check, shown = await followed(browser, await browser.send(place, **fields))
    assert "Rad 4 Fr.o.m. – Fyll i ”Fr.o.m.”, eller skriv i steget före" in shown.text(), (
        "nobody's first day is invented"
    )
    decided = await browser.send(place, **fields | {"constant": "2026-01-01"})
    check, shown = await followed(browser, decided)
    for said in ("4 personer läggs till", "3 befattningar läggs till", "3 innehav läggs till"):
        assert said in shown.text()
    taken = "Exempelskolan Exempelskolan AB 2 Skolan Exempelskolan AB 1"
    assert taken in shown.text(), "which actor each name is taken for, beforehand"
    done, _ = await followed(browser, await browser.send(check, **shown.fields(check)))
    _, made = await followed(browser, await browser.get(done))
    assert "10 nya ur 4 rader. 4 personer 3 befattningar 3 innehav" in made.text("main")
    assert {"/personer", "/befattningar", f"/aktorer/{actor['id']}"} <= links(made)
    assert "Exempelskolan AB Fanns 2, 3, 4" in made.text("main"), "also by its other name"
    posts = {one["id"]: one["title"] for one in (await whole.actors.get("/posts")).json()["items"]}
    held = (await whole.actors.get("/holdings?sort=valid_from")).json()["items"]
    assert [(posts[one["post_id"]], one["valid_from"], one["valid_to"]) for one in held] == [
        ("Kock", "2020-08-17", "2025-07-01"),
        ("Rektor", "2024-08-01", None),
        ("Vaktmästare", "2026-01-01", None),
    ]
    assert "Exempelperson Anna" in (await browser.get(f"/aktorer/{actor['id']}")).text()
    place, page = await followed(browser, await sent(browser, "p.csv", TABLE.encode(), "person"))
    decided = await browser.send(place, **page.fields(place) | {"constant": "2026-01-01"})
    _, again = await followed(browser, decided)
    assert "4 rader hoppas över" in again.text()
    assert "Exempelperson Anna Exempelskolan AB Har redan befattningen" in again.text()


async def test_a_post_that_cannot_be_is_told_in_words(whole: Whole) -> None:
    await whole.actors.made("/actors", {"name": "Exempelskolan", "kind": "education_provider"})
    browser = await whole.browser("process_leader")
    table = TABLE.replace("Skolan;;", "Okända AB;2020-01-01;").replace("Kock", "rektor")
    table = table.replace("2025-06-30", "")
    place, page = await followed(browser, await sent(browser, "p.csv", table.encode(), "person"))
    fields = page.fields(place)
    refused = await browser.send(place, **fields | {"column_4": "", "column_5": ""})
    assert refused.status == 422
    assert "Välj vilken kolumn som är organisationen" in refused.text()
    assert "Skriv från och med vilken dag" in refused.error("constant")
    refused = await browser.send(place, **fields | {"constant": "i våras"})
    assert "som ett datum" in refused.error("constant")
    check, shown = await followed(browser, await browser.send(place, **fields))
    assert "Rad 4 Organisation Okända AB Ingen aktör heter så" in shown.text()
    clash = "Rad 2 Befattning Rektor Rad 3 i filen säger samma befattning då."
    assert clash in shown.text()
    one = (
        "En befattning har en innehavare i taget. Skriv ”T.o.m.” på rad 3 om den har slutat, eller"
    )
    assert f"{one} olika titlar om båda har den samtidigt." in shown.text()
    table_of_errors = await browser.http.get(f"{check}/fel.csv")
    assert "Rad 3 i filen säger samma befattning då." in table_of_errors.text
    none = fields | {f"column_{number}": "" for number in range(3, 7)}
    _, shown = await followed(browser, await browser.send(place, **none))
    assert "4 personer läggs till" in shown.text(), "who wants the people alone gets them"
    assert "innehav" not in shown.text()


async def test_who_holds_the_post_is_named_and_until_when(whole: Whole) -> None:
    school = await whole.actors.made("/actors", {"name": "Exempelskolan", "kind": "other"})
    post = await whole.post(school, "Rektor")
    await whole.holding(post, await whole.person(1), "2020-01-01", "2027-01-01")
    browser = await whole.browser("process_leader")
    table = (
        "Namn;Befattning;Organisation;Fr.o.m.\nExempelperson Bo;Rektor;Exempelskolan;2025-01-01\n"
    )
    place, page = await followed(browser, await sent(browser, "p.csv", table.encode(), "person"))
    _, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    said = (
        "Exempelperson 1 har redan befattningen då, 1 jan 2020–31 dec 2026. Avsluta det innehavet"
    )
    assert said in shown.text()


async def test_towns_of_the_whole_country_are_known_by_name(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    rows = ("Göteborgs stad", "Västerås", "Västerås kommun", "Stockholm", "Skövde kommun", "Oslo")
    lines = "".join(f"Exempelföretag {n};AB;{town}\n" for n, town in enumerate(rows))
    content = f"Namn;Typ;Kommun\n{lines}".encode()
    place, page = await followed(browser, await sent(browser, "a.csv", content))
    check, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "1 rad har en plats som inte är en känd kommun" in shown.text()
    await browser.send(check, **shown.fields(check))
    found = (await whole.actors.get("/actors?sort=name")).json()["items"]
    codes = [one["municipality_code"] for one in found]
    assert codes == ["1480", "1980", "1980", "0180", "1496", None]
    assert "Göteborg" in (await browser.get(f"/aktorer/{found[0]['id']}")).text("main")
    assert "Kommunkod" not in (await browser.get("/aktorer")).text("main")


async def test_who_may_be_meant_by_a_name_is_named(whole: Whole) -> None:
    for name, kind in (("Exempelstads kommun", "municipality"), ("Exempelstad AB", "company")):
        await whole.actors.made("/actors", {"name": name, "kind": kind})
    browser = await whole.browser("process_leader")
    table = TABLE.replace(";Exempelskolan", ";Exempelstad").replace(";Skolan", ";Exempelstad")
    place, page = await followed(browser, await sent(browser, "p.csv", table.encode(), "person"))
    decided = await browser.send(place, **page.fields(place) | {"constant": "2026-01-01"})
    _, shown = await followed(browser, decided)
    who = "Flera aktörer kan menas: Exempelstad AB, Exempelstads kommun. Skriv hela namnet"
    assert f"Rad 2 Organisation Exempelstad {who}" in shown.text()
    assert "slå ihop" not in shown.text(), "a municipality and a company are never the same"
    await whole.actors.made("/actors", {"name": "Exempelstad AB", "kind": "company"})
    decided = await browser.send(place, **page.fields(place) | {"constant": "2026-01-01"})
    _, shown = await followed(browser, decided)
    assert "Ange organisationsnumret, eller slå ihop dem om de är samma." in shown.text()


async def test_a_year_or_a_term_is_no_first_day_and_the_rows_own_is_the_one_that_is_meant(
    whole: Whole,
) -> None:
    await whole.actors.made("/actors", {"name": "Exempelskolan", "kind": "education_provider"})
    browser = await whole.browser("process_leader")
    table = (
        "Namn;E-post;Befattning;Organisation;Fr.o.m.;T.o.m.\n"
        "Exempelperson Anna;anna@exempel.se;Rektor;Exempelskolan;2023;t.v.\n"
        "Exempelperson Bo;bo@exempel.se;Kock;Exempelskolan;HT 2024;2025\n"
        "Exempelperson Cia;cia@exempel.se;Vaktmästare;Exempelskolan;1 maj 2024;Tillsvidare\n"
    )
    place, page = await followed(browser, await sent(browser, "p.csv", table.encode(), "person"))
    fields = page.fields(place)
    assert "true" in fields["own_years"], "it is chosen already"
    one_day = fields | {"own_years": []}
    _, shown = await followed(browser, await browser.send(place, **one_day))
    assert "Rad 2 Fr.o.m. 2023 Skriv ”Fr.o.m.” som ett datum i filen, eller" in shown.text()
    assert "Rad 3 Fr.o.m. HT 2024 Skriv ”Fr.o.m.” som ett datum i filen, eller" in shown.text()
    chosen = {"constant": "2024-08-01", "source": "Enkät"}
    _, shown = await followed(browser, await browser.send(place, **one_day | chosen))
    assert (
        "Rad 2 Fr.o.m. 2023 Dagen som valdes ligger inte i den tid som raden säger" in shown.text()
    )
    check, shown = await followed(browser, await browser.send(place, **fields | chosen))
    assert "2 rader säger bara ett år, en termin, en månad eller en vecka" in shown.text()
    assert "texten står kvar i innehavets källa" in shown.text()
    await browser.send(check, **shown.fields(check))
    held = (await whole.actors.get("/holdings?sort=valid_from")).json()["items"]
    assert sorted((one["valid_from"], one["source"]) for one in held) == [
        ("2023-01-01", "Enkät; Fr.o.m. enligt filen: 2023"), ("2024-05-01", "Enkät"),
        ("2024-07-01", "Enkät; Fr.o.m. enligt filen: HT 2024, T.o.m. enligt filen: 2025"),
    ], "what was written is not lost"  # fmt: skip
    assert [one["valid_to"] for one in held] == [None, None, "2026-01-01"]
    people = (await whole.actors.get("/people")).json()["items"]
    assert {one["source"] for one in people} == {"Enkät"}


async def test_two_who_share_a_turning_year_are_told_that_nobody_said_the_days(
    whole: Whole,
) -> None:
    await whole.actors.made("/actors", {"name": "Exempelskolan", "kind": "education_provider"})
    browser = await whole.browser("process_leader")
    table = (
        "Namn;E-post;Befattning;Organisation;Fr.o.m.;T.o.m.\n"
        "Exempelperson Anna;anna@exempel.se;Rektor;Exempelskolan;2019;2022\n"
        "Exempelperson Bo;bo@exempel.se;Rektor;Exempelskolan;2022;2024\n"
    )
    place, page = await followed(browser, await sent(browser, "p.csv", table.encode(), "person"))
    fields = page.fields(place)
    _, shown = await followed(browser, await browser.send(place, **fields))
    clash = "Rad 2 i filen säger samma befattning då. ”T.o.m.” på rad 2 är ”2022” och ”Fr.o.m.” på"
    assert f"{clash} rad 3 är ”2022”: skriv i filen vilka dagar bytet skedde." in shown.text()
    _, shown = await followed(browser, await browser.send(place, **fields | {"own_years": []}))
    assert "antagen" not in shown.text(), "no day was counted from the year"
    assert "antagna" not in shown.text()


async def test_a_register_that_changed_meanwhile_is_told_with_the_rows(whole: Whole) -> None:
    await whole.actors.made("/actors", {"name": "Exempelskolan AB", "kind": "other"})
    browser = await whole.browser("process_leader")
    table = "Namn;Titel;Arbetsgivare;Från\nExempelperson Anna;Rektor;Exempelskolan;2024-01-01\n"
    place, page = await followed(browser, await sent(browser, "p.csv", table.encode(), "person"))
    check, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    other = await whole.actors.made("/actors", {"name": "Exempelskolan", "kind": "other"})
    _, told = await followed(browser, await browser.send(check, **shown.fields(check)))
    assert "Registret har ändrats sedan filen granskades, så inget lästes in." in told.text()
    assert "Rad 2 Organisation Exempelskolan Flera aktörer kan menas" in told.text()
    await whole.actors.delete(f"/actors/{other['id']}", version=1)
    check, told = await followed(browser, await browser.send(place, **page.fields(place)))
    assert "Registret har ändrats" not in told.text()


async def test_what_holds_up_an_undoing_is_named(whole: Whole) -> None:
    actor = await whole.actors.made("/actors", {"name": "Exempelskolan", "kind": "other"})
    table = "Namn;Titel;Arbetsgivare;Från\nExempelperson Anna;Rektor;Exempelskolan;2024-01-01\n"
    browser = await whole.browser("process_leader")
    place, page = await followed(browser, await sent(browser, "p.csv", table.encode(), "person"))
    check, shown = await followed(browser, await browser.send(place, **page.fields(place)))
    done, _ = await followed(browser, await browser.send(check, **shown.fields(check)))
    done = (await browser.get(done)).answer.headers.get("location", done)
    (post,) = (await whole.actors.get("/posts")).json()["items"]
    changed = {"actor_id": actor["id"], "title": "Skolledare"}
    await whole.actors.put(f"/posts/{post['id']}", changed, version=1)
    undo = f"{done}/angra"
    asked = await browser.get(undo)
    _, refused = await followed(browser, await browser.send(undo, **asked.fields(undo)))
    assert "Rad 2 i filen" in refused.text(".errors")
    links = [link.attributes["href"] for link in refused.all(".errors a")]
    assert f"/befattningar/{post['id']}" in links


def test_what_columns_of_posts_are_called() -> None:
    headings = ["Organisationsnummer (10 siffror)", "Titel/roll", "Företag", "Befattningshavare"]
    assert guessed(ImportNoun.person, headings) == [
        "actor_org_number", "post_title", "actor_name", "name",
    ]  # fmt: skip
    alone = ["Namn", "Organisation", "Från", "Till"]
    assert guessed(ImportNoun.person, alone) == ["name", "", "", ""], "of which post?"
    assert not is_heading("Tom"), "who is called so is no heading"


def test_days_of_posts_as_people_write_them() -> None:
    fields = ["name", "post_title", "valid_from", "valid_to"]
    reader = Reader(ImportNoun.person, fields, {"valid_from": "2026-01-01"})
    read = [
        reader.row(["A", "Chef", "1 mars 2024", "2024-12-31"]),
        reader.row(["A", "Chef", "okänt", "Pågående"]),
        reader.row(["A", "", "", ""]),
        reader.row(["A", "Chef", "2026", "vt 2025"]),
        reader.row(["A", "Chef", "2024", ""]),
    ]
    assert [(row.get("valid_from"), row.get("valid_to")) for row in read] == [
        ("2024-03-01", "2025-01-01"), ("2026-01-01", None), (None, None), ("2026-01-01", "vt 2025"),
        ("2024", None),
    ], "a day of another year than the row says is nobody's"  # fmt: skip
    own = Reader(ImportNoun.person, fields, {"valid_from": "2026-01-01"}, own_years=True)
    read = [own.row(["A", "Chef", *days]) for days in (("våren 2024", "2025"), ("HT24", "vt 2025"))]
    assert [(row["valid_from"], row["valid_to"]) for row in read] == [
        ("2024-01-01", "2026-01-01"), ("2024-07-01", "2025-07-01"),
    ]  # fmt: skip
    month = own.row(["A", "Chef", "augusti", ""])
    assert month["valid_from"] == "2026-01-01", "of which year nobody knows"


@pytest.mark.parametrize(
    ("said", "first", "after"),
    [
        ("2024-08", "2024-08-01", "2024-09-01"), ("aug-24", "2024-08-01", "2024-09-01"),
        ("augusti 2024", "2024-08-01", "2024-09-01"), ("2/2024", "2024-02-01", "2024-03-01"),
        ("vecka 34 2024", "2024-08-19", "2024-08-26"), ("2024-W34", "2024-08-19", "2024-08-26"),
        ("q3 2023", "2023-07-01", "2023-10-01"), ("Dec. 2025", "2025-12-01", "2026-01-01"),
        ("maj 98", "1998-05-01", "1998-06-01"), ("sommaren 2024", "2024-06-01", "2024-09-01"),
    ],
)  # fmt: skip
def test_a_longer_time_is_its_own_first_and_last_day_and_never_another_day(
    said: str, first: str, after: str
) -> None:
    fields, chosen = ["name", "post_title", "valid_from", "valid_to"], {"valid_from": "2020-01-01"}
    own = Reader(ImportNoun.person, fields, chosen, own_years=True).row(["A", "Chef", said, said])
    assert (own["valid_from"], own["valid_to"]) == (first, after)
    assert own["said_of_days"] == f"Fr.o.m. enligt filen: {said}, T.o.m. enligt filen: {said}"
    other = Reader(ImportNoun.person, fields, chosen).row(["A", "Chef", said, ""])
    assert other["valid_from"] == said, "the chosen day is not in it: an error, and not stored"
    within = Reader(ImportNoun.person, fields, {"valid_from": first}).row(["A", "Chef", said, ""])
    assert within["valid_from"] == first


async def test_what_a_cell_holds_in_place_of_a_day_is_told_with_what_to_do(whole: Whole) -> None:
    await whole.actors.made("/actors", {"name": "Exempelskolan", "kind": "education_provider"})
    browser = await whole.browser("process_leader")
    table = (
        "Namn;Befattning;Organisation;Fr.o.m.;T.o.m.\n"
        "Exempelperson Anna;Rektor;Exempelskolan;2019–2022;\n"
        "Exempelperson Bo;Kock;Exempelskolan;sedan 2019;\n"
        "Exempelperson Cia;Vaktmästare;Exempelskolan;45505;\n"
        "Exempelperson Dan;Lärare;Exempelskolan;2024-08;dec 2025\n"
        "Exempelperson Eva;Chef;Exempelskolan;;HT 2024\n"
        "Exempelperson Fia;Chef;Exempelskolan;2024-09-01;\n"
        "Exempelperson Gun;Vikarie;Exempelskolan;17-08-26;\n"
    )
    place, page = await followed(browser, await sent(browser, "p.csv", table.encode(), "person"))
    fields = page.fields(place) | {"constant": "2024-01-01"}
    _, shown = await followed(browser, await browser.send(place, **fields))
    said = shown.text()
    assert "5 fel." in said
    assert "17-08-26 Skriv året i ”Fr.o.m.” med fyra siffror, till exempel 2026-11-26." in said
    assert f"Två siffror läses som ett år till och med {latest_short()}" in said
    assert f"läses som ett till och med {latest_short()}: 17/8-98 är 1998." in page.text()
    assert "2019–2022 Cellen säger två tider, från och till. Dela den i två kolumner" in said
    assert "sedan 2019 Cellen säger mer än en tid. Skriv bara tiden i ”Fr.o.m.”" in said
    assert "45505 Cellen är kalkylprogrammets nummer för dagen 2024-08-01." in said
    assert "2024-08" not in said.replace("2024-08-01", ""), "a month is read"
    chosen = (
        "Rad 6 Befattning Chef Rad 7 i filen säger samma befattning då. Raden säger ingen första"
    )
    assert f"{chosen} dag: 1 jan 2024 valdes för den. Skriv ”Fr.o.m.” för den i filen" in said
    _, shown = await followed(browser, await browser.send(place, **fields | {"own_years": []}))
    said = shown.text()
    assert "Rad 5 T.o.m. dec 2025 Skriv ”T.o.m.” som ett datum i filen, eller skriv dess år" in said
    assert "antagen" not in said, "no day was counted"
