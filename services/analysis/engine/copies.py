"""Copies: snapshots in PostgreSQL, in a schema that holds nothing else.

A snapshot's file is copied in when somebody first asks for it, whole or not at all, by one program
while the others wait. What is asked goes over a connection that can change nothing. A copy whose
file is no longer on the shelf goes when the next one comes.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from services.analysis.engine.backends import Rows, Served, demand_file, name_of
from services.analysis.snapshot.shelf import Shelf

SCHEMA = "statistics"
TURN = 7_236_081_015  # programs copy by turns
READING = f"-c default_transaction_read_only=on -c search_path={SCHEMA} -c statement_timeout=60s"
KINDS = {True: "bigint", False: 'text COLLATE "C"'}


class Copies(Served):
    """A PostgreSQL server with copies of the files."""

    def __init__(self, shelf: Shelf, url: str) -> None:
        super().__init__()
        self.shelf, self._address = shelf, plain(url)

    def _connect(self) -> Any:
        import ibis  # noqa: PLC0415 - heavy
        import psycopg  # noqa: PLC0415

        reading = psycopg.connect(self._address, options=READING, autocommit=True)
        return ibis.postgres.from_connection(reading)

    def _find(self, content_hash: str) -> Any:
        demand_file(self.shelf, content_hash)
        self._copy(content_hash)
        return self.ibis.table(name_of(content_hash), database=SCHEMA)

    def _copy(self, content_hash: str) -> None:
        import psycopg  # noqa: PLC0415 - heavy

        with psycopg.connect(self._address) as db:
            db.execute("SELECT pg_advisory_xact_lock(%s)", (TURN,))
            db.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            there = self._there(db)
            if name_of(content_hash) not in there:
                _put(db, name_of(content_hash), self.shelf.path(content_hash))
            kept = {name_of(path.stem) for path in self.shelf.folder.glob("*.parquet")}
            for name in there - kept:
                db.execute(f"DROP TABLE {SCHEMA}.{name}")

    def _there(self, db: Any) -> set[str]:
        asked = "SELECT tablename FROM pg_tables WHERE schemaname = %s"
        return {name for (name,) in db.execute(asked, (SCHEMA,))}

    def _read(self, expression: Any) -> Rows:
        """As the driver has them: by way of data frames decimals would lose digits."""
        kinds = expression.schema()
        with self.ibis.con.cursor() as cursor:
            cursor.execute(self.ibis.compile(expression))
            told = cursor.fetchall()
        whole = [kinds[name].is_integer() for name in kinds.names]
        return [
            {
                name: int(value) if is_whole and value is not None else value
                for name, value, is_whole in zip(kinds.names, row, whole, strict=True)
            }
            for row in told
        ]


def plain(url: str) -> str:
    """An address of SQLAlchemy's asyncpg as libpq takes it."""
    address = make_url(url).set(drivername="postgresql")
    query = {"sslmode" if name == "ssl" else name: value for name, value in address.query.items()}
    return address.set(query=query).render_as_string(hide_password=False)


def _put(db: Any, name: str, path: Path) -> None:
    """The file's rows as a table."""
    from pyarrow import parquet, types  # noqa: PLC0415 - heavy

    with parquet.ParquetFile(path) as file:
        columns = [
            f"{_quoted(one.name)} {KINDS[types.is_integer(one.type)]}" for one in file.schema_arrow
        ]
        db.execute(f"CREATE TABLE {SCHEMA}.{name} ({', '.join(columns)})")
        statement = f"COPY {SCHEMA}.{name} FROM STDIN (FORMAT csv)"
        with db.cursor() as cursor, cursor.copy(statement) as copying:
            for part in _parts(file):
                copying.write(part)
    db.execute(f"ANALYZE {SCHEMA}.{name}")


def _parts(file: Any) -> Iterator[bytes]:
    """The file as CSV, a row group at a time: nothing is null, and "" is empty text."""
    from pyarrow import csv  # noqa: PLC0415 - heavy

    plainly = csv.WriteOptions(include_header=False, quoting_style="needed")
    for at in range(file.num_row_groups):
        buffer = io.BytesIO()
        csv.write_csv(file.read_row_group(at), buffer, plainly)
        yield buffer.getvalue()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
