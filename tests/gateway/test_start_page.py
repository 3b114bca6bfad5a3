"""My day: everything once, late apart from due today, and the rest one link away."""

from tests.callers import somebody
from tests.councils.builders import a_decision, council_in, day, meeting_in
from tests.councils.work import a_need, an_initiative, an_interview
from tests.gateway.test_people_pages import links
from tests.gateway.whole import Whole

WAITS = "[aria-labelledby=waiting-heading]"


async def test_what_is_due_today_is_not_late_and_nothing_is_told_twice(whole: Whole) -> None:
    council = await council_in(whole.councils)
    here = {"council_id": council["id"]}
    for text, due in (("Exempelåtgärd 1", day(-1)), ("Exempelåtgärd 2", day(0))):
        await whole.councils.made("/action-items", {"text": text, "due_on": due} | here)
    need = await whole.councils.made("/needs", a_need(statement="Exempelbehov 1"))
    page = await (await whole.browser("process_leader")).get("/")
    text = page.text(WAITS)
    assert text.count("Exempelåtgärd 1 ") == text.count("Exempelåtgärd 2 ") == 2  # and read aloud
    assert (text.count("Försenad"), text.count("Klart i dag")) == (1, 1)
    assert text.count("Saknar ansvarig") == 3
    assert "Exempelbehov 1" in text
    breaks = page.text("[aria-labelledby=breaks-heading]")
    assert "Ingen ansvarar" not in breaks
    given = {link for link in links(page) if link.startswith("/overtaganden/nytt?")}
    assert any(f"thing_id={need['id']}" in link for link in given)
    strategist = await (await whole.browser("strategist")).get("/")
    assert f"/behov/{need['id']}/andra" in links(strategist)
    (figure,) = [one for one in page.all(".kpi") if "försenade åtgärder" in one.text()]
    assert figure.css_first(".value").text().strip() == "1"


async def test_the_figure_of_late_work_says_whose_and_each_late_row_what_it_is(
    whole: Whole,
) -> None:
    """A next step of a talk is no action item of a council: the figure does not count it."""
    actor = await whole.actor()
    talk = {"actor_id": actor["id"], "held_on": day(-9), "channel": "phone", "said": "Exempel"}
    talk["our_actor_id"] = (await whole.actor(2))["id"]
    await whole.actors.made("/contacts", talk | {"next_step": "Ring igen", "due_on": day(-2)})
    page = await (await whole.browser("process_leader")).get("/")
    assert "Försenat nästa steg" in page.text(WAITS)
    (figure,) = [one for one in page.all(".kpi") if "försenade åtgärder" in one.text()]
    assert "Rådens försenade åtgärder" in figure.text()
    assert figure.css_first(".value").text().strip() == "0"


async def test_a_step_that_is_late_waits_until_its_initiative_is_over(whole: Whole) -> None:
    initiative = await whole.councils.made("/initiatives", an_initiative(title="Exempelkurs"))
    of = {"initiative_id": initiative["id"]}
    late = of | {"title": "Exempelsteg 1", "due_on": day(-2)}
    await whole.councils.made("/steps", late)
    post = await whole.post(await whole.actor())
    owned = late | {"title": "Exempelsteg 2", "owner_post_id": post["id"]}
    await whole.councils.made("/steps", owned)
    await whole.councils.made("/steps", of | {"title": "Exempelsteg 3", "due_on": day(2)})
    await whole.councils.made("/steps", late | {"title": "Exempelsteg 4", "done_on": day(-3)})
    person = await whole.person()
    await whole.holding(post, person, day(-9))
    browser = await whole.browser("process_leader", person_id=person["id"])
    for page in (await browser.get("/"), await browser.get("/atgarder?open=true")):
        text = page.text("main")
        assert [f"Exempelsteg {n}" in text for n in (1, 2, 3, 4)] == [True, True, False, False]
        assert (text.count("Försenat steg"), text.count("Din")) == (2, 1)
        assert f"/initiativ/{initiative['id']}#steps-heading" in links(page)
    assert "Exempelsteg" not in (await browser.get("/atgarder?open=false")).text()
    stopped = {"closed_on": day(0), "reason": "Exempel"}
    await whole.councils.made(f"/initiatives/{initiative['id']}/stop", stopped)
    assert "Exempelsteg" not in (await browser.get("/")).text(WAITS)


async def test_the_start_page_says_how_much_more_waits(whole: Whole) -> None:
    council = await council_in(whole.councils)
    for number in range(11):
        told = {"text": f"Exempelåtgärd {number}", "due_on": day(-2), "council_id": council["id"]}
        await whole.councils.made("/action-items", told | {"owner_post_id": somebody()})
    for number in range(10):
        await whole.councils.made("/needs", a_need(statement=f"Exempelbehov {number}"))
    browser = await whole.browser("process_leader")
    page = await browser.get("/")
    more = [one for one in page.all(f"{WAITS} a") if "till" in one.text().split()]
    assert [one.text() for one in more] == ["och 3 till", "och 2 till"]
    for one, count in zip(more, ("11 åtgärder", "10 behov"), strict=True):
        assert count in (await browser.get(one.attributes["href"] or "")).text('[role="status"]')


async def test_an_interview_to_come_is_not_one_to_finish(whole: Whole) -> None:
    questions = await whole.councils.made("/dialogue-maps/default", None)
    for held_on in (day(0), day(1)):
        await whole.councils.made("/interviews", an_interview(questions, held_on=held_on))
    page = await (await whole.browser("process_leader")).get("/")
    assert page.text(WAITS).count("Intervju att slutföra") == 1


async def test_administrators_are_told_of_ledgers_in_doubt(whole: Whole) -> None:
    whole.app.state.doubts["gateway"] = "unsigned"
    whole.app.state.embedded["analysis"].state.doubts["analysis"] = "unwritable"
    whole.actors.app.state.doubts["actors"] = "diverged"
    page = await (await whole.browser("administrator")).get("/")
    told = [one.text() for one in page.all(".note p")]
    assert [one.partition(" för ")[2][:9] for one in told[:3]] == [
        "aktörerna",
        "analysen ",
        "användare",
    ]
    assert "operations doctor" in told[3]
    ready = (await whole.actors.http.get("/readyz")).json()
    assert ready["doubts"] == {"actors": "diverged"}
    assert "Ändringshistoriken" not in (await (await whole.browser("strategist")).get("/")).text(
        "main"
    )


async def test_a_decision_to_look_at_again_says_that_it_rests_on_nothing(whole: Whole) -> None:
    meeting, due = await meeting_in(whole.councils), {"review_on": day(-1)}
    basis = {"basis": [{"kind": "document", "label": "Exempelrapport", "as_of": day(-20)}]}
    for text, more in (("Exempelbeslut 1", due), ("Exempelbeslut 2", due | basis)):
        await whole.councils.made("/decisions", a_decision(meeting, text=text, **more))
    page = await (await whole.browser("process_leader")).get("/")
    lacks = [one.text() for one in page.all(f"{WAITS} li") if "Underlag saknas" in one.text()]
    assert ["Exempelbeslut 1" in text for text in lacks] == [True]
    done_by = {"due_on": day(-1), "decided_on": day(-2)}
    late = await whole.councils.made("/decisions", a_decision(meeting, text="Sent", **done_by))
    page = await (await whole.browser("strategist")).get("/")
    (told,) = [one.text() for one in page.all(f"{WAITS} li") if "Sent" in one.text()]
    assert "Skulle vara klart" in told
    found = {"decision_id": late["id"], "reviewed_on": day(0), "finding": "Det är gjort"}
    await whole.councils.made("/decision-reviews", found)
    page = await (await whole.browser("administrator")).get("/")
    assert "Sent" not in page.text(WAITS), "somebody has looked, and named no other day"


async def test_a_meeting_stays_while_it_goes_on_and_what_waits_after_it_is_told(
    whole: Whole,
) -> None:
    council = await council_in(whole.councils)
    for title, on, state in (
        ("Dagens möte", 0, "held"),
        ("Glömt möte", -3, "planned"),
        ("Ojusterat möte", -7, "held"),
        ("Inställt möte", -7, "cancelled"),
    ):
        begins = f"{day(on)}T00:30:00+01:00"
        await meeting_in(whole.councils, council, title=title, starts_at=begins, status=state)
    page = await (await whole.browser("process_leader")).get("/")
    text = page.text("[aria-labelledby=meetings-heading]")
    week, rest = text.split("Hölls de här mötena?")
    unheld, unapproved = rest.split("Protokoll att justera")
    assert "Dagens möte" in week
    assert "Anteckna vid Dagens möte" in week
    assert "Glömt möte" in unheld
    assert "Ojusterat möte" in unapproved
    assert "Dagens möte" not in rest
    assert "Inställt möte" not in text
