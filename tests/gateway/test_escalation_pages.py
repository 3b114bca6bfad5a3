"""Escalations on pages: lifted, late on both sides, answered, and answered anew."""

from tests.councils.builders import council_in, day
from tests.councils.test_direction import STRATEGIC, decided_in
from tests.councils.test_escalation import a_reply, lifted
from tests.gateway.test_direction_pages import SEE_OTHER, WAITS, seated, words
from tests.gateway.whole import Whole


async def test_an_obstacle_is_lifted_answered_and_answered_anew(whole: Whole) -> None:
    one = await council_in(whole.councils, name="Exempelrådet 1")
    forum = await council_in(whole.councils, **STRATEGIC)
    decision = await decided_in(whole.councils, forum, text="Bussen ska gå")
    browser = await whole.browser("process_leader")
    tab, begun = f"/branschrad/{one['id']}/lyft", f"/lyft/nytt?council_id={one['id']}"
    page = await browser.get(tab)
    assert begun in {link.attributes["href"] for link in page.all("main a")}
    form = await browser.get(begun)
    sent = form.fields("/lyft/nytt")
    assert sent["council_id"] == [one["id"]]
    wrong = await browser.send("/lyft/nytt", **sent | {"title": "Bussen"})
    assert wrong.status == 422
    for field in ("to_council_id", "kind", "text", "answer_by"):
        assert wrong.error(field), field
    assert wrong.fields("/lyft/nytt")["title"] == ["Bussen"], "what was typed stays"
    typed = {"title": "Bussen går inte", "text": "Eleverna kommer inte", "kind": "obstacle"}
    typed |= {"to_council_id": forum["id"], "answer_by": day(5)}
    sideways = await browser.send("/lyft/nytt", **sent | typed | {"to_council_id": one["id"]})
    assert "högre nivå" in sideways.error("to_council_id")
    made = await browser.send("/lyft/nytt", **sent | typed)
    url = made.answer.headers["location"]
    assert made.status == SEE_OTHER
    assert (await browser.submit(f"{url}/andra", title="Ingen buss")).status == SEE_OTHER
    answer = f"{url}/svara"
    assert (await browser.submit(answer)).error("answer_text")
    said = {"answer": "taken_up", "answer_text": "Vi ringer", "decision_id": decision["id"]}
    assert (await browser.submit(answer, **said)).status == SEE_OTHER
    text = words((await browser.get(url)).text("[aria-labelledby=answer-heading]"))
    assert "Tas upp" in text
    assert "Bussen ska gå" in text
    assert (await browser.submit(answer, answer="declined", answer_text="Nej")).status == SEE_OTHER
    text = words((await browser.get(url)).text("[aria-labelledby=answer-heading]"))
    assert "Avböjs" in text
    assert "tas upp" in text, "what was answered before stands there"
    assert "Ingen buss" in (await browser.get(tab)).text("[aria-labelledby=sent-heading]")
    other = await browser.get(f"/branschrad/{forum['id']}/lyft")
    assert "Ingen buss" in other.text("[aria-labelledby=received-heading]")
    for query, count in (
        (f"council_id={one['id']}", 1), (f"to_council_id={one['id']}", 0), ("answer=declined", 1),
        ("state=open", 0), ("kind=need", 0), (f"answer_until={day(0)}", 0),
    ):  # fmt: skip
        assert len((await browser.get(f"/lyft?{query}")).all("tbody tr")) == count, query
    assert "Ingen buss" in (await browser.http.get("/lyft.csv")).text
    assert not (await browser.get(url)).all(f'a[href="{url}/ta-bort"]')
    kept = await browser.submit(f"{url}/ta-bort")
    assert kept.answer.headers["location"] == url, "it is answered"
    free = await whole.councils.made("/escalations", lifted(one, forum))
    gone = await browser.submit(f"/lyft/{free['id']}/ta-bort")
    assert gone.answer.headers["location"] == "/lyft"


async def test_both_sides_see_on_their_day_what_is_late(whole: Whole) -> None:
    one = await council_in(whole.councils, name="Exempelrådet 1")
    forum = await council_in(whole.councils, **STRATEGIC)
    late = lifted(one, forum, title="Exempelbuss", answer_by=day(-1))
    made = await whole.councils.made("/escalations", late)
    asks = await seated(whole, one, 1, "council_member")
    text = words((await asks.get("/")).text(WAITS))
    assert "Försenad Svar saknas på lyft Ditt råd Exempelbuss" in text
    answers = await seated(whole, forum, 2, "strategist")
    page = await answers.get("/")
    assert "Försenad Lyft att besvara Ditt råd Exempelbuss" in words(page.text(WAITS))
    give = f"/lyft/{made['id']}/svara"
    assert give in {link.attributes["href"] for link in page.all(f"{WAITS} a")}
    everybodys = await whole.browser("administrator")
    text = words((await everybodys.get("/")).text(WAITS))
    assert "Försenad Lyft att besvara Exempelbuss" in text
    assert "Exempelforum ska svara Exempelrådet 1" in text
    await whole.councils.made(f"/escalations/{made['id']}/answer", a_reply())
    for browser in (asks, answers, everybodys):
        assert "Exempelbuss" not in (await browser.get("/")).text(WAITS)


async def test_who_only_reads_is_offered_nothing(whole: Whole) -> None:
    one = await council_in(whole.councils)
    forum = await council_in(whole.councils, **STRATEGIC)
    made = await whole.councils.made("/escalations", lifted(one, forum))
    url, reader = f"/lyft/{made['id']}", await whole.browser("reader")
    page = await reader.get(url)
    assert not [a for a in page.all("main a") if a.attributes["href"].startswith(f"{url}/")]
    for path in ("/lyft/nytt", f"{url}/andra", f"{url}/svara", f"{url}/ta-bort"):
        assert (await reader.get(path)).status == 403, path
