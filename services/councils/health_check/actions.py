"""What can be done with health checks; what is to be done becomes action items."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.councils.action_item.queries import ACTION_ITEMS
from services.councils.contract.decision import ActionItemDraft
from services.councils.contract.health_check import HealthCheckDraft, HealthFinding
from services.councils.council.actions import demand_its_time, open_council
from services.councils.health_check import rules
from services.councils.health_check.queries import HEALTH_CHECKS, action_items_of
from services.councils.order import demand_order
from services.councils.tables.health import HealthCheckRow
from services.kit import clock
from services.kit.errors import FieldError, Refusals, Rejected
from services.kit.http import Work
from services.kit.keeping import create_thing, replace_thing
from services.kit.store import Record, get_row


async def judge(work: Work, draft: HealthCheckDraft, id: UUID | None = None) -> None:
    """All that forbids it."""
    refused = Refusals()
    before: Mapping[str, Any] = await get_row(work.db, HealthCheckRow, id) if id else {}
    with refused:
        rules.demand_fixed(before, draft)
    with refused:
        await _judge_council(work, draft, before)
    with refused:
        await demand_order(work, "health_check", draft, before)
    with refused:
        rules.demand_past(draft.reviewed_on, clock.today())
    with refused:
        rules.demand_edition(draft.edition)
    with refused:
        rules.demand_findings(draft)
    with refused:
        await _demand_own_items(work, draft, before)
    refused.demand_none()


async def _judge_council(work: Work, draft: HealthCheckDraft, before: Mapping[str, Any]) -> None:
    if not before:
        if draft.council_id is not None:
            await open_council(work, draft.council_id)
        return
    if any(one.todo for one in draft.findings or ()):
        await open_council(work, before["council_id"])
    await demand_its_time(work, before["council_id"], draft.reviewed_on, field="reviewed_on")


async def _demand_own_items(work: Work, draft: HealthCheckDraft, before: Mapping[str, Any]) -> None:
    """Rejected where a finding names anew what is no action item of the council."""
    kept = {str(one["action_item_id"]) for one in before.get("findings", ())}
    named = {
        place: one.action_item_id
        for place, one in enumerate(draft.findings or ())
        if one.action_item_id and str(one.action_item_id) not in kept
    }
    council = before.get("council_id") or draft.council_id
    own = await action_items_of(work.db, council, named.values()) if named and council else set()
    code, told = "unknown_reference", "it is no action item of the council"
    wrong = [
        FieldError(f"findings.{place}.action_item_id", code, told)
        for place, one in named.items()
        if one not in own
    ]
    if wrong:
        raise Rejected(told, errors=wrong)


async def make_check(work: Work, draft: HealthCheckDraft) -> Record:
    """What was found is kept, every criterion of its edition, and what is to be done is begun."""
    return await create_thing(work, HEALTH_CHECKS, await _begun(work, draft))


async def revise_check(work: Work, id: UUID, draft: HealthCheckDraft, version: int) -> Record:
    """The same for a check that is put right."""
    whole = await _begun(work, draft)
    return await replace_thing(work, HEALTH_CHECKS, id, whole, version=version)


async def _begun(work: Work, draft: HealthCheckDraft) -> HealthCheckDraft:
    findings = [
        await _doing(work, draft, one) if one.todo else one
        for one in rules.filled(draft.edition, draft.findings)
    ]
    return draft.model_copy(update={"findings": findings})


async def _doing(work: Work, draft: HealthCheckDraft, one: HealthFinding) -> HealthFinding:
    """The finding with an action item in place of what is to be done."""
    told = one.model_dump(include={"owner_post_id", "due_on"})
    marks = draft.model_dump(include={"council_id", "source", "example"})
    item = await create_thing(work, ACTION_ITEMS, ActionItemDraft(text=one.todo, **told, **marks))
    done = {"todo": None, "owner_post_id": None, "due_on": None, "action_item_id": item["id"]}
    return one.model_copy(update=done)
