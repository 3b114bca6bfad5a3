"""The keeper: what was asked is fetched beside the answers, once, by whichever program is free."""

import asyncio
from dataclasses import replace

import pytest

from services.analysis.connector.actions import claim, fetch_claimed
from services.analysis.connector.keeper import SPEAKER, Keeper
from services.analysis.connector.queries import due
from services.analysis.connector.rules import AFTER_FAILURE, LEASE, Broken, is_due
from services.analysis.contract.source import SourceKind
from services.analysis.source.queries import source_called
from services.kit import clock
from tests.analysis.register import (
    QUICK,
    Answer,
    Register,
    errand_of,
    source_draft,
    source_now,
)
from tests.analysis.test_fetching import DATA, MORE
from tests.analysis.test_pxweb import pxweb, table
from tests.callers import MEMBER, Signed, municipality


async def test_who_asks_is_answered_at_once_and_the_keeper_fetches(
    analysis: Signed, register: Register
) -> None:
    keeper = analysis.app.state.keeper
    keeper.errand = errand_of(analysis)
    source = await analysis.made("/sources", source_draft("pxweb", register.url, **MORE))
    pxweb(register)
    answer = await analysis.post(f"/sources/{source['id']}/fetch")
    assert answer.status_code == 202, answer.text
    assert answer.json()["fetch_asked_at"] is not None
    for _ in range(100):
        now = await source_now(analysis)
        if now["fetched_at"]:
            break
        await asyncio.sleep(0.05)
    assert now["snapshot_count"] == 1
    assert (now["fetch_asked_at"], now["fetching_at"]) == (None, None)


async def test_who_may_ask_and_for_what(analysis: Signed) -> None:
    keeper = analysis.app.state.keeper
    keeper.wake = lambda: None
    source = await analysis.made("/sources", source_draft("kolada", None))
    path = f"/sources/{source['id']}/fetch"
    assert (await analysis.by(MEMBER).post(path)).status_code == 403
    assert (await analysis.by(municipality("1472")).post(path)).status_code == 403
    handed = await analysis.made("/sources", source_draft("csv", None, key="fil"))
    refused = await analysis.post(f"/sources/{handed['id']}/fetch")
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["code"] == "not_fetched"
    missing = "/sources/0190c0de-0000-7000-8000-000000000000/fetch"
    assert (await analysis.post(missing)).status_code == 404


async def test_two_keepers_fetch_a_source_once(analysis: Signed, register: Register) -> None:
    others = [Keeper(errand_of(analysis), by_rhythm=True) for _ in range(3)]
    await analysis.made("/sources", source_draft("pxweb", register.url, **MORE))
    pxweb(register)
    register.at(DATA, Answer(table(), pause=0.2))
    tried = await asyncio.gather(*(one.fetch_due() for one in others))
    assert sorted(tried) == [0, 0, 1]
    assert len(register.asked_at(DATA)) == 1


async def test_a_claim_that_ended_is_another_s(analysis: Signed, register: Register) -> None:
    pxweb(register)
    await analysis.made("/sources", source_draft("pxweb", register.url, **MORE))
    database = analysis.app.state.database
    async with database.reading() as db:
        source = await source_called(db, "provet")
    assert source is not None
    first = await claim(database, SPEAKER, source)
    assert first is not None
    assert await claim(database, SPEAKER, source) is None
    now = clock.now()
    assert not is_due(first | {"fetch_asked_at": now}, now, by_rhythm=True)
    assert is_due(first | {"fetch_asked_at": now}, now + LEASE, by_rhythm=True)
    assert is_due(first, now + LEASE, by_rhythm=False), "what was broken off is begun again"
    old = first | {"fetching_at": now - 2 * LEASE}
    second = await claim(database, SPEAKER, old)
    assert second is not None
    late = await fetch_claimed(errand_of(analysis), SPEAKER, first)
    assert isinstance(late, Broken)
    told = await source_now(analysis)
    assert (told["snapshot_count"], told["failed_at"]) == (0, None)
    assert told["fetching_at"] is not None


@pytest.mark.parametrize("rhythm", ["daily", "monthly", "twice_a_year", "yearly"])
def test_a_register_is_asked_by_its_rhythm(rhythm: str) -> None:
    now = clock.now()
    source = {"fetching_at": None, "fetch_asked_at": None, "fetched_at": None,
              "failed_at": None, "update_rhythm": rhythm}  # fmt: skip
    assert is_due(source, now, by_rhythm=True)
    assert not is_due(source, now, by_rhythm=False)
    assert not is_due(source | {"fetched_at": now}, now, by_rhythm=True)
    assert not is_due(source | {"failed_at": now}, now, by_rhythm=True)
    assert is_due(source | {"failed_at": now - AFTER_FAILURE}, now, by_rhythm=True)
    for ended in ("ended", "irregular"):
        assert not is_due(source | {"update_rhythm": ended}, now, by_rhythm=True)


async def test_only_what_is_fetched_is_due(analysis: Signed) -> None:
    for kind in ("csv", "pxweb"):
        await analysis.made("/sources", source_draft(kind, None, key=kind))
    async with analysis.app.state.database.reading() as db:
        found = await due(db, [SourceKind.pxweb], clock.now(), by_rhythm=True)
    assert [one["key"] for one in found] == ["pxweb"]


async def test_by_default_nothing_goes_out_that_nobody_asked_for(
    analysis: Signed, register: Register
) -> None:
    pxweb(register)
    await analysis.made("/sources", source_draft("pxweb", register.url, **MORE))
    assert await analysis.app.state.keeper.fetch_due() == 0
    assert register.asked == []


async def test_a_program_that_stops_leaves_what_was_asked(
    analysis: Signed, register: Register
) -> None:
    keeper = analysis.app.state.keeper
    patient = replace(QUICK, seconds_a_call=9)
    other = Keeper(errand_of(analysis, limits=patient), by_rhythm=False)
    source = await analysis.made("/sources", source_draft("pxweb", register.url, **MORE))
    pxweb(register)
    register.at(DATA, Answer(table(), pause=5))
    keeper.wake = lambda: None
    await analysis.post(f"/sources/{source['id']}/fetch")
    running = asyncio.create_task(other.fetch_due())
    await asyncio.sleep(0.3)
    assert (await source_now(analysis))["fetching_at"] is not None
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    now = await source_now(analysis)
    assert (now["fetching_at"], now["failed_at"]) == (None, None)
    assert now["fetch_asked_at"] is not None
