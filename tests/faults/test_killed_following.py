"""Analysis is killed while it follows the others: each event is applied once, none is missed."""

import asyncio
import signal
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from pathlib import Path

import orjson
import pytest

from services.kit.errors import Unavailable
from services.kit.switchboard import Switchboard, remote_line
from tests.callers import LEADER
from tests.faults.conftest import Tell
from tests.faults.programs import Programs, until

ACTORS, ANALYSIS = "kompetensnav_actors", "kompetensnav_analysis"
MANY = """
SELECT set_config('app.actor', 'test', false), set_config('app.request_id', 'test', false);
INSERT INTO actor (id, version, created_at, updated_at, name, kind, sni_codes, given_fields,
    example)
SELECT gen_random_uuid(), 1, now(), now(), 'Exempelföretag ' || gen_random_uuid(), 'company',
    '{}', '{}', false FROM generate_series(1, 2500)
"""
# Written in the transaction that applies an event, and slow enough to be killed in the middle.
WATCHED = """
DELETE FROM projected; DELETE FROM feed_cursor;
CREATE TABLE applied (seq bigint);
CREATE FUNCTION apply() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.service = 'actors' THEN
    INSERT INTO applied VALUES (NEW.source_seq); PERFORM pg_sleep(0.0001);
  END IF; RETURN NULL; END $$;
CREATE TRIGGER applied AFTER INSERT OR UPDATE ON projected FOR EACH ROW EXECUTE FUNCTION apply()
"""
UNWATCHED = "DROP TRIGGER applied ON projected; DROP FUNCTION apply; DROP TABLE applied"
CURSOR = "SELECT seq, encode(hash, 'hex') FROM feed_cursor WHERE service = 'actors'"
HEAD = "SELECT seq, encode(hash, 'hex') FROM ledger ORDER BY seq DESC LIMIT 1"


async def _follows(split: Programs, address: str) -> None:
    """Ask one replica what it must follow the others for, until it has followed to the end."""
    folder = Path(split.house.environment["DATA_DIR"])
    keys = {
        pair: key.encode()
        for pair, key in orjson.loads((folder / "service_keys.json").read_bytes()).items()
    }

    async def answered() -> bool:
        wire = Switchboard(keys, {"analysis": remote_line([address])})
        try:
            reply = await wire.ask("analysis", "GET", "/breaks", caller=LEADER)
        except Unavailable:
            return False
        finally:
            await wire.close()
        return reply.status == HTTPStatus.OK

    await until(answered)


async def _asked(split: Programs, database: str, *statements: str) -> str:
    return await asyncio.to_thread(split.server.ask, database, *statements)


@pytest.fixture
def watched(split: Programs) -> Iterator[None]:
    """An analysis that knows nothing yet, in front of a long feed, and writes down what it does."""
    split.server.ask(ACTORS, MANY)
    split.server.ask(ANALYSIS, WATCHED)
    yield
    split.server.ask(ANALYSIS, UNWATCHED)


@pytest.mark.usefixtures("watched")
async def test_each_event_is_applied_once(split: Programs, tell: Tell) -> None:
    replicas = split.named("analysis")
    async with asyncio.TaskGroup() as following:
        for one in replicas:
            following.create_task(_follows(split, one.address))
        await until(partial(_asked, split, ANALYSIS, CURSOR))
        for one in replicas:
            one.tell(signal.SIGKILL)
        half = await _asked(split, ANALYSIS, "SELECT count(*) FROM applied")
    applied = "SELECT count(*), count(DISTINCT seq), max(seq) FROM applied"
    whole = "SELECT count(*), count(*), max(seq) FROM ledger"
    assert await _asked(split, ANALYSIS, applied) == await _asked(split, ACTORS, whole)
    assert await _asked(split, ANALYSIS, CURSOR) == await _asked(split, ACTORS, HEAD)
    every = int(await _asked(split, ACTORS, "SELECT count(*) FROM ledger"))
    assert 0 < int(half) < every
    tell(f"{half} of {every} events applied before the kill, each of them once afterwards")
