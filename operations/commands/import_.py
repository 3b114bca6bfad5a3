"""import: a folder of public files becomes codes, or snapshots with figures."""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from operations.analysis_database import at_analysis, keep_file, settle_file
from operations.command import Failed, Subparsers, command, say
from operations.commands.snapshot import told
from services.analysis.classification.actions import known_files
from services.analysis.classification.rules import FILES
from services.analysis.snapshot.actions import UNKNOWN_FILE
from services.kit import log
from services.kit.db import Database
from services.kit.errors import Problem
from services.kit.settings import Settings

KEPT, LEFT, REFUSED = "imported", "left", "refused"
SUFFIXES = {".csv", ".txt", ".tsv", ".xlsx", ".parquet"}


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    does = "folders of public files: statistics, classifications"
    verbs = subparsers.add_parser("import", help=does, description=does).add_subparsers(
        required=True, metavar="WHAT"
    )
    does = "each file that a recipe knows becomes a snapshot with figures"
    command(verbs, "statistics", statistics, does=does).add_argument("folder", type=Path)
    does = "occupations, education, industries and areas become codes that are searched"
    command(verbs, "classifications", classifications, does=does).add_argument("folder", type=Path)


def classifications(chosen: argparse.Namespace) -> None:
    """Import every file of codes that the folder has; say how many are new."""
    log.configure("ERROR")
    paths = known_files(chosen.folder)
    if not paths:
        raise Failed(f"no file in {chosen.folder} is known: {', '.join(FILES)} (.csv)")

    async def settle(database: Database, settings: Settings) -> list[tuple[str, Counter[str]]]:
        return [(path.name, await settle_file(database, settings, path)) for path in paths]

    for name, done in at_analysis(settle):
        text = f"{name}: {done['new']} new, {done['changed']} changed, {done['same']} as before"
        say(chosen, text, file=name, **done)


def statistics(chosen: argparse.Namespace) -> None:
    """Import every file of the folder that is known; say what became of each."""
    log.configure("ERROR")
    paths = list(_files(chosen.folder))

    async def keep(database: Database, settings: Settings) -> list[dict[str, Any]]:
        return [await _kept(database, settings, path) for path in paths]

    found = at_analysis(keep)
    looked_at = found if chosen.json else [one for one in found if one["state"] != LEFT]
    for one in looked_at:
        say(chosen, f"{one['file']}\n   {one['told']}", **one)
    states = Counter(one["state"] for one in found)
    if not chosen.json:
        print(f"{states[KEPT]} files imported, {states[LEFT]} that nobody knows left alone")
    if states[REFUSED] or not states[KEPT]:
        raise Failed(f"{states[REFUSED]} files refused, {states[KEPT]} imported")


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise Failed(f"{folder} is no folder")
    return (path for path in sorted(folder.iterdir()) if path.suffix.lower() in SUFFIXES)


async def _kept(database: Database, settings: Settings, path: Path) -> dict[str, Any]:
    """What became of one file; one that nobody knows is left alone."""
    try:
        said = await keep_file(database, settings, path)
    except Problem as problem:
        unknown = any(error.code == UNKNOWN_FILE for error in problem.errors)
        state = LEFT if unknown else REFUSED
        return {"file": path.name, "state": state, "told": problem.detail}
    facts = {"source": said.source_key, "content_hash": said.snapshot["content_hash"]}
    return facts | {"file": path.name, "state": KEPT, "new": said.new, "told": told(said)}
