"""Days: which of a noun's fields say that something happened, for whom, and as known when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Uuid,
    bindparam,
    case,
    null,
    or_,
    select,
)

from services.actors.carried_issue.queries import CARRIED_ISSUES
from services.actors.contact.queries import CONTACTS
from services.actors.family import is_kin
from services.actors.gain.queries import GAINS
from services.actors.joining.queries import JOININGS
from services.actors.leader_assignment.queries import LEADER_ASSIGNMENTS
from services.actors.mandate.queries import MANDATES
from services.actors.pledge.queries import PLEDGES
from services.actors.post.queries import HOLDINGS, POSTS
from services.actors.priority.queries import PRIORITIES
from services.actors.readiness.queries import READINESS
from services.actors.relation.queries import RELATIONS
from services.actors.relation_rating.queries import RELATION_RATINGS
from services.actors.rights import RIGHTS
from services.actors.role_trial.queries import ROLE_TRIALS
from services.actors.standing.queries import STANDINGS
from services.actors.tables import PostRow
from services.kit.collection import Collection, When
from services.kit.identity import Caller
from services.kit.ledger import removed
from services.kit.rights import permits

Columns = Any
NOTHING: Any = null()
# Left open, so that a question is built once for all actors.
ACTOR: Any = bindparam("asked", None, type_=Uuid())


@dataclass(frozen=True)
class Asking:
    """By whom a timeline is read, and as known when; whose is left open as the bind `asked`."""

    caller: Caller
    when: When
    gone: bool = False  # what hung on things that were taken away too

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
        chosen = things.filters.get("actor_id") or things.filters["provider_actor_id"]
        return chosen.clause(columns, [ACTOR], self.when)

    def _posts(self, columns: Columns) -> ColumnElement[bool]:
        found: ColumnElement[bool] = columns.post_id.in_(self._theirs(self.when.table(PostRow)))
        if self.gone:
            away = removed(POSTS.table).subquery("post_away")
            found = or_(found, columns.post_id.in_(self._theirs(away)))
        return found

    def _theirs(self, post: Any) -> Select[Any]:
        return select(post.c.id).where(is_kin(post.c.actor_id, [ACTOR], self.when))

    def other(self, one: ColumnElement[Any], two: ColumnElement[Any]) -> ColumnElement[Any]:
        """The side of two actors that is not this one."""
        return case((is_kin(one, [ACTOR], self.when), two), else_=one)


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


def _other_of_relation(columns: Columns, asking: Asking) -> Any:
    relation = asking.when.table(RELATIONS.row)
    other = asking.other(relation.c.actor_id, relation.c.other_actor_id)
    return select(other).where(relation.c.id == columns.relation_id).scalar_subquery()


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
        RELATION_RATINGS,
        {"relation_rated": "rated_on"},
        title=_of("note"),
        code="mark",
        party=_other_of_relation,
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
            "joining_lapsed": "lapsed_on",
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
    Days(
        LEADER_ASSIGNMENTS,
        {"leader_assigned": "valid_from", "leader_ended": LAST},
        title=_post_title,
    ),
)


def code_then(days: Days, columns: Columns, asking: Asking) -> Any:
    """A thing's code as it is told on the day, also of what came before it was answered."""
    if days.code is None:
        return NOTHING
    told = {one.key: one for one in days.things.derive(columns, asking.when)}
    return told.get(days.code, columns[days.code])
