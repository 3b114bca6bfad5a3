"""Local: DuckDB in this program, on the files of the shelf, and able to reach nothing else."""

from typing import Any

from services.analysis.engine.backends import Rows, demand_file, name_of, summed
from services.analysis.engine.cubes import Axes, Cube, cube_of_file
from services.analysis.snapshot.shelf import Shelf

MEMORY, THREADS = "1GB", 2


class Local:
    """One connection for the program's life."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.ibis: Any = None
        self._tables: dict[str, Any] = {}

    def table(self, content_hash: str) -> Any:
        """A snapshot's file as a table. Unavailable where it is not whole."""
        if content_hash not in self._tables:
            demand_file(self.shelf, content_hash)
            self.ibis = self.ibis or self._connect()
            path = self.shelf.path(content_hash).resolve()
            name = name_of(content_hash)
            self._tables[content_hash] = self.ibis.read_parquet(path, table_name=name)
        return self._tables[content_hash]

    def rows(self, expression: Any) -> Rows:
        """The rows of an expression."""
        found: Rows = self.ibis.to_pyarrow(expression).to_pylist()
        return found

    def cube(self, content_hash: str, axes: Axes, value: str) -> Cube:
        """From the file, in one pass, where its numbers are whole."""
        table = self.table(content_hash)
        if table[value].type().is_integer() and all(
            table[name].type().is_string() for name in axes
        ):
            return cube_of_file(self.shelf.path(content_hash), axes, value)
        return summed(self, content_hash, axes, value)

    def close(self) -> None:
        """Let it go; asked again, another is made."""
        backend, self.ibis = self.ibis, None
        self._tables.clear()
        if backend is not None:
            backend.disconnect()

    def _connect(self) -> Any:
        import ibis  # noqa: PLC0415 - heavy

        backend = ibis.duckdb.connect()
        for statement in self._locks():
            backend.raw_sql(statement)
        return backend

    def _locks(self) -> list[str]:
        """Nothing but the shelf may be read, and nothing here changed again."""
        folder = str(self.shelf.folder.resolve()).replace("'", "''")
        return [
            f"SET memory_limit='{MEMORY}'",
            f"SET threads={THREADS}",
            "SET temp_directory=''",
            "SET autoinstall_known_extensions=false",
            "SET autoload_known_extensions=false",
            f"SET allowed_directories=['{folder}/']",
            "SET enable_external_access=false",
            "SET lock_configuration=true",
        ]
