"""import: public files become codes, figures or programmes; a registry or councils are taken in."""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gateway.importing import susa
from operations import oparl_command
from operations.actors_database import take_programmes
from operations.command import Failed, Subparsers, command, say
from operations.commands.snapshot import told
from operations.service_database import SPEAKER, at_service, keep_file, settle_file
from services.actors.contract.importing import ImportPreview
from services.actors.contract.popolo import Popolo
from services.actors.popolo.actions import take
from services.analysis.classification.actions import known_files
from services.analysis.classification.rules import FILES
from services.analysis.snapshot.rules import UNKNOWN_FILE
from services.kit import log
from services.kit.db import Database
from services.kit.errors import Problem, Rejected
from services.kit.http import Work
from services.kit.settings import Settings

MOST_TOLD = 20
KEPT, LEFT, REFUSED = "imported", "left", "refused"
SUFFIXES = {".csv", ".txt", ".tsv", ".xlsx", ".parquet", ".json"}


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    does = "public files: statistics, classifications, susa; a registry: popolo; councils: oparl"
    verbs = subparsers.add_parser("import", help=does, description=does).add_subparsers(
        required=True, metavar="WHAT"
    )
    does = "each file that a recipe knows becomes a snapshot with figures"
    command(verbs, "statistics", statistics, does=does).add_argument("folder", type=Path)
    does = "occupations, education, industries and areas become codes that are searched"
    command(verbs, "classifications", classifications, does=does).add_argument("folder", type=Path)
    does = "a registry as Popolo: organisations, posts, people and who held them when"
    command(verbs, "popolo", popolo, does=does).add_argument("file", type=Path)
    does = "councils, meetings and decisions as OParl: a folder of its objects, all or nothing"
    oparl_command.add(verbs, does)
    does = "Susa-navet's events (EMIL3, JSON) become programmes with starts; what is there is left"
    taking = command(verbs, "susa", programmes, does=does)
    taking.add_argument("file", type=Path)
    taking.add_argument(
        "--provider",
        action="append",
        default=[],
        type=_called,
        metavar="ID=NAME",
        help="what a provider is called that the file only has the id of; may be repeated",
    )


def popolo(chosen: argparse.Namespace) -> None:
    """Take a registry in, all of it or nothing; say what was new."""
    log.configure("ERROR")
    try:
        archive = Popolo.model_validate_json(chosen.file.read_bytes())
    except (OSError, ValueError) as wrong:
        raise Failed(f"{chosen.file} cannot be read as Popolo: {wrong}") from None

    async def settle(database: Database, _settings: Settings) -> dict[str, Any]:
        try:
            async with database.writing(SPEAKER) as db:
                return await take(Work(db, SPEAKER), archive)
        except Rejected as refused:
            told = [f"{error.field}: {error.message}" for error in refused.errors[:MOST_TOLD]]
            raise Failed("\n".join([refused.detail, *told])) from None

    done = at_service("actors", settle)
    made = ", ".join(f"{number} {name}" for name, number in done["made"].items() if number)
    say(chosen, f"made: {made or 'nothing'}; {sum(done['known'].values())} known before", **done)


def _called(text: str) -> tuple[str, str]:
    who, _, name = text.partition("=")
    if not (who.strip() and name.strip()):
        raise argparse.ArgumentTypeError("ID=NAME, such as p.sv.1=Exempelskola")
    return who.strip(), name.strip()


def programmes(chosen: argparse.Namespace) -> None:
    """Import what a file of Susa-navet has that is new; say how much that is."""
    log.configure("ERROR")
    called = dict(chosen.provider)
    try:
        content = chosen.file.read_bytes()
        unnamed = [who for who in susa.unnamed_in(content) if who not in called]
        rows = susa.rows_of(content, called)
    except (OSError, ValueError) as failure:
        raise Failed(f"{chosen.file} is no file of Susa-navet's events: {failure}") from failure
    if unnamed:
        raise Failed(
            f"the file does not name {', '.join(unnamed)}: give --provider ID=NAME of each"
        )

    async def taken(database: Database, _settings: Settings) -> ImportPreview:
        return await take_programmes(database, chosen.file.name, rows)

    done = at_service("actors", taken)
    counts = done.made_counts
    told = ", ".join(f"{count} {noun}" for noun, count in counts.items()) or "nothing new"
    say(chosen, f"{chosen.file.name}: {told}", file=chosen.file.name, rows=len(rows), **counts)


def classifications(chosen: argparse.Namespace) -> None:
    """Import every file of codes that the folder has; say how many are new."""
    log.configure("ERROR")
    paths = known_files(chosen.folder)
    if not paths:
        raise Failed(f"no file in {chosen.folder} is known: {', '.join(FILES)} (.csv)")

    async def settle(database: Database, settings: Settings) -> list[tuple[str, Counter[str]]]:
        return [(path.name, await settle_file(database, settings, path)) for path in paths]

    for name, done in at_service("analysis", settle):
        text = f"{name}: {done['new']} new, {done['changed']} changed, {done['same']} as before"
        say(chosen, text, file=name, **done)


def statistics(chosen: argparse.Namespace) -> None:
    """Import every file of the folder that is known; say what became of each."""
    log.configure("ERROR")
    paths = list(_files(chosen.folder))

    async def keep(database: Database, settings: Settings) -> list[dict[str, Any]]:
        return [await _kept(database, settings, path) for path in paths]

    found = at_service("analysis", keep)
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
        raise Failed(f"{folder.resolve()} is no folder")
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
