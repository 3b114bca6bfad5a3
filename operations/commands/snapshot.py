"""snapshot: files become snapshots, which are never changed."""

import argparse
from pathlib import Path

from operations.command import Failed, Subparsers, command, say
from operations.service_database import at_service, keep_file
from services.analysis.snapshot.actions import Said
from services.kit import log
from services.kit.db import Database
from services.kit.settings import Settings


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    does = "what sources said: import"
    verbs = subparsers.add_parser("snapshot", help=does, description=does).add_subparsers(
        required=True, metavar="VERB"
    )
    one = command(verbs, "import", do, does="a CSV, Excel or Parquet file becomes a snapshot")
    one.add_argument("file", type=Path)
    one.add_argument("--source", metavar="KEY", help="the source's key; none: known by its columns")


def do(chosen: argparse.Namespace) -> None:
    """Read the file, keep it as Parquet under its hash, and say what it is."""
    log.configure("ERROR")
    if not chosen.file.is_file():
        raise Failed(f"{chosen.file} is no file")

    async def keep(database: Database, settings: Settings) -> Said:
        return await keep_file(database, settings, chosen.file, key=chosen.source)

    said = at_service("analysis", keep)
    one = said.snapshot
    facts = {name: one[name] for name in ("id", "content_hash", "row_count", "file_name")}
    say(chosen, told(said), source=said.source_key, new=said.new, **facts)


def told(said: Said) -> str:
    """One line about a snapshot."""
    one = said.snapshot
    first, last = one["first_period"], one["last_period"]
    when = "" if first is None else f", {first}" if first == last else f", {first} to {last}"
    state = "new" if said.new else "already there"
    return f"{said.source_key}: {one['row_count']} rows{when}, {state}, {one['content_hash']}"
