"""Choosing: which engine a setting names."""

from services.analysis.engine.backends import Backend
from services.analysis.engine.copies import Copies
from services.analysis.engine.elsewhere import Elsewhere
from services.analysis.engine.local import Local
from services.analysis.snapshot.shelf import Shelf

DUCKDB, POSTGRES = "duckdb", "postgres"


def backend_for(shelf: Shelf, engine: str = DUCKDB, database_url: str = "") -> Backend:
    """The engine: by name, or by an address. `postgres` alone is the service's own database."""
    if engine == DUCKDB:
        return Local(shelf)
    if engine == POSTGRES:
        return Copies(shelf, database_url)
    if engine.startswith(("postgres://", "postgresql://")):
        return Copies(shelf, engine)
    return Elsewhere(shelf, engine)
