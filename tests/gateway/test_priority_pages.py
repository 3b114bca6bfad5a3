"""Priorities on pages: decided by criteria, listed, filed, superseded, and due for another look."""

from tests.actors.test_priority import a_criterion, a_priority
from tests.councils.builders import day
from tests.gateway.whole import Whole

SEE_OTHER = 303


async def test_an_actor_is_weighed_and_chosen_on_its_pages(whole: Whole) -> None:
    actor, other = await whole.actor(1), await whole.actor(2)
    browser = await whole.browser("process_leader")
    made = await browser.submit("/kriterier/nytt", name="Vilja", weight="3", valid_from=day(-90))
    assert made.status == SEE_OTHER
    await browser.submit("/kriterier/nytt", name="Behov", weight="5", valid_from=day(-90))
    form = f"/prioriteringar/ny?actor_id={actor['id']}"
    typed = {"reason": "Exempel: utbildar i branschen", "choice": "taken_in", "scores.0.score": "4"}
    wrong = await browser.submit(form, at="/prioriteringar/ny", **typed)
    assert (wrong.status, bool(wrong.error("decided_by_post_id"))) == (422, True)
    assert wrong.fields()["scores.0.score"] == ["4"]
    done = await browser.submit(
        form, at="/prioriteringar/ny", **typed, decided_by="Styrgruppen", review_on=day(30)
    )
    assert done.status == SEE_OTHER
    (one,) = (await whole.actors.get("/priorities")).json()["items"]
    assert [row["score"] for row in one["scores"]] == [4, None], "Behov, then Vilja"
    page = await browser.get(f"/prioriteringar/{one['id']}")
    assert "Viktad summa: 23–35 av 40" in page.text("main")
    assert "Okänt" in page.text("main")
    late = a_priority(actor, choice="later", decided_on=day(-60), review_on=day(-9))
    earlier = await whole.actors.made("/priorities", late)
    await whole.actors.made("/priorities", late | {"actor_id": other["id"]})
    assert "Ersatt" in (await browser.get(f"/prioriteringar/{earlier['id']}")).text("main")
    card, on = "[aria-labelledby=priority-heading]", f"/aktorer/{actor['id']}"
    shown = (await browser.get(on)).text(card)
    assert ("Med" in shown, "Ersatt" in shown) == (True, True)
    assert "Med" not in (await browser.get(f"{on}?as_of={day(-1)}")).text(card)
    assert "Prioriteringen beslutades" in (await browser.get(f"{on}/historik")).text()

    async def found(query: str) -> int:
        return len((await browser.get(query)).all("tbody tr"))

    assert await found("/prioriteringar") == 3
    assert await found("/prioriteringar?current=true&choice=later") == 1
    assert await found("/aktorer?priority=taken_in") == 1
    assert await found("/aktorer?priority=not_decided") == 0
    assert "Styrgruppen" in (await browser.http.get("/prioriteringar.csv?choice=taken_in")).text
    assert (await browser.http.get("/kriterier.xlsx")).content[:2] == b"PK"
    start = (await browser.get("/")).text("[aria-labelledby=priorities-heading]")
    assert "Exempelkommun 2" in start
    assert "Exempelkommun 1" not in start


async def test_what_was_written_wrong_is_put_right_or_goes(whole: Whole) -> None:
    actor, browser = await whole.actor(), await whole.browser("process_leader")
    two = (("Behov", 5), ("Vilja", 3))
    made = [await a_criterion(whole.actors, name, weight=weight) for name, weight in two]
    given = [{"criterion_id": made[0]["id"], "score": 4}]
    one = await whole.actors.made("/priorities", a_priority(actor, scores=given))
    edited = await browser.submit(f"/prioriteringar/{one['id']}/andra", **{"scores.1.score": "2"})
    assert edited.status == SEE_OTHER
    stored = (await whole.actors.get(f"/priorities/{one['id']}")).json()
    assert [row["score"] for row in stored["scores"]] == [4, 2]
    before = f"/prioriteringar/{one['id']}"
    await a_criterion(whole.actors, "Efterhand", weight=5)
    assert "Efterhand" not in (await browser.get(before)).text("main")
    said = await browser.submit(f"{before}/andra", reason="Rättstavat")
    assert said.status == SEE_OTHER, "the scores are those of what it was weighed by"
    assert (await browser.submit(f"{before}/ta-bort")).status == SEE_OTHER
    assert not (await browser.get("/prioriteringar")).all("tbody tr")
    again = await whole.actors.made("/priorities", a_priority(actor, scores=given))
    criterion = made[0]["id"]
    heavier = await browser.submit(f"/kriterier/{criterion}/andra", weight="1")
    assert (heavier.status, bool(heavier.error("weight"))) == (422, True)
    await browser.submit(f"/kriterier/{criterion}/ta-bort")
    assert len((await browser.get("/kriterier")).all("tbody tr")) == 3, again
    moved = await browser.submit(f"/kriterier/{criterion}/andra", valid_from=day(1))
    assert (moved.status, bool(moved.error("valid_from"))) == (422, True)
    reader = await whole.browser("reader")
    assert (await reader.get("/prioriteringar")).status == 403
    assert "Prioritering" not in (await reader.get(f"/aktorer/{actor['id']}")).text("main")
    assert (await reader.get("/")).status == 200


async def test_no_score_is_lost_where_the_day_has_other_criteria(whole: Whole) -> None:
    actor, browser = await whole.actor(), await whole.browser("process_leader")
    old, new = day(-50), day(-5)
    await a_criterion(whole.actors, "Behov", valid_from=day(-90), valid_to=day(-20))
    await a_criterion(whole.actors, "Vilja", valid_from=day(-20))
    form, at = f"/prioriteringar/ny?actor_id={actor['id']}", "/prioriteringar/ny"
    typed = {"reason": "Exempel: utbildar", "choice": "taken_in", "decided_by": "Styrgruppen",
             "scores.0.score": "4"}  # fmt: skip
    moved = await browser.submit(form, at=at, **typed, decided_on=old)
    assert moved.status == 422
    shown = moved.fields(at)
    assert (shown["scores.0.score"], shown["scores.1.score"]) == ([""], ["4"])
    assert "Vilja (gäller inte den dagen)" in moved.text("main")
    bare = await browser.submit(form, at=at, **typed, decided_on=day(-500))
    assert "som då inte gällde. Ta bort dem eller byt dag" in bare.text("main")
    assert "Bedöm efter dem som visas" not in bare.text("main"), "none are"
    for name in ("decided_by_post_id", "decided_by"):
        assert "frivilligt" not in bare.one(f"label[for=f-{name}]").text(), "one of them is needed"
    unread = (await browser.send(at, **shown | {"decided_on": "i maj"})).fields(at)
    assert (unread["scores.0.score"], "scores.1.score" in unread) == (["4"], False)
    back = await browser.send(at, **shown | {"decided_on": new, "decided_by": ""})
    assert back.fields(at)["scores.0.score"] == ["4"], "Vilja counts again"
    weighed = shown | {"scores.0.score": "3", "scores.1.score": ""}
    assert (await browser.send(at, **weighed)).status == SEE_OTHER
    (one,) = (await whole.actors.get("/priorities")).json()["items"]
    assert [row["score"] for row in one["scores"]] == [3]
    edit = f"/prioriteringar/{one['id']}/andra"
    fields = (await browser.get(edit)).fields(edit)
    wrong = await browser.send(edit, **fields | {"decided_on": ""})
    assert "3" in wrong.fields(edit)["scores.1.score"], "today Behov does not count, and stays"


async def test_scores_that_somebody_else_changed_meanwhile_are_told_of(whole: Whole) -> None:
    actor, browser = await whole.actor(), await whole.browser("process_leader")
    made = await a_criterion(whole.actors, "Behov")
    score = {"criterion_id": made["id"], "score": 4}
    draft = a_priority(actor, scores=[score])
    one = await whole.actors.made("/priorities", draft)
    edit = f"/prioriteringar/{one['id']}/andra"
    fields = (await browser.get(edit)).fields(edit)
    theirs = draft | {"scores": [score | {"score": 1}]}
    await whole.actors.put(f"/priorities/{one['id']}", theirs, version=1)
    clash = await browser.send(edit, **fields | {"scores.0.score": "5"})
    assert (clash.status, clash.fields(edit)["scores.0.score"]) == (422, ["5"])
    assert "Någon annan har ändrat poängen" in clash.text("main")
