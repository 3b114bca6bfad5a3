"""Directions on pages: set from a decision, answered in two clicks, and late on both sides."""

from typing import Any

from tests.councils.builders import a_seat, council_in, day
from tests.councils.test_direction import STRATEGIC, a_direction, an_answer, decided_in
from tests.councils.test_escalation import a_reply, lifted
from tests.councils.work import a_need
from tests.gateway.signing_in import Browser, signed_in
from tests.gateway.whole import Whole

Fact = dict[str, Any]
SEE_OTHER = 303
WAITS = "[aria-labelledby=waiting-heading]"


def words(text: str) -> str:
    """A text with plain spaces, one where there are several."""
    return " ".join(text.split())


async def seated(whole: Whole, council: Fact, number: int, *roles: str) -> Browser:
    """A browser of somebody whose post sits in a council."""
    actor = await whole.actor(number)
    post, person = await whole.post(actor), await whole.person(number)
    await whole.holding(post, person, day(-9))
    seat = a_seat(council, actor_id=actor["id"], post_id=post["id"])
    await whole.councils.made("/seats", seat)
    email = f"exempel{number}@exempel.se"
    return await signed_in(whole.app, *roles, email=email, person_id=person["id"])


async def test_a_decision_becomes_a_direction_with_what_is_left_out(whole: Whole) -> None:
    asked = await council_in(whole.councils, name="Exempelrådet 1")
    need = await whole.councils.made("/needs", a_need(statement="Exempelbehov 1"))
    forum = await council_in(whole.councils, **STRATEGIC)
    decision = await decided_in(whole.councils, forum, text="Exempel: möbel först")
    browser = await whole.browser("strategist")
    begun = f"/inriktningar/ny?decision_id={decision['id']}"
    shown = await browser.get(f"/beslut/{decision['id']}")
    assert begun in {one.attributes["href"] for one in shown.all("main a")}
    form = await browser.get(begun)
    sent = form.fields("/inriktningar/ny")
    assert sent["text"] == ["Exempel: möbel först"]
    assert forum["id"] not in {one.attributes["value"] for one in form.all("[name=council_ids]")}
    wrong = await browser.send("/inriktningar/ny", **sent | {"deselections.0.text": "Bygg"})
    assert wrong.status == 422
    for field in ("title", "horizon", "council_ids", "answer_by", "deselections.0.reason"):
        assert wrong.error(field), field
    assert wrong.fields("/inriktningar/ny")["deselections.0.text"] == ["Bygg"], (
        "what was typed stays"
    )
    typed = {"title": "Möbel först", "horizon": "long", "answer_by": day(9)}
    typed |= {"council_ids": asked["id"], "priorities.0.text": "Snickare"}
    typed |= {"priorities.0.need_ids": need["id"], "priorities.2.text": "Målare"}
    typed |= {"deselections.0.text": "Bygg", "deselections.0.reason": "Ett annat råd har det"}
    made = await browser.send("/inriktningar/ny", **sent | typed)
    assert made.status == SEE_OTHER
    url = made.answer.headers["location"]
    page = await browser.get(url)
    text = words(page.text("main"))
    for told in ("Underlag saknas", "Väntar på svar", "Bygg Skäl: Ett annat råd har det"):
        assert told in text, told
    assert words(page.text("[aria-labelledby=priorities-heading] ol")) == (
        "Snickare Exempelbehov 1 Målare"
    )
    again = (await browser.get(f"{url}/andra")).fields(f"{url}/andra")
    assert again["priorities.0.need_ids"][0] == need["id"]
    assert again["priorities.1.text"] == ["Målare"]
    assert (await browser.submit(f"{url}/andra", title="Möbel")).status == SEE_OTHER
    kept = (await whole.councils.get("/directions")).json()["items"][0]
    assert kept["priorities"][0]["need_ids"] == [need["id"]]
    listed = await browser.get(f"/beslut/{decision['id']}")
    assert "Möbel" in listed.text("[aria-labelledby=directions-heading]")


async def test_each_need_of_a_priority_stays_when_the_direction_is_changed(whole: Whole) -> None:
    asked = await council_in(whole.councils)
    needs = [await whole.councils.made("/needs", a_need()) for _ in range(3)]
    ids = [need["id"] for need in needs]
    priorities = [{"text": "Snickare", "need_ids": ids}]
    body = await a_direction(whole.councils, asked, priorities=priorities)
    made = await whole.councils.made("/directions", body)
    browser, url = await whole.browser("process_leader"), f"/inriktningar/{made['id']}"
    assert (await browser.submit(f"{url}/andra", title="Ny rubrik")).status == SEE_OTHER
    now = (await whole.councils.get(f"/directions/{made['id']}")).json()
    assert (now["title"], now["priorities"]) == ("Ny rubrik", priorities)


async def test_a_direction_is_answered_and_answered_anew_in_view(whole: Whole) -> None:
    one = await council_in(whole.councils, name="Exempelrådet 1")
    two = await council_in(whole.councils, name="Exempelrådet 2")
    made = await whole.councils.made("/directions", await a_direction(whole.councils, one, two))
    browser, url = await whole.browser("process_leader"), f"/inriktningar/{made['id']}"
    give = f"{url}/svar/{one['id']}"
    page = await browser.get(url)
    assert give in {link.attributes["href"] for link in page.all("main a")}
    wrong = await browser.submit(give, at=give, answer="declined", adapted_text="Något")
    assert (wrong.status, bool(wrong.error("why"))) == (422, True)
    assert wrong.error("adapted_text")
    typed = {"answer": "adapted", "why": "Vi är få", "adapted_text": "Vi börjar med lack"}
    assert (await browser.submit(give, at=give, **typed)).status == SEE_OTHER
    text = words((await browser.get(url)).text("[aria-labelledby=answers-heading]"))
    assert "Exempelrådet 1 Anpassas" in text
    assert "I stället: Vi börjar med lack" in text
    assert "Exempelrådet 2 Väntar på svar" in text
    began = (await browser.get(give)).fields(give)
    assert (began["answer"], began["why"]) == (["adapted"], ["Vi är få"])
    changed = await browser.submit(give, at=give, answer="accepted", why="", adapted_text="")
    assert changed.status == SEE_OTHER
    text = words((await browser.get(url)).text("[aria-labelledby=answers-heading]"))
    assert "Exempelrådet 1 Följs" in text
    assert "anpassas" in text, "what was answered before stands there"
    assert "ändrats efter svaret" not in text
    refused = await browser.submit(f"{url}/andra", text="Något annat")
    assert "nytt skäl" in (refused.error("change_reason") or "")
    typed = {"text": "Något annat", "change_reason": "Nytt läge"}
    assert (await browser.submit(f"{url}/andra", **typed)).status == SEE_OTHER
    kept = words((await browser.get(url)).text("[aria-labelledby=amendments-heading]"))
    assert "Nytt läge Ändrat: text." in kept
    assert "Vi satsar på möbel" in kept
    assert "ändrats efter svaret" in (await browser.get(url)).text("main")
    assert (await browser.get(f"{url}/svar/{made['council_id']}")).status == 404


async def test_a_direction_is_shown_as_of_a_day(whole: Whole) -> None:
    one = await council_in(whole.councils, name="Exempelrådet 1")
    made = await a_direction(whole.councils, one, answer_by=day(-6))
    made = await whole.councils.made("/directions", made)
    told = an_answer(made, one, answered_on=day(-3), why="Vi hinner")
    await whole.councils.made("/direction-answers", told)
    browser, url = await whole.browser("process_leader"), f"/inriktningar/{made['id']}"
    for days, state, said in (
        (-3, "Besvarad", "Vi hinner"), (-4, "Svar försenat", "Svar försenat"),
        (-8, "Väntar på svar", "Väntar på svar"), (-11, "Var inte beslutad", "inte tillfrågat"),
    ):  # fmt: skip
        page = await browser.get(f"{url}?as_of={day(days)}")
        assert state in page.text("main"), days
        assert ("Underlag saknas" in page.text("main")) is (days > -11), "of no decision yet"
        answers = words(page.text("[aria-labelledby=answers-heading]"))
        assert said in answers, days
        assert ("Vi hinner" in answers) is (days == -3)
        rows = (await browser.get(f"/inriktningar?as_of={day(days)}")).all("tbody tr")
        assert len(rows) == (0 if days == -11 else 1), days
    assert "Visa per datum" in (await browser.get(url)).text()
    assert "Var inte" not in (await browser.get(url)).text()


async def test_two_windows_that_answer_show_the_later_one_both_answers(whole: Whole) -> None:
    one = await council_in(whole.councils, name="Exempelrådet 1")
    made = await whole.councils.made("/directions", await a_direction(whole.councils, one))
    browser, url = await whole.browser("process_leader"), f"/inriktningar/{made['id']}"
    give = f"{url}/svar/{one['id']}"
    first, second = [(await browser.get(give)).fields(give) for _ in range(2)]
    typed = {"answer": "declined", "why": "Vi är få"}
    assert (await browser.send(give, **first | typed)).status == SEE_OTHER
    assert (await browser.send(give, **first | typed)).status == SEE_OTHER, "sent twice, made once"
    for window, mine in ((second, "accepted"), (first, "accepted")):
        told = {"answer": mine, "why": "Vi hinner"}
        late = await browser.send(give, **window | told)
        assert late.status == 422
        back = late.fields(give)
        assert (back["answer"], back["why"]) == ([mine], ["Vi hinner"]), "what was typed"
        text = words(late.text("main"))
        assert "Sparat av någon annan: Avböjs" in text
        assert "Sparat av någon annan: Vi är få" in text
    assert (await browser.send(give, **back)).status == SEE_OTHER
    (kept,) = (await whole.councils.get("/direction-answers")).json()["items"]
    assert (kept["answer"], kept["why"]) == ("accepted", "Vi hinner")
    assert [before["text"] for before in kept["earlier_answers"]] == ["Vi är få"]


async def test_both_sides_see_on_their_day_what_is_late(whole: Whole) -> None:
    one = await council_in(whole.councils, name="Exempelrådet 1")
    two = await council_in(whole.councils, name="Exempelrådet 2")
    apart = await council_in(whole.councils, name="Exempelrådet 3")
    late = await a_direction(whole.councils, one, two, title="Exempelkurs", answer_by=day(-1))
    late = await whole.councils.made("/directions", late)
    soon = await a_direction(whole.councils, two, title="Exempelresa")
    await whole.councils.made("/directions", soon)
    await whole.councils.made("/direction-answers", an_answer(late, one))
    asks = await seated(whole, {"id": late["council_id"]}, 1, "council_member")
    text = words((await asks.get("/")).text(WAITS))
    assert "Försenad Svar saknas på inriktning Ditt råd Exempelkurs" in text
    assert "väntar på ett råd" in text, "a member is told no names of councils of others"
    assert "Exempelresa" not in text
    answers = await seated(whole, two, 2, "process_leader")
    page = await answers.get("/")
    text = words(page.text(WAITS))
    assert "Försenad Inriktning att besvara Ditt råd Exempelkurs" in text
    assert "Inriktning att besvara Ditt råd Exempelresa" in text
    assert "Exempelrådet 2 ska svara Exempelforum" in text
    member = await seated(whole, two, 4, "council_member")
    assert "Exempelrådet 2 ska svara Exempelforum" in words((await member.get("/")).text(WAITS))
    shown = words((await member.get(f"/inriktningar/{late['id']}")).text("main"))
    assert "Från Exempelforum" in shown, "a member knows who asks"
    give = f"/inriktningar/{late['id']}/svar/{two['id']}"
    assert give in {link.attributes["href"] for link in page.all(f"{WAITS} a")}
    assert (await answers.submit(give, at=give, answer="accepted")).status == SEE_OTHER
    assert "Exempelkurs" not in (await answers.get("/")).text(WAITS)
    assert "Exempelkurs" not in (await asks.get("/")).text(WAITS)
    bystander = await seated(whole, apart, 3, "council_member")
    assert "Exempelresa" not in (await bystander.get("/")).text("main")


async def test_a_councils_page_has_what_it_got_and_what_it_sent(whole: Whole) -> None:
    one = await council_in(whole.councils, name="Exempelrådet 1")
    made = await whole.councils.made("/directions", await a_direction(whole.councils, one))
    browser = await whole.browser("process_leader")
    tab = f"/branschrad/{one['id']}/inriktningar"
    shown = await browser.get(f"/branschrad/{one['id']}")
    assert tab in {link.attributes["href"] for link in shown.all("main nav a")}
    page = await browser.get(tab)
    assert "Möbel först" in page.text("[aria-labelledby=received-heading]")
    assert "Besvara" in page.text("[aria-labelledby=received-heading]")
    assert "Möbel först" not in page.text("[aria-labelledby=sent-heading]")
    sender = await browser.get(f"/branschrad/{made['council_id']}/inriktningar")
    assert "Väntar på Exempelrådet 1" in words(sender.text("[aria-labelledby=sent-heading]"))
    await whole.councils.made("/direction-answers", an_answer(made, one))
    assert "Besvarad" in (await browser.get(tab)).text("[aria-labelledby=received-heading]")
    for query, count in (
        (f"to_council_id={one['id']}", 1), (f"council_id={one['id']}", 0), ("state=overdue", 0),
        ("state=answered", 1), ("evidence=none", 1), (f"answer_until={day(0)}", 0),
    ):  # fmt: skip
        assert len((await browser.get(f"/inriktningar?{query}")).all("tbody tr")) == count, query
    assert "Möbel först" in (await browser.http.get("/inriktningar.csv?state=answered")).text


async def test_who_only_reads_is_offered_nothing_and_an_answered_one_stays(whole: Whole) -> None:
    one = await council_in(whole.councils)
    made = await whole.councils.made("/directions", await a_direction(whole.councils, one))
    url = f"/inriktningar/{made['id']}"
    reader = await whole.browser("reader")
    page = await reader.get(url)
    assert not [a for a in page.all("main a") if "/svar/" in a.attributes["href"]]
    for path in ("/inriktningar/ny", f"{url}/andra", f"{url}/svar/{one['id']}", f"{url}/ta-bort"):
        assert (await reader.get(path)).status == 403, path
    browser = await whole.browser("process_leader")
    await whole.councils.made("/direction-answers", an_answer(made, one))
    assert not (await browser.get(url)).all(f'a[href="{url}/ta-bort"]')
    kept = await browser.submit(f"{url}/ta-bort")
    assert kept.answer.headers["location"] == url
    led = await whole.councils.made("/directions", await a_direction(whole.councils, one))
    lift = lifted(one, {"id": led["council_id"]})
    lift = await whole.councils.made("/escalations", lift)
    told = a_reply(direction_id=led["id"])
    await whole.councils.made(f"/escalations/{lift['id']}/answer", told)
    url = f"/inriktningar/{led['id']}"
    assert not (await browser.get(url)).all(f'a[href="{url}/ta-bort"]'), "a lift leads to it"
    free = await whole.councils.made("/directions", await a_direction(whole.councils, one))
    gone = await browser.submit(f"/inriktningar/{free['id']}/ta-bort")
    assert gone.answer.headers["location"] == "/inriktningar"


async def test_what_does_not_fit_on_the_day_is_one_link_away(whole: Whole) -> None:
    one = await council_in(whole.councils)
    body = await a_direction(whole.councils, one)
    for number in range(9):
        asked = body | {"title": f"Exempelsak {number}", "answer_by": day(number)}
        await whole.councils.made("/directions", asked)
    browser = await whole.browser("process_leader")
    page = await browser.get("/")
    assert page.text(WAITS).count("Inriktning att besvara") == 8
    rest = "/inriktningar?state=open&state=overdue"
    assert rest in {link.attributes["href"] for link in page.all(f"{WAITS} a")}
    assert len((await browser.get(rest)).all("tbody tr")) == 9
    (first, *_) = (await browser.get("/inriktningar")).all("tbody tr")
    assert "Exempelsak 8" in first.text(), "the latest comes first"
