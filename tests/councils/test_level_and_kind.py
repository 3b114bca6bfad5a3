"""A council's level and kind stay while something open relies on them."""

from typing import Any

from services.councils.council.queries import COUNCILS
from tests.callers import Signed
from tests.councils.builders import blamed, changed, council_in
from tests.councils.test_direction import STRATEGIC, a_direction, an_answer
from tests.councils.test_escalation import a_reply, both_in, lifted
from tests.councils.test_selection import CHOOSER, a_selection, as_sent

Thing = dict[str, Any]


async def test_a_level_stays_while_a_lift_waits_that_would_go_upward_no_more(
    councils: Signed,
) -> None:
    council, forum = await both_in(councils)
    made = await councils.made("/escalations", lifted(council, forum))
    for one, level in ((council, "strategic"), (forum, "operative")):
        refused = await changed(councils, COUNCILS, one["id"], level=level)
        assert blamed(refused) == (409, "level", "lift_open")
        assert made["title"] in refused.json()["errors"][0]["message"]
    assert (await changed(councils, COUNCILS, council["id"], level="bridging")).is_success, (
        "it still goes upward"
    )
    await councils.made(f"/escalations/{made['id']}/answer", a_reply())
    assert (await changed(councils, COUNCILS, forum["id"], level="operative")).is_success


async def test_a_level_stays_while_a_direction_is_to_be_answered(councils: Signed) -> None:
    one = await council_in(councils)
    made = await councils.made("/directions", await a_direction(councils, one))
    refused = await changed(councils, COUNCILS, made["council_id"], level="bridging")
    assert blamed(refused) == (409, "level", "direction_open")
    assert made["title"] in refused.json()["errors"][0]["message"]
    await councils.made("/direction-answers", an_answer(made, one))
    assert (await changed(councils, COUNCILS, made["council_id"], level="bridging")).is_success


async def test_a_kind_stays_while_a_selection_has_no_decision(councils: Signed) -> None:
    council = await council_in(councils, **CHOOSER)
    made = await councils.made("/selections", a_selection(council))
    refused = await changed(councils, COUNCILS, council["id"], kind="working_group")
    assert blamed(refused) == (409, "kind", "selection_open")
    assert made["title"] in refused.json()["errors"][0]["message"]
    assert (await changed(councils, COUNCILS, council["id"], kind="strategic_forum")).is_success
    told = as_sent(made, decision_text="Möbel")
    await councils.put(f"/selections/{made['id']}", told, version=1)
    assert (await changed(councils, COUNCILS, council["id"], kind="working_group")).is_success


async def test_all_that_stands_open_is_told_at_its_field(councils: Signed) -> None:
    forum = await council_in(councils, **STRATEGIC | {"kind": "steering_group"})
    await councils.made("/selections", a_selection(forum))
    await councils.made("/escalations", lifted(await council_in(councils), forum))
    refused = await changed(
        councils, COUNCILS, forum["id"], kind="working_group", level="operative"
    )
    assert {(one["field"], one["code"]) for one in refused.json()["errors"]} == {
        ("level", "lift_open"), ("kind", "selection_open"),
    }  # fmt: skip
