"""The model on pages: drawn with names and without, as a file, and written version by version."""

from typing import Any

from services.kit import clock
from tests.councils.builders import council_in, day, meeting_in
from tests.councils.test_direction import STRATEGIC, a_direction
from tests.gateway.looking import Page
from tests.gateway.whole import Whole

SEE_OTHER = 303
Fact = dict[str, Any]


async def a_model(whole: Whole) -> dict[str, Fact]:
    """A council under a forum, led by a post that nobody holds, and what they have to do."""
    actor = await whole.actor()
    led = {"leader_actor_ids": [actor["id"]]}
    post = await whole.post(actor, "Processledare")
    forum = await council_in(whole.councils, **STRATEGIC | led | {"name": "Exempelforum 1"})
    under = {"parent_id": forum["id"], "process_leader_post_id": post["id"]}
    council = await council_in(whole.councils, **led, **under, name="Exempelrådet 1")
    await meeting_in(whole.councils, council, starts_at=f"{day(-7)}T09:00:00Z")
    await whole.councils.made("/directions", await a_direction(whole.councils, council))
    return {"council": council, "forum": forum, "post": post}


def rows_of(page: Page) -> dict[str, str]:
    """The rows of the page's tables, by what stands first in them; the first of those."""
    rows = ((row.css_first("th"), row) for row in reversed(page.all("main tbody tr")))
    return {th.text(strip=True): " ".join(row.text(separator=" ").split()) for th, row in rows}


async def test_the_model_is_drawn_and_stands_in_tables(whole: Whole) -> None:
    made, browser = await a_model(whole), await whole.browser("reader")
    page = await browser.get("/modellen")
    rows = rows_of(page)
    assert "Exempelrådet 1" in rows["Branschråd"]
    assert "Fylld" in rows["Branschråd"]
    assert "1 möte" in rows["Branschråd"].replace("\xa0", " ")
    assert "vakant" in rows["Processledning"], "a post that nobody holds fills nothing"
    assert "Tom" in rows["Processledning"]
    assert "Exempelforum 1 stilla" in rows["Strategiskt forum"]
    assert "Ingen" in rows["Styrgrupp"]
    links = {one.attributes["href"] for one in page.all("svg a")}
    assert f"/branschrad/{made['council']['id']}" in links
    assert f"/befattningar/{made['post']['id']}" in links
    assert {one.text() for one in page.all("svg line title")} >= {
        "Överordnat: Strategiskt forum till Branschråd",
        "Processledning: Processledning till Branschråd",
        "Inriktning: Strategiskt forum till Branschråd",
    }
    then = await browser.get(f"/modellen?as_of={day(-500)}")
    assert "Exempelrådet 1" not in then.text()


async def test_as_a_pattern_it_names_nobody_and_leads_to_a_beginning(whole: Whole) -> None:
    made, browser = await a_model(whole), await whole.browser("process_leader")
    page = await browser.get("/modellen?mall=1")
    for name in ("Exempelrådet", "Exempelforum", "Exempelföretag", "Exempelperson"):
        assert name not in page.text(), name
    assert not page.all("svg a")
    links = {one.attributes["href"] for one in page.all("main a")}
    assert f"/branschrad/{made['council']['id']}/kopiera" in links
    assert "/branschrad/nytt?kind=industry_council&level=operative" in links
    begun = await browser.get("/branschrad/nytt?kind=industry_council&level=operative")
    assert begun.fields("/branschrad/nytt")["kind"] == ["industry_council"]


async def test_the_table_is_a_file(whole: Whole) -> None:
    await a_model(whole)
    browser = await whole.browser("reader")
    answer = (await browser.http.get("/modellen.csv")).text
    assert "Exempelrådet 1" in answer
    assert "Processledare" in answer
    assert (await browser.http.get("/modellen.exe")).status_code == 404
    (link,) = (await browser.get("/modellen?mall=1")).all('main a[href^="/modellen.csv"]')
    bare = (await browser.http.get(str(link.attributes["href"]))).text
    assert "Branschråd" in bare
    for name in ("Exempelrådet", "Exempelforum", "Processledare vid", "vacant", "state"):
        assert name not in bare


async def test_a_version_is_written_changed_and_removed(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    url = "/modellen/ny-version"
    form = await browser.get(url)
    sent = form.fields(url)
    assert sent["parts.0.function"] == ["Styrgrupp"], "it begins with what there is"
    twice = await browser.send(url, **sent | {"parts.1.function": "Styrgrupp"})
    assert (twice.status, bool(twice.error("parts.1.function"))) == (422, True)
    assert twice.fields(url)["parts.1.function"] == ["Styrgrupp"]
    less = {name: value for name, value in sent.items() if not name.startswith("parts.8.")}
    made = await browser.send(url, **less | {"parts.0.function": "Exempelstyrgrupp"})
    assert made.status == SEE_OTHER
    rows = rows_of(await browser.get("/modellen"))
    assert "Exempelstyrgrupp" in rows
    assert "Utförare" not in rows
    (model,) = (await whole.councils.get("/model-definitions")).json()["items"]
    assert model["valid_from"] == clock.today().isoformat()
    url = f"/modellen/versioner/{model['id']}/andra"
    form = await browser.get(url)
    done = await browser.send(url, **form.fields(url) | {"parts.0.function": "Exempelgrupp"})
    assert done.status == SEE_OTHER
    assert "Exempelgrupp" in rows_of(await browser.get("/modellen"))
    gone = await browser.submit(f"/modellen/versioner/{model['id']}/ta-bort")
    assert gone.status == SEE_OTHER
    assert "Styrgrupp" in rows_of(await browser.get("/modellen"))
