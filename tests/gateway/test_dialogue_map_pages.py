"""Dialogue maps on pages: written question by question, ordered, published, compared, retired."""

from tests.councils.work import an_interview
from tests.gateway.signing_in import Browser
from tests.gateway.whole import Whole

SEE_OTHER = 303


async def a_draft(browser: Browser, *texts: str) -> str:
    """The address of a draft with some questions of matching."""
    made = await browser.submit("/dialogkartor/ny", name="Egen karta")
    assert made.status == SEE_OTHER
    url = made.answer.headers["location"]
    for text in texts:
        done = await browser.submit(
            f"{url}/fragor/ny?area=matching", at=f"{url}/fragor/ny", text=text
        )
        assert done.status == SEE_OTHER
    return url


async def asked(whole: Whole, url: str) -> list[str]:
    """The questions as they are stored."""
    address = url.replace("dialogkartor", "dialogue-maps")
    return [one["text"] for one in (await whole.councils.get(address)).json()["questions"]]


async def test_a_map_is_written_previewed_published_and_never_changes(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    url = await a_draft(browser, "Varför?")
    told = {"text": "Hur går det?", "area": "education", "kind": "scale", "help": "Tänk efter"}
    told |= {"norm_critical": "true", "prompts": "Vem frågas inte?\nVem bestämmer?"}
    wrong = await browser.submit(f"{url}/fragor/ny", **told | {"text": ""})
    assert (wrong.status, bool(wrong.error("text"))) == (422, True)
    assert wrong.fields()["help"] == ["Tänk efter"]
    assert (await browser.submit(f"{url}/fragor/ny", **told)).status == SEE_OTHER
    preview = (await browser.get(f"{url}/forhandsvisning")).text("main")
    for words in ("Varför?", "Tänk efter", "Vem bestämmer?", "Normkritisk", "Önskat läge"):
        assert words in preview
    question = await browser.get(f"{url}/publicera")
    assert "kan inte ändras sedan" in question.text("main")
    assert "Mottagarkompetens har inga frågor" in question.text("main")
    assert (await browser.submit(f"{url}/publicera")).status == SEE_OTHER
    shown = await browser.get(url)
    assert "Publicerad" in shown.text("main")
    assert not shown.all(f'a[href="{url}/andra"]')
    for closed in ("andra", "fragor/ny"):
        assert (await browser.get(f"{url}/{closed}")).status == SEE_OTHER
    assert "ligger fast" in (await browser.get(f"{url}/ordning")).text("main")
    assert "Egen karta" in (await browser.http.get("/dialogkartor.csv")).text
    reader = await whole.browser("reader")
    assert (await reader.get("/dialogkartor/ny")).status == 403
    assert "Varför?" in (await reader.get(url)).text("main")


async def test_two_who_work_on_a_draft_clash_only_at_the_same_question(whole: Whole) -> None:
    browser, other = await whole.browser("process_leader"), await whole.browser("administrator")
    url = await a_draft(browser, "Ett?", "Två?")
    shown = await browser.get(url)
    first, second = (
        one.attributes["href"] for one in shown.all("main li a.small") if "Ändra" in one.text()
    )
    mine, twice = await browser.get(first), await browser.get(second)
    head = await browser.get(f"{url}/andra")
    assert (await other.submit(first, text="Ett, sa hon?")).status == SEE_OTHER
    done = await browser.send(second, **twice.fields(second) | {"text": "Två, sa jag?"})
    assert done.status == SEE_OTHER, "another question"
    done = await browser.send(f"{url}/andra", **head.fields(f"{url}/andra") | {"name": "Ny karta"})
    assert done.status == SEE_OTHER, "the name is none of the questions"
    clash = await browser.send(first, **mine.fields(first) | {"text": "Ett, sa jag?"})
    assert clash.status == 422
    assert "Ett, sa hon?" in clash.text("main")
    assert clash.fields(first)["text"] == ["Ett, sa jag?"]
    assert (await browser.send(first, **clash.fields(first))).status == SEE_OTHER
    assert await asked(whole, url) == ["Ett, sa jag?", "Två, sa jag?"]
    gone = await browser.get(first)
    assert (await other.submit(first.replace("/andra", "/ta-bort"))).status == SEE_OTHER
    kept = await browser.send(first, **gone.fields(first) | {"text": "Ett igen?"})
    assert (kept.status, "tagit bort frågan" in kept.text("main")) == (422, True)
    add = f"{url}/fragor/ny"
    assert (await browser.send(add, **kept.fields(add))).status == SEE_OTHER
    assert await asked(whole, url) == ["Två, sa jag?", "Ett igen?"]


async def test_what_is_typed_when_the_map_was_published_meanwhile_is_kept(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    url = await a_draft(browser, "Ett?")
    page = await browser.get(f"{url}/fragor/ny")
    assert (await browser.submit(f"{url}/publicera")).status == SEE_OTHER
    fields = page.fields(f"{url}/fragor/ny") | {"text": "Två?", "area": "matching"}
    late = await browser.send(f"{url}/fragor/ny", **fields)
    assert (late.status, late.fields(f"{url}/fragor/ny")["text"]) == (422, ["Två?"])
    assert "Gör en ny utgåva" in late.text("main")


async def test_a_question_sent_twice_is_added_once_and_order_is_by_area(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    url = await a_draft(browser, "Ett?", "Två?")
    path = f"{url}/fragor/ny"
    fields = (await browser.get(path)).fields(path) | {"text": "Tre?", "area": "reception"}
    for _ in range(2):
        assert (await browser.send(path, **fields)).status == SEE_OTHER
    order = await browser.get(f"{url}/ordning")
    keys = [one.attributes["data-id"] for one in order.all("ol.ordered li")]
    assert len(keys) == 3
    sent = order.fields(f"{url}/ordning")
    assert (await browser.send(f"{url}/ordning", **sent, up=keys[2])).status == SEE_OTHER
    assert await asked(whole, url) == ["Tre?", "Två?", "Ett?"]
    fields = sent | {"moved": keys[2], "before": ""}
    headers = {"hx-request": "true", "hx-target": "div#page"}
    answer = await browser.http.post(f"{url}/ordning", data=fields, headers=headers)
    assert "”Två?” är på plats 2 av 2." in answer.text
    assert await asked(whole, url) == ["Tre?", "Ett?", "Två?"]


async def test_editions_are_begun_compared_and_retired(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    url = await a_draft(browser, "Ett?", "Två?")
    await browser.submit(f"{url}/publicera")
    begun = await browser.submit(url, at=f"{url}/utgava")
    new = begun.answer.headers["location"]
    again = await browser.submit(url, at=f"{url}/utgava")
    assert again.answer.headers["location"] == new, "a second press begins no other"
    shown = await browser.get(new)
    ways = [one.attributes["href"] for one in shown.all("main li a.small")]
    await browser.submit(ways[0], text="Ett, tydligare?")
    await browser.submit(ways[3])
    await browser.submit(f"{new}/fragor/ny", area="education", text="Tre?")
    compared = await browser.get(f"{new}/jamfor/{url.rpartition('/')[2]}")
    rows = [" ".join(row.text().split()) for row in compared.all("tbody tr")]
    assert [any(word in row for row in rows) for word in ("Ny", "Borttagen", "Ändrad")] == [
        True
    ] * 3
    assert "Ett?" in compared.text("tbody")
    await browser.submit(f"{new}/publicera")
    old = url.rpartition("/")[2]
    told = an_interview({"id": old}, actor_id=(await whole.actor())["id"])
    interview = await whole.councils.made("/interviews", told)
    retired = await browser.submit(url, at=f"{url}/ur-bruk")
    assert retired.status == SEE_OTHER
    assert "Tagen ur bruk" in (await browser.get(url)).text("main")
    form = await browser.get("/intervjuer/ny")
    offered = [one.attributes["value"] for one in form.all("#f-dialogue_map_id option")]
    assert (old in offered, new.rpartition("/")[2] in offered) == (False, True)
    edit = await browser.get(f"/intervjuer/{interview['id']}/andra")
    assert edit.fields(f"/intervjuer/{interview['id']}/andra")["dialogue_map_id"] == [old]
    assert (await browser.submit(url, at=f"{url}/i-bruk")).status == SEE_OTHER


async def test_a_map_of_ones_own_is_begun_from_ours(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    brought = await browser.submit("/dialogkartor", at="/dialogkartor/var-egen")
    ours = brought.answer.headers["location"]
    shown = await browser.get(ours)
    assert "Kompetensnavs egen" in shown.text("main")
    assert not shown.all(f'form[action="{ours}/utgava"]')
    (way,) = [
        one.attributes["href"] for one in shown.all("a") if "begun_from" in one.attributes["href"]
    ]
    taken = await browser.submit(way, name="Kompetensnavs egen dialogkarta")
    assert (taken.status, bool(taken.error("name"))) == (422, True)
    made = await browser.submit(way, name="Egen efter den")
    assert made.status == SEE_OTHER
    url = made.answer.headers["location"]
    assert await asked(whole, url) == await asked(whole, ours)
    away = await browser.submit(f"{url}/ta-bort")
    assert away.answer.headers["location"] == "/dialogkartor"
