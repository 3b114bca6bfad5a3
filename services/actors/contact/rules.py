"""Rules about contacts: they have been held, steps are taken once, and what makes a bridge."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.kit.errors import Conflict, Rejected

Row = Mapping[str, Any]


def demand_post_of(actor_id: UUID, owner: UUID | None, *, field: str) -> None:
    """Rejected where a post is not one of the actor that is said to have talked by it."""
    if owner is not None and owner != actor_id:
        raise Rejected("a post of another actor", field=field, reason="other_actor")


def demand_open_step(contact: Row) -> None:
    """Conflict unless a next step waits."""
    if contact["next_step"] is None:
        raise Conflict("the contact has no next step", field="next_step", reason="no_next_step")
    if contact["done_on"] is not None:
        raise Conflict("it is done already", field="done_on", reason="done")


def demand_after(contact: Row, done_on: date | None) -> None:
    """Rejected for a step that was taken before the contact."""
    if done_on is not None and done_on < contact["held_on"]:
        raise Rejected("a next step follows the contact", field="done_on", reason="too_early")


def demand_done_step(contact: Row) -> None:
    """Conflict where the next step is not done."""
    if contact["done_on"] is None:
        raise Conflict("it is not done", field="done_on", reason="not_done")


def builders_of(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Each post of ours with its contacts, those who bridge most first and no post last.

    A row is contacts counted by the two actors, our post and whether they cross level.
    """
    by_post = _grouped(rows, "our_post_id")
    found = [
        {
            "post_id": post,
            "contact_count": _count(some),
            "level_count": _count(row for row in some if row["crosses_level"]),
            "actor_count": len({row["actor_id"] for row in some}),
        }
        for (post,), some in by_post.items()
    ]
    return sorted(
        found, key=lambda one: (one["post_id"] is None, -one["contact_count"], one["post_id"])
    )


def bridges_of(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Each actor of ours with each other one, the busiest first."""
    found = [
        _bridge(ours, other, some)
        for (ours, other), some in _grouped(rows, "our_actor_id", "actor_id").items()
    ]
    return sorted(found, key=lambda one: (-one["contact_count"], one["our_actor_id"]))


def _bridge(ours: UUID, other: UUID, rows: Sequence[Row]) -> dict[str, Any]:
    posts = sorted({row["our_post_id"] for row in rows} - {None})
    unnamed = _count(row for row in rows if row["our_post_id"] is None)
    crossing = {row["crosses_level"] for row in rows}
    return {
        "our_actor_id": ours,
        "actor_id": other,
        "post_ids": posts,
        "contact_count": _count(rows),
        "unnamed_count": unnamed,
        "last_on": max(row["last_on"] for row in rows),
        "crosses_level": True if True in crossing else None if None in crossing else False,
        "rests_on_one_post": len(posts) == 1 and unnamed == 0,
    }


def _grouped(rows: Iterable[Row], *names: str) -> dict[tuple[Any, ...], list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[tuple(row[name] for name in names)].append(row)
    return found


def _count(rows: Iterable[Row]) -> int:
    return sum(row["contact_count"] for row in rows)
