"""What a departure left is one list of tasks: taken by a post in one step, and counted."""

from typing import Any

import pytest

from gateway import swedish
from gateway.pages import untaken
from services.kit.switchboard import Switchboard
from tests.actors.test_process_leadership import LEADER, an_assignment
from tests.actors.test_takeover import taken_by
from tests.councils.builders import blamed, council_in, day, meeting_in
from tests.councils.work import a_need
from tests.gateway.signing_in import Browser, user
from tests.gateway.test_people_pages import leaving
from tests.gateway.test_withdrawal_pages import carrying, withdrawn
from tests.gateway.whole import Fact, Whole

SEE_OTHER = 303
WAITING = "[aria-labelledby=waiting-heading]"
UNTAKEN = "[aria-labelledby=untaken-heading]"


async def holder(whole: Whole, *roles: str, number: int = 8) -> tuple[Fact, Browser]:
    """A held post, and the browser of who holds it."""
    post = await whole.post(await whole.actor(7), f"Samordnare {number}")
    person = await whole.person(number)
    await whole.holding(post, person, "2024-01-01")
    mail = f"tar{number}@exempel.se"
    await user(whole.app, *roles, email=mail, person_id=person["id"])
    browser = Browser(whole.app)
    assert (await browser.sign_in(mail)).status == SEE_OTHER
    return post, browser


def form_for(page: Any, what: str) -> dict[str, list[str]]:
    """The hidden fields of the button that takes a thing."""
    for form in page.all("form"):
        if "Ta över" in form.text() and what in form.text():
            fields = form.css("input")
            return {one.attributes["name"]: [one.attributes["value"] or ""] for one in fields}
    raise AssertionError(f"no button takes {what}")


def said(page: Any) -> str:
    return " ".join(page.text("main").split())


TAKEN = ("Möbelbranschen", "Ring skolan", "Boka lokal", "Pröva modellen", "Pandemin")


async def test_everything_that_a_person_left_is_taken_in_one_step_and_counted(
    whole: Whole,
) -> None:
    person, post, held = await leaving(whole)
    _own, browser = await holder(whole, "process_leader")
    path = f"/personer/{person['id']}"
    look = await browser.submit(f"{path}/slutar", left_on=day(0))
    assert (await browser.send(f"{path}/slutar", **look.fields())).status == SEE_OTHER
    after = await browser.get(f"{path}/slutat")
    # Thirteen things of councils, the post itself and the relation.
    assert "0 av 15 omhändertagna" in said(after)
    assert "15 har ingen" in said(after)
    for number, what in enumerate(TAKEN, 1):
        sent = form_for(after, what)
        done = await browser.send("/overtaganden/nytt", **sent)
        assert done.answer.headers["location"] == f"{path}/slutat"
        after = await browser.get(f"{path}/slutat")
        assert f"{number} av 15 omhändertagna" in said(after)
    need = (await whole.councils.get(f"/needs/{held['needs']}")).json()
    assert need["owner_post_id"] == _own["id"]
    assert "Samordnare 8 tog över" in after.text("[aria-labelledby=settled-heading]")
    relation = await browser.send("/overtaganden/nytt", **form_for(after, "Exempelkommun 2"))
    assert relation.status == SEE_OTHER
    after = await browser.get(f"{path}/slutat")
    assert "5 av 15 omhändertagna" in said(after), "it is still to be built up"
    assert "1 har någon som tar hand om det" in said(after)
    relations = "[aria-labelledby=relations-heading]"
    assert "Tas om hand" in after.text(relations)
    action = after.one(f"{relations} form").attributes["action"] or ""
    assert (await browser.send(action, **after.fields(action))).status == SEE_OTHER
    ticked = await browser.get(f"{path}/slutat")
    assert "men relationen är som den var. Skriv relationens nya läge" in ticked.text(relations)
    assert "Byt ansvarig" not in ticked.text(relations), "a relation has no owner"
    assert (
        "/relationer/" in (ticked.one(f"{relations} p.meta a[href*=relationer]").attributes["href"])
    )
    await browser.send("/overtaganden/nytt", **form_for(ticked, "Exempelkommun 2"))
    after = await browser.get(f"{path}/slutat")
    await whole.holding(post, await whole.person(2), day(0))
    after = await browser.get(f"{path}/slutat")
    assert "14 av 15 omhändertagna" in said(after), "who has the post has what hangs on it"
    assert "löst på annat sätt" in after.text("[aria-labelledby=settled-heading]")


async def test_what_falls_vacant_on_a_coming_day_waits_at_once(whole: Whole) -> None:
    person, post, _held = await leaving(whole)
    _own, browser = await holder(whole, "process_leader")
    follower = await whole.post(await whole.actor(6), "Rektor")
    await whole.holding(follower, await whole.person(4), "2024-01-01", day(5))
    await whole.holding(follower, await whole.person(5), day(5))
    path = f"/personer/{person['id']}"
    look = await browser.submit(f"{path}/slutar", left_on=day(5))
    assert (await browser.send(f"{path}/slutar", **look.fields())).status == SEE_OTHER
    left = said(await browser.get(f"{path}/slutat")).split(" omhändertagna")[0].rsplit(" ", 1)[1]
    now, then, late = [
        await browser.get(f"/overtaganden{asked}")
        for asked in ("", f"?as_of={day(5)}", f"?as_of={day(9)}")
    ]
    for page in (now, then, late):
        text = " ".join(page.text(UNTAKEN).split())
        assert f"{left} saker har ingen" in text, "as many as after the departure"
        assert "Exempelkommun 1 – Exempelkommun 2" in text
        assert "Möbelbranschen" in text
        assert "Rektor" not in text, "somebody comes after"
    assert f"Vakant från {swedish.day(day(5))}" in now.text(UNTAKEN)
    assert "Vakant från" not in then.text(UNTAKEN)
    assert "Ta över" in " ".join(b.text() for b in now.all(f"{UNTAKEN} button"))
    assert not then.all(f"{UNTAKEN} button"), "nothing is changed on another day than today"
    for asked in (f"as_of={day(-1)}", f"as_of={day(5)}&known_at={day(-1)}"):
        past = await browser.get(f"/overtaganden?{asked}")
        assert "väntade på någon då visas inte" in " ".join(past.text(UNTAKEN).split())
    sent = form_for(now, post["title"])
    assert sent["left_post_id"] == [post["id"]]
    await whole.holding(post, await whole.person(2), day(5))
    assert "Möbelbranschen" not in (await browser.get("/overtaganden")).text(UNTAKEN)


@pytest.mark.parametrize("until", [20, None])
async def test_a_post_that_is_covered_until_a_day_is_nobodys_then(
    whole: Whole, until: int | None
) -> None:
    """The person's page, the list and the confirmation say the same of it."""
    person, post, _held = await leaving(whole)
    _own, browser = await holder(whole, "process_leader")
    end = day(until) if until else None
    await whole.holding(post, await whole.person(4), day(-5), end, cover="substitute")
    path = f"/personer/{person['id']}"
    look = await browser.submit(f"{path}/slutar", left_on=day(0))
    assert f"successor-{post['id']}" in look.fields(), "it has no holder of its own then"
    bare = f"Vikarien har den till {swedish.day(day(20))}"
    assert (bare in said(look)) == bool(until)
    takes = f"taker-post-{post['id']}-post_id"
    assert (takes in look.fields()) == bool(until)
    assert (await browser.send(f"{path}/slutar", **look.fields())).status == SEE_OTHER
    after = said(await browser.get(f"{path}/slutat"))
    waiting = " ".join((await browser.get("/overtaganden")).text(UNTAKEN).split())
    assert ("Blir vakant" in after, "Möbelbranschen" in waiting) == (bool(until),) * 2
    if until:
        left = after.split(" omhändertagna")[0].rsplit(" ", 1)[1]
        assert f"{left} saker har ingen" in waiting, "as many as after the departure"
        assert f"Blir vakant från {swedish.day(day(20))}" in after
        await whole.holding(post, await whole.person(5), day(0))
        assert "Möbelbranschen" not in said(await browser.get("/overtaganden"))
        assert "Blir vakant" not in said(await browser.get(f"{path}/slutat"))


async def test_what_is_assigned_stands_in_the_day_of_who_is_to_do_it(whole: Whole) -> None:
    actor, _hanging = await carrying(whole)
    browser = await whole.browser("process_leader")
    post, member = await holder(whole, "council_member")
    assert (await withdrawn(browser, actor, day(0))).status == SEE_OTHER
    path = f"/aktorer/{actor['id']}/lamnat"
    after = await browser.get(path)
    assert "Ta över" not in said(after), "nobody takes without a post of their own"
    total = int(said(after).split(" omhändertagna")[0].rsplit(" ", 1)[1])
    links = [
        a for a in after.all("main a") if "/overtaganden/nytt?" in (a.attributes["href"] or "")
    ]
    assert len(links) == total, "each thing that was left can be given to somebody"
    odd = await browser.get("/overtaganden/nytt?left_actor_id=x&noun=y&thing_id=z")
    assert (odd.status, odd.h1) == (400, "Vem tar hand om det?")
    wrong = await browser.send("/overtaganden/nytt", **odd.fields())
    assert wrong.status == 422
    seat = next(a for a in links if "noun=programme" in (a.attributes["href"] or ""))
    ask = await browser.get(seat.attributes["href"] or "")
    assert "Träteknik" in said(ask)
    nobody = await browser.send("/overtaganden/nytt", **ask.fields() | {"due_on": day(3)})
    assert (nobody.status, bool(nobody.error("owner_post_id"))) == (422, True)
    assert nobody.fields()["due_on"] == [day(3)]
    sent = nobody.fields() | {"owner_post_id": post["id"]}
    done = await browser.send("/overtaganden/nytt", **sent)
    assert done.answer.headers["location"] == path
    assert "klart senast" in said(await browser.get(path))
    start = await member.get("/")
    assert "Ditt Att ta hand om Träteknik" in " ".join(start.text(WAITING).split())
    taken = (await whole.actors.get("/takeovers?open=true")).json()["items"][0]
    assert (taken["owner_post_id"], taken["left_actor_id"]) == (post["id"], actor["id"])
    fields = next(f for f in start.all("form") if f"{taken['id']}/klart" in f.attributes["action"])
    values = {i.attributes["name"]: i.attributes["value"] or "" for i in fields.css("input")}
    closed = await member.send(f"/overtaganden/{taken['id']}/klart", **values)
    assert closed.status == SEE_OTHER
    assert "Träteknik" not in (await member.get("/")).text(WAITING)
    again = said(await browser.get(path))
    assert f"0 av {total} omhändertagna" in again, "it hangs there all the same"
    assert f"sa Klart {swedish.day(day(0))}, men saken själv står kvar på den som lämnade" in again
    assert "Byt ansvarig på saken själv" in again
    listed = await browser.get("/overtaganden?open=false")
    assert "Träteknik" in listed.all("#results tbody")[-1].text()
    assert "Träteknik" in (await browser.http.get("/overtaganden.csv")).text
    assert (await member.get("/overtaganden")).status == 403


async def test_what_is_locked_is_taken_care_of_and_what_another_owns_is_not_taken(
    whole: Whole,
) -> None:
    post, other = await whole.post(await whole.actor()), await whole.actor(2)
    own, browser = await holder(whole, "process_leader")
    held = await whole.post(other, "Rektor")
    await whole.holding(held, await whole.person(3), "2024-01-01")
    council = await council_in(whole.councils)
    meeting = await meeting_in(whole.councils, council)
    decided = {"council_id": council["id"], "meeting_id": meeting["id"], "text": "Starta kurs",
               "decided_on": day(-7), "owner_post_id": post["id"], "review_on": day(9)}  # fmt: skip
    decision = await whole.councils.made("/decisions", decided)
    approval = {"approved_on": day(0), "approved_by_post_id": own["id"]}
    answer = await whole.councils.post(f"/meetings/{meeting['id']}/approve", approval)
    page = await browser.get(f"/befattningar/{post['id']}")
    sent = form_for(page, "Starta")
    assert sent["left_post_id"] == [post["id"]]
    assert (await browser.send("/overtaganden/nytt", **sent)).status == SEE_OTHER
    kept = (await whole.councils.get(f"/decisions/{decision['id']}")).json()
    moved = kept["owner_post_id"] == own["id"]
    assert moved != answer.is_success, "an approved decision is not changed"
    pledge = {"actor_id": other["id"], "what": "Lokal", "due_on": day(3)}
    made = await whole.actors.made("/pledges", pledge | {"owner_post_id": held["id"]})
    theirs = sent | {"noun": "pledge", "thing_id": made["id"], "what": "Lokal"}
    refused = await browser.send("/overtaganden/nytt", **theirs)
    assert refused.status == 422
    assert "Någon tar redan hand om det" in refused.text("main")


async def test_from_my_day_what_nobody_owns_is_taken_in_one_step(whole: Whole) -> None:
    own, browser = await holder(whole, "process_leader")
    vacant = await whole.post(await whole.actor())
    lost = {"statement": "Fler svetsare", "areas": ["matching"], "horizon": "long"}
    need = await whole.councils.made("/needs", lost | {"owner_post_id": vacant["id"]})
    free = await whole.councils.made("/needs", lost | {"statement": "Fler kockar"})
    start = await browser.get("/")
    for what, thing in (("Fler kockar", free), ("Fler svetsare", need)):
        done = await browser.send("/overtaganden/nytt", **form_for(start, what))
        assert done.answer.headers["location"] == "/"
        now = (await whole.councils.get(f"/needs/{thing['id']}")).json()
        assert now["owner_post_id"] == own["id"], what
    told = (await whole.actors.get("/takeovers?sort=created_at")).json()["items"]
    assert [(one["left_post_id"], bool(one["done_on"])) for one in told] == [
        (None, True), (vacant["id"], True),
    ]  # fmt: skip
    assert "Fler kockar" not in (await browser.get("/")).text(WAITING)


async def test_a_next_step_that_nobody_has_waits_until_somebody_takes_it(whole: Whole) -> None:
    own, browser = await holder(whole, "process_leader")
    sides = {"actor_id": (await whole.actor())["id"], "our_actor_id": (await whole.actor(2))["id"]}
    told = sides | {"held_on": day(-9), "channel": "phone", "said": "Exempel"}
    for step in ({}, {"next_step": "Tacka", "owner_post_id": own["id"]}):
        await whole.actors.made("/contacts", told | step)
    done = {"next_step": "Mejla", "done_on": day(-1)}
    await whole.actors.made("/contacts", told | done)
    contact = await whole.actors.made("/contacts", told | {"next_step": "Ring upp"})
    page = await browser.get("/overtaganden")
    links = [one.attributes["href"] for one in page.all(f"{UNTAKEN} tbody th a")]
    assert links == [f"/kontakter/{contact['id']}"]
    figure = (await browser.get("/")).one('a[href="/overtaganden#untaken"]')
    assert figure.text(strip=True) == "1"
    taken = await browser.send("/overtaganden/nytt", **form_for(page, "Ring upp"))
    assert taken.answer.headers["location"] == "/overtaganden"
    now = (await whole.actors.get(f"/contacts/{contact['id']}")).json()
    assert now["owner_post_id"] == own["id"]
    assert "Ring upp" not in (await browser.get("/overtaganden")).text(UNTAKEN)


async def test_everything_untaken_stands_on_one_page_and_its_number_on_the_overview(
    whole: Whole,
) -> None:
    actor, hanging = await carrying(whole)
    given = {"issuer_actor_id": (await whole.actor(2))["id"], "holder_actor_id": actor["id"]}
    term = {"scope": "Leda arbetet", "valid_from": "2020-01-01"}
    mandate = await whole.actors.made("/mandates", given | term)
    vacant = await whole.post(await whole.actor(3), "Näringslivschef", example=True)
    _post, browser = await holder(whole, "process_leader")
    assert (await withdrawn(browser, actor, day(0))).status == SEE_OTHER
    left = await browser.get(f"/aktorer/{actor['id']}/lamnat")
    count = int(said(left).partition(" har ingen")[0].rpartition(" ")[2])
    page = await browser.get("/overtaganden")
    assert f"{count + 1} saker" in page.text(UNTAKEN), "and the vacant post"
    wanted = {one for one in hanging if not one.startswith("/befattningar")}
    wanted |= {f"/mandat/{mandate['id']}", f"/befattningar/{vacant['id']}"}
    assert wanted <= {one.attributes["href"] for one in page.all(f"{UNTAKEN} a")}
    done = await browser.send("/overtaganden/nytt", **form_for(page, "Leda arbetet"))
    assert done.answer.headers["location"] == "/overtaganden"
    page = await browser.get("/overtaganden")
    assert f"{count} saker" in page.text(UNTAKEN)
    assert "Leda arbetet" not in page.text(UNTAKEN)
    only = await browser.get("/overtaganden?noun=post")
    assert [one.text() for one in only.all(f"{UNTAKEN} .tag")] == ["Exempel"]
    posts = only.text(UNTAKEN)
    assert ("Näringslivschef" in posts, "1 sak " in " ".join(posts.split())) == (True, True)
    assert "Inget sådant" in (await browser.get("/overtaganden?noun=takeover")).text(UNTAKEN)
    ways = (await browser.get("/")).all('a[href="/overtaganden#untaken"]')
    assert any(str(count) in way.parent.text() for way in ways if way.parent)


async def test_many_leavers_cost_no_more_calls_and_no_post_is_dropped(
    whole: Whole, monkeypatch: Any
) -> None:
    browser = await whole.browser("process_leader")
    asked: list[str] = []
    calls: list[int] = []
    gone: list[Fact] = []
    ask = Switchboard.ask

    async def counted(board: Any, service: str, method: str, path: str, **more: Any) -> Any:
        asked.append(path)
        return await ask(board, service, method, path, **more)

    monkeypatch.setattr(Switchboard, "ask", counted)
    place, why = {"level": "operative", "status": "active"}, {"reason": "Nytt uppdrag"}
    for number in range(1, 4):
        actor = await whole.actor(number)
        body = place | {"actor_id": actor["id"], "valid_from": "2020-01-01"}
        await whole.actors.post(f"/actors/{actor['id']}/place", body)
        offered = {"provider_actor_id": actor["id"], "name": f"Kurs {number}", "form": "other"}
        await whole.actors.made("/programmes", offered)
        left = await whole.actors.post(
            f"/actors/{actor['id']}/withdraw", why | {"withdrawn_on": day(0)}
        )
        assert left.status_code == 200, left.text
        gone.append(actor)
        asked.clear()
        page = await browser.get("/overtaganden")
        calls.append(len(asked))
        assert f"Kurs {number}" in said(page)
    assert max(calls) == calls[0], "those who left are asked about together"
    drafts = [{"actor_id": gone[0]["id"], "title": f"Samordnare {n}"} for n in range(1, 131)]
    posts = (await whole.actors.post("/posts/bulk", drafts)).json()["ids"]
    for post in (posts[0], posts[-1]):
        await whole.councils.made("/needs", a_need(owner_post_id=post))
    pages = [await browser.get(f"/overtaganden?kvar={number}") for number in range(1, 4)]
    shown = [a.attributes["href"] or "" for page in pages for a in page.all(f"{UNTAKEN} a")]
    assert len([one for one in shown if one.startswith("/behov/")]) == 2
    assert max(len(page.all(f"{UNTAKEN} tbody tr")) for page in pages) == 50, "a page at a time"
    last = await browser.get("/overtaganden?kvar=99")
    assert last.text(f"{UNTAKEN} .pager") == pages[-1].text(f"{UNTAKEN} .pager")
    monkeypatch.setattr(untaken, "PAGE", 20)
    monkeypatch.setattr(untaken, "MOST_PAGES", 1)
    narrow = await browser.get("/overtaganden")
    assert "90 vakanta befattningar till ryms inte här" in " ".join(narrow.text(UNTAKEN).split())
    assert "minst" in (await browser.get("/")).text('a[href="/overtaganden#untaken"]')


async def test_what_is_taken_is_asked_of_its_keeper(whole: Whole) -> None:
    post = await whole.post(await whole.actor())
    told = taken_by(post)
    refused = await whole.actors.post("/takeovers", told)
    assert blamed(refused) == (422, "thing_id", "unknown_reference")
    need = await whole.councils.made("/needs", a_need())
    await whole.actors.made("/takeovers", told | {"thing_id": need["id"]})


async def test_what_a_vacant_process_leader_leads_is_taken_from_today_on(whole: Whole) -> None:
    at, led = await whole.actor(), await whole.actor(2)
    vacant = await whole.post(at, "Processledare", **LEADER)
    _clerk, browser = await holder(whole, "process_leader")
    own = await whole.post(await whole.actor(7), "Processledare 2", **LEADER)
    await whole.holding(own, await whole.person(2), "2024-01-01")
    begun = an_assignment(vacant, actor_id=led["id"], industry="Glas")
    made = await whole.actors.made("/leader-assignments", begun)
    listed = await browser.get("/overtaganden")
    waiting = " ".join(listed.text(UNTAKEN).split())
    assert f"Glas, {led['name']}" in waiting
    assert "Processledaruppdrag" in waiting
    ask = form_for(listed, "Glas")
    assert ask["left_post_id"] == [vacant["id"]]
    page = await browser.get(f"/befattningar/{vacant['id']}")
    assert "Glas" in said(page)
    done = await browser.send("/overtaganden/nytt", **ask | {"owner_post_id": own["id"]})
    assert done.status == SEE_OTHER
    old, new = (await whole.actors.get("/leader-assignments?sort=created_at")).json()["items"]
    assert (old["id"], old["valid_to"]) == (made["id"], day(0))
    assert (new["post_id"], new["valid_from"], new["actor_id"]) == (own["id"], day(0), led["id"])
    again = await browser.get("/overtaganden")
    assert "Glas" not in again.text(UNTAKEN)
    taken = (await whole.actors.get("/takeovers")).json()["items"][0]
    assert (taken["noun"], taken["done_on"]) == ("leader_assignment", day(0))
