"""Seats: one at a time for an actor's post, seen by the member who holds it."""

from dataclasses import replace
from uuid import uuid4

from tests.callers import MEMBER, READER, STRATEGIST, Signed
from tests.councils.builders import a_council, a_seat, blamed, council_in, day


async def test_the_same_actor_and_post_sit_once_at_a_time(councils: Signed) -> None:
    council = await council_in(councils)
    actor, post = str(uuid4()), str(uuid4())
    seat = a_seat(council, actor_id=actor, post_id=post, valid_to=day(-10))
    await councils.made("/seats", seat)
    again = await councils.post("/seats", seat | {"valid_to": None, "valid_from": day(-11)})
    assert blamed(again) == (409, "valid_from", "overlap")
    await councils.made("/seats", seat | {"valid_to": None, "valid_from": day(-10)})
    await councils.made("/seats", seat | {"post_id": str(uuid4())})
    alone = seat | {"post_id": None}
    await councils.made("/seats", alone)
    assert (await councils.post("/seats", alone)).status_code == 409


async def test_nonsense_is_refused(councils: Signed) -> None:
    council = await council_in(councils)
    other = await council_in(councils)
    unknown = await councils.post("/seats", a_seat({"id": str(uuid4())}))
    assert blamed(unknown) == (422, "council_id", "unknown_reference")
    backwards = await councils.post("/seats", a_seat(council, valid_to=day(-400)))
    assert blamed(backwards) == (422, "valid_to", "empty_period")
    assert (await councils.post("/seats", a_seat(council, role="king"))).status_code == 422
    made = await councils.made("/seats", a_seat(council))
    moved = await councils.put(f"/seats/{made['id']}", a_seat(other), version=1)
    assert blamed(moved) == (422, "council_id", "fixed")


async def test_seats_are_counted_by_role(councils: Signed) -> None:
    council = await council_in(councils)
    chair = a_seat(council, role="chair", post_id=str(uuid4()))
    await councils.made("/seats", chair)
    await councils.made("/seats", a_seat(council, actor_id=chair["actor_id"]))
    await councils.made("/seats", a_seat(council, valid_to=day(-100)))
    url = f"/councils/{council['id']}/balance"
    now = (await councils.get(url)).json()
    assert (now["seats"], now["actors"]) == (2, 1)
    assert now["roles"] == [
        {"role": "chair", "seats": 1, "posts": 1, "actors": 1},
        {"role": "member", "seats": 1, "posts": 0, "actors": 1},
    ]
    assert (await councils.get(f"{url}?as_of={day(-200)}")).json()["seats"] == 3
    assert (await councils.get(f"{url}?as_of=0001-01-01")).status_code == 400
    assert (await councils.get(f"/councils/{uuid4()}/balance")).status_code == 404


async def test_a_member_sees_councils_where_a_post_of_theirs_sits(councils: Signed) -> None:
    post = uuid4()
    mine, former, other = [await council_in(councils, name=f"Råd {n}") for n in "123"]
    await councils.made("/seats", a_seat(mine, post_id=str(post)))
    await councils.made("/seats", a_seat(former, post_id=str(post), valid_to=day(-1)))
    await councils.made("/seats", a_seat(other, post_id=str(uuid4())))
    member = councils.by(replace(MEMBER, post_ids=(post,)))

    async def seen(path: str) -> list[str]:
        items = (await member.get(path)).json()["items"]
        return sorted({item.get("council_id", item["id"]) for item in items})

    for path in ("/councils", "/seats", "/phases"):
        assert await seen(path) == [mine["id"]], path
    for council in (former, other):
        for below in ("", "/balance"):
            url = f"/councils/{council['id']}{below}"
            assert (await member.get(url)).status_code == 404
    closing = {"reason": "expired", "closed_on": day(0)}
    await councils.made(f"/councils/{mine['id']}/close", closing)
    assert await seen("/councils") == [mine["id"]]
    assert await seen("/councils?q=r%C3%A5d") == [mine["id"]]


async def test_callers_who_are_told_different_things_have_different_tags(councils: Signed) -> None:
    url = f"/seats/{(await councils.made('/seats', a_seat(await council_in(councils))))['id']}"
    less = await councils.by(READER).get(url)
    assert less.json()["readiness_exception"] is None
    for known in (less.headers["etag"], '"v1"'):
        more = await councils.get(url, headers={"If-None-Match": known})
        assert more.status_code == 200, known
        assert more.json()["readiness_exception"]


async def test_seats_are_for_staff_to_give(councils: Signed) -> None:
    council = await council_in(councils)
    for caller in (STRATEGIST, READER, MEMBER):
        assert (await councils.by(caller).post("/seats", a_seat(council))).status_code == 403


async def test_a_seat_begins_no_earlier_than_its_council(councils: Signed) -> None:
    council = await council_in(councils, starts_on=day(-100))
    early = (422, "valid_from", "before_council")
    assert blamed(await councils.post("/seats", a_seat(council, valid_from=day(-101)))) == early
    seat = await councils.made("/seats", a_seat(council, valid_from=day(-100)))
    moved = a_seat(council, valid_from=day(-101), actor_id=seat["actor_id"])
    url = f"/seats/{seat['id']}"
    assert blamed(await councils.put(url, moved, version=seat["version"])) == early
    facts = a_council(leader_actor_ids=council["leader_actor_ids"], starts_on=day(-99))
    later = await councils.put(f"/councils/{council['id']}", facts, version=council["version"])
    assert blamed(later) == (422, "starts_on", "seats_begin_earlier")
    unknown = await council_in(councils, starts_on=None)
    await councils.made("/seats", a_seat(unknown, valid_from=day(-4000)))
