"""Where a fact comes from, and that it is an example, is kept or not taken, never lost."""

from typing import Any

import pytest

from services.kit.contract import Draft, Sent
from tests.callers import Signed
from tests.councils.builders import a_meeting, a_seat, blamed, council_in, day
from tests.councils.work import a_need

MARKS = {"source": "Protokoll", "example": True}


@pytest.mark.parametrize(
    ("turn", "body"),
    [
        ("meet", {"met_on": day(0), "evidence": "Lista"}),
        ("drop", {"reason": "Inget"}),
        ("split", {"parts": [a_need(), a_need()]}),
    ],
)
async def test_a_turn_that_keeps_no_marks_takes_none(
    councils: Signed, turn: str, body: dict[str, Any]
) -> None:
    need = await councils.made("/needs", a_need())
    refused = await councils.post(f"/needs/{need['id']}/{turn}", body | MARKS)
    assert blamed(refused) == (422, "source", "extra_forbidden")
    assert (await councils.post(f"/needs/{need['id']}/{turn}", body)).status_code == 200


async def test_the_phases_of_a_council_keep_what_they_rest_on(councils: Signed) -> None:
    council = await council_in(councils, starts_on=day(-9))
    url = f"/councils/{council['id']}"
    await councils.made(
        f"{url}/move", {"phase": "dormant", "on": day(-3), "reason": "Vila"} | MARKS
    )
    await councils.made(f"{url}/close", {"closed_on": day(-1), "reason": "other"} | MARKS)
    await councils.made(f"{url}/reopen", {"reason": "Fel råd"} | MARKS)
    found = (await councils.get(f"/phases?council_id={council['id']}")).json()["items"]
    marks = {one["number"]: (one["source"], one["example"]) for one in found}
    kept = ("Protokoll", True)
    assert marks == {1: (None, False), 2: kept, 3: kept, 4: kept}


async def test_who_is_invited_has_the_marks_of_the_meeting(councils: Signed) -> None:
    council = await council_in(councils)
    await councils.made("/seats", a_seat(council))
    meeting = await councils.made("/meetings", a_meeting(council) | MARKS)
    (invited,) = (await councils.made(f"/meetings/{meeting['id']}/invite", None))["items"]
    assert (invited["source"], invited["example"]) == ("Protokoll", True)


def test_a_draft_has_marks_and_what_is_merely_sent_has_none() -> None:
    assert set(Draft.model_fields) == set(MARKS)
    assert not Sent.model_fields
