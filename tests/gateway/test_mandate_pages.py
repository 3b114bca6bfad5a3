"""The mandate pages: who may carry what, how municipalities stand to it, and work without one."""

from datetime import timedelta
from typing import Any

import pytest

from gateway import accounts
from gateway.clients.actors import Actors
from gateway.clients.councils import Councils
from gateway.drafts import HouseDraft
from gateway.session import DOOR
from services.kit import clock
from services.kit.errors import Unavailable
from tests.councils.work import an_initiative
from tests.gateway.looking import Page
from tests.gateway.signing_in import Browser, user
from tests.gateway.whole import Fact, Whole

OK, SEE_OTHER = 200, 303


def day(ahead: int) -> str:
    """A day counted from today."""
    return (clock.today() + timedelta(days=ahead)).isoformat()


def links(page: Page) -> set[str]:
    """Where a page leads."""
    return {link.attributes["href"] or "" for link in page.all("main a")}


async def mandate(whole: Whole, issuer: Fact, **more: Any) -> Fact:
    """A mandate of a year, ten days old."""
    facts = {"issuer_actor_id": issuer["id"], "scope": "Bära modellen", "valid_from": day(-10)}
    return await whole.actors.made("/mandates", facts | {"valid_to": day(355)} | more)


async def named(whole: Whole, name: str, kind: str = "network") -> Fact:
    """A new actor."""
    return await whole.actors.made("/actors", {"name": name, "kind": kind})


async def council(whole: Whole, leader: Fact, name: str, **more: Any) -> Fact:
    """An active council."""
    facts = {"name": name, "kind": "industry_council", "level": "operative", "phase": "active"}
    facts |= {"starts_on": "2026-01-01"}
    return await whole.councils.made(
        "/councils", facts | {"leader_actor_ids": [leader["id"]]} | more
    )


async def fifteen(whole: Whole) -> None:
    """The association has three municipalities."""
    names = (("1444", "Grästorp"), ("1472", "Tibro"), ("1496", "Skövde"))
    places = [{"code": code, "name": name} for code, name in names]
    draft = HouseDraft(association="Exempelförbundet", municipalities=places)  # type: ignore[arg-type]
    async with whole.app.state.database.writing(DOOR) as db:
        house = await accounts.house(db)
        await accounts.describe_house(db, draft, house["version"])


async def test_a_mandate_is_given_found_and_changed(whole: Whole) -> None:
    issuer, holder = await whole.actor(), await named(whole, "Exempelnätverket")
    ambassador = await whole.post(issuer, "Kommunchef")
    browser = await whole.browser("process_leader")
    typed = {"issuer_actor_id": issuer["id"], "scope": "Bära modellen", "valid_from": day(-10)}
    none = await browser.submit("/mandat/nytt", **typed)
    assert (none.status, "Välj en innehavare" in none.error("holder_actor_id")) == (422, True)
    bad = await browser.submit("/mandat/nytt", **typed, document="http://exempel.se",
                               holder_actor_id=holder["id"])  # fmt: skip
    assert (bad.status, "https://" in bad.error("document")) == (422, True)
    assert bad.one("#f-scope").text() == "Bära modellen"
    made = await browser.submit(
        "/mandat/nytt", **typed, holder_actor_id=holder["id"], valid_to=day(355),
        ambassador_post_ids=ambassador["id"], document="https://exempel.se/beslut",
    )  # fmt: skip
    assert made.status == SEE_OTHER
    path = made.answer.headers["location"]
    page = await browser.get(path)
    assert page.h1 == "Mandat för Exempelnätverket"
    assert {"https://exempel.se/beslut", f"/aktorer/{holder['id']}"} <= links(page)
    assert "Kommunchef, Exempelkommun 1" in page.text()
    listed = await browser.get("/mandat?q=modellen&state=in_force")
    assert "Exempelnätverket" in listed.text("tbody")
    assert not (await browser.get("/mandat?state=lapsed")).all("tbody tr")
    assert (await browser.get("/mandat?state=fisk")).status == 400
    assert "Bära modellen" in (await browser.http.get("/mandat.csv?state=in_force")).text
    changed = await browser.submit(f"{path}/andra", scope="Bära och leda modellen")
    assert changed.status == SEE_OTHER
    assert "leda" in (await browser.get(path)).text()
    reader = await whole.browser("reader")
    seen = await reader.get(path)
    assert f"{path}/andra" not in links(seen)
    assert (await reader.get(f"{path}/andra")).status == 403
    assert (await reader.get("/mandat/nonsens")).status == 404
    # Who holds it is one click from the menu.
    assert "/mandat" in {one.attributes["href"] for one in seen.all(".nav a")}


async def test_it_stands_on_the_pages_of_all_it_concerns(whole: Whole) -> None:
    issuer, holder = await whole.actor(), await named(whole, "Exempelnätverket")
    post = await whole.post(holder, "Strateg")
    body = await council(whole, holder, "Exempelrådet", process_leader_post_id=post["id"])
    one = await mandate(whole, issuer, holder_post_id=post["id"])
    two = await mandate(whole, issuer, holder_council_id=body["id"], scope="Starta utbildning")
    browser, card = await whole.browser("reader"), "[aria-labelledby=mandates-heading]"
    for path, there in (
        (f"/aktorer/{issuer['id']}", {one["id"], two["id"]}),
        (f"/aktorer/{holder['id']}", {one["id"]}),
        (f"/befattningar/{post['id']}", {one["id"]}),
        (f"/branschrad/{body['id']}", {one["id"], two["id"]}),
    ):
        page = await browser.get(path)
        found = {link.attributes["href"] for link in page.all(f"{card} a[href^='/mandat/']")}
        assert {f"/mandat/{one_id}" for one_id in there} == found, path
    shown = await browser.get(f"/mandat/{two['id']}")
    assert (shown.h1, f"/branschrad/{body['id']}" in links(shown)) == (
        "Mandat för Exempelrådet",
        True,
    )


async def test_a_closed_council_has_the_mandates_of_its_last_day(whole: Whole) -> None:
    issuer, holder = await whole.actor(), await named(whole, "Exempelnätverket")
    then = await mandate(
        whole, issuer, holder_actor_id=holder["id"], valid_from="2026-01-01", valid_to="2026-03-01"
    )
    now = await mandate(whole, issuer, holder_actor_id=holder["id"], scope="Starta utbildning")
    body = await council(whole, holder, "Exempelrådet")
    browser, path = await whole.browser("reader"), f"/branschrad/{body['id']}"
    assert {f"/mandat/{now['id']}"} == links_to_mandates(await browser.get(path))
    closed = {"closed_on": "2026-02-01", "reason": "lost_convenor", "result": "Klart"}
    closed |= {"lessons": "Inga"}
    await whole.councils.made(f"/councils/{body['id']}/close", closed)
    assert {f"/mandat/{then['id']}"} == links_to_mandates(await browser.get(path))


def links_to_mandates(page: Page) -> set[str]:
    """The mandates of a page's card."""
    return {link for link in links(page) if link.startswith("/mandat/") and "ny" not in link}


async def test_the_next_mandate_is_made_by_one_press(whole: Whole) -> None:
    issuer, holder = await whole.actor(), await named(whole, "Exempelnätverket")
    old = await mandate(whole, issuer, holder_actor_id=holder["id"], valid_to=day(30))
    browser, path = await whole.browser("process_leader"), f"/mandat/{old['id']}"
    renewed = await browser.send(
        f"{path}/fornya", **(await browser.get(path)).fields(f"{path}/fornya")
    )
    assert renewed.status == SEE_OTHER
    new = (await whole.actors.get(f"/mandates/{old['id']}")).json()["successor_id"]
    assert renewed.answer.headers["location"] == f"/mandat/{new}/andra"
    page = await browser.get(path)
    assert f"/mandat/{new}" in links(page)
    assert not page.all(f'form[action="{path}/fornya"]')
    next_one = await browser.get(f"/mandat/{new}")
    assert path in links(next_one)
    gone = await browser.submit(f"/mandat/{new}/ta-bort")
    assert gone.answer.headers["location"] == "/mandat"
    assert (await browser.get(f"/mandat/{new}")).status == 404
    endless = await mandate(whole, issuer, holder_actor_id=holder["id"], valid_to=None)
    page = await browser.get(f"/mandat/{endless['id']}")
    assert not page.all(f'form[action="/mandat/{endless["id"]}/fornya"]')
    sent = await browser.send(
        f"/mandat/{endless['id']}/fornya", csrf=page.fields("/logga-ut")["csrf"]
    )
    assert sent.answer.headers["location"] == f"/mandat/{endless['id']}"


async def test_every_municipality_stands_there_and_many_are_recorded_at_once(whole: Whole) -> None:
    await fifteen(whole)
    issuer, holder = await whole.actor(), await named(whole, "Exempelnätverket")
    one = await mandate(whole, issuer, holder_actor_id=holder["id"])
    outside = {"municipality_codes": ["0180"], "state": "declined", "on": day(-1)}
    await whole.actors.made(f"/mandates/{one['id']}/endorse", outside)
    browser, path = await whole.browser("process_leader"), f"/mandat/{one['id']}/forankring"
    page = await browser.get(path)
    assert "0 av 3 kommuner har förankrat mandatet" in page.text()
    assert len(page.all("tbody tr")) == 4
    wrong = await browser.submit(path, state="endorsed", on="", municipality_codes=["1472"])
    assert (wrong.status, bool(wrong.error("on"))) == (422, True)
    assert wrong.fields(path)["municipality_codes"] == ["", "1472"]
    empty = await browser.submit(path, state="endorsed", on=day(-1))
    assert (empty.status, bool(empty.error("municipality_codes"))) == (422, True)
    saved = await browser.submit(path, state="endorsed", on=day(-1), reply="Enhälligt",
                                 municipality_codes=["1472", "1496"])  # fmt: skip
    assert saved.status == SEE_OTHER
    page = await browser.get(path)
    assert "2 av 3 kommuner har förankrat mandatet" in page.text()
    assert "Enhälligt" in page.text("tbody")
    chosen = (await browser.get(f"{path}?valda=utan-svar")).fields(path)["municipality_codes"]
    assert chosen == ["", "1444"]
    shown = (await browser.get(f"/mandat/{one['id']}")).text()
    assert "2 av 3 kommuner" in shown
    reader = await (await whole.browser("reader")).get(path)
    assert not reader.all(f'form[method="post"][action="{path}"]')


async def test_active_councils_without_a_mandate_are_listed(whole: Whole) -> None:
    issuer, holder = await whole.actor(), await named(whole, "Exempelnätverket")
    post = await whole.post(holder, "Processledare")
    other = await named(whole, "Exempelnätverk 2")
    covered = {
        "council": await council(whole, other, "Rådet med eget"),
        "leader": await council(whole, holder, "Rådet med ledare"),
        "post": await council(whole, other, "Rådet med processledare",
                              process_leader_post_id=post["id"]),
    }  # fmt: skip
    await council(whole, other, "Rådet utan")
    await council(whole, other, "Förslaget", phase="proposed")
    await mandate(whole, issuer, holder_council_id=covered["council"]["id"])
    await mandate(whole, issuer, holder_actor_id=holder["id"])
    await mandate(whole, issuer, holder_post_id=post["id"])
    await mandate(whole, issuer, holder_actor_id=other["id"], valid_to=day(0))
    led = {"lead_actor_id": (await named(whole, "Exempelnätverk 3"))["id"]}
    also = {"partners": [{"actor_id": holder["id"], "part": "Leder", "leads": True}]}
    for title, more in (
        ("Utan", {}), ("Förslag", {}), ("Rådets", {"council_id": covered["council"]["id"]}),
        ("Ledarens", {"lead_actor_id": holder["id"]}), ("Tillsammans", also),
        ("Befattningens", {"owner_post_id": post["id"]}), ("Avslutat", {}),
    ):  # fmt: skip
        told = an_initiative(title=title, **led | more)
        made = await whole.councils.made("/initiatives", told)
        if title != "Förslag":
            decided = {"decided_on": day(-9)}
            await whole.councils.made(f"/initiatives/{made['id']}/decide", decided)
        if title == "Avslutat":
            over = {"closed_on": day(-2), "reason": "Slut"}
            await whole.councils.made(f"/initiatives/{made['id']}/stop", over)
    browser = await whole.browser("reader")
    page = await browser.get("/arbete-utan-mandat")
    assert [one.text(strip=True) for one in page.all("tbody th a")] == ["Rådet utan", "Utan"]
    then = await browser.get(f"/arbete-utan-mandat?as_of={day(-3)}")
    listed = [one.text(strip=True) for one in then.all("tbody th a")]
    assert listed == ["Avslutat", "Utan"], "it went on that day, when another had a mandate"
    assert "Utan" not in (await browser.get(f"/arbete-utan-mandat?as_of={day(-10)}")).text("main")
    assert "processledarens befattning" in page.text()


@pytest.mark.parametrize("leads", ["old", "living"])
async def test_who_has_a_mandate_has_it_by_any_of_its_ids(whole: Whole, leads: str) -> None:
    issuer, old = await whole.actor(), await named(whole, "Exempelnätverket")
    living, alone = await named(whole, "Exempelnätverk 2"), await named(whole, "Exempelnätverk 3")
    lead, holder = (old, living) if leads == "old" else (living, old)
    await council(whole, lead, "Rådet")
    await council(whole, alone, "Rådet utan")
    begun = await whole.councils.made(
        "/initiatives", an_initiative(title="Initiativet", lead_actor_id=lead["id"])
    )
    await whole.councils.made(f"/initiatives/{begun['id']}/decide", {"decided_on": day(-9)})
    await mandate(whole, issuer, holder_actor_id=holder["id"])
    url = f"/actors/{old['id']}/merge"
    assert (await whole.actors.post(url, {"into_id": living["id"]})).status_code == OK
    page = await (await whole.browser("reader")).get("/arbete-utan-mandat")
    assert [one.text(strip=True) for one in page.all("tbody th a")] == ["Rådet utan"]


async def test_staff_and_the_holder_are_warned_before_it_lapses(whole: Whole) -> None:
    issuer, holder = await whole.actor(), await named(whole, "Exempelnätverket")
    post, person = await whole.post(holder, "Strateg"), await whole.person()
    await whole.holding(post, person, "2024-01-01")
    mine = await mandate(whole, issuer, holder_post_id=post["id"], valid_to=day(80))
    other = await mandate(whole, issuer, holder_actor_id=holder["id"], valid_to=day(20))
    await mandate(whole, issuer, holder_actor_id=holder["id"], scope="Länge än")
    both = [f"/mandat/{other['id']}", f"/mandat/{mine['id']}"]

    async def shown(browser: Browser) -> list[str | None]:
        page = await browser.get("/")
        card = "[aria-labelledby=lapsing-heading] li a[href^='/mandat/']"
        return [link.attributes["href"] for link in page.all(card)]

    assert await shown(await whole.browser("strategist")) == both
    assert await shown(await whole.browser("reader")) == []
    await user(whole.app, "reader", email="innehavare@exempel.se", person_id=person["id"])
    holding = Browser(whole.app)
    await holding.sign_in("innehavare@exempel.se")
    assert await shown(holding) == both[1:]


async def test_a_role_trial_is_asked_answered_and_found(whole: Whole) -> None:
    actor = await whole.actor()
    browser = await whole.browser("process_leader")
    asked = {"actor_id": actor["id"], "role": "Strategisk nivå", "asked_on": day(-60)}
    made = await browser.submit("/rollprovningar/ny", **asked, answer="waiting", answer_by=day(-5))
    assert made.status == SEE_OTHER
    path = made.answer.headers["location"]
    start = await browser.get("/")
    assert path in {link.attributes["href"] for link in start.all("main a")}
    wrong = await browser.submit(f"{path}/andra", answer="declined", answered_on=day(-1))
    assert (wrong.status, bool(wrong.error("reasons"))) == (422, True)
    said = await browser.submit(f"{path}/andra", answer="declined", answered_on=day(-1),
                                reasons="För lite tid")  # fmt: skip
    assert said.status == SEE_OTHER
    page = await browser.get(path)
    assert (page.h1, "Tackade nej" in page.text()) == ("Strategisk nivå", True)
    assert "För lite tid" in page.text()
    listed = await browser.get("/rollprovningar?answer=declined")
    assert [one.text(strip=True) for one in listed.all("tbody th a")] == ["Strategisk nivå"]
    assert "Strategisk nivå" in (await browser.http.get("/rollprovningar.csv")).text
    on_actor = await (await whole.browser("reader")).get(f"/aktorer/{actor['id']}")
    assert path in links(on_actor)


async def test_who_leaves_sees_the_mandates_left_behind(whole: Whole) -> None:
    issuer, holder = await whole.actor(), await named(whole, "Exempelnätverket")
    post, person = await whole.post(holder, "Strateg"), await whole.person()
    await whole.holding(post, person, "2024-01-01")
    held = await mandate(whole, issuer, holder_post_id=post["id"])
    carried = await mandate(
        whole, issuer, holder_actor_id=holder["id"], ambassador_post_ids=[post["id"]]
    )
    await mandate(whole, issuer, holder_post_id=post["id"], valid_to=day(2))
    both = {f"/mandat/{held['id']}", f"/mandat/{carried['id']}"}
    browser = await whole.browser("process_leader")
    look = await browser.submit(f"/personer/{person['id']}/slutar", left_on=day(5))
    assert {link for link in links(look) if link.startswith("/mandat/")} == both
    leave = await browser.get(f"/aktorer/{holder['id']}/lamna")
    assert both <= links(leave)
    own = leave.text("[aria-labelledby=undertakings-heading]")
    assert "Har mandat" in own
    assert "Har gett mandat" not in own


async def test_an_actor_that_leaves_sees_the_mandates_it_gave(whole: Whole) -> None:
    issuer, holder = await whole.actor(), await named(whole, "Exempelnätverket")
    given = await mandate(whole, issuer, holder_actor_id=holder["id"])
    ended = await mandate(whole, issuer, holder_actor_id=holder["id"], valid_to=day(0))
    page = await (await whole.browser("process_leader")).get(f"/aktorer/{issuer['id']}/lamna")
    assert "Har gett mandat" in page.text("[aria-labelledby=undertakings-heading]")
    assert f"/mandat/{given['id']}" in links(page)
    assert f"/mandat/{ended['id']}" not in links(page)


async def test_pages_stand_where_a_service_is_away(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer, holder = await whole.actor(), await named(whole, "Exempelnätverket")
    body = await council(whole, holder, "Exempelrådet")
    one = await mandate(whole, issuer, holder_council_id=body["id"])
    browser = await whole.browser("process_leader")

    async def away(*_: Any, **__: Any) -> None:
        raise Unavailable("a service is away")

    with monkeypatch.context() as patched:
        patched.setattr(Councils, "send", away)
        for path in ("/arbete-utan-mandat", "/mandat", f"/mandat/{one['id']}", "/mandat/nytt"):
            assert (await browser.get(path)).status == 200, path
    monkeypatch.setattr(Actors, "send", away)
    for path in ("/arbete-utan-mandat", f"/branschrad/{body['id']}", "/"):
        assert (await browser.get(path)).status == 200, path


async def test_a_mandate_looks_back_with_the_names_and_endorsements_of_then(whole: Whole) -> None:
    await fifteen(whole)
    issuer, holder = await whole.actor(), await named(whole, "Exempelnätverket före")
    one = await mandate(whole, issuer, holder_actor_id=holder["id"])
    url, codes = f"/mandates/{one['id']}/endorse", {"municipality_codes": ["1472"]}
    for state, on in (("asked", day(-8)), ("endorsed", day(-6)), ("declined", day(-2))):
        await whole.actors.made(url, codes | {"state": state, "on": on})
    known = clock.now().isoformat().replace("+00:00", "Z")
    told = {"name": "Exempelnätverket efter", "kind": "network"}
    assert (await whole.actors.put(f"/actors/{holder['id']}", told, version=1)).is_success
    browser, path = await whole.browser("process_leader"), f"/mandat/{one['id']}"
    now = await browser.get(f"{path}/forankring")
    assert "0 av 3 kommuner" in now.text()
    row = next(" ".join(tr.text().split()) for tr in now.all("tbody tr") if "Tibro" in tr.text())
    assert row.index("Avböjt") < row.index("Förankrat") < row.index("Tillfrågad")
    then = await browser.get(f"{path}/forankring?as_of={day(-4)}")
    assert "1 av 3 kommuner" in then.text()
    assert not then.all('main form[method="post"]')
    assert "1 av 3 kommuner" in (await browser.get(f"{path}?as_of={day(-4)}")).text()
    for page in (path, "/mandat"):
        then = await browser.get(f"{page}?known_at={known}")
        assert "Exempelnätverket före" in then.text("main"), page
