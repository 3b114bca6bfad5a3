"""Every page of the demo: accessible, narrow enough, light, quiet, and no link leads nowhere."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from playwright.async_api import Browser
from selectolax.lexbor import LexborHTMLParser

from tests.browser.tabs import Tab
from tests.gateway.signing_in import PASSWORD
from tests.journeys.crawling import Frontier, readable
from tests.journeys.filling import filled
from tests.journeys.reader import Reader
from tests.journeys.running import House
from tests.journeys.telling import get

# No page leads to these: links that were sent, the door itself, what stands in no menu, a stream,
# and what only a field asks for.
UNLINKED = {"door.link", "reply_links.answer", "door.sign_in", "gallery.show", "gallery.events"}
# Streams, and the page of a link of one's own.
UNLINKED |= {"event_floor.live", "event_floor.screen_live", "event_questions.live"}
UNLINKED |= {"event_door.own"}
UNLINKED |= {
    "approval_sheets.show",
    "pulse_links.answer",
    "pulse_links.thanks",
    "analysis.choices",
    "actors.alike",
    "actors.choices",
    "posts.choices",
    "things.choices",
}
# Told to who leads a council alone (tests/gateway/test_calendar_pages.py).
UNLINKED |= {"calendars.mine"}
# Steps of an import: each needs a file that somebody sent (tests/gateway/test_import_pages.py).
UNLINKED |= {"imports.check", "imports.columns", "imports.show", "imports.undo"}
DUPLICATES = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}"""
WEIGHT = """() => [...performance.getEntriesByType("resource"),
  ...performance.getEntriesByType("navigation")].reduce((sum, one) => sum + one.transferSize, 0)"""
MOST_BYTES = 150_000


@pytest.fixture(scope="module")
def demo(houses: Callable[[str], House]) -> House:
    """The house with the pilot in it."""
    found = houses("demo")
    asyncio.run(filled(found))
    return found


    asyncio.run(_with_the_rest(found))
    asyncio.run(_with_a_model(found))
    asyncio.run(_with_a_map(found))
    asyncio.run(_with_what_initiatives_tell(found))
    asyncio.run(_with_a_meeting(found))
    asyncio.run(_with_a_selection(found))
    asyncio.run(_with_projects(found))
    return found


async def _with_the_rest(demo: House) -> None:
    """What the pilot does not have: those that left, an action not done, a council's sexes."""
    async with demo.api(demo.key()) as api:
        actor = await post(api, "/actors", {"name": "Exempelföretag 99", "kind": "company"})
        here = {"level": "operative", "status": "active", "valid_from": "2024-01-01"}
        await post(api, f"/actors/{actor['id']}/place", here | {"actor_id": actor["id"]})
        left = {"withdrawn_on": "2025-01-01", "reason": "Exempel"}
        await post(api, f"/actors/{actor['id']}/withdraw", left)
        (profile,) = (await get(api, "/competence-profiles"))["items"]
        await post(api, f"/competence-profiles/{profile['id']}/next", {})
        title = await post(api, "/posts", {"actor_id": actor["id"], "title": "Platschef"})
        person = await post(api, "/people", {"name": "Exempelperson 99"})
        held = {"valid_from": "2024-01-01", "valid_to": "2025-01-01"}
        await post(api, "/holdings", held | {"post_id": title["id"], "person_id": person["id"]})
        council = (await get(api, "/councils?open=true"))["items"][0]
        late = {"council_id": council["id"], "text": "Ring runt", "due_on": "2025-01-01"}
        await post(api, "/action-items", late)
        sexes = {"council_id": council["id"], "reported_on": "2025-01-01", "women": 4, "men": 5}
        await post(api, "/sex-reports", sexes)
        judged = {"council_id": council["id"], "judged_on": "2025-01-01", "acting_mark": 3}
        await post(api, "/quality-circles", judged)
        (forum,) = (await get(api, "/councils?q=Kompetensforum"))["items"]
        (decided,) = (await get(api, f"/decisions?council_id={forum['id']}"))["items"]
        asks = {"decision_id": decided["id"], "title": "Behoven först", "text": "Börja där"}
        asked = (await get(api, "/councils?open=true&level=operative"))["items"][0]
        asks |= {"horizon": "short", "answer_by": "2025-01-01", "council_ids": [asked["id"]]}
        await post(api, "/directions", asks)
        points = [{"key": "one", "text": "Någon svarar för det"}]
        await post(api, "/checklist-templates", {"name": "Utkast", "items": points})
        standing = {"council_id": council["id"], "title": "Burna frågor"}
        standing |= {"takes_carried_issues": True, "valid_from": "2025-01-01"}
        await post(api, "/standing-items", standing)
        meeting = (await get(api, "/meetings?status=held"))["items"][0]
        plan = {"meeting_id": meeting["id"], "aim": "Enas om nästa steg"}
        plan |= {"parts": [{"length_minutes": 20, "what": "Runda", "how": "Alla en gång"}]}
        plan |= {"voices": [{"side": "employers", "present": 4, "spoke": 0}]}
        await post(api, "/session-plans", plan)
        method = (await get(api, "/methods"))["items"][0]
        await post(api, "/method-uses", {"method_id": method["id"], "used_on": "2025-01-01"})
        running = (await get(api, "/initiatives?status=running"))["items"][0]
        step = {"initiative_id": running["id"], "title": "Ring skolan", "due_on": "2025-01-01"}
        await post(api, "/steps", step)
        schools = (await get(api, "/actors?educates=true&municipality_code=1472"))["items"]
        assert len(schools) > 1, "who have the same mission"
        for one in schools:
            given = {"actor_id": actor["id"], "other_actor_id": one["id"], "kind": "commissions"}
            given |= {"forms": ["validation"], "valid_from": "2025-01-01"}
            await post(api, "/relations", given)
        told = {"key": "exempelregister", "name": "Exempelregister", "kind": "csv"}
        whose = {"publisher": "Exempelmyndighet", "area_level": "county"}
        await post(api, "/sources", told | whose)


async def _with_a_model(demo: House) -> None:
    """A version of the model that may still be changed."""
    part = {"level": "operative", "function": "Branschråd", "filled_by": "industry_council"}
    parts = [part | {"says": "Samlar en bransch"}]
    async with demo.api(demo.key()) as api:
        await post(api, "/model-definitions", {"valid_from": TODAY.isoformat(), "parts": parts})


async def _with_a_map(demo: House) -> None:
    """A dialogue map of two editions, the later of them a draft."""
    async with demo.api(demo.key()) as api:
        asked = [{"key": key, "area": "matching", "text": f"Fråga {key}?"} for key in "xy"]
        own = await post(api, "/dialogue-maps", {"name": "Exempelkarta", "questions": asked})
        for deed in ("publish", "edition"):
            await post(api, f"/dialogue-maps/{own['id']}/{deed}", {})


async def _with_what_initiatives_tell(demo: House) -> None:
    """Money and people of one, and a training whose procurement has not begun."""
    async with demo.api(demo.key()) as api:
        running = (await get(api, "/initiatives?status=running"))["items"][0]
        of = {"initiative_id": running["id"]}
        line = {"label": "Lärare", "kind": "education", "plan": "1000", "actual": "1200.50"}
        await post(api, "/budget-lines", of | line | {"cause": "En dag till"})
        counted = {"counted_on": "2025-01-01", "seats": 20, "filled": 16, "source": "Listan"}
        await post(api, "/headcounts", of | counted)
        training = {"title": "Exempelutbildning", "kind": "commissioned_training"}
        training |= {"horizon": "short", "lead_actor_id": running["lead_actor_id"]}
        await post(api, "/initiatives", training)


async def _with_a_meeting(demo: House) -> None:
    """One to come, so that people may be called, a series, and a look at a decision."""
    async with demo.api(demo.key()) as api:
        council = (await get(api, "/councils?open=true"))["items"][0]
        told = {"council_id": council["id"], "title": "Möte att kalla till"}
        begins = {"starts_at": f"{TODAY.year + 1}-12-01T09:00:00Z"}
        meeting = await post(api, "/meetings", told | begins)
        guest = (await get(api, "/actors?limit=1"))["items"][0]
        asked = {"meeting_id": meeting["id"], "actor_id": guest["id"]}
        await post(api, "/attendances", asked)
        await post(api, "/agenda-items", {"meeting_id": meeting["id"], "title": "Exempelpunkt"})
        decided = (await get(api, "/decisions?superseded=false"))["items"][0]
        found = {"decision_id": decided["id"], "reviewed_on": TODAY.isoformat()}
        await post(api, "/decision-reviews", found | {"finding": "Exempel"})
        series = {"council_id": council["id"], "title": "Avstämning", "from_time": "09:00"}
        begins = {"begins_on": f"{TODAY.year + 1}-01-05", "count": 3}
        await post(api, "/meeting-series", series | begins)


async def _with_a_selection(demo: House) -> None:
    """One of a closed council of which nothing is said, and one of an open council's workshop."""
    async with demo.api(demo.key()) as api:
        (chooser,) = (await get(api, "/councils?kind=steering_group"))["items"]
        chosen = {"title": "Tomt urval", "question": "Vilken bransch?"}
        chosen["candidates"] = [{"key": key, "name": f"Exempelbransch {key}"} for key in "xy"]
        chosen["criteria"] = [{"key": "k", "name": "Vilja"}]
        await post(api, "/selections", chosen | {"council_id": chooser["id"]})
        (forum,) = (await get(api, "/councils?q=Kompetensforum"))["items"]
        chosen |= {"title": "Workshop", "council_id": forum["id"]}
        open_ = await post(api, "/selections", chosen)
        said = {"selection_id": open_["id"], "candidate": "x", "quarter": "strength"}
        await post(api, "/swot-entries", said | {"group_name": "Styrgruppen", "text": "Vana"})


async def _with_projects(demo: House) -> None:
    """One that is planned only, and one under way with all that is open in it."""
    async with demo.api(demo.key()) as api:
        owner = (await get(api, "/actors?limit=1"))["items"][0]
        told = {"purpose": "Exempel", "owner_actor_id": owner["id"]}
        await post(api, "/projects", told | {"name": "Exempelprojekt som planeras"})
        going = await post(api, "/projects", told | {"name": "Exempelprojekt i gång"})
        await post(api, f"/projects/{going['id']}/start", {"started_on": "2025-01-01"})
        its, late = {"project_id": going["id"]}, {"due_on": "2025-02-01"}
        said = {"aim": "Bygga en enkel modell", "decided_on": "2025-01-01"}
        await post(api, "/project-assignments", its | said)
        said = {"aim": "Bygga en hållbar modell", "change_reason": "Ett omtag"}
        await post(api, "/project-assignments", its | said)
        await post(api, "/project-activities", its | late | {"title": "Intervjua"})
        await post(api, "/project-activities", its | {"title": "Vem svarar?", "kind": "evaluation"})
        cost = {"label": "Resor", "plan": "100.50", "actual": "0"}
        await post(api, "/project-budget-lines", its | cost)
        turned = {"what": "Omtag", "cause": "Exempel", "to_on": "2025-03-01", "restart": True}
        await post(api, "/project-deviations", its | late | turned)
        await post(
            api, "/project-lessons", its | {"kind": "lesson", "text": "Exempel: det tar tid"}
        )
        await post(api, "/project-continuations", its | {"what": "Modellen"})


async def _beginnings(demo: House) -> list[str]:
    """Where the crawl begins: the start page, and pages that only a button leads to."""
    async with demo.api(demo.key()) as api:
        answer = (await get(api, "/answers"))["items"][0]
        left = (await get(api, "/actors?status=withdrawn"))["items"][0]
        person = (await get(api, "/people?q=Exempelperson 99"))["items"][0]
        sexes = (await get(api, "/sex-reports"))["items"][0]
        used = (await get(api, "/method-uses"))["items"][0]
        methods = (await get(api, "/methods"))["items"]
        unused = next(one for one in methods if not one["use_count"])
        point = (await get(api, "/standing-items"))["items"][0]
        rating = (await get(api, "/relation-ratings?limit=1"))["items"][0]
        step = (await get(api, "/steps"))["items"][0]
        training = (await get(api, "/initiatives?q=Exempelutbildning"))["items"][0]
        outcome = (await get(api, "/outcomes?limit=1"))["items"][0]
        coming = (await get(api, "/meetings?status=planned&q=kalla"))["items"][0]
        nothing = (await get(api, "/selections?q=Tomt urval"))["items"][0]
        workshop = (await get(api, "/selections?q=Workshop"))["items"][0]
        (going,) = (await get(api, "/projects?status=running"))["items"]
        (planned,) = (await get(api, "/projects?status=planned"))["items"]
        of = f"project_id={going['id']}&limit=1"
        parts = {
            sort: (await get(api, f"/project-{path}?{of}"))["items"][0]
            for sort, path in (
                ("aktiviteter", "activities"),
                ("avvikelser", "deviations"),
                ("fortlevnad", "continuations"),
            )
        }
        closed = (await get(api, "/councils?open=false"))["items"][0]
        event = (await get(api, "/events?status=open"))["items"][0]
        held = (await get(api, "/events?status=held"))["items"][0]
        approved = (await get(api, "/interviews?status=approved"))["items"][0]
        unopened = (await get(api, "/events?status=planned"))["items"][0]
        lacking = (await get(api, "/needs?q=maskinoperat%C3%B6rer"))["items"][0]
    return [
        "/",
        "/sok?q=möbel",
        # What is chosen may be saved; what is saved may be renamed.
        "/aktorer?kind=company",
        "/aktorer/urval/nytt?kind=region",
        f"/svar/{answer['id']}/behov",
        f"/intervjuer/{approved['id']}",
        f"/intervjuer/{approved['id']}/ratta",
        f"/aktorer/{left['id']}",
        f"/aktorer/{left['id']}/atervand",
        f"/personer/{person['id']}/slutat",
        f"/branschrad/{sexes['council_id']}",
        f"/branschrad/{closed['id']}/oppna",
        f"/metoder/{used['method_id']}",
        f"/metoder/{unused['id']}/fasa-ut",
        f"/staende-punkter/{point['id']}",
        f"/relationer/{rating['relation_id']}",
        f"/initiativ/{step['initiative_id']}",
        f"/initiativ/{training['id']}",
        f"/resultat/{outcome['id']}",
        f"/moten/{coming['id']}",
        f"/urval/{nothing['id']}",
        f"/urval/{workshop['id']}",
        f"/konferenser/{event['id']}",
        f"/konferenser/{unopened['id']}",
        f"/konferens/{event['address']}",
        f"/konferens/{held['address']}",
        f"/projekt/{going['id']}",
        f"/projekt/{planned['id']}",
        # Where somebody left them, and in what waits for somebody.
        *(f"/projektdelar/{sort}/{one['id']}" for sort, one in parts.items()),
        f"/behov/{lacking['id']}",  # its verdict proposes supplements
    ]


async def faults(tab: Tab, path: str, seen: set[str], *, new: bool) -> list[str]:
    """What is wrong with the page in the tab: of a new kind of page at both widths, else at 390."""
    found = [f"{path} {one}" for one in await tab.violations(seen=seen)] if new else []
    twice = await tab.page.evaluate(DUPLICATES)
    found += [f"{path} ids used twice: {twice}"] * bool(twice)
    await tab.page.set_viewport_size({"width": 390, "height": 800})
    found += [f"{path} 390: {one}" for one in await tab.violations(seen=seen)]
    wide = await tab.overflow()
    found += [f"{path} is {wide} px too wide at 390"] * (wide > 0)
    await tab.page.set_viewport_size({"width": 1280, "height": 900})
    return found


async def test_every_page_of_the_demo_hinders_nobody(demo: House, chromium: Browser) -> None:
    context = await chromium.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900})
    reader = Reader(await context.new_page(), demo.address)
    await reader.sign_in(demo.first_link)
    await reader.go("/aktorer/urval/nytt?kind=company")
    await reader.write("Namn", "Exempelurval")
    await reader.press("Spara urvalet")
    tab = Tab(reader.page, demo.address)
    weight = await tab.page.evaluate(WEIGHT)
    assert 0 < weight <= MOST_BYTES

    frontier, wrong = Frontier(waiting=await _beginnings(demo)), []
    seen: set[str] = set()
    while path := frontier.next():
        answer = await tab.page.goto(f"{demo.address}{path}")
        if answer is None or answer.status != 200:
            wrong.append(f"{path} answers {answer and answer.status}")
            continue
        wrong += await faults(tab, path, seen, new=frontier.new)
        links = await tab.page.eval_on_selector_all(
            "a[href]", "all => all.map((one) => one.getAttribute('href'))"
        )
        frontier.learn(links, tab.page.url)
    assert not wrong, "\n".join(wrong)
    assert tab.complaints == []
    missed = sorted(readable() - set(frontier.seen) - UNLINKED)
    assert not missed, " ".join(missed)


# Administrators are shown the most: the crawl above follows what they are shown.
@pytest.mark.parametrize("role", ["process_leader", "strategist", "council_member", "reader"])
async def test_no_role_is_shown_a_link_that_it_may_not_follow(demo: House, role: str) -> None:
    async with httpx.AsyncClient(
        base_url=demo.address, trust_env=False, follow_redirects=True, timeout=30
    ) as http:
        await sign_in(http, demo.user(role))
        frontier, wrong = Frontier(most=1), []
        while path := frontier.next():
            answer = await http.get(path)
            if answer.status_code != 200:
                wrong.append(f"{path}: {answer.status_code}")
            tree = LexborHTMLParser(answer.text)
            frontier.learn([one.attributes["href"] or "" for one in tree.css("a[href]")], path)
        assert not wrong, "\n".join(wrong)
        assert len(frontier.seen) >= 15


async def sign_in(http: httpx.AsyncClient, link: str) -> None:
    """By a link used once, without a browser."""
    page = LexborHTMLParser((await http.get(link)).text)
    hidden = {
        str(one.attributes["name"]): one.attributes.get("value") or ""
        for one in page.css("main form input[type=hidden]")
    }
    sent = hidden | {"password": PASSWORD, "password_again": PASSWORD}
    assert (await http.post(link, data=sent)).status_code == 200
