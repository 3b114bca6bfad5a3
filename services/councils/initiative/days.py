"""What was turned too soon, or on another day than was said, is put right."""

from uuid import UUID

from services.councils.contract.initiative import InitiativeDays
from services.councils.decision.queries import DECISIONS
from services.councils.initiative import rules
from services.councils.initiative.actions import demand_past, locked
from services.councils.initiative.queries import INITIATIVES, count_outcomes, first_outcome
from services.councils.tables.initiative import InitiativeRow
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import remove_thing
from services.kit.references import stored
from services.kit.store import Record, change_row


async def judge_days(work: Work, days: InitiativeDays, id: UUID) -> Record:
    """All that forbids these days: their order, to come, and what was decided or came of it."""
    initiative, refused = await locked(work, id), Refusals()
    now = days.model_dump()
    for field, day in now.items():
        with refused:
            rules.demand_reached(initiative[field], day, field=field)
            demand_past(field, day)
    with refused:
        decision = await stored(work.db, DECISIONS.table, initiative["decision_id"])
        rules.demand_decided_first(decision.get("decided_on"), days.decided_on)
    with refused:
        rules.demand_order(days.decided_on, days.started_on, field="started_on")
    with refused:
        rules.demand_order(rules.came_to(now, decision), days.closed_on, field="closed_on")
    with refused:
        begun, last = rules.begins(initiative | now), "started_on" if days.started_on else ""
        first = await first_outcome(work.db, id)
        rules.demand_before_outcomes(begun, first, field=last or "decided_on")
    refused.demand_none()
    return initiative


async def correct_days(work: Work, id: UUID, days: InitiativeDays, version: int | None) -> Record:
    """It was so on other days."""
    await judge_days(work, days, id)
    return await change_row(work.db, InitiativeRow, id, version=version, **days.model_dump())


async def step_back(work: Work, id: UUID, version: int | None) -> Record:
    """What was decided or begun by mistake was not; what was closed is resumed instead."""
    initiative = await locked(work, id)
    status, field = rules.stepped_back(initiative["status"])
    rules.demand_nothing_came(await count_outcomes(work.db, id))
    values = {"status": status, field: None}
    return await change_row(work.db, InitiativeRow, id, version=version, **values)


async def remove_initiative(work: Work, id: UUID, version: int) -> None:
    """It was proposed by mistake; what was decided, or has been closed, is stopped or stays."""
    rules.demand_proposed((await locked(work, id))["status"])
    await remove_thing(work, INITIATIVES, id, version=version)
