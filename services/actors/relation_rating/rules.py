"""Rules about ratings: of a day of the relation, by one of its two, in the relation it was of."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.kit.errors import Rejected

Row = Mapping[str, Any]


def demand_its_relation(before: Row, relation_id: UUID | None) -> None:
    """Rejected where it would go to another relation."""
    if before and relation_id not in (None, before["relation_id"]):
        raise Rejected("it stays where it is", field="relation_id", reason="fixed")


def demand_within(relation: Row, rated_on: date | None) -> None:
    """Rejected for a day on which the relation is none."""
    if rated_on is None:
        return
    if rated_on < relation["valid_from"]:
        raise Rejected("the relation had not begun", field="rated_on", reason="too_early")
    if relation["valid_to"] is not None and rated_on >= relation["valid_to"]:
        raise Rejected("the relation had ended", field="rated_on", reason="too_late")


def side_of(sides: Collection[UUID], living: Mapping[UUID, UUID], rater: UUID) -> UUID:
    """Which side a rater speaks for: itself, or the one that lives on as it.

    Rejected for who is neither, and where both are one: nobody knows which of them it was.
    """
    if rater in sides:
        return rater
    own = [side for side in sides if living[side] == living.get(rater, rater)]
    if len(own) != 1:
        sentence = "only the two actors of a relation rate it"
        raise Rejected(sentence, field="rater_actor_id", reason="other_actor")
    return own[0]
