"""openapi: write the API's document as it is now, or check that it is the one that was saved."""

import argparse
from pathlib import Path

import orjson

from gateway.api.saved import SAVED
from operations.command import Failed, Subparsers, command, say
from services.kit.settings import Settings
from services.kit.versions import ROOT


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    does = "write docs/openapi.json from what the services promise"
    parser = command(subparsers, "openapi", do, does=does)
    parser.add_argument("--check", action="store_true", help="only check the saved document")


def do(chosen: argparse.Namespace) -> None:
    """Write, or fail where the saved document is another."""
    now = document()
    if chosen.check and SAVED.read_bytes() != now:
        raise Failed("docs/openapi.json is not what the services promise: make openapi")
    if not chosen.check:
        SAVED.write_bytes(now)
    say(chosen, f"{_shown(SAVED)}: {len(now)} bytes", path=SAVED, bytes=len(now))


def _shown(path: Path) -> Path:
    return path.relative_to(ROOT)


def document() -> bytes:
    """The whole API's document, made without any database."""
    from gateway.api.documents import merged  # noqa: PLC0415 - costs a second
    from gateway.embedded import embedded_apps  # noqa: PLC0415

    nowhere = Settings(database_url="postgresql+asyncpg://nobody@127.0.0.1/none")
    apps = embedded_apps(dict.fromkeys(("actors", "councils", "analysis"), nowhere))
    whole = merged({name: app.openapi() for name, app in apps.items()})
    return orjson.dumps(whole, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2) + b"\n"
