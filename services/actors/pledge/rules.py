"""Rules about pledges: delivered once, and said so by whoever may."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from services.kit.errors import Conflict, Forbidden


def demand_open(pledge: Mapping[str, Any]) -> None:
    """Conflict where it is delivered already."""
    if pledge["delivered_on"] is not None:
        raise Conflict("it is delivered already", field="delivered_on", reason="done")


def demand_owner(pledge: Mapping[str, Any], post_ids: Collection[UUID]) -> None:
    """Forbidden unless one of the posts owns it."""
    if pledge["owner_post_id"] not in post_ids:
        raise Forbidden("only its owner's")
