"""Questions about what posts hold, and what actors have taken on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, cast, false, func, literal, null, or_, select, true
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH, array
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.initiative import INITIATIVE_ENDS
from services.councils.contract.interview import InterviewStatus
from services.councils.contract.meeting import MeetingStatus
from services.councils.contract.need import NeedStatus
from services.councils.contract.project import PROJECT_ENDS
from services.councils.decision.queries import decision_open
from services.councils.sight import reads_interviews
from services.councils.tables.council import CouncilRow, SeatRow
from services.councils.tables.initiative import InitiativeRow, StepRow
from services.councils.tables.interview import DialogueMapRow, InterviewRow
from services.councils.tables.meeting import (
    ActionItemRow,
    DecisionRow,
    MeetingRow,
    SessionPlanRow,
)
from services.councils.tables.need import NeedRow
from services.councils.tables.project import (
    ProjectActivityRow,
    ProjectContinuationRow,
    ProjectDeviationRow,
    ProjectRow,
)
from services.kit import clock
from services.kit.collection import When
from services.kit.identity import Caller
from services.kit.rows import local_day
from services.kit.store import Record

MOST = 2000
NEED_ENDS = (NeedStatus.met, NeedStatus.dropped)
UNFINISHED = (InterviewStatus.draft, InterviewStatus.sent)
TAKING_PART, LEADING = "$[*].actor_id", "$[*] ? (@.leads == true).actor_id"


def _held(post: Any, title: Any, council: Any, *living: Any, actor: Any = None) -> Select[Any]:
    """What a post holds, as it is answered."""
    told = (post.table.c.id.label("id"), post.label("post_id"), council.label("council_id"))
    met = (_nothing() if actor is None else actor).label("actor_id")
    said = (met, title.label("title"), post.table.c.example.label("example"))
    return select(*told, *said).where(*living).order_by(post.table.c.id)


def _nothing() -> Any:
    return cast(null(), Uuid())


def _lasting(seat: Any, day: date) -> Any:
    return or_(seat.valid_to.is_(None), seat.valid_to > day)


def _lives(initiative: Any) -> Any:
    return initiative.status.not_in(INITIATIVE_ENDS)


def post_questions(when: When) -> dict[str, tuple[Any, Select[Any]]]:
    """For each kind: the column that names the post, and what is still its to hold."""
    rows = (SeatRow, CouncilRow, DecisionRow, ActionItemRow, NeedRow, InitiativeRow, StepRow)
    seat, council, decision, item, need, initiative, step = (when.table(row).c for row in rows)
    day = when.day
    # As of all else here: what has been done since is nobody's to take, whatever day one left.
    to_do = decision_open(decision, replace(when, day=max(day, clock.today())))
    need_lives = need.status.not_in(NEED_ENDS)
    initiative_lives = _lives(initiative)
    of_step = select(initiative.id).where(initiative.id == step.initiative_id, initiative_lives)
    to_take = and_(step.done_on.is_(None), of_step.exists())
    leads = council.process_leader_post_id
    found = {
        "seats": (seat.post_id, seat.role, seat.council_id, _lasting(seat, day)),
        "councils": (leads, council.name, council.id, council.closed_on.is_(None)),
        "decisions": (decision.owner_post_id, decision.text, decision.council_id, to_do),
        "action_items": (item.owner_post_id, item.text, item.council_id, item.done_on.is_(None)),
        "needs": (need.owner_post_id, need.statement, need.council_id, need_lives),
        "initiatives": (
            initiative.owner_post_id,
            initiative.title,
            initiative.council_id,
            initiative_lives,
        ),
        "steps": (step.owner_post_id, step.title, _nothing(), to_take),
    }
    held = {kind: (one[0], _held(*one)) for kind, one in found.items()}
    held |= {kind: (one[0], _held(*one)) for kind, one in _of_projects(when).items()}
    return held | {"interviews": _interviews(when), "session_plans": _session_plans(when)}


def _of_projects(when: When) -> dict[str, tuple[Any, ...]]:
    """Projects that go on, what is to be done in them, and what is carried after any."""
    rows = (ProjectRow, ProjectActivityRow, ProjectDeviationRow, ProjectContinuationRow)
    project, activity, deviation, goes_on = (when.table(row).c for row in rows)
    lives = project.status.not_in(PROJECT_ENDS)

    def of(part: Any) -> Any:
        return select(project.id).where(project.id == part.project_id, lives).exists()

    to_do = and_(activity.done_on.is_(None), of(activity))
    is_open = and_(deviation.closed_on.is_(None), of(deviation))
    return {
        "projects": (project.leader_post_id, project.name, project.council_id, lives),
        "project_activities": (activity.owner_post_id, activity.title, _nothing(), to_do),
        "project_deviations": (deviation.owner_post_id, deviation.what, _nothing(), is_open),
        "project_continuations": (goes_on.carrier_post_id, goes_on.what, _nothing(), true()),
    }


def _interviews(when: When) -> tuple[Any, Select[Any]]:
    """Those that their interviewer has not finished; they are called by their questions."""
    held, asked = when.table(InterviewRow).c, when.table(DialogueMapRow)
    name = select(asked.c.name).where(asked.c.id == held.dialogue_map_id).scalar_subquery()
    post, living = held.interviewer_post_id, held.status.in_(UNFINISHED)
    return post, _held(post, name, held.council_id, living, actor=held.actor_id)


def _session_plans(when: When) -> tuple[Any, Select[Any]]:
    """Those of meetings that are yet to be led, from the day on."""
    plan, meeting = when.table(SessionPlanRow).c, when.table(MeetingRow).c
    ahead = (meeting.status == MeetingStatus.planned, local_day(meeting.starts_at) >= when.day)
    post, its = plan.facilitator_post_id, meeting.id == plan.meeting_id
    return post, _held(post, meeting.title, meeting.council_id, its, *ahead)


async def consequences(
    db: AsyncConnection, post_ids: Sequence[UUID], when: When, caller: Caller
) -> Record:
    """Everything that loses its owner when these posts lose their holders on the day.

    No interview, for whoever may not know of any.
    """
    found: Record = {"on": when.day}
    hidden = {} if reads_interviews(caller) is None else {"interviews": false()}
    for kind, (post, question) in post_questions(when).items():
        told = question.where(post.in_(post_ids), hidden.get(kind, true()))
        rows = await db.execute(told.limit(MOST))
        found[kind] = [dict(row) for row in rows.mappings()]
    return found


def _taken_on(table: Any, named: Any, shared: Any, carrying: Any, *living: Any) -> Select[Any]:
    """What actors have taken on, as it is answered, with all who carry it."""
    title, council = named
    told = (
        table.id.label("id"),
        council.label("council_id"),
        title.label("title"),
        table.example.label("example"),
        shared.label("shared"),
        carrying.label("actor_ids"),
    )
    return select(*told).where(*living).order_by(table.id).limit(MOST)


def _undertakings(actor_ids: Sequence[UUID], when: When) -> dict[str, Select[Any]]:
    """For each kind of undertaking: those that last, of some actors."""
    rows = (SeatRow, CouncilRow, InitiativeRow)
    seat, council, initiative = (when.table(row).c for row in rows)
    ours, convenes = (c.in_(actor_ids) for c in (seat.actor_id, council.convened_by_actor_id))
    leads = council.leader_actor_ids.overlap(cast(actor_ids, council.leader_actor_ids.type))
    others_lead = func.cardinality(council.leader_actor_ids) > 1
    partners = initiative.partners
    led_too = _parts(partners, actor_ids, leads=True)
    led = or_(initiative.lead_actor_id.in_(actor_ids), led_too)
    taking_part = and_(_parts(partners, actor_ids), ~led_too)
    others_take_part = func.jsonb_array_length(partners) > 0
    titled, called = (initiative.title, initiative.council_id), (council.name, council.id)
    open_, lives, lasting = (
        council.closed_on.is_(None),
        _lives(initiative),
        _lasting(seat, when.day),
    )
    leading = _of(partners, LEADING).op("||")(func.to_jsonb(initiative.lead_actor_id))
    taken_part = _of(partners, TAKING_PART)
    leaders, convenor = council.leader_actor_ids, _alone(council.convened_by_actor_id)
    places = (seat.role, seat.council_id)
    project, goes_on = (when.table(row).c for row in (ProjectRow, ProjectContinuationRow))
    owner, carrier = project.owner_actor_id, goes_on.carrier_actor_id
    funder, named = project.funder_actor_id, (project.name, project.council_id)
    owns, lasts = owner.in_(actor_ids), project.status.not_in(PROJECT_ENDS)
    paid = funder.in_(actor_ids), ~owns, lasts
    carried = (goes_on.what, _nothing()), false(), _alone(carrier), carrier.in_(actor_ids)
    return {
        "projects": _taken_on(project, named, false(), _alone(owner), owns, lasts),
        "funded_projects": _taken_on(project, named, true(), _alone(funder), *paid),
        "project_continuations": _taken_on(goes_on, *carried),
        "seats": _taken_on(seat, places, false(), _alone(seat.actor_id), ours, lasting),
        "councils": _taken_on(council, called, others_lead, leaders, leads, open_),
        "called_councils": _taken_on(council, called, false(), convenor, convenes, ~leads, open_),
        "initiatives": _taken_on(initiative, titled, others_take_part, leading, led, lives),
        "partnerships": _taken_on(initiative, titled, true(), taken_part, taking_part, lives),
    }


def _parts(partners: Any, actor_ids: Sequence[UUID], **part: Any) -> Any:
    """Where some actor is a partner, with such a part."""
    named: list[Any] = [[{"actor_id": str(one)} | part] for one in actor_ids]
    return or_(*(partners.contains(cast(literal(one, JSONB), JSONB)) for one in named))


def _of(partners: Any, path: str) -> Any:
    return func.jsonb_path_query_array(partners, cast(path, JSONPATH), type_=JSONB)


def _alone(actor_id: Any) -> Any:
    return array([actor_id])


async def actor_consequences(db: AsyncConnection, actor_ids: Sequence[UUID], when: When) -> Record:
    """Everything that some actors have taken on, and would leave on the day."""
    found: Record = {"on": when.day, "actor_id": actor_ids[0]}
    for kind, question in _undertakings(actor_ids, when).items():
        rows = (await db.execute(question)).mappings()
        found[kind] = [dict(row) | {"actor_ids": _asked(row, actor_ids)} for row in rows]
    return found


def _asked(row: Any, actor_ids: Sequence[UUID]) -> list[UUID]:
    carrying = {str(one) for one in row["actor_ids"]}
    return [one for one in actor_ids if str(one) in carrying]
