"""Elsewhere: an engine that Ibis connects to by an address, where others have put the snapshots."""

from typing import Any

from services.analysis.engine.backends import Served, demand_file, name_of
from services.analysis.snapshot.shelf import Shelf
from services.kit.errors import Unavailable


class Elsewhere(Served):
    """Tables named by the snapshots' hashes, with as many rows as the files."""

    def __init__(self, shelf: Shelf, address: str) -> None:
        super().__init__()
        self.shelf, self._address = shelf, address

    def _connect(self) -> Any:
        import ibis  # noqa: PLC0415 - heavy

        return ibis.connect(self._address)

    def _find(self, content_hash: str) -> Any:
        from ibis.common.exceptions import TableNotFound  # noqa: PLC0415 - heavy
        from pyarrow import parquet  # noqa: PLC0415

        demand_file(self.shelf, content_hash)
        name = name_of(content_hash)
        try:
            table = self.ibis.table(name)
        except TableNotFound:
            raise Unavailable(f"the engine of the statistics has no table {name}") from None
        (counted,) = self._read(table.count().name("rows").as_table())
        if counted["rows"] != parquet.read_metadata(self.shelf.path(content_hash)).num_rows:
            raise Unavailable(f"the table {name} has not as many rows as its file")
        return table
