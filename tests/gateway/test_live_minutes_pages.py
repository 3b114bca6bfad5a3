"""Minutes on a page of their own: two writers see both texts; nothing typed is lost."""

import asyncio
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from services.councils.agenda.queries import AGENDA_ITEMS
from tests.callers import somebody
from tests.councils.builders import changed, day, meeting_in
from tests.gateway.looking import Page
from tests.gateway.signing_in import signed_in
from tests.gateway.whole import Whole

SEE_OTHER, UNPROCESSABLE = 303, 422
Fact = dict[str, Any]


async def with_points(whole: Whole, *titles: str) -> tuple[str, Fact, list[Fact]]:
    """A meeting with an agenda, and the address of its minutes."""
    meeting = await meeting_in(whole.councils, title="Höstmöte")
    told = {"meeting_id": meeting["id"], "kind": "decision"}
    made = [await whole.councils.made("/agenda-items", told | {"title": t}) for t in titles]
    return f"/moten/{meeting['id']}/anteckna", meeting, made


async def stored(whole: Whole, point: Fact) -> str | None:
    """The minutes of a point as they are kept."""
    return (await whole.councils.get(f"/agenda-items/{point['id']}")).json()["minutes"]


def typed(page: Page, path: str, **texts: str) -> Fact:
    """What a browser sends after something was typed: `texts` by the ids of points."""
    return page.fields(path) | {f"minutes.{key}": [texts[key]] for key in texts}


async def test_each_point_is_a_field_and_only_what_was_changed_is_saved(whole: Whole) -> None:
    path, _, (first, second) = await with_points(whole, "Läget", "Start")
    browser = await whole.browser("process_leader")
    page = await browser.get(path)
    assert page.h1 == "Anteckna under mötet"
    labels = [label.text().strip() for label in page.all("form.writing label")]
    assert labels == ["1. Läget", "2. Start"]
    await changed(whole.councils, AGENDA_ITEMS, second["id"], minutes="En annans")
    sent = await browser.send(path, **typed(page, path, **{first["id"]: "Bra läge"}))
    assert sent.status == SEE_OTHER
    assert await stored(whole, first) == "Bra läge"
    assert await stored(whole, second) == "En annans"
    assert "Sparat" in (await browser.get(path)).text("main")


async def test_both_texts_stand_side_by_side_with_what_differs_marked(whole: Whole) -> None:
    path, _, (point,) = await with_points(whole, "Läget")
    key = point["id"]
    browser = await whole.browser("process_leader")
    page = await browser.get(path)
    await changed(whole.councils, AGENDA_ITEMS, key, minutes="Vi anställer tre personer")
    refused = await browser.send(path, **typed(page, path, **{key: "Vi anställer fem personer"}))
    assert refused.status == UNPROCESSABLE
    assert await stored(whole, point) == "Vi anställer tre personer"
    marked = [one.text().strip() for one in refused.all("section mark")]
    assert marked == ["tre", "fem"]
    assert refused.one(f'[id="f-minutes.{key}"]').text() == "Vi anställer fem personer"
    again = await browser.send(path, **refused.fields(path), save="true")
    assert again.status == UNPROCESSABLE  # Save alone never stores over somebody else's text
    mine = typed(again, path, **{key: "Vi anställer tre eller fem"})
    assert (await browser.send(path, **mine, save=key)).status == SEE_OTHER
    assert await stored(whole, point) == "Vi anställer tre eller fem"


async def test_theirs_is_kept_or_both_are_saved(whole: Whole) -> None:
    path, _, (first, second) = await with_points(whole, "Läget", "Start")
    browser = await whole.browser("process_leader")
    page = await browser.get(path)
    for point in (first, second):
        await changed(whole.councils, AGENDA_ITEMS, point["id"], minutes="Deras")
    mine = {first["id"]: "Mitt ett", second["id"]: "Mitt två"}
    met = await browser.send(path, **typed(page, path, **mine))
    left = await browser.send(path, **met.fields(path), theirs=first["id"])
    assert left.status == UNPROCESSABLE  # the other is still to be chosen
    assert left.one(f'[id="f-minutes.{first["id"]}"]').text() == "Deras"
    assert left.one(f'[id="f-minutes.{second["id"]}"]').text() == "Mitt två"
    done = await browser.send(path, **left.fields(path), both=second["id"])
    assert done.status == SEE_OTHER
    assert await stored(whole, first) == "Deras"
    assert await stored(whole, second) == "Deras\n\nMitt två"


async def test_a_third_writer_between_is_met_anew(whole: Whole) -> None:
    path, _, (point,) = await with_points(whole, "Läget")
    browser = await whole.browser("process_leader")
    page = await browser.get(path)
    await changed(whole.councils, AGENDA_ITEMS, point["id"], minutes="Andra")
    met = await browser.send(path, **typed(page, path, **{point["id"]: "Första"}))
    await changed(whole.councils, AGENDA_ITEMS, point["id"], minutes="Tredje")
    again = await browser.send(path, **met.fields(path), save=point["id"])
    assert again.status == UNPROCESSABLE
    assert "Tredje" in again.text("section.note")
    assert await stored(whole, point) == "Tredje"


async def test_what_was_typed_comes_back_where_nothing_is_saved_any_more(whole: Whole) -> None:
    path, meeting, (first, second) = await with_points(whole, "Läget", "Start")
    browser = await whole.browser("process_leader")
    page = await browser.get(path)
    gone = await whole.councils.delete(f"/agenda-items/{second['id']}", version=1)
    assert gone.status_code < 300
    texts = {first["id"]: "Kvar", second["id"]: "Punkten är borta\nandra raden"}
    lost = await browser.send(path, **typed(page, path, **texts))
    assert lost.status == UNPROCESSABLE
    assert "Punkten togs bort medan du skrev" in lost.text("section.note")
    assert "Punkten är borta\nandra raden" in lost.one("section.note").text()
    assert await stored(whole, first) == "Kvar"
    approval = {"approved_on": day(0), "approved_by_post_id": somebody()}
    await whole.councils.made(f"/meetings/{meeting['id']}/approve", approval)
    late = await browser.send(path, **typed(page, path, **{first["id"]: "För sent"}))
    assert late.status == UNPROCESSABLE
    assert "Protokollet justerades medan du skrev" in late.text("section.note")
    assert "För sent" in late.one("section.note").text()
    assert await stored(whole, first) == "Kvar"
    closed = await browser.get(path)
    assert "inget mer antecknas" in closed.text("main")
    assert not closed.all("form.writing button")
    dropped = await browser.send(path, **typed(page, path, **{first["id"]: "x"}), drop="true")
    assert dropped.status == SEE_OTHER


async def test_a_text_that_is_too_long_is_not_cut_and_the_rest_is_saved(whole: Whole) -> None:
    path, _, (first, second) = await with_points(whole, "Läget", "Start")
    browser = await whole.browser("process_leader")
    page = await browser.get(path)
    long = "ord " * 5001
    refused = await browser.send(
        path, **typed(page, path, **{first["id"]: long, second["id"]: "Kort"})
    )
    assert refused.status == UNPROCESSABLE
    assert "20 000 tecken" in refused.text(".note.stop")
    assert refused.one(f'[id="f-minutes.{first["id"]}"]').text() == long
    assert await stored(whole, second) == "Kort"


async def test_whose_the_other_text_is_and_when_it_was_written(whole: Whole) -> None:
    path, _, (point,) = await with_points(whole, "Läget")
    key, whose = point["id"], f'section[aria-labelledby="clash-{point["id"]}"]'
    one = await signed_in(whole.app, "process_leader", email="ett@exempel.se")
    other = await signed_in(whole.app, "process_leader", email="tva@exempel.se")
    page, late = await one.get(path), await other.get(path)
    assert (await one.send(path, **typed(page, path, **{key: "Tre"}))).status == SEE_OTHER
    met = await other.send(path, **typed(late, path, **{key: "Fem"}))
    assert "Skriven av Exempelperson 1" in met.text(whose)
    assert "kl. " in met.text(whose)
    twice = typed(page, path, **{key: "Fyra"}) | {"once": ["a" * 32]}
    assert "dig själv i ett annat fönster" in (await one.send(path, **twice)).text(whose)


async def test_what_no_page_of_ours_sends_is_given_back_unsaved(whole: Whole) -> None:
    path, _, (point,) = await with_points(whole, "Läget")
    browser = await whole.browser("process_leader")
    forged = typed(await browser.get(path), path, **{point["id"]: "Mitt"}) | {"turn": ["9999999"]}
    refused = await browser.send(path, **forged)
    assert refused.status == UNPROCESSABLE
    assert "Texten kunde inte sparas" in refused.text("#saved")
    assert _field(refused, point["id"]) == "Mitt"
    assert await stored(whole, point) is None


async def test_what_word_leaves_in_a_text_is_no_error(whole: Whole) -> None:
    path, _, (first, second) = await with_points(whole, "Läget", "Start")
    browser = await whole.browser("process_leader")
    page = await browser.get(path)
    pasted = {first["id"]: "Rad ett\x0brad två\x01\x9f\u202e\u2066", second["id"]: "Kort"}
    assert (await browser.send(path, **typed(page, path, **pasted))).status == SEE_OTHER
    assert await stored(whole, first) == "Rad ett\nrad två"
    assert await stored(whole, second) == "Kort"


async def test_a_page_that_saves_by_itself_goes_on_from_what_it_saved(whole: Whole) -> None:
    path, _, (point,) = await with_points(whole, "Läget")
    field, browser = f"minutes.{point['id']}", await whole.browser("process_leader")
    fields = (await browser.get(path)).fields(path)

    async def by_itself(text: str, **more: Any) -> Any:
        sent = fields | {field: [text]} | more
        headers = {"hx-request": "true", "hx-target": "div#saved"}
        return await browser.http.post(path, data=sent, headers=headers)

    first = await by_itself("Ett", turn="3")
    assert "Sparat" in first.text
    assert "<textarea" not in first.text  # what is being typed is left alone
    for field_of in ("version", "base"):
        name = f"{field_of}.{point['id']}"
        found = LexborHTMLParser(first.text).css_first(f'input[name="{name}"]')
        fields[name] = [*fields[name], found.attributes["value"]]
    # Another writes, and this page, which has touched nothing since, is told of no clash.
    await changed(whole.councils, AGENDA_ITEMS, point["id"], minutes="En annans")
    assert "Sparat" in (await by_itself("Ett", turn="3")).text
    assert await stored(whole, point) == "En annans"
    met = await by_itself("Två", turn="4")
    assert met.status_code == 200
    assert "Inte allt är sparat: någon annan har skrivit under" in met.text
    (heading,) = LexborHTMLParser(met.text).css(f'[id="clash-{point["id"]}"]')
    assert f'href="#{heading.attributes["id"]}"' in met.text
    assert "Deras text, sparad" in met.text
    took = await by_itself("Två", theirs=point["id"])
    assert took.headers["hx-retarget"] == "#page"
    assert ">En annans</textarea>" in took.text


async def test_many_pages_at_once_lose_nothing_that_was_called_saved(whole: Whole) -> None:
    path, _, points = await with_points(whole, "Läget", "Start")

    async def write(name: str) -> list[str]:
        """A page without script: writes, meets the others, and saves both texts."""
        browser = await signed_in(whole.app, "process_leader", email=f"{name}@exempel.se")
        said: list[str] = []
        for number in range(4):
            page = await browser.get(path)
            lines = {one["id"]: f"{name}{number}" for one in points}
            texts = {key: f"{_field(page, key)}\n{line}" for key, line in lines.items()}
            met = await browser.send(path, **typed(page, path, **texts))
            while met.status == UNPROCESSABLE:
                mine = met.fields(path) | {f"minutes.{key}": [lines[key]] for key in _clashing(met)}
                met = await browser.send(path, **mine, both=_clashing(met))
            assert met.status == SEE_OTHER
            said += [f"{key} {line}" for key, line in lines.items()]
        return said

    said = await asyncio.gather(*(write(name) for name in "ABC"))
    texts = {one["id"]: await stored(whole, one) or "" for one in points}
    there = [f"{key} {line}" for key, text in texts.items() for line in text.split("\n") if line]
    assert sorted(there) == sorted(line for lines in said for line in lines)


def _field(page: Page, key: str) -> str:
    return page.one(f'[id="f-minutes.{key}"]').text()


def _clashing(page: Page) -> list[str]:
    return [one.attributes["value"] or "" for one in page.all("button[name=both]")]


async def test_a_long_agenda_has_a_field_for_each_point(whole: Whole) -> None:
    path, meeting, _ = await with_points(whole)
    told = {"meeting_id": meeting["id"], "kind": "decision"}
    for number in range(1, 206):
        await whole.councils.made("/agenda-items", told | {"title": f"Punkt {number}"})
    browser = await whole.browser("process_leader")
    page = await browser.get(path)
    labels = [label.text().strip() for label in page.all("form.writing label")]
    assert (len(labels), labels[-1]) == (205, "205. Punkt 205")
    texts = {name[8:]: "Sagt" for name in page.fields(path) if name.startswith("minutes.")}
    assert (await browser.send(path, **typed(page, path, **texts))).status == SEE_OTHER
    kept = await whole.councils.get(f"/agenda-items?meeting_id={meeting['id']}&limit=200")
    assert {one["minutes"] for one in kept.json()["items"]} == {"Sagt"}
