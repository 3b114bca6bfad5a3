"""Questions about what posts hold, and what actors have taken on."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, cast, false, func, literal, null, or_, select, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.initiative import InitiativeStatus
from services.councils.contract.need import NeedStatus
from services.councils.tables.council import CouncilRow, SeatRow
from services.councils.tables.initiative import InitiativeRow, StepRow
from services.councils.tables.meeting import ActionItemRow, DecisionRow
from services.councils.tables.need import NeedRow
from services.kit.collection import When
from services.kit.store import Record

MOST = 500
NEED_ENDS = (NeedStatus.met, NeedStatus.dropped)
INITIATIVE_ENDS = (InitiativeStatus.done, InitiativeStatus.stopped)


def _held(post: Any, title: Any, council: Any, *living: Any) -> Select[Any]:
    """What a post holds, as it is answered."""
    told = (post.table.c.id.label("id"), post.label("post_id"), council.label("council_id"))
    return select(*told, title.label("title")).where(*living).order_by(post.table.c.id)


def _lasting(seat: Any, day: date) -> Any:
    return or_(seat.valid_to.is_(None), seat.valid_to > day)


def _lives(initiative: Any) -> Any:
    return initiative.status.not_in(INITIATIVE_ENDS)


def _questions(when: When) -> dict[str, tuple[Any, Select[Any]]]:
    """For each kind: the column that names the post, and what is still its to hold."""
    rows = (SeatRow, CouncilRow, DecisionRow, ActionItemRow, NeedRow, InitiativeRow, StepRow)
    seat, council, decision, item, need, initiative, step = (when.table(row).c for row in rows)
    day = when.day
    ahead = or_(decision.review_on >= day, decision.due_on >= day)
    need_lives = need.status.not_in(NEED_ENDS)
    initiative_lives = _lives(initiative)
    leads = council.process_leader_post_id
    nowhere = cast(null(), Uuid())
    found = {
        "seats": (seat.post_id, seat.role, seat.council_id, _lasting(seat, day)),
        "councils": (leads, council.name, council.id, council.closed_on.is_(None)),
        "decisions": (decision.owner_post_id, decision.text, decision.council_id, ahead),
        "action_items": (item.owner_post_id, item.text, item.council_id, item.done_on.is_(None)),
        "needs": (need.owner_post_id, need.statement, need.council_id, need_lives),
        "initiatives": (
            initiative.owner_post_id,
            initiative.title,
            initiative.council_id,
            initiative_lives,
        ),
        "steps": (step.owner_post_id, step.title, nowhere, step.done_on.is_(None)),
    }
    return {kind: (held[0], _held(*held)) for kind, held in found.items()}


async def consequences(db: AsyncConnection, post_ids: Sequence[UUID], when: When) -> Record:
    """Everything that loses its owner when these posts lose their holders on the day."""
    found: Record = {"on": when.day}
    for kind, (post, question) in _questions(when).items():
        rows = await db.execute(question.where(post.in_(post_ids)).limit(MOST))
        found[kind] = [dict(row) for row in rows.mappings()]
    return found


def _taken_on(table: Any, title: Any, council: Any, shared: Any, *living: Any) -> Select[Any]:
    """What an actor has taken on, as it is answered."""
    told = (
        table.id.label("id"),
        council.label("council_id"),
        title.label("title"),
        shared.label("shared"),
    )
    return select(*told).where(*living).order_by(table.id).limit(MOST)


def _undertakings(actor_ids: Sequence[UUID], when: When) -> dict[str, Select[Any]]:
    """For each kind of undertaking: those that last, of an actor by any of its ids."""
    rows = (SeatRow, CouncilRow, InitiativeRow)
    seat, council, initiative = (when.table(row).c for row in rows)
    ours, partners = seat.actor_id.in_(actor_ids), [[{"actor_id": str(one)}] for one in actor_ids]
    leads = council.leader_actor_ids.overlap(cast(actor_ids, council.leader_actor_ids.type))
    convenes = council.convened_by_actor_id.in_(actor_ids)
    others_lead = func.cardinality(council.leader_actor_ids) > 1
    taking_part = or_(
        *(initiative.partners.op("@>")(cast(literal(one, JSONB), JSONB)) for one in partners)
    )
    others_take_part = func.jsonb_array_length(initiative.partners) > 0
    named, lives = (initiative.title, initiative.council_id), _lives(initiative)
    open_, led = council.closed_on.is_(None), initiative.lead_actor_id.in_(actor_ids)
    return {
        "seats": _taken_on(
            seat, seat.role, seat.council_id, false(), ours, _lasting(seat, when.day)
        ),
        "councils": _taken_on(council, council.name, council.id, others_lead, leads, open_),
        "called_councils": _taken_on(
            council, council.name, council.id, false(), convenes, ~leads, open_
        ),
        "initiatives": _taken_on(initiative, *named, others_take_part, led, lives),
        "partnerships": _taken_on(initiative, *named, true(), taking_part, lives),
    }


async def actor_consequences(db: AsyncConnection, actor_ids: Sequence[UUID], when: When) -> Record:
    """Everything that an actor has taken on, by any of its ids, and would leave on the day."""
    found: Record = {"on": when.day, "actor_id": actor_ids[0]}
    for kind, question in _undertakings(actor_ids, when).items():
        found[kind] = [dict(row) for row in (await db.execute(question)).mappings()]
    return found
