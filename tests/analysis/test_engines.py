"""Engines: what snapshots are asked with, and what each of them may touch."""

from pathlib import Path

import asyncpg
import duckdb
import pytest
from pyarrow import parquet, table

from services.analysis.engine.choosing import backend_for
from services.analysis.engine.copies import Copies, plain
from services.analysis.engine.elsewhere import Elsewhere
from services.analysis.engine.local import Local
from services.analysis.indicator.engine import Engine, Question
from services.analysis.snapshot.shelf import Shelf
from services.kit.errors import Unavailable
from tests.analysis.importing import csv_bytes, employed, handed_in
from tests.callers import Signed

MEN = ("7522", "14", "män", 2024, 949)
WOMEN = ("7522", "14", "kvinnor", 2024, 62)
LAYOUT = '{"value": "employed", "period": "year", "area": "county_code"}'
on_postgres = pytest.mark.parametrize("statistics_engine", ["postgres"])


async def test_the_engine_reads_the_shelf_and_nothing_else(
    analysis: Signed, tmp_path: Path
) -> None:
    said = await handed_in(analysis, tmp_path, employed(MEN, WOMEN))
    engine: Engine = analysis.app.state.figures
    asked = Question(said.snapshot["content_hash"], LAYOUT, (), ("14",))
    assert [cell.value for cell in engine.cells(asked)] == [1011]
    outside = tmp_path / "outside.csv"
    outside.write_text("a,b\n1,2\n")
    inside = analysis.app.state.shelf.folder
    for statement in (
        "SELECT * FROM read_text('/etc/hostname')",
        f"FROM read_csv('{outside}')",
        f"FROM read_csv('{inside}/../outside.csv')",
        f"COPY (SELECT 1) TO '{tmp_path}/copy.csv'",
        f"ATTACH '{tmp_path}/other.db'",
        "INSTALL httpfs",
        "SET memory_limit='8GB'",
    ):
        with pytest.raises(Exception, match=r"Permission|Cannot change|disabled"):
            engine.backend.ibis.raw_sql(statement)
    with pytest.raises(Unavailable, match="missing or damaged"):
        engine.cells(Question("0" * 64, LAYOUT, (), ("14",)))


@pytest.mark.parametrize(
    ("setting", "kind"),
    [("duckdb", Local), ("postgres", Copies), ("postgresql://a@b/c", Copies),
     ("trino://a@b:8080/c", Elsewhere)],
)  # fmt: skip
def test_a_setting_names_an_engine(setting: str, kind: type, tmp_path: Path) -> None:
    assert type(backend_for(Shelf(tmp_path), setting, "postgresql+asyncpg://a@b/d")) is kind


def test_an_address_is_one_that_libpq_takes() -> None:
    told = plain("postgresql+asyncpg://a:b%40c@d:5433/e?ssl=require")
    assert told == "postgresql://a:b%40c@d:5433/e?sslmode=require"


def _engine(analysis: Signed) -> Engine:
    engine: Engine = analysis.app.state.figures
    return engine


async def _tables(analysis: Signed) -> set[str]:
    """What stands in the schema of copies."""
    db = await asyncpg.connect(
        plain(str(analysis.app.state.database.engine.url.render_as_string(False)))
    )
    told = await db.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'statistics'")
    await db.close()
    return {row["tablename"] for row in told}


@on_postgres
async def test_a_copy_is_made_once_can_be_read_only_and_goes_with_its_file(
    analysis: Signed, tmp_path: Path
) -> None:
    first = await handed_in(analysis, tmp_path, employed(MEN, WOMEN))
    content_hash = first.snapshot["content_hash"]
    engine = _engine(analysis)
    assert [one.value for one in engine.cells(Question(content_hash, LAYOUT, (), ("14",)))] == [
        1011
    ]
    name = f"snapshot_{content_hash[:48]}"
    assert await _tables(analysis) == {name}
    reading = engine.backend.ibis.con
    for statement in (
        f"DROP TABLE statistics.{name}",
        "DELETE FROM public.ledger",
        "CREATE TABLE statistics.more (a int)",
    ):
        with pytest.raises(Exception, match="read-only transaction"):
            reading.execute(statement)
    analysis.app.state.shelf.path(content_hash).unlink()
    second = await handed_in(analysis, tmp_path, employed(MEN))
    engine.areas(second.snapshot["content_hash"], LAYOUT)
    assert await _tables(analysis) == {f"snapshot_{second.snapshot['content_hash'][:48]}"}


@on_postgres
async def test_a_copy_tells_null_from_nothing_and_keeps_every_letter(
    analysis: Signed, tmp_path: Path
) -> None:
    odd = 'a"b,c\\N;å\u2028'
    content = csv_bytes(("ssyk4", "county_code", "sex", "year", "employed"),
                        [(*WOMEN[:4], ".."), MEN])  # fmt: skip
    said = await handed_in(analysis, tmp_path, content)
    names = ("sex", "employed")
    told = _engine(analysis).rows(said.snapshot["content_hash"], names, ())
    assert sorted(told, key=str) == [
        {"sex": "men", "employed": 949},
        {"sex": "women", "employed": None},
    ]
    shelf = analysis.app.state.shelf
    kept = shelf.keep(lambda path: parquet.write_table(table({odd: [odd, "", None, "NULL"]}), path))
    found = _engine(analysis).rows(kept.content_hash, (odd,), ())
    assert [row[odd] for row in found] == [odd, "", None, "NULL"]


@on_postgres
async def test_a_lost_connection_is_made_anew_and_a_lost_server_is_said(
    analysis: Signed, tmp_path: Path
) -> None:
    said = await handed_in(analysis, tmp_path, employed(MEN, WOMEN))
    content_hash, engine = said.snapshot["content_hash"], _engine(analysis)
    engine.areas(content_hash, LAYOUT)
    engine.backend.ibis.con.close()
    assert engine.occupations(content_hash, LAYOUT[:-1] + ', "occupation": "ssyk4"}') == {"7522"}
    engine.backend.ibis.con.close()
    engine.backend._address = "postgresql://nobody@127.0.0.1:1/nothing"
    answer = await analysis.get("/figures?area_code=14&occupation_code=7522")
    assert answer.status_code == 503
    assert "does not answer" in answer.json()["detail"]


async def test_an_engine_elsewhere_needs_the_snapshots_whole(tmp_path: Path) -> None:
    """Ibis' own way to connect, with the one engine that is always here."""
    rows = table({"a": ["x", "y"]})
    shelf = Shelf(tmp_path / "shelf")
    kept = shelf.keep(lambda path: parquet.write_table(rows, path))
    name, other = f"snapshot_{kept.content_hash[:48]}", tmp_path / "other.ddb"
    duckdb.connect(str(other)).close()
    backend = backend_for(shelf, f"duckdb://{other}")
    with pytest.raises(Unavailable, match="has no table"):
        backend.table(kept.content_hash)
    backend.ibis.disconnect()
    for count in (1, 2):
        with duckdb.connect(str(other)) as db:
            db.execute(f"CREATE OR REPLACE TABLE {name} AS FROM rows LIMIT {count}")
        backend = backend_for(shelf, f"duckdb://{other}")
        if count == 1:
            with pytest.raises(Unavailable, match="not as many rows"):
                backend.table(kept.content_hash)
            backend.ibis.disconnect()
    assert backend.rows(backend.table(kept.content_hash).order_by("a")) == rows.to_pylist()
