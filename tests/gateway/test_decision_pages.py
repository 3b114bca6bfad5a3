"""Decisions and agendas on pages: written, changed, replaced, and a need put before a meeting."""

from typing import Any

from tests.callers import LEADER
from tests.councils.builders import a_decision, a_seat, at, council_in, day, meeting_in
from tests.councils.test_decision import approve
from tests.councils.work import a_need
from tests.gateway.looking import Page
from tests.gateway.whole import Fact, Whole

COUNTED = "Mötet räknas som genomfört när det första beslutet sparas"
SEE_OTHER = 303
SHARE = {"minority_share": "0.12", "minority_share_source": "Exempelstatistik"}


def links(page: Page) -> list[str]:
    """Where the content's links lead."""
    return [link.attributes["href"] or "" for link in page.all("main a")]


async def one(whole: Whole, path: str) -> Any:
    """A thing of the councils service."""
    return (await whole.councils.by(LEADER).get(path)).json()


async def need_of(whole: Whole, council: Fact | None, **more: Any) -> Fact:
    """A need, perhaps of a council."""
    return await whole.councils.made("/needs", a_need(council_id=council and council["id"], **more))


async def test_a_decision_begins_with_its_meetings_day_in_sweden(whole: Whole) -> None:
    late = f"{day(-20)}T23:30:00Z"  # the next day in Sweden, summer and winter
    meeting = await meeting_in(whole.councils, starts_at=late)
    page = await (await whole.browser("process_leader")).get(f"/moten/{meeting['id']}")
    assert page.fields(f"/moten/{meeting['id']}/beslut")["decided_on"] == [day(-19)]


async def test_everything_wrong_in_a_decision_is_told_at_once(whole: Whole) -> None:
    council = await council_in(whole.councils)
    meeting, need = (
        await meeting_in(whole.councils, council),
        await need_of(whole, council, **SHARE),
    )
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}"
    wrong = await browser.submit(
        path, at=f"{path}/beslut", need_ids=need["id"], review_on="2020-01-01", due_on="2020-01-01",
        **{"basis.0.kind": "document"},
    )  # fmt: skip
    assert wrong.status == 422
    assert wrong.errors == [
        "Fyll i ”Skriv beslut”.",
        "”Klart senast” är för tidigt. Välj ett senare datum.",
        "Fyll i ”Vad, rad 1”.",
        "Skriv jämställdhetskontrollen, för yrket har mindre än 40 % av ett kön.",
        "”Följs upp” är för tidigt. Välj ett senare datum.",
    ]
    ruled = await browser.submit(
        path, at=f"{path}/beslut", text="Starta", need_ids=need["id"], decided_on=day(1)
    )
    assert len(ruled.errors) == 2


async def test_a_decision_begins_at_a_point_of_the_agenda(whole: Whole) -> None:
    meeting, need = await meeting_in(whole.councils), await need_of(whole, None)
    point = {"title": "Operatörer", "kind": "decision", "need_ids": [need["id"]]}
    item = await whole.councils.made("/agenda-items", point | {"meeting_id": meeting["id"]})
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}"
    begin = f"{path}?agenda_item_id={item['id']}"
    assert f"{begin}#decision-text" in links(await browser.get(path))
    made = await browser.submit(begin, at=f"{path}/beslut", text="Vi startar")
    assert made.status == SEE_OTHER
    decision = (await one(whole, f"/decisions?meeting_id={meeting['id']}"))["items"][0]
    assert decision["agenda_item_id"] == item["id"]
    assert [named for named in decision["need_ids"] if named] == [need["id"]]


async def test_a_decision_is_changed_until_the_minutes_are_approved(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils)
    rests_on = {"kind": "document", "label": "Utredning", "url": "https://exempel.se/utredning"}
    told = a_decision(meeting, basis=[rests_on, {"kind": "other", "label": "Samtal"}])
    decision = await whole.councils.made("/decisions", told | {"example": True})
    browser, path = await whole.browser("process_leader"), f"/beslut/{decision['id']}"
    assert f"{path}/andra" in links(await browser.get(path))
    assert f"{path}/andra" in links(await browser.get(f"/moten/{meeting['id']}"))
    wrong = await browser.submit(f"{path}/andra", text="", review_on="2020-01-01")
    assert len(wrong.errors) == 2
    row = {"basis.1.kind": "", "basis.1.label": ""}
    done = await browser.submit(f"{path}/andra", text="Starta två", **row)
    assert done.answer.headers["location"] == path
    changed = await one(whole, f"/decisions/{decision['id']}")
    assert (changed["text"], changed["example"]) == ("Starta två", True)
    assert [part["url"] for part in changed["basis"]] == [rests_on["url"]]
    stale = await browser.submit(f"{path}/andra", text="Tre", version="1")
    assert stale.status == 422
    await approve(whole.councils, meeting)
    page = await browser.get(path)
    assert f"{path}/andra" not in links(page)
    assert (await browser.get(f"{path}/andra")).answer.headers["location"] == path
    assert f"{path}/ersatt" in links(await browser.get(f"/moten/{meeting['id']}"))
    assert (await (await whole.browser("reader")).get(f"{path}/ersatt")).status == 403


async def test_a_decision_is_replaced_by_another_and_both_say_so(whole: Whole) -> None:
    council = await council_in(whole.councils)
    need = await need_of(whole, council)
    meeting = await meeting_in(whole.councils, council)
    told = a_decision(meeting, text="Starta en", need_ids=[need["id"]], due_on=day(-1))
    old = await whole.councils.made("/decisions", told)
    await approve(whole.councils, meeting)
    later = await meeting_in(whole.councils, council, starts_at=at(-2), title="Extra möte")
    await meeting_in(whole.councils, council, starts_at=at(9), status="planned", title="Sedan")
    browser, path = await whole.browser("process_leader"), f"/beslut/{old['id']}"
    form = await browser.get(f"{path}/ersatt")
    begun = form.fields(f"{path}/ersatt")
    assert (begun["text"], begun["meeting_id"]) == (["Starta en"], [later["id"]])
    assert (begun["due_on"], begun["decided_on"]) == ([""], [""])
    assert "Sedan" not in form.text("select[name=meeting_id]")
    wrong = await browser.submit(f"{path}/ersatt", text="", due_on=day(-100))
    assert len(wrong.errors) == 2
    done = await browser.submit(f"{path}/ersatt", text="Starta två")
    new = done.answer.headers["location"]
    made = await one(whole, f"/decisions/{new.rpartition('/')[2]}")
    assert (made["decided_on"], made["meeting_id"]) == (day(-2), later["id"])
    assert made["need_ids"] == [need["id"]]
    assert "Ersätter Starta en" in (await browser.get(new)).text()
    replaced = await browser.get(path)
    assert "Ersatt av Starta två" in replaced.text()
    assert f"{path}/ersatt" not in links(replaced)
    assert (await browser.get(f"{path}/ersatt")).answer.headers["location"] == new
    twice = await browser.send(f"{path}/ersatt", **begun | {"once": "again"})
    assert twice.errors == ["Beslutet är redan ersatt av ett annat."]
    for shown in (f"/behov/{need['id']}", f"/branschrad/{council['id']}"):
        assert "Ersatt av ett senare beslut" in (await browser.get(shown)).text()
    corrected = await browser.submit(
        f"{new}/ersatt", text="Starta tre", meeting_id=later["id"], decided_on=day(-1)
    )
    assert corrected.status == SEE_OTHER


async def test_a_need_is_put_before_the_next_meeting_in_two_clicks(whole: Whole) -> None:
    council = await council_in(whole.councils)
    need = await need_of(whole, council, statement="Operatörer till maskinerna")
    await meeting_in(whole.councils, council, starts_at=at(-3), title="Förra")
    await meeting_in(whole.councils, starts_at=at(3), status="planned", title="Grannens")
    planned = {"status": "planned", "title": "Nästa"}
    meeting = await meeting_in(whole.councils, council, starts_at=at(5), **planned)
    await meeting_in(whole.councils, council, starts_at=at(9), status="planned", title="Sedan")
    browser, path = await whole.browser("process_leader"), f"/behov/{need['id']}"
    assert f"{path}/mote" in links(await browser.get(path))
    page = await browser.get(f"{path}/mote")
    assert "Förra" not in page.text()
    assert "Grannens" not in page.text()
    done = await browser.submit(f"{path}/mote")
    assert done.answer.headers["location"] == f"/moten/{meeting['id']}"
    item = (await one(whole, f"/agenda-items?need_id={need['id']}"))["items"][0]
    assert (item["kind"], item["meeting_id"]) == ("decision", meeting["id"])
    assert item["title"].startswith("Operatörer")
    assert f"/moten/{meeting['id']}" in links(await browser.get(path))
    again = await browser.get(f"{path}/mote")
    assert "Behovet står redan på dagordningen: Nästa" in again.text()
    assert "Nästa" not in " ".join(label.text() for label in again.all("fieldset label"))
    assert (await browser.submit(f"{path}/mote", title="")).errors == [
        "Fyll i ”Rubrik på punkten”."
    ]
    assert (await (await whole.browser("reader")).get(f"{path}/mote")).status == 403


async def test_a_meeting_is_called_where_there_is_none_to_put_a_need_before(whole: Whole) -> None:
    council = await council_in(whole.councils)
    browser = await whole.browser("process_leader")
    for owner in (council, None):
        need = await need_of(whole, owner)
        path = f"/behov/{need['id']}/mote"
        page = await browser.get(path)
        call = f"{path}/nytt"
        assert ("council_id" in page.fields(call)) is (owner is None)
        wrong = await browser.submit(path, at=call)
        assert wrong.status == 422
        told = {"council_id": council["id"]} if owner is None else {}
        done = await browser.submit(path, at=call, starts_at=f"{day(30)}T13:00", **told)
        assert done.status == SEE_OTHER
        item = (await one(whole, f"/agenda-items?need_id={need['id']}"))["items"][0]
        assert done.answer.headers["location"] == f"/moten/{item['meeting_id']}"
        assert item["kind"] == "decision"
        await whole.councils.made(f"/needs/{need['id']}/drop", {"reason": "Exempel"})
        assert path not in links(await browser.get(f"/behov/{need['id']}"))


async def test_a_coming_meeting_says_from_when_it_decides(whole: Whole) -> None:
    council = await council_in(whole.councils)
    await whole.councils.made("/seats", a_seat(council))
    meeting = await meeting_in(whole.councils, council, status="planned", starts_at=at(9))
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}"
    page = await browser.get(path)
    coming = await browser.get(f"{path}/narvaro")
    assert "Närvarande" not in coming.text("main"), "nobody has come yet"
    (answer,) = {name for name in coming.fields() if name.startswith("answer.")}
    answered = await browser.submit(f"{path}/narvaro", **{answer: "yes"})
    assert answered.status == SEE_OTHER
    (coming,) = (await one(whole, f"/attendances?meeting_id={meeting['id']}"))["items"]
    assert (coming["answer"], coming["attended"]) == ("yes", None)
    assert not page.all(f'form[action="{path}/beslut"]')
    assert not page.all(f'a[href="{path}/justera"]')
    assert "från och med mötets dag" in page.text('[aria-labelledby="decisions-heading"]')
    for addition in (f"{path}/dagordning", f"{path}/atgarder"):
        assert not page.all(f'form[action="{addition}"]'), "it would lose a decision being written"
        assert page.all(f'a[href="{addition}"]')
        assert (await browser.submit(addition, title="", text="")).status == 422
    early = await browser.submit(f"{path}/dagordning", title="Exempelpunkt", kind="decision")
    assert early.status == SEE_OTHER
    assert "Skriv beslut" not in (await browser.get(path)).text()


async def test_a_decision_begins_with_the_day_of_its_meeting(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils, status="planned", starts_at=at(-9))
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}"
    assert COUNTED in (await browser.get(path)).text('[aria-labelledby="decisions-heading"]')
    fields = (await browser.get(path)).fields(f"{path}/beslut")
    assert fields["decided_on"] == [day(-9)]
    told = fields | {"text": "Exempelbeslut", "decided_on": day(-10)}
    early = await browser.send(f"{path}/beslut", **told)
    assert "Mötet hölls senare än så" in early.text('[id="decision-decided_on-wrong"]')
    made = await browser.send(f"{path}/beslut", **fields | {"text": "Exempelbeslut"})
    assert made.status == SEE_OTHER
    held = await browser.get(path)
    assert "Genomfört" in held.text("h1 + .row")
    assert COUNTED not in held.text("main")


async def test_a_needs_verdict_is_the_basis_by_one_tick(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils, starts_at=at(0, 0))
    need = await need_of(whole, None, occupation_code="7522", headcount_per_year=5)
    point = {"title": "Operatörer", "kind": "decision", "need_ids": [need["id"]]}
    item = await whole.councils.made("/agenda-items", point | {"meeting_id": meeting["id"]})
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}"
    begin = f"{path}?agenda_item_id={item['id']}"
    assert "kort sikt: kan inte avgöras" in (await browser.get(begin)).text()
    none = await browser.submit(path, at=f"{path}/beslut", text="Vi startar", verdicts="true")
    assert none.errors == ["Välj minst ett behov som har en bedömning, eller ta bort krysset."]
    wrong = await browser.submit(begin, at=f"{path}/beslut", verdicts="true")
    assert len(wrong.errors) == 1
    again = wrong.fields(f"{path}/beslut") | {"text": "Vi startar"}
    assert (await browser.send(f"{path}/beslut", **again)).status == SEE_OTHER
    decision = (await one(whole, f"/decisions?meeting_id={meeting['id']}"))["items"][0]
    (basis,) = decision["basis"]
    assert (basis["kind"], basis["id"], basis["as_of"]) == ("verdict", need["id"], day(0))
    page = await browser.get(f"/beslut/{decision['id']}")
    shown = page.one("[aria-labelledby=basis-heading] a")
    assert shown.attributes["href"] == f"/behov/{need['id']}"


async def test_todays_verdict_is_the_basis_of_what_was_just_decided_and_says_its_day(
    whole: Whole,
) -> None:
    meeting, need = await meeting_in(whole.councils), await need_of(whole, None, example=True)
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}"
    form = f"{path}/beslut"
    told = {"text": "Vi startar", "need_ids": need["id"], "verdicts": "true"}
    by_hand = {"basis.0.kind": "document", "basis.0.label": "Plan", "basis.0.as_of": day(0)}
    late = await browser.submit(path, at=form, text="Vi startar", **by_hand)
    assert late.errors == ["”Från den, rad 1” kan inte vara efter den dag då beslutet fattades."]
    assert (await browser.submit(path, at=form, **told)).status == SEE_OTHER
    decision = (await one(whole, f"/decisions?meeting_id={meeting['id']}"))["items"][0]
    (basis,) = decision["basis"]
    assert (decision["decided_on"], basis["as_of"], basis["example"]) == (day(-7), day(0), True)
    shown = (await browser.get(f"/beslut/{decision['id']}")).text("[aria-labelledby=basis-heading]")
    assert "Exempel" in shown
    assert "när beslutet skrevs in" in shown
    changed = await browser.submit(f"/beslut/{decision['id']}/andra", text="Vi startar snart")
    assert changed.status == SEE_OTHER
    again = (await one(whole, f"/decisions/{decision['id']}"))["basis"]
    assert again == decision["basis"]


async def test_todays_verdict_is_no_basis_of_what_was_decided_long_ago(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils, starts_at=at(-15))
    need = await need_of(whole, None)
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}"
    form = f"{path}/beslut"
    told = {"text": "Vi startar", "need_ids": need["id"], "verdicts": "true"}
    wrong = await browser.submit(path, at=form, **told)
    assert (wrong.status, len(wrong.errors)) == (422, 1)
    assert "Bedömningarna görs med det som är känt i dag" in wrong.errors[0]
    assert "basis.0.label" not in {n for n, v in wrong.fields(form).items() if any(v)}
    made = await browser.submit(path, at=form, **told | {"decided_on": day(0)})
    assert made.status == SEE_OTHER
    decision = (await one(whole, f"/decisions?meeting_id={meeting['id']}"))["items"][0]
    blank = {"decided_on": "", "basis.0.kind": "", "basis.0.label": "", "basis.0.as_of": ""}
    again = await browser.submit(f"/beslut/{decision['id']}/ersatt", **blank, verdicts="true")
    assert again.errors == wrong.errors, "a day that is left out is the meeting's"


async def test_a_need_that_was_dropped_is_offered_for_nothing_new(whole: Whole) -> None:
    council = await council_in(whole.councils)
    gone, there = [await need_of(whole, council) for _ in range(2)]
    others = await need_of(whole, None)
    meeting = await meeting_in(whole.councils, council)
    told = a_decision(meeting, need_ids=[gone["id"]])
    decision = await whole.councils.made("/decisions", told)
    points = []
    for need in (gone, there, others):
        body = {"meeting_id": meeting["id"], "kind": "decision", "title": "Exempelpunkt"}
        points.append(await whole.councils.made("/agenda-items", body | {"need_ids": [need["id"]]}))
    named = {"title": "Exempelinsats", "kind": "other", "horizon": "short",
             "lead_actor_id": (await whole.actor())["id"], "need_ids": [gone["id"]]}  # fmt: skip
    initiative = await whole.councils.made("/initiatives", named)
    for need in (gone, others):
        await whole.councils.made(f"/needs/{need['id']}/drop", {"reason": "Exempel"})
    browser = await whole.browser("process_leader")

    async def offered(path: str) -> set[str | None]:
        boxes = (await browser.get(path)).all("[name=need_ids]")
        return {one.attributes.get("value") for one in boxes} - {None, ""}

    assert await offered(f"/moten/{meeting['id']}") == {there["id"]}
    both = await offered(f"/beslut/{decision['id']}/andra")
    assert both == {gone["id"], there["id"]}, "what it is about already may stay"
    for path, about in (
        (f"/dagordning/{points[0]['id']}", {gone["id"]}),
        (f"/dagordning/{points[1]['id']}", set()),
        (f"/initiativ/{initiative['id']}/andra", {gone["id"]}),
        ("/initiativ/nytt", set()),
    ):
        assert await offered(path) == {there["id"]} | about, path
    asked = f"/initiativ/nytt?need_id={gone['id']}"
    assert asked not in links(await browser.get(f"/behov/{gone['id']}"))
    for sent, shown in ((["", gone["id"]], [gone["id"]]), ("x", [])):
        page = await browser.submit("/initiativ/nytt", title="", need_ids=sent)
        chosen = page.all("[name=need_ids][checked]")
        assert [one.attributes["value"] for one in chosen] == shown, "and what was chosen"


async def test_an_initiative_begun_at_its_need_rests_on_what_was_decided_about_it(
    whole: Whole,
) -> None:
    council = await council_in(whole.councils)
    need = await need_of(whole, council)
    meeting = await meeting_in(whole.councils, council)
    decision = await whole.councils.made("/decisions", a_decision(meeting, need_ids=[need["id"]]))
    browser = await whole.browser("process_leader")
    chosen = "select[name=decision_id] option[selected]"
    begun = await browser.get(f"/initiativ/nytt?need_id={need['id']}")
    assert begun.one(chosen).attributes["value"] == decision["id"]
    named = {"title": "Exempelinsats", "kind": "other", "horizon": "short",
             "lead_actor_id": (await whole.actor())["id"], "need_ids": [need["id"]]}  # fmt: skip
    initiative = await whole.councils.made("/initiatives", named)
    deciding = await browser.get(f"/initiativ/{initiative['id']}/besluta")
    assert deciding.one(chosen).attributes["value"] == decision["id"]
    asked = f"/initiativ/nytt?need_id={need['id']}&decision_id={decision['id']}"
    assert asked in links(await browser.get(f"/moten/{meeting['id']}"))
