"""Events: what of each noun has a day, as one union over an actor and its family."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from services.actors.actor.queries import STANDINGS
from services.actors.carried_issue.queries import CARRIED_ISSUES
from services.actors.contact.queries import CONTACTS
from services.actors.family import kin
from services.actors.gain.queries import GAINS
from services.actors.joining.queries import JOININGS
from services.actors.mandate.queries import MANDATES
from services.actors.pledge.queries import PLEDGES
from services.actors.post.queries import HOLDINGS, POSTS
from services.actors.priority.queries import PRIORITIES
from services.actors.readiness.queries import READINESS
from services.actors.relation.queries import RELATIONS
from services.actors.rights import RIGHTS
from services.actors.role_trial.queries import ROLE_TRIALS
from services.actors.tables import PostRow
from services.kit.collection import Collection, When
from services.kit.identity import Caller
from services.kit.ledger import ledger
from services.kit.rights import permits
from services.kit.rows import local_day

Columns = Any
NOTHING: Any = null()
# Left open, so that a question is built once for all actors.
ACTOR: Any = bindparam("asked", None, type_=Uuid())


@dataclass(frozen=True)
class Asking:
    """By whom a timeline is read, and as known when; whose is left open as the bind `asked`."""

    caller: Caller
    when: When

    def reads(self, noun: str) -> bool:
        """Whether the caller may read a noun."""
        return permits(RIGHTS, self.caller, noun, "read")

    def seen(self, things: Collection, columns: Columns) -> list[ColumnElement[bool]]:
        """The family's things of a noun, and of them what the caller may know of."""
        visible = things.visible(self.caller, columns)
        mine = self._posts(columns) if things is HOLDINGS else self._own(things, columns)
        narrower = [mine] if visible is None else [mine, visible]
        return [*narrower, things.listed(columns, self.when)] if things.listed else narrower

    def _own(self, things: Collection, columns: Columns) -> ColumnElement[bool]:
        chosen = things.filters["actor_id"]
        return chosen.clause(columns, [ACTOR], self.when)

    def _posts(self, columns: Columns) -> ColumnElement[bool]:
        post = self.when.table(PostRow)
        theirs = post.c.actor_id.in_(kin([ACTOR], self.when))
        found: ColumnElement[bool] = columns.post_id.in_(select(post.c.id).where(theirs))
        return found

    def other(self, one: ColumnElement[Any], two: ColumnElement[Any]) -> ColumnElement[Any]:
        """The side of two actors that is not this one."""
        return case((one.in_(kin([ACTOR], self.when)), two), else_=one)


@dataclass(frozen=True)
class Days:
    """A noun's days: each with what happened on it and the field that says so."""

    things: Collection
    fields: Mapping[str, str]
    title: Callable[[Columns, Asking], Any] = lambda _c, _a: NOTHING
    code: str | None = None
    party: Callable[[Columns, Asking], Any] = lambda _c, _a: NOTHING


def _post_title(columns: Columns, asking: Asking) -> Any:
    post = asking.when.table(PostRow)
    return select(post.c.title).where(post.c.id == columns.post_id).scalar_subquery()


def _of(*names: str) -> Callable[[Columns, Asking], Any]:
    if len(names) == 1:
        return lambda columns, _asking: columns[names[0]]
    return lambda columns, asking: asking.other(columns[names[0]], columns[names[1]])


LAST = "valid_to"
EVENTS = (
    Days(
        STANDINGS,
        {"standing_begun": "valid_from", "standing_ended": LAST},
        title=_of("reason"),
        code="status",
    ),
    Days(
        HOLDINGS,
        {"holding_begun": "valid_from", "holding_ended": LAST},
        title=_post_title,
        code="cover",
        party=_of("person_id"),
    ),
    Days(
        RELATIONS,
        {"relation_begun": "valid_from", "relation_ended": LAST},
        code="kind",
        party=_of("actor_id", "other_actor_id"),
    ),
    Days(
        CONTACTS,
        {"contact_held": "held_on"},
        code="channel",
        party=_of("actor_id", "our_actor_id"),
    ),
    Days(
        MANDATES,
        {
            "mandate_decided": "decided_on",
            "mandate_begun": "valid_from",
            "mandate_lapsed": LAST,
        },
        title=_of("scope"),
        party=_of("issuer_actor_id", "holder_actor_id"),
    ),
    Days(
        ROLE_TRIALS,
        {"trial_asked": "asked_on", "trial_answered": "answered_on"},
        title=_of("role"),
        code="answer",
    ),
    Days(READINESS, {"readiness_assessed": "assessed_on"}),
    Days(PRIORITIES, {"priority_decided": "decided_on"}, title=_of("reason"), code="choice"),
    Days(
        CARRIED_ISSUES,
        {"issue_carried": "carried_on", "issue_answered": "replied_on"},
        title=_of("issue"),
    ),
    Days(
        JOININGS,
        {
            "joining_proposed": "proposed_on",
            "joining_asked": "asked_on",
            "joining_answered": "answered_on",
            "joining_connected": "connected_on",
        },
        title=_of("why"),
        code="answer",
    ),
    Days(
        GAINS,
        {
            "gain_stated": "stated_on",
            "gain_confirmed": "confirmed_on",
            "gain_judged": "judged_on",
        },
        title=_of("statement"),
        code="realised",
    ),
    Days(
        PLEDGES,
        {"pledge_due": "due_on", "pledge_delivered": "delivered_on"},
        title=_of("what"),
    ),
)


def _event(
    noun: str,
    kind: Any,
    on: Any,
    thing_id: Any,
    *,
    title: Any = NOTHING,
    code: Any = NOTHING,
    party: Any = NOTHING,
    field: Any = NOTHING,
    written: Any = NOTHING,
) -> Select[Any]:
    columns: list[Any] = [
        cast(on, Date).label("on"),
        cast(kind, Text).label("kind"),
        literal(noun, Text).label("noun"),
        cast(thing_id, Uuid).label("thing_id"),
        cast(title, Text).label("title"),
        cast(code, Text).label("code"),
        cast(party, Uuid).label("party_id"),
        cast(field, Text).label("field"),
        cast(written, ledger.c.at.type).label("written"),
    ]
    return select(*columns)


def _dated(days: Days, asking: Asking) -> list[Select[Any]]:
    source = asking.when.table(days.things.row).alias(f"{days.things.noun}_dated")
    c, found = source.c, []
    for kind, field in days.fields.items():
        on = c[field] - 1 if field == LAST else c[field]
        event = _event(
            days.things.noun, kind, on, c.id, title=days.title(c, asking),
            code=c[days.code] if days.code else NOTHING, party=days.party(c, asking),
            field=literal(field),
        )  # fmt: skip
        found.append(event.where(c[field].is_not(None), *asking.seen(days.things, c)))
    return found


def _posts_made(asking: Asking) -> Select[Any]:
    """A post has no day of its own: it is there from when it was written down."""
    c = asking.when.table(PostRow).alias("post_made").c
    on = local_day(c.created_at)
    told = _event("post", "post_made", on, c.id, title=c.title, written=c.created_at)
    return told.where(*asking.seen(POSTS, c))


def entries(noun: str, ids: Select[Any], asking: Asking) -> Select[Any]:
    """The ledger's entries of some things, up to the moment asked for."""
    keys = select(cast(ids.subquery().c[0], Text))
    found = select(ledger).where(ledger.c.entity == noun, ledger.c.key.in_(keys))
    known = asking.when.known_at
    return found if known is None else found.where(ledger.c.at <= known)


def family(asking: Asking) -> Select[Any]:
    """The actor and those merged into it."""
    return select(kin([ACTOR], asking.when).subquery().c[0])


def _states(asking: Asking) -> Select[Any]:
    """The states a relation has come into after it began, each as it was corrected last."""
    source = asking.when.table(RELATIONS.row).alias("relation_kept")
    ids = select(source.c.id).where(*asking.seen(RELATIONS, source.c))
    entry = entries("relation", ids, asking).subquery("entry")
    now, before = entry.c.after, entry.c.before
    state, since = now["state"].astext, now["state_since"].astext
    changed = or_(
        before["state"].astext.is_distinct_from(state),
        before["state_since"].astext.is_distinct_from(since),
    )
    following = func.lead(state).over(partition_by=entry.c.key, order_by=entry.c.seq)
    day = func.coalesce(
        cast(since, Date), case((entry.c.op == "U", local_day(entry.c.at)))
    )  # an entry that made the relation says its first state, which is told where it began
    steps = (
        select(entry.c.key, entry.c.at, state.label("state"), day.label("day"),
               following.label("following"))
        .where(entry.c.op.in_(("I", "U")), changed)
        .subquery("steps")
    )  # fmt: skip
    c = source.c
    told = _event(
        "relation", "relation_changed", steps.c.day, c.id, code=steps.c.state,
        party=asking.other(c.actor_id, c.other_actor_id), written=steps.c.at,
    )  # fmt: skip
    last = steps.c.following.is_distinct_from(steps.c.state)
    return told.join(steps, steps.c.key == cast(c.id, Text)).where(last, steps.c.day > c.valid_from)


def _merges(asking: Asking) -> Select[Any]:
    """When those that live on in this actor were merged into it; a chain's later ones too."""
    entry = entries("actor", family(asking), asking).subquery("merging")
    into = entry.c.after["merged_into_id"].astext
    kind = case((into.is_not(None), "actor_merged"), else_="actor_parted")
    told = _event(
        "actor", kind, local_day(entry.c.at), entry.c.key,
        title=entry.c.after["name"].astext, party=into, written=entry.c.at,
    )  # fmt: skip
    return told.where(
        entry.c.op == "U",
        into.is_distinct_from(entry.c.before["merged_into_id"].astext),
    )


def everything(asking: Asking) -> CompoundSelect[Any]:
    """Every event that the caller may know of."""
    parts = [
        part for days in EVENTS if asking.reads(days.things.noun) for part in _dated(days, asking)
    ]
    return union_all(*parts, _posts_made(asking), _states(asking), _merges(asking))
