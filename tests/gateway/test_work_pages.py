"""Councils, needs and initiatives on pages: what is stored is told in words, and undone whole."""

import pytest

from tests.councils.builders import a_decision, a_seat, at, council_in, day, meeting_in
from tests.councils.test_decision import approve
from tests.councils.work import a_need, an_initiative, an_outcome, new_interview, typed
from tests.gateway.whole import Whole

SEE_OTHER, NOT_FOUND, CLASH = 303, 404, 422


async def test_a_closed_councils_phases_say_why_in_words(whole: Whole) -> None:
    council = await council_in(whole.councils)
    closing = {"closed_on": day(-1), "reason": "goal_met", "result": "Klart"}
    await whole.councils.made(f"/councils/{council['id']}/close", closing)
    page = await (await whole.browser("reader")).get(f"/branschrad/{council['id']}")
    assert "Målet nåddes" in page.text(".timeline")
    assert "goal_met" not in page.text()


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/moten/nytt", "council_id"),
        ("/initiativ/nytt", "council_id"),
        ("/intervjuer/ny", "council_id"),
        ("/behov/nytt", "council_id"),
        ("/mandat/nytt", "holder_council_id"),
    ],
)
async def test_a_closed_council_is_offered_for_nothing_new(
    whole: Whole, path: str, field: str
) -> None:
    council = await council_in(whole.councils)
    other = await council_in(whole.councils, name="Exempelrådet som är kvar")
    await whole.councils.made("/dialogue-maps/default", None)
    closing = {"closed_on": day(-1), "reason": "goal_met", "result": "Klart"}
    await whole.councils.made(f"/councils/{council['id']}/close", closing)
    browser = await whole.browser("process_leader")
    page = await browser.get(path)
    values = {one.attributes["value"] for one in page.all(f'select[name="{field}"] option')}
    assert (other["id"] in values, council["id"] in values) == (True, False)
    again = await browser.submit(path, **{field: council["id"]})
    assert again.status == 422
    assert again.fields()[field] == [council["id"]]


async def test_what_is_over_offers_nothing_to_add(whole: Whole) -> None:
    initiative = await whole.councils.made("/initiatives", an_initiative())
    meeting = await meeting_in(whole.councils, status="planned")
    browser = await whole.browser("process_leader")
    initiative_page, meeting_page = f"/initiativ/{initiative['id']}", f"/moten/{meeting['id']}"
    step, point = f"{initiative_page}/steg/nytt", f"{meeting_page}/dagordning"
    forms = [(await browser.get(path)).fields() for path in (step, point)]
    for shown, path in ((initiative_page, step), (meeting_page, point)):
        assert (await browser.get(shown)).all(f'a[href^="{path}"]')
    stop = {"closed_on": day(0), "reason": "Tid"}
    await whole.councils.made(f"/initiatives/{initiative['id']}/stop", stop)
    called = {name: meeting[name] for name in ("council_id", "title", "starts_at", "place")}
    off = called | {"status": "cancelled"}
    assert (await whole.councils.put(f"/meetings/{meeting['id']}", off, version=1)).is_success
    assert not (await browser.get(initiative_page)).all(f'a[href^="{step}"]')
    assert not (await browser.get(meeting_page)).all(f'a[href^="{point}"]')
    for path, form in zip((step, point), forms, strict=True):
        late = await browser.send(path, **form | {"title": "Mer"})
        assert late.status == CLASH
        assert "inställt" in late.text() or "avslutat" in late.text()


async def test_a_closed_councils_meetings_offer_only_to_finish_their_minutes(whole: Whole) -> None:
    council = await council_in(whole.councils)
    held = await meeting_in(whole.councils, council, starts_at=at(-20))
    never = await meeting_in(whole.councils, council, status="planned", starts_at=at(-9))
    browser = await whole.browser("process_leader")
    closing = {"closed_on": day(-1), "reason": "expired", "result": "Klart"}
    ways = ("dagordning", "atgarder", "beslut")
    for closed in (False, True):
        if closed:
            await whole.councils.made(f"/councils/{council['id']}/close", closing)
        for meeting, item in ((held, True), (never, not closed)):
            page, path = await browser.get(f"/moten/{meeting['id']}"), f"/moten/{meeting['id']}"
            found = [
                bool(page.all(f'[href^="{path}/{way}"], form[action="{path}/{way}"]'))
                for way in ways
            ]
            assert found == [item, not closed, not closed], (meeting["status"], closed)


async def test_a_need_of_a_closed_council_keeps_it(whole: Whole) -> None:
    council = await council_in(whole.councils)
    need = await whole.councils.made("/needs", a_need(council_id=council["id"]))
    closing = {"closed_on": day(-1), "reason": "goal_met", "result": "Klart"}
    await whole.councils.post(f"/councils/{council['id']}/close", closing | {"reason": "expired"})
    page = await (await whole.browser("process_leader")).get(f"/behov/{need['id']}/andra")
    assert page.fields()["council_id"] == [council["id"]]


async def test_undo_gives_a_need_back_the_status_it_had(whole: Whole) -> None:
    need = await whole.councils.made("/needs", a_need(identified_on=day(-1)))
    await whole.councils.made(f"/needs/{need['id']}/start", {})
    browser, path = await whole.browser("process_leader"), f"/behov/{need['id']}"
    await browser.submit(f"{path}/uppfyllt", evidence="Intyg", met_on=day(-1))
    page = await browser.get(path)
    assert not page.all(f'a[href="{path}/andra"]')
    assert "Öppna det igen för att ändra i det" in page.text()
    undone = await browser.send(f"{path}/steg/oppna", **page.fields(f"{path}/steg/oppna"))
    assert undone.status == SEE_OTHER
    again = await browser.get(path)
    assert "Möts nu" in again.text("h1 + .row")
    assert again.all(f'a[href="{path}/andra"]')


async def test_a_step_that_nobody_named_is_no_page(whole: Whole) -> None:
    need = await whole.councils.made("/needs", a_need())
    initiative = await whole.councils.made("/initiatives", an_initiative())
    browser = await whole.browser("process_leader")
    key = (await browser.get(f"/behov/{need['id']}")).fields(f"/behov/{need['id']}/steg/prioritera")
    for path in (f"/behov/{need['id']}/steg/hejhopp", f"/initiativ/{initiative['id']}/hej"):
        assert (await browser.send(path, **key)).status == NOT_FOUND
    assert (await browser.get(f"/initiativ/{initiative['id']}/hej")).status == NOT_FOUND
    stored = (await whole.councils.get(f"/needs/{need['id']}")).json()
    assert stored["status"] == need["status"]


async def test_an_outcome_shows_what_was_measured(whole: Whole) -> None:
    initiative = await whole.councils.made("/initiatives", an_initiative())
    url = f"/initiatives/{initiative['id']}"
    await whole.councils.made(f"{url}/decide", {"decided_on": day(-9)})
    await whole.councils.made(f"{url}/start", {"started_on": day(-8)})
    measured = {"measure": "Lediga tjänster", "before": "12.5", "after": "0"}
    told = an_outcome(initiative, happened_on=day(-2), **measured)
    await whole.councils.made("/outcomes", told)
    half = told | {"measure": "Sökande", "before": None, "after": "1200"}
    await whole.councils.made("/outcomes", half)
    reader = await whole.browser("reader")
    text = (await reader.get(f"/initiativ/{initiative['id']}")).text()
    assert "Lediga tjänster: 12,5 före, 0 efter" in text
    assert "Sökande: okänt före, 1 200 efter" in text


async def test_an_outcome_is_put_right_and_taken_away_and_the_break_shows(whole: Whole) -> None:
    need = await whole.councils.made("/needs", a_need())
    mine = an_initiative(need_ids=[need["id"]], ends_on=day(-1))
    initiative = await whole.councils.made("/initiatives", mine)
    url = f"/initiatives/{initiative['id']}"
    await whole.councils.made(f"{url}/decide", {"decided_on": day(-9)})
    await whole.councils.made(f"{url}/start", {"started_on": day(-8)})
    outcome = await whole.councils.made("/outcomes", an_outcome(initiative, happened_on=day(-2)))
    place = f"/resultat/{outcome['id']}"
    browser = await whole.browser("process_leader")
    assert (await browser.get(f"/behov/{need['id']}")).all(f'.thread a[href="{place}"]')
    assert (await browser.get(f"/initiativ/{initiative['id']}")).all(f'a[href="{place}"]')
    assert need["statement"] in (await browser.get(place)).text()
    saved = await browser.submit(f"{place}/andra", change="Elva personer har gått")
    assert saved.status == SEE_OTHER
    assert "Elva personer har gått" in (await browser.get(place)).text()
    finished = await whole.councils.made(f"{url}/finish", {"closed_on": day(-1), "reason": None})
    await browser.submit(f"{place}/ta-bort")
    assert "Återuppta initiativet först" in (await browser.get(place)).text()
    assert finished["outcome_count"] == 1
    await whole.councils.made(f"{url}/resume", None)
    assert (await browser.submit(f"{place}/ta-bort")).status == SEE_OTHER
    broken = (await browser.get(f"/behov/{need['id']}")).text()
    assert "Initiativets slutdatum har passerat utan resultat." in broken
    reader = await whole.browser("reader")
    assert (await reader.get(f"/initiativ/{initiative['id']}")).status == 200


async def test_nothing_is_typed_beside_a_button_that_throws_it_away(whole: Whole) -> None:
    """A new step has a page of its own: *Klart* of another one sends nothing of it."""
    initiative = await whole.councils.made("/initiatives", an_initiative())
    await whole.councils.made("/steps", {"initiative_id": initiative["id"], "title": "Ring"})
    browser, place = await whole.browser("process_leader"), f"/initiativ/{initiative['id']}"
    page = await browser.get(place)
    assert page.all('form[action*="/klart?"]')
    shown = "input:not([type=hidden]), textarea, select:not([hidden])"
    assert not [form for form in page.all('main form[method="post"]') if form.css(shown)]
    typed = {"title": "Bjud in skolan", "due_on": day(3)}
    wrong = await browser.submit(f"{place}/steg/nytt", **typed | {"due_on": "2026-02-30"})
    assert (wrong.status, wrong.fields()["title"]) == (CLASH, ["Bjud in skolan"])
    made = await browser.send(f"{place}/steg/nytt", **wrong.fields() | typed)
    assert made.status == SEE_OTHER
    shown = (await browser.get(place)).text('[aria-labelledby="steps-heading"]')
    assert shown.index("Ring") < shown.index("Bjud in skolan")


async def test_a_step_is_put_right_and_taken_away(whole: Whole) -> None:
    initiative = await whole.councils.made("/initiatives", an_initiative())
    of = {"initiative_id": initiative["id"], "title": "Ring skolan", "due_on": day(3)}
    step = await whole.councils.made("/steps", of)
    browser, place = await whole.browser("process_leader"), f"/steg/{step['id']}"
    page = await browser.get(f"/initiativ/{initiative['id']}")
    assert page.all(f'a[href="{place}/andra"]')
    assert page.all(f'a[href="{place}/ta-bort"]')
    wrong = await browser.submit(f"{place}/andra", title="")
    assert wrong.status == CLASH
    await browser.submit(f"{place}/andra", title="Ring högskolan", note="Fråga efter platser")
    text = (await browser.get(f"/initiativ/{initiative['id']}")).text(
        '[aria-labelledby="steps-heading"]'
    )
    assert "Ring högskolan" in text
    assert "Fråga efter platser" in text
    await browser.submit(f"{place}/ta-bort")
    assert (await whole.councils.get(f"/steps/{step['id']}")).status_code == NOT_FOUND


async def test_a_proposed_initiative_is_still_ahead_in_the_thread(whole: Whole) -> None:
    need = await whole.councils.made("/needs", a_need())
    proposed = an_initiative(title="Snickeriskola", need_ids=[need["id"]])
    made = await whole.councils.made("/initiatives", proposed)
    reader = await whole.browser("reader")
    text = (await reader.get(f"/behov/{need['id']}")).text(".thread")
    assert "Initiativ återstår Snickeriskola Föreslaget" in " ".join(text.split())
    stopped = {"closed_on": day(-1), "reason": "Exempel"}
    await whole.councils.made(f"/initiatives/{made['id']}/stop", stopped)
    text = (await reader.get(f"/behov/{need['id']}")).text(".thread")
    assert "Initiativ återstår Snickeriskola Stoppat" in " ".join(text.split())


async def test_a_need_and_its_thread_show_what_its_outcome_measured(whole: Whole) -> None:
    need = await whole.councils.made("/needs", a_need(gap_between=["working_life", "education"]))
    initiative = await whole.councils.made("/initiatives", an_initiative(need_ids=[need["id"]]))
    url = f"/initiatives/{initiative['id']}"
    await whole.councils.made(f"{url}/decide", {"decided_on": day(-9)})
    await whole.councils.made(f"{url}/start", {"started_on": day(-8)})
    measured = {"measure": "Lediga tjänster", "before": "12", "after": "3"}
    told = an_outcome(initiative, happened_on=day(-2), need_ids=[need["id"]], **measured)
    await whole.councils.made("/outcomes", told)
    reader = await whole.browser("reader")
    page = await reader.get(f"/behov/{need['id']}")
    said = "Lediga tjänster: 12 före, 3 efter"
    assert said in page.text('[aria-labelledby="outcomes-heading"]')
    assert said in page.text(".thread")
    assert "arbetsliv och utbildning" in page.text('[aria-labelledby="facts-heading"]')
    assert said in (await reader.get("/roda-traden")).text(".thread")


async def test_threads_of_needs_called_the_same_are_told_apart(whole: Whole) -> None:
    met = await whole.councils.made("/needs", a_need(statement="Exempelbehov 3"))
    await whole.councils.made("/needs", a_need(statement="Exempelbehov 3", horizon="long"))
    await whole.councils.made(f"/needs/{met['id']}/start", {})
    page = await (await whole.browser("reader")).get("/roda-traden")
    states = [" ".join(one.text().split()) for one in page.all("article > .row")]
    assert ["Möts nu" in state for state in states].count(True) == 1
    assert len(states) == 2


async def test_a_need_says_between_which_two_sides_its_gap_stands(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    told = {"statement": "Exempelbehov 1", "areas": "education", "horizon": "short"}
    refused = await browser.submit("/behov/nytt", gap_between="education", **told)
    assert refused.status == 422
    assert refused.error("gap_between")
    both = ["working_life", "education"]
    made = await browser.send("/behov/nytt", **refused.fields() | {"gap_between": both})
    assert made.status == SEE_OTHER
    shown = await browser.get(f"{made.answer.headers['location']}/andra")
    assert set(shown.fields()["gap_between"]) >= set(both)


async def test_needs_are_narrowed_by_municipality_and_urgency(whole: Whole) -> None:
    told = a_need(statement="Exempelbehov 1", urgency="acute", municipality_codes=["1472"])
    await whole.councils.made("/needs", told)
    await whole.councils.made("/needs", a_need(statement="Exempelbehov 2"))
    page = await (await whole.browser("reader")).get("/behov?urgency=acute&municipality_code=1472")
    assert "Exempelbehov 1" in page.text("tbody")
    assert "Exempelbehov 2" not in page.text("tbody")
    assert page.all('[name="urgency"] option[selected][value="acute"]')
    assert page.one('[name="municipality_code"]')


async def test_a_council_with_many_needs_says_so_and_offers_all_of_them(whole: Whole) -> None:
    council = await council_in(whole.councils)
    for number in range(203):
        told = a_need(statement=f"Exempelbehov {number:03}", council_id=council["id"])
        await whole.councils.made("/needs", told)
    meeting = await meeting_in(whole.councils, council, status="planned")
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/branschrad/{council['id']}")
    (more,) = page.all(f'a[href="/behov?council_id={council["id"]}"]')
    assert more.text().strip() == "och 153 till"
    offered = await browser.get(f"/moten/{meeting['id']}")
    assert "Exempelbehov 202" in offered.text()


async def test_an_attendance_that_was_not_saved_is_not_said_to_be(whole: Whole) -> None:
    council = await council_in(whole.councils)
    await whole.councils.made("/seats", a_seat(council))
    meeting = await meeting_in(whole.councils, council)
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}/narvaro"
    assert not (await browser.get(path.removesuffix("/narvaro"))).all(f'form[action="{path}"]')
    shown = await browser.get(path)
    saved = await browser.send(path, **shown.fields(path), rest="true")
    assert saved.answer.headers["location"] == path.removesuffix("/narvaro")
    assert "Närvaron är sparad" in (await browser.get(path)).text()
    await approve(whole.councils, meeting)
    (said,) = {name for name in shown.fields(path) if name.startswith("attended.")}
    refused = await browser.send(path, **shown.fields(path) | {said: "false"})
    assert refused.status == 422
    assert "Närvaron är sparad" not in refused.text()
    assert refused.errors


async def test_a_member_proposes_a_need_in_its_own_council(whole: Whole) -> None:
    own, other = await council_in(whole.councils), await council_in(whole.councils, name="Annat")
    actor, person = await whole.actor(), await whole.person()
    post = await whole.post(actor)
    await whole.holding(post, person, day(-99))
    seat = a_seat(own, actor_id=actor["id"], post_id=post["id"])
    await whole.councils.made("/seats", seat)
    member = await whole.browser("council_member", person_id=person["id"])
    assert (await member.get("/behov")).all('.nav a[href="/behov/nytt"]')
    page = await member.get("/behov/nytt")
    offered = {one.attributes["value"] for one in page.all('select[name="council_id"] option')}
    assert (own["id"] in offered, other["id"] in offered) == (True, False)
    told = {"statement": "Fler snickare", "areas": "education", "horizon": "short"}
    nowhere = await member.submit("/behov/nytt", **told)
    assert nowhere.error("council_id") == "Välj ett branschråd där du har en plats."
    made = await member.send("/behov/nytt", **nowhere.fields() | {"council_id": own["id"]})
    assert made.status == SEE_OTHER
    shown = await member.get(made.answer.headers["location"])
    assert shown.status == 200
    assert "Fler snickare" in shown.text()
    assert not shown.all('a[href$="/andra"]')


async def test_a_reader_proposes_no_need(whole: Whole) -> None:
    reader = await whole.browser("reader")
    assert not (await reader.get("/behov")).all('a[href="/behov/nytt"]')
    assert (await reader.get("/behov/nytt")).status == 403


async def test_an_interview_begun_without_consent_is_given_it_later(whole: Whole) -> None:
    none = {"consent": False, "consent_on": None, "consent_scope": None}
    company = await whole.actors.made("/actors", {"name": "Exempelföretag 1", "kind": "company"})
    interview = await new_interview(whole.councils, actor_id=company["id"], **none)
    told = await typed(
        whole.councils, interview, {"question_key": "hard_to_find", "gap": "Exempel"}
    )
    path, need = f"/intervjuer/{interview['id']}", f"/svar/{told['saved'][0]['id']}/behov"
    browser, way = await whole.browser("process_leader"), f"{path}/andra#f-consent"
    for place in (path, need):
        assert (await browser.get(place)).all(f'main a[href="{way}"]'), place
    assert not (await browser.get(need)).all(f'form[action="{need}"]')
    assert not (await (await whole.browser("strategist")).get(path)).all(f'a[href^="{path}/andra"]')
    form = f"{path}/andra"
    wrong = await browser.submit(form, at=form, consent="true")
    assert len(wrong.errors) == 2
    given = {"consent": "true", "consent_on": "2026-03-01", "consent_scope": "Exempel"}
    done = await browser.submit(form, at=form, **given)
    assert (done.status, done.answer.headers["location"]) == (SEE_OTHER, path)
    assert (await browser.get(need)).all(f'form[action="{need}"]')
    await whole.councils.made(f"/interviews/{interview['id']}/withdraw", {})
    assert (await browser.get(form)).answer.headers["location"] == path
    assert "Samtycket är återkallat" in (await browser.get(need)).text()


async def test_an_initiative_is_decided_by_a_decision_that_stands(whole: Whole) -> None:
    council = await council_in(whole.councils)
    meeting = await meeting_in(whole.councils, council)
    other = await meeting_in(whole.councils, await council_in(whole.councils, name="Annat råd"))
    old, own, strange = [
        await whole.councils.made("/decisions", a_decision(one))
        for one in (meeting, meeting, other)
    ]
    new = a_decision(meeting, supersedes_id=old["id"])
    new = await whole.councils.made("/decisions", new)
    rests_on = {"council_id": council["id"], "decision_id": own["id"]}
    initiative = await whole.councils.made("/initiatives", an_initiative(**rests_on))
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/initiativ/{initiative['id']}/besluta")
    assert page.fields()["decision_id"] == [own["id"]]
    offered = page.all("select[name=decision_id] option")
    values = [one.attributes["value"] for one in offered]
    assert (set(values), values[-1]) == ({"", own["id"], new["id"], strange["id"]}, strange["id"])
    assert "Annat råd: Starta" in offered[-1].text()


async def test_a_start_that_has_begun_says_so_where_it_is_chosen(whole: Whole) -> None:
    provider = await whole.actor()
    told = {
        "provider_actor_id": provider["id"],
        "name": "Exempelutbildning",
        "form": "higher_vocational",
    }
    programme = await whole.actors.made("/programmes", told)
    for start in (day(-1), day(9)):
        await whole.actors.made(
            "/intakes", {"programme_id": programme["id"], "starts_on": start, "seats": 9}
        )
    page = await (await whole.browser("process_leader")).get("/initiativ/nytt")
    begun = ["har redan börjat" in one.text() for one in page.all("select[name=intake_id] option")]
    assert begun == [False, False, True]
