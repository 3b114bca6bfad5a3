"""A need in a council that has closed: nobody works on it, unless it was met."""

from services.kit import clock
from tests.analysis.conftest import Three
from tests.analysis.test_thread import (
    broken,
    decision_on,
    initiative_for,
    need_in,
    world,
)

TODAY = clock.today().isoformat()


async def test_a_need_that_a_closed_council_left_has_no_council(three: Three) -> None:
    at = await world(three)
    need = await need_in(three, at)
    decision = await decision_on(three, at, need)
    initiative = await initiative_for(three, at, need, decision_id=decision["id"])
    assert await broken(three, need) == []
    closing = {"closed_on": TODAY, "reason": "lost_convenor", "result": "Ingen sammankallade"}
    await three.councils.made(f"/councils/{at['council']['id']}/close", closing)
    thread = (await three.analysis.get(f"/threads?need_id={need['id']}")).json()["items"][0]
    assert [(one["kind"], one["since"]) for one in thread["breaks"]] == [("no_council", TODAY)]
    outcome = {"initiative_id": initiative["id"], "need_ids": [need["id"]], "horizon": "short",
               "change": "Tio nya", "evidence": "Exempel", "happened_on": TODAY}  # fmt: skip
    await three.councils.made("/outcomes", outcome)
    met = {"met_on": TODAY, "evidence": "Exempel"}
    await three.councils.post(f"/needs/{need['id']}/meet", met)
    assert await broken(three, need) == [], "the council did its work"
