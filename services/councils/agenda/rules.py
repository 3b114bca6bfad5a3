"""Rules about agendas: an order names each point of the meeting once."""

from collections.abc import Collection
from uuid import UUID

from services.kit.errors import Rejected


def demand_all(wanted: Collection[UUID], there: Collection[UUID]) -> None:
    """Rejected unless the new order holds exactly the points that are there."""
    if set(wanted) != set(there):
        raise Rejected("name each item of the meeting", field="item_ids", reason="not_all")
