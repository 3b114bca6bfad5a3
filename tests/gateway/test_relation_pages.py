"""A relation on its page: how both sides rate it, beside each other and time after time."""

from urllib.parse import quote

from services.kit import clock
from tests.actors.test_departure import related
from tests.actors.test_relation_rating import a_rating, two_related
from tests.councils.builders import a_seat, council_in, day, meeting_in
from tests.councils.test_initiative import running
from tests.councils.test_joint_work import shared
from tests.gateway.signing_in import Page
from tests.gateway.whole import Whole

SEE_OTHER = 303


def said(page: Page, where: str = "main") -> str:
    """The words of a part of a page, with plain spaces."""
    return " ".join(page.text(where).replace("\N{NO-BREAK SPACE}", " ").split())


def links(page: Page) -> set[str | None]:
    """Where the links of a page lead."""
    return {one.attributes["href"] for one in page.all("main a")}


async def test_both_sides_rate_a_relation_and_see_what_differs(whole: Whole) -> None:
    one, other, relation = await two_related(whole.actors)
    browser, url = await whole.browser("process_leader"), f"/relationer/{relation['id']}"
    assert url in links(await browser.get(f"/aktorer/{one['id']}"))
    page = await browser.get(url)
    assert "Ingen av parterna har skattat relationen." in said(page)
    assert "Ingen kontakt är antecknad" in said(page)
    begun = f"{url}/skattningar/ny"
    assert begun in links(page)
    wrong = await browser.submit(begun, note="Exempel: möten ställs in", mark="4")
    assert (wrong.status, bool(wrong.error("rater_actor_id"))) == (422, True)
    assert wrong.fields()["note"] == ["Exempel: möten ställs in"]
    typed = {"rater_actor_id": one["id"], "mark": "4", "rated_on": day(-9)}
    made = await browser.submit(begun, **typed)
    assert (made.status, made.answer.headers["location"]) == (SEE_OTHER, url)
    again = await browser.submit(begun, **typed)
    assert "redan skattat" in (again.error("rated_on") or "")
    assert "Bara Exempelkommun 1 har skattat" in said(await browser.get(url))
    theirs = {"rater_actor_id": other["id"], "mark": "1", "note": "Exempel: möten ställs in"}
    assert (await browser.submit(begun, **theirs)).status == SEE_OTHER
    page = await browser.get(url)
    assert "Exempelkommun 1 skattar relationen 3 steg högre än Exempelkommun 2." in said(page)
    rows = said(page, "[aria-labelledby=marks-heading] tbody")
    assert ("4 av 5" in rows, "1 av 5" in rows) == (True, True)
    assert len(page.all("[aria-labelledby=series-heading] tbody tr")) == 2
    history = await browser.get(f"/aktorer/{other['id']}/historik?about=relation_rating")
    assert "1 av 5" in said(history)


async def test_a_rating_is_put_right_and_taken_away_after_a_question(whole: Whole) -> None:
    one, other, relation = await two_related(whole.actors)
    url = f"/relationer/{relation['id']}"
    made = [
        await whole.actors.made("/relation-ratings", a_rating(relation, by, "2024-05-01", 2))
        for by in (one, other)
    ]
    browser, edit = await whole.browser("process_leader"), f"/skattningar/{made[0]['id']}/andra"
    assert edit in links(await browser.get(url))
    assert "Båda skattar relationen lika: 2 av 5." in said(await browser.get(url))
    changed = await browser.submit(edit, mark="3")
    assert (changed.status, changed.answer.headers["location"]) == (SEE_OTHER, url)
    page = await browser.get(url)
    assert "1 steg högre än Exempelkommun 2." in said(page)
    assert "ett samtal" not in said(page)
    then = await browser.get(f"{url}?as_of=2024-04-30")
    assert "Ingen av parterna" in said(then)
    assert edit not in links(await browser.get(f"{url}?as_of=2024-06-30"))
    asked = f"/skattningar/{made[0]['id']}/ta-bort"
    assert "misstag" in said(await browser.get(asked))
    gone = await browser.submit(asked)
    assert (gone.status, gone.answer.headers["location"]) == (SEE_OTHER, url)
    assert "Bara Exempelkommun 2 har skattat" in said(await browser.get(url))
    reader = await whole.browser("reader")
    page = await reader.get(url)
    assert (page.status, f"{url}/skattningar/ny" in links(page)) == (200, False)
    for closed in (f"{url}/skattningar/ny", f"/skattningar/{made[1]['id']}/andra"):
        assert (await reader.get(closed)).status == 403


async def test_who_was_merged_is_offered_as_who_it_lives_on_in(whole: Whole) -> None:
    one, _other, relation = await two_related(whole.actors)
    heir = await whole.actor(3)
    made = a_rating(relation, one, "2024-05-01", 2)
    old = await whole.actors.made("/relation-ratings", made)
    await whole.actors.made(f"/actors/{one['id']}/merge", {"into_id": heir["id"]})
    browser, url = await whole.browser("process_leader"), f"/relationer/{relation['id']}"
    new = await browser.submit(f"{url}/skattningar/ny", rater_actor_id=heir["id"], mark="5")
    assert new.status == SEE_OTHER
    page = await browser.get(url)
    assert "Bara Exempelkommun 3 har skattat" in said(page)
    assert len(page.all("[aria-labelledby=series-heading] tbody tr")) == 2
    kept = await browser.submit(f"/skattningar/{old['id']}/andra", mark="1")
    assert kept.status == SEE_OTHER
    await whole.actors.made(f"/actors/{one['id']}/part", {})
    page = await browser.get(url)
    assert "Bara Exempelkommun 1 har skattat" in said(page)
    assert "5 av 5" in said(page, "[aria-labelledby=marks-heading] tbody")
    assert "Okänd aktör" not in said(page)
    (newest,) = (
        await whole.actors.get(f"/relation-ratings?relation_id={relation['id']}&limit=1")
    ).json()["items"]
    asked = await browser.get(f"/skattningar/{newest['id']}/ta-bort")
    assert "Exempelkommun 1," in said(asked)
    assert (await browser.submit(f"/skattningar/{newest['id']}/andra")).status == SEE_OTHER


async def test_a_relation_that_is_changed_stays_with_whom_it_was_made(whole: Whole) -> None:
    _one, other, relation = await two_related(whole.actors)
    heir = await whole.actor(3)
    await whole.actors.made(f"/actors/{other['id']}/merge", {"into_id": heir["id"]})
    browser, url = await whole.browser("process_leader"), f"/relationer/{relation['id']}"
    form = await browser.get(f"{url}/andra")
    chosen = form.one("#f-other_actor_id option[selected]").text(strip=True)
    assert chosen == heir["name"], "by the name that it goes by now"
    names = [one.text(strip=True) for one in form.all("#f-other_actor_id option")]
    assert names.count(heir["name"]) == 1
    wrong = await browser.submit(f"{url}/andra", valid_from="", note="Ändrad")
    assert wrong.fields(f"{url}/andra")["other_actor_id"] == [other["id"]]
    assert (await browser.submit(f"{url}/andra", note="Ändrad")).status == SEE_OTHER
    kept = (await whole.actors.get(f"/relations/{relation['id']}")).json()
    assert (kept["other_actor_id"], kept["note"]) == (other["id"], "Ändrad")
    await whole.actors.made(f"/actors/{other['id']}/part", {})
    assert other["name"] in said(await browser.get(url)), "it is that one's again"


async def test_a_relation_of_two_that_are_one_says_so_and_offers_nothing(whole: Whole) -> None:
    one, other, relation = await two_related(whole.actors)
    rated = await whole.actors.made("/relation-ratings", a_rating(relation, one, "2024-05-01", 2))
    third = await whole.actor(3)
    await related(whole.actors, third, one, "collaborates_with", "working")
    browser, url = await whole.browser("process_leader"), f"/relationer/{relation['id']}"
    compared = await browser.get(f"/aktorer/{one['id']}/sla-ihop?into_id={other['id']}")
    assert "följer med: 1 relation." in said(compared)
    assert "har 1 relation med varandra" in said(compared)
    apart = await browser.get(f"/aktorer/{one['id']}/sla-ihop?into_id={third['id']}")
    assert "har 1 relation med varandra" in said(apart)
    known = clock.now().isoformat()
    await whole.actors.made(f"/actors/{one['id']}/merge", {"into_id": other["id"]})
    page = await browser.get(url)
    assert (page.status, page.h1) == (200, "Relation inom Exempelkommun 2")
    assert "Relationens två aktörer är nu en" in said(page)
    edit, rate = f"{url}/andra", f"{url}/skattningar/ny"
    changed = f"/skattningar/{rated['id']}/andra"
    assert not {edit, rate, changed} & links(page)
    assert f"/aktorer/{other['id']}" in links(page)
    for closed in (edit, rate, changed):
        away = await browser.get(closed)
        assert (away.status, away.answer.headers["location"]) == (SEE_OTHER, url)
    before = await browser.get(f"{url}?known_at={quote(known)}")
    assert before.h1 == "Exempelkommun 1 och Exempelkommun 2"
    await whole.actors.made(f"/actors/{one['id']}/part", {})
    assert {edit, rate, changed} <= links(await browser.get(url))
    stranger = await whole.actor(4)
    apart = await browser.get(f"/aktorer/{one['id']}/sla-ihop?into_id={stranger['id']}")
    assert "följer med: 2 relationer" in said(apart)
    assert "med varandra" not in said(apart)


async def test_a_relation_leads_to_both_and_says_when_it_had_not_begun(whole: Whole) -> None:
    one, other, relation = await two_related(whole.actors)
    browser, url = await whole.browser("process_leader"), f"/relationer/{relation['id']}"
    page = await browser.get(url)
    for side in (one, other):
        ways = {f"/aktorer/{side['id']}", f"/aktorer/{side['id']}/tillsammans"}
        assert ways <= links(page)
    assert "Fungerande" in said(page)
    assert "inte börjat" not in said(page)
    for on, begun in (("2017-12-31", False), ("2018-05-01", True)):
        then = said(await browser.get(f"{url}?as_of={on}"))
        assert ("Hade inte börjat" in then, "Fungerande" in then) == (not begun, begun)
    sides = {"actor_id": one["id"], "other_actor_id": other["id"], "kind": "funds"}
    coming = await whole.actors.made("/relations", sides | {"valid_from": day(9)})
    assert "Har inte börjat" in said(await browser.get(f"/relationer/{coming['id']}"))


async def test_work_together_is_told_beside_meetings(whole: Whole) -> None:
    one, other, relation = await two_related(whole.actors)
    third = await whole.actor(3)
    browser, url = await whole.browser("process_leader"), f"/relationer/{relation['id']}"
    where = "[aria-labelledby=together-heading]"
    assert "Inget gemensamt arbete, råd eller möte" in said(await browser.get(url), where)
    council = await council_in(whole.councils)
    meetings = [await meeting_in(whole.councils, council) for _ in range(2)]
    for actor in (one, other, third):
        seat = await whole.councils.made("/seats", a_seat(council, actor_id=actor["id"]))
        for meeting in meetings:
            came = {"meeting_id": meeting["id"], "seat_id": seat["id"], "attended": True}
            await whole.councils.made("/attendances", came)
    told = said(await browser.get(url), where)
    assert "0 initiativ, 1 råd, 2 möten. De möts, men gör inget tillsammans än." in told
    await running(whole.councils, **shared(one["id"], other["id"]))
    told = said(await browser.get(url), where)
    assert "1 initiativ (1 pågår, 0 med resultat), 1 råd, 2 möten. Mötena är fler än" in told
    listed = f"/aktorer/{one['id']}/tillsammans"
    assert listed in links(await browser.get(url))
    assert listed in links(await browser.get(f"/aktorer/{one['id']}"))
    rows = [row.text(separator=" ") for row in (await browser.get(listed)).all("tbody tr")]
    assert [name in row for name, row in zip(("kommun 2", "kommun 3"), rows, strict=True)] == [
        True, True,
    ]  # fmt: skip
    assert ("Möts bara" in rows[0], "Möts bara" in rows[1]) == (False, True)
    file = (await browser.http.get(f"{listed}.csv")).text.splitlines()
    assert [line.split(",")[1] for line in file[1:]] == [
        '"Exempelkommun 2"', '"Exempelkommun 3"',
    ]  # fmt: skip
    again = await whole.actor(4)
    await whole.actors.made(f"/actors/{other['id']}/merge", {"into_id": again["id"]})
    await running(whole.councils, **shared(one["id"], again["id"]))
    (first, _second) = (await browser.get(listed)).all("tbody tr")
    cells = [cell.text() for cell in first.css("td")]
    assert ("kommun 4" in first.text(), cells) == (True, ["2", "2", "0", "1", "1", "2"])
    assert "2 initiativ (2 pågår" in said(await browser.get(url), where)
    moved = await browser.get(f"/aktorer/{other['id']}/tillsammans")
    assert moved.status in (200, SEE_OTHER)
