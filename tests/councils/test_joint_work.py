"""Joint work: what two actors do together is counted beside where they meet."""

from typing import Any

from services.kit import clock
from tests.callers import MEMBER, READER, Signed, municipality, somebody
from tests.councils.builders import a_seat, council_in, day, meeting_in
from tests.councils.test_initiative import running
from tests.councils.work import a_need, an_initiative, an_outcome

Fact = dict[str, Any]
NAMES = ("council", "present_council", "meeting", "initiative", "running_initiative",
         "outcome_initiative")  # fmt: skip


async def together(councils: Signed, *actors: str, **more: Any) -> dict[str, list[int]]:
    """By the other actor, the counts in their order."""
    answer = await councils.get("/joint-work", params={"actor_id": actors} | more)
    assert answer.status_code == 200, answer.text
    return {one["actor_id"]: [one[f"{name}_count"] for name in NAMES]
            for one in answer.json()["items"]}  # fmt: skip


def shared(one: str, other: str, **more: Any) -> Fact:
    """Who leads an initiative and who takes part in it."""
    return {"lead_actor_id": one, "partners": [{"actor_id": other, "part": "Lokaler"}]} | more


async def both_present(councils: Signed, council: Fact, *seats: Fact, starts_at: str) -> Fact:
    """A meeting where some seats were there."""
    meeting = await meeting_in(councils, council, starts_at=starts_at)
    for seat in seats:
        came = {"meeting_id": meeting["id"], "seat_id": seat["id"], "attended": True}
        await councils.made("/attendances", came)
    return meeting


async def test_work_is_counted_beside_meetings_with_each_other(councils: Signed) -> None:
    one, other, third, stranger = (somebody() for _ in range(4))
    council = await council_in(councils)
    seats = [await councils.made("/seats", a_seat(council, actor_id=a)) for a in (one, other)]
    old = await council_in(councils, name="Exempelrådet 2")
    for by, until in ((one, -100), (other, None), (third, None)):
        begun = {"actor_id": by, "valid_from": day(-300 if by != third else -90)}
        lasts = {"valid_to": until and day(until)}
        await councils.made("/seats", a_seat(old, **begun, **lasts))
    met = await both_present(councils, council, *seats, starts_at=f"{day(-7)}T09:00:00Z")
    guest = {"meeting_id": met["id"], "actor_id": third, "attended": True}
    await councils.made("/attendances", guest)
    away = await both_present(councils, council, seats[0], starts_at=f"{day(-3)}T09:00:00Z")
    missed = {"meeting_id": away["id"], "seat_id": seats[1]["id"], "attended": False}
    await councils.made("/attendances", missed)
    first = await running(councils, **shared(one, other))
    await councils.made("/outcomes", an_outcome(first, happened_on=day(-1)))
    await councils.made("/outcomes", an_outcome(first, happened_on=day(0)))
    await councils.made("/initiatives", an_initiative(**shared(other, one)))
    await running(councils, **shared(other, third))
    found = await together(councils, one)
    assert found == {other: [2, 1, 1, 2, 1, 1], third: [0, 0, 1, 0, 0, 0]}
    assert list(found) == [other, third], "the most joint work first"
    assert await together(councils, other) == {
        one: [2, 1, 1, 2, 1, 1], third: [1, 1, 1, 1, 1, 0],
    }  # fmt: skip
    assert await together(councils, one, other_actor_id=other) == {other: found[other]}
    assert await together(councils, one, other_actor_id=stranger) == {stranger: [0] * 6}
    assert await together(councils, stranger) == {}
    assert await together(councils.by(READER), one) == found


async def test_merged_actors_are_one_and_nothing_is_counted_twice(councils: Signed) -> None:
    one, was, other, also = (somebody() for _ in range(4))
    council = await council_in(councils)
    for actor in (one, was, other, also):
        await councils.made("/seats", a_seat(council, actor_id=actor))
    await running(councils, **shared(one, other))
    await running(councils, **shared(was, also))
    told = await together(councils, one, was, other_actor_id=[other, also])
    assert told == {other: [1, 1, 0, 2, 2, 0]}
    assert set(await together(councils, one, was)) == {other, also}, "not with itself"
    assert await together(councils, one, was, other_actor_id=was) == {was: [0] * 6}


async def test_it_is_told_up_to_the_day_and_as_it_was_known(councils: Signed) -> None:
    one, other = somebody(), somebody()
    council = await council_in(councils)
    seats = [await councils.made("/seats", a_seat(council, actor_id=a)) for a in (one, other)]
    await both_present(councils, council, *seats, starts_at=f"{day(-7)}T09:00:00Z")
    known = clock.now().isoformat().replace("+00:00", "Z")
    made = await running(councils, **shared(one, other))
    await councils.made("/outcomes", an_outcome(made, happened_on=day(0)))
    assert await together(councils, one) == {other: [1, 1, 1, 1, 1, 1]}
    assert await together(councils, one, as_of=day(-1)) == {other: [1, 1, 1, 1, 1, 0]}
    assert await together(councils, one, as_of=day(-8)) == {other: [1, 1, 0, 1, 1, 0]}
    assert await together(councils, one, as_of=day(-366)) == {}
    assert await together(councils, one, known_at=known) == {other: [1, 1, 1, 0, 0, 0]}


async def test_only_what_the_caller_may_know_of_is_counted(councils: Signed) -> None:
    one, other = somebody(), somebody()
    council = await council_in(councils)
    for actor in (one, other):
        await councils.made("/seats", a_seat(council, actor_id=actor))
    need = await councils.made("/needs", a_need(municipality_codes=["1495"]))
    await running(councils, **shared(one, other, need_ids=[need["id"]]))
    await running(councils, **shared(one, other))
    assert await together(councils, one) == {other: [1, 1, 0, 2, 2, 0]}
    theirs = councils.by(municipality("1472", "read"))
    listed = (await theirs.get(f"/initiatives?actor_id={one}")).json()["items"]
    assert (await together(theirs, one))[other][3] == len(listed) < 2
    assert await together(councils.by(MEMBER), one) == {}, "no council of theirs"
    wrong = await councils.get("/joint-work")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "actor_id")
