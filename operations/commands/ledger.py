"""ledger: what an administrator decides about a ledger that is in doubt."""

import argparse

from operations import house
from operations.command import Failed, Subparsers, command, say
from operations.service_database import at_service
from services.analysis.following import actions as following
from services.kit import anchor
from services.kit.db import Database
from services.kit.ledger import Head
from services.kit.settings import Settings

DOES = "what a ledger in doubt is from now on: the one that is there"


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    verbs = subparsers.add_parser("ledger", help=DOES, description=DOES).add_subparsers(
        required=True, metavar="VERB"
    )
    taken = command(verbs, "accept", accept, does="sign it as it stands, and why")
    taken.add_argument("program", choices=house.PROGRAMS)
    taken.add_argument("--why", required=True, help="kept with the signature for good")


def accept(chosen: argparse.Namespace) -> None:
    """Sign what is there; of analysis also that what it follows is what it shall follow."""

    async def sign(database: Database, settings: Settings) -> Head:
        async with database.engine.begin() as db:
            if chosen.program == "analysis":
                await following.accept(db)
            return await anchor.accept(db, chosen.program, settings.data_dir, chosen.why)

    try:
        head = at_service(chosen.program, sign)
    except anchor.Unkept as failure:
        raise Failed("nothing can be written below DATA_DIR/anchors") from failure
    said = f"{chosen.program}: accepted as it stands, at entry {head.seq}"
    say(chosen, said, program=chosen.program, seq=head.seq)
