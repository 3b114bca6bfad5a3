"""Joinings stand on what councils keep: a need that may be known of, and work for one's own."""

from typing import Any

from tests.analysis.conftest import Three
from tests.analysis.test_things_elsewhere import UNKNOWN, actor_in, all_blamed, lost, post_in
from tests.callers import municipality
from tests.councils.builders import a_council, a_seat, day
from tests.councils.work import a_need, an_initiative

Fact = dict[str, Any]
TIBRO = municipality("1472")


def joined(need: Fact, actor: Fact, post: Fact, **more: Any) -> Fact:
    """An actor that a need points at since ten days."""
    told = {"need_id": need["id"], "actor_id": actor["id"], "owner_post_id": post["id"]}
    days = {"proposed_on": day(-10), "due_on": day(9)}
    return told | {"why": "Exempel: tar emot praktikanter"} | days | more


async def test_a_key_joins_to_no_need_that_it_may_not_know_of(three: Three) -> None:
    actor, other = await actor_in(three, managed_by="1472"), await actor_in(three)
    post, theirs = await post_in(three, actor), await post_in(three, other)
    hidden = await three.councils.made("/needs", a_need(municipality_codes=["1496"]))
    seen = await three.councils.made("/needs", a_need(municipality_codes=["1472"]))
    tibro = three.actors.by(TIBRO)
    over = await three.councils.made("/needs", a_need(municipality_codes=["1496"]))
    await three.councils.made(f"/needs/{over['id']}/drop", {"reason": "Exempel: slut"})
    for need in (hidden, over, {"id": lost()}):
        answer = await tibro.post("/joinings", joined(need, actor, post))
        assert all_blamed(answer) == {"need_id": UNKNOWN}
    given = await tibro.post("/joinings", joined(seen, actor, theirs))
    assert all_blamed(given) == {"owner_post_id": UNKNOWN}
    pledge = {"actor_id": actor["id"], "what": "Exempel: tid", "due_on": day(9)}
    given = await tibro.post("/pledges", pledge | {"owner_post_id": theirs["id"]})
    assert all_blamed(given) == {"owner_post_id": UNKNOWN}
    others = await tibro.post("/joinings", joined(seen, other, post))
    assert all_blamed(others) == {"actor_id": UNKNOWN}
    made = await tibro.made("/joinings", joined(seen, actor, post))
    assert made["managed_by"] == "1472"
    own = f"/joinings/{made['id']}"
    changed = await tibro.put(own, joined(seen, actor, post, asked_on=day(-1)), version=1)
    assert (changed.status_code, changed.json()["state"]) == (200, "asked")


async def test_a_key_reads_and_writes_the_joinings_that_it_made(three: Three) -> None:
    actor = await actor_in(three, managed_by="1472")
    post, tibro = await post_in(three, actor), three.actors.by(TIBRO)
    hidden = await three.councils.made("/needs", a_need(municipality_codes=["1496"]))
    made = await three.actors.made("/joinings", joined(hidden, actor, post))
    url, body = f"/joinings/{made['id']}", joined(hidden, actor, post, asked_on=day(-1))
    assert (made["managed_by"], (await tibro.get("/joinings")).json()["items"]) == (None, [])
    assert (await tibro.get(url)).status_code == 404
    assert (await tibro.put(url, body, version=1)).status_code == 404
    assert (await tibro.delete(url, version=1)).status_code == 404
    assert made["id"] not in (await tibro.get("/changes?limit=200")).text
    told = (await tibro.get(f"/actors/{actor['id']}/timeline?noun=joining")).json()
    assert told["items"] == []
    assert (await three.actors.put(url, body, version=1)).json()["managed_by"] is None


async def test_it_is_connected_by_what_is_the_actors_own(three: Three) -> None:
    actor, other = await actor_in(three), await actor_in(three)
    post, councils = await post_in(three, actor), three.councils
    led = a_council(leader_actor_ids=[other["id"]], process_leader_post_id=None)
    council = await councils.made("/councils", led)
    told = {"readiness_exception": "Exempel: brådskar", "post_id": None}
    seats = [
        await councils.made("/seats", a_seat(council, actor_id=one["id"], **told))
        for one in (other, actor)
    ]
    initiatives = [
        await councils.made("/initiatives", an_initiative(**part))
        for part in (
            {"lead_actor_id": other["id"]},
            {"partners": [{"actor_id": actor["id"], "part": "Plats"}]},
        )
    ]
    need = await councils.made("/needs", a_need())
    yes = {"answer": "accepted", "answered_on": day(-3), "connected_on": day(0)}
    for field, (theirs, own) in {"seat_id": seats, "initiative_id": initiatives}.items():
        body = joined(need, actor, post) | yes
        wrong = await three.actors.post("/joinings", body | {field: theirs["id"]})
        assert all_blamed(wrong) == {field: "other_actor"}
        await three.actors.made("/joinings", body | {field: own["id"]})


async def test_nobody_is_joined_anew_to_a_need_that_is_over(three: Three) -> None:
    actor = await actor_in(three)
    post = await post_in(three, actor)
    need = await three.councils.made("/needs", a_need())
    made = await three.actors.made("/joinings", joined(need, actor, post))
    await three.councils.made(f"/needs/{need['id']}/drop", {"reason": "Exempel: inte längre"})
    other = await actor_in(three)
    late = await three.actors.post("/joinings", joined(need, other, post))
    assert all_blamed(late) == {"need_id": "need_over"}
    kept = joined(need, actor, post, asked_on=day(-1))
    assert (await three.actors.put(f"/joinings/{made['id']}", kept, version=1)).status_code == 200
