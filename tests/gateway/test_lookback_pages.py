"""Looking back: every list and thing of the registry as it was, and as it was known."""

from datetime import date
from typing import Any

import pytest

from gateway.lookback import PAGES
from services.kit import clock
from tests.actors.test_joining import a_joining
from tests.analysis.test_scanning import a_signal, a_trend
from tests.councils.builders import council_in, day
from tests.councils.test_direction import a_direction
from tests.councils.test_health_check import found as found_so
from tests.councils.test_project import project_in
from tests.councils.work import an_initiative
from tests.gateway.test_analysis_pages import analysis_of
from tests.gateway.whole import Whole

Fact = dict[str, Any]
CHANGING = ("/andra", "/ny", "/nytt", "/slutar", "/tillsatt", "/lage")
BANNER = "Sidan visar läget 1 mar 2021"
OK = 200
# What a thing's page says of a day before the thing's own; and the things that have none.
BEFORE = {
    "challenges.show": "Var inte antecknad",
    "charters.show": "Kommande",
    "competence_profiles.show": "Var inte publicerad",
    "contacts.show": "Hade inte varit",
    "directions.show": "Var inte beslutad",
    "health_checks.show": "Var inte gjord",
    "imports.show": "Var inte gjord",
    "initiatives.show": "Fanns inte den dagen",
    "joinings.show": "Hade inte börjat",
    "leader_assignments.show": "Hade inte börjat",
    "mandates.show": "Var inte beslutat",
    "priorities.show": "Var inte beslutad",
    "projects.show": "Fanns inte den dagen",
    "relations.show": "Hade inte börjat",
    "role_trials.show": "Var inte tillfrågad",
    "signals.show": "Hade inte setts",
    "trends.show": "Var inte antecknad",
}
OF_NO_DAY = {"actors.show", "methods.show", "people.show", "posts.show", "programmes.show"}


async def seen_outside(whole: Whole) -> dict[str, Fact]:
    """A signal, a trend that it carries, and a challenge."""
    analysis = analysis_of(whole)
    signal = await analysis.made("/signals", a_signal())
    trend = await analysis.made("/trends", a_trend(signal))
    challenge = await analysis.made("/challenges", {"title": "Få söker", "noted_on": day(-5)})
    return {"signals": signal, "trends": trend, "challenges": challenge}


async def registry(whole: Whole) -> dict[str, str]:
    """One thing of each noun; the addresses of the pages that look back, by name."""
    actor, other = await whole.actor(1), await whole.actor(2)
    post, person = await whole.post(actor), await whole.person()
    await whole.holding(post, person, "2020-01-01", "2021-06-01")
    own, made = {"actor_id": actor["id"]}, whole.actors.made
    sides = {"our_actor_id": other["id"], "channel": "meeting", "said": "Hej"}
    contact = await made("/contacts", own | sides | {"held_on": "2021-01-01"})
    given = {"issuer_actor_id": other["id"], "holder_actor_id": actor["id"], "scope": "Leda"}
    given |= {"valid_from": "2020-01-01", "decided_on": "2020-01-01"}
    mandate = await made("/mandates", given)
    ends = {"actor_id": actor["id"], "other_actor_id": other["id"], "kind": "funds"}
    relation = await made("/relations", ends | {"valid_from": "2020-01-01"})
    trial = await made("/role-trials", own | {"role": "Värd", "asked_on": "2021-01-01"})
    taught = {"provider_actor_id": actor["id"], "name": "Svets", "form": "higher_vocational"}
    programme = await made("/programmes", taught)
    decided = own | {"choice": "later", "reason": "Exempel", "decided_by": "Styrgruppen"}
    priority = await made("/priorities", decided | {"decided_on": "2021-01-01"})
    joining = await made("/joinings", a_joining(actor, post, proposed_on="2021-01-01"))
    await made("/pledges", own | {"what": "Lokaler", "due_on": day(30)})
    leader = await whole.post(actor, "Processledare", function="process_leader")
    leads = {"post_id": leader["id"], "needed_percent": 50, "valid_from": "2020-01-01"}
    led = await made("/leader-assignments", own | leads)
    said = {"name": "Rundan", "purpose": "Alla hörs", "how_to": "Runt", "steps": ["meeting"]}
    method = await made("/methods", said)
    drawn = {"text": "Lyssnar", "conclusion": "Exempel", "project": "Exempelprojektet"}
    asked = {"requirements": [{"kind": "skill", **drawn}]}
    profile = await made("/competence-profiles", asked)
    out = await whole.actors.post(f"/competence-profiles/{profile['id']}/publish", {})
    assert out.status_code == OK, out.text
    rows = [{"name": "Exempelföretag 9", "kind": "company"}]
    taken = await made("/imports", {"noun": "actor", "file_name": "a.xlsx", "rows": rows})
    asked = await council_in(whole.councils)
    direction = await whole.councils.made("/directions", await a_direction(whole.councils, asked))
    council = await council_in(whole.councils, starts_on="2020-01-01")
    its = {"council_id": council["id"]}
    charter = its | {"valid_from": "2021-01-01", "purpose": "Samla branschen"}
    charter = await whole.councils.made("/charters", charter)
    check = its | {"reviewed_on": "2021-02-01", "findings": [found_so()]}
    check = await whole.councils.made("/health-checks", check)
    initiative = await whole.councils.made("/initiatives", an_initiative())
    moved = {"decided_on": "2021-01-01"}
    await whole.councils.made(f"/initiatives/{initiative['id']}/decide", moved)
    project = await project_in(whole.councils, starts_on="2020-01-01", running=True)
    ids = {"charters": charter, "initiatives": initiative, "health_checks": check,
           "projects": project, "imports": taken,
           "directions": direction, "actors": actor, "contacts": contact,
           "competence_profiles": profile, "joinings": joining, "leader_assignments": led,
           "mandates": mandate, "methods": method, "people": person, "posts": post,
           "priorities": priority, "programmes": programme, "relations": relation,
           "role_trials": trial} | await seen_outside(whole)  # fmt: skip
    to, found = whole.app.state.pages.addresses.to, {}
    for name in PAGES:
        area, _, kind = name.partition(".")
        two = {"other": ids[area]["id"]} if kind == "compare" else {}
        found[name] = (
            to(name)
            if kind
            in {
                "ambassadors",
                "bridges",
                "list",
                "loads",
                "map",
                "means",
                "network",
                "print",
                "without",
            }
            else to(name, id=(council if kind == "council" else ids[area])["id"], **two)
        )
    return found


async def test_every_page_of_the_registry_looks_back(whole: Whole) -> None:
    pages = await registry(whole)
    known = clock.now().isoformat().replace("+00:00", "Z")
    await whole.actors.made("/actors", {"name": "Exempelföretag sen", "kind": "company"})
    browser = await whole.browser("process_leader")
    for name, path in pages.items():
        query = f"known_at={known}" + ("&as_of=2021-03-01" if PAGES[name] else "")
        page = await browser.get(f"{path}?{query}")
        assert page.status == 200, name
        expected = BANNER if PAGES[name] else "Sidan visar läget i dag, så som det var känt"
        assert expected in page.text(), name
        hrefs = [link.attributes["href"] or "" for link in page.all("main a[href]")]
        assert path in [href.partition("?")[0] for href in hrefs], "the way back to today"
        assert not [h for h in hrefs if h.partition("?")[0].endswith(CHANGING)], name
        assert not page.all('main form[method="post"]') or name == "people.list"
        today = await browser.get(path)
        assert "Sidan visar läget" not in today.text(), name
        assert "Visa per datum" in today.text(), name
        for end in ("0001-01-01", "9999-12-31"):
            shown = await browser.get(f"{path}?as_of={end}")
            assert shown.status == 200, (name, end)
        for end in ("0001-01-01", "9999-12-31T23:59Z"):
            shown = await browser.get(f"{path}?known_at={end}")
            assert shown.status == 400, (name, end)
    for name in ("charters.council", "charters.list"):
        then = await browser.get(f"{pages[name]}?as_of=2020-12-31")
        assert "Samla branschen" not in then.text("main"), name
        assert "Samla branschen" in (await browser.get(pages[name])).text("main"), name
    listed = await browser.get(f"{pages['actors.list']}?as_of=2021-03-01&known_at={known}")
    assert "Exempelföretag sen" not in listed.text()
    first = listed.all("tbody th a")[0].attributes["href"] or ""
    assert "as_of=2021-03-01" in first
    assert "known_at=" in first, "links keep both times"
    assert "Att ta över" in (await browser.get(pages["takeovers.list"])).text("main")
    then = await browser.get(f"{pages['takeovers.list']}?as_of=2021-03-01")
    assert "Vad som väntade på någon då visas inte" in then.text("main")
    assert "Vad som väntade" not in (await browser.get(pages["takeovers.list"])).text("main")
    assert not then.all('main form[method="post"]'), "nothing is taken in what was"
    held = await browser.get(f"{pages['posts.list']}?as_of=2021-03-01")
    assert "Exempelperson 1" in held.text("tbody")
    assert "Vakant" in (await browser.get(pages["posts.list"])).text("tbody")
    undone = pages["imports.show"]
    await whole.actors.post(f"/imports/{undone.rpartition('/')[2]}/undo", {})
    assert "Ångrad" in (await browser.get(undone)).text("main")
    for then in (f"known_at={known}", f"as_of={day(-1)}"):
        assert "Ångrad" not in (await browser.get(f"{undone}?{then}")).text("main"), then
    table = await browser.http.get(f"/aktorer.csv?known_at={known}")
    assert "Exempelföretag sen" not in table.text


async def test_what_was_left_is_told_of_a_day_and_as_it_was_known(whole: Whole) -> None:
    actor, person = await whole.actor(1), await whole.person()
    post = await whole.post(actor)
    await whole.holding(post, person, "2020-01-01", "2021-01-01")
    place = {"actor_id": actor["id"], "level": "operative", "status": "active"}
    await whole.actors.post(f"/actors/{actor['id']}/place", place | {"valid_from": "2018-01-01"})
    for verb, field, on in (
        ("withdraw", "withdrawn_on", "2019-01-01"),
        ("return", "returned_on", "2020-01-01"),
    ):
        body = {field: on, "reason": "Exempel"}
        answer = await whole.actors.post(f"/actors/{actor['id']}/{verb}", body)
        assert answer.status_code == 200
    offered = {"provider_actor_id": actor["id"], "name": "Svets", "form": "other"}
    await whole.actors.made("/programmes", offered)
    known = clock.now().isoformat().replace("+00:00", "Z")
    await whole.actors.made("/programmes", offered | {"name": "Senare kurs"})
    await whole.holding(post, await whole.person(2), "2022-01-01")
    browser = await whole.browser("process_leader")
    left = f"/aktorer/{actor['id']}/lamnat"
    assert "är med igen sedan" in (await browser.get(left)).text("main")
    away = (await browser.get(f"{left}?as_of=2019-06-01")).text("main")
    assert ("Svets" in away, "Senare kurs" in away, "igen" in away) == (True, True, False)
    then = (await browser.get(f"{left}?as_of=2019-06-01&known_at={known}")).text("main")
    assert ("Svets" in then, "Senare kurs" in then) == (True, False)
    assert "Inget att ta över" in (await browser.get(f"{left}?as_of=2018-06-01")).text("main")
    gone = f"/personer/{person['id']}/slutat"
    assert "Allt har tagits om hand" in (await browser.get(gone)).text("main")
    for times in ("as_of=2021-06-01", f"known_at={known}"):
        shown = (await browser.get(f"{gone}?{times}")).text("main")
        assert "0 av 1 omhändertagna" in shown, times
    assert "Inget att ta om hand" in (await browser.get(f"{gone}?as_of=2020-06-01")).text("main")


async def test_times_that_cannot_be_read_are_told_at_the_field(whole: Whole) -> None:
    pages = await registry(whole)
    browser = await whole.browser("process_leader")
    for name in ("actors.list", "actors.show", "posts.show", "people.list"):
        page = await browser.get(f"{pages[name]}?as_of=igår&known_at=nyss")
        assert page.status == 400
        assert page.error("as_of"), name
        assert page.error("known_at"), name
        assert "Sidan visar läget" not in page.text()


async def test_moments_are_for_staff(whole: Whole) -> None:
    pages = await registry(whole)
    reader = await whole.browser("reader")
    page = await reader.get(f"{pages['actors.list']}?known_at=2020-01-01T00:00&as_of=2021-03-01")
    assert BANNER in page.text()
    assert "känt" not in page.text()
    assert page.all("tbody tr"), "the moment was not asked for"
    assert not page.all('main [name="known_at"]')


async def test_names_are_those_that_were_known_then(whole: Whole) -> None:
    pages = await registry(whole)
    known = clock.now().isoformat().replace("+00:00", "Z")
    path = pages["actors.show"].replace("/aktorer/", "/actors/")
    renamed = {"name": "Exempelkommun nytt namn", "kind": "municipality"}
    person = (await whole.actors.get("/people")).json()["items"][0]
    called = {"name": "Exempelperson nytt namn"}
    assert (await whole.actors.put(f"/people/{person['id']}", called, version=1)).status_code == 200
    assert (await whole.actors.put(path, renamed, version=1)).status_code == 200
    browser = await whole.browser("process_leader")
    shown = {"posts.show": "main", "programmes.show": "main", "contacts.show": "main"}
    shown |= dict.fromkeys(("posts.list", "programmes.list", "contacts.list"), "tbody")
    for name, where in shown.items():
        now = (await browser.get(pages[name])).text(where)
        then = (await browser.get(f"{pages[name]}?known_at={known}")).text(where)
        assert "Exempelkommun nytt namn" in now, name
        assert "Exempelkommun nytt namn" not in then, name
        assert "Exempelkommun 1" in then, name
    for name in ("posts.list", "contacts.list", "mandates.list"):
        page = await browser.get(f"{pages[name]}?known_at={known}")
        choices = page.text("select[name=actor_id]")
        assert ("Exempelkommun 1" in choices, "nytt namn" in choices) == (True, False), name
    narrow = f"/aktorer/val?field=actor_id&sok-actor_id=Exempelkommun&known_at={known}"
    part = await browser.http.get(narrow, headers={"HX-Request": "true"})
    assert ("Exempelkommun 1" in part.text, "nytt namn" in part.text) == (True, False)
    for name, where in (("role_trials.list", "tbody"), ("role_trials.show", "main")):
        then = (await browser.get(f"{pages[name]}?known_at={known}")).text(where)
        assert ("Exempelkommun 1" in then, "nytt namn" in then) == (True, False), name
    shown = await browser.get(f"{pages['actors.show']}?known_at={known}&as_of=2021-03-01")
    assert "Exempelperson 1" in shown.text("main")
    assert "nytt namn" not in shown.text("main")


async def test_a_relation_is_told_with_whom_it_was_with_before_a_merge(whole: Whole) -> None:
    one, two, other = [await whole.actor(number) for number in (1, 2, 3)]
    ends = {"actor_id": one["id"], "other_actor_id": other["id"], "kind": "funds"}
    await whole.actors.made("/relations", ends | {"valid_from": "2020-01-01"})
    known = clock.now().isoformat().replace("+00:00", "Z")
    merged = await whole.actors.post(f"/actors/{one['id']}/merge", {"into_id": two["id"]})
    assert merged.status_code == 200
    browser = await whole.browser("process_leader")
    path = f"/aktorer/{other['id']}"
    assert "Exempelkommun 2" in (await browser.get(path)).text("main")
    then = (await browser.get(f"{path}?known_at={known}")).text("main")
    assert ("Exempelkommun 1" in then, "Exempelkommun 2" in then) == (True, False)


async def test_a_page_of_a_day_before_its_thing_says_so(whole: Whole) -> None:
    actor, other = await whole.actor(1), await whole.actor(2)
    trial = await whole.actors.made(
        "/role-trials", {"actor_id": actor["id"], "role": "Värd", "asked_on": day(-10)}
    )
    given = {"issuer_actor_id": other["id"], "holder_actor_id": actor["id"], "scope": "Leda"}
    period = {"valid_from": "2020-01-01", "decided_on": day(-10)}
    mandate = await whole.actors.made("/mandates", given | period)
    sides = {"actor_id": actor["id"], "our_actor_id": other["id"]}
    step = {"next_step": "Ring", "due_on": day(-8), "done_on": day(-5)}
    said = {"channel": "meeting", "said": "Hej", "held_on": day(-10)}
    contact = await whole.actors.made("/contacts", sides | said | step)
    browser = await whole.browser("process_leader")
    then = (await browser.get(f"/kontakter/{contact['id']}?as_of={day(-7)}")).text("main")
    assert ("Försenat" in then, "Taget" in then) == (True, False)
    for path, words in (
        (f"/kontakter/{contact['id']}", "Hade inte varit"),
        (f"/rollprovningar/{trial['id']}", "Var inte tillfrågad"),
        (f"/mandat/{mandate['id']}", "Var inte beslutat"),
    ):
        assert words in (await browser.get(f"{path}?as_of={day(-20)}")).text("main")
        for when in ("", f"?as_of={day(-10)}"):
            assert words not in (await browser.get(f"{path}{when}")).text("main")


async def test_every_thing_says_that_it_had_not_been_before_its_day(whole: Whole) -> None:
    dated = {name for name, by_day in PAGES.items() if by_day and name.endswith(".show")}
    assert dated == BEFORE.keys() | OF_NO_DAY, "a thing's page says what it was before its day"
    pages = await registry(whole)
    browser = await whole.browser("process_leader")
    for name, words in BEFORE.items():
        then = await browser.get(f"{pages[name]}?as_of=1999-01-01")
        assert words in then.text("main"), name
        assert words not in (await browser.get(pages[name])).text("main"), name


async def test_who_held_what_is_told_of_the_day_also_in_lists(whole: Whole) -> None:
    actor, other, person = await whole.actor(1), await whole.actor(2), await whole.person()
    post = await whole.post(actor)
    await whole.holding(post, person, "2020-01-01", "2021-06-01")
    talk = {"our_actor_id": actor["id"], "our_post_id": post["id"], "channel": "meeting"}
    talk |= {"said": "Hej", "held_on": "2021-01-01", "actor_id": other["id"]}
    await whole.actors.made("/contacts", talk)
    promise = {"actor_id": other["id"], "what": "Lokaler", "due_on": "2021-01-01"}
    await whole.actors.made("/pledges", promise | {"owner_post_id": post["id"]})
    place = {"actor_id": other["id"], "level": "operative", "status": "active"}
    placed = await whole.actors.post(
        f"/actors/{other['id']}/place", place | {"valid_from": "2020-01-01"}
    )
    assert placed.status_code == OK
    gone = {"withdrawn_on": "2022-01-01", "reason": "Exempel"}
    assert (await whole.actors.post(f"/actors/{other['id']}/withdraw", gone)).status_code == OK
    taught = {"provider_actor_id": other["id"], "name": "Svets", "form": "other"}
    programme = await whole.actors.made("/programmes", taught)
    browser = await whole.browser("process_leader")
    for path in ("/kontakter/broar", "/bidrag"):
        then = (await browser.get(f"{path}?as_of=2021-03-01")).text("main")
        assert "Vakant" not in then, path
        later = (await browser.get(f"{path}?as_of=2021-09-01")).text("main")
        assert "Vakant" in later, path
    for path in ("/utbildningar", f"/utbildningar/{programme['id']}"):
        assert "Anordnaren är" in (await browser.get(path)).text("main"), path
        then = (await browser.get(f"{path}?as_of=2021-03-01")).text("main")
        assert "Anordnaren är" not in then, path


async def test_an_actors_page_of_a_past_day_does_not_tell_what_came_later(whole: Whole) -> None:
    actor, other = await whole.actor(1), await whole.actor(2)
    post, own = await whole.post(actor), {"actor_id": actor["id"]}
    stated = {"statement": "Kompetens", "stated_on": day(-60), "confirmed_on": day(-40)}
    judged = {"realised": "fully", "judged_on": day(-5), "evidence": "Exempel: mätt"}
    confirmed = {"confirmed_by_post_id": post["id"]}
    await whole.actors.made("/gains", own | stated | confirmed | judged)
    late = {"what": "Lokaler", "due_on": day(-20), "delivered_on": day(-5), "result": "Ett rum"}
    await whole.actors.made("/pledges", own | late)
    talk = {"our_actor_id": other["id"], "channel": "phone", "said": "Hej", "held_on": day(-60)}
    step = {"next_step": "Ring igen", "owner_post_id": post["id"], "done_on": day(-5)}
    await whole.actors.made("/contacts", own | talk | step)
    browser, path = await whole.browser("process_leader"), f"/aktorer/{actor['id']}"
    now = (await browser.get(path)).text("main")
    then = (await browser.get(f"{path}?as_of={day(-50)}")).text("main")
    for words in ("Helt", "Exempel: mätt", "Ett rum", "Bekräftad"):
        assert words in now, words
        assert words not in then, words
    assert "Kompetens" in then
    assert "Ring igen" in then, "the step waited"
    assert "Ring igen" not in now
    assert "Försenat" in (await browser.get(f"{path}?as_of={day(-10)}")).text("main")
    early = (await browser.get(f"{path}?as_of={day(-70)}")).text("main")
    assert "Kompetens" not in early
    assert "Hej" not in early


async def _turning(whole: Whole, pages: dict[str, str]) -> dict[str, str]:
    """What is one thing before, and another after, a day to come; the pages of the things."""
    made, soon, late = whole.actors.made, day(20), day(100)
    actor, person = (
        {"id": pages[name].rpartition("/")[2]} for name in ("actors.show", "people.show")
    )
    own, other = {"actor_id": actor["id"]}, await whole.actor(3)
    post = await whole.post(actor, "Rektor", function="process_leader")
    next_post = await whole.post(actor, "Ledare", function="process_leader")
    await whole.holding(post, person, day(-5), soon)
    await whole.holding(next_post, person, day(30), late)
    sides = {"our_actor_id": other["id"], "channel": "meeting", "said": "Hej"}
    step = {"next_step": "Ring", "due_on": soon, "owner_post_id": next_post["id"]}
    contact = await made("/contacts", own | sides | step | {"held_on": day(-5)})
    given = {"issuer_actor_id": other["id"], "holder_post_id": post["id"], "scope": "Leda"}
    days = {"valid_from": day(-5), "valid_to": soon, "decided_on": day(-5)}
    mandate = await made("/mandates", given | days)
    ends = own | {"other_actor_id": other["id"], "kind": "funds"}
    relation = await made("/relations", ends | {"valid_from": day(30), "valid_to": late})
    asked = {"role": "Värd", "asked_on": day(-5), "answer_by": soon}
    trial = await made("/role-trials", own | asked)
    decided = own | {"choice": "later", "reason": "Exempel", "decided_by": "Styrgruppen"}
    days = {"decided_on": day(-5), "review_on": soon}
    priority = await made("/priorities", decided | days)
    left = {"noun": "relation", "thing_id": relation["id"], "what": "Relationen"}
    left |= {"left_post_id": post["id"], "owner_post_id": next_post["id"]}
    await made("/takeovers", left | {"taken_on": day(-5), "due_on": soon})
    marks: Fact = {f"{one}_evidence": "Exempel" for one in ("will", "drive", "ability")}
    marks |= dict.fromkeys(("will", "drive", "ability"), 3) | {"assessed_by_post_id": post["id"]}
    await made("/readiness", own | marks | {"assessed_on": day(-350)})
    days = {"valid_from": day(-5), "valid_to": soon}
    await made("/criteria", {"name": "Störst", "weight": 3} | days)
    led = {"post_id": next_post["id"], "needed_percent": 50}
    assignment = await made("/leader-assignments", own | led | {"valid_from": day(30)})
    place = own | {"level": "operative", "status": "active", "valid_from": soon}
    placed = await whole.actors.post(f"/actors/{actor['id']}/place", place)
    assert placed.status_code == OK, placed.text
    programme = pages["programmes.show"].rpartition("/")[2]
    await made("/intakes", {"programme_id": programme, "starts_on": soon})
    its = {"council_id": pages["charters.council"].split("/")[2]}
    made = whole.councils.made
    await made("/charters", its | {"valid_from": soon, "purpose": "Samla mer"})
    days = {"reviewed_on": day(-5), "next_review_on": soon}
    check = await made("/health-checks", its | days | {"findings": [found_so()]})
    await made("/seats", its | own | {"valid_from": day(-5), "valid_to": soon})
    initiative = pages["initiatives.show"].rpartition("/")[2]
    await made("/steps", {"initiative_id": initiative, "title": "Avtal", "due_on": soon})
    shown = {"contacts": contact, "mandates": mandate, "relations": relation, "role_trials": trial,
             "priorities": priority, "posts": post, "leader_assignments": assignment,
             "health_checks": check}  # fmt: skip
    to = whole.app.state.pages.addresses.to
    return {f"{area}.show ": to(f"{area}.show", id=one["id"]) for area, one in shown.items()}


async def test_a_page_of_a_day_says_the_same_whatever_day_it_is_read(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = await registry(whole)
    pages |= await _turning(whole, pages)
    browser = await whole.browser("process_leader")
    # What waits for somebody is told of today and of days to come, and of no moment.
    times = {"takeovers.list": f"&known_at={clock.now().isoformat().replace('+00:00', 'Z')}"}
    read: list[dict[str, str]] = []
    for today in (day(0), day(400)):
        monkeypatch.setattr(clock, "today", lambda today=today: date.fromisoformat(today))
        shown = {
            name: await browser.get(f"{path}?as_of={day(40)}{times.get(name, '')}")
            for name, path in pages.items()
        }
        read.append({name: page.text("main") for name, page in shown.items()})
    assert [name for name in pages if read[0][name] != read[1][name]] == []
