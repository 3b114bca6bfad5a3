"""Choices of answers: what a need may rest on, by who said it, when, and the gap."""

from collections.abc import Iterable
from typing import Any

from gateway.clients.house import House
from gateway.clients.service import Found, ids_among, ids_in
from gateway.forms import Form
from gateway.pages.choices import name_in
from gateway.pages.holdings import things_by_id
from gateway.seeking import Choices, offered
from gateway.swedish import day
from services.kit import clock
from services.kit.errors import Forbidden, Unavailable

FIELD, MOST, INTERVIEWS, LONGEST = "answer_ids", 30, 100, 90


async def answers(house: House, form: Form[Any]) -> Choices | None:
    """The latest answers that tell of a gap, those chosen, and what a text finds among them.

    Of the need's council where it has one. None for those who may not read interviews.
    """
    chosen = ids_among(form.chosen(FIELD))
    council = next(iter(ids_among([form.value("council_id")])), None)
    try:
        latest = await house.councils.interviews.list(
            council_id=council, sort="-held_on", limit=INTERVIEWS
        )
        talks = {one["id"]: one for one in latest.items}
        there = await house.councils.answers.whole(interview_id=list(talks)) if talks else []
        kept = await things_by_id(house.councils.answers, chosen)
        others = ids_in(one["interview_id"] for one in kept.values())
        talks |= await things_by_id(
            house.councils.interviews, [one for one in others if one not in talks]
        )
    except (Forbidden, Unavailable):
        return None
    labels = await house.analysis.labels(ids_in(one["actor_id"] for one in talks.values()))
    order = {key: place for place, key in enumerate(talks)}
    there.sort(key=lambda one: order[one["interview_id"]])
    usable = (one for one in there if one["gap"] and _may_be_used(talks[one["interview_id"]]))
    told = _told(usable, talks, labels)

    async def find(text: str) -> Choices:
        found = [one for one in told.items() if text.casefold() in one[1].casefold()]
        return Choices(found[:MOST], more=len(found) > MOST, page="")

    options = await offered([form], lambda name: name == FIELD, find)
    rest = _told(kept.values(), talks, labels) | dict(options)
    return Choices(rest.items(), more=options.more, page="")


def _may_be_used(talk: Found) -> bool:
    """Whether the service takes an answer of an interview as a source."""
    return bool(talk["consent"]) and talk["held_on"] <= str(clock.today())


def _told(
    some: Iterable[Found], talks: dict[str, Found], labels: dict[str, Found]
) -> dict[str, str]:
    """What answers are called, by id."""
    return {one["id"]: _called(one, talks.get(one["interview_id"]), labels) for one in some}


def _called(answer: Found, talk: Found | None, labels: dict[str, Found]) -> str:
    said = answer["gap"] or answer["desired"] or answer["present"] or "Underlaget är återtaget"
    if talk is None:
        return str(said)[:LONGEST]
    who = name_in(labels, talk["actor_id"], "Okänt företag")
    return f"{who}, {day(talk['held_on'])}: {str(said)[:LONGEST]}"
