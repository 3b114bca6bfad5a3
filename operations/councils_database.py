"""The councils service's database, for commands that import beside a running house."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from operations.command import Failed
from operations.oparl_folder import Folder
from operations.service_database import SPEAKER, at_service
from services.actors.popolo.queries import known_ids
from services.actors.tables import ActorRow, PostRow
from services.councils.contract.oparl import OparlRequest
from services.councils.oparl.actions import named_elsewhere, take
from services.kit.db import Database
from services.kit.errors import Rejected
from services.kit.http import Named, Record, Work
from services.kit.settings import Settings

MOST_TOLD = 20
KEEPERS: dict[str, Any] = {"actor": ActorRow, "post": PostRow}


def told_of(named: Iterable[Named]) -> dict[Named, UUID | None]:
    """Which actors and posts there are, as the registry's own database has them."""
    wanted = set(named)
    if not wanted:
        return {}

    async def ask(database: Database, _settings: Settings) -> dict[Named, UUID | None]:
        found: dict[Named, UUID | None] = {}
        async with database.reading() as db:
            for noun, row in KEEPERS.items():
                ids = {one for kind, one in wanted if kind == noun}
                known = await known_ids(db, row, ids)
                found |= {(noun, one): one if one in known else None for one in ids}
        return found

    return at_service("actors", ask)


def take_archive(folder: Folder, request: OparlRequest) -> Record:
    """All of an archive, or nothing and why. Failed."""
    named = {("actor", one.actor_id) for one in request.actors}
    named |= {("actor", request.leader_actor_id)} if request.leader_actor_id else set()
    told = told_of(named | named_elsewhere(request.objects))
    if lacking := sorted(str(one[1]) for one in named if told[one] is None):
        raise Failed(f"the registry has no actor {', '.join(lacking)}")

    async def settle(database: Database, _settings: Settings) -> Record:
        try:
            async with database.writing(SPEAKER) as db:
                return await take(Work(db, SPEAKER, told=told), request)
        except Rejected as refused:
            wrong = [folder.blame(error) for error in refused.errors[:MOST_TOLD]]
            raise Failed("\n".join([refused.detail, *wrong])) from None

    return at_service("councils", settle)
