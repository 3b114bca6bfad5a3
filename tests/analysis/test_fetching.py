"""Fetching: all of an answer becomes what a source says, or the last good snapshot stands."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from services.analysis.connector.actions import claim
from services.analysis.connector.keeper import SPEAKER
from services.analysis.connector.queries import due
from services.analysis.connector.rules import AFTER_FAILURE, LEASE, Broken, is_due
from services.analysis.contract.source import FetchFailure, SourceKind
from services.analysis.snapshot.actions import Said
from services.analysis.source.queries import source_called
from services.kit import clock
from tests.analysis.register import (
    Answer,
    Register,
    errand_of,
    fetch_again,
    fetched,
    register_running,
    rows_now,
    source_draft,
    source_now,
)
from tests.analysis.test_pxweb import CONFIG, SELECTION, describes, pxweb, table
from tests.callers import MEMBER, Signed, municipality

MORE = {"table_code": "TAB1", "selection": SELECTION}
DATA = "/tables/TAB1/data"


@pytest.fixture
async def good(analysis: Signed, register: Register) -> Any:
    """A source that was fetched once, and went well."""
    said, source = await fetched(analysis, pxweb(register), "pxweb", **MORE)
    assert isinstance(said, Said), said
    assert source["failed_at"] is None
    return source


WRONG = {
    "no answer": (Answer(cut=0), "unreachable"),
    "half a body": (Answer(table(), cut=120), "unreachable"),
    "half a JSON": (Answer(b'{"version": "2.0", "class": "dat'), "unreadable"),
    "a page of HTML": (Answer(b"<html>"), "unreadable"),
    "a missing page": (Answer({"title": "Not found"}, 404), "answered_no"),
    "an error": (Answer({"title": "Oops"}, 503), "answered_no"),
    "busy": (Answer({}, 429), "busy"),
    "empty": (table(value=[]), "unreadable"),
    "fewer": (table(value=[1, 2, 3]), "unreadable"),
    "words": (table(value=["ett"] * 8), "unreadable"),
    "a list": ([1], "unreadable"),
    "another area": (table(areas=("1472", "9999")), "incomplete"),
    "another column": (table(about="Kommun"), "incomplete"),
    "slow": (Answer(b"0", endless=True, pause=0.05), "slow"),
    "endless": (Answer(b"0" * 900_000, endless=True), "too_large"),
    "moved away": (Answer(status=302, headers=(("location", "https://evil.test/"),)), "refused"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_a_failed_fetch_leaves_the_last_good_snapshot(
    analysis: Signed, register: Register, good: dict[str, Any], name: str
) -> None:
    answer, kind = WRONG[name]
    before = await rows_now(analysis)
    register.at(DATA, answer)
    assert isinstance(await fetch_again(analysis), Broken)
    source = await source_now(analysis)
    assert source["failure_kind"] == kind, source["failure"]
    assert source["failure"]
    assert source["failed_at"] > good["fetched_at"]
    assert source["fetching_at"] is None
    kept = ("latest_snapshot_id", "fetched_at", "snapshot_count")
    assert [source[one] for one in kept] == [good[one] for one in kept]
    assert await rows_now(analysis) == before
    assert len(list(analysis.app.state.shelf.folder.iterdir())) == 1
    register.at(DATA, table())
    assert isinstance(await fetch_again(analysis), Said)
    source = await source_now(analysis)
    assert [source[one] for one in ("failed_at", "failure", "failure_kind")] == [None] * 3


async def test_columns_that_indicators_need_are_not_gone(
    analysis: Signed, register: Register, good: dict[str, Any]
) -> None:
    await analysis.made("/indicators", describes(good["id"]))
    register.at(DATA, table(measure="N2"))
    register.at("/tables/TAB1/metadata", table(measure="N2"))
    await fetch_again(analysis)
    source = await source_now(analysis)
    assert source["failure_kind"] == "changed"
    assert "column N1" in source["failure"]
    assert source["latest_snapshot_id"] == good["latest_snapshot_id"]
    assert len(list(analysis.app.state.shelf.folder.iterdir())) == 1


async def test_the_same_content_is_no_new_snapshot(
    analysis: Signed, register: Register, good: dict[str, Any]
) -> None:
    # The same figures with areas and sexes in another order.
    register.at(DATA, table(areas=("1473", "1472"), value=[5, 6, 7, 8, 1, 2, 3, None],
                            status={"7": ".."}))  # fmt: skip
    said = await fetch_again(analysis)
    assert isinstance(said, Said)
    assert not said.new
    source = await source_now(analysis)
    assert (source["snapshot_count"], source["latest_snapshot_id"]) == (
        1, good["latest_snapshot_id"],
    )  # fmt: skip
    assert source["fetched_at"] > good["fetched_at"]
    register.at(DATA, table(value=[9, 2, 3, None, 5, 6, 7, 8]))
    said = await fetch_again(analysis)
    assert isinstance(said, Said)
    assert said.new
    assert said.snapshot["previous_id"] is not None


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
    keeper = analysis.app.state.keeper
    others = [type(keeper)(errand_of(analysis), by_rhythm=True) for _ in range(3)]
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
    old = first | {"fetching_at": now - 2 * LEASE}
    second = await claim(database, SPEAKER, old)
    assert second is not None
    late = await fetch_claimed_late(analysis, first)
    assert isinstance(late, Broken)
    told = await source_now(analysis)
    assert (told["snapshot_count"], told["failed_at"]) == (0, None)
    assert told["fetching_at"] is not None


async def fetch_claimed_late(analysis: Signed, first: Any) -> Any:
    from services.analysis.connector.actions import fetch_claimed  # noqa: PLC0415

    return await fetch_claimed(errand_of(analysis), SPEAKER, first)


async def test_what_is_asked_may_not_change_meanwhile(analysis: Signed, register: Register) -> None:
    pxweb(register)
    await analysis.made("/sources", source_draft("pxweb", register.url, **MORE))

    def meanwhile(_asked: Any) -> Answer:
        return Answer(table(), pause=0.3)

    register.at(DATA, meanwhile)
    running = asyncio.create_task(fetch_again(analysis))
    await asyncio.sleep(0.15)
    now = await source_now(analysis)
    assert now["fetching_at"] is not None
    draft = source_draft("pxweb", register.url, **MORE) | {"table_code": "TAB2"}
    changed = await analysis.put(f"/sources/{now['id']}", draft, version=now["version"])
    assert changed.status_code == 200, changed.text
    assert isinstance(await running, Broken)
    told = await source_now(analysis)
    assert (told["failure_kind"], told["snapshot_count"]) == ("changed", 0)


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


async def test_a_source_s_address_reaches_only_its_own_kind_s_hosts(analysis: Signed) -> None:
    async with register_running() as canary:
        for at, address in enumerate((canary.url, "https://169.254.169.254/api",
                                      "https://api.kolada.se/v3")):  # fmt: skip
            key = f"k{at}"
            await analysis.made("/sources", source_draft("pxweb", address, key=key, **MORE))
            said = await fetch_again(analysis, key, loopback=False)
            assert isinstance(said, Broken)
            assert said.kind is FetchFailure.refused
        assert canary.asked == []


async def test_a_host_that_the_settings_add(analysis: Signed) -> None:
    draft = source_draft("pxweb", "https://api.exempel.test/v2", **MORE)
    await analysis.made("/sources", draft)
    asked: list[str] = []

    async def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["10.0.0.1"]

    await fetch_again(analysis, resolve=resolve)
    assert asked == []
    said = await fetch_again(analysis, resolve=resolve, hosts={"pxweb": ["api.exempel.test"]})
    assert isinstance(said, Broken)
    assert (asked, said.kind) == (["api.exempel.test"], FetchFailure.refused)


async def test_a_whole_fetch_ends_in_time(analysis: Signed, register: Register) -> None:
    pxweb(register)
    register.at("/config", Answer(CONFIG, pause=0.3))
    await analysis.made("/sources", source_draft("pxweb", register.url, **MORE))
    said = await fetch_again(analysis, within=0.1)
    assert isinstance(said, Broken)
    assert said.kind is FetchFailure.slow


async def test_rows_of_a_snapshot_page_by_page(analysis: Signed, good: dict[str, Any]) -> None:
    path = f"/snapshots/{good['latest_snapshot_id']}/rows"
    first = (await analysis.by(MEMBER).get(f"{path}?limit=3")).json()
    assert (len(first["items"]), first["count"]) == (3, 8)
    found, following = first["items"], first["next"]
    while following:
        page = (await analysis.get(following)).json()
        found, following = found + page["items"], page["next"]
    assert found == await rows_now(analysis)
    assert len(found) == 8


async def test_a_program_that_stops_leaves_what_was_asked(
    analysis: Signed, register: Register
) -> None:
    keeper = analysis.app.state.keeper
    other = type(keeper)(errand_of(analysis), by_rhythm=False)
    source = await analysis.made("/sources", source_draft("pxweb", register.url, **MORE))
    pxweb(register)
    register.at(DATA, Answer(table(), pause=5))
    keeper.wake = lambda: None
    await analysis.post(f"/sources/{source['id']}/fetch")
    running = asyncio.create_task(replace_limits(other).fetch_due())
    await asyncio.sleep(0.3)
    assert (await source_now(analysis))["fetching_at"] is not None
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    now = await source_now(analysis)
    assert (now["fetching_at"], now["failed_at"]) == (None, None)
    assert now["fetch_asked_at"] is not None


def replace_limits(keeper: Any) -> Any:
    keeper.errand = replace(keeper.errand, limits=replace(keeper.errand.limits, seconds_a_call=9))
    return keeper
