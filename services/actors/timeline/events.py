"""Events: what of each noun has a day, as one union over an actor and its family."""

from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Date,
    Select,
    Text,
    Uuid,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)

from services.actors.family import kin
from services.actors.post.queries import POSTS
from services.actors.relation.queries import RELATIONS
from services.actors.tables import PostRow
from services.actors.timeline.days import ACTOR, EVENTS, LAST, NOTHING, Asking, Days, code_then
from services.kit.ledger import ledger
from services.kit.rows import local_day

NEAR = 100  # entries of one request, at most: a merge writes one for each of a family


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
            code=code_then(days, c, asking), party=days.party(c, asking),
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
    """When others were merged into this actor or parted from it, also those that are not its now;
    a chain's later ones too.

    A merge and its undo change the one that lives on in the same request, so those that left it are
    found beside its own entries: the ledger has no index by whom another lived on in.
    """
    own = entries("actor", family(asking), asking).subquery("own_entry")
    near = ledger.alias("near")
    sides = [image["merged_into_id"].astext for image in (near.c.after, near.c.before)]
    beside = near.c.seq.between(own.c.seq - NEAR, own.c.seq + NEAR)
    found = union(
        select(own.c.seq),
        select(near.c.seq).join(own, beside).where(
            near.c.request_id == own.c.request_id, or_(*(side == own.c.key for side in sides))
        ),
    )  # fmt: skip
    entry = ledger.alias("merging")
    into, was = (image["merged_into_id"].astext for image in (entry.c.after, entry.c.before))
    kind = case((into.is_not(None), "actor_merged"), else_="actor_parted")
    told = _event(
        "actor", kind, local_day(entry.c.at), entry.c.key,
        title=entry.c.after["name"].astext, party=func.coalesce(into, was), written=entry.c.at,
    )  # fmt: skip
    told = told.where(
        entry.c.seq.in_(found), entry.c.entity == "actor", entry.c.op == "U",
        into.is_distinct_from(was),
    )  # fmt: skip
    known = asking.when.known_at
    return told if known is None else told.where(entry.c.at <= known)


def everything(asking: Asking) -> CompoundSelect[Any]:
    """Every event that the caller may know of."""
    parts = [
        part for days in EVENTS if asking.reads(days.things.noun) for part in _dated(days, asking)
    ]
    return union_all(*parts, _posts_made(asking), _states(asking), _merges(asking))
