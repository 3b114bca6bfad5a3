"""When the seats of a fast track were filled: by headcounts, else by what outcomes tell."""

from typing import Any

from tests.callers import Signed
from tests.councils.builders import day
from tests.councils.test_fast_track import a_fast_track
from tests.councils.work import Body, a_headcount, an_initiative, an_outcome


def _counted(initiative: Body, on: str, seats: int | None, filled: int | None) -> Body:
    counts = {"seats": seats, "filled": filled, "completed": None, "counted_on": on}
    return {name: one for name, one in a_headcount(initiative, **counts).items() if one is not None}


async def _a_course(councils: Signed, made: Body, **more: Any) -> Body:
    """An initiative for the signal's need, decided a week ago."""
    body = an_initiative(need_ids=[made["need_id"]], **more)
    course = await councils.made("/initiatives", body)
    return await councils.made(f"/initiatives/{course['id']}/decide", {"decided_on": day(-7)})


async def _filled_on(councils: Signed, made: Body) -> str | None:
    clock = (await councils.get(f"/councils/{made['council_id']}/clock")).json()
    (found,) = (one["on"] for one in clock["stages"] if one["stage"] == "seats_filled")
    beside = (await councils.get("/fast-tracks")).json()
    (days,) = (one["days_to_seats_filled"] for one in beside["items"])
    assert beside["median"]["days_to_seats_filled"] == days
    assert (days is None) == (found is None)
    return found


async def test_seats_are_filled_when_the_headcounts_say_so(councils: Signed) -> None:
    made = await councils.made("/councils/fast-track", a_fast_track())
    course = await _a_course(councils, made)
    none = await councils.made("/headcounts", _counted(course, day(-6), 7, 0))
    await councils.made("/outcomes", an_outcome(course, happened_on=day(-5)))
    assert await _filled_on(councils, made) is None, "a course that nobody came to"
    await councils.made("/headcounts", _counted(course, day(-4), 7, 6))
    last = await councils.made("/headcounts", _counted(course, day(-2), 7, 7))
    assert await _filled_on(councils, made) == day(-2)
    right = _counted(course, day(-6), 7, 7)
    await councils.put(f"/headcounts/{none['id']}", right, version=1)
    assert await _filled_on(councils, made) == day(-6), "it was counted wrong at first"
    await councils.put(f"/headcounts/{none['id']}", _counted(course, day(-6), 7, 1), version=2)
    await councils.put(f"/headcounts/{last['id']}", _counted(course, day(-2), 8, 7), version=1)
    told = an_outcome(course, happened_on=day(-1), persons_employed=40)
    await councils.made("/outcomes", told)
    assert await _filled_on(councils, made) is None, "the headcounts say that it was not"


async def test_all_initiatives_of_the_need_are_to_be_full_on_the_same_day(councils: Signed) -> None:
    made = await councils.made("/councils/fast-track", a_fast_track())
    one, other = [await _a_course(councils, made) for _ in range(2)]
    cancelled = await _a_course(councils, made)
    await _a_course(councils, made, title="Ett råd som ingen räknar")
    late = an_initiative(need_ids=[made["need_id"]])
    await councils.made("/headcounts", _counted(one, day(-6), 7, 7))
    assert await _filled_on(councils, made) == day(-6)
    await councils.made("/headcounts", _counted(other, day(-4), 5, 2))
    assert await _filled_on(councils, made) is None, "its seats were there, though not counted"
    await councils.made("/headcounts", _counted(other, day(-3), 5, 5))
    assert await _filled_on(councils, made) == day(-3)
    await councils.made("/headcounts", _counted(cancelled, day(-5), 9, 0))
    assert await _filled_on(councils, made) is None
    stop = {"closed_on": day(-3), "reason": "Ingen kom"}
    await councils.made(f"/initiatives/{cancelled['id']}/stop", stop)
    assert await _filled_on(councils, made) == day(-3), "nobody is to sit there any more"
    later = await councils.made("/initiatives", late)
    await councils.made(f"/initiatives/{later['id']}/decide", {"decided_on": day(-2)})
    await councils.made("/headcounts", _counted(later, day(-1), 20, 0))
    assert await _filled_on(councils, made) == day(-3), "what came later was not there to fill"


async def test_a_cancelled_course_is_nobodys_to_fill_also_where_it_is_done(
    councils: Signed,
) -> None:
    made = await councils.made("/councils/fast-track", a_fast_track())
    full, cancelled = [await _a_course(councils, made) for _ in range(2)]
    await councils.made("/headcounts", _counted(full, day(-5), 7, 7))
    none = await councils.made("/headcounts", _counted(cancelled, day(-6), 9, 0))
    await councils.made(f"/initiatives/{cancelled['id']}/start", {"started_on": day(-6)})
    assert await _filled_on(councils, made) is None, "somebody may still come"
    done = {"closed_on": day(-3), "reason": "Inställd: ingen sökte"}
    await councils.made(f"/initiatives/{cancelled['id']}/finish", done)
    assert await _filled_on(councils, made) == day(-5)
    await councils.made("/headcounts", _counted(cancelled, day(-4), 9, 2))
    assert await _filled_on(councils, made) is None, "two came, and seven seats were left"
    await councils.put(f"/headcounts/{none['id']}", _counted(cancelled, day(-3), 9, 9), version=1)
    assert await _filled_on(councils, made) == day(-3)


async def test_a_cancelled_course_counts_for_nothing_however_it_was_counted(
    councils: Signed,
) -> None:
    made = await councils.made("/councils/fast-track", a_fast_track())
    full, seats_first, unknown = [await _a_course(councils, made) for _ in range(3)]
    await councils.made("/headcounts", _counted(full, day(-5), 7, 7))
    await councils.made("/headcounts", _counted(seats_first, day(-7), 9, None))
    await councils.made("/headcounts", _counted(seats_first, day(-6), 9, 0))
    await councils.made("/headcounts", _counted(unknown, day(-6), None, 0))
    assert await _filled_on(councils, made) is None, "somebody may still come"
    done = {"closed_on": day(-3), "reason": "Inställd: ingen sökte"}
    await councils.made(f"/initiatives/{seats_first['id']}/start", {"started_on": day(-7)})
    await councils.made(f"/initiatives/{seats_first['id']}/finish", done)
    await councils.made(f"/initiatives/{unknown['id']}/stop", done)
    assert await _filled_on(councils, made) == day(-5)


async def test_what_came_of_another_course_is_told_although_one_was_cancelled(
    councils: Signed,
) -> None:
    made = await councils.made("/councils/fast-track", a_fast_track())
    cancelled, other = [await _a_course(councils, made) for _ in range(2)]
    await councils.made("/headcounts", _counted(cancelled, day(-6), 9, 0))
    told = an_outcome(other, happened_on=day(-4), persons_employed=40)
    await councils.made("/outcomes", told)
    assert await _filled_on(councils, made) is None, "the headcount says that nobody came"
    done = {"closed_on": day(-3), "reason": "Inställd: ingen sökte"}
    await councils.made(f"/initiatives/{cancelled['id']}/stop", done)
    assert await _filled_on(councils, made) == day(-4)


async def test_where_seats_are_unknown_as_many_begin_as_were_lacking(councils: Signed) -> None:
    made = await councils.made("/councils/fast-track", a_fast_track())
    one, other = [await _a_course(councils, made) for _ in range(2)]
    await councils.made("/headcounts", _counted(one, day(-6), None, 39))
    assert await _filled_on(councils, made) is None
    await councils.made("/headcounts", _counted(other, day(-5), 1, 1))
    assert await _filled_on(councils, made) == day(-5)


async def test_where_nobody_counted_an_outcome_tells_of_enough(councils: Signed) -> None:
    made = await councils.made("/councils/fast-track", a_fast_track())
    course = await _a_course(councils, made)
    for on, employed in ((day(-6), None), (day(-5), 39), (day(-4), 40)):
        assert await _filled_on(councils, made) is None
        told = an_outcome(course, happened_on=on, persons_employed=employed)
        await councils.made("/outcomes", told)
    assert await _filled_on(councils, made) == day(-4)
