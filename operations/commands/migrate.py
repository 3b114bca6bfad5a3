"""migrate: every database to its newest version, or a check that the versions are true."""

import argparse

from operations import house
from operations.command import Failed, Subparsers, command, say
from operations.drift import differences
from services.kit import log
from services.kit.postgres import throwaway


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    does = "bring the databases to their newest version"
    parser = command(subparsers, "migrate", do, does=does)
    parser.add_argument("program", nargs="*", help="only these; all where none is named")
    parser.add_argument(
        "--check", action="store_true", help="only check that they make what tables.py says"
    )


def do(chosen: argparse.Namespace) -> None:
    """Upgrade, or compare on a server of its own."""
    settings = house.read_settings()
    log.configure("WARNING")
    programs = house.with_tables(tuple(chosen.program) or house.PROGRAMS)
    if chosen.check:
        check(programs)
    elif len(chosen.program) == 1 and settings.database_url:
        house.upgrade(lambda _program: settings.database_url, programs)
    else:
        with house.databases(settings) as address:
            house.upgrade(address, programs)
    say(chosen, f"newest version: {', '.join(programs)}", programs=programs)


def check(programs: list[str]) -> None:
    """Fail, with the differences, where the migrations do not make what tables.py says."""
    with throwaway() as server:
        for program in programs:
            found = differences(server, program, house.metadata_of(program))
            if found:
                raise Failed("\n".join([f"{program} has drifted from its tables.py:", *found]))
