"""A rewritten ledger: the doctor and the follower find it, and nobody goes on as if nothing was."""

import asyncio
from typing import Any

import asyncpg
import orjson
import pytest

from services.kit import anchor
from tests.analysis.conftest import Three
from tests.callers import Signed
from tests.kit.test_ledger import REWRITE
from tests.operations.asking import ask

ACTOR = {"name": "Exempelkommun 1", "kind": "municipality"}
READY = "/readyz"


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No program anchors by itself while a test looks, however long that takes."""
    monkeypatch.setattr(anchor, "SOON_SECONDS", 3600.0)


async def rewrite(service: Signed) -> None:
    """What the owner of a database can do to a ledger: every entry anew, the chain whole."""
    url = service.app.state.settings.database_url.replace("+asyncpg", "")
    owner = await asyncpg.connect(url)
    await owner.execute(REWRITE)
    await owner.close()


def command(service: Signed, *words: str) -> Any:
    """A command of an installation in its service's container."""
    settings = service.app.state.settings
    where = {"DATA_DIR": str(settings.data_dir), "DATABASE_URL": settings.database_url}
    return ask(*words, **where)


async def looked(service: Signed, program: str, *whats: str) -> list[tuple[bool, str]]:
    """What the doctor says of some things."""
    said = await asyncio.to_thread(command, service, "doctor", "--json", "--program", program)
    found = {line["what"]: line for line in map(orjson.loads, said.stdout.splitlines())}
    return [(found[what]["well"], found[what]["how"]) for what in whats]


async def test_the_doctor_finds_a_ledger_that_was_written_anew(actors: Signed) -> None:
    ((well, how),) = await looked(actors, "actors", "actors: ledger")
    assert (well, how) == (True, "the chain is whole")
    await actors.made("/actors", ACTOR)
    ((well, how),) = await looked(actors, "actors", "actors: ledger")
    assert (well, how.partition(":")[0]) == (False, "no anchor")
    await anchor.keep(actors.app.state)
    ((well, how),) = await looked(actors, "actors", "actors: ledger")
    assert (well, how[:43]) == (True, "the chain is whole, anchored to entry 1 at ")
    await rewrite(actors)
    ((well, how),) = await looked(actors, "actors", "actors: ledger")
    assert (well, how[:38]) == (False, "it is not the ledger that was anchored")
    words = ("ledger", "accept", "actors", "--why", "Exempelkopian lades tillbaka")
    assert (await asyncio.to_thread(command, actors, *words)).returncode == 0
    assert (await looked(actors, "actors", "actors: ledger"))[0][0]
    file = actors.app.state.settings.data_dir / "anchors" / "actors.jsonl"
    with file.open("ab") as lines:
        lines.write(file.read_bytes().splitlines()[-1].replace(b"Exempel", b"Annan"))
    ((well, how),) = await looked(actors, "actors", "actors: ledger")
    assert (well, how) == (False, "1 anchors whose signature does not hold")


async def test_a_follower_begins_again_and_says_so_until_somebody_accepts_it(three: Three) -> None:
    await three.actors.made("/actors", ACTOR)
    search = "/search?q=Exempelkommun"
    assert (await three.analysis.get(search)).json()["items"]
    whats = ("analysis: ledger", "analysis: follows actors")
    assert [well for well, _ in await looked(three.analysis, "analysis", *whats)] == [True, True]
    await rewrite(three.actors)
    for _ in range(2):
        found = (await three.analysis.get("/search?q=Annat")).json()["items"]
        assert [one["label"] for one in found] == ["Annat"]
        assert (await three.analysis.http.get(READY)).json()["doubts"] == {"actors": "diverged"}
    (_, (well, how)) = await looked(three.analysis, "analysis", *whats)
    assert (well, how[-32:]) == (False, "it was not the one followed to 1")
    words = ("ledger", "accept", "analysis", "--why", "Exempel")
    assert (await asyncio.to_thread(command, three.analysis, *words)).returncode == 0
    await three.analysis.get(search)
    assert "doubts" not in (await three.analysis.http.get(READY)).json()
    assert (await looked(three.analysis, "analysis", *whats))[1][0]
