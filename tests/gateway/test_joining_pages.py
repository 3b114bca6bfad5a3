"""Joinings on pages: a need points at actors, one is chosen, and each step is written."""

from tests.actors.test_joining import a_joining
from tests.councils.builders import council_in, day
from tests.councils.work import a_need
from tests.gateway.test_pledge_pages import held_by_member
from tests.gateway.whole import Whole

SEE_OTHER = 303
WAITING = "[aria-labelledby=waiting-heading]"


async def test_a_need_leads_to_an_actor_that_takes_part(whole: Whole) -> None:
    made = whole.actors.made
    school, other = await whole.actor(1), await whole.actor(2)
    company = {"name": "Exempelföretag 1", "kind": "company", "mission": "Samlar träteknik"}
    asks = await made("/actors", company)
    programme = {"provider_actor_id": school["id"], "name": "Snickeri", "form": "higher_vocational"}
    await made("/programmes", programme | {"occupation_codes": ["7111"]})
    need = await whole.councils.made("/needs", a_need(occupation_code="7111"))
    post, browser = await whole.post(other), await whole.browser("process_leader")
    find = f"/behov/{need['id']}/koppla-pa"
    assert find in (await browser.get(f"/behov/{need['id']}")).answer.text
    rows = (await browser.get(find)).text("tbody")
    assert "Utbildar till yrket: Snickeri" in rows
    assert "Exempelföretag 1" not in rows
    worded = (await browser.get(f"{find}?q=tr%C3%A4teknik")).text("tbody")
    assert "Namn eller uppdrag nämner ”träteknik”" in worded
    begun = f"/pakopplingar/ny?need_id={need['id']}&actor_id={asks['id']}"
    typed = {"why": "Exempel: kan ta emot praktikanter", "owner_post_id": post["id"]}
    wrong = await browser.submit(begun, at="/pakopplingar/ny", **typed)
    assert (wrong.status, bool(wrong.error("due_on"))) == (422, True)
    await browser.submit(begun, at="/pakopplingar/ny", **typed, due_on=day(9))
    (one,) = (await whole.actors.get("/joinings")).json()["items"]
    assert (one["need_id"], one["state"]) == (need["id"], "proposed")
    again = await browser.submit(begun, at="/pakopplingar/ny", **typed, due_on=day(9))
    assert "redan på väg" in again.error("actor_id")
    card = (await browser.get(f"/behov/{need['id']}")).text("[aria-labelledby=joinings-heading]")
    assert "Exempelföretag 1 Föreslagen" in card
    assert "Föreslagen" in (await browser.get(f"{find}?q=tr%C3%A4teknik")).text("tbody")
    council = await council_in(whole.councils, leader_actor_ids=[school["id"]])
    seat = {"council_id": council["id"], "actor_id": asks["id"], "valid_from": day(0)}
    seat = await whole.councils.made(
        "/seats", seat | {"role": "member", "readiness_exception": "Exempel: brådskar"}
    )
    page, edit = f"/pakopplingar/{one['id']}", f"/pakopplingar/{one['id']}/andra"
    assert "Inte bedömda" in (await browser.get(page)).text("[aria-labelledby=gate-heading]")
    yes = {"asked_on": day(0), "answer": "accepted", "answered_on": day(0), "connected_on": day(0)}
    lacking = await browser.submit(edit, **yes)
    assert (lacking.status, bool(lacking.error("seat_id"))) == (422, True)
    assert (await browser.submit(edit, **yes, seat_id=seat["id"])).status == SEE_OTHER
    shown = (await browser.get(page)).text("main")
    assert ("Påkopplad" in shown, council["name"] in shown) == (True, True)
    assert (await browser.get(f"/aktorer/{asks['id']}/historik")).text().count("Kopplades på") == 1
    assert len((await browser.get("/pakopplingar?open=false&state=connected")).all("tbody tr")) == 1
    assert "praktikanter" in (await browser.http.get("/pakopplingar.csv")).text
    gone = await browser.submit(f"{page}/ta-bort")
    assert gone.status == SEE_OTHER
    assert not (await browser.get("/pakopplingar")).all("tbody tr")


async def test_it_stands_in_the_day_of_its_owner_and_hangs_on_the_post(whole: Whole) -> None:
    actor = await whole.actor()
    post, member = await held_by_member(whole, actor)
    need = await whole.councils.made("/needs", a_need())
    told = a_joining(actor, post, need_id=need["id"], due_on=day(-1))
    one = await whole.actors.made("/joinings", told)
    assert "Koppla på Exempelkommun 1" in (await member.get("/")).text(WAITING)
    shown = await member.get(f"/pakopplingar/{one['id']}")
    assert (shown.status, "Förutsättningar" in shown.text("main")) == (200, False)
    leader = await whole.browser("process_leader")
    theirs = (await leader.get("/")).text(WAITING)
    assert ("Koppla på Exempelkommun 1" in theirs, "Din" in theirs) == (True, False), "late"
    await whole.actors.put(f"/joinings/{one['id']}", told | {"due_on": day(1)}, version=1)
    assert "Koppla på" not in (await leader.get("/")).text(WAITING)
    assert "Koppla på" in (await member.get("/")).text(WAITING)
    over = await leader.get(f"/befattningar/{post['id']}/overlamning")
    assert "utbildar snickare" in over.text()
    reader = await whole.browser("reader")
    assert (await reader.get(f"/pakopplingar/{one['id']}")).status == 404
    assert "Exempelkommun 1" not in (await reader.get(f"/behov/{need['id']}")).text(
        "[aria-labelledby=joinings-heading]"
    )


async def test_one_whose_need_is_over_is_closed_in_one_step(whole: Whole) -> None:
    actor = await whole.actor()
    post, person = await whole.post(actor), await whole.person()
    await whole.holding(post, person, "2024-01-01")
    need, gone = [await whole.councils.made("/needs", a_need()) for _ in range(2)]
    away = await whole.actor(2)
    left = {"withdrawn_on": day(-1), "reason": "Exempel: slut"}
    await whole.actors.made(f"/actors/{away['id']}/withdraw", left)
    find = f"/behov/{need['id']}/koppla-pa?q=Exempelkommun"
    leader = await whole.browser("process_leader", person_id=person["id"])
    decided = {"actor_id": actor["id"], "choice": "left_out", "reason": "Exempel: senare år"}
    decided |= {"decided_on": day(-3), "decided_by": "Exempelstyrelsen", "scores": []}
    await whole.actors.made("/priorities", decided)
    assert "Exempelkommun 1 Inte med" in (await leader.get(find)).text("tbody")
    begun = (await leader.get(f"/pakopplingar/ny?need_id={need['id']}")).text("main")
    assert ("Exempelkommun 1" in begun, "Exempelkommun 2" in begun) == (True, False)
    told = a_joining(actor, post, need_id=need["id"], due_on=day(-1))
    one, other = [
        await whole.actors.made("/joinings", told | {"need_id": of["id"]}) for of in (need, gone)
    ]
    await whole.councils.made(f"/needs/{need['id']}/drop", {"reason": "Exempel: inte längre"})
    assert (await whole.councils.delete(f"/needs/{gone['id']}", version=1)).status_code == 204
    waiting = (await leader.get("/")).text(WAITING)
    assert "Behovet är avskrivet." in waiting
    assert "Behovet är borttaget." in waiting
    assert waiting.count("Att avsluta") == 2
    listed = (await leader.get("/pakopplingar")).text("tbody")
    assert ("Behovet är borttaget." in listed, "Försenad" in listed) == (True, False)
    assert "Ingen kopplas på" in (await leader.get(find)).text("main")
    for joining, why in ((one, "Behovet är avskrivet."), (other, "Behovet är borttaget.")):
        page = f"/pakopplingar/{joining['id']}"
        assert why in (await leader.get(page)).text("main")
        assert (await leader.submit(page, at=f"{page}/avsluta")).status == SEE_OTHER
        kept = (await whole.actors.get(f"/joinings/{joining['id']}")).json()
        assert (kept["state"], kept["reasons"], kept["open"]) == ("lapsed", why, False)
        assert "Inte längre aktuell" in (await leader.get(page)).text("main")
    assert "Koppla på" not in (await leader.get("/")).text(WAITING)
    again = f"/pakopplingar/{one['id']}"
    key = (await leader.get(f"{again}/andra")).fields()["csrf"]
    late = await leader.send(f"{again}/avsluta", csrf=key, version="1")
    assert late.answer.headers["location"] == again


async def test_who_was_merged_is_pointed_at_once_and_as_asked(whole: Whole) -> None:
    old, new = await whole.actor(1), await whole.actor(2)
    post, need = await whole.post(new), await whole.councils.made("/needs", a_need())
    one = await whole.actors.made("/joinings", a_joining(old, post, need_id=need["id"]))
    await whole.actors.made(f"/actors/{old['id']}/merge", {"into_id": new["id"]})
    browser = await whole.browser("process_leader")
    found = await browser.get(f"/behov/{need['id']}/koppla-pa?q=Exempelkommun")
    assert f"/pakopplingar/{one['id']}" in found.answer.text
    assert "actor_id=" not in found.answer.text
