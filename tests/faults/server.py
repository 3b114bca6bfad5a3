"""The PostgreSQL of a running house: asked past the programs, and killed."""

import os
import signal
from dataclasses import dataclass, field
from pathlib import Path

from services.kit import postgres_cluster as cluster
from services.kit.postgres import Postgres
from tests.journeys.running import House


@dataclass
class Server:
    """The server that one house started on its own folder."""

    house: House
    postgres: Postgres = field(init=False)

    def __post_init__(self) -> None:
        self.postgres = Postgres(Path(self.house.environment["DATA_DIR"]) / "postgres")
        self.postgres.port = cluster.kept_port(self.postgres.data)

    @property
    def postmaster(self) -> int:
        """The number of the server's first process."""
        return int((self.postgres.data / "postmaster.pid").read_text().splitlines()[0])

    def kill(self) -> None:
        """kill -9 of the whole server."""
        os.kill(self.postmaster, signal.SIGKILL)

    def kill_a_connection(self) -> None:
        """kill -9 of one connection's process: the server throws all out and recovers."""
        asked = "SELECT pid FROM pg_stat_activity WHERE application_name = 'kompetensnav' LIMIT 1"
        os.kill(int(self.ask("postgres", asked)), signal.SIGKILL)

    def ask(self, database: str, *statements: str) -> str:
        """Statements in a row, in one session; the rows as text."""
        return self.postgres.sql(*statements, database=database)
