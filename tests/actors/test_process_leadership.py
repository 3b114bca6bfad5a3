"""Process leadership: who leads what, what of it is funded, and what nobody knows."""

from typing import Any

from services.kit import clock
from tests.actors.test_departure import Fact, actor, held, person
from tests.callers import (
    ASSOCIATION,
    MEMBER,
    READER,
    STRATEGIST,
    Signed,
    municipality,
    somebody,
)
from tests.councils.builders import blamed, day

LEADER = {"function": "process_leader"}


async def leader_at(actors: Signed, at: Fact, title: str = "Processledare") -> Fact:
    """A process leader's post."""
    return await actors.made("/posts", {"actor_id": at["id"], "title": title} | LEADER)


def an_assignment(post: Fact, **more: Any) -> Fact:
    """A post leads an industry for a year now."""
    said = {"industry": "Möbel", "needed_percent": 50, "valid_from": day(-365)}
    return {"post_id": post["id"]} | said | more


async def test_a_post_leads_an_actor_an_industry_or_both_and_each_once(actors: Signed) -> None:
    at, led = await actor(actors), await actor(actors, "Exempelkommun 2")
    post, other = await leader_at(actors, at), await leader_at(actors, at, "Processledare 2")
    first = await actors.made("/leader-assignments", an_assignment(post, funded_percent=20))
    assert (first["in_force"], first["gap_percent"]) == (True, 30)
    same = an_assignment(post, industry="MÖBEL", valid_from=day(10))
    assert blamed(await actors.post("/leader-assignments", same)) == (409, "valid_from", "overlap")
    assert (await actors.made("/leader-assignments", an_assignment(other)))["gap_percent"] is None
    both = an_assignment(post, actor_id=led["id"])
    await actors.made("/leader-assignments", both | {"valid_to": day(-100)})
    await actors.made("/leader-assignments", both | {"valid_from": day(-100)})
    late = both | {"valid_from": day(-101)}
    assert blamed(await actors.post("/leader-assignments", late)) == (409, "valid_from", "overlap")
    title = {"actor_id": at["id"], "title": "Kommunikatör", "function": "communicator"}
    clerk = await actors.made("/posts", title)
    nobody = an_assignment(clerk, industry=None, needed_percent=0, funded_percent=101)
    answer = await actors.post("/leader-assignments", nobody)
    assert {(one["field"], one["code"]) for one in answer.json()["errors"]} == {
        ("actor_id", "no_lead"),
        ("needed_percent", "greater_than_equal"),
        ("funded_percent", "less_than_equal"),
        ("post_id", "no_leader"),
    }

    async def found(query: str) -> int:
        return len((await actors.get(f"/leader-assignments?{query}")).json()["items"])

    assert await found("industry=m%C3%B6bel") == 4
    assert await found("in_force=true") == 3
    assert await found(f"in_force=true&as_of={day(-200)}&actor_id={led['id']}") == 1
    assert await found("funding_known=true&q=m%C3%B6bel") == 1
    assert len((await actors.get(f"/posts/{post['id']}/leader-assignments")).json()["items"]) == 3


async def test_what_is_unknown_of_the_means_is_an_interval(actors: Signed) -> None:
    at, led = await actor(actors), await actor(actors, "Exempelkommun 2")
    post, empty = await leader_at(actors, at), await leader_at(actors, at, "Ännu en")
    await actors.made("/holdings", held(post, await person(actors), "2024-01-01"))
    sent = (
        {"funded_percent": 20, "valid_to": day(-10)},
        {"industry": "Taxi", "funded_percent": 80},
        {"industry": "Trä", "actor_id": led["id"], "needed_percent": 60, "funded_percent": None},
        {"industry": None, "actor_id": led["id"], "needed_percent": 30, "funded_percent": 10},
    )
    for more in sent:
        await actors.made("/leader-assignments", an_assignment(post, **more))
    known = clock.now().isoformat().replace("+00:00", "Z")
    now = (await actors.get("/process-leadership")).json()
    leads, idle = now["posts"]
    assert (leads["post_id"], idle["post_id"]) == (post["id"], empty["id"])
    assert (leads["vacant"], idle["vacant"], idle["gap_to_percent"]) == (False, True, 0)
    told = {
        "assignment_count": 3,
        "needed_percent": 140,
        "funded_percent": 90,
        "unknown_count": 1,
        "gap_from_percent": 20,
        "gap_to_percent": 80,
    }
    assert told.items() <= now.items(), "what one has beyond its need mends no other's gap"
    assert told.items() <= leads.items()
    assert (leads["actor_ids"], leads["industries"]) == ([led["id"]], ["Taxi", "Trä"])
    assert (idle["actor_ids"], idle["industries"]) == ([], [])
    then = (await actors.get(f"/process-leadership?as_of={day(-20)}")).json()
    assert (then["on"], then["needed_percent"], then["assignment_count"]) == (day(-20), 190, 4)
    await actors.made("/leader-assignments", an_assignment(empty))
    again = (await actors.get(f"/process-leadership?known_at={known}")).json()
    assert again["assignment_count"] == 3
    assert (await actors.get("/process-leadership")).json()["assignment_count"] == 4
    before = await actors.get(f"/process-leadership?as_of={day(-20)}&known_at=2020-01-01T00:00Z")
    assert before.json()["posts"] == []


async def test_next_steps_are_counted_for_who_reads_contacts(actors: Signed) -> None:
    at = await actor(actors)
    post = await leader_at(actors, at)
    led = {"actor_id": (await actor(actors, "Exempelkommun 2"))["id"], "our_actor_id": at["id"]}
    said = led | {"channel": "phone", "said": "Hej", "held_on": day(-9), "next_step": "Ring"}
    own = said | {"owner_post_id": post["id"]}
    for more in ({}, {"due_on": day(-1)}, {"due_on": day(-5), "done_on": day(-2)}):
        await actors.made("/contacts", own | more)

    async def counted(by: Any, query: str = "") -> tuple[Any, Any]:
        (one,) = (await actors.by(by).get(f"/process-leadership{query}")).json()["posts"]
        return one["next_step_count"], one["late_next_step_count"]

    assert await counted(STRATEGIST) == (2, 1)
    assert await counted(STRATEGIST, f"?as_of={day(-3)}") == (3, 1)
    for caller in (READER, MEMBER, municipality("1472")):
        assert await counted(caller) == (None, None)


async def test_leaders_write_and_everybody_reads(actors: Signed) -> None:
    post = await leader_at(actors, await actor(actors))
    body = an_assignment(post)
    for caller in (STRATEGIST, READER, MEMBER, municipality("1472")):
        assert (await actors.by(caller).post("/leader-assignments", body)).status_code == 403
        assert (await actors.by(caller).get("/leader-assignments")).status_code == 200
    made = await actors.by(ASSOCIATION).made("/leader-assignments", body)
    led = (await actors.get(f"/actors/{post['actor_id']}/timeline")).json()["items"]
    assert [one["kind"] for one in led] == ["post_made"], "it leads no actor"
    changed = body | {"actor_id": post["actor_id"], "industry": None, "valid_to": day(-1)}
    url = f"/leader-assignments/{made['id']}"
    assert (await actors.put(url, changed, version=1)).status_code == 200
    led = (await actors.get(f"/actors/{post['actor_id']}/timeline?noun=leader_assignment")).json()
    assert [(one["kind"], one["on"], one["title"]) for one in led["items"]] == [
        ("leader_ended", day(-2), "Processledare"),
        ("leader_assigned", day(-365), "Processledare"),
    ]
    assert (await actors.by(READER).delete(url, version=2)).status_code == 403
    assert (await actors.delete(url, version=2)).status_code == 204


async def test_what_a_leader_leaves_is_told_and_another_leads_it_from_a_day(
    actors: Signed,
) -> None:
    at = await actor(actors)
    post, other = await leader_at(actors, at), await leader_at(actors, at, "Processledare 2")
    await actors.made("/holdings", held(post, leaver := await person(actors), "2024-01-01"))
    led = await actors.made("/leader-assignments", an_assignment(post, funded_percent=20))
    over = an_assignment(post, industry="Taxi", valid_to=day(-1))
    over = await actors.made("/leader-assignments", over)
    told = await actors.made(f"/people/{leaver['id']}/depart", {"left_on": day(0)})
    assert [one["id"] for one in told["ownerless_leader_assignments"]] == [led["id"]]
    clerk = await actors.made("/posts", {"actor_id": at["id"], "title": "Kommunikatör"})
    url, given = f"/leader-assignments/{led['id']}/hand-over", {"valid_from": day(0)}
    for to, wrong in ((clerk, ("post_id", "no_leader")), (post, ("valid_from", "overlap"))):
        answer = await actors.post(url, given | {"post_id": to["id"]})
        assert blamed(answer)[1:] == wrong
    given |= {"post_id": other["id"]}
    late = await actors.post(f"/leader-assignments/{over['id']}/hand-over", given)
    assert blamed(late) == (409, "valid_from", "too_late")
    assert (await actors.by(STRATEGIST).post(url, given)).status_code == 403
    now = (await actors.post(url, given)).json()
    assert (now["post_id"], now["valid_from"], now["funded_percent"]) == (other["id"], day(0), 20)
    before = (await actors.get(f"/leader-assignments/{led['id']}")).json()
    assert (before["post_id"], before["valid_to"]) == (post["id"], day(0)), "what was stays so"
    back = {"post_id": post["id"], "valid_from": day(-400)}
    again = (await actors.post(f"/leader-assignments/{now['id']}/hand-over", back)).json()
    assert (again["id"], again["post_id"]) == (now["id"], post["id"]), "it had not begun"


async def test_what_a_post_leads_for_two_that_were_one_counts_once(actors: Signed) -> None:
    at = await actor(actors)
    one, two, three = [await actor(actors, f"Exempelföretag {n}") for n in (1, 2, 3)]
    post, other = await leader_at(actors, at), await leader_at(actors, at, "Processledare 2")
    for led, more in (
        (one, {"needed_percent": 10, "valid_from": day(-9)}),
        (two, {"needed_percent": 20, "industry": "MÖBEL"}),
        (three, {"needed_percent": 30, "valid_from": day(-9)}),
        (two, {"needed_percent": 40, "industry": None}),
    ):
        await actors.made("/leader-assignments", an_assignment(post, actor_id=led["id"], **more))
    await actors.made("/leader-assignments", an_assignment(other, actor_id=one["id"]))

    async def counted(query: str = "") -> tuple[int, int]:
        now = (await actors.get(f"/process-leadership{query}")).json()["posts"][0]
        return now["assignment_count"], now["needed_percent"]

    assert await counted() == (4, 100)
    known = clock.now().isoformat().replace("+00:00", "Z")
    for gone in (one, three):
        await actors.post(f"/actors/{gone['id']}/merge", {"into_id": two["id"]})
    assert await counted() == (2, 60), "the living one's own counts"
    assert await counted(f"?known_at={known}") == (4, 100), "nobody knew that they were one"
    listed = await actors.get(f"/leader-assignments?post_id={post['id']}")
    assert len(listed.json()["items"]) == 4, "nothing is moved or removed"
    await actors.post(f"/actors/{three['id']}/part", {})
    assert await counted() == (3, 90)


async def test_what_a_withdrawn_actor_was_led_by_or_funded_is_left_and_funded_anew(
    actors: Signed,
) -> None:
    at, led, funder = [await actor(actors, f"Exempelkommun {n}") for n in (1, 2, 3)]
    post = await leader_at(actors, at)
    begun = {"valid_from": "2018-01-01", "level": "operative", "status": "active"}
    for one in (led, funder):
        await actors.post(f"/actors/{one['id']}/place", begun | {"actor_id": one["id"]})
    paid = {"funder_actor_id": funder["id"], "funded_percent": 20}
    first = await actors.made("/leader-assignments", an_assignment(post, **paid))
    for_one = {"actor_id": led["id"], "industry": None}
    second = await actors.made("/leader-assignments", an_assignment(post, **for_one))
    over = {"industry": "Taxi", "valid_to": day(-1)}
    await actors.made("/leader-assignments", an_assignment(post, **paid, **over))
    leaving = {"withdrawn_on": day(0), "reason": "Nytt uppdrag"}
    for one, left in ((funder, first), (led, second)):
        told = (await actors.post(f"/actors/{one['id']}/withdraw", leaving)).json()
        assert [o["id"] for o in told["ownerless_leader_assignments"]] == [left["id"]]
    url, given = f"/leader-assignments/{first['id']}/hand-over", {"valid_from": day(0)}
    mine = given | {"post_id": post["id"]}
    assert blamed(await actors.post(url, mine)) == (409, "valid_from", "overlap")
    unknown = await actors.post(url, mine | {"funder_actor_id": somebody()})
    assert blamed(unknown) == (422, "funder_actor_id", "unknown_reference")
    now = (await actors.post(url, mine | {"funder_actor_id": at["id"]})).json()
    assert (now["post_id"], now["funder_actor_id"]) == (post["id"], at["id"])
    assert now["funded_percent"] == 20, "what is not said stays as it was"
    before = (await actors.get(f"/leader-assignments/{first['id']}")).json()
    assert (before["funder_actor_id"], before["valid_to"]) == (funder["id"], day(0))


async def test_a_post_that_leads_stays_a_process_leaders(actors: Signed) -> None:
    at = await actor(actors)
    post, other = await leader_at(actors, at), await leader_at(actors, at, "Processledare 2")
    led = await actors.made("/leader-assignments", an_assignment(post, valid_to=day(0)))
    url, told = f"/posts/{post['id']}", {"actor_id": at["id"], "title": "Strateg"}
    changed = told | {"function": "strategist"}
    body = an_assignment(post, industry="Taxi", valid_from=day(30))
    coming = await actors.made("/leader-assignments", body)
    assert blamed(await actors.put(url, changed, version=1)) == (409, "function", "still_leads")
    assert (await actors.put(url, told | LEADER, version=1)).status_code == 200
    given = {"post_id": other["id"], "valid_from": day(0)}
    await actors.post(f"/leader-assignments/{coming['id']}/hand-over", given)
    assert (await actors.put(url, changed, version=2)).status_code == 200, "it leads no more"
    assert (await actors.get(f"/leader-assignments/{led['id']}")).json()["post_id"] == post["id"]
