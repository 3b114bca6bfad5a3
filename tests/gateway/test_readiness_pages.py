"""Readiness on pages: assessed with evidence, shown with its age, and asked for again."""

from typing import Any

from gateway.pages.readiness import age
from services.kit import clock
from tests.actors.test_readiness import assessment
from tests.councils.builders import a_seat, council_in, day
from tests.gateway.whole import Whole

SEE_OTHER = 303
PART = "[aria-labelledby=readiness-heading]"
Fact = dict[str, Any]
SAID = {
    f"{part}{more}": value
    for part in ("will", "drive", "ability")
    for more, value in (("", "4"), ("_evidence", "Exempel: sagt på mötet"))
}


def test_age_is_told_in_the_unit_that_people_would_use() -> None:
    ages = {"2026-11-26": "i dag", "2026-11-25": "1 dag", "2026-10-01": "1 månad"}
    ages |= {"2025-10-27": "12 månader", "2020-11-27": "5 år", "2020-11-26": "6 år"}
    for then, told in ages.items():
        assert age(then, "2026-11-26").replace("\N{NO-BREAK SPACE}", " ") == told, then
    assert age(clock.today().isoformat()) == "i dag"


async def test_an_actor_is_assessed_and_the_history_stays(whole: Whole) -> None:
    actor = await whole.actor()
    post = await whole.post(actor)
    path = f"/aktorer/{actor['id']}"
    browser = await whole.browser("process_leader")
    assert "Inte bedömda" in (await browser.get(path)).text(PART)
    form = f"{path}/forutsattningar/ny"
    kept = SAID | {"assessed_by_post_id": post["id"], "assessed_on": day(-400)}
    wrong = await browser.submit(form, **kept | {"drive": "", "will_evidence": ""})
    assert (wrong.status, bool(wrong.error("drive")), bool(wrong.error("will_evidence"))) == (
        422, True, True,
    )  # fmt: skip
    assert wrong.fields()["ability_evidence"] == [SAID["ability_evidence"]]
    assert (await browser.submit(form, **kept)).status == SEE_OTHER
    assert "För gammal bedömning" in (await browser.get(path)).text(PART)
    assert "Senast bedömd" in (await browser.get(form)).text()
    again = kept | {"assessed_on": day(-40), "will": "5"}
    assert (await browser.submit(form, **again)).status == SEE_OTHER
    shown = (await browser.get(path)).text(PART)
    assert "Uppfyllda" in shown
    assert "5 av 5" in shown
    assert "Tidigare bedömningar" in shown
    earlier = (await browser.get(f"{path}?as_of={day(-100)}")).text(PART)
    assert "Tidigare bedömningar" not in earlier
    one = (await whole.actors.get("/readiness")).json()["items"][0]
    edit = f"/forutsattningar/{one['id']}/andra"
    assert (await browser.submit(edit, will="1")).status == SEE_OTHER
    assert "Inte uppfyllda" in (await browser.get(path)).text(PART)


async def test_assessments_are_not_shown_to_readers_nor_to_members(whole: Whole) -> None:
    actor = await whole.actor()
    post = await whole.post(actor)
    await whole.actors.made("/readiness", assessment(actor, post))
    await whole.actors.made("/gains", {"actor_id": actor["id"], "statement": "Exempelvinst",
                                       "stated_on": day(-1)})  # fmt: skip
    path = f"/aktorer/{actor['id']}"
    for role in ("reader", "council_member"):
        browser = await whole.browser(role)
        page = await browser.get(path)
        assert "Exempelvinst" in page.text("[aria-labelledby=gains-heading]")
        assert not page.all(PART)
        assert "av 5" not in page.text()
        assert "Uppfyllda" not in page.text()
        assert not (await browser.get("/aktorer")).all("select[name=readiness]")
        assert (await browser.get("/aktorer?readiness=ready")).status == 403
        assert (await browser.get(f"{path}/forutsattningar/ny")).status == 403
    strategist = await whole.browser("strategist")
    assert "Uppfyllda" in (await strategist.get(path)).text(PART)
    found = await strategist.get("/aktorer?readiness=ready")
    assert [one.text(strip=True) for one in found.all("tbody th a")] == [actor["name"]]


async def test_an_actor_in_an_active_council_is_to_be_assessed_again(whole: Whole) -> None:
    actor = await whole.actor()
    post = await whole.post(actor)
    council = await council_in(whole.councils, name="Exempelrådet 7")
    forming = await council_in(whole.councils, name="Exempelrådet 8", phase="forming")
    for one in (council, forming):
        await whole.councils.made("/seats", a_seat(one, actor_id=actor["id"]))
    browser = await whole.browser("process_leader")
    note = f"{PART} .note"
    shown = (await browser.get(f"/aktorer/{actor['id']}")).text(note)
    assert "Aktören är inte bedömd, men aktören har plats i Exempelrådet 7" in shown
    assert "Exempelrådet 8" not in shown
    known = clock.now().isoformat().replace("+00:00", "Z")
    then = await browser.get(f"/aktorer/{actor['id']}?known_at={known}")
    assert "har plats i" not in then.text(PART), "who waits for an assessment is told of now"
    await whole.actors.made("/readiness", assessment(actor, post, assessed_on=day(-400)))
    assert "äldre än 12 månader" in (await browser.get(f"/aktorer/{actor['id']}")).text(note)
    await whole.actors.made("/readiness", assessment(actor, post))
    assert not (await browser.get(f"/aktorer/{actor['id']}")).all(note)


async def test_a_gain_is_confirmed_by_the_actor_and_judged(whole: Whole) -> None:
    actor = await whole.actor()
    post, foreign = await whole.post(actor), await whole.post(await whole.actor(2))
    browser, path = await whole.browser("process_leader"), f"/aktorer/{actor['id']}"
    form = f"{path}/vinster/ny"
    wrong = await browser.submit(form, statement="Exempel: lärlingar", confirmed_on=day(0))
    assert (wrong.status, bool(wrong.error("confirmed_by_post_id"))) == (422, True)
    made = await browser.submit(form, statement="Exempel: lärlingar", stated_on=day(-3))
    assert made.status == SEE_OTHER
    gains = "[aria-labelledby=gains-heading]"
    assert "Inte bekräftad" in (await browser.get(path)).text(gains)
    edit = f"/vinster/{(await whole.actors.get('/gains')).json()['items'][0]['id']}/andra"
    by = {"confirmed_on": day(-2), "confirmed_by_post_id": foreign["id"]}
    refused = await browser.submit(edit, **by)
    assert (refused.status, bool(refused.error("confirmed_by_post_id"))) == (422, True)
    by["confirmed_by_post_id"] = post["id"]
    assert (await browser.submit(edit, **by)).status == SEE_OTHER
    unjudged = await browser.submit(edit, realised="partly")
    assert (unjudged.status, bool(unjudged.error("judged_on"))) == (422, True)
    assert (await browser.submit(edit, realised="partly", judged_on=day(0))).status == SEE_OTHER
    assert "Delvis" in (await browser.get(path)).text(gains)


async def test_what_was_typed_of_an_actor_that_was_merged_meanwhile_goes_to_the_living_one(
    whole: Whole,
) -> None:
    old, new = await whole.actor(), await whole.actor(2)
    post, browser = await whole.post(new), await whole.browser("process_leader")
    path = f"/aktorer/{old['id']}/forutsattningar/ny"
    form = await browser.get(path)
    await whole.actors.post(f"/actors/{old['id']}/merge", {"into_id": new["id"]})
    told = SAID | {"assessed_by_post_id": post["id"], "assessed_on": day(0)}
    refused = await browser.send(path, **form.fields() | told)
    assert (refused.status, refused.fields()["will_evidence"]) == (422, [SAID["will_evidence"]])
    assert "Nu gäller det den som den lever vidare i" in refused.text("main")
    there = f"/aktorer/{new['id']}/forutsattningar/ny"
    assert there in [one.attributes["action"] for one in refused.all("form")]
    assert (await browser.send(there, **refused.fields())).status == SEE_OTHER
