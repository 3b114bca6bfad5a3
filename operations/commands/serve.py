"""serve: one program of the house, as in a container."""

import argparse
import asyncio
import os
import signal
import threading
import time

from operations import house
from operations.command import Failed, Subparsers, command, say
from services.kit import log
from services.kit.server import serve
from services.kit.versions import version_of

PARENT = "SERVE_UNTIL_PARENT_LEAVES"


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    parser = command(subparsers, "serve", do, does="serve one program on HOST and PORT")
    parser.add_argument("program", choices=house.PROGRAMS)


def do(chosen: argparse.Namespace) -> None:
    """Wait for the database, serve until told to leave."""
    settings = house.read_settings()
    log.configure(settings.log_level)
    if not settings.database_url:
        raise Failed("DATABASE_URL must name this program's database")
    if os.environ.get(PARENT):
        threading.Thread(target=_leave_with_parent, daemon=True).start()
    url = settings.database_url.replace("{program}", house.database_name(chosen.program))
    asyncio.run(version_of(url))
    serve(
        house.app_of(chosen.program, settings.model_copy(update={"database_url": url})),
        host=settings.host,
        port=settings.port,
        drain=settings.drain_seconds,
        on_ready=lambda address: say(
            chosen, f"{chosen.program}: {address}", program=chosen.program, address=address
        ),
    )


def _leave_with_parent() -> None:
    """No program of a split house lives on where the one that started it was killed."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
