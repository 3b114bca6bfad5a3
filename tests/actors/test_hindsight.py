"""Hindsight: what came to a thing later is not told of a day before it."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Date

from services.actors.app import COLLECTIONS
from services.kit import clock
from services.kit.collection import Collection, When
from tests.actors.test_departure import actor, post_at
from tests.callers import Signed
from tests.councils.builders import day

Fact = dict[str, Any]
BELONGS = {
    "contact": ("actor_id", "our_actor_id", "owner_post_id"),
    "gain": ("actor_id",),
    "pledge": ("actor_id",),
    "takeover": ("owner_post_id",),
}
# Every other day of the registry's things: what it says, so that a day before it is not told of it.
CAME = {  # the day the thing itself came, or one before that: nothing of it is told before
    "carried_issue.carried_on",
    "competence_profile.published_on",
    "contact.held_on",
    "gain.stated_on",
    "intake.starts_on",
    "joining.proposed_on",
    "mandate.decided_on",
    "method_use.used_on",
    "priority.decided_on",
    "readiness.assessed_on",
    "relation_rating.rated_on",
    "role_trial.asked_on",
    "takeover.taken_on",
}
MEANT = {  # a day that was meant, and known from the first
    "contact.due_on",
    "intake.ends_on",
    "joining.due_on",
    "method.retired_on",
    "pledge.due_on",
    "priority.review_on",
    "role_trial.answer_by",
    "takeover.due_on",
}


def days_of(things: Collection) -> set[str]:
    """Every day of a collection's table, but of periods."""
    days = {column.name for column in things.table.c if isinstance(column.type, Date)}
    return {f"{things.noun}.{name}" for name in days - {"valid_from", "valid_to"}}


def test_every_day_that_came_later_is_masked_on_a_day_before_it() -> None:
    when, found = When(clock.today()), set()
    for things in COLLECTIONS:
        days = days_of(things)
        found |= days
        told = {f"{things.noun}.{one.key}" for one in things.derive(things.table.c, when)}
        assert days - CAME - MEANT <= told, "what came later is told of no day before it"
    assert found >= CAME | MEANT, "a day that there is no more"
    assert not CAME & MEANT


CASES: dict[str, tuple[str, Fact, Fact, str]] = {
    "gain": (
        "/gains",
        {"statement": "Kompetens", "stated_on": day(-60), "confirmed_on": day(-40)}
        | {"realised": "fully", "judged_on": day(-5), "evidence": "Exempel"},
        {"confirmed_on": None, "confirmed_by_post_id": None}
        | {"realised": "not_yet", "judged_on": None, "evidence": None},
        "confirmed=false&judged=false&realised=not_yet",
    ),
    "pledge": (
        "/pledges",
        {"what": "Lokaler", "due_on": day(-20), "delivered_on": day(-5), "result": "Exempel"},
        {"delivered_on": None, "result": None, "overdue": False},
        "open=true&overdue=false",
    ),
    "contact": (
        "/contacts",
        {"held_on": day(-60), "channel": "meeting", "said": "Hej"}
        | {"next_step": "Ring", "due_on": day(-20), "done_on": day(-5)},
        {"done_on": None, "next_step": "Ring"},
        "open=true",
    ),
    "takeover": (
        "/takeovers",
        {"noun": "need", "thing_id": str(uuid4()), "what": "Exempel"}
        | {"taken_on": day(-60), "due_on": day(-20), "done_on": day(-5)},
        {"done_on": None, "overdue": False},
        "open=true&overdue=false",
    ),
}


@pytest.mark.parametrize("noun", CASES)
async def test_what_came_later_is_not_told_of_a_day_before_it(actors: Signed, noun: str) -> None:
    path, said, before, asked = CASES[noun]
    one, other = await actor(actors), await actor(actors, "Exempelkommun 2")
    post = await post_at(actors, one)
    sides = {"actor_id": one["id"], "our_actor_id": other["id"], "owner_post_id": post["id"]}
    own = {name: sides[name] for name in BELONGS[noun]}
    if noun == "gain":
        own["confirmed_by_post_id"] = post["id"]
    made = await actors.made(path, own | said)
    then = {"as_of": day(-50)}
    url = f"{path}/{made['id']}"
    assert (await actors.get(url)).json() == made
    if noun != "contact":  # a thing's own page
        assert before.items() <= (await actors.get(url, params=then)).json().items()
    (listed,) = (await actors.get(f"{path}?{asked}", params=then)).json()["items"]
    assert before.items() <= listed.items()
    assert (await actors.get(f"{path}?{asked}")).json()["items"] == []
    (today,) = (await actors.get(path)).json()["items"]
    assert said.items() <= today.items()
