"""The network picture: the same selection as the list, and the relations between those in it."""

from typing import Any

from tests.gateway.looking import Page
from tests.gateway.whole import Whole

NETWORK = "/aktorer/nat"
Fact = dict[str, Any]


async def actor(whole: Whole, name: str, kind: str = "company", **more: Any) -> Fact:
    return await whole.actors.made("/actors", {"name": name, "kind": kind} | more)


async def related(whole: Whole, one: Fact, other: Fact, **more: Any) -> Fact:
    told = {"actor_id": one["id"], "other_actor_id": other["id"], "kind": "collaborates_with"}
    days = {"valid_from": "2020-01-01", "state": "working"}
    return await whole.actors.made("/relations", told | days | more)


def drawn(page: Page) -> list[str]:
    """What the lines say."""
    return sorted(one.text(strip=True) for one in page.all("svg.net line title"))


def nodes(page: Page) -> set[str]:
    return {(one.attributes["aria-label"] or "").partition(",")[0] for one in page.all("svg.net a")}


def rows(page: Page) -> list[list[str]]:
    """The relations as the table has them."""
    found = [row.css("th, td") for row in page.all("table.rows tbody tr")]
    return [[" ".join(cell.text(separator=" ").split()) for cell in cells] for cells in found]


async def test_the_picture_and_its_table_say_who_has_what_relation_to_whom(whole: Whole) -> None:
    one = await actor(whole, "Exempelföretag 1")
    two = await actor(whole, "Exempelskola", "education_provider")
    await actor(whole, "Exempelförbund", "municipal_association")
    await related(whole, one, two, kind="member_of", state="rebuild", valid_from="2021-03-01")
    await related(whole, one, two)
    page = await (await whole.browser("reader")).get(NETWORK)
    assert page.h1 == "Aktörer i nät"
    assert nodes(page) == {"Exempelföretag 1", "Exempelskola", "Exempelförbund"}
    assert drawn(page) == [
        "Exempelföretag 1 medlem i Exempelskola: behöver byggas upp",
        "Exempelföretag 1 samverkar med Exempelskola: fungerande",
    ]
    kind = "Medlem i , visa relationen"
    told = ["Exempelföretag 1", kind, "Exempelskola", "Behöver byggas upp", "1 mar 2021"]
    assert told in rows(page)
    assert len(rows(page)) == 2
    assert "Utan relation till någon annan i bilden: Exempelförbund" in page.text()
    lines = {(one.attributes["stroke"], one.attributes["stroke-dasharray"])
             for one in page.all("svg.net line")}  # fmt: skip
    assert len(lines) == 2
    assert "1 av 2" in page.text("figcaption").replace("\xa0", " ")
    assert page.all("figure .scroll")[0].attributes["tabindex"] == "0"


async def test_only_relations_of_the_day_between_those_in_the_selection(whole: Whole) -> None:
    one, two = await actor(whole, "Exempelföretag 1"), await actor(whole, "Exempelföretag 2")
    other = await actor(whole, "Exempelmyndighet", "authority")
    await related(whole, one, two, valid_to="2022-01-01")
    await related(whole, one, other)
    browser = await whole.browser("reader")
    assert len(drawn(await browser.get(NETWORK))) == 1
    page = await browser.get(f"{NETWORK}?kind=company")
    assert (nodes(page), drawn(page)) == ({"Exempelföretag 1", "Exempelföretag 2"}, [])
    assert "Inga relationer mellan aktörerna i urvalet" in page.text()
    assert len(drawn(await browser.get(f"{NETWORK}?kind=company&as_of=2021-01-01"))) == 1


async def test_one_actor_and_its_neighbours_also_of_those_merged_into_it(whole: Whole) -> None:
    one, two = await actor(whole, "Exempelföretag 1"), await actor(whole, "Exempelföretag 2")
    old, far = await actor(whole, "Exempelföretag 1 AB"), await actor(whole, "Exempelföretag 3")
    await related(whole, old, two)
    await related(whole, two, far)
    await whole.actors.made(f"/actors/{old['id']}/merge", {"into_id": one["id"]})
    browser = await whole.browser("reader")
    assert nodes(await browser.get(NETWORK)) == {f"Exempelföretag {n}" for n in (1, 2, 3)}
    for known in (one["id"], old["id"]):
        page = await browser.get(f"{NETWORK}?around={known}")
        assert nodes(page) == {"Exempelföretag 1", "Exempelföretag 2"}
        assert drawn(page) == ["Exempelföretag 1 samverkar med Exempelföretag 2: fungerande"]
    shown = await browser.get(f"/aktorer/{one['id']}")
    assert shown.all(f'a[href="{NETWORK}?around={one["id"]}"]')
    whole_again = page.all("#results p a")[0].attributes["href"]
    assert whole_again == NETWORK
    assert (await browser.get(f"{NETWORK}?around=fisk")).status == 404


async def test_of_more_than_forty_one_is_chosen(whole: Whole) -> None:
    made = [await actor(whole, f"Exempelföretag {n}") for n in range(41)]
    await related(whole, made[3], made[7])
    browser = await whole.browser("reader")
    page = await browser.get(f"{NETWORK}?kind=company")
    assert "Fler än 40 aktörer" in page.text()
    assert page.all("svg.net") == []
    assert [row[::2][:2] for row in rows(page)] == [["Exempelföretag 3", "Exempelföretag 7"]]
    assert len(page.all("#f-around option")) == 42
    assert page.all('#results form input[name="kind"][value="company"]')
    near = await browser.get(f"{NETWORK}?kind=company&around={made[3]['id']}")
    assert nodes(near) == {"Exempelföretag 3", "Exempelföretag 7"}
    for other in made[4:] + made[:3]:
        await related(whole, made[3], other, kind="funds")
    crowd = await browser.get(f"{NETWORK}?around={made[3]['id']}")
    assert "Fler än 40 aktörer" in crowd.text()
    narrowed = await browser.get(f"{NETWORK}?around={made[3]['id']}&q=7")
    assert nodes(narrowed) == {f"Exempelföretag {n}" for n in (3, 7, 17, 27, 37)}


async def test_of_very_many_every_relation_is_listed_and_every_actor_found(whole: Whole) -> None:
    drafts = [{"name": f"Exempelföretag {n:03}", "kind": "company"} for n in range(203)]
    ids = (await whole.actors.post("/actors/bulk", drafts)).json()["ids"]
    told = {"kind": "collaborates_with", "valid_from": "2020-01-01", "state": "working"}
    pairs = [(ids[0], other) for other in ids[150:]] + [(ids[202], ids[201])]
    for one, other in pairs:
        await whole.actors.made("/relations", told | {"actor_id": one, "other_actor_id": other})
    browser = await whole.browser("reader")
    first, last = [await browser.get(f"{NETWORK}?kind=company&page={n}") for n in (1, 9)]
    assert [len(rows(page)) for page in (first, last)] == [50, 4]
    assert rows(last)[-1][::2][:2] == ["Exempelföretag 202", "Exempelföretag 201"]
    assert first.all("#results .pager a[rel=next]")
    assert first.all("#f-sok-around"), "all of them are too many to choose among"
    found = await browser.get(f"{NETWORK}?kind=company&sok-around=202")
    options = [one.text(strip=True) for one in found.all("#f-around option")]
    assert "Exempelföretag 202" in options
    assert len(options) < 5
    near = await browser.get(f"{NETWORK}?kind=company&sok-around=202&around={ids[202]}")
    assert nodes(near) == {"Exempelföretag 000", "Exempelföretag 201", "Exempelföretag 202"}


async def test_an_empty_network_says_why(whole: Whole) -> None:
    browser = await whole.browser("reader")
    assert "Inga aktörer ännu" in (await browser.get(NETWORK)).text()
    assert "stämmer med urvalet" in (await browser.get(f"{NETWORK}?kind=region")).text()
    wrong = await browser.get(f"{NETWORK}?sni=trä")
    assert (wrong.status, bool(wrong.error("sni"))) == (400, True)
    assert (await browser.get(f"{NETWORK}?readiness=ready")).status == 403
