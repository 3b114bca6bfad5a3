"""Hindsight: what came to a council's work later is not told of a day before it."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from services.councils.app import COLLECTIONS
from services.councils.council.queries import COUNCILS
from services.councils.escalation.queries import ESCALATIONS
from services.councils.selection.queries import SELECTIONS
from services.kit import clock
from services.kit.collection import Collection, When
from tests.actors.test_hindsight import days_of
from tests.callers import Signed
from tests.councils.builders import council_in, day
from tests.councils.test_direction import STRATEGIC
from tests.councils.test_escalation import a_reply, lifted
from tests.councils.test_order import decided
from tests.councils.test_selection import CHOOSER, a_selection

Thing = dict[str, Any]
# Every other day of the things that are told of a day: what it says.
CAME = {  # the day the thing itself came, or one before that: nothing of it is told before
    "decision_review.reviewed_on",
    "direction_answer.answered_on",
    "escalation.raised_on",
    "headcount.counted_on",
    "health_check.reviewed_on",
    "pulse.asked_on",
    "quality_circle.judged_on",
    "selection.held_on",
    "sex_report.reported_on",
}
MEANT = {  # a day that was meant, and known from the first
    "council.ends_on",
    "council.starts_on",
    "decision_review.next_review_on",
    "direction.answer_by",
    "escalation.answer_by",
    "health_check.next_review_on",
    "pulse.closes_on",
}


def test_every_day_that_came_later_is_masked_on_a_day_before_it() -> None:
    when, found = When(clock.today()), set()
    for things in (one for one in COLLECTIONS if one.periodic):
        days = days_of(things) & {f"{things.noun}.{name}" for name in things.fields}
        found |= days
        told = {f"{things.noun}.{one.key}" for one in things.derive(things.table.c, when)}
        assert days - CAME - MEANT <= told, "what came later is told of no day before it"
    assert found >= CAME | MEANT, "a day that there is no more"
    assert not CAME & MEANT


async def closed(councils: Signed) -> Thing:
    """A council that was closed."""
    one = await council_in(councils)
    closing = {"closed_on": day(-5), "reason": "other", "result": "Klart", "lessons": "Inga"}
    return await councils.made(f"/councils/{one['id']}/close", closing)


async def replied(councils: Signed) -> Thing:
    """A lift that was answered, and answered anew on the same day."""
    decision = await decided(councils)
    lift = lifted(await council_in(councils), {"id": decision["council_id"]}, raised_on=day(-50))
    made = await councils.made("/escalations", lift)
    told = a_reply(answered_on=day(-5), decision_id=decision["id"])
    url = f"/escalations/{made['id']}/answer"
    await councils.made(url, told)
    return await councils.made(url, told | {"answer": "declined"})


async def chosen(councils: Signed, **more: Any) -> Thing:
    """A selection that was decided."""
    council = await council_in(councils, **CHOOSER)
    told = {"decision_text": "Möbel", "chosen_candidate": "mobel", "held_on": day(-50)}
    return await councils.made("/selections", a_selection(council, **told | more))


def nothing_of(*names: str) -> Thing:
    """None of these is told."""
    return dict.fromkeys(names)


DECIDED = nothing_of("decision_text", "chosen_candidate", "decided_on", "change_reason")
CASES: dict[str, tuple[Collection, Callable[[Signed], Awaitable[Thing]], Thing, str]] = {
    "council": (
        COUNCILS,
        closed,
        nothing_of("closed_on", "closing_reason", "result", "lessons") | {"phase": "active"},
        "open=true",
    ),
    "escalation": (
        ESCALATIONS,
        replied,
        nothing_of("answer", "answer_text", "answered_on", "decision_id")
        | {"state": "open", "earlier_answers": []},
        "state=open",
    ),
    "selection": (
        SELECTIONS,
        lambda councils: chosen(councils, decided_on=day(-5)),
        DECIDED | {"amendments": []},
        "decided=false",
    ),
}


@pytest.mark.parametrize("noun", CASES)
async def test_what_came_later_is_not_told_of_a_day_before_it(councils: Signed, noun: str) -> None:
    things, scene, before, asked = CASES[noun]
    made = await scene(councils)
    url, then = f"{things.path}/{made['id']}", {"as_of": day(-10)}
    assert (await councils.get(url)).json() == made
    assert before.items() <= (await councils.get(url, params=then)).json().items()
    (listed,) = (await councils.get(f"{things.path}?{asked}&id={made['id']}", params=then)).json()[
        "items"
    ]
    assert before.items() <= listed.items()
    assert not (await councils.get(f"{things.path}?{asked}&id={made['id']}")).json()["items"]
    first = {"as_of": day(-5)}
    (told,) = (await councils.get(f"{things.path}?id={made['id']}", params=first)).json()["items"]
    assert {name: told[name] for name in before} == {name: made[name] for name in before}


@pytest.mark.parametrize("asked", ["answer=declined", "decision_id={decision_id}"])
async def test_nothing_is_found_by_an_answer_before_it(councils: Signed, asked: str) -> None:
    made = await replied(councils)
    url = f"/escalations?{asked.format(**made)}"
    assert (await councils.get(url)).json()["items"]
    assert not (await councils.get(f"{url}&as_of={day(-6)}")).json()["items"]


async def test_a_decision_of_an_unknown_day_is_told_of_every_day(councils: Signed) -> None:
    made = await chosen(councils)
    found = (await councils.get(f"/selections/{made['id']}?as_of={day(-10)}")).json()
    assert found["decision_text"] == "Möbel"
    found = (await councils.get(f"/selections?decided=true&as_of={day(-10)}")).json()["items"]
    assert [one["id"] for one in found] == [made["id"]]


async def test_what_was_known_before_an_answer_has_none_of_it(councils: Signed) -> None:
    forum = await council_in(councils, **STRATEGIC)
    made = await councils.made("/escalations", lifted(await council_in(councils), forum))
    then, url = clock.now().isoformat(), f"/escalations/{made['id']}"
    await councils.made(f"{url}/answer", a_reply(answered_on=day(-5)))
    found = (await councils.get(url, params={"known_at": then})).json()
    assert (found["state"], found["answer"], found["answer_text"]) == ("open", None, None)
