"""run: the whole house in one process, with its own PostgreSQL where none is named."""

import argparse
import socket

from operations import house
from operations.answering import left
from operations.command import Failed, Subparsers, command, say
from operations.first_link import ADMINISTRATOR, first_link
from services.kit import log
from services.kit.server import serve
from services.kit.settings import Settings

GRACEFUL_SECONDS = 2


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    command(subparsers, "run", do, does="run the whole house in one process, until Ctrl-C")


def do(chosen: argparse.Namespace) -> None:
    """Start everything, say where, stop everything."""
    settings = house.read_settings(quiet=True)
    log.configure(settings.log_level)
    demand_free_port(settings)
    with house.databases(settings, meanwhile=house.load) as address, left(settings) as leave:
        house.upgrade(address)
        each = house.settings_of(settings, address)
        link = first_link(address("gateway"))

        def ready(at: str) -> None:
            leave(at)
            announce(chosen, at, link)

        serve(
            house.whole_app(each),
            host=settings.host,
            port=settings.port,
            drain=0,
            graceful=GRACEFUL_SECONDS,
            on_ready=ready,
        )


def demand_free_port(settings: Settings) -> None:
    """Say at once, before anything is started, that the port is taken."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((settings.host, settings.port))
        except OSError as taken:
            raise Failed(
                f"{settings.host} port {settings.port}: {taken.strerror}. "
                "Choose another port: PORT=8001 before the same command"
            ) from taken


def announce(chosen: argparse.Namespace, address: str, link: str | None) -> None:
    """Tell where the house answers, and how to sign in where nobody can yet."""
    lines = [f"Kompetensnav answers at {address}", "Ctrl-C stops it."]
    if link:
        who = f"as {ADMINISTRATOR.email}, once, within a day"
        lines.insert(1, f"Sign in the first time ({who}): {address}{link}")
    first = f"{address}{link}" if link else None
    say(chosen, "\n".join(lines), address=address, first_link=first)
