"""Lead times: how long things have in fact taken, by the registry's own history."""

from datetime import date, timedelta
from typing import Any

from services.kit import clock
from tests.actors.test_departure import actor, held, person, post_at
from tests.callers import READER, Signed
from tests.councils.builders import day

Fact = dict[str, Any]
DAYS = ("median_days", "lower_quartile_days", "upper_quartile_days", "shortest_days",
        "longest_days")  # fmt: skip


def after(first: str, days: int) -> str:
    """So many days after a date."""
    return (date.fromisoformat(first) + timedelta(days=days)).isoformat()


async def times(actors: Signed, kind: str, **asked: str) -> Fact:
    """What is told of one kind."""
    answer = await actors.get("/lead-times", params=asked)
    assert answer.status_code == 200, answer.text
    (found,) = [one for one in answer.json()["items"] if one["kind"] == kind]
    return dict(found)


def counts(told: Fact) -> list[Any]:
    """How many came there, wait, since when, and are left out."""
    names = ("case_count", "waiting_count", "waiting_since", "left_out_count")
    return [told[name] for name in names]


async def comes(actors: Signed, *steps: tuple[str, str], number: int = 1) -> Fact:
    """An actor with a status from each day on."""
    made = await actor(actors, f"Exempelkommun {number}")
    for status, first in steps:
        place = {"actor_id": made["id"], "level": "operative", "status": status}
        if status == "withdrawn":
            left = {"withdrawn_on": first, "reason": "Exempel"}
            await actors.made(f"/actors/{made['id']}/withdraw", left)
        else:
            await actors.made(f"/actors/{made['id']}/place", place | {"valid_from": first})
    return made


async def test_an_empty_registry_has_waited_for_nothing(actors: Signed) -> None:
    told = (await actors.get("/lead-times")).json()
    assert told["on"] == day(0)
    assert len(told["items"]) == 7
    assert {tuple(counts(one)) for one in told["items"]} == {(0, 0, None, 0)}
    assert (await actors.by(READER).get("/lead-times")).json() == told


async def test_actors_are_timed_from_mapped_to_active(actors: Signed) -> None:
    begun = "2020-01-01"
    for number, days in enumerate((10, 20, 30, 40)):
        invited, active = after(begun, days), after(begun, days + 5)
        steps = ("mapped", begun), ("invited", invited), ("active", active)
        await comes(actors, *steps, number=number)
    told = await times(actors, "mapped_to_active")
    assert counts(told) == [4, 0, None, 0]
    assert [told[name] for name in DAYS] == [None] * 5, "too few to lean on"
    last = ("mapped", begun), ("invited", after(begun, 90))
    waits = await comes(actors, *last, number=9)
    told = await times(actors, "mapped_to_invited")
    assert counts(told) == [5, 0, None, 0]
    assert [told[name] for name in DAYS] == [30, 20, 40, 10, 90]
    assert counts(await times(actors, "invited_to_active")) == [4, 1, after(begun, 90), 0]
    assert counts(await times(actors, "mapped_to_active")) == [4, 1, begun, 0]
    then = await times(actors, "mapped_to_invited", as_of=after(begun, 25))
    assert counts(then) == [2, 3, begun, 0]
    left = {"withdrawn_on": "2021-01-01", "reason": "Exempel"}
    await actors.made(f"/actors/{waits['id']}/withdraw", left)
    assert counts(await times(actors, "mapped_to_active")) == [4, 0, None, 1]
    first = ("active", "2019-01-01"), ("withdrawn", "2019-06-01")
    back = await comes(actors, *first, number=10)
    again = {"actor_id": back["id"], "level": "operative", "status": "mapped"}
    assert counts(await times(actors, "mapped_to_active"))[0] == 4, "it was never mapped"
    await actors.post(f"/actors/{back['id']}/place", again | {"valid_from": "2022-01-01"})
    assert (await times(actors, "mapped_to_active"))["case_count"] == 4


async def test_merged_actors_are_timed_as_one(actors: Signed) -> None:
    one = await comes(actors, ("mapped", "2020-01-01"), ("active", "2020-03-01"))
    other = await comes(actors, ("mapped", "2020-01-01"), number=2)
    assert counts(await times(actors, "mapped_to_active")) == [1, 1, "2020-01-01", 0]
    await actors.made(f"/actors/{other['id']}/merge", {"into_id": one["id"]})
    assert counts(await times(actors, "mapped_to_active")) == [1, 0, None, 0]


async def test_relations_are_timed_from_their_beginning(actors: Signed) -> None:
    ours = await actor(actors)
    made: list[Fact] = []
    for number in range(4):
        other = await actor(actors, f"Exempelkommun {number + 2}")
        sides = {"actor_id": ours["id"], "other_actor_id": other["id"], "kind": "funds"}
        made.append(await actors.made("/relations", sides | {"valid_from": "2020-01-01"}))

    async def becomes(one: Fact, state: str, since: str | None, **more: Any) -> Fact:
        names = ("actor_id", "other_actor_id", "kind", "valid_from")
        draft = {name: one[name] for name in names} | {"state": state, "state_since": since}
        url = f"/relations/{one['id']}"
        saved = await actors.put(url, draft | more, version=one["version"])
        assert saved.status_code == 200, saved.text
        return dict(saved.json())

    assert counts(await times(actors, "relation_to_working")) == [0, 4, "2020-01-01", 0]
    made[0] = await becomes(made[0], "working", "2020-03-01")
    made[0] = await becomes(made[0], "working", "2020-02-01")  # put right
    made[0] = await becomes(made[0], "trusting", "2021-01-01")
    made[1] = await becomes(made[1], "trusting", "2020-06-01")
    made[2] = await becomes(made[2], "new", None, valid_to="2021-01-01")
    assert counts(await times(actors, "relation_to_working")) == [1, 1, "2020-01-01", 2]
    assert counts(await times(actors, "relation_to_trusting")) == [2, 1, "2020-01-01", 1]
    before = await times(actors, "relation_to_working", as_of="2020-01-31")
    assert counts(before)[:2] == [0, 4]
    assert (await times(actors, "relation_to_working", as_of="2020-02-01"))["case_count"] == 1
    sides = {"actor_id": ours["id"], "other_actor_id": made[1]["other_actor_id"]}
    begun = {"kind": "part_of", "state": "working", "valid_from": "2020-01-01"}
    await actors.made("/relations", sides | begun)
    assert counts(await times(actors, "relation_to_working")) == [1, 1, "2020-01-01", 3]


async def test_vacancies_are_timed_until_somebody_holds_the_post(actors: Signed) -> None:
    at = await actor(actors)
    post, other = await post_at(actors, at), await post_at(actors, at, "Strateg")
    await post_at(actors, at, "Ny")
    one, two = await person(actors, 1), await person(actors, 2)
    await actors.made("/holdings", held(post, one, "2020-01-01", "2021-01-01"))
    cover = held(post, two, "2021-02-01", "2021-03-01") | {"cover": "substitute"}
    await actors.made("/holdings", cover)
    await actors.made("/holdings", held(post, one, "2021-03-01", "2022-01-01"))
    await actors.made("/holdings", held(post, two, day(5)))
    await actors.made("/holdings", held(other, two, "2020-01-01"))
    told = await times(actors, "vacant_to_held")
    assert counts(told) == [1, 1, "2022-01-01", 1], "one was never held"
    assert counts(await times(actors, "vacant_to_held", as_of=day(5)))[:2] == [2, 0]


async def test_municipalities_are_timed_from_asked_to_endorsed(actors: Signed) -> None:
    issuer, holder = await actor(actors), await actor(actors, "Exempelkommun 2")
    mandate = {"issuer_actor_id": issuer["id"], "holder_actor_id": holder["id"], "scope": "Leda"}
    made = await actors.made("/mandates", mandate | {"valid_from": "2020-01-01"})
    codes = ["1401", "1402", "1407", "1415", "1419", "1421", "1427"]

    async def answers(some: list[str], state: str, on: str) -> None:
        told = {"municipality_codes": some, "state": state, "on": on}
        await actors.made(f"/mandates/{made['id']}/endorse", told)

    await answers(codes, "asked", "2020-01-01")
    await answers(codes[:2], "presented", "2020-02-01")
    for number, code in enumerate(codes[:5]):
        await answers([code], "endorsed", after("2020-03-01", number * 10))
    await answers(codes[5:6], "declined", "2020-04-01")
    await answers(["1430"], "endorsed", "2020-04-01")
    known = clock.now().isoformat()
    told = await times(actors, "asked_to_endorsed")
    assert counts(told) == [5, 1, "2020-01-01", 2]
    assert [told[name] for name in DAYS] == [80, 70, 90, 60, 100]
    await answers(codes[6:], "endorsed", "2020-03-01")
    assert counts(await times(actors, "asked_to_endorsed"))[:2] == [6, 0]
    assert counts(await times(actors, "asked_to_endorsed", known_at=known))[:2] == [5, 1]
