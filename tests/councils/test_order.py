"""No day passes another that it follows, whichever of the two is moved."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from services.councils.charter.queries import CHARTERS
from services.councils.council.queries import COUNCILS
from services.councils.decision.queries import DECISIONS
from services.councils.decision_review.queries import DECISION_REVIEWS
from services.councils.direction.queries import DIRECTION_ANSWERS, DIRECTIONS
from services.councils.escalation.queries import ESCALATIONS
from services.councils.health_check.queries import HEALTH_CHECKS
from services.councils.order import ORDERS, SAID, Order
from services.councils.selection.queries import SELECTIONS
from tests.callers import Signed
from tests.councils.builders import a_decision, blamed, changed, council_in, day, meeting_in
from tests.councils.test_direction import STRATEGIC, a_direction, an_answer
from tests.councils.test_escalation import a_reply, lifted
from tests.councils.test_health_check import found
from tests.councils.test_project import project_in
from tests.councils.test_selection import CHOOSER, a_selection

Thing = dict[str, Any]
FIRST, THEN = -20, -10  # the day that is followed, and the one that follows it
THINGS = {
    one.noun: one
    for one in (
        CHARTERS,
        COUNCILS,
        DECISIONS,
        DECISION_REVIEWS,
        DIRECTIONS,
        DIRECTION_ANSWERS,
        ESCALATIONS,
        HEALTH_CHECKS,
        SELECTIONS,
    )
}


async def decided(councils: Signed) -> Thing:
    """A decision of a strategic council on the first day."""
    council = await council_in(councils, **STRATEGIC)
    meeting = await meeting_in(councils, council, starts_at=f"{day(FIRST)}T09:00:00Z")
    return await councils.made("/decisions", a_decision(meeting))


async def directed(councils: Signed, **more: Any) -> tuple[Thing, Thing]:
    """A decision, and a direction that rests on it."""
    decision = await decided(councils)
    body = await a_direction(councils, await council_in(councils), decision_id=decision["id"])
    return decision, await councils.made("/directions", body | more)


async def answered_direction(councils: Signed) -> tuple[Thing, Thing]:
    """A direction that was answered on the later day."""
    decision, made = await directed(councils)
    told = an_answer(made, {"id": made["council_ids"][0]}, answered_on=day(THEN))
    return decision, await councils.made("/direction-answers", told)


async def replied(councils: Signed, came: str, thing: Thing) -> Thing:
    """A lift that was answered on the later day with what came of it."""
    lift = lifted(await council_in(councils), {"id": thing["council_id"]}, raised_on=day(-50))
    made = await councils.made("/escalations", lift)
    told = a_reply(answered_on=day(THEN)) | {came: thing["id"]}
    return await councils.made(f"/escalations/{made['id']}/answer", told)


async def decided_reply(councils: Signed) -> tuple[Thing, Thing]:
    """A lift that was answered with a decision."""
    decision = await decided(councils)
    return decision, await replied(councils, "decision_id", decision)


async def directed_reply(councils: Signed) -> tuple[Thing, Thing]:
    """A lift that was answered with a direction."""
    decision, made = await directed(councils)
    return decision, await replied(councils, "direction_id", made)


async def raised(councils: Signed, side: str) -> tuple[Thing, Thing]:
    """A lift of which one side began on the first day."""
    begun = {side: {"starts_on": day(FIRST)}}
    one = await council_in(councils, **begun.get("council_id", {}))
    other = await council_in(councils, **STRATEGIC | begun.get("to_council_id", {}))
    made = await councils.made("/escalations", lifted(one, other, raised_on=day(THEN)))
    return one if side == "council_id" else other, made


async def chosen(councils: Signed, **more: Any) -> tuple[Thing, Thing]:
    """A selection of a council that began on the first day."""
    council = await council_in(councils, **CHOOSER | {"starts_on": day(FIRST)})
    return council, await councils.made("/selections", a_selection(council, **more))


async def chartered(councils: Signed) -> tuple[Thing, Thing]:
    """A charter from the later day on that a decision adopted."""
    decision = await decided(councils)
    said = {"council_id": (await council_in(councils))["id"], "decision_id": decision["id"]}
    said |= {"purpose": "Samla branschen", "valid_from": day(THEN)}
    return decision, await councils.made("/charters", said)


async def begun(councils: Signed, path: str, **said: Any) -> tuple[Thing, Thing]:
    """Something of a council that began on the first day."""
    council = await council_in(councils, starts_on=day(FIRST))
    return council, await councils.made(path, said | {"council_id": council["id"]})


async def assigned(councils: Signed) -> tuple[Thing, Thing]:
    """What a project is to do, by a decision, decided on the later day: that one stays."""
    decision, project = await decided(councils), await project_in(councils)
    said = {"project_id": project["id"], "aim": "Starta samverkan", "decided_on": day(THEN)}
    said |= {"decision_id": decision["id"], "council_id": decision["council_id"]}
    return decision, await councils.made("/project-assignments", said)


async def reviewed(councils: Signed) -> tuple[Thing, Thing]:
    """A decision that was looked at again on the later day."""
    decision = await decided(councils)
    found = {"decision_id": decision["id"], "reviewed_on": day(THEN), "finding": "Det gick bra"}
    return decision, await councils.made("/decision-reviews", found)


Scene = Callable[[Signed], Awaitable[tuple[Thing, Thing]]]
SCENES: dict[tuple[str, str], Scene] = {
    ("charter.valid_from", "decision_id"): chartered,
    ("charter.valid_from", "council_id"): lambda c: begun(
        c, "/charters", purpose="Samla", valid_from=day(THEN)
    ),
    ("decision_review.reviewed_on", "decision_id"): reviewed,
    ("direction.answer_by", "decision_id"): lambda c: directed(c, answer_by=day(THEN)),
    ("direction_answer.answered_on", "direction_id.decision_id"): answered_direction,
    ("escalation.answered_on", "decision_id"): decided_reply,
    ("escalation.answered_on", "direction_id.decision_id"): directed_reply,
    ("escalation.raised_on", "council_id"): lambda c: raised(c, "council_id"),
    ("escalation.raised_on", "to_council_id"): lambda c: raised(c, "to_council_id"),
    ("health_check.reviewed_on", "council_id"): lambda c: begun(
        c, "/health-checks", reviewed_on=day(THEN), findings=[found()]
    ),
    ("project_assignment.decided_on", "decision_id"): assigned,
    ("selection.held_on", "council_id"): lambda c: chosen(c, held_on=day(THEN)),
    ("selection.decided_on", "council_id"): lambda c: chosen(
        c, decision_text="Möbel", decided_on=day(THEN)
    ),
}


async def moved(councils: Signed, place: str, thing: Thing, days: int) -> Any:
    """What comes of moving a day of a thing."""
    noun, field = place.split(".")
    if place == "escalation.answered_on":
        told = {name: thing[name] for name in ("decision_id", "direction_id")}
        reply = a_reply(answered_on=day(days)) | told
        return await councils.post(f"/escalations/{thing['id']}/answer", reply)
    explained = place in {"charter.valid_from", "selection.decided_on"}
    reason = {"change_reason": f"Dagen var {days}"} if explained else {}
    return await changed(councils, THINGS[noun], thing["id"], **{field: day(days)} | reason)


@pytest.mark.parametrize("order", ORDERS, ids=str)
async def test_neither_day_passes_the_other(councils: Signed, order: Order) -> None:
    earlier, later = await SCENES[order.later, order.by](councils)
    early, late = SAID[order.earlier]
    field, than = order.later.split(".")[1], order.earlier.split(".")[1]
    stays = order.later == "project_assignment.decided_on"
    if not stays:
        assert blamed(await moved(councils, order.later, later, FIRST - 1)) == (422, field, early)
    assert blamed(await moved(councils, order.earlier, earlier, THEN + 1)) == (422, than, late)
    assert (await moved(councils, order.earlier, earlier, THEN)).is_success, "they may be one day"
    if stays:
        return
    assert blamed(await moved(councils, order.later, later, THEN - 1)) == (422, field, early)
    assert (await moved(councils, order.later, later, THEN + 2)).is_success


async def test_a_decided_workshop_is_over(councils: Signed) -> None:
    council = await council_in(councils, **CHOOSER)
    coming = a_selection(council, held_on=day(1))
    refused = await councils.post("/selections", coming | {"decision_text": "Möbel"})
    assert blamed(refused) == (422, "held_on", "in_the_future")
    await councils.made("/selections", coming)
