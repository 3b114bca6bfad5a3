"""Questions about initiatives, their steps and outcomes."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.initiative import (
    INITIATIVE_ENDS,
    Initiative,
    InitiativeDraft,
    InitiativeKind,
    InitiativeStatus,
    Outcome,
    OutcomeDraft,
    Step,
    StepDraft,
    StepOutside,
)
from services.councils.contract.need import Horizon
from services.councils.equality import names_uneven
from services.councils.membership import in_own_council
from services.councils.need.links import about_need, about_seen, both, seen_links
from services.councils.tables.initiative import BudgetLineRow, InitiativeRow, OutcomeRow, StepRow
from services.councils.tables.meeting import DecisionRow
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.contract import MunicipalityCode, Reference
from services.kit.identity import Caller
from services.kit.paging import Filter, given, ownerless, same, since, until
from services.kit.store import Record, table_of


def _lacks_equality(columns: Any, when: When) -> ColumnElement[Any]:
    """Whether it is decided though neither it, its decision nor what replaced that looked at it."""
    decision = when.table(DecisionRow).alias("its_decision")
    its = or_(decision.c.id == columns.decision_id, decision.c.supersedes_id == columns.decision_id)
    looked = exists(
        select(literal(True))
        .where(its, decision.c.equality_check.is_not(None))
        .correlate(columns.id.table)
    )
    due = columns.decided_on.is_not(None) & columns.equality_check.is_(None)
    return and_(due, ~looked, names_uneven(columns, when))


def _money(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """What its lines come to; the one figure where it has none. docs/decisions/0027."""
    line = when.table(BudgetLineRow)
    its = line.c.initiative_id == columns.id
    known = its & line.c.actual.is_not(None)

    def of_lines(what: ColumnElement[Any], where: ColumnElement[bool]) -> ColumnElement[Any]:
        return select(what).where(where).scalar_subquery()

    lines = of_lines(func.count(), its)
    told = {
        "budget": (func.sum(line.c.plan), columns.budget),
        "actual": (func.sum(line.c.actual), columns.actual),
        "variance": (func.sum(line.c.actual - line.c.plan), columns.actual - columns.budget),
    }
    return [
        *(
            case((lines > 0, of_lines(summed, its)), else_=figure).label(name)
            for name, (summed, figure) in told.items()
        ),
        lines.label("budget_line_count"),
        (lines - of_lines(func.count(), known)).label("open_budget_line_count"),
    ]


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    step, outcome = when.table(StepRow), when.table(OutcomeRow)
    steps = step.c.initiative_id == columns.id
    left = steps & step.c.done_on.is_(None)
    outcomes = outcome.c.initiative_id == columns.id
    # A sum of nothing known is null: nobody knows, which is not nobody.
    employed = func.sum(outcome.c.persons_employed)
    return [
        _lacks_equality(columns, when).label("equality_check_lacking"),
        *_money(columns, when),
        select(func.count()).where(steps).scalar_subquery().label("step_count"),
        select(func.count()).where(left).scalar_subquery().label("open_step_count"),
        select(func.min(step.c.due_on)).where(left).scalar_subquery().label("next_due_on"),
        select(func.count()).where(outcomes).scalar_subquery().label("outcome_count"),
        select(employed).where(outcomes).scalar_subquery().label("persons_employed"),
    ]


def _carried(**part: Any) -> Filter:
    """Initiatives that an actor leads, or is a partner of with such a part in."""

    def clause(columns: Any, values: list[Any]) -> ColumnElement[bool]:
        parts = ([{"actor_id": str(value)} | part] for value in values)
        with_them = (columns.partners.contains(cast(literal(p, JSONB), JSONB)) for p in parts)
        return or_(columns.lead_actor_id.in_(values), *with_them)

    return Filter(Reference, clause)


def _lacking_equality() -> Filter:
    """true: decided without a look at equality that a need asks for; false: all others."""
    now = When(clock.today())
    return Filter(bool, lambda c, values: _lacks_equality(c, now) == values[0])


def _dated() -> Filter:
    """true: some day says when it runs, planned or not; false: none does."""
    days = ("starts_on", "started_on", "ends_on", "closed_on")
    known = "true: only where a day tells when it begins or ends; false: only where none does"

    def clause(columns: Any, values: list[Any]) -> ColumnElement[bool]:
        told: ColumnElement[bool] = or_(*(columns[day].is_not(None) for day in days))
        return told == literal(values[0])

    return Filter(bool, clause, keeps=known)


def _initiatives_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """Members see their councils'; a municipality's key its own, whatever they are about."""
    about = about_seen(caller, columns)
    if about is not None:
        about = or_(columns.reported_by == caller.bound_to, about)
    return both(in_own_council(caller, columns.council_id), about)


INITIATIVES = Collection(
    row=InitiativeRow,
    draft=InitiativeDraft,
    answer=Initiative,
    path="/initiatives",
    filters={
        "status": same("status", InitiativeStatus),
        "kind": same("kind", InitiativeKind),
        "horizon": same("horizon", Horizon),
        "need_id": about_need(),
        "council_id": same("council_id", Reference),
        "decision_id": same("decision_id", Reference),
        "lead_actor_id": _carried(leads=True),
        "actor_id": _carried(),
        "owner_post_id": same("owner_post_id", Reference),
        "ownerless": ownerless(),
        "programme_id": same("programme_id", Reference),
        "intake_id": same("intake_id", Reference),
        "reported_by": same("reported_by", MunicipalityCode),
        "equality_check_lacking": _lacking_equality(),
        "dated": _dated(),
        "ends_from": since("ends_on"),
        "ends_to": until("ends_on"),
    },
    sorts=("-created_at", "updated_at", "title", "status", "starts_on", "ends_on"),
    search=("title", "description", "audience"),
    derive=_derived,
    visible=_initiatives_seen,
    owner=lambda columns: columns.reported_by,
    owner_field="reported_by",
    narrowed={"need_ids": seen_links},
)


def initiative_owner(columns: Any) -> ColumnElement[Any]:
    """The municipality that may write what belongs to an initiative."""
    initiative = table_of(InitiativeRow)
    found = select(initiative.c.reported_by).where(initiative.c.id == columns.initiative_id)
    return found.scalar_subquery()


def with_initiative(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """What belongs to an initiative is seen by those who see it."""
    initiative = table_of(InitiativeRow).alias("its_initiative")
    seen = _initiatives_seen(caller, initiative.c)
    if seen is None:
        return None
    return exists().where(initiative.c.id == columns.initiative_id, seen)


def _outcomes_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """As the initiative, and where it is not the key's own, by the outcome's own needs too."""
    about = about_seen(caller, columns)
    if about is not None:
        about = or_(initiative_owner(columns) == caller.bound_to, about)
    return both(with_initiative(caller, columns), about)


def _open_steps() -> Filter:
    """true: not done, of an initiative that goes on; false: all others."""
    initiative = table_of(InitiativeRow).alias("it_leads_to")
    ends = initiative.c.status.in_(INITIATIVE_ENDS)

    def clause(columns: Any, values: list[Any]) -> ColumnElement[bool]:
        ended = exists().where(initiative.c.id == columns.initiative_id, ends)
        is_open: ColumnElement[bool] = and_(columns.done_on.is_(None), ~ended) == values[0]
        return is_open

    return Filter(bool, clause)


def _outside(columns: Any, when: When) -> list[ColumnElement[Any]]:
    initiative, done = when.table(InitiativeRow).alias("whose_days"), columns.done_on
    told = case(
        (done < initiative.c.started_on, literal(StepOutside.before_start.value)),
        (done > initiative.c.closed_on, literal(StepOutside.after_end.value)),
    )
    found = select(told).where(initiative.c.id == columns.initiative_id)
    return [found.scalar_subquery().label("outside")]


STEPS = Collection(
    row=StepRow,
    draft=StepDraft,
    answer=Step,
    path="/steps",
    derive=_outside,
    filters={
        "initiative_id": same("initiative_id", Reference),
        "owner_post_id": same("owner_post_id", Reference),
        "ownerless": ownerless(),
        "done": given("done_on"),
        "open": _open_steps(),
        "checklist_template_id": same("checklist_template_id", Reference),
        "due_from": since("due_on"),
        "due_to": until("due_on"),
    },
    sorts=("position", "due_on", "created_at"),
    visible=with_initiative,
    parent=("/initiatives", "initiative_id"),
    owner=initiative_owner,
)
OUTCOMES = Collection(
    row=OutcomeRow,
    draft=OutcomeDraft,
    answer=Outcome,
    path="/outcomes",
    filters={
        "initiative_id": same("initiative_id", Reference),
        "need_id": about_need(),
        "horizon": same("horizon", Horizon),
        "happened_from": since("happened_on"),
        "happened_to": until("happened_on"),
    },
    sorts=("-happened_on", "created_at"),
    visible=_outcomes_seen,
    parent=("/initiatives", "initiative_id"),
    owner=initiative_owner,
    narrowed={"need_ids": seen_links},
)


async def count_outcomes(db: AsyncConnection, initiative_id: UUID) -> int:
    """How many outcomes an initiative has."""
    outcome = table_of(OutcomeRow)
    counted = select(func.count()).where(outcome.c.initiative_id == initiative_id)
    return int(await db.scalar(counted) or 0)


async def first_outcome(db: AsyncConnection, initiative_id: UUID) -> date | None:
    """The day of the first thing that came of an initiative."""
    outcome = table_of(OutcomeRow)
    first = select(func.min(outcome.c.happened_on)).where(outcome.c.initiative_id == initiative_id)
    found: date | None = await db.scalar(first)
    return found


async def checked(db: AsyncConnection, decision_id: UUID | None) -> bool:
    """Whether a decision was checked for equality."""
    decision = table_of(DecisionRow)
    done = (decision.c.id == decision_id) & decision.c.equality_check.is_not(None)
    return bool(await db.scalar(select(exists().where(done))))


async def sums_of_lines(db: AsyncConnection, id: UUID | None) -> Record | None:
    """What the lines of an initiative come to; None where it has none."""
    line = table_of(BudgetLineRow)
    sums = func.sum(line.c.plan).label("budget"), func.sum(line.c.actual).label("actual")
    found = select(*sums).where(line.c.initiative_id == id).having(func.count() > 0)
    row = (await db.execute(found)).mappings().one_or_none()
    return dict(row) if row else None
