"""Initiatives on a board and over time: moved by a form, asked for what a move needs to know."""

from typing import Any

from tests.councils.builders import day
from tests.councils.work import an_initiative, an_outcome
from tests.gateway.whole import Whole

SEE_OTHER, REFUSED, BAD = 303, 422, 400
BOARD, TIMELINE = "/initiativ/tavla", "/initiativ/tidslinje"


async def status_of(whole: Whole, one: dict[str, Any]) -> str:
    """How far it has come."""
    return str((await whole.councils.get(f"/initiatives/{one['id']}")).json()["status"])


async def test_a_card_is_moved_and_comes_back_to_the_board(whole: Whole) -> None:
    made = await whole.councils.made("/initiatives", an_initiative(title="Exempelkurs"))
    browser, turn = await whole.browser("process_leader"), f"/initiativ/{made['id']}/flytta"
    board = f"{BOARD}?kind=education_start"
    page = await browser.get(board)
    assert "Exempelkurs" in page.text('[data-column="proposed"]')
    asked = await browser.submit(board, at=turn, to="decided")
    form = asked.answer.headers["location"]
    assert form.startswith(f"/initiativ/{made['id']}/besluta?board=kind")
    done = await browser.submit(form)
    there = f"{board}#card-{made['id']}"
    assert done.answer.headers["location"] == there
    assert (await browser.get(board)).all(f"#card-{made['id']}[tabindex='-1']"), "takes the focus"
    begun = await browser.submit(board, at=turn, to="running")
    assert begun.answer.headers["location"] == there, "nothing more is needed to begin today"
    assert await status_of(whole, made) == "running"
    finish = (await browser.submit(board, at=turn, to="done")).answer.headers["location"]
    assert "Skriv ett resultat" in (await browser.get(finish)).text("main")
    refused = await browser.submit(finish)
    assert (refused.status, bool(refused.error("reason"))) == (REFUSED, True)
    await whole.councils.made("/outcomes", an_outcome(made, happened_on=day(0)))
    assert (await browser.submit(finish)).answer.headers["location"] == there
    assert await status_of(whole, made) == "done"
    again = await browser.submit(board, at=turn, to="running")
    assert again.answer.headers["location"] == there
    assert await status_of(whole, made) == "running"
    stop = (await browser.submit(board, at=turn, to="stopped")).answer.headers["location"]
    assert (await browser.submit(stop, reason="")).status == REFUSED
    await browser.submit(stop, reason="Pengarna räckte inte")
    assert await status_of(whole, made) == "stopped"


async def test_a_move_is_undone_where_it_was_made(whole: Whole) -> None:
    made = await whole.councils.made("/initiatives", an_initiative(title="Exempelkurs"))
    await whole.councils.made(f"/initiatives/{made['id']}/decide", {"decided_on": day(-3)})
    browser, turn = await whole.browser("process_leader"), f"/initiativ/{made['id']}/flytta"
    board = f"{BOARD}?kind=education_start"
    token = (await browser.get(board)).fields(turn)
    await browser.send(turn, **token | {"to": "running"})
    undo = str((await browser.get(board)).one(".note form").attributes["action"])
    undone = await browser.send(undo, **token)
    assert undone.answer.headers["location"] == f"{board}#card-{made['id']}"
    assert await status_of(whole, made) == "decided"
    await browser.send(undo, **token)
    assert "Läget har ändrats" in (await browser.get(f"/initiativ/{made['id']}")).text("body")
    stop = f"/initiativ/{made['id']}/stoppa"
    assert "Stoppa initiativet" in (await browser.get(f"/initiativ/{made['id']}")).text("main")
    await browser.submit(stop, reason="Pengarna räckte inte")
    page = await browser.get(f"/initiativ/{made['id']}")
    assert "Initiativet är stoppat" in page.text("body")
    await browser.send(str(page.one(".note form").attributes["action"]), **token)
    assert await status_of(whole, made) == "decided"


async def test_days_are_put_right_on_a_page(whole: Whole) -> None:
    made = await whole.councils.made("/initiatives", an_initiative())
    url, browser = f"/initiativ/{made['id']}", await whole.browser("process_leader")
    assert "finns ingen dag" in (await browser.get(f"{url}/dagar")).text("main")
    await whole.councils.made(f"/initiatives/{made['id']}/decide", {"decided_on": day(-3)})
    await whole.councils.made(f"/initiatives/{made['id']}/start", {"started_on": day(0)})
    assert (await browser.get(url)).all(f'a[href="{url}/dagar"]')
    wrong = await browser.submit(f"{url}/dagar", started_on=day(-4))
    assert (wrong.status, bool(wrong.error("started_on"))) == (REFUSED, True)
    step = {"initiative_id": made["id"], "title": "Ring", "done_on": day(-3)}
    await whole.councils.made("/steps", step)
    assert (await browser.submit(f"{url}/dagar", started_on=day(-2))).status == SEE_OTHER
    shown = await browser.get(url)
    assert "Dagarna är rättade. 1 steg är gjort utanför dem." in shown.text("body")
    assert "(före starten)" in shown.text("main")
    assert (await whole.councils.get(f"/initiatives/{made['id']}")).json()["started_on"] == day(-2)


async def test_a_move_that_cannot_be_is_no_bare_refusal(whole: Whole) -> None:
    made = await whole.councils.made("/initiatives", an_initiative())
    browser, turn = await whole.browser("process_leader"), f"/initiativ/{made['id']}/flytta"
    ahead = await browser.submit(BOARD, at=turn, to="done")
    page = await browser.get(ahead.answer.headers["location"])
    assert "Först beslutas initiativet" in page.text("body")
    for odd in ("proposed", "nonsense", ""):
        answer = await browser.submit(BOARD, at=turn, to=odd)
        assert answer.status == SEE_OTHER
    await whole.councils.made(f"/initiatives/{made['id']}/decide", {"decided_on": day(0)})
    back = await browser.submit(BOARD, at=turn, to="proposed")
    assert back.answer.headers["location"] == f"/initiativ/{made['id']}"
    stop = {"closed_on": day(0), "reason": "Exempel"}
    await whole.councils.made(f"/initiatives/{made['id']}/stop", stop)
    closed = await browser.submit(BOARD, at=turn, to="running")
    shown = await browser.get(closed.answer.headers["location"])
    assert "Återuppta det" in shown.text("body")
    evil = await browser.submit(BOARD, at=turn, to="stopped", board="kind=study&next=//evil.se")
    assert evil.answer.headers["location"] == f"{BOARD}?kind=study#card-{made['id']}"


async def test_only_what_can_be_is_offered(whole: Whole) -> None:
    made = await whole.councils.made("/initiatives", an_initiative())
    browser, url = await whole.browser("process_leader"), f"/initiatives/{made['id']}"

    async def offered() -> list[str]:
        options = (await browser.get(BOARD)).all('select[name="to"] option')
        return [str(one.attributes["value"]) for one in options]

    stop = {"closed_on": day(0), "reason": "Exempel"}
    assert await offered() == ["decided", "stopped", "running", "done"]
    await whole.councils.made(f"{url}/stop", stop)
    assert await offered() == ["proposed"]
    await whole.councils.made(f"{url}/resume", {})
    await whole.councils.made(f"{url}/decide", {"decided_on": day(-3)})
    assert await offered() == ["running", "stopped", "done"]
    await whole.councils.made(f"{url}/start", {"started_on": day(-2)})
    assert await offered() == ["done", "stopped"]
    await whole.councils.made(f"{url}/stop", stop)
    assert await offered() == ["running"]


async def test_the_board_narrows_and_pages_as_the_list(whole: Whole) -> None:
    for number in range(23):
        await whole.councils.made("/initiatives", an_initiative(title=f"Exempel {number}"))
    late = await whole.councils.made("/initiatives", an_initiative(title="Sen", kind="study"))
    step = {"initiative_id": late["id"], "title": "Ring", "due_on": day(-2)}
    await whole.councils.made("/steps", step)
    reader = await whole.browser("reader")
    page = await reader.get(f"{BOARD}?kind=study")
    assert "Försenat" in page.text('[data-column="proposed"]')
    assert not page.all("form[action$=flytta]"), "a reader moves nothing"
    tabs = {one.attributes["href"] for one in page.all("main nav .tabs a")}
    assert tabs == {"/initiativ?kind=study", f"{BOARD}?kind=study", f"{TIMELINE}?kind=study"}
    whole_board = await reader.get(BOARD)
    assert len(whole_board.all('[data-column="proposed"] li')) == 20
    after = await reader.get(f"{BOARD}?page_proposed=2")
    assert len(after.all('[data-column="proposed"] li')) == 4
    only = await reader.get(f"{BOARD}?status=running")
    assert len(only.all("[data-column]")) == 1
    for wrong in ("kind=gold", "status=gold", "nonsense=1", "page_proposed=x", "ends_to=x"):
        for place in (BOARD, TIMELINE):
            if "page_" not in wrong or place == BOARD:
                assert (await reader.get(f"{place}?{wrong}")).status == BAD, f"{place} {wrong}"


async def test_a_timeline_has_bars_and_those_without_days_apart(whole: Whole) -> None:
    dated = {"starts_on": day(-30), "ends_on": day(60)}
    made = await whole.councils.made("/initiatives", an_initiative(title="Med dagar", **dated))
    step = {"initiative_id": made["id"], "title": "Ring skolan", "due_on": day(-2)}
    await whole.councils.made("/steps", step)
    far = {"starts_on": "1999-01-01", "ends_on": "2150-01-01"}
    await whole.councils.made("/initiatives", an_initiative(title="Långt bort", **far))
    await whole.councils.made("/initiatives", an_initiative(title="Bara slut", ends_on=day(9)))
    await whole.councils.made("/initiatives", an_initiative(title="Utan dagar"))
    reader = await whole.browser("reader")
    page = await reader.get(TIMELINE)
    drawing = page.text("#timeline svg.chart")
    assert ("Med dagar" in drawing, "I dag" in drawing) == (True, True)
    rows = [row.text() for row in page.all("table tbody tr")]
    assert ["Långt bort" in rows[0], "Med dagar" in rows[1], "Bara slut" in rows[2]] == [True] * 3
    assert "Ring skolan (försenat)" in " ".join(rows[1].split()).replace("\N{NO-BREAK SPACE}", " ")
    assert "Utan dagar" in page.text('[aria-labelledby="undated-heading"]')
    nothing = await reader.get(f"{TIMELINE}?kind=study")
    assert "Inga initiativ stämmer" in nothing.text("main")
