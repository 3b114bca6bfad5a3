"""What happens when somebody leaves, withdraws or comes back; all of it, or nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from services.actors.actor.queries import ACTORS
from services.actors.actor.rules import demand_living
from services.actors.carried_issue.queries import issues_of
from services.actors.contact.queries import steps_of
from services.actors.contract.actor import GONE, ActorStatus, StandingDraft
from services.actors.contract.departure import (
    ActorReturn,
    ActorWithdrawal,
    LeftStatus,
    PersonDeparture,
)
from services.actors.contract.post import HoldingCover
from services.actors.contract.relation import RelationState
from services.actors.departure.agreed import demand_agreed, demand_things, succeed, take
from services.actors.departure.queries import (
    actors_of_posts,
    holdings_ended_by,
    posts_of,
    relations_to_rebuild,
    vacant_on,
    worn_by,
)
from services.actors.family import kin_ids
from services.actors.joining.queries import joinings_of
from services.actors.leader_assignment.queries import assignments_of
from services.actors.mandate.queries import mandates_left
from services.actors.person.queries import PEOPLE
from services.actors.pledge.queries import pledges_of
from services.actors.post.queries import HOLDINGS
from services.actors.programme.queries import programmes_of
from services.actors.relation.queries import RELATIONS, relations_by_id
from services.actors.role_trial.queries import trials_of
from services.actors.standing.actions import begin_standing, family_of
from services.actors.standing.queries import (
    STANDINGS,
    again_until,
    level_by,
    next_standing_on,
    standing_on,
)
from services.actors.takeover.queries import TAKEOVERS, takeovers_of
from services.kit import clock
from services.kit.collection import Collection, get_thing
from services.kit.errors import Conflict, Refusals, Rejected
from services.kit.http import Work
from services.kit.keeping import own, remove_thing
from services.kit.store import Record, change_row, get_row, remove_row

NOTHING: Mapping[str, Sequence[Record]] = MappingProxyType({})


async def judge_departure(work: Work, left: PersonDeparture, person_id: UUID) -> list[Record]:
    """What a person holds from that day on, locked. Conflict where that is nothing.

    Rejected for what is wrong in what is agreed about it; Conflict where that is taken already.
    """
    refused, held = Refusals(), []
    with refused:
        await demand_things(work, left)
    await get_row(work.db, PEOPLE.row, person_id, lock=True)
    with refused:
        if left.left_on is not None:
            held = await _demand_held(work, left, person_id)
            await demand_agreed(work, left, person_id, held)
    refused.demand_none()
    return held


async def _demand_held(work: Work, left: PersonDeparture, person_id: UUID) -> list[Record]:
    held = await holdings_ended_by(work.db, person_id, left, clock.today())
    if not held:
        raise Conflict("this person holds no such post then", field="left_on", reason="no_posts")
    return held


async def depart(work: Work, person_id: UUID, left: PersonDeparture) -> Record:
    """End what a person holds, and say what stands without anybody."""
    held = await judge_departure(work, left, person_id)
    ended = [await _end(work, one, left) for one in held if one["valid_from"] < left.left_on]
    removed = [one for one in held if one["valid_from"] >= left.left_on]
    for one in removed:
        await remove_row(work.db, HOLDINGS.row, one["id"])
    agreed = {"successors": await succeed(work, left, held), "takeovers": await take(work, left)}
    posts = list(dict.fromkeys(one["post_id"] for one in held))
    vacant = await vacant_on(work.db, posts, left.left_on)
    # Where a substitute goes and the holder is there, nothing changes hands.
    turned = [one["post_id"] for one in held if one["cover"] == HoldingCover.ordinary]
    actors = await actors_of_posts(work.db, [*turned, *vacant])
    return await _consequences(
        work,
        left.left_on,
        actors,
        posts,
        ended=ended,
        removed=removed,
        person=person_id,
        agreed=agreed,
    )


async def _end(work: Work, holding: Record, left: PersonDeparture) -> Record:
    told = left.handover or holding["handover"]
    return await change_row(
        work.db, HOLDINGS.row, holding["id"], valid_to=left.left_on, handover=told
    )


async def judge_withdrawal(work: Work, leaving: ActorWithdrawal, actor_id: UUID) -> Record | None:
    """All that forbids an actor to leave; answers the standing that it had, the actor locked.

    One that withdrew may close later.
    """
    before = await _standing(work, actor_id, leaving.withdrawn_on)
    closes = leaving.status == LeftStatus.closed
    over = (ActorStatus.closed,) if closes else GONE
    if before is not None and before["status"] in over:
        raise Conflict("the actor has left already", field="withdrawn_on", reason="left_already")
    await _leave_time(work, actor_id, before, leaving.withdrawn_on, "withdrawn_on")
    return before


async def _standing(work: Work, actor_id: UUID, day: date | None) -> Record | None:
    """The standing of an actor of the caller's on a day, the actor locked."""
    await own(work, ACTORS, actor_id)
    demand_living(await get_row(work.db, ACTORS.row, actor_id, lock=True))
    return await standing_on(work.db, actor_id, day) if day else None


async def withdraw(work: Work, actor_id: UUID, leaving: ActorWithdrawal) -> Record:
    """The actor leaves the collaboration; its posts and their holders stay."""
    before = await judge_withdrawal(work, leaving, actor_id)
    level = before["level"] if before else None
    level = level or await level_by(work.db, actor_id, leaving.withdrawn_on)
    status = ActorStatus(leaving.status)
    placed = await _place(work, actor_id, leaving.withdrawn_on, level, status, leaving)
    posts, family = await posts_of(work.db, actor_id), await kin_ids(work.db, actor_id)
    return await _consequences(
        work, leaving.withdrawn_on, family, posts, standing=placed, gone=family
    )


async def judge_return(work: Work, coming: ActorReturn, actor_id: UUID) -> Record:
    """All that forbids an actor to come back; answers the standing that it had."""
    before = await _standing(work, actor_id, coming.returned_on)
    if before is None or before["status"] not in GONE:
        raise Conflict("the actor has not left", field="returned_on", reason="not_withdrawn")
    refused = Refusals()
    with refused:
        await _leave_time(work, actor_id, before, coming.returned_on, "returned_on")
    with refused:
        if coming.level is None and before["level"] is None:
            raise Rejected("it never had a level", field="level", reason="missing")
    refused.demand_none()
    return before


async def come_back(work: Work, actor_id: UUID, coming: ActorReturn) -> Record:
    """An actor that withdrew, or closed and began anew, is active again."""
    before = await judge_return(work, coming, actor_id)
    level = coming.level or before["level"]
    placed = await _place(work, actor_id, coming.returned_on, level, ActorStatus.active, coming)
    posts, family = await posts_of(work.db, actor_id), await kin_ids(work.db, actor_id)
    return await _consequences(work, coming.returned_on, family, posts, standing=placed)


async def _leave_time(
    work: Work, actor_id: UUID, before: Record | None, day: date | None, field: str
) -> None:
    """Conflict on the day the standing before began, and where a later one is settled already."""
    if day is None:
        return
    if before is not None and before["valid_from"] == day:
        raise Conflict("the standing before began that day", field=field, reason="same_day")
    if await next_standing_on(work.db, actor_id, day):
        raise Conflict("a later standing is settled", field=field, reason="later_standing")


async def remove_standing(work: Work, id: UUID, version: int) -> None:
    """Away; the newest with all that it changed, an earlier one alone."""
    await own(work, STANDINGS, id)
    gone = await get_row(work.db, STANDINGS.row, id)
    living = (await family_of(work, gone["actor_id"]))[0]
    if await next_standing_on(work.db, living, gone["valid_from"]):
        return await remove_thing(work, STANDINGS, id, version=version)
    await undo_standing(work, id, version)
    return None


async def undo_standing(work: Work, id: UUID, version: int | None = None) -> Record:
    """Take back a standing and what it changed; what was changed since is left alone.

    Conflict where it says that the actor left, and a later one says what it did then.
    """
    await own(work, STANDINGS, id)
    undone = await get_row(work.db, STANDINGS.row, id)
    actor_id, day = undone["actor_id"], undone["valid_from"]
    family = await family_of(work, actor_id)
    await get_row(work.db, ACTORS.row, family[0], lock=True)
    if undone["status"] in GONE and await next_standing_on(work.db, family[0], day):
        raise Conflict("what came after is taken back first", reason="not_newest", field="id")
    again = await again_until(work.db, undone, family)
    worn = await worn_by(work.db, undone, family)
    await remove_row(work.db, STANDINGS.row, id, version=version)
    if again:
        await change_row(work.db, STANDINGS.row, again[0], valid_to=again[1])
    for relation, state in worn:
        await change_row(work.db, RELATIONS.row, relation, **state)
    return {
        "on": day,
        "actor_id": actor_id,
        "standing": await _told(work, again[0]) if again else None,
        "relations": await relations_by_id(work, [one for one, _ in worn], day),
    }


async def _told(work: Work, standing_id: UUID) -> Record:
    return await get_thing(work.db, STANDINGS, standing_id, work.caller)


async def _place(  # noqa: PLR0917 - one line each, in the order of the draft
    work: Work,
    actor_id: UUID,
    day: date,
    level: Any,
    status: ActorStatus,
    said: ActorWithdrawal | ActorReturn,
) -> Record:
    """A standing for the reason that was said, with where that comes from."""
    told = said.model_dump(include={"reason", "source", "example"})
    draft = StandingDraft(actor_id=actor_id, valid_from=day, level=level, status=status, **told)
    return await begin_standing(work, actor_id, draft)


async def _consequences(
    work: Work,
    day: date,
    actors: Sequence[UUID],
    posts: Sequence[UUID],
    *,
    ended: Sequence[Record] = (),
    removed: Sequence[Record] = (),
    person: UUID | None = None,
    standing: Record | None = None,
    gone: Sequence[UUID] = (),
    agreed: Mapping[str, Sequence[Record]] = NOTHING,
) -> Record:
    """`gone`: who leave; what they and their posts hold has lost its owner, vacant or not."""
    worn = await relations_to_rebuild(work.db, actors, day, coming=bool(gone))
    for relation in worn:
        since = max(day, relation["valid_from"])
        await change_row(
            work.db, RELATIONS.row, relation["id"], state=RelationState.rebuild, state_since=since
        )
    vacant = await vacant_on(work.db, posts, day)
    left = posts if gone else vacant
    return {
        "on": day,
        "person_id": person,
        "actor_ids": list(actors),
        "ended_holdings": [_held(one) for one in ended],
        "removed_holdings": [_held(one) for one in removed],
        "post_ids": list(posts),
        "successor_holdings": [_held(one) for one in agreed.get("successors", ())],
        "takeovers": [
            _shown(TAKEOVERS, one) | {"overdue": False} for one in agreed.get("takeovers", ())
        ],
        "vacant_post_ids": vacant,
        "mandates": await mandates_left(work.db, left, gone, day),
        "ownerless_pledges": await pledges_of(work.db, left, gone, day),
        "ownerless_joinings": await joinings_of(work, left, gone, day),
        "waiting_role_trials": await trials_of(work.db, gone, day),
        "ownerless_leader_assignments": await assignments_of(work.db, left, gone, day),
        "rebuild_relations": await relations_by_id(work, [one["id"] for one in worn], day),
        "open_contacts": await steps_of(work.db, left, work.caller),
        "unanswered_issues": await issues_of(work.db, left, work.caller, day),
        "programmes": await programmes_of(work.db, gone, day),
        "open_takeovers": await takeovers_of(work.db, left, work.caller),
        "standing": await _told(work, standing["id"]) if standing else None,
    }


def _held(holding: Record) -> Record:
    over = holding["valid_to"] is not None and holding["valid_to"] <= clock.today()
    return _shown(HOLDINGS, holding) | {"ended": over}


def _shown(things: Collection, record: Record) -> Record:
    return {name: record[name] for name in things.fields}
