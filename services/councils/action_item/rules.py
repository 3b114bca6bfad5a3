"""Rules about action items: done once, by somebody who may say so."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.kit.errors import Conflict, Forbidden, Rejected


def demand_not_done(item: Mapping[str, Any]) -> None:
    """Conflict where it is done already."""
    if item["done_on"] is not None:
        raise Conflict("it is done already", field="done_on", reason="done")


def demand_done(item: Mapping[str, Any]) -> None:
    """Conflict where there is nothing to take back."""
    if item["done_on"] is None:
        raise Conflict("it is not done", field="done_on", reason="not_done")


def demand_untold(item: Mapping[str, Any], meeting: Mapping[str, Any] | None) -> None:
    """Conflict where the approved minutes of its meeting tell that it is done."""
    approved = meeting["approved_on"] if meeting else None
    if approved is not None and item["done_on"] <= approved:
        raise Conflict("the approved minutes tell so", field="done_on", reason="locked")


def demand_asked_first(asked: date | None, done: date | None) -> None:
    """Rejected where it would be done before the meeting or decision that asked for it."""
    if asked and done and done < asked:
        raise Rejected("it was asked for later", field="done_on", reason="before_asked")


def demand_owner(item: Mapping[str, Any], post_ids: Collection[UUID]) -> None:
    """Forbidden unless one of the posts owns it."""
    if item["owner_post_id"] not in post_ids:
        raise Forbidden("only its owner's")
