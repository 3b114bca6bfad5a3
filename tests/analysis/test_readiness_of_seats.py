"""The gate: an active council seats those who are assessed as ready, or for a recorded reason."""

from typing import Any

from services.councils.app import connect
from services.kit.switchboard import remote_line
from tests.actors.test_readiness import assessment
from tests.analysis.conftest import Three
from tests.callers import ASSOCIATION, READER, STRATEGIST, municipality, somebody
from tests.councils.builders import a_seat, blamed, council_in, day
from tests.councils.test_fast_track import a_fast_track
from tests.wire.test_apart import NOWHERE

Fact = dict[str, Any]
REASON = {"readiness_exception": "Exempel: ensam i branschen"}


async def actor(three: Three, number: int = 1, **said: Any) -> Fact:
    """An actor, assessed where anything is said of it."""
    body = {"name": f"Exempelföretag {number}", "kind": "company"}
    made = await three.actors.made("/actors", body)
    if said:
        post = await three.actors.made("/posts", {"actor_id": made["id"], "title": "Platschef"})
        await three.actors.made("/readiness", assessment(made, post, **said))
    return made


def unreasoned(council: Fact, at: Fact) -> Fact:
    """A seat for a year now, without a reason."""
    return a_seat(council, actor_id=at["id"], readiness_exception=None)


async def seated(three: Three, council: Fact, at: Fact, **more: Any) -> tuple[int, str, str]:
    """How giving a seat from today went: the status, and what was blamed for what."""
    body = unreasoned(council, at) | {"valid_from": day(0)} | more
    answer = await three.councils.post("/seats", body)
    return (201, "", "") if answer.status_code == 201 else blamed(answer)


def refused(why: str) -> tuple[int, str, str]:
    return 422, "readiness_exception", why


SEATED = (201, "", "")


async def test_an_active_council_seats_those_who_are_ready_or_asks_why(three: Three) -> None:
    council = await council_in(three.councils)
    ready = await actor(three, 1, assessed_on=day(-30))
    weak = await actor(three, 2, assessed_on=day(-30), will=1)
    unknown = await actor(three, 3)
    assert await seated(three, council, ready) == SEATED
    assert await seated(three, council, weak) == refused("not_ready")
    assert await seated(three, council, unknown) == refused("not_assessed")
    assert await seated(three, council, unknown, readiness_exception=" ") == refused("not_assessed")
    assert await seated(three, council, weak, **REASON) == SEATED
    assert await seated(three, council, unknown, **REASON) == SEATED


async def test_councils_that_are_not_active_do_not_ask(three: Three) -> None:
    unknown = await actor(three)
    for phase in ("proposed", "forming", "dormant"):
        council = await council_in(three.councils, phase=phase)
        assert await seated(three, council, unknown) == SEATED, phase
    moved = await council_in(three.councils, phase="forming", starts_on=day(-100))
    move = {"phase": "active", "on": day(-50), "reason": "Klart"}
    await three.councils.made(f"/councils/{moved['id']}/move", move)
    assert await seated(three, moved, unknown, valid_from=day(-60), valid_to=day(-51)) == SEATED
    assert await seated(three, moved, unknown, valid_from=day(-50)) == refused("not_assessed")


async def test_the_seats_first_day_decides_how_old_the_assessment_is(three: Three) -> None:
    council = await council_in(three.councils, starts_on=day(-900))
    ready = await actor(three, assessed_on=day(-300))
    periods = {
        "before it was made": (-310, refused("not_assessed")),
        "the day it was made": (-300, SEATED),
        "outdated by then": (70, refused("outdated")),
    }
    for name, (first, answer) in periods.items():
        end = {"valid_from": day(first), "valid_to": day(first + 1)}
        assert await seated(three, council, ready, **end) == answer, name


async def test_a_seat_that_lasts_today_asks_of_today_whenever_it_began(three: Three) -> None:
    council = await council_in(three.councils, starts_on=day(-900))
    was = await actor(three, assessed_on=day(-390))
    weak = await actor(three, 2, assessed_on=day(-390))
    post = (await three.actors.get(f"/posts?actor_id={weak['id']}")).json()["items"][0]
    await three.actors.made("/readiness", assessment(weak, post, assessed_on=day(0), will=1))
    then = {"valid_from": day(-380)}
    assert await seated(three, council, was, **then) == refused("outdated")
    assert await seated(three, council, weak, **then) == refused("not_ready")
    over = unreasoned(council, weak) | then | {"valid_to": day(-100)}
    seat = await three.councils.made("/seats", over)
    url, again = f"/seats/{seat['id']}", over | {"valid_to": None}
    assert blamed(await three.councils.put(url, again, version=1)) == refused("not_ready")
    shorter = over | {"valid_to": day(-200)}
    assert (await three.councils.put(url, shorter, version=1)).status_code == 200
    told = again | REASON
    assert (await three.councils.put(url, told, version=2)).status_code == 200


async def test_a_changed_seat_asks_only_where_it_is_taken_anew(three: Three) -> None:
    council = await council_in(three.councils)
    unknown, other = await actor(three, 1), await actor(three, 2)
    body = unreasoned(council, unknown) | REASON
    seat = await three.councils.made("/seats", body)
    url = f"/seats/{seat['id']}"
    ended = await three.councils.put(url, body | {"valid_to": day(0)}, version=1)
    assert ended.status_code == 200
    bare = body | {"readiness_exception": None}
    assert blamed(await three.councils.put(url, bare, version=2)) == refused("not_assessed")
    swapped = bare | {"actor_id": other["id"]}
    assert blamed(await three.councils.put(url, swapped, version=2)) == refused("not_assessed")
    forming = await council_in(three.councils, phase="forming")
    free = unreasoned(forming, unknown)
    seat = await three.councils.made("/seats", free)
    move = {"phase": "active", "on": day(0), "reason": "Klart"}
    await three.councils.made(f"/councils/{forming['id']}/move", move)
    later = free | {"role": "chair", "valid_to": day(0)}
    assert (await three.councils.put(f"/seats/{seat['id']}", later, version=1)).status_code == 200


async def test_a_registry_that_does_not_answer_refuses_and_a_reason_opens(three: Three) -> None:
    council = await council_in(three.councils)
    ready = await actor(three, assessed_on=day(-30))
    await three.councils.app.state.wire.close()
    connect(three.councils.app, actors=remote_line([NOWHERE]))
    away = (503, "readiness_exception", "readiness_unknown")
    assert await seated(three, council, ready) == away
    assert await seated(three, council, ready, **REASON) == SEATED
    hurried = a_fast_track(leader_actor_ids=[ready["id"]], invited_actor_ids=[])
    made = await three.councils.made("/councils/fast-track", hurried)
    seat = (await three.councils.get(f"/seats/{made['seat_ids'][0]}")).json()
    assert seat["readiness_exception"]


async def test_the_fast_track_records_the_hurry_for_those_who_are_not_ready(three: Three) -> None:
    ready = await actor(three, 1, assessed_on=day(-30))
    unknown = await actor(three, 2)
    who = {"leader_actor_ids": [ready["id"]], "invited_actor_ids": [unknown["id"]]}

    async def reasons(**more: Any) -> Fact:
        made = await three.councils.made("/councils/fast-track", a_fast_track(**who, **more))
        items = (await three.councils.get(f"/seats?council_id={made['council_id']}")).json()
        return {one["actor_id"]: one["readiness_exception"] for one in items["items"]}

    signal = a_fast_track()["signal"]
    hurry = f"{signal['occupation_name']} ({signal['headcount']}): {signal['source']}"
    assert await reasons() == {ready["id"]: None, unknown["id"]: hurry}
    assert (await reasons(**REASON))[unknown["id"]] == REASON["readiness_exception"]


async def test_the_fast_track_knows_who_is_ready_of_many(three: Three) -> None:
    ready = await actor(three, 1, assessed_on=day(-30))
    who = {"leader_actor_ids": [ready["id"]]}
    who |= {"invited_actor_ids": [somebody() for _ in range(100)]}
    made = await three.councils.made("/councils/fast-track", a_fast_track(**who))
    url = f"/seats?council_id={made['council_id']}&actor_id={ready['id']}"
    (seat,) = (await three.councils.get(url)).json()["items"]
    assert seat["readiness_exception"] is None


async def test_the_reason_is_read_by_those_who_may_read_assessments(three: Three) -> None:
    council = await council_in(three.councils)
    seat = await three.councils.made("/seats", a_seat(council) | REASON)

    async def read(caller: Any) -> set[Any]:
        one = (await three.councils.by(caller).get(f"/seats/{seat['id']}")).json()
        many = (await three.councils.by(caller).get("/seats")).json()["items"]
        return {found["readiness_exception"] for found in [one, *many]}

    for caller in (STRATEGIST, ASSOCIATION):
        assert await read(caller) == {REASON["readiness_exception"]}
    for caller in (READER, municipality("1472")):
        assert await read(caller) == {None}
    feed = (await three.councils.by(municipality("1472")).get("/feed?entities=seat")).json()
    assert [one["data"]["readiness_exception"] for one in feed["events"]] == [None]
