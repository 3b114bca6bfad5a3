"""Withdrawal pages: all that is left without an owner is shown before and after."""

from typing import Any

from gateway import swedish
from tests.actors.test_joining import a_joining
from tests.actors.test_process_leadership import LEADER, an_assignment
from tests.callers import somebody
from tests.councils.builders import a_seat, council_in, day
from tests.councils.test_consequence import hold_everything
from tests.councils.work import an_initiative
from tests.gateway.signing_in import Browser
from tests.gateway.test_people_pages import links
from tests.gateway.whole import Fact, Whole

SEE_OTHER = 303


async def active(whole: Whole, number: int = 1, since: str = "2020-01-01") -> Fact:
    """An actor that takes part since a day."""
    actor = await whole.actor(number)
    place = {"level": "operative", "status": "active", "valid_from": since}
    body = {"actor_id": actor["id"]} | place
    assert (await whole.actors.post(f"/actors/{actor['id']}/place", body)).status_code == 200
    return actor


async def withdrawn(browser: Browser, actor: Fact, on: str, **more: str) -> Any:
    """Through the form and the question."""
    path = f"/aktorer/{actor['id']}/lamna"
    look = await browser.submit(path, withdrawn_on=on, reason="Nytt uppdrag", **more)
    assert (look.status, look.h1) == (200, "Det här lämnas utan ägare")
    return await browser.send(path, **look.fields())


async def carrying(whole: Whole) -> tuple[Fact, set[str]]:
    """An actor with everything on it, and the addresses of what would lose its owner."""
    actor, post = await active(whole), None
    post = await whole.post(actor)
    await whole.holding(post, await whole.person(), "2024-01-01")
    held = await hold_everything(whole.councils, post["id"], post["actor_id"])
    council = await council_in(whole.councils, leader_actor_ids=[actor["id"], somebody()])
    seated = await council_in(whole.councils)
    await whole.councils.made("/seats", a_seat(seated, actor_id=actor["id"], role="chair"))
    led = await whole.councils.made(
        "/initiatives", an_initiative(lead_actor_id=actor["id"], example=True)
    )
    part = {"partners": [{"actor_id": actor["id"], "part": "Handleder"}]}
    partner = await whole.councils.made("/initiatives", an_initiative(**part))
    provides = {"provider_actor_id": actor["id"], "name": "Träteknik", "form": "commissioned"}
    provides |= {"example": True}
    programme = await whole.actors.made("/programmes", provides)
    told = a_joining(actor, post)
    joining = await whole.actors.made("/joinings", told)
    asked = {"actor_id": actor["id"], "role": "Exempelroll"}
    trial = await whole.actors.made("/role-trials", asked)
    leader = await whole.post(await whole.actor(9), "Processledare", **LEADER)
    await whole.holding(leader, await whole.person(9), "2024-01-01")
    for_it = an_assignment(leader, actor_id=actor["id"], industry=None)
    by_it = an_assignment(leader, funder_actor_id=actor["id"])
    leads = [await whole.actors.made("/leader-assignments", one) for one in (for_it, by_it)]
    return actor, {
        *(f"/processledare/{one['id']}" for one in leads),
        f"/pakopplingar/{joining['id']}", f"/rollprovningar/{trial['id']}",
        f"/behov/{held['needs']}", f"/branschrad/{held['councils']}",
        f"/initiativ/{held['initiatives']}", f"/branschrad/{council['id']}",
        f"/branschrad/{seated['id']}", f"/initiativ/{led['id']}", f"/initiativ/{partner['id']}",
        f"/befattningar/{post['id']}", f"/utbildningar/{programme['id']}",
    }  # fmt: skip


async def test_all_that_is_left_without_an_owner_is_shown_before_and_after(whole: Whole) -> None:
    actor, hanging = await carrying(whole)
    browser, path = await whole.browser("process_leader"), f"/aktorer/{actor['id']}"
    look = await browser.submit(f"{path}/lamna", withdrawn_on=day(0), reason="Nytt uppdrag")
    assert (look.status, look.h1) == (200, "Det här lämnas utan ägare")
    assert hanging <= links(look)
    assert "Leds tillsammans med andra" in look.text()
    marked = [tag for tag in look.all("main li .tag") if tag.text(strip=True) == "Exempel"]
    assert len(marked) == 2, "what it leads and gives that is invented"
    assert "Exempelperson 1 har kvar befattningen." in look.text()
    assert (await whole.actors.get(path.replace("aktorer", "actors"))).json()["status"] == "active"
    again = await browser.send(f"{path}/lamna", **look.fields() | {"step": ["do", "edit"]})
    assert (again.status, again.fields()["reason"]) == (200, ["Nytt uppdrag"])
    done = await browser.send(f"{path}/lamna", **look.fields())
    assert done.answer.headers["location"] == f"{path}/lamnat"
    after = await browser.get(f"{path}/lamnat")
    assert after.h1 == "Att ta över efter Exempelkommun 1"
    assert hanging <= links(after)
    assert f"{path}/lamnat" in links(await browser.get(path))
    assert (await (await whole.browser("reader")).get(f"{path}/lamnat")).status == 403


async def test_what_the_service_would_refuse_is_said_before_the_question(whole: Whole) -> None:
    actor = await active(whole)
    browser, path = await whole.browser("process_leader"), f"/aktorer/{actor['id']}"
    assert "Inget att ta över" in (await browser.get(f"{path}/lamnat")).text()
    assert (await withdrawn(browser, actor, "2026-01-01")).status == SEE_OTHER
    assert "Allt har tagits över" in (await browser.get(f"{path}/lamnat")).text()
    twice = await browser.submit(f"{path}/lamna", withdrawn_on="2026-02-01", reason="Igen")
    assert twice.status == 422
    assert twice.error("withdrawn_on") == "Personen eller aktören har redan lämnat."


async def test_who_comes_back_another_day_is_away_until_then(whole: Whole) -> None:
    actor, other = await active(whole), await whole.actor(2)
    sides = {"actor_id": actor["id"], "other_actor_id": other["id"], "kind": "collaborates_with"}
    later = sides | {"kind": "funds", "valid_from": day(40)}
    for relation in (sides | {"valid_from": "2021-01-01"}, later):
        await whole.actors.made("/relations", relation)
    browser, path = await whole.browser("process_leader"), f"/aktorer/{actor['id']}"
    look = await browser.submit(f"{path}/lamna", withdrawn_on=day(-1), reason="Nytt uppdrag")
    relations = "[aria-labelledby=relations-heading]"
    assert look.text(relations).count("Exempelkommun 2") == 2, "also the one that begins later"
    assert (await browser.send(f"{path}/lamna", **look.fields())).status == SEE_OTHER
    left = await browser.get(f"{path}/lamnat")
    assert f"{path}/atervand" in links(await browser.get(path))
    told = await browser.submit(f"{path}/atervand", returned_on=day(1))
    assert told.status == SEE_OTHER
    page, coming = await browser.get(path), swedish.day(day(1))
    assert f"Aktören blir med i samverkan igen {coming}." in page.text("body")
    assert f"har lämnat samverkan och blir med igen {coming}" in page.text("main")
    assert f"{path}/atervand" not in links(page), "it is on its way already"
    assert {one.rpartition("/")[2] for one in links(page) if "/lagen/" in one} == {
        "andra", "angra",
    }  # fmt: skip
    after = await browser.get(f"{path}/lamnat")
    for page in (left, after):
        assert all(kind in page.text(relations) for kind in ("Samverkar med", "Finansierar"))
        assert "0 av 2 omhändertagna" in " ".join(page.text("main").split())
    assert f"och är med igen från {swedish.day(day(1))}. Det här saknar" in after.text("main")


async def test_an_actors_page_tells_that_it_is_to_leave(whole: Whole) -> None:
    actor = await active(whole)
    browser, path = await whole.browser("process_leader"), f"/aktorer/{actor['id']}"
    assert f"{path}/lamna" in links(await browser.get(path))
    await withdrawn(browser, actor, day(9))
    page = await browser.get(path)
    assert f"Aktören lämnar samverkan {swedish.day(day(9))}" in page.text("main")
    assert f"{path}/lamnat" in links(page)
    assert f"{path}/lamna" not in links(page)


async def test_who_is_back_sees_what_others_took_and_have_still(whole: Whole) -> None:
    actor, other = await active(whole), await whole.actor(2)
    taker, path = await whole.post(other), f"/aktorer/{actor['id']}"
    await whole.holding(taker, await whole.person(), "2020-01-01")
    council = await council_in(whole.councils)
    seat = await whole.councils.made("/seats", a_seat(council, actor_id=actor["id"]))
    led, kept = [
        await whole.councils.made("/initiatives", an_initiative(lead_actor_id=actor["id"]))
        for _ in range(2)
    ]
    browser = await whole.browser("process_leader")
    await withdrawn(browser, actor, day(-5))
    for noun, thing in (("seat", seat), ("initiative", led)):
        what = {"noun": noun, "thing_id": thing["id"], "what": f"Exempel: {noun}"}
        taken = what | {"left_actor_id": actor["id"], "owner_post_id": taker["id"]}
        await whole.actors.made("/takeovers", taken | {"taken_on": day(0)})
    both = {f"/branschrad/{council['id']}", f"/initiativ/{led['id']}"}
    asked = await browser.get(f"{path}/atervand")
    assert both <= links(asked)
    assert f"/initiativ/{kept['id']}" not in links(asked)
    assert f"/befattningar/{taker['id']}" in links(asked)
    empty = await whole.post(other, "Vakant befattning")
    what = {"noun": "initiative", "thing_id": kept["id"], "what": "Exempel"}
    taken = what | {"left_actor_id": actor["id"], "owner_post_id": empty["id"]}
    idle = await whole.actors.made("/takeovers", taken | {"taken_on": day(0)})
    left = await browser.get(f"{path}/lamnat")
    assert "2 har någon som tar hand om det" in left.text("main")
    assert "tog över" in left.text("main")
    assert "men är vakant" in left.text("main")
    form = await browser.get(f"/overtaganden/nytt?noun=takeover&thing_id={idle['id']}&what=x")
    assert "Vakant befattning (vakant)" in form.text("main")
    assert "Utvecklare (vakant)" not in form.text("main")
    await whole.actors.made(f"/takeovers/{idle['id']}/complete", {"done_on": day(0)})
    wrong = await browser.submit(f"{path}/atervand", returned_on="i morgon")
    assert (wrong.status, both <= links(wrong)) == (422, True)
    assert (await browser.submit(f"{path}/atervand", returned_on=day(0))).status == SEE_OTHER
    back = await browser.get(f"{path}/lamnat")
    assert both <= links(back)
    assert f"/initiativ/{kept['id']}" not in links(back), "nobody took it"
    assert "Andra tog över" in back.text("main")
    assert "0 av 2 omhändertagna 2 har någon" in back.text("main")
    for one in (await whole.actors.get("/takeovers?open=true")).json()["items"]:
        await whole.actors.made(f"/takeovers/{one['id']}/complete", {"done_on": day(0)})
    assert "Andra tog över" not in (await browser.get(f"{path}/lamnat")).text("main")


async def test_what_a_closed_actor_leaves_is_shown_like_what_a_withdrawn_one_does(
    whole: Whole,
) -> None:
    actor, hanging = await carrying(whole)
    browser, path = await whole.browser("process_leader"), f"/aktorer/{actor['id']}"
    place = await browser.get(f"{path}/lage")
    offered = [option.attributes["value"] for option in place.all("select[name=status] option")]
    assert offered == ["", "mapped", "invited", "active"]
    assert f"{path}/lamna" in links(place)
    assert (await withdrawn(browser, actor, day(0), status="closed")).status == SEE_OTHER
    assert (await whole.actors.get(path.replace("aktorer", "actors"))).json()["status"] == "closed"
    assert hanging <= links(await browser.get(f"{path}/lamnat"))
    assert hanging <= links(await browser.get("/overtaganden"))
    assert f"{path}/lamnat" in links(await browser.get(path))


async def test_a_standing_is_put_in_between_put_right_and_taken_back_on_pages(
    whole: Whole,
) -> None:
    actor, browser = await active(whole), await whole.browser("process_leader")
    url, show = f"/aktorer/{actor['id']}/lage", f"/aktorer/{actor['id']}"
    later = {"level": "strategic", "status": "active", "valid_from": "2027-06-01"}
    await browser.submit(url, **later)
    asked = await browser.get(url)
    assert "Nivå och läge hittills" in asked.text()
    between = await browser.submit(url, **later | {"valid_from": "2023-01-01"})
    assert between.status == SEE_OTHER, "it lasts until the next"
    for on in ("2022-01-01", "2023-01-01", "2027-06-01"):
        look = await browser.submit(f"{show}/lamna", withdrawn_on=on, reason="Exempel")
        assert look.status == 422, "is said before the question, not after the answer"
    ways = await _ways(browser, show)
    assert len(ways) == 6, "each is put right and taken back"
    undo = [one for one in sorted(ways) if one.endswith("/angra")]
    standings = (await whole.actors.get(f"/actors/{actor['id']}/standings?sort=-valid_from")).json()
    ids = [one["id"] for one in standings["items"]]
    assert {one.split("/")[2] for one in undo} == set(ids)
    question = await browser.get(f"/lagen/{ids[0]}/angra")
    assert question.h1 == "Ångra läget?"
    assert (await browser.send(f"/lagen/{ids[0]}/angra", **question.fields())).status == SEE_OTHER
    edit = f"/lagen/{ids[1]}/andra"
    assert (await browser.submit(edit, valid_from="x")).status == 422
    assert (await browser.submit(edit, valid_from="2024-01-01")).status == SEE_OTHER
    told = (await whole.actors.get(f"/actors/{actor['id']}/standings?sort=valid_from")).json()
    assert [(one["valid_from"], one["valid_to"]) for one in told["items"]] == [
        ("2020-01-01", "2024-01-01"), ("2024-01-01", None),
    ]  # fmt: skip
    assert (await withdrawn(browser, actor, "2026-11-01")).status == SEE_OTHER
    mistake = next(one for one in await _ways(browser, show) if one not in ways)
    left = f"/lagen/{mistake.split('/')[2]}/angra"
    question = await browser.get(left)
    assert (await browser.send(left, **question.fields())).status == SEE_OTHER
    assert (await whole.actors.get(f"/actors/{actor['id']}")).json()["status"] == "active"


async def _ways(browser: Browser, path: str) -> set[str]:
    return {one for one in links(await browser.get(path)) if one.startswith("/lagen/")}
