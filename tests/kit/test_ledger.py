"""The ledger: no gaps, whole chain, no decay, no way around it, and a witness for rewriting."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import asyncpg
import orjson
import pytest
from sqlalchemy import text

from services.kit import anchor, clock, ledger
from services.kit.collection import When, one_statement
from services.kit.db import Database
from services.kit.ledger import Head
from services.kit.reading import compiled
from services.kit.store import insert_row, insert_rows
from tests.callers import ANALYSIS, ASSOCIATION, LEADER, Signed
from tests.kit.toy import SHELVES, ShelfDraft, ShelfRow

REWRITE = """
ALTER TABLE ledger DISABLE TRIGGER ledger_frozen;
DO $$ DECLARE r record; p bytea := sha256('genesis'::bytea); s bytea; d bytea; n bytea; BEGIN
  FOR r IN SELECT * FROM ledger ORDER BY seq LOOP
    s := uuid_send(gen_random_uuid());
    d := sha256(s || convert_to(jsonb_build_array(r.before, r.after || '{"name": "Annat"}')::text,
                                'UTF8'));
    n := ledger_hash(p, r.seq, r.at, r.actor, r.request_id, r.entity, r.key, r.op, d);
    UPDATE ledger SET after = r.after || '{"name": "Annat"}', salt = s, digest = d, prev = p,
      hash = n WHERE seq = r.seq;
    p := n;
  END LOOP;
END $$;
ALTER TABLE ledger ENABLE TRIGGER ledger_frozen;
"""


@pytest.fixture
async def database(toy_url: str) -> AsyncIterator[Database]:
    """The toy's database, without its service."""
    found = Database(toy_url, pool_size=10)
    yield found
    await found.close()


@pytest.fixture
async def administrator(toy_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Somebody with every right in the database."""
    found = await asyncpg.connect(toy_url.replace("+asyncpg", ""))
    yield found
    await found.close()


async def write(database: Database, count: int) -> None:
    """So many transactions of one new shelf each."""
    for _ in range(count):
        async with database.writing(LEADER) as db:
            await insert_row(db, ShelfRow, ShelfDraft(name="Hylla"))


async def test_concurrent_writers_leave_no_gap_and_a_reader_never_skips(
    database: Database,
) -> None:
    seen: list[int] = []

    async def read() -> None:
        async with database.reading() as db:
            while len(seen) < 400:
                after = seen[-1] if seen else 0
                rows = await db.execute(
                    ledger.ledger.select()
                    .with_only_columns(ledger.ledger.c.seq)
                    .where(ledger.ledger.c.seq > after)
                    .order_by(ledger.ledger.c.seq)
                )
                seen.extend(row.seq for row in rows)

    async with asyncio.timeout(30):
        await asyncio.gather(read(), *(write(database, 50) for _ in range(8)))
    assert seen == list(range(1, 401))
    async with database.reading() as db:
        assert await ledger.faults(db) == []


async def test_no_decay_while_a_snapshot_is_held(
    database: Database, administrator: asyncpg.Connection
) -> None:
    """With a head row each write would walk its dead versions; ratios within one run."""

    async def seconds(count: int) -> float:
        began = time.perf_counter()
        await write(database, count)
        return time.perf_counter() - began

    await write(database, 50)
    async with administrator.transaction(isolation="repeatable_read"):
        await administrator.fetch("SELECT 1 FROM shelf")
        first = min([await seconds(100) for _ in range(3)])
        await write(database, 600)
        last = min([await seconds(100) for _ in range(3)])
    assert last < first * 3


async def test_a_write_without_a_name_is_refused(administrator: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
        await administrator.execute(
            "INSERT INTO shelf (id, version, created_at, updated_at, name, colour, tags, example) "
            "VALUES (gen_random_uuid(), 1, now(), now(), 'x', 'red', '{}', false)"
        )


async def test_nothing_goes_around_the_ledger(
    database: Database, administrator: asyncpg.Connection
) -> None:
    await write(database, 1)
    for statement in (
        "TRUNCATE shelf CASCADE",
        "TRUNCATE ledger",
        "DELETE FROM ledger",
        "UPDATE ledger SET actor = 'x'",
        "TRUNCATE ledger_head",
        "DELETE FROM ledger_head",
        "TRUNCATE idempotency",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await administrator.execute(statement)


async def test_secret_columns_stay_out_of_the_images(
    database: Database, administrator: asyncpg.Connection
) -> None:
    async with database.writing(LEADER) as db:
        await insert_row(db, ShelfRow, ShelfDraft(name="Hylla"), pin="hemlig-4711")
    images = await administrator.fetchval("SELECT string_agg(after::text, '') FROM ledger")
    assert "Hylla" in images
    assert "hemlig" not in images
    assert '"pin"' not in images


async def test_a_table_without_secrets_is_kept_whole(
    toy: Signed, administrator: asyncpg.Connection
) -> None:
    shelf = await toy.made("/shelves", {"name": "Hylla"})
    loan = {"shelf_id": shelf["id"], "valid_from": "2026-01-01", "pages": 7}
    made = await toy.made("/loans", loan)
    image = await administrator.fetchrow(
        "SELECT row_version, after->>'pages' AS pages FROM ledger WHERE entity = 'loan'"
    )
    assert (image["row_version"], image["pages"]) == (made["version"], "7")


@pytest.mark.parametrize(
    "tampering",
    [
        'UPDATE ledger SET after = after || \'{"name": "y"}\' WHERE seq = 2',
        "UPDATE ledger SET actor = 'user:other' WHERE seq = 2",
        "DELETE FROM ledger WHERE seq = 2",
        "UPDATE ledger SET before = NULL, after = NULL, salt = NULL WHERE seq = 2",
    ],
)
async def test_the_chain_itself_shows_simple_tampering(
    database: Database, administrator: asyncpg.Connection, tampering: str
) -> None:
    await write(database, 3)
    await administrator.execute("ALTER TABLE ledger DISABLE TRIGGER ledger_frozen")
    await administrator.execute(tampering)
    async with database.reading() as db:
        assert await ledger.faults(db) != []


@pytest.mark.parametrize("tampering", [REWRITE, "cut"])
async def test_a_rewritten_chain_or_cut_tail_is_found_by_the_witness(
    database: Database, administrator: asyncpg.Connection, tmp_path: Path, tampering: str
) -> None:
    await write(database, 5)
    await anchor.write(database, "toy", tmp_path)
    if tampering == "cut":
        await administrator.execute(
            "ALTER TABLE ledger DISABLE TRIGGER ledger_frozen; DELETE FROM ledger WHERE seq > 3"
        )
    else:
        await administrator.execute(tampering)
    witness = anchor.latest(tmp_path, "toy")
    async with database.reading() as db:
        assert await ledger.faults(db) == []
        assert await ledger.faults(db, witness.head) == [(5, "witness")]
    await write(database, 4)
    assert await anchor.write(database, "toy", tmp_path) == "diverged"
    assert anchor.latest(tmp_path, "toy") == witness, "no anchor vouches for what was forged"


async def test_a_ledger_is_anchored_where_it_has_grown(database: Database, tmp_path: Path) -> None:
    for count in (0, 2, 0, 1):
        await write(database, count)
        assert await anchor.write(database, "toy", tmp_path) == ""
    file = tmp_path / "anchors" / "toy.jsonl"
    assert len(file.read_bytes().splitlines()) == 2
    assert anchor.latest(tmp_path, "toy").head.seq == 3


async def test_a_ledger_that_grows_fast_does_not_wait_for_its_hour(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anchor, "FAR", 4)
    anchored = []
    for count in (1, 1, 1, 3, 4, 1):
        await write(database, count)
        await anchor.write(database, "toy", tmp_path, due=False)
        anchored.append(anchor.latest(tmp_path, "toy").head.seq)
    assert anchored == [1, 1, 3, 3, 10, 10], "the first, more than twice as many, four more"


async def test_a_ledger_is_looked_at_between_its_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchor, "OFTEN_SECONDS", 0.002)
    hours, found = anchor.turns(0.006), []
    async for due in hours:
        found.append(due)
        if len(found) == 7:
            break
    assert found == [True, False, False] * 2 + [True]


FORGED = b'\\"seq\\":2', b'\\"seq\\":9'


@pytest.mark.parametrize("spoilt", ["forged", "cut off", "without its key"])
async def test_an_anchor_that_we_did_not_sign_is_none_until_somebody_accepts_the_ledger(
    database: Database, tmp_path: Path, spoilt: str
) -> None:
    for _ in range(2):
        await write(database, 1)
        await anchor.write(database, "toy", tmp_path)
    file = tmp_path / "anchors" / "toy.jsonl"
    if spoilt == "without its key":
        (tmp_path / "anchor.key").unlink()
    else:
        whole = file.read_bytes()
        file.write_bytes(whole.replace(*FORGED) if spoilt == "forged" else whole[:-20])
    found = anchor.latest(tmp_path, "toy")
    gone = 2 if spoilt == "without its key" else 1
    assert (found.head.seq, found.unsigned) == (2 - gone, gone)
    assert await anchor.write(database, "toy", tmp_path) == "unsigned"
    async with database.reading() as db:
        await anchor.accept(db, "toy", tmp_path, "Exempel")
    found = anchor.latest(tmp_path, "toy")
    assert (found.head.seq, found.unsigned) == (2, 0)
    assert await anchor.write(database, "toy", tmp_path) == ""
    assert b"Exempel" in file.read_bytes().splitlines()[-1]


async def test_a_service_anchors_at_its_stop_and_its_readiness_tells_what_is_in_doubt(
    toy: Signed, administrator: asyncpg.Connection, tmp_path: Path
) -> None:
    ready = (await toy.http.get("/readyz")).json()
    assert (ready["status"], "doubts" in ready) == ("ready", False)
    await toy.made("/shelves", {"name": "Hylla"})
    folder = toy.app.state.settings.data_dir
    async with toy.app.router.lifespan_context(toy.app):
        toy.app.state.draining = True
    toy.app.state.draining = False
    assert anchor.latest(folder, "toy").head.seq == 1
    await administrator.execute(REWRITE)
    await anchor.keep(toy.app.state)
    told = (await toy.http.get("/readyz")).json()
    assert (told["status"], told["doubts"]) == ("ready", {"toy": "diverged"})
    (folder / "anchors").rename(tmp_path / "elsewhere")
    (folder / "anchors").touch()
    await anchor.keep(toy.app.state)
    assert (await toy.http.get("/readyz")).json()["doubts"] == {"toy": "unwritable"}


async def test_the_feed_gives_every_change_once_and_knows_its_followers(toy: Signed) -> None:
    by = toy.by(ANALYSIS)
    made = [await toy.made("/shelves", {"name": f"H{number}"}) for number in range(5)]
    await toy.put(f"/shelves/{made[0]['id']}", {"name": "Ny"}, version=1)
    await toy.delete(f"/shelves/{made[1]['id']}", version=1)
    events, after, seen = [], 0, ""
    while True:
        page = (await by.get(f"/feed?after={after}&limit=2&hash={seen}")).json()
        events += page["events"]
        after, seen = page["next"], page["hash"]
        if after == page["head"]:
            break
    assert [event["seq"] for event in events] == list(range(1, 8))
    assert [event["verb"] for event in events[-2:]] == ["changed", "removed"]
    assert events[-2]["data"]["name"] == "Ny"
    assert "pin" not in events[0]["data"]
    lost = await by.get(f"/feed?after=3&hash={Head(3, uuid4().bytes).hash.hex()}")
    assert (lost.status_code, lost.json()["errors"][0]["code"]) == (409, "feed_diverged")
    ahead = await by.get("/feed?after=99")
    assert ahead.status_code == 409
    assert (await toy.get("/feed")).status_code == 403


async def test_the_feed_leaves_out_nouns_that_the_caller_may_not_list(toy: Signed) -> None:
    made = await toy.made("/shelves", {"name": "Hylla"})
    await toy.made("/loans", {"shelf_id": made["id"], "valid_from": "2026-01-01"})
    closed = {("loan", "read"): lambda caller: caller.kind == "user"}
    toy.app.state.rights = {**toy.app.state.rights, **closed}
    nouns = {}
    for caller in (ASSOCIATION, ANALYSIS):
        events = (await toy.by(caller).get("/feed")).json()["events"]
        nouns[caller.kind] = [event["entity"] for event in events]
    assert nouns == {"client": ["shelf"], "service": ["shelf", "loan"]}


async def test_a_column_that_a_later_migration_added_is_found_by_its_name(
    toy: Signed, database: Database
) -> None:
    async with database.engine.begin() as db:
        await db.exec_driver_sql("ALTER TABLE shelf DROP COLUMN colour")
        await db.exec_driver_sql("ALTER TABLE shelf ADD COLUMN colour text")
    made = await toy.made("/shelves", {"name": "Exempelhyllan", "colour": "blue"})
    for path in ("/shelves", f"/shelves/{made['id']}"):
        found = await toy.get(path, params={"known_at": "2100-01-01T00:00:00Z"})
        assert found.status_code == 200, "the table has its columns in another order than the class"
        body = found.json()
        assert body.get("items", [body]) == [made]


async def test_what_was_written_before_a_column_came_says_its_default(
    toy: Signed, database: Database
) -> None:
    async with database.engine.begin() as db:
        await db.exec_driver_sql("ALTER TABLE shelf DROP COLUMN colour")
    row = {"id": uuid4(), "name": "Exempelhyllan", "now": clock.now()}
    async with database.writing(LEADER) as db:
        statement = "INSERT INTO shelf (id, version, created_at, updated_at, name, example, tags)"
        await db.execute(
            text(f"{statement} VALUES (:id, 1, :now, :now, :name, false, '{{}}')"), row
        )
    async with database.engine.begin() as db:
        await db.exec_driver_sql("ALTER TABLE shelf ADD COLUMN colour text NOT NULL DEFAULT 'red'")
    found = await toy.get(f"/shelves/{row['id']}", params={"known_at": "2100-01-01T00:00:00Z"})
    assert (found.status_code, found.json()["colour"]) == (200, "red")


async def test_what_was_known_is_told_of_the_kept_the_changed_and_the_removed(toy: Signed) -> None:
    kept, changed, gone = [
        await toy.made("/shelves", {"name": name}) for name in ("Kvar", "Ändrad", "Borta")
    ]
    moment = {"known_at": clock.now().isoformat(), "sort": "name", "count": "true"}
    for version, name in enumerate(("Nyare", "Nyast"), 1):
        await toy.put(f"/shelves/{changed['id']}", {"name": name}, version=version)
    await toy.delete(f"/shelves/{gone['id']}", version=1)
    late = await toy.made("/shelves", {"name": "Sen"})
    await toy.put(f"/shelves/{late['id']}", {"name": "Senare"}, version=1)
    then = (await toy.get("/shelves", params=moment)).json()
    assert (then["items"], then["count"]) == ([gone, kept, changed], 3)
    long_ago = (clock.now() - timedelta(hours=1)).isoformat()
    none = await toy.get("/shelves", params={"known_at": long_ago, "count": "true"})
    assert (none.json()["items"], none.json()["count"]) == ([], 0), "they were made since"
    for one, status in ((changed, 200), (gone, 200), (late, 404)):
        answer = await toy.get(f"/shelves/{one['id']}", params={"known_at": moment["known_at"]})
        assert answer.status_code == status
        assert status == 404 or answer.json() == one


async def test_one_thing_as_it_was_known_reads_no_other(
    database: Database, administrator: asyncpg.Connection
) -> None:
    async with database.writing(LEADER) as db:
        drafts = [ShelfDraft(name=f"Hylla {number}") for number in range(800)]
        made = await insert_rows(db, ShelfRow, drafts)
        await db.exec_driver_sql("ANALYZE shelf")
    statement, _names = one_statement(SHELVES, LEADER, When(clock.today(), clock.now()))
    asked = compiled(statement)
    explained = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {asked.sql}"
    told = await administrator.fetchval(explained, *asked.with_(made[0]))
    read = orjson.loads(told)[0]["Plan"]["Shared Hit Blocks"]
    assert read < 60, f"{read} pages for one row of {len(made)}"
