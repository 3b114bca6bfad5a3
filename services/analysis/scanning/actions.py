"""What can be done with signals and trends."""

from datetime import date
from typing import Any
from uuid import UUID

from services.analysis.contract.scanning import ScanningEnd, SignalDraft, TrendDraft
from services.analysis.scanning import rules
from services.analysis.scanning.queries import SIGNALS, TRENDS, first_link
from services.analysis.tables.base import METADATA
from services.kit import clock
from services.kit.collection import Collection
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.judging import Judge
from services.kit.keeping import remove_thing
from services.kit.references import demand_known, demand_unlisted
from services.kit.store import Record, change_row, get_row

BEGAN = {SIGNALS.noun: "observed_on", TRENDS.noun: "noted_on"}


async def judge_signal(work: Work, draft: SignalDraft, id: UUID | None = None) -> None:
    """All that forbids a signal: seen on a day to come, after its end or a link of it."""
    refused = Refusals()
    await _judge_began(work, SIGNALS, draft.observed_on, id, refused)
    refused.demand_none()


async def judge_trend(work: Work, draft: TrendDraft, id: UUID | None = None) -> None:
    """All that forbids a trend: as for a signal, and carried by a signal that there is not."""
    refused = Refusals()
    await _judge_began(work, TRENDS, draft.noted_on, id, refused)
    with refused:
        await demand_known(work.db, SIGNALS.row, draft.signal_ids or (), field="signal_ids")
    refused.demand_none()


async def _judge_began(
    work: Work, things: Collection, began: date | None, id: UUID | None, refused: Refusals
) -> None:
    field = BEGAN[things.noun]
    kept = await get_row(work.db, things.row, id, lock=True) if id else {}
    with refused:
        rules.demand_come(began, clock.today(), field=field)
    if id and began != kept[field]:
        with refused:
            first = await first_link(work.db, f"{things.noun}_id", id)
            rules.demand_unlinked(began, first, field=field)
    with refused:
        rules.demand_begun(began, kept.get("ended_on"), field=field)


def judge_end(things: Collection) -> Judge:
    """What forbids to end one of these things."""

    async def judge(work: Work, end: ScanningEnd, id: UUID) -> None:
        kept, refused = await get_row(work.db, things.row, id, lock=True), Refusals()
        with refused:
            rules.demand_going_on(kept)
        with refused:
            rules.demand_come(end.ended_on, clock.today(), field="ended_on")
        with refused:
            rules.demand_begun(kept[BEGAN[things.noun]], end.ended_on, field="ended_on")
        refused.demand_none()

    return judge


async def end(
    work: Work, things: Collection, id: UUID, told: ScanningEnd, version: int | None
) -> Record:
    """It does not hold any more, from a day on."""
    await judge_end(things)(work, told, id)
    said: dict[str, Any] = told.model_dump()
    return await change_row(work.db, things.row, id, version=version, **said)


async def reopen(work: Work, things: Collection, id: UUID, version: int | None) -> Record:
    """It was ended by mistake, or holds again."""
    rules.demand_ended(await get_row(work.db, things.row, id, lock=True))
    nothing: dict[str, Any] = {"ended_on": None, "ended_reason": None}
    return await change_row(work.db, things.row, id, version=version, **nothing)


async def remove_signal(work: Work, id: UUID, version: int) -> None:
    """Delete a signal that carries no trend and bears on no challenge."""
    await get_row(work.db, SIGNALS.row, id, lock=True)
    await demand_unlisted(work.db, METADATA, SIGNALS.noun, id)
    await remove_thing(work, SIGNALS, id, version=version)
