"""Equality: what registers say of an occupation is asked for where the need says nothing."""

from pathlib import Path
from typing import Any

from services.councils.app import connect
from services.kit.switchboard import remote_line
from tests.analysis.conftest import Three
from tests.analysis.importing import employed, handed_in
from tests.callers import Signed
from tests.councils.builders import a_decision, blamed, meeting_in
from tests.councils.work import a_need, an_initiative
from tests.wire.test_apart import NOWHERE

UNEVEN = (("7522", "14", "män", 2024, 949), ("7522", "14", "kvinnor", 2024, 62))
EVEN = (("2654", "14", "män", 2024, 50), ("2654", "14", "kvinnor", 2024, 50))
TURNER, PRODUCER = {"occupation_code": "7522"}, {"occupation_code": "2654"}
HERE = {"municipality_codes": ["1472"]}
DUE = (422, "equality_check", "equality_check_due")


async def decided(councils: Signed, *needs: dict[str, Any]) -> Any:
    """The answer to a decision on needs without a look at equality."""
    made = [await councils.made("/needs", a_need(**need)) for need in needs]
    meeting = await meeting_in(councils)
    body = a_decision(meeting, need_ids=[need["id"] for need in made])
    return await councils.post("/decisions", body)


async def test_a_decision_on_an_occupation_that_the_register_calls_uneven_looks_at_equality(
    three: Three, tmp_path: Path
) -> None:
    before = await decided(three.councils, HERE | TURNER)
    assert before.status_code == 201, "an unknown share hinders no decision"
    await handed_in(three.analysis, tmp_path, employed(*UNEVEN, *EVEN))
    assert blamed(await decided(three.councils, HERE | PRODUCER, HERE | TURNER)) == DUE
    written = {"minority_share": "0.45", "minority_share_source": "Exempelstatistik"}
    for need in (HERE | PRODUCER, HERE, HERE | TURNER | written):
        assert (await decided(three.councils, need)).status_code == 201
    need = await three.councils.made("/needs", a_need(**HERE, **TURNER))
    made = await three.councils.made("/initiatives", an_initiative(need_ids=[need["id"]]))
    refused = await three.councils.post(
        f"/initiatives/{made['id']}/decide", {"decided_on": "2025-02-03"}
    )
    assert blamed(refused)[:2] == (422, "equality_check")


async def test_the_verdict_asks_for_the_check_where_a_decision_does(
    three: Three, tmp_path: Path
) -> None:
    await handed_in(three.analysis, tmp_path, employed(*UNEVEN, *EVEN))
    even = {"minority_share": "0.45", "minority_share_source": "Exempelstatistik"}
    uneven = even | {"minority_share": "0.10"}
    for occupation, share, own, due in (
        (TURNER, {}, None, True), (TURNER, even, False, False),
        (PRODUCER, {}, None, False), (PRODUCER, uneven, True, True), ({}, uneven, True, True),
    ):  # fmt: skip
        need = await three.councils.made("/needs", a_need(**(HERE | occupation | share)))
        assert need["equality_check_required"] is own, "what is written on the need itself"
        found = (await three.analysis.get(f"/verdicts?need_id={need['id']}")).json()["items"]
        assert [one["needs_equality_check"] for one in found] == [due, due]
        answer = await decided(three.councils, HERE | occupation | share)
        assert (answer.status_code == 422) is due


async def test_a_need_that_names_no_municipality_is_where_we_are_for_decisions_too(
    three: Three, tmp_path: Path
) -> None:
    elsewhere = (("7522", "01", "män", 2024, 9000), ("7522", "01", "kvinnor", 2024, 9000))
    country = (("7522", "00", "män", 2024, 9949), ("7522", "00", "kvinnor", 2024, 9062))
    await handed_in(three.analysis, tmp_path, employed(*UNEVEN, *elsewhere, *country))
    nowhere = TURNER | {"municipality_codes": []}
    assert (await decided(three.councils, nowhere)).status_code == 201, "the country is even"
    facts = {"name": "Exempelkommun", "kind": "municipality", "municipality_code": "1472"}
    await three.actors.made("/actors", facts)
    need = await three.councils.made("/needs", a_need(**nowhere))
    verdict = (await three.analysis.get(f"/verdicts?need_id={need['id']}")).json()["items"][0]
    assert verdict["needs_equality_check"] is True
    assert blamed(await decided(three.councils, nowhere)) == DUE


async def test_a_register_that_does_not_answer_hinders_no_decision(
    three: Three, tmp_path: Path
) -> None:
    await handed_in(three.analysis, tmp_path, employed(*UNEVEN))
    assert blamed(await decided(three.councils, HERE | TURNER)) == DUE
    await three.councils.app.state.wire.close()
    connect(three.councils.app, analysis=remote_line([NOWHERE]))
    assert (await decided(three.councils, HERE | TURNER)).status_code == 201
