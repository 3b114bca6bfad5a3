"""Fields of occupations: a name is enough, with and without script, and a code still does."""

from pathlib import Path
from typing import Any

import pytest

from services.kit.errors import Unavailable
from tests.analysis.importing import csv_bytes
from tests.analysis.test_classification import TREE, settled
from tests.analysis.test_occupations import CALLED, GROUPS, WORDS
from tests.gateway.looking import Page
from tests.gateway.signing_in import Browser
from tests.gateway.test_analysis_pages import HTMX, analysis_of
from tests.gateway.whole import Whole

LACKING = {"statement": "Fler som kan ytbehandla", "areas": ["education"], "horizon": "short"}
SEVERAL = "Namnet stämmer på flera yrken. Välj det du menar."
NONE = "Inget yrke heter så. Prova en annan del av namnet."
WOOD = ["7111", "7522"]


@pytest.fixture
async def leader(whole: Whole) -> Browser:
    """A process leader, where no classification is imported."""
    return await whole.browser("process_leader")


@pytest.fixture
async def classified(whole: Whole, tmp_path: Path) -> Whole:
    """The house with five occupations and other words for them."""
    for name, columns, rows in (
        ("ssyk2012", TREE, GROUPS), ("occupation_name_to_ssyk4", CALLED, WORDS),
    ):  # fmt: skip
        file = tmp_path / f"{name}.csv"
        file.write_bytes(csv_bytes(columns, rows))
        await settled(analysis_of(whole), file)
    return whole


def offered(page: Page, field: str = "occupation_code") -> list[str]:
    """The codes to choose among below a field."""
    found = page.all(f'.meant input[name="{field}"]')
    return [one.attributes["value"] or "" for one in found]


async def stored(whole: Whole, page: Page) -> Any:
    """The code of the need that a form made."""
    assert page.status == 303, page.errors
    number = page.answer.headers["location"].rpartition("/")[2]
    return (await whole.councils.get(f"/needs/{number}")).json()["occupation_code"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("  TAXIchaufför ", "8321"),
        ("Finsnickare", "7522"),
        ("Fin-, inrednings- och möbelsnickare (7522)", "7522"),
        ("7522", "7522"),
        ("", None),
    ],
)
async def test_what_means_one_occupation_is_taken(
    classified: Whole, leader: Browser, typed: str, code: str | None
) -> None:
    sent = await leader.submit("/behov/nytt", **LACKING, occupation_code=typed)
    assert await stored(classified, sent) == code


async def test_what_means_several_comes_back_to_be_chosen(
    classified: Whole, leader: Browser
) -> None:
    page = await leader.submit("/behov/nytt", **LACKING, occupation_code="snickare")
    assert (page.status, page.error("occupation_code")) == (422, SEVERAL)
    assert offered(page) == WOOD
    assert {one.attributes["type"] for one in page.all(".meant input")} == {"radio"}
    fields = page.fields()
    assert fields["statement"] == [LACKING["statement"]]
    assert fields["occupation_code"] == ["snickare"]
    sent = await leader.send("/behov/nytt", **fields | {"occupation_code": ["snickare", "7522"]})
    assert await stored(classified, sent) == "7522"
    need = await leader.get(sent.answer.headers["location"])
    assert "Fin-, inrednings- och möbelsnickare (7522)" in need.text()
    edit = await leader.get(f"{sent.answer.headers['location']}/andra")
    assert edit.fields()["occupation_code"] == ["Fin-, inrednings- och möbelsnickare (7522)"]


async def test_what_may_mean_one_is_never_taken_by_itself(
    classified: Whole, leader: Browser
) -> None:
    page = await leader.submit("/behov/nytt", **LACKING, occupation_code="taxi")
    said = "Menar du yrket här under? Välj det, eller skriv en annan del av namnet."
    assert (page.status, page.error("occupation_code")) == (422, said)
    assert offered(page) == ["8321"]
    again = await leader.send("/behov/nytt", **page.fields())
    assert (again.status, again.error("occupation_code")) == (422, said), "nobody said yes"
    sent = await leader.send("/behov/nytt", **page.fields() | {"occupation_code": ["taxi", "8321"]})
    assert await stored(classified, sent) == "8321"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("trollkarl", NONE),
        ("7522, 8321", NONE),
        ("9999", "Koden finns inte i SSYK 2012. Skriv yrkets namn i stället."),
    ],
)
@pytest.mark.usefixtures("classified")
async def test_what_means_nothing_is_told_at_the_field(
    leader: Browser, typed: str, said: str
) -> None:
    page = await leader.submit("/behov/nytt", **LACKING, occupation_code=typed)
    assert (page.status, page.errors, page.error("occupation_code")) == (422, [said], said)
    assert page.fields()["occupation_code"] == [typed]


async def test_without_classifications_a_code_is_taken_and_the_field_says_so(
    whole: Whole, leader: Browser
) -> None:
    page = await leader.get("/behov/nytt")
    hint = page.text("#f-occupation_code-hint")
    assert "fyra siffror" in hint
    assert "inga är inlästa" in hint
    assert not page.all("[hx-get^='/analys/yrken']")
    wrong = await leader.submit("/behov/nytt", **LACKING, occupation_code="snickare")
    said = "Ange yrket med fyra siffror enligt SSYK 2012."
    assert (wrong.status, wrong.error("occupation_code")) == (422, said)
    sent = await leader.submit("/behov/nytt", **LACKING, occupation_code="9999")
    assert await stored(whole, sent) == "9999"


async def test_where_analysis_is_away_a_code_is_taken_and_a_name_is_not(
    classified: Whole, leader: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    switchboard = classified.app.state.switchboard
    ask = switchboard.ask

    async def away(service: str, *asked: Any, **more: Any) -> Any:
        if service == "analysis":
            raise Unavailable("away")
        return await ask(service, *asked, **more)

    monkeypatch.setattr(switchboard, "ask", away)
    wrong = await leader.submit("/behov/nytt", **LACKING, occupation_code="snickare")
    assert "går inte att söka just nu" in wrong.error("occupation_code")
    assert "går inte att söka just nu" in wrong.text("#f-occupation_code-hint")
    sent = await leader.submit("/behov/nytt", **LACKING, occupation_code="7522")
    assert await stored(classified, sent) == "7522"


@pytest.mark.usefixtures("classified")
async def test_suggestions_come_while_it_is_written(leader: Browser) -> None:
    form = await leader.get("/behov/nytt")
    address = form.one("[hx-get^='/analys/yrken']").attributes["hx-get"] or ""
    assert address == "/analys/yrken?field=occupation_code"
    answer = await leader.http.get(f"{address}&occupation_code=snick", headers=HTMX)
    assert "2\N{NO-BREAK SPACE}yrken att välja mellan" in answer.text
    assert "Träarbetare, snickare m.fl. (7111)" in answer.text
    assert "Även Byggnadssnickare" in answer.text
    assert "<html" not in answer.text
    nothing = await leader.http.get(f"{address}&occupation_code=trollkarl", headers=HTMX)
    assert "Inget yrke stämmer" in nothing.text
    several = "/analys/yrken?field=occupation_codes&several=ja&occupation_codes=taxi"
    ticked = await leader.http.get(f"{several}&occupation_codes=7522", headers=HTMX)
    assert ticked.text.count(" checked") == 1
    assert ticked.text.index('value="7522" checked') < ticked.text.index('value="8321"')
    assert (await leader.get("/analys/yrken?field=x")).status == 303
    for odd in ("%25%25", "a" * 300, "%D9%A1%D9%A2%D9%A3%D9%A4"):
        answer = await leader.http.get(f"{address}&occupation_code={odd}", headers=HTMX)
        assert answer.status_code == 200, odd


@pytest.mark.usefixtures("classified")
async def test_a_programme_leads_to_several_occupations_by_name(
    whole: Whole, leader: Browser
) -> None:
    provider = await whole.actor()
    told = {"provider_actor_id": provider["id"], "name": "Träteknik", "form_": "other"}
    page = await leader.submit("/utbildningar/ny", **told, occupation_codes="snickare")
    assert offered(page, "occupation_codes") == WOOD
    assert {one.attributes["type"] for one in page.all(".meant input")} == {"checkbox"}
    ticked = ["snickare", "7111", "7522"]
    made = await leader.send("/utbildningar/ny", **page.fields() | {"occupation_codes": ticked})
    path = made.answer.headers["location"]
    assert "Träarbetare, snickare m.fl. (7111)" in (await leader.get(path)).text()
    change = f"{path}/andra"
    assert (await leader.get(change)).fields()["occupation_codes"] == ["", *WOOD]
    assert (await leader.submit(change, occupation_codes=["taxichaufför", "7522"])).status == 303
    codes = (await whole.actors.get(f"/programmes/{path.rpartition('/')[2]}")).json()
    assert codes["occupation_codes"] == ["7522", "8321"]
    assert (await leader.submit(change, occupation_codes=[""])).status == 303
    listed = await leader.get("/utbildningar?occupation_code=taxi")
    assert not listed.all("tbody th a")


async def test_an_occupation_is_named_in_the_fast_track(classified: Whole, leader: Browser) -> None:
    await classified.actor()
    page = await leader.submit("/branschrad/tillfalligt", **{"signal.occupation_code": "snickare"})
    assert page.error("signal.occupation_code") == SEVERAL
    assert offered(page, "signal.occupation_code") == WOOD
    page = await leader.submit(
        "/branschrad/tillfalligt", **{"signal.occupation_code": "taxichaufför"}
    )
    assert page.fields()["signal.occupation_code"] == ["Taxiförare m.fl. (8321)"]
    assert not page.all('[id="f-signal.occupation_code-wrong"]')


async def test_lists_are_narrowed_by_name(classified: Whole, leader: Browser) -> None:
    need = await classified.councils.made("/needs", LACKING | {"occupation_code": "7522"})
    await classified.councils.made("/needs", LACKING | {"occupation_code": "8321"})
    for asked in ("snickare", "7522"):
        page = await leader.get(f"/behov?occupation_code={asked}")
        assert [a.attributes["href"] for a in page.all("tbody th a")] == [f"/behov/{need['id']}"]
        assert len((await leader.http.get(f"/behov.csv?occupation_code={asked}")).text.split()) > 1
    page = await leader.get("/behov?occupation_code=trollkarl")
    assert (page.error("occupation_code"), page.all("tbody tr")) == (NONE, [])


@pytest.mark.usefixtures("classified")
async def test_the_search_finds_occupations(leader: Browser) -> None:
    page = await leader.get("/sok?q=snickare")
    links = [a.attributes["href"] for a in page.all("#results a")]
    assert links == [f"/analys/yrken/{code}" for code in WOOD]
    assert "2 träffar" in page.text("#results")
    page = await leader.get("/sok?q=8321")
    assert [a.text() for a in page.all("#results a")] == ["Taxiförare m.fl. (8321)"]
    assert (await leader.get("/sok?q=%25%25")).status == 200


@pytest.mark.usefixtures("classified")
async def test_every_occupation_is_listed_and_searched_in_the_analysis(leader: Browser) -> None:
    for asked, codes in {
        "which=all": ["8331", "7522", "3322", "8321", "7111"], "q=taxichauff%C3%B6r": ["8321"],
        "q=snickare&which=all": WOOD,
    }.items():  # fmt: skip
        page = await leader.get(f"/analys?{asked}")
        links = [a.attributes["href"] for a in page.all("#results tbody a")]
        assert links == [f"/analys/yrken/{code}" for code in codes]
