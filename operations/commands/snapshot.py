"""snapshot: files become snapshots, which are never changed."""

import argparse
from pathlib import Path

from operations.command import Failed, Subparsers, command, say
from operations.service_database import at_service, keep_file
from services.analysis.snapshot.actions import Said
from services.kit import log
from services.kit.db import Database
from services.kit.settings import Settings
from services.kit.store import Record


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
    """One line about a snapshot and, where it is another than counted until now, about that."""
    state = "new" if said.new else "already there"
    line = f"{said.source_key}: {_size(said.snapshot)}, {state}, {said.snapshot['content_hash']}"
    if said.before is None:
        return line
    counts = "it counts" if said.new else "it counts again"
    return f"{line}\n  {counts} instead of {_size(said.before)}{_doubt(said)}"


def _size(one: Record) -> str:
    first, last = one["first_period"], one["last_period"]
    when = "" if first is None else f", {first}" if first == last else f", {first} to {last}"
    return f"{one['row_count']} rows{when}"


def _doubt(said: Said) -> str:
    """A file that was cut off can be read all the same: nobody but its sender knows."""
    if said.before is None or said.snapshot["row_count"] * 2 > said.before["row_count"]:
        return ""
    name = said.before["file_name"]
    return f"\n  FAR FEWER ROWS: if the file was cut off, import {name} again, and it counts again"
