"""user: let somebody in from the command line."""

import argparse
import asyncio

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError

from gateway import accounts
from gateway.addresses import Addresses
from gateway.drafts import AccountDraft, Role
from gateway.pages import door
from operations import house
from operations.answering import address_of
from operations.command import Failed, Subparsers, command, say
from operations.gateway_database import SPEAKER, at_gateway
from services.kit import log
from services.kit.db import Database
from services.kit.settings import Settings


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    does = "users: create"
    verbs = subparsers.add_parser("user", help=does, description=does).add_subparsers(
        required=True, metavar="VERB"
    )
    made = command(verbs, "create", create, does="a new user, and a link to choose a password by")
    made.add_argument("--email", required=True)
    made.add_argument("--name", required=True)
    made.add_argument(
        "--role", action="append", choices=[str(role) for role in Role], help="may be repeated"
    )


def create(chosen: argparse.Namespace) -> None:
    """Make the user; the link stands alone on the last line and works once, for a day."""
    draft = _draft(chosen)

    async def make(database: Database, _settings: Settings) -> str:
        async with database.writing(SPEAKER) as db:
            return (await accounts.open_account(db, draft))[1]

    settings = house.read_settings()
    log.configure("ERROR")
    try:
        token = asyncio.run(at_gateway(settings, make))
    except IntegrityError as taken:
        raise Failed(f"there is a user with the e-mail address {draft.email} already") from taken
    path = Addresses(door.area.routes).to("door.link", token=token)
    base = settings.base_url.rstrip("/") or address_of(settings)
    assumed = "" if base else "The house is taken to answer here; else give PORT or BASE_URL.\n"
    base = base or f"http://{settings.host}:{settings.port}"
    roles = ", ".join(draft.roles)
    say(
        chosen,
        f"{draft.name}: {roles}\n{assumed}{base}{path}",
        link=f"{base}{path}",
        email=draft.email,
    )


def _draft(chosen: argparse.Namespace) -> AccountDraft:
    roles = chosen.role or [str(Role.reader)]
    try:
        return AccountDraft(email=chosen.email, name=chosen.name, roles=roles)
    except ValidationError as failure:
        wrong = failure.errors()[0]
        raise Failed(f"{wrong['loc'][0]}: {wrong['msg']}") from failure
