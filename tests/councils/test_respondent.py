"""Respondents: a link is one respondent's, and a withdrawn consent waits for nobody in vain."""

import asyncio
from uuid import UUID

from sqlalchemy import text

from services.councils.approval.sending import SENDER
from services.councils.contract.interview import InterviewDraft
from services.councils.interview.forgetting import FORGOTTEN
from services.councils.tables.need import NeedRow
from services.kit import ledger
from services.kit.store import change_row
from tests.callers import ANALYSIS, Signed, somebody
from tests.councils.test_approval import GAP, OTHER, SHEET, handed_over
from tests.councils.work import an_initiative, new_interview, typed


async def test_a_link_ends_where_another_is_to_answer(councils: Signed) -> None:
    url = await handed_over(councils)
    await councils.post(f"{url}/return", {"reason": "Exempel: fel företag"})
    found = (await councils.get(url)).json()
    draft = {name: found[name] for name in InterviewDraft.model_fields}
    same = await councils.put(url, draft | {"held_on": "2026-02-27"}, version=found["version"])
    assert (await councils.by(ANALYSIS).get(SHEET)).json()["state"] == "changing"
    other = draft | {"actor_id": somebody()}
    assert (await councils.put(url, other, version=same.json()["version"])).status_code == 200
    assert (await councils.by(ANALYSIS).get(SHEET)).json()["state"] == "revoked"


async def test_a_withdrawal_waits_for_who_has_a_need_in_hand(councils: Signed) -> None:
    interview = await new_interview(councils)
    answer = (await typed(councils, interview, GAP))["saved"][0]
    need = await councils.made(f"/answers/{answer['id']}/need", {"horizon": "short"})
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with councils.app.state.database.writing(SENDER) as db:
        await change_row(db, NeedRow, UUID(need["id"]), horizon="long")
        withdrawing = asyncio.create_task(councils.post(f"/interviews/{interview['id']}/withdraw"))
        while not await db.scalar(waiting):  # noqa: ASYNC110 - nothing tells that it waits
            await asyncio.sleep(0.02)
    assert (await withdrawing).status_code == 200
    kept = (await councils.get(f"/needs/{need['id']}")).json()
    assert (kept["horizon"], GAP["gap"] in kept["statement"]) == ("long", False)


async def test_words_that_an_answer_had_before_it_was_written_anew_go_too(councils: Signed) -> None:
    interview = await new_interview(councils)
    answer = (await typed(councils, interview, GAP, OTHER))["saved"][0]
    asked = f"/answers/{answer['id']}/need"
    early = await councils.made(asked, {"horizon": "short"})
    title = {"title": GAP["gap"], "need_ids": [early["id"]]}
    initiative = await councils.made("/initiatives", an_initiative(**title))
    anew = GAP | {"gap": "Exempel: två har sökt sedan dess", "version": answer["version"]}
    assert (await typed(councils, interview, anew))["status_code"] == 200
    late = await councils.made(asked, {"horizon": "short", "statement": "Det behövs operatörer"})
    await councils.post(f"/interviews/{interview['id']}/withdraw")
    kept = [(await councils.get(f"/needs/{one['id']}")).json() for one in (early, late)]
    assert [one["statement"] for one in kept] == [FORGOTTEN, "Det behövs operatörer"]
    shown = (await councils.get(f"/initiatives/{initiative['id']}")).json()
    assert shown["title"] == FORGOTTEN
    async with councils.app.state.database.reading() as db:
        assert GAP["gap"] not in await db.scalar(
            text("SELECT string_agg(t::text, '') FROM ledger t")
        )
        assert await ledger.faults(db) == []
