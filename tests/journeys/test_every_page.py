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
# Needs what somebody fetched or handed in (tests/gateway/test_source_pages.py).
UNLINKED |= {"snapshots.show"}
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


async def _beginnings(demo: House) -> list[str]:
    """Where the crawl begins: the start page, and pages that only a button leads to."""
    async with demo.api(demo.key()) as api:
        answer = (await get(api, "/answers"))["items"][0]
        left = (await get(api, "/actors?status=withdrawn"))["items"][0]
        person = (await get(api, "/people?q=Exempelperson 99"))["items"][0]
        sexes = (await get(api, "/sex-reports"))["items"][0]
        register = (await get(api, "/sources?key=af_ads_municipality"))["items"][0]
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
        signal = (await get(api, "/shortage-signals?limit=1"))["items"][0]
        held = (await get(api, "/events?status=held"))["items"][0]
        approved = (await get(api, "/interviews?status=approved"))["items"][0]
        unopened = (await get(api, "/events?status=planned"))["items"][0]
        draft = (await get(api, "/dialogue-maps?status=draft"))["items"][0]
        lacking = (await get(api, "/needs?q=maskinoperat%C3%B6rer"))["items"][0]
    return [
        "/",
        "/sok?q=möbel",
        f"/larm/{signal['id']}/ratta",
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
        f"/analys/kallor/{register['id']}",
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
        f"/dialogkartor/{draft['id']}",
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
