"""demo: the house with the pilot's story in it, loaded through the public API."""

import argparse
import asyncio
import os
import signal
import threading

import httpx

from demo.story import tell
from demo.teller import StoryStopped
from operations import house
from operations.answering import left
from operations.command import Failed, Subparsers, command
from operations.commands.run import announce, demand_free_port
from operations.demo_key import demo_key, forget_key, name_the_house
from operations.first_link import first_link
from services.kit import log
from services.kit.server import serve
from services.kit.settings import Settings

GRACEFUL_SECONDS = 2
TOLD = "demo-1.told"


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    command(subparsers, "demo", do, does="run the house with the pilot's story, until Ctrl-C")


def do(chosen: argparse.Namespace) -> None:
    """Start everything, tell the story where it has not been told, say where; stop everything."""
    settings = house.read_settings(quiet=True)
    log.configure(settings.log_level)
    demand_free_port(settings)
    with house.databases(settings, meanwhile=house.load) as address, left(settings) as leave:
        house.upgrade(address)
        each = house.settings_of(settings, address)
        name_the_house(each["gateway"])
        link = first_link(address("gateway"))

        stopped: list[Failed] = []

        def tell_it(at: str) -> None:
            try:
                _told(chosen, each["gateway"], at, link)
            except Failed as failure:
                stopped.append(failure)
                os.kill(os.getpid(), signal.SIGTERM)

        def ready(at: str) -> None:
            leave(at)
            # The server answers on this thread, so the story is told from another.
            threading.Thread(target=tell_it, args=(at,)).start()

        serve(
            house.whole_app(each),
            host=settings.host,
            port=settings.port,
            drain=0,
            graceful=GRACEFUL_SECONDS,
            on_ready=ready,
        )
        if stopped:
            raise stopped[0]


def _told(chosen: argparse.Namespace, settings: Settings, at: str, link: str | None) -> None:
    """The story first, once; then where the house is."""
    mark = settings.data_dir / TOLD
    if not mark.exists():
        asyncio.run(_tell(at, demo_key(settings)))
        mark.touch()
        forget_key(settings)
    announce(chosen, at, link)


async def _tell(at: str, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=at, headers=headers, timeout=60, trust_env=False) as http:
        try:
            await tell(http)
        except (StoryStopped, httpx.HTTPError) as refused:
            raise Failed(f"the story was not told to its end: {refused}") from refused
