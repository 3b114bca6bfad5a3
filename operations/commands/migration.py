"""migration: write a service's next migration from what tables.py says now."""

import argparse
import subprocess
import sys

from operations import house
from operations.command import Subparsers, command, say
from services.kit import log, migrations
from services.kit.postgres import throwaway


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    does = "write the next migration from what tables.py says"
    parser = command(subparsers, "migration", do, does=does)
    parser.add_argument("program", choices=house.PROGRAMS)
    parser.add_argument("name", nargs="?", default="first", help='such as "seats get a mandate"')
    parser.add_argument("--first", action="store_true", help="begin anew with one migration")


def do(chosen: argparse.Namespace) -> None:
    """Compare with a database of the newest version, or with an empty one."""
    log.configure("WARNING")
    with throwaway() as server:
        server.ensure_databases(chosen.program)
        url = server.url(chosen.program)
        if not chosen.first:
            migrations.upgrade(chosen.program, url)
        metadata = house.metadata_of(chosen.program)
        written = migrations.write(chosen.program, url, metadata, chosen.name, first=chosen.first)
    for words in (("check", "--fix", "--exit-zero"), ("format",)):
        subprocess.run([sys.executable, "-m", "ruff", *words, "--quiet", written], check=True)
    say(chosen, f"written: {written}", written=written)
