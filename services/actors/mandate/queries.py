"""Questions about mandates."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, case, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.mandate import (
    HOLDERS,
    Mandate,
    MandateDraft,
    MandateState,
)
from services.actors.endorsement.queries import endorsed_on
from services.actors.family import is_kin, of_actor, of_two
from services.actors.mandate.rules import WARNING
from services.actors.tables import ActorRow, EndorsementRow, MandateRow, PostRow
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.paging import Filter
from services.kit.store import Record, table_of


def _state(columns: Any, when: When) -> ColumnElement[str]:
    """Where the mandate's time stands on the day."""
    return case(
        (columns.valid_from > when.day, literal(MandateState.coming.value)),
        (columns.valid_to <= when.day, literal(MandateState.lapsed.value)),
        (columns.valid_to - WARNING <= when.day, literal(MandateState.lapses_soon.value)),
        else_=literal(MandateState.in_force.value),
    )


def _successor(columns: Any, when: When) -> Any:
    following = when.among(MandateRow).alias("following")
    return select(following).where(following.c.predecessor_id == columns.id)


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    endorsement = when.among(EndorsementRow)
    yes = select(func.count()).where(
        endorsement.c.mandate_id == columns.id,
        endorsed_on(endorsement.c, when),
    )
    following = _successor(columns, when)
    return [
        _state(columns, when).label("state"),
        following.with_only_columns(following.selected_columns.id)
        .scalar_subquery()
        .label("successor_id"),
        yes.scalar_subquery().label("endorsed_count"),
    ]


def _held_by(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
    """An id says not what it is of: a post, a council, or an actor by any of its ids."""
    actors = is_kin(columns.holder_actor_id, values, when)
    return or_(actors, *(columns[name].in_(values) for name in HOLDERS))


def _at_posts(columns: Any, post_ids: Any) -> ColumnElement[bool]:
    """Held by one of these posts, or with one of them as ambassador."""
    listed = cast(post_ids, ARRAY(Uuid()))
    return or_(
        columns.holder_post_id == func.any(listed), columns.ambassador_post_ids.op("&&")(listed)
    )


def _around(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
    """What an actor gives, holds, or carries through one of its posts."""
    post = when.table(PostRow)
    theirs = select(post.c.id).where(is_kin(post.c.actor_id, values, when)).scalar_subquery()
    return or_(
        is_kin(columns.issuer_actor_id, values, when),
        is_kin(columns.holder_actor_id, values, when),
        _at_posts(columns, func.array(theirs, type_=ARRAY(Uuid()))),
    )


def _renewed(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
    """true: the next mandate is decided; one that is only prepared does not count."""
    following = _successor(columns, when)
    decided: ColumnElement[bool] = following.where(
        following.selected_columns.decided_on.is_not(None)
    ).exists()
    return decided if values[0] else ~decided


def _of_two(columns: Any, when: When) -> ColumnElement[bool]:
    """Whether issuer and holder are not merged into one: nobody has a mandate from itself."""
    return of_two(columns.issuer_actor_id, columns.holder_actor_id, when)


def issuer_owner(columns: Any) -> ColumnElement[Any]:
    """The municipality that may write a mandate: the one that writes its issuer."""
    actor = table_of(ActorRow)
    return select(actor.c.managed_by).where(actor.c.id == columns.issuer_actor_id).scalar_subquery()


MANDATES = Collection(
    row=MandateRow,
    draft=MandateDraft,
    answer=Mandate,
    path="/mandates",
    filters={
        "issuer_actor_id": of_actor("issuer_actor_id"),
        "holder_id": Filter(Reference, _held_by, dated=True),
        "post_id": Filter(Reference, _at_posts),
        "actor_id": Filter(Reference, _around, dated=True),
        "state": Filter(
            MandateState, lambda c, values, when: _state(c, when).in_(values), dated=True
        ),
        "renewed": Filter(bool, _renewed, dated=True),
    },
    sorts=("-valid_from", "valid_to", "decided_on", "created_at", "updated_at"),
    search=("scope", "document"),
    derive=_derived,
    owner=issuer_owner,
    parent=("/actors", "issuer_actor_id"),
    listed=_of_two,
    unlisted_by="id",
)


async def mandates_left(
    db: AsyncConnection, posts: Sequence[UUID], actors: Sequence[UUID], day: date
) -> list[Record]:
    """Mandates that last beyond a day and whose holder or ambassador is one of these.

    Also those that these actors gave.
    """
    mandate = MANDATES.table
    statement = (
        select(*MANDATES.columns(mandate, When(day)))
        .where(
            or_(mandate.c.valid_to.is_(None), mandate.c.valid_to > day),
            _of_two(mandate.c, When(clock.today())),
            or_(
                mandate.c.holder_actor_id.in_(actors),
                mandate.c.issuer_actor_id.in_(actors),
                _at_posts(mandate.c, list(posts)),
            ),
        )
        .order_by(mandate.c.valid_to.nulls_last(), mandate.c.id)
    )
    return [dict(row) for row in (await db.execute(statement)).mappings()]


async def is_renewed(db: AsyncConnection, id: UUID) -> bool:
    """Whether a mandate has a next one, decided or not."""
    mandate = MANDATES.table
    found = select(mandate.c.id).where(mandate.c.predecessor_id == id).limit(1)
    return await db.scalar(found) is not None
