"""Fetching: all of an answer becomes what a source says, or the last good snapshot stands."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from services.analysis.connector.rules import Broken
from services.analysis.contract.source import FetchFailure
from services.analysis.snapshot.actions import Said
from services.analysis.snapshot.shelf import Shelf
from tests.analysis.register import (
    Answer,
    Register,
    fetch_again,
    fetched,
    register_running,
    rows_now,
    source_draft,
    source_now,
)
from tests.analysis.test_pxweb import CONFIG, SELECTION, describes, pxweb, table
from tests.callers import MEMBER, Signed

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


async def test_a_disk_that_takes_nothing_is_told(
    analysis: Signed, register: Register, good: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "full").write_bytes(b"")
    register.at(DATA, table(value=[9, 2, 3, None, 5, 6, 7, 8]))
    await fetch_again(analysis, shelf=Shelf(tmp_path / "full"))
    source = await source_now(analysis)
    assert source["failure_kind"] == "unkept"
    assert source["latest_snapshot_id"] == good["latest_snapshot_id"]


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

    await fetch_again(analysis, resolve=resolve, loopback=False)
    assert asked == []
    await fetch_again(analysis, resolve=resolve, hosts={"pxweb": ["api.exempel.test"]})
    assert asked == [], "with the tests' setting no other host is asked for"
    more = {"pxweb": ["api.exempel.test"]}
    said = await fetch_again(analysis, resolve=resolve, hosts=more, loopback=False)
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
