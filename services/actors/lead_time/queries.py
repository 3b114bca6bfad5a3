"""Questions about how long things have taken, all kinds and cases of them at once."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Select,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import DATERANGE
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.actor import ActorStatus
from services.actors.contract.lead_time import FEW, LeadTime, LeadTimeKind
from services.actors.contract.mandate import EndorsementState
from services.actors.contract.relation import RelationState
from services.actors.endorsement.queries import state_then
from services.actors.family import merged_ones, of_two
from services.actors.relation.queries import told_on
from services.actors.series import counts_on
from services.actors.states import first_on, known_states
from services.actors.tables import (
    EndorsementRow,
    HoldingRow,
    MandateRow,
    PostRow,
    RelationRow,
    StandingRow,
)
from services.kit.collection import When
from services.kit.ledger import ledger
from services.kit.rows import local_day
from services.kit.store import Record

NAMES = tuple(LeadTime.model_fields)
Kind, Status, State = LeadTimeKind, ActorStatus, RelationState
# From which status, to which, and in which ones an actor that has not come there still waits.
STEPS = {
    Kind.mapped_to_invited: (Status.mapped, Status.invited, [Status.mapped]),
    Kind.invited_to_active: (Status.invited, Status.active, [Status.invited]),
    Kind.mapped_to_active: (Status.mapped, Status.active, [Status.mapped, Status.invited]),
}
# To which state, and in which ones a relation has come as far.
CARRIES = {
    Kind.relation_to_working: (State.working, [State.working, State.trusting]),
    Kind.relation_to_trusting: (State.trusting, [State.trusting]),
}


def _case(kind: LeadTimeKind, begun: Any, came: Any, waits: Any = None) -> Select[Any]:
    """One sort of cases: when each began, when it came there, and whether it may do so still."""
    known = and_(begun.is_not(None), came.is_not(None))
    open_ = and_(came.is_(None), func.coalesce(true() if waits is None else waits, false()))
    # What was written down before it began came there on its first day.
    there = case((known, func.greatest(came, begun)))
    columns: list[Any] = [
        literal(kind.value, Text).label("kind"),
        cast(begun, Date).label("begun"),
        cast(there, Date).label("came"),
        open_.label("waits"),
    ]
    return select(*columns)


def _standings(when: When) -> Any:
    """All standings of actors, merged ones as one: which began by the day, and which is now."""
    standing, went = when.table(StandingRow).alias("was"), merged_ones(when).alias()
    c = standing.c
    begun = and_(c.valid_from <= when.day, counts_on(c, when, c.valid_from))
    now = and_(c.valid.op("@>")(when.day), counts_on(c, when))
    lives = func.coalesce(went.c.merged_into_id, c.actor_id)
    told = lives.label("living"), c.status, c.valid_from
    found = select(*told, begun.label("begun"), now.label("now"))
    return found.outerjoin(went, went.c.id == c.actor_id).cte("standings")


def _actors(when: When) -> Iterator[Select[Any]]:
    """Each from the first day of a status until the next first one of another."""
    standings = _standings(when)
    for kind, (one, other, before) in STEPS.items():
        s = standings.alias(f"{kind.value}_from").c
        first = select(s.living, func.min(s.valid_from).label("first"))
        first = first.where(s.status == one, s.begun).group_by(s.living)
        began, then = first.subquery(f"{kind.value}_began"), standings.alias(f"{kind.value}_then")
        t = then.c
        later = and_(t.status == other, t.begun, t.valid_from > began.c.first)
        came = func.min(t.valid_from).filter(later)
        waits = func.bool_or(and_(t.now, t.status.in_(before)))
        found = _case(kind, began.c.first, came, waits).select_from(began)
        found = found.join(then, t.living == began.c.living)
        yield found.group_by(began.c.living, began.c.first)


def _relations(when: When) -> Iterator[Select[Any]]:
    """From their beginning; of a state that one was made in without a day nobody knows since when.

    One that is beyond a state does not wait for it.
    """
    for kind, (state, beyond) in CARRIES.items():
        relation = when.table(RelationRow).alias(kind.value)
        c = relation.c
        written = case((ledger.c.op == "U", local_day(ledger.c.at)))
        known = known_states(c, when, "relation", "state_since", written)
        waits = and_(c.valid.op("@>")(when.day), told_on(c, when)[0].not_in(beyond))
        found = _case(kind, c.valid_from, first_on(known, when.day, state), waits)
        yield found.select_from(relation).where(
            c.valid_from <= when.day, of_two(c.actor_id, c.other_actor_id, when)
        )


def _vacancies(when: When) -> Iterator[Select[Any]]:
    """From when nobody held or covered a post; of one never held nobody knows since when."""
    held, post = when.table(HoldingRow).alias("held"), when.table(PostRow).alias("never_held")
    spans = func.unnest(func.range_agg(held.c.valid), type_=DATERANGE()).label("span")
    of_post = select(held.c.post_id, spans).group_by(held.c.post_id).subquery("spans")
    span = of_post.c.span
    following = func.lead(func.lower(span)).over(partition_by=of_post.c.post_id, order_by=span)
    gap = select(func.upper(span, type_=Date()).label("begun"), following.label("next")).subquery(
        "gap"
    )
    came = case((gap.c.next <= when.day, gap.c.next))
    yield _case(Kind.vacant_to_held, gap.c.begun, came).where(gap.c.begun <= when.day)
    nothing: Any = cast(null(), Date)
    begun = select(held.c.id).where(held.c.post_id == post.c.id, held.c.valid_from <= when.day)
    yield (
        _case(Kind.vacant_to_held, nothing, nothing, false())
        .select_from(post)
        .where(local_day(post.c.created_at) <= when.day, ~begun.exists())
    )


def _endorsements(when: When) -> Iterator[Select[Any]]:
    """From when a municipality was asked; a mandate that has lapsed is not waited for."""
    asked = when.table(EndorsementRow).alias("answered")
    mandate = when.table(MandateRow).alias("asked_for")
    c, state = asked.c, state_then(asked.c, when)
    begun, came = (
        first_on(known_states(c, when, "endorsement", "on"), when.day, one)
        for one in (EndorsementState.asked, EndorsementState.endorsed)
    )
    lasts = or_(mandate.c.valid_to.is_(None), mandate.c.valid_to > when.day)
    open_ = state.in_((EndorsementState.asked, EndorsementState.presented))
    found = _case(Kind.asked_to_endorsed, begun, came, and_(lasts, open_, begun.is_not(None)))
    found = found.select_from(asked).join(mandate, mandate.c.id == c.mandate_id)
    yield found.where(state.is_not(None))


def _counted(cases: Any) -> Select[Any]:
    """Each sort with its days; of few cases how many they are, and no more."""
    c = cases.c
    days = c.came - c.begun
    count = func.count(days)

    def told(found: Any) -> Any:
        return case((count >= FEW, cast(func.round(found), Integer)))

    middle, low, high = (
        told(func.percentile_cont(part).within_group(days)) for part in (0.5, 0.25, 0.75)
    )
    return select(
        c.kind, count, middle, low, high, told(func.min(days)), told(func.max(days)),
        func.count().filter(c.waits), func.min(c.begun).filter(c.waits),
        func.count().filter(days.is_(None), ~c.waits),
    ).group_by(c.kind)  # fmt: skip


async def lead_times(db: AsyncConnection, when: When) -> list[Record]:
    """How long everything that is timed has taken up to a day, in one query."""
    parts = [*_actors(when), *_relations(when), *_vacancies(when), *_endorsements(when)]
    statement = _counted(union_all(*parts).subquery("cases"))
    rows = {row[0]: row for row in await db.execute(statement)}
    none = (0, None, None, None, None, None, 0, None, 0)
    told = (rows.get(kind.value, (kind.value, *none)) for kind in LeadTimeKind)
    return [dict(zip(NAMES, row, strict=True)) for row in told]
