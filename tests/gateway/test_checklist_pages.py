"""Checklists on pages: a template is drafted, published and filled for a programme."""

from gateway.pages.editions import changes_of
from services.kit import clock
from tests.councils.work import an_initiative
from tests.gateway.whole import Whole

SEE_OTHER = 303


async def test_a_template_is_written_published_and_followed_by_a_new_edition(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    typed = {"name": "Egen mall", "edition": "1", "items.0.text": "Ett", "items.2.text": "Två"}
    wrong = await browser.submit("/checklistmallar/ny", **typed | {"name": ""})
    assert (wrong.status, bool(wrong.error("name"))) == (422, True)
    assert wrong.fields()["items.1.text"] == ["Två"]
    made = await browser.submit("/checklistmallar/ny", **typed)
    assert made.status == SEE_OTHER
    url = made.answer.headers["location"]
    more = {"items.0.text": "", "items.2.text": "Tre", "items.2.help": "Fråga skolan"}
    assert (await browser.submit(f"{url}/andra", **more)).status == SEE_OTHER
    one = (await whole.councils.get(url.replace("checklistmallar", "checklist-templates"))).json()
    assert [item["text"] for item in one["items"]] == ["Två", "Tre"]
    assert len({item["key"] for item in one["items"]}) == 2
    assert "2 punkter" in (await browser.get(f"{url}/publicera")).text("main").replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert (await browser.submit(f"{url}/publicera")).status == SEE_OTHER
    shown = await browser.get(url)
    assert ("Publicerad" in shown.text("main"), shown.all(f'a[href="{url}/andra"]')) == (True, [])
    assert (await browser.get(f"{url}/andra")).status == SEE_OTHER
    after = await browser.submit(url, at=f"{url}/utgava")
    edit = after.answer.headers["location"]
    again = await browser.submit(url, at=f"{url}/utgava")
    assert again.answer.headers["location"] == edit, "a second press begins no other"
    new = edit.removesuffix("/andra")
    draft = await browser.get(new)
    assert "utgåva 2" in draft.h1
    assert "Fråga skolan" in draft.text("main")
    assert "Punkterna är desamma" in draft.text("[aria-labelledby=changes-heading]")
    more = {"items.0.text": "", "items.1.text": "Tre, omskriven", "items.2.text": "Fyra"}
    assert (await browser.submit(edit, **more)).status == SEE_OTHER
    told = " ".join((await browser.get(new)).text("[aria-labelledby=changes-heading]").split())
    assert told.endswith(
        "Ny Fyra Borttagen Två Omskriven Tre, omskriven Fråga skolan Löd: Tre Fråga skolan"
    )
    gone = await browser.submit(f"{new}/ta-bort")
    assert gone.answer.headers["location"] == "/checklistmallar"
    listed = await browser.get("/checklistmallar?status=published")
    assert len(listed.all("tbody tr")) == 1
    assert "Egen mall" in (await browser.http.get("/checklistmallar.csv")).text
    reader = await whole.browser("reader")
    assert (await reader.get("/checklistmallar/ny")).status == 403
    assert "Två" in (await reader.get(url)).text("main")


async def test_a_checklist_is_made_filled_listed_and_taken_away(whole: Whole) -> None:
    browser, provider = await whole.browser("process_leader"), await whole.actor()
    taught = {"provider_actor_id": provider["id"], "name": "Svets", "form": "higher_vocational"}
    programme = await whole.actors.made("/programmes", taught)
    begun = f"/checklistor/ny?programme_id={programme['id']}"
    empty = await browser.get(begun)
    assert "ingen publicerad mall" in empty.text("main")
    brought = await browser.submit(begun, at="/checklistmallar/var-egen")
    assert brought.status == SEE_OTHER
    page = await browser.get(f"/utbildningar/{programme['id']}")
    card = "[aria-labelledby=checklists-heading]"
    assert begun in {one.attributes["href"] for one in page.all(f"{card} a")}
    nothing = await browser.submit("/checklistor/ny")
    assert (nothing.status, bool(nothing.error("programme_id"))) == (422, True)
    made = await browser.submit(begun, at="/checklistor/ny")
    assert made.status == SEE_OTHER
    edit = made.answer.headers["location"]
    url = edit.removesuffix("/andra")
    ticked = {"items.0.done": "true", "items.0.note": "Sju arbetsgivare", "items.3.done": "true"}
    assert (await browser.submit(edit, **ticked)).status == SEE_OTHER
    assert (await browser.submit(edit, **{"items.3.done": ""})).status == SEE_OTHER
    shown = await browser.get(url)
    assert "1 av 15 uppfyllda" in shown.text("main")
    assert "Sju arbetsgivare" in shown.text("[aria-labelledby=items-heading]")
    assert "Svets" in shown.text("main")
    assert "1 av 15" in (await browser.get(f"/utbildningar/{programme['id']}")).text(card)
    before = await browser.get(f"/utbildningar/{programme['id']}?as_of=2020-01-01")
    assert "Ingen checklista var ifylld då" in before.text(card)
    today = await browser.get(f"/utbildningar/{programme['id']}?as_of={clock.today()}")
    assert "1 av 15" in today.text(card)
    rows = await browser.get(f"/checklistor?programme_id={programme['id']}")
    assert "1 av 15" in rows.text("tbody")
    assert "Sju" in (await browser.http.get("/checklistor.csv")).text
    reader = await whole.browser("reader")
    assert not (await reader.get(url)).all(f'a[href="{edit}"]')
    assert "misstag" in (await browser.get(f"{url}/ta-bort")).text("main")
    gone = await browser.submit(f"{url}/ta-bort")
    assert gone.answer.headers["location"] == "/checklistor"
    assert not (await browser.get("/checklistor")).all("tbody tr")


async def test_a_filled_list_says_its_edition_and_that_there_is_a_newer(whole: Whole) -> None:
    browser, initiative = await whole.browser("process_leader"), an_initiative()
    initiative = await whole.councils.made("/initiatives", initiative)
    first = await whole.councils.made("/checklist-templates/default", None)
    filled = {"checklist_template_id": first["id"], "initiative_id": initiative["id"]}
    one = await whole.councils.made("/checklists", filled)
    page = await browser.get(f"/checklistor/{one['id']}")
    assert ("utgåva 1" in page.text("main"), "nyare" in page.text("main")) == (True, False)
    after = await whole.councils.made(f"/checklist-templates/{first['id']}/edition", None)
    assert "nyare" not in (await browser.get(f"/checklistor/{one['id']}")).text("main"), "a draft"
    await whole.councils.made(f"/checklist-templates/{after['id']}/publish", None)
    page = await browser.get(f"/checklistor/{one['id']}")
    (way,) = page.all(".note a.btn")
    begun = await browser.get(way.attributes["href"])
    assert begun.fields("/checklistor/ny")["checklist_template_id"] == [after["id"]]
    assert begun.fields("/checklistor/ny")["initiative_id"] == [initiative["id"]]
    card = (await browser.get(f"/initiativ/{initiative['id']}")).text("main")
    assert "Attraktiv utbildning, utgåva 1" in card


def test_what_an_edition_changed_is_as_little_as_can_be_said() -> None:
    was = [{"key": key, "text": key, "help": None} for key in "abcd"]
    now = [was[3], was[0], {**was[1], "text": "B"}, {"key": "e", "text": "e", "help": None}]
    changes = changes_of({"items": was}, {"items": now})
    assert [one["key"] for one in changes.moved] == ["d"]
    assert [one["key"] for one in changes.came + changes.went] == ["e", "c"]
    assert [new["text"] for _, new in changes.reworded] == ["B"]
