"""What can be done with methods."""

from uuid import UUID

from services.actors.contract.method import MethodRetirement
from services.actors.method import rules
from services.actors.method.queries import METHODS, last_used
from services.actors.uses import remove_unused
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.store import Record, change_row, get_row


async def judge_retirement(work: Work, retirement: MethodRetirement, id: UUID) -> None:
    """All that forbids to retire it."""
    method, refused = await get_row(work.db, METHODS.row, id, lock=True), Refusals()
    with refused:
        rules.demand_in_use(method)
    with refused:
        rules.demand_after_use(await last_used(work.db, id), retirement.retired_on)
    refused.demand_none()


async def retire(work: Work, id: UUID, retirement: MethodRetirement, version: int | None) -> Record:
    """Nobody takes it up from the day on."""
    await judge_retirement(work, retirement, id)
    told = {"retired_on": retirement.retired_on}
    return await change_row(work.db, METHODS.row, id, version=version, **told)


async def restore(work: Work, id: UUID, version: int | None) -> Record:
    """It is taken up again."""
    rules.demand_retired(await get_row(work.db, METHODS.row, id, lock=True))
    return await change_row(work.db, METHODS.row, id, version=version, retired_on=None)


async def remove(work: Work, id: UUID, version: int) -> None:
    """Delete a method that nobody has used."""
    await get_row(work.db, METHODS.row, id, lock=True)
    rules.demand_unused(await last_used(work.db, id))
    await remove_unused(work, id, version, METHODS)
