"""Choices: everything that exists can be chosen, however much there is."""

import pytest

from gateway.clients import service
from gateway.pages import (
    actor_choices,
    choices,
    need_choices,
    person_choices,
    post_choices,
    thing_choices,
)
from tests.actors.test_carried_issue import an_issue
from tests.actors.test_joining import a_joining
from tests.actors.test_process_leadership import LEADER, an_assignment
from tests.councils.builders import a_decision, council_in, day, meeting_in
from tests.councils.work import a_need, an_initiative
from tests.gateway.looking import Page
from tests.gateway.whole import Whole


async def test_lists_longer_than_a_page_are_offered_whole(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "MOST", 2)
    monkeypatch.setattr(service, "PAGE", 2)
    actors = [await whole.actor(number) for number in range(1, 6)]
    for actor in actors:
        await whole.post(actor, "Utvecklare")
    browser = await whole.browser("process_leader")
    page = await browser.get("/behov/nytt")
    offered = {one.text(strip=True) for one in page.all("#f-owner_post_id option")}
    assert {f"{actor['name']}: Utvecklare (vakant)" for actor in actors} <= offered


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two actors are many."""
    monkeypatch.setattr(actor_choices, "MOST", 2)
    monkeypatch.setattr(actor_choices, "FEW", 2)


def offered(page: Page, field: str) -> list[str]:
    """What can be chosen in a field."""
    return [one.text(strip=True) for one in page.all(f'[id="f-{field}"] option')]


@pytest.mark.usefixtures("few")
async def test_any_of_many_actors_is_found_by_a_part_of_its_name(whole: Whole) -> None:
    for number in range(1, 4):
        await whole.actor(number)
    last = await whole.actors.made("/actors", {"name": "Exempelö bageri", "kind": "company"})
    await whole.actors.made("/actors", {"name": "Exempelö konditori", "kind": "company"})
    browser = await whole.browser("process_leader")
    page = await browser.get("/befattningar/ny")
    assert len(offered(page, "actor_id")) == 3
    assert "Exempelö bageri" not in offered(page, "actor_id")
    told = {"title": "Utvecklare", "sok-actor_id": "exempelö"}
    page = await browser.submit("/befattningar/ny", **told)
    assert page.errors == ["Flera stämmer. Välj den du menar."]
    assert offered(page, "actor_id") == ["Välj", "Exempelö bageri", "Exempelö konditori"]
    assert page.fields()["title"] == ["Utvecklare"]
    none = await browser.send("/befattningar/ny", **page.fields() | {"sok-actor_id": "finns inte"})
    assert none.errors == ["Ingen stämmer. Prova en annan del av namnet."]
    one = await browser.send("/befattningar/ny", **page.fields() | {"sok-actor_id": "bageri"})
    assert (one.status, one.fields()["actor_id"]) == (422, [last["id"]])
    made = await browser.send("/befattningar/ny", **one.fields())
    assert made.status == 303
    posts = (await whole.actors.get(f"/posts?actor_id={last['id']}")).json()["items"]
    assert [post["title"] for post in posts] == ["Utvecklare"]


async def test_any_of_many_posts_is_found_by_its_title_or_its_actors_name(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post_choices, "MOST", 2)
    actors = [await whole.actor(number) for number in range(1, 4)]
    held = [await whole.post(actor, "Utvecklare") for actor in actors]
    leader = await whole.post(actors[2], "Ö-ledare", **LEADER)
    browser = await whole.browser("process_leader")
    page = await browser.get("/behov/nytt")
    assert len(offered(page, "owner_post_id")) == 3
    told = {"statement": "Svetsare", "areas": "matching", "horizon": "short"}
    several = await browser.submit("/behov/nytt", **told, **{"sok-owner_post_id": "kommun 3"})
    assert several.errors == ["Flera stämmer. Välj den du menar."]
    assert offered(several, "owner_post_id")[1:] == [
        "Exempelkommun 3: Utvecklare (vakant)", "Exempelkommun 3: Ö-ledare (vakant)",
    ]  # fmt: skip
    for text, post in (("ö-ledare", leader), ("Exempelkommun 2: utveckl", held[1])):
        sent = several.fields() | {"sok-owner_post_id": text}
        one = await browser.send("/behov/nytt", **sent)
        assert (one.status, one.fields()["owner_post_id"]) == (422, [post["id"]]), text
    assert one.fields()["statement"] == ["Svetsare"]
    made = await browser.send("/behov/nytt", **one.fields())
    assert made.status == 303
    none = await browser.send("/behov/nytt", **sent | {"sok-owner_post_id": "finns: inte"})
    assert none.errors == ["Ingen stämmer. Prova en annan del av namnet."]
    kept = await browser.get(f"/atgarder?owner_post_id={held[2]['id']}")
    assert "3: Utvecklare" in kept.text("#f-owner_post_id option[selected]")
    monkeypatch.setattr(post_choices, "MOST", 1)
    later = await whole.post(actors[1], "Å-ledare", **LEADER)
    page = await browser.get(f"/processledare/nytt?post_id={leader['id']}")
    assert page.fields()["post_id"] == [leader["id"]]
    asked = page.one("fieldset.seek").attributes["hx-get"] or ""
    by_script = {"hx-request": "true"}
    found = await browser.http.get(f"{asked}&sok-post_id=utvecklare", headers=by_script)
    assert "Utvecklare" not in found.text, "only process leaders' posts lead"
    found = await browser.http.get(f"{asked}&sok-post_id=%C3%A5-led", headers=by_script)
    assert "Exempelkommun 2: Å-ledare" in found.text
    assert (await browser.http.get(asked)).headers["location"] == "/befattningar"
    await whole.holding(later, await whole.person(), "2022-01-01")
    page = await browser.get("/bidrag?as_of=2020-01-01")
    asked = page.one("fieldset.seek[hx-get*='befattningar']").attributes["hx-get"] or ""
    sought = f"{asked}&sok-owner_post_id=%C3%A5-led"
    found = await browser.http.get(sought, headers=by_script)
    assert "Exempelkommun 2: Å-ledare (vakant)" in found.text, "as it was on the day"
    held = await browser.http.get(sought.replace("2020", "2023"), headers=by_script)
    assert "Exempelkommun 2: Å-ledare<" in held.text
    wrong = await browser.http.get(sought.replace("2020-01-01", "inte"), headers=by_script)
    assert wrong.status_code == 200


@pytest.mark.usefixtures("few")
async def test_what_is_chosen_stays_while_more_is_sought(whole: Whole) -> None:
    for number in range(1, 4):
        await whole.actor(number)
    bakers = [
        await whole.actors.made("/actors", {"name": name, "kind": "company"})
        for name in ("Exempelö bageri", "Exempelö konditori")
    ]
    browser = await whole.browser("process_leader")
    told = {"name": "Exempelrådet", "kind": "industry_council", "level": "operative"}
    told |= {"phase": "active", "sok-leader_actor_ids": "bageri"}
    page = await browser.submit("/branschrad/nytt", **told)
    assert page.fields()["leader_actor_ids"] == ["", bakers[0]["id"]]
    sent = page.fields() | {"sok-leader_actor_ids": "konditori"}
    page = await browser.send("/branschrad/nytt", **sent)
    assert page.fields()["leader_actor_ids"] == ["", *(one["id"] for one in bakers)]
    made = await browser.send("/branschrad/nytt", **page.fields())
    assert made.status == 303
    begun = await browser.get(f"/befattningar/ny?actor_id={bakers[1]['id']}")
    assert begun.fields()["actor_id"] == [bakers[1]["id"]]
    page = await browser.get("/initiativ/nytt")
    sent = page.fields() | {"sok-partners": "bageri"}
    page = await browser.send("/initiativ/nytt", **sent)
    assert "Exempelö bageri" in offered(page, "partners.0.actor_id")


@pytest.mark.usefixtures("few")
async def test_choices_narrow_while_one_writes(whole: Whole) -> None:
    for number in range(1, 4):
        await whole.actor(number)
    browser = await whole.browser("reader")
    by_script = {"hx-request": "true"}
    query = "field=actor_id&at=f&nothing=Alla&sok-actor_id=exempelkommun+3"
    part = Page(await browser.http.get(f"/aktorer/val?{query}", headers=by_script), checked=False)
    assert [one.text(strip=True) for one in part.all("option")] == ["Alla", "Exempelkommun 3"]
    assert part.one('input[name="funnet-actor_id"]').attributes["value"] == "exempelkommun 3"
    many = query.replace("actor_id", "leader_actor_ids") + "&many=ja"
    part = Page(await browser.http.get(f"/aktorer/val?{many}", headers=by_script), checked=False)
    assert len(part.all('input[type="checkbox"]')) == 1
    assert (await browser.http.get(f"/aktorer/val?{query}")).headers["location"] == "/aktorer"


async def test_days_in_choices_are_read_as_everywhere_else(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils, starts_at="2026-03-02T09:00:00+01:00")
    await whole.councils.made("/decisions", a_decision(meeting, decided_on="2026-03-02"))
    page = await (await whole.browser("process_leader")).get("/initiativ/nytt")
    assert "2 mar 2026, Exempelrådet: Starta en utbildning" in page.text("#f-decision_id")


async def test_municipalities_stand_in_swedish_order(whole: Whole) -> None:
    named = {"1401": "Exempelkommun Ö", "1402": "Exempelkommun Ä", "1407": "Exempelkommun å"}
    rows = {f"municipalities.{at}.code": code for at, code in enumerate(named)}
    rows |= {f"municipalities.{at}.name": name for at, name in enumerate(named.values())}
    admin = await whole.browser("administrator", "process_leader")
    given = {"association": "Exempelförbundet", "contact": "Skriv till stod@exempel.se"}
    assert (await admin.submit("/installningar", **given, **rows)).status == 303
    options = (await admin.get("/aktorer")).all("#f-municipality_code option")
    names = [one.text(strip=True).rpartition(" ")[2] for one in options]
    assert names[1:] == ["å", "Ä", "Ö"]


async def test_what_is_chosen_stays_chosen_where_the_list_is_cut(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "PAGE", 1)
    monkeypatch.setattr(service, "MOST_PAGES", 1)
    for number in (1, 2):
        await whole.actor(number)
    last = await whole.actor(3)
    page = await (await whole.browser("process_leader")).get(f"/kontakter/ny?actor_id={last['id']}")
    assert len(page.all("#f-actor_id option")) == 4  # none, the chosen one, and two of three
    assert page.fields()["actor_id"] == [last["id"]]


async def test_an_actor_that_was_merged_is_chosen_as_the_one_it_lives_on_in(whole: Whole) -> None:
    living, merged = await whole.actor(1), await whole.actor(2)
    body = {"into_id": living["id"]}
    assert (await whole.actors.post(f"/actors/{merged['id']}/merge", body)).is_success
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/kontakter/ny?actor_id={merged['id']}")
    assert page.fields()["actor_id"] == [living["id"]]
    page = await browser.get(f"/kontakter?actor_id={merged['id']}")
    assert page.one("#f-actor_id option[selected]").text(strip=True) == living["name"]


async def test_nonsense_in_any_choice_comes_back_to_its_field_with_what_was_typed(
    whole: Whole,
) -> None:
    actor, council = await whole.actor(), await council_in(whole.councils)
    post = await whole.post(actor, "Processledare", **LEADER)
    meeting = await meeting_in(whole.councils, council)
    told = {
        "joinings": a_joining(actor, post),
        "carried-issues": an_issue(post),
        "leader-assignments": an_assignment(post),
    }
    made = {noun: (await whole.actors.made(f"/{noun}", one))["id"] for noun, one in told.items()}
    council_page, meeting_page = f"/branschrad/{council['id']}", f"/moten/{meeting['id']}"
    issue = f"/burna-fragor/{made['carried-issues']}/andra"
    leads = f"/processledare/{made['leader-assignments']}/andra"
    joins = f"/pakopplingar/{made['joinings']}/andra"
    need = f"/behov/{(await whole.councils.made('/needs', a_need()))['id']}/andra"
    browser = await whole.browser("process_leader")
    for page, at, typed, names in (
        (council_page, f"{council_page}/platser", "readiness_exception", ("actor_id", "post_id")),
        (meeting_page, f"{meeting_page}/beslut", "text", ("need_ids",)),
        (issue, issue, "issue", ("need_id", "to_council_id")),
        (leads, leads, "note", ("post_id",)),
        (need, need, "statement", ("council_id",)),
        ("/behov/nytt", "/behov/nytt", "statement", ("council_id",)),
        (joins, joins, "reasons", ("seat_id", "initiative_id", "pledge_id")),
    ):
        for name in names:
            wrong = await browser.submit(page, at=at, **{typed: "Exempel: kvar", name: "x"})
            assert (wrong.status, name) == (422, name), at
            assert wrong.all(f'[id$="-{name}-wrong"]'), at
            assert wrong.fields(at)[typed] == ["Exempel: kvar"], at


async def test_a_user_is_linked_to_a_person_by_a_part_of_the_name(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(person_choices, "MOST", 2)
    people = [await whole.person(number) for number in range(1, 5)]
    browser, path = await whole.browser("administrator"), "/anvandare/ny"
    page = await browser.get(path)
    assert len(offered(page, "person_id")) == 3, "and nobody"
    assert not page.all("fieldset.seek[hx-get]"), "a name does not belong in an address"
    new = {"name": "Exempelperson 9", "email": "nio@exempel.se", "roles": ["reader"]}
    found = await browser.submit(path, **new | {"sok-person_id": "person 4"})
    assert (found.status, found.fields()["person_id"]) == (422, [people[3]["id"]])
    assert found.fields()["name"] == ["Exempelperson 9"]
    link = await browser.send(path, **found.fields())
    assert link.h1 == "Länk till Exempelperson 9"
    listed = await browser.get("/anvandare")
    href = next(one for one in listed.all("main a") if one.text(strip=True) == "Exempelperson 9")
    path = href.attributes["href"] or ""
    user = await browser.get(path)
    assert user.fields()["person_id"] == [people[3]["id"]]
    none = await browser.send(path, **user.fields() | {"sok-person_id": "finns inte"})
    assert none.errors == ["Ingen stämmer. Prova en annan del av namnet."]


async def test_who_takes_a_post_is_found_by_a_part_of_the_name(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are many people: to be appointed, and to come after somebody who leaves."""
    monkeypatch.setattr(person_choices, "MOST", 2)
    people = [await whole.person(number) for number in range(1, 6)]
    post = await whole.post(await whole.actor())
    browser, path = await whole.browser("process_leader"), f"/befattningar/{post['id']}/tillsatt"
    page = await browser.get(path)
    assert len(offered(page, "person_id")) == 3, "and nobody"
    assert not page.all("fieldset.seek[hx-get]"), "a name does not belong in an address"
    sought = {"sok-person_id": "person 5", "valid_from": day(-9), "source": "Exempel: avtalet"}
    found = await browser.submit(path, **sought)
    assert (found.status, found.fields()["person_id"]) == (422, [people[4]["id"]])
    assert found.fields()["source"] == ["Exempel: avtalet"]
    assert (await browser.send(path, **found.fields())).status == 303
    held = await browser.get(path)
    assert "Exempelperson 5 har befattningen" in held.text(), "who is not in the list"
    leaves, field = f"/personer/{people[4]['id']}/slutar", f"successor-{post['id']}"
    look = await browser.submit(leaves, left_on=day(0))
    assert len(offered(look, field)) == 3
    narrowed = look.fields() | {f"sok-{field}": "person 4", "step": "narrow"}
    one = await browser.send(leaves, **narrowed)
    assert one.fields()[field] == [people[3]["id"]]
    unread = await browser.send(leaves, **one.fields() | {f"sok-{field}": "finns inte"})
    assert unread.error(field) == "Ingen stämmer. Prova en annan del av namnet."
    assert (await browser.send(leaves, **one.fields())).status == 303
    now = (await whole.actors.get(f"/holdings?post_id={post['id']}&sort=-valid_from")).json()
    assert now["items"][0]["person_id"] == people[3]["id"]


@pytest.mark.usefixtures("few")
async def test_any_of_many_needs_is_found_by_its_words(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside a field of actors, which is narrowed by a text of its own."""
    monkeypatch.setattr(need_choices, "MOST", 2)
    words = ("svetsare", "snickare", "taxiförare", "undersköterskor")
    made = [
        await whole.councils.made("/needs", a_need(statement=f"Exempel: fler {one}"))
        for one in words
    ]
    for number in range(1, 4):
        await whole.actor(number)
    browser = await whole.browser("process_leader")
    page = await browser.get("/initiativ/nytt")
    shown = [one.attributes["value"] for one in page.all('[type=checkbox][name="need_ids"]')]
    assert shown == [made[3]["id"], made[2]["id"]], "the latest first"
    told = {"title": "Utbildning", "sok-need_ids": "svetsare", "sok-lead_actor_id": "kommun 3"}
    one = await browser.submit("/initiativ/nytt", **told)
    assert (one.status, one.fields()["need_ids"]) == (422, ["", made[0]["id"]])
    assert one.text("#f-lead_actor_id option[selected]") == "Exempelkommun 3"
    more = await browser.send("/initiativ/nytt", **one.fields() | {"sok-need_ids": "snickare"})
    assert {*more.fields()["need_ids"]} == {"", made[0]["id"], made[1]["id"]}
    assert more.fields()["title"] == ["Utbildning"]
    issue = await browser.submit("/burna-fragor/ny", **{"sok-need_id": "svetsare"})
    assert issue.fields()["need_id"] == [made[0]["id"]]


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two things are many."""
    monkeypatch.setattr(thing_choices, "MOST", 2)


@pytest.mark.usefixtures("few", "two")
async def test_any_of_many_decisions_and_starts_is_found_by_its_words(whole: Whole) -> None:
    """Beside a field of actors, which is narrowed by a text of its own; the own council's first."""
    provider = await whole.actor(1)
    for number in range(2, 5):
        await whole.actor(number)
    first = await meeting_in(whole.councils, await council_in(whole.councils, name="Taxirådet"))
    meeting = await meeting_in(whole.councils)
    decided = [
        await whole.councils.made("/decisions", a_decision(one, text=f"Exempel: {words}"))
        for one, words in ((first, "kartlägg"), (meeting, "granska"), (meeting, "utbilda"))
    ]
    again = a_decision(meeting, text="Exempel: utbilda om", supersedes_id=decided[2]["id"])
    decided.append(await whole.councils.made("/decisions", again))
    starts = []
    for name in ("Svetsare", "Snickare", "Målare"):
        told = {"provider_actor_id": provider["id"], "name": name, "form": "commissioned"}
        programme = await whole.actors.made("/programmes", told)
        body = {"programme_id": programme["id"], "starts_on": day(30 + len(starts))}
        starts.append(await whole.actors.made("/intakes", body))
    browser, path = await whole.browser("process_leader"), "/initiativ/nytt"
    page = await browser.get(path)
    assert [len(offered(page, name)) for name in ("decision_id", "intake_id")] == [3, 3]
    own = await whole.councils.made("/needs", a_need(council_id=first["council_id"]))
    begun = await browser.get(f"{path}?need_id={own['id']}")
    assert "Taxirådet: Exempel: kartlägg" in offered(begun, "decision_id")[1]
    told = {"title": "Utbildning", "sok-lead_actor_id": "kommun 4", "sok-intake_id": "svetsare"}
    for text, found in (("kartlägg", decided[0]), ("taxirådet", decided[0]), ("om", decided[3])):
        one = await browser.submit(path, **told, **{"sok-decision_id": text})
        assert (one.status, one.fields()["decision_id"]) == (422, [found["id"]]), text
        assert one.fields()["intake_id"] == [starts[0]["id"]]
        assert one.text("#f-lead_actor_id option[selected]") == "Exempelkommun 4"
        assert one.fields()["title"] == ["Utbildning"]
    for name in ("decision_id", "intake_id"):
        none = await browser.submit(path, **{f"sok-{name}": "finns inte"})
        assert none.error(name) == "Ingen stämmer. Prova en annan del av namnet."
    chosen = await browser.get(f"{path}?decision_id={decided[2]['id']}")
    assert chosen.fields()["decision_id"] == [decided[2]["id"]], "though another took its place"
    asked = page.one("fieldset.seek[hx-get*=intake_id]").attributes["hx-get"] or ""
    by_script = {"hx-request": "true"}
    part = Page(await browser.http.get(f"{asked}&sok-intake_id=m%C3%A5l", headers=by_script),
                checked=False)  # fmt: skip
    assert "Målare" in offered(part, "intake_id")[1]
    assert (await browser.http.get(asked)).headers["location"] == "/"


@pytest.mark.usefixtures("two")
async def test_any_of_many_mandates_programmes_and_initiatives_is_found(whole: Whole) -> None:
    issuer, holder = await whole.actor(1), await whole.actor(2)
    post = await whole.post(holder)
    words, made = ("bära", "leda", "samla", "pröva"), {}
    for word in words:
        mandate = {"issuer_actor_id": issuer["id"], "holder_actor_id": holder["id"],
                   "scope": f"Exempel: {word}", "valid_from": day(-9)}  # fmt: skip
        made["mandate_id", word] = await whole.actors.made("/mandates", mandate)
        told = {"provider_actor_id": issuer["id"], "name": f"Exempel: {word}", "form": "other"}
        made["programme_id", word] = await whole.actors.made("/programmes", told)
        doing = an_initiative(title=f"Exempel: {word}", lead_actor_id=issuer["id"])
        made["initiative_id", word] = await whole.councils.made("/initiatives", doing)
    browser = await whole.browser("process_leader")
    for path, names in (
        ("/burna-fragor", ("mandate_id",)),
        ("/checklistor", ("programme_id", "initiative_id")),
    ):
        for name in names:
            page = await browser.get(path)
            assert len(offered(page, name)) == 3, name
            page = await browser.get(f"{path}?sok-{name}=pr%C3%B6va")
            assert offered(page, name) == ["Alla", "Exempel: pröva"], name
            kept = await browser.get(f"{path}?{name}={made[name, 'samla']['id']}")
            assert kept.text(f"#f-{name} option[selected]") == "Exempel: samla"
    typed = {"issue": "Frågan", "ambassador_post_id": post["id"], "sok-mandate_id": "samla"}
    one = await browser.submit("/burna-fragor/ny", **typed)
    assert (one.status, one.fields()["mandate_id"]) == (422, [made["mandate_id", "samla"]["id"]])
    assert one.fields()["issue"] == ["Frågan"]
