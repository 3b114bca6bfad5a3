"""key: make, list and revoke the keys that other systems call the API with."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import ValidationError

from gateway import accounts, keys
from gateway.drafts import ClientDraft, Scope
from operations import house
from operations.command import Failed, Subparsers, command, say
from operations.gateway_database import SPEAKER, at_gateway
from services.kit import log
from services.kit.db import Database
from services.kit.errors import Problem
from services.kit.settings import Settings


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    does = "keys to the API: create, list, revoke"
    verbs = subparsers.add_parser("key", help=does, description=does).add_subparsers(
        required=True, metavar="VERB"
    )
    made = command(verbs, "create", create, does="a new client with a key, shown once")
    made.add_argument("--municipality", metavar="CODE", help="such as 1472; none: the association")
    made.add_argument("--scopes", default="read", help="read,write,personal (read)")
    made.add_argument("--name", default="", help="what the other system is called")
    made.add_argument("--days", type=int, default=keys.DAYS_MOST, help="how long it lives (365)")
    command(verbs, "list", show, does="every key, without its secret")
    gone = command(verbs, "revoke", revoke, does="make a key worth nothing, within seconds")
    gone.add_argument("key", help="the key, or the ten letters after kn_")


def create(chosen: argparse.Namespace) -> None:
    """Make a client and its key; the key stands alone on the last line."""
    draft = _draft(chosen)

    async def make(database: Database, settings: Settings) -> keys.Made:
        async with database.writing(SPEAKER) as db:
            _demand_own(draft.municipality_code, (await accounts.house(db))["municipalities"])
            return await keys.open_client(db, keys.Pepper.of(settings), draft, chosen.days)

    made = _at_gateway(make)
    whose = f"municipality {draft.municipality_code}" if draft.municipality_code else "everybody's"
    said = f"client {made.client['id']}, {whose}, {', '.join(draft.scopes)}"
    text = f"{said}\nlives until {made.expires_at:%Y-%m-%d}; shown once:\n{made.text}"
    say(chosen, text, key=made.text, client_id=made.client["id"], expires_at=made.expires_at)


def _demand_own(code: str | None, listed: list[dict[str, Any]]) -> None:
    """Failed for a municipality that is none of the association's, where it has said which are."""
    known = {one["code"]: one["name"] for one in listed}
    if code is not None and known and code not in known:
        names = ", ".join(f"{one} {name}" for one, name in sorted(known.items()))
        raise Failed(f"no municipality of the association has the code {code}; there are {names}")


def _draft(chosen: argparse.Namespace) -> ClientDraft:
    scopes: list[Any] = [word.strip() for word in chosen.scopes.split(",") if word.strip()]
    known = set(Scope)
    if unknown := [word for word in scopes if word not in known]:
        raise Failed(f"no scope is called {', '.join(unknown)}; there are {', '.join(known)}")
    name = chosen.name or f"Klient {chosen.municipality or 'förbundet'}"
    try:
        return ClientDraft(name=name, municipality_code=chosen.municipality, scopes=scopes)
    except ValidationError as failure:
        wrong = failure.errors()[0]
        raise Failed(f"{wrong['loc'][0]}: {wrong['msg']}") from failure


def show(chosen: argparse.Namespace) -> None:
    """One line a key."""

    async def read(database: Database, _settings: Settings) -> list[dict[str, Any]]:
        async with database.reading() as db:
            return await keys.listed(db)

    for key in _at_gateway(read):
        state = "revoked" if key["revoked_at"] else f"until {key['expires_at']:%Y-%m-%d}"
        used = f"used {key['used_at']:%Y-%m-%d %H} h" if key["used_at"] else "never used"
        whose = key["municipality_code"] or "-"
        text = f"kn_{key['part']}  {whose:4}  {','.join(key['scopes']):20}  {state}  {used}"
        say(chosen, f"{text}  {key['name']}", **key)


def revoke(chosen: argparse.Namespace) -> None:
    """Revoke one."""
    part = chosen.key.removeprefix("kn_").partition("_")[0]

    async def end(database: Database, _settings: Settings) -> None:
        async with database.writing(SPEAKER) as db:
            await keys.revoke(db, part)

    _at_gateway(end)
    say(chosen, f"kn_{part} is revoked", revoked=part)


def _at_gateway(do: Callable[[Database, Settings], Awaitable[Any]]) -> Any:
    settings = house.read_settings()
    log.configure("ERROR")
    try:
        return asyncio.run(at_gateway(settings, do))
    except Problem as problem:
        raise Failed(problem.detail) from problem
