"""The picture of the model: what fills its functions on a day, and what ties that together."""

from datetime import date
from typing import Any

import pytest

from services.councils.contract.picture import Picture
from services.councils.model_definition import rules
from services.councils.model_definition.default_model import DEFAULT_MODEL
from services.kit.errors import Conflict
from tests.callers import MEMBER, READER, Signed, municipality, somebody
from tests.councils.builders import blamed, council_in, day, meeting_in
from tests.councils.test_direction import STRATEGIC, a_direction, an_answer
from tests.councils.test_escalation import lifted

Fact = dict[str, Any]
PART = {"level": "operative", "function": "Råd", "says": "Samlar", "filled_by": "industry_council"}


async def drawn(councils: Signed, **asked: str) -> Fact:
    answer = await councils.get("/picture", params=asked)
    assert answer.status_code == 200, answer.text
    found: Fact = answer.json()
    Picture.model_validate(found)
    return found


def part_of(picture: Fact, filled_by: str, level: str = "operative") -> Fact:
    (found,) = (
        one for one in picture["parts"] if (one["filled_by"], one["level"]) == (filled_by, level)
    )
    return found


async def test_functions_are_filled_shells_or_empty_on_the_day(councils: Signed) -> None:
    empty = await drawn(councils)
    assert (empty["model_definition_id"], len(empty["parts"])) == (None, len(DEFAULT_MODEL))
    assert {one["state"] for one in empty["parts"]} == {"empty"}
    council = await council_in(councils, starts_on=day(-400))
    now = part_of(await drawn(councils), "industry_council")
    assert (now["state"], now["fillers"][0]["shell"]) == ("shell", True), "nothing happened"
    await meeting_in(councils, council, starts_at=f"{day(-200)}T09:00:00Z")
    await meeting_in(councils, council, starts_at=f"{day(-7)}T09:00:00Z")
    now = part_of(await drawn(councils), "industry_council")
    (one,) = now["fillers"]
    assert (now["state"], one["name"], one["phase"]) == ("filled", council["name"], "active")
    assert (one["last_on"], one["last"], one["meeting_count"]) == (day(-7), "meeting", 2)
    before = part_of(await drawn(councils, as_of=day(-8)), "industry_council")
    (one,) = before["fillers"]
    assert (before["state"], one["last_on"], one["meeting_count"]) == ("shell", day(-200), 1)
    assert part_of(await drawn(councils, as_of=day(-401)), "industry_council")["state"] == "empty"
    await council_in(councils, kind="temporary_council", ends_on=day(90), phase="proposed")
    assert part_of(await drawn(councils), "temporary_council")["state"] == "shell"
    for end in ("0001-01-01", "9999-12-31"):
        await drawn(councils, as_of=end)
    closing = {"closed_on": day(0), "reason": "other"}
    await councils.made(f"/councils/{council['id']}/close", closing)
    assert part_of(await drawn(councils), "industry_council")["fillers"] == []


async def test_ties_are_bodies_above_leaders_directions_and_lifts(councils: Signed) -> None:
    top, post = await council_in(councils, **STRATEGIC), somebody()
    low = await council_in(councils, parent_id=top["id"], process_leader_post_id=post)
    made = await councils.made("/directions", await a_direction(councils, low))
    lift = await councils.made("/escalations", lifted(low, top))
    told = await drawn(councils)
    ties = {(one["kind"], one["from_id"], one["to_id"]): one for one in told["ties"]}
    asks = ("direction", made["council_id"], low["id"])
    assert set(ties) == {
        asks,
        ("escalation", lift["council_id"], lift["to_council_id"]),
        ("parent", top["id"], low["id"]),
        ("process_leader", post, low["id"]),
    }
    assert (ties[asks]["count"], ties[asks]["waiting_count"]) == (1, 1)
    (leader,) = part_of(told, "process_leader", "bridging")["fillers"]
    assert (leader["kind"], leader["id"], leader["name"]) == ("post", post, None)
    await councils.made("/direction-answers", an_answer(made, low))
    ties = {(one["kind"], one["from_id"]): one for one in (await drawn(councils))["ties"]}
    assert ties["direction", made["council_id"]]["waiting_count"] == 0


async def test_the_model_is_written_version_by_version(councils: Signed) -> None:
    body = {"valid_from": day(-300), "parts": [PART], "reason": "Exempel"}
    first = await councils.made("/model-definitions", body)
    more = [
        PART,
        PART | {"level": "strategic", "function": "Forum", "filled_by": "strategic_forum"},
    ]
    second = await councils.made("/model-definitions", {"valid_from": day(0), "parts": more})
    later = await councils.made("/model-definitions", {"valid_from": day(30), "parts": more})
    for days, id_, count in ((-301, None, len(DEFAULT_MODEL)), (-1, first["id"], 1),
                             (0, second["id"], 2)):  # fmt: skip
        told = await drawn(councils, as_of=day(days))
        assert (told["model_definition_id"], len(told["parts"])) == (id_, count), days
    listed = (await councils.get("/model-definitions?in_force=true")).json()["items"]
    assert [one["id"] for one in listed] == [second["id"]]
    group = await council_in(councils, kind="working_group", level="bridging")
    (outside,) = (await drawn(councils))["outside"]
    assert (outside["id"], outside["level"]) == (group["id"], "bridging")
    again = await councils.post("/model-definitions", body)
    assert blamed(again) == (409, "valid_from", "taken")
    for more, field in (({"function": "råd"}, "function"), ({"function": "Annat"}, "filled_by")):
        twice = {"valid_from": day(60), "parts": [PART, PART | more]}
        refused = await councils.post("/model-definitions", twice)
        told = {(one["field"], one["code"]) for one in refused.json()["errors"]}
        assert (f"parts.1.{field}", "repeated") in told
    nothing = await councils.post("/model-definitions", {"valid_from": day(60), "parts": []})
    assert nothing.status_code == 422
    gone = await councils.delete(f"/model-definitions/{later['id']}", version=1)
    assert gone.status_code == 204


async def test_what_has_been_the_model_is_not_rewritten() -> None:
    today, before = date(2026, 3, 2), date(2026, 3, 1)
    rules.demand_changeable({"valid_from": before}, today, today)
    rules.demand_changeable({"valid_from": today}, before, today)
    with pytest.raises(Conflict):
        rules.demand_changeable({"valid_from": before}, before, today)


async def test_who_sees_some_councils_is_told_how_many_more_there_are(councils: Signed) -> None:
    await council_in(councils, name="Exempelrådet 7")
    told = part_of(await drawn(councils.by(MEMBER)), "industry_council")
    assert (told["state"], told["fillers"], told["hidden_count"]) == ("shell", [], 1)
    body = {"valid_from": day(0), "parts": [PART]}
    for caller in (READER, MEMBER, municipality("1472", "read", "write")):
        refused = await councils.by(caller).post("/model-definitions", body)
        assert refused.status_code == 403
