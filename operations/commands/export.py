"""export: councils go out as files in an open standard."""

import argparse
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from starlette.requests import Request

from operations.command import Failed, Subparsers, command, say
from operations.service_database import SPEAKER, at_service
from services.councils.oparl import objects, writing
from services.councils.oparl.queries import Span
from services.councils.rights import RIGHTS
from services.kit import log
from services.kit.db import Database
from services.kit.http import Call, encode
from services.kit.settings import Settings

PAGE = 200


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    does = "councils as an archive of OParl: a folder of its objects"
    verbs = subparsers.add_parser("export", help=does, description=does).add_subparsers(
        required=True, metavar="WHAT"
    )
    does = "councils, seats, meetings and decisions as OParl: a new folder, an object a file"
    command(verbs, "oparl", oparl, does=does).add_argument("folder", type=Path)


def oparl(chosen: argparse.Namespace) -> None:
    """Write a folder that was not there, all of it or nothing; say how much of what it holds."""
    log.configure("ERROR")
    folder: Path = chosen.folder.resolve()
    if folder.exists():
        raise Failed(f"{folder} is there already: name a new folder")
    begun = folder.with_name(f".{folder.name}.begun")
    try:
        begun.mkdir(mode=0o700)
        counts = at_service("councils", lambda database, own: _written(database, own, begun))
        begun.rename(folder)
    except OSError as failure:
        raise Failed(f"{folder} cannot be written: {failure.strerror}") from None
    finally:
        shutil.rmtree(begun, ignore_errors=True)
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    say(chosen, f"{folder}: {told}", **counts)


async def _written(database: Database, settings: Settings, folder: Path) -> dict[str, int]:
    """Each object into a file by its id, as cities publish them."""
    # No wire to the registry, beside which nobody is told by name.
    state = SimpleNamespace(settings=settings, wire=None)
    request = cast("Request", SimpleNamespace(app=SimpleNamespace(state=state)))
    call, counts = Call(request, SPEAKER, database, RIGHTS), dict[str, int]()
    _put(folder / "system.json", writing.system(objects.addresses(call)))
    for kind in sorted(objects.LISTED - {"people"}):
        async for one in _all_of(call, kind):
            here = folder / kind
            here.mkdir(exist_ok=True)
            _put(here / f"{one['id'].rpartition('/')[2]}.json", one)
            counts[kind] = counts.get(kind, 0) + 1
    return counts


async def _all_of(call: Call, kind: str) -> AsyncIterator[dict[str, Any]]:
    after: UUID | None = None
    while True:
        found, after = await objects.part_of(call, kind, Span(PAGE, after))
        for one in found:
            yield one
        if after is None:
            return


def _put(path: Path, told: dict[str, Any]) -> None:
    path.write_bytes(encode(told))
