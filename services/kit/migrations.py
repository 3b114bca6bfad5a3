"""Migrations: each service brings its own database to the newest version, one at a time."""

import asyncio
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData

from services.kit.ledger import OWN_TABLES
from services.kit.versions import ROOT, version_of


def config_for(service: str, url: str, metadata: MetaData | None = None) -> Config:
    """Alembic's configuration for one service's own folder of versions."""
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("version_locations", str(ROOT / "migrations" / service / "versions"))
    config.attributes.update(service=service, url=url, metadata=metadata)
    return config


def upgrade(service: str, url: str) -> None:
    """Bring a database to the newest version; safe to run from several programs at once."""
    asyncio.run(version_of(url))
    command.upgrade(config_for(service, url), "head")


def ours(name: str | None, kind: str) -> bool:
    """Whether autogenerate should look at a table; the ledger's own come from its script."""
    return not (kind == "table" and name in OWN_TABLES)


def secrets_of(metadata: MetaData) -> dict[str, tuple[str, ...] | None]:
    """For each table: the columns kept out of the ledger, or None where it is not logged."""
    return {name: _secret(table.info) for name, table in metadata.tables.items()}


def _secret(info: dict[Any, Any]) -> tuple[str, ...] | None:
    return None if info.get("unlogged") else tuple(info.get("secret", ()))


def write(service: str, url: str, metadata: MetaData, message: str, *, first: bool = False) -> Path:
    """Write the next migration from the difference between tables.py and a database.

    `first` begins anew: the service's only migration, with the ledger in it.
    """
    folder = ROOT / "migrations" / service / "versions"
    folder.mkdir(parents=True, exist_ok=True)
    if first:
        for old in folder.glob("*.py"):
            old.unlink()
    number = len(list(folder.glob("[0-9]*.py"))) + 1
    config = config_for(service, url, metadata)
    config.attributes["first"] = first
    config.set_main_option("file_template", f"{number:04d}_%%(slug)s")
    made = command.revision(config, message, autogenerate=True, rev_id=f"{service}_{number:04d}")
    return Path(getattr(made, "path", folder))
