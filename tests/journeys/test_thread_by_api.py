"""From a company's answer to an outcome, by the public API: a thread without breaks."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.journeys.running import House
from tests.journeys.telling import (
    DRAFT,
    council_with_meeting,
    decided,
    done,
    get,
    need_from_interview,
    people,
    put,
    thread_of,
)


@pytest.fixture
async def api(running: House) -> AsyncIterator[httpx.AsyncClient]:
    """The association's key."""
    async with running.api(running.key()) as client:
        yield client


async def test_from_an_answer_to_an_outcome_and_one_link_undone(
    api: httpx.AsyncClient, running: House
) -> None:
    who = await people(api)
    council, meeting = await council_with_meeting(api, who)
    need = await need_from_interview(api, who, council)
    assert need["council_id"] == council["id"]

    verdicts = (await get(api, f"/verdicts?need_id={need['id']}"))["items"]
    assert {verdict["horizon"] for verdict in verdicts} == {"short", "long"}
    short = next(verdict for verdict in verdicts if verdict["horizon"] == "short")
    assert short["lines"]
    assert short["conclusion"] in {"covered", "partly", "gap", "undecidable"}

    decision = await decided(api, need, meeting, who)
    initiative = await done(api, need, decision, who)
    thread = await thread_of(api, need)
    assert thread["breaks"] == []
    stages = {step["stage"] for step in thread["steps"]}
    assert stages >= {
        "interview", "gap", "need", "actor", "council", "decision", "initiative", "outcome",
    }  # fmt: skip

    draft = {name: initiative[name] for name in DRAFT}
    changed = await put(
        api, f"/initiatives/{initiative['id']}", draft | {"need_ids": [], "decision_id": None},
        initiative["version"],
    )  # fmt: skip
    broken = {found["kind"] for found in (await thread_of(api, need))["breaks"]}
    assert broken == {"decision_without_initiative"}
    changed = await put(
        api, f"/initiatives/{initiative['id']}", draft | {"decision_id": None}, changed["version"]
    )
    broken = {found["kind"] for found in (await thread_of(api, need))["breaks"]}
    assert broken == {"decision_without_initiative"}
    await put(api, f"/initiatives/{initiative['id']}", draft, changed["version"])
    assert (await thread_of(api, need))["breaks"] == []

    async with running.api(running.key("1472", "read,write")) as tibro:
        theirs = await thread_of(tibro, need)
        assert [step["thing"]["id"] for step in theirs["steps"]]
    async with running.api(running.key("1496", "read,write")) as skovde:
        assert (await skovde.get(f"/api/v1/needs/{need['id']}")).status_code == 404
        assert (await get(skovde, f"/threads?need_id={need['id']}"))["items"] == []
