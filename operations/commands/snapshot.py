"""snapshot: files and what is fetched become snapshots, which are never changed."""

import argparse
from pathlib import Path

from operations.command import Failed, Subparsers, command, say
from operations.service_database import SPEAKER, at_service, keep_file
from services.analysis.connector.actions import Errand, events_now, fetch_now
from services.analysis.connector.known import KNOWN_BY_KEY
from services.analysis.connector.rules import Broken
from services.analysis.snapshot.actions import Said
from services.analysis.snapshot.shelf import Shelf
from services.kit import log
from services.kit.db import Database
from services.kit.settings import Settings
from services.kit.store import Record


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    does = "what sources said: import, fetch"
    verbs = subparsers.add_parser("snapshot", help=does, description=does).add_subparsers(
        required=True, metavar="VERB"
    )
    one = command(verbs, "import", do, does="a CSV, Excel or Parquet file becomes a snapshot")
    one.add_argument("file", type=Path)
    one.add_argument("--source", metavar="KEY", help="the source's key; none: known by its columns")
    known = ", ".join(KNOWN_BY_KEY)
    two = command(verbs, "fetch", do_fetch, does="a register is asked, and becomes a snapshot")
    two.add_argument(
        "key", nargs="?",
        help=f"the source's key; none: all that are due. Known without being described: {known}",
    )  # fmt: skip

    does = "what Susa-navet told, as a file that `import susa` and the import page take"
    three = command(verbs, "events", do_events, does=does)
    three.add_argument("key", help="the source's key, such as susa_navet")
    three.add_argument("file", type=Path)


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


def do_events(chosen: argparse.Namespace) -> None:
    """Write what Susa-navet told as a file of its own form."""
    log.configure("ERROR")

    async def read(database: Database, settings: Settings) -> bytes:
        return await events_now(database, Shelf.of(settings.data_dir), chosen.key)

    content = at_service("analysis", read)
    try:
        chosen.file.write_bytes(content)
    except OSError as failure:
        raise Failed(f"{chosen.file}: {failure.strerror}") from failure
    say(chosen, f"written: {chosen.file}", file=str(chosen.file), bytes=len(content))


def do_fetch(chosen: argparse.Namespace) -> None:
    """Fetch a source, or all that are due, and say how it went."""
    log.configure("ERROR")

    async def fetch(database: Database, settings: Settings) -> dict[str, Said | Broken]:
        return await fetch_now(Errand.of(database, settings), SPEAKER, chosen.key)

    results = at_service("analysis", fetch)
    good = {key: one for key, one in results.items() if isinstance(one, Said)}
    bad = {
        key: f"{one.kind}: {one.text}" for key, one in results.items() if isinstance(one, Broken)
    }
    hashes = {key: one.snapshot["content_hash"] for key, one in good.items()}
    text = "\n".join(told(one) for one in good.values()) or "nothing was fetched"
    say(chosen, text, fetched=hashes, failed=bad)
    if bad:
        raise Failed("\n".join(f"{key}: not fetched; {why}" for key, why in bad.items()))


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
    if name is None:
        return "\n  FAR FEWER ROWS than before"
    return f"\n  FAR FEWER ROWS: if the file was cut off, import {name} again, and it counts again"
