"""Rules about takeovers: done once, not before it was taken, and said so by whoever may."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.kit.errors import Conflict, Forbidden, Rejected


def demand_open(taken: Mapping[str, Any]) -> None:
    """Conflict where it is done already."""
    if taken["done_on"] is not None:
        raise Conflict("it is done already", field="done_on", reason="done")


def demand_after(taken: Mapping[str, Any], day: date | None) -> None:
    """Rejected for a day before it was taken."""
    if day is not None and day < taken["taken_on"]:
        raise Rejected("nothing is done before it is taken", field="done_on", reason="too_early")


def demand_owner(taken: Mapping[str, Any], post_ids: Collection[UUID]) -> None:
    """Forbidden unless one of the posts has taken it."""
    if taken["owner_post_id"] not in post_ids:
        raise Forbidden("only its owner's")
