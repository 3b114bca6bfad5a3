"""What is agreed when somebody leaves: who comes after them, and who takes what; with the rest."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.actors.contract.departure import DepartureTakeover, PersonDeparture, Succession
from services.actors.contract.post import HoldingDraft
from services.actors.contract.takeover import TakeoverDraft
from services.actors.departure.queries import next_beginnings
from services.actors.person.queries import PEOPLE
from services.actors.post.actions import judge_holding
from services.actors.post.queries import HOLDINGS, POSTS
from services.actors.takeover.queries import TAKEOVERS, missing, taken_from
from services.kit import clock
from services.kit.elsewhere import kept_by
from services.kit.errors import Conflict, FieldError, Refusals, Rejected
from services.kit.http import Work
from services.kit.keeping import create_thing
from services.kit.references import missing_of
from services.kit.rows import Row
from services.kit.store import Record

UNKNOWN = "unknown_reference"


async def demand_agreed(
    work: Work, left: PersonDeparture, person_id: UUID, held: Sequence[Mapping[str, Any]]
) -> None:
    """Rejected with all that is wrong in what is agreed about the posts that are left.

    What other services keep is asked of them before a row is locked.
    """
    posts = {one["post_id"] for one in held}
    successors, takeovers = left.successors or (), left.takeovers or ()
    people = [one.person_id for one in successors]
    owners = [one.owner_post_id for one in takeovers]
    itself, leaves = "nobody comes after themselves", "this post is left itself"
    wrong = [
        *_not_left(posts, "successors", "post_id", [one.post_id for one in successors]),
        *_not_left(posts, "takeovers", "left_post_id", [one.left_post_id for one in takeovers]),
        *_among({person_id}, "successors.{}.person_id", people, "same", itself),
        *_among(posts, "takeovers.{}.owner_post_id", owners, "left_too", leaves),
        *await _unknown(work, PEOPLE.row, "successors.{}.person_id", people),
        *await _unknown(work, POSTS.row, "takeovers.{}.owner_post_id", owners),
    ]
    refused = Refusals()
    with refused:
        if wrong:
            raise Rejected(wrong[0].message, errors=wrong)
    with refused:
        await _demand_untaken(work, takeovers)
    refused.demand_none()


async def _demand_untaken(work: Work, takeovers: Sequence[DepartureTakeover]) -> None:
    """Conflict at each thing that somebody takes care of already, or that is named twice."""
    left = [(one.left_post_id, one.noun, one.thing_id) for one in takeovers]
    taken = await taken_from(work.db, [post_id for post_id, _, _ in left])
    told = [
        FieldError(f"takeovers.{place}.thing_id", "taken", "somebody takes care of it")
        for place, one in enumerate(left)
        if one in taken or one in left[:place]
    ]
    if told:
        raise Conflict(told[0].message, errors=told)


def _among(
    ids: Container[UUID], field: str, named: Iterable[UUID], code: str, told: str
) -> Iterable[FieldError]:
    """An error at each row that names one of some things."""
    for place, one in enumerate(named):
        if one in ids:
            yield FieldError(field.format(place), code, told)


async def _unknown(
    work: Work, row: type[Row], field: str, named: Sequence[UUID]
) -> Iterable[FieldError]:
    gone = await missing_of(work.db, row, named)
    return _among(gone, field, named, UNKNOWN, "there is no such thing")


def _not_left(
    posts: set[Any], rows: str, field: str, named: Iterable[UUID]
) -> Iterable[FieldError]:
    for place, one in enumerate(named):
        if one not in posts:
            yield FieldError(f"{rows}.{place}.{field}", "not_left", "this post is not left")


async def demand_things(work: Work, left: PersonDeparture) -> None:
    """Rejected for each thing taken that there is not, asked of every keeper once."""
    fields = {
        (one.noun.value, one.thing_id): f"takeovers.{place}.thing_id"
        for place, one in enumerate(left.takeovers or ())
        if None not in (one.noun, one.thing_id)  # of a part of a draft, perhaps neither
    }
    elsewhere = TAKEOVERS.table.metadata.info["elsewhere"]
    gone = await missing(work.db, fields)
    for service, nouns in elsewhere.items():
        theirs = {one: field for one, field in fields.items() if one[0] in nouns}
        gone |= set(theirs) - await kept_by(work, service, theirs)
    if gone:
        told = [FieldError(fields[one], UNKNOWN, f"there is no {one[0]}") for one in gone]
        raise Rejected(told[0].message, errors=told)


async def succeed(
    work: Work, left: PersonDeparture, held: Sequence[Mapping[str, Any]]
) -> list[Record]:
    """Whoever comes after holds the post as the leaver did, until the next one who is to."""
    coming = await next_beginnings(work.db, [one.post_id for one in left.successors])
    made = []
    for one in left.successors:
        terms = [term for term in held if term["post_id"] == one.post_id]
        draft = _after(one, left.left_on, terms, coming)
        await judge_holding(work, draft)
        made.append(await create_thing(work, HOLDINGS, draft))
    return made


def _after(
    one: Succession, day: date, terms: Sequence[Mapping[str, Any]], coming: Sequence[Any]
) -> HoldingDraft:
    first = min(terms, key=lambda term: term["valid_from"])
    begins = max(day, first["valid_from"])
    ends = [
        begun
        for post_id, cover, begun in coming
        if (post_id, cover) == (one.post_id, first["cover"]) and begun > begins
    ]
    return HoldingDraft(
        post_id=one.post_id,
        person_id=one.person_id,
        cover=first["cover"],
        valid_from=begins,
        valid_to=min(ends, default=None),
    )


async def take(work: Work, left: PersonDeparture) -> list[Record]:
    """Each thing is its taker's to see to from today."""
    today = clock.today()
    return [
        await create_thing(work, TAKEOVERS, TakeoverDraft(taken_on=today, **one.model_dump()))
        for one in left.takeovers
    ]
