"""Minutes as PDF: what a meeting's page holds, tagged, as written, for who may read it."""

from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest

from gateway.swedish import day as day_text
from services.councils.agenda.queries import AGENDA_ITEMS
from services.councils.council.queries import COUNCILS
from services.councils.need.queries import NEEDS
from services.councils.seat.queries import SEATS
from services.kit.errors import Unavailable
from tests.councils.builders import a_decision, a_seat, at, changed, council_in, day, meeting_in
from tests.councils.work import a_need
from tests.gateway.pdf_reading import Pdf
from tests.gateway.whole import Fact, Whole

HOSTILE = (
    '#import "@preview/cetz:0.3.0": * #read("/etc/passwd") $x^2$ [b] *c* _d_ `e` <f> @g \\ '
    "// /* = -- ... ~ 'h' \"i\" <script>alert(1)</script> {{ 7*7 }}"
)


async def pdf_of(whole: Whole, meeting: Fact, *roles: str) -> Pdf:
    """The minutes as a new user gets them."""
    browser = await whole.browser(*(roles or ("process_leader",)))
    answer = await browser.http.get(f"/moten/{meeting['id']}/protokoll.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return Pdf(answer.content)


async def point(whole: Whole, meeting: Fact, **more: Any) -> Fact:
    """A point on the agenda."""
    told = {"meeting_id": meeting["id"], "title": "Läget"} | more
    return await whole.councils.made("/agenda-items", told)


async def approve(whole: Whole, meeting: Fact, post: Fact) -> None:
    """Lock the minutes today."""
    told = {"approved_on": day(0), "approved_by_post_id": post["id"]}
    await whole.councils.made(f"/meetings/{meeting['id']}/approve", told)


async def test_the_minutes_are_one_click_from_the_meeting_and_named_in_swedish(
    whole: Whole,
) -> None:
    council = await council_in(whole.councils, name='Rådet: "Trä/möbel"')
    meeting = await meeting_in(whole.councils, council)
    browser, path = await whole.browser("reader"), f"/moten/{meeting['id']}"
    link = (await browser.get(path)).one(f'a[href="{path}/protokoll.pdf"]')
    assert link.text() == "Protokoll som PDF"
    answer = await browser.http.get(f"{path}/protokoll.pdf")
    named = answer.headers["content-disposition"]
    assert named == (
        f'attachment; filename="protokoll-{day(-7)}.pdf"; '
        "filename*=UTF-8''Protokollsutkast%20R%C3%A5det%20Tr%C3%A4%20m%C3%B6bel%20"
        f"{day(-7)}.pdf"
    )
    assert answer.headers["cache-control"] == "no-store"


async def test_whoever_may_not_read_the_meeting_gets_no_minutes(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils)
    path = f"/moten/{meeting['id']}/protokoll.pdf"
    member = await whole.browser("council_member")
    assert (await member.http.get(path)).status_code == 404
    assert (await member.another().http.get(path)).status_code == 303
    leader = await whole.browser("process_leader")
    assert (await leader.http.get(f"/moten/{uuid4()}/protokoll.pdf")).status_code == 404


async def test_approved_minutes_hold_everything_in_order(whole: Whole) -> None:
    actor, guest = await whole.actor(1), await whole.actor(2)
    post = await whole.post(actor)
    council = await council_in(whole.councils, name="Exempelrådet för trä")
    seat = await whole.councils.made("/seats", a_seat(council, actor_id=actor["id"], role="chair"))
    need = await whole.councils.made("/needs", a_need(statement="Operatörer till maskinerna"))
    meeting = await meeting_in(whole.councils, council, title="Höstmöte", example=True)
    came = {"meeting_id": meeting["id"], "seat_id": seat["id"], "attended": True}
    await whole.councils.made("/attendances", came)
    away = {"meeting_id": meeting["id"], "actor_id": guest["id"], "attended": False}
    await whole.councils.made("/attendances", away)
    said = "Första stycket på två\nrader.\n\nAndra stycket – å, ä, ö och ”citat”."
    paper = {"title": "Utredning", "url": "https://exempel.se/utredning"}
    first = await point(whole, meeting, title="Läget", minutes=said, attachments=[paper])
    second = await point(whole, meeting, title="Start", kind="decision", need_ids=[need["id"]])
    basis = [{"kind": "indicator", "label": "Pendling", "as_of": day(-30)}]
    told = a_decision(
        meeting, agenda_item_id=second["id"], need_ids=[need["id"]], basis=basis,
        owner_post_id=post["id"], due_on=day(30), equality_check="Båda könen bjuds in.",
    )  # fmt: skip
    await whole.councils.made("/decisions", told)
    await whole.councils.made("/decisions", a_decision(meeting, text="Mötas igen"))
    todo = {"council_id": council["id"], "meeting_id": meeting["id"], "text": "Ring skolan"}
    todo |= {"owner_post_id": post["id"], "due_on": day(20)}
    await whole.councils.made("/action-items", todo)
    await approve(whole, meeting, post)
    assert first["position"] < second["position"]

    pdf = await pdf_of(whole, meeting)
    pdf.holds(
        "Protokoll: Höstmöte", "Exempel", "Exempelrådet för trä", "kl.", "Exempelgatan 1",
        f"Justerat: {day_text(day(0))}",
        "Närvaro", "Exempelkommun 1", "Ordförande", "Närvarande",
        "Exempelkommun 2", "Gäst", "Frånvarande",
        "Dagordning och anteckningar", "1. Läget", "Typ av punkt: information",
        "Första stycket på två rader.",
        "Andra stycket – å, ä, ö och ”citat”.", "Utredning", "https://exempel.se/utredning",
        "2. Start", "Typ av punkt: beslut", "Operatörer till maskinerna", "Starta en utbildning",
        "Utvecklare", day_text(day(30)), "Båda könen bjuds in.", "Indikator: Pendling",
        day_text(day(-30)), "3. Mötas igen", "Mötas igen", "Underlag saknas",
        "Åtgärder", "Ring skolan", "Utvecklare", day_text(day(20)),
        "Justering", f"Justerat {day_text(day(0))} av", "Utvecklare",
    )  # fmt: skip
    assert "tkast" not in pdf.text
    shown = await (await whole.browser("reader")).get(f"/moten/{meeting['id']}/protokoll")
    texts = shown.all(":is(h1, article :is(h2, h3, h4, h5, p, dt, dd, th, td, li, a))")
    words = [one.text(deep=False).strip() for one in texts]
    # What the page holds stands in the file, in the same order.
    pdf.holds(*(" ".join(one.split()) for text in words for one in text.split("\n\n") if one))
    levels = [int(one.tag[1]) for one in texts if one.tag in {"h1", "h2", "h3", "h4", "h5"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


async def test_the_file_is_tagged_in_swedish_for_screen_readers(whole: Whole) -> None:
    council = await council_in(whole.councils)
    meeting = await meeting_in(whole.councils, council)
    await point(whole, meeting, minutes="Sagt")
    todo = {"council_id": council["id"], "meeting_id": meeting["id"], "text": "Ring"}
    await whole.councils.made("/action-items", todo)
    pdf = await pdf_of(whole, meeting)
    assert pdf.root["/MarkInfo"]["/Marked"]
    assert pdf.root["/Lang"] == "sv"
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.reader.metadata
    assert pdf.reader.metadata.title == f"Protokoll: Rådsmöte, {day_text(day(-7))}"
    assert pdf.claims_accessibility
    headings = [tag for tag in pdf.tags if tag[0] == "H"]
    assert headings == ["H1", "H2", "H2", "H3", "H2", "H2", "H2"]
    at = pdf.tags.index("Table")
    assert pdf.tags[at : at + 6] == ["Table", "THead", "TR", "TH", "TH", "TH"]
    assert "L" in pdf.tags


async def test_a_draft_says_on_every_page_that_it_is_one(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils)
    for _ in range(3):
        await point(whole, meeting, minutes="En lång rad som sades på mötet. " * 150)
    pdf = await pdf_of(whole, meeting)
    many = len(pdf.pages)
    assert many > 2
    for number, text in enumerate(pdf.pages, 1):
        assert "UTKAST" in text
        assert f"Sida {number} av {many}" in text
    pdf.holds("Inte justerat", "Justering", "Protokollet är inte justerat.")


async def test_what_was_written_stands_there_as_it_was_written(whole: Whole) -> None:
    council = await council_in(whole.councils, name=HOSTILE)
    meeting = await meeting_in(whole.councils, council, title=HOSTILE, place=HOSTILE)
    long = "W" * 3000
    await point(whole, meeting, title=HOSTILE, minutes=f"{HOSTILE}\n{long}")
    await whole.councils.made("/decisions", a_decision(meeting, text=HOSTILE))
    todo = {"council_id": council["id"], "meeting_id": meeting["id"], "text": HOSTILE}
    await whole.councils.made("/action-items", todo)
    pdf = await pdf_of(whole, meeting)
    plain = pdf.text.replace(" ", "")
    assert plain.count(HOSTILE.replace(" ", "")) == 8
    assert plain.count("W") == 3000


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Bra 👍 jobbat", "Bra [THUMBS UP SIGN] jobbat"),
        ("👩\u200d🔧 och 漢", "[WOMAN][WRENCH] och [CJK UNIFIED IDEOGRAPH-6F22]"),
        ("a\ufeffb → ✓ ś č Ж", "ab → ✓ ś č Ж"),
    ],
)
async def test_a_sign_that_no_font_has_is_read_by_its_name(
    whole: Whole, written: str, read: str
) -> None:
    meeting = await meeting_in(whole.councils, title=f"Möte {written}")
    pdf = await pdf_of(whole, meeting)
    pdf.holds(f"Möte {read}")
    assert pdf.claims_accessibility


async def test_minutes_of_a_meeting_without_anything_say_so(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils, place=None, status="cancelled")
    pdf = await pdf_of(whole, meeting)
    pdf.holds(
        "Inställt", "Närvaron är inte antecknad.", "Dagordningen är tom.", "Inga beslut.",
        "Inga åtgärder.", "Protokollet är inte justerat.",
    )  # fmt: skip
    assert "None" not in pdf.text


async def test_approved_minutes_are_the_same_file_every_time(whole: Whole) -> None:
    meeting, post = await meeting_in(whole.councils), await whole.post(await whole.actor())
    await approve(whole, meeting, post)
    browser, path = await whole.browser("reader"), f"/moten/{meeting['id']}/protokoll.pdf"
    first, second = await browser.http.get(path), await browser.http.get(path)
    assert first.content == second.content


async def test_notes_of_a_draft_are_left_out_for_who_reads_only_approved_ones(
    whole: Whole,
) -> None:
    meeting, post = await meeting_in(whole.councils), await whole.post(await whole.actor())
    await point(whole, meeting, minutes="Sagt i förtroende")
    assert "förtroende" in (await pdf_of(whole, meeting, "strategist")).text
    reader, path = await whole.browser("reader"), f"/moten/{meeting['id']}/protokoll.pdf"
    draft = Pdf((await reader.http.get(path)).content)
    assert "förtroende" not in draft.text
    assert "anteckningar kan saknas" in draft.text
    await approve(whole, meeting, post)
    assert "förtroende" in Pdf((await reader.http.get(path)).content).text


async def test_a_file_never_has_unknown_names_because_a_service_is_away(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, reader = await meeting_in(whole.councils), await whole.browser("reader")
    switchboard = whole.app.state.switchboard
    ask = switchboard.ask

    async def away(service: str, *asked: Any, **more: Any) -> Any:
        if service == "analysis":
            raise Unavailable("away")
        return await ask(service, *asked, **more)

    monkeypatch.setattr(switchboard, "ask", away)
    page = await reader.get(f"/moten/{meeting['id']}/protokoll.pdf")
    assert page.status == 503
    assert (await reader.get(f"/moten/{meeting['id']}")).status == 200


async def test_approved_minutes_tell_what_stood_there_when_they_were_approved(
    whole: Whole,
) -> None:
    council = await council_in(whole.councils)
    meeting = await meeting_in(whole.councils, council)
    actor = await whole.actors.made("/actors", {"name": "Exempelkommun", "kind": "municipality"})
    post = await whole.actors.made("/posts", {"actor_id": actor["id"], "title": "Ordförande"})
    told = {"council_id": council["id"], "meeting_id": meeting["id"], "text": "Ring skolan"}
    first = await whole.councils.made("/action-items", told)
    second = await whole.councils.made("/action-items", told | {"text": "Skriv till bolaget"})
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}"
    await approve(whole, meeting, post)
    before = (await browser.get(f"{path}/protokoll")).text("article")
    url = f"/action-items/{first['id']}"
    changed = await whole.councils.put(url, told | {"text": "Något annat"}, version=1)
    assert changed.is_success
    await whole.councils.made(f"/action-items/{second['id']}/complete", {"done_on": day(0)})
    assert (await browser.get(f"{path}/protokoll")).text("article") == before
    assert "Skriv till bolaget" in before
    file = Pdf((await browser.http.get(f"{path}/protokoll.pdf")).content)
    file.holds("Åtgärder", "Ring skolan", "Skriv till bolaget")
    assert "Något annat" not in file.text
    assert (await browser.get(f"{path}/justera")).status == 303
    assert "Protokollet är justerat och låst" in (await browser.get(path)).text("body")
    locked = await browser.get(f"{path}/atgarder")
    assert "Protokollet är justerat och låst" in locked.text("main")
    assert locked.all("main form") == []


async def test_approved_minutes_keep_their_names_and_tell_what_is_later_as_later(
    whole: Whole,
) -> None:
    council = await council_in(whole.councils, name="Exempelrådet för trä")
    meeting = await meeting_in(whole.councils, council)
    actor = await whole.actor()
    post = await whole.post(actor, "Ordförande")
    decided = a_decision(meeting, text="Starta en", owner_post_id=post["id"])
    decision = await whole.councils.made("/decisions", decided)
    path, browser = f"/moten/{meeting['id']}/protokoll", await whole.browser("reader")
    await approve(whole, meeting, post)
    before = (await browser.get(path)).text("article")
    assert "Ordförande" in before
    renamed = {"actor_id": actor["id"], "title": "Samordnare"}
    assert (await whole.actors.put(f"/posts/{post['id']}", renamed, version=1)).is_success
    await changed(whole.councils, COUNCILS, council["id"], name="Exempelrådet för skog")
    assert (await browser.get(path)).text("article") == before
    later = await meeting_in(whole.councils, council, starts_at=at(-1))
    new = a_decision(later, text="Starta två", decided_on=day(-1), supersedes_id=decision["id"])
    await whole.councils.made("/decisions", new)
    said = f"Ersatt av ett senare beslut, {day_text(day(-1))}, efter att protokollet justerades."
    assert said in (await browser.get(path)).text("article")
    (await pdf_of(whole, meeting)).holds(said)
    draft = await meeting_in(whole.councils, council)
    first = await whole.councils.made("/decisions", a_decision(draft, text="Bygga"))
    new = a_decision(draft, text="Bygga mer", supersedes_id=first["id"])
    await whole.councils.made("/decisions", new)
    text = (await browser.get(f"/moten/{draft['id']}/protokoll")).text("article")
    assert f"Ersatt av ett senare beslut, {day_text(new['decided_on'])}." in text


async def test_approved_minutes_and_their_meeting_keep_who_came_and_as_what(whole: Whole) -> None:
    actor, other = await whole.actor(1), await whole.actor(2)
    council = await council_in(whole.councils)
    told = a_seat(council, actor_id=actor["id"], role="chair")
    seat = await whole.councils.made("/seats", told)
    need = await whole.councils.made("/needs", a_need(statement="Operatörer till maskinerna"))
    meeting = await meeting_in(whole.councils, council)
    await point(whole, meeting, need_ids=[need["id"]])
    came = {"meeting_id": meeting["id"], "seat_id": seat["id"], "attended": True}
    await whole.councils.made("/attendances", came)
    await approve(whole, meeting, await whole.post(actor))
    browser, path = await whole.browser("reader"), f"/moten/{meeting['id']}"
    before = (await browser.get(f"{path}/protokoll")).text("article")
    parts = [f'[aria-labelledby="{card}-heading"]' for card in ("agenda", "attendance")]
    cards = [(await browser.get(path)).text(part) for part in parts]
    file = Pdf((await browser.http.get(f"{path}/protokoll.pdf")).content).text
    assert "Exempelkommun 1" in before
    assert "Exempelkommun 1" in cards[1]
    wrong = {"actor_id": other["id"], "role": "secretary"}
    assert (await changed(whole.councils, SEATS, seat["id"], **wrong)).is_success
    said = {"statement": "Tekniker till maskinerna"}
    assert (await changed(whole.councils, NEEDS, need["id"], **said)).is_success
    assert (await browser.get(f"{path}/protokoll")).text("article") == before
    assert [(await browser.get(path)).text(part) for part in parts] == cards
    assert Pdf((await browser.http.get(f"{path}/protokoll.pdf")).content).text == file


async def test_minutes_say_that_a_substitute_came_and_who_to_whom_may_know(whole: Whole) -> None:
    council = await council_in(whole.councils)
    meeting, actors = await meeting_in(whole.councils, council), []
    named = {"substitute": "Exempelperson"}
    for number, told in enumerate(
        (
            named | {"attended": True, "answer": "yes"},
            {"attended": True, "answer": "substitute"},
            {"attended": False, "answer": "substitute"} | named,
            {"attended": True, "answer": "yes"},
        ),
        start=1,
    ):
        actors.append(await whole.actor(number))
        seat = await whole.councils.made("/seats", a_seat(council, actor_id=actors[-1]["id"]))
        of = {"meeting_id": meeting["id"], "seat_id": seat["id"]}
        await whole.councils.made("/attendances", of | told)
    await approve(whole, meeting, await whole.post(actors[0]))
    path = f"/moten/{meeting['id']}"
    for role, first in (
        ("process_leader", "Närvarande genom ersättare: Exempelperson"),
        ("reader", "Närvarande genom ersättare"),
    ):
        browser = await whole.browser(role)
        came = [first, "Närvarande genom ersättare", "Frånvarande", "Närvarande"]
        page = await browser.get(f"{path}/protokoll")
        assert [one.text().strip() for one in page.all('td[data-label="Närvaro"]')] == came
        file = Pdf((await browser.http.get(f"{path}/protokoll.pdf")).content)
        file.holds(*came)
        assert ("Exempelperson" in file.text) == (role == "process_leader")
        card = (await browser.get(path)).text('[aria-labelledby="attendance-heading"]')
        assert ("ersättare: Exempelperson" in card) == (role == "process_leader")
        assert card.count("genom ersättare") == (1 if role == "process_leader" else 2)


async def test_nobody_approves_what_they_have_not_read(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils, await council_in(whole.councils))
    said = await point(whole, meeting, minutes="Vi anställer tre")
    actor = await whole.actors.made("/actors", {"name": "Exempelkommun", "kind": "municipality"})
    post = await whole.actors.made("/posts", {"actor_id": actor["id"], "title": "Ordförande"})
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}/justera"
    page = await browser.get(path)
    assert "Vi anställer tre" in page.text("article")
    await changed(whole.councils, AGENDA_ITEMS, said["id"], minutes="Vi anställer ingen")
    fields = page.fields(path) | {"approved_by_post_id": [post["id"]]}
    refused = await browser.send(path, **fields)
    assert refused.status == 422
    assert "Protokollet har ändrats sedan du läste det" in refused.text(".errors")
    assert "Vi anställer ingen" in refused.text("article")
    done = await browser.send(path, **refused.fields(path))
    assert done.status == 303
    url = f"/meetings/{meeting['id']}"
    assert (await whole.councils.get(url)).json()["minutes_state"] == "approved"
