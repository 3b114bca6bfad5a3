"""import oparl FOLDER: what an archive of councils is told, and what is said of it afterwards."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from pydantic import ValidationError

from operations import house
from operations.command import Failed, Subparsers, command, say
from operations.councils_database import MOST_TOLD, take_archive
from operations.oparl_folder import read_folder
from services.councils.contract.oparl import OparlActor, OparlRequest
from services.kit import log

LEADER = "the actor that leads the councils of which the archive says nothing of it"
ACTOR = "an organization of the archive that is an actor: who sits for it gets a seat; repeated"


def add(verbs: Subparsers, does: str) -> None:
    """The command's words."""
    taking = command(verbs, "oparl", take, does=does)
    taking.add_argument("folder", type=Path)
    taking.add_argument("--leader", type=UUID, metavar="ACTOR", help=LEADER)
    taking.add_argument(
        "--actor", action="append", default=[], type=_actor, metavar="ID=ACTOR", help=ACTOR
    )


def _actor(text: str) -> OparlActor:
    named, _, actor_id = text.rpartition("=")
    try:
        return OparlActor(id=named, actor_id=UUID(actor_id))
    except ValueError:
        told = "ID=ACTOR, the organization's address and the id of an actor"
        raise argparse.ArgumentTypeError(told) from None


def take(chosen: argparse.Namespace) -> None:
    """Take a folder's councils in, all of it or nothing; say what became of it and what not."""
    log.configure("ERROR")
    folder = read_folder(chosen.folder, house.read_settings(quiet=True).import_most_bytes)
    if folder.wrong:
        told = f"{len(folder.wrong)} files or objects cannot be read; nothing is taken in"
        raise Failed("\n".join([told, *folder.wrong[:MOST_TOLD]]))
    if not folder.objects:
        raise Failed(f"no file of {chosen.folder} holds objects of OParl (.json)")
    try:
        request = OparlRequest(
            objects=folder.objects, leader_actor_id=chosen.leader, actors=chosen.actor
        )
    except ValidationError as wrong:
        raise Failed(f"this cannot be an archive: {wrong.errors()[0]['msg']}") from None
    done = take_archive(folder, request)
    passed = {name: count for name, count in folder.passed_over.items() if count}
    parts = [f"{verb}: {_counted(done[verb]) or 'nothing'}" for verb in ("made", "changed")]
    parts.append(f"{sum(done['same'].values())} as before")
    for verb, counts in (
        ("left as changed here", done["kept"]),
        ("not taken in", done["left_out"]),
        ("files passed over", passed),
    ):
        parts += [f"{verb}: {_counted(counts)}"] if counts else []
    unread = sum(done["unread_fields"].values())
    parts += [f"{unread} values of fields that have no place here"] if unread else []
    say(chosen, "; ".join(parts), **done, passed_over=passed)


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)
