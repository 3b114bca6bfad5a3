"""Consequences: what is nobody's once a post's holder has left."""

from typing import Any
from uuid import uuid4

from services.kit import clock
from tests.callers import ANALYSIS, MEMBER, READER, STRATEGIST, Signed, municipality
from tests.councils.builders import a_decision, a_seat, council_in, day, meeting_in
from tests.councils.work import a_need, an_initiative

KINDS = ("seats", "councils", "decisions", "action_items", "needs", "initiatives", "steps")


async def hold_everything(councils: Signed, post: str, of: str = "") -> dict[str, str]:
    """One thing of each kind for a post of an actor, and one of most that has ended."""
    council = await council_in(councils, process_leader_post_id=post)
    sits = {"post_id": post} | ({"actor_id": of} if of else {})
    seat = await councils.made("/seats", a_seat(council, role="chair", valid_from=day(-1), **sits))
    await councils.made("/seats", a_seat(council, valid_to=day(-1), **sits))
    meeting = await meeting_in(councils, council)
    owned: dict[str, Any] = {"owner_post_id": post}
    decision = await councils.made("/decisions", a_decision(meeting, review_on=day(9), **owned))
    await councils.made("/decisions", a_decision(meeting, **owned))
    todo = {"council_id": council["id"], "text": "Ring skolan", **owned}
    item = await councils.made("/action-items", todo)
    await councils.made("/action-items", todo | {"done_on": day(-1)})
    need = await councils.made("/needs", a_need(**owned))
    dropped = await councils.made("/needs", a_need(**owned))
    await councils.made(f"/needs/{dropped['id']}/drop", {"reason": "Nedlagt"})
    initiative = await councils.made("/initiatives", an_initiative(**owned))
    step = {"initiative_id": initiative["id"], "title": "Boka lokal", **owned}
    made = (seat, council, decision, item, need, initiative, await councils.made("/steps", step))
    return {kind: thing["id"] for kind, thing in zip(KINDS, made, strict=True)}


async def test_all_that_a_post_holds_is_found_and_what_has_ended_is_not(councils: Signed) -> None:
    post, other = str(uuid4()), str(uuid4())
    held = await hold_everything(councils, post)
    await hold_everything(councils, other)
    found = (await councils.get(f"/post-consequences?post_id={post}")).json()
    assert found["on"] == day(0)
    assert {kind: [loss["id"] for loss in found[kind]] for kind in KINDS} == {
        kind: [id_] for kind, id_ in held.items()
    }
    assert {loss["post_id"] for kind in KINDS for loss in found[kind]} == {post}
    assert (found["seats"][0]["title"], found["seats"][0]["council_id"]) == (
        "chair",
        held["councils"],
    )
    assert {loss["example"] for kind in KINDS for loss in found[kind]} == {False}
    marked = {"owner_post_id": post, "example": True}
    need = await councils.made("/needs", a_need(**marked))
    told = (await councils.get(f"/post-consequences?post_id={post}")).json()["needs"]
    assert {one["id"]: one["example"] for one in told} == {held["needs"]: False, need["id"]: True}
    await councils.made(f"/needs/{need['id']}/drop", {"reason": "Nedlagt"})
    both = (await councils.get(f"/post-consequences?post_id={post}&post_id={other}")).json()
    assert [len(both[kind]) for kind in KINDS] == [2] * len(KINDS)
    later = (await councils.get(f"/post-consequences?post_id={post}&on={day(30)}")).json()
    assert (len(later["seats"]), later["decisions"]) == (1, [])
    moment = clock.now().isoformat().replace("+00:00", "Z")
    await councils.made(f"/needs/{held['needs']}/drop", {"reason": "Nedlagt"})
    url = f"/post-consequences?post_id={post}"
    assert (await councils.get(url)).json()["needs"] == []
    assert (await councils.get(f"{url}&known_at={moment}")).json() == found, "as it was known"
    nobody = (await councils.get(f"/post-consequences?post_id={uuid4()}")).json()
    assert all(nobody[kind] == [] for kind in KINDS)


async def test_nonsense_is_refused_and_outsiders_too(councils: Signed) -> None:
    for query in ("", "?post_id=x", f"?post_id={uuid4()}&on=snart", f"?post_id={uuid4()}&on=0001"):
        assert (await councils.get(f"/post-consequences{query}")).status_code == 400
    url = f"/post-consequences?post_id={uuid4()}"
    for caller, status in (
        (STRATEGIST, 200),
        (ANALYSIS, 200),
        (READER, 403),
        (MEMBER, 403),
        (municipality("1472"), 403),
    ):
        assert (await councils.by(caller).get(url)).status_code == status


async def test_all_that_an_actor_has_taken_on_is_found_and_whether_others_carry_it_too(
    councils: Signed,
) -> None:
    actor, other = str(uuid4()), str(uuid4())
    alone = await council_in(councils, leader_actor_ids=[actor])
    shared = await council_in(councils, leader_actor_ids=[other, actor])
    await council_in(councils, leader_actor_ids=[other])
    seat = await councils.made("/seats", a_seat(shared, actor_id=actor, role="chair"))
    await councils.made("/seats", a_seat(alone, actor_id=actor, valid_to=day(0)))
    led = await councils.made("/initiatives", an_initiative(lead_actor_id=actor))
    partner = {"actor_id": actor, "part": "Handleder"}
    taking_part = await councils.made("/initiatives", an_initiative(partners=[partner]))
    stopped = await councils.made("/initiatives", an_initiative(lead_actor_id=actor))
    ended = {"closed_on": day(0), "reason": "Nedlagt"}
    await councils.made(f"/initiatives/{stopped['id']}/stop", ended)
    found = (await councils.get(f"/actor-consequences?actor_id={actor}")).json()
    assert (found["on"], found["actor_id"]) == (day(0), actor)
    assert [(one["title"], one["council_id"]) for one in found["seats"]] == [
        ("chair", shared["id"])
    ]
    assert found["seats"][0]["id"] == seat["id"]
    assert [(one["id"], one["shared"]) for one in found["councils"]] == [
        (alone["id"], False),
        (shared["id"], True),
    ]
    assert [(one["id"], one["shared"]) for one in found["initiatives"]] == [(led["id"], False)]
    moment = clock.now().isoformat().replace("+00:00", "Z")
    called = await council_in(councils, leader_actor_ids=[other], convened_by_actor_id=actor)
    now = (await councils.get(f"/actor-consequences?actor_id={actor}")).json()
    assert [one["id"] for one in now["called_councils"]] == [called["id"]], (
        "who calls it and others lead"
    )
    before = f"/actor-consequences?actor_id={actor}&known_at={moment}"
    assert (await councils.get(before)).json() == found
    assert [(one["id"], one["title"]) for one in found["partnerships"]] == [
        (taking_part["id"], taking_part["title"])
    ]
    later = {"closed_on": day(0), "reason": "other"}
    await councils.made(f"/councils/{alone['id']}/close", later)
    found = (await councils.get(f"/actor-consequences?actor_id={actor}")).json()
    assert [one["id"] for one in found["councils"]] == [shared["id"]]


async def test_what_an_actor_has_taken_on_is_for_those_who_hand_it_over(councils: Signed) -> None:
    for query in ("", "?actor_id=x", f"?actor_id={uuid4()}&on=snart"):
        assert (await councils.get(f"/actor-consequences{query}")).status_code == 400
    url = f"/actor-consequences?actor_id={uuid4()}"
    for caller, status in ((STRATEGIST, 200), (ANALYSIS, 200), (READER, 403), (MEMBER, 403)):
        assert (await councils.by(caller).get(url)).status_code == status
