"""Rules about dialogue maps: what may be published, and that it then stays."""

from collections.abc import Sequence
from typing import Any

from services.councils.contract.interview import MapStatus
from services.councils.dialogue_map.default_map import DEFAULT_MAP
from services.kit.errors import Conflict, Rejected


def demand_unpublished(status: str) -> None:
    """Conflict where it has been published: interviews rest on it."""
    if status == MapStatus.published:
        raise Conflict("published; make a new edition", field="status", reason="published")


def demand_in_use(retired_on: object) -> None:
    """Rejected where no interview is to be begun by it any more."""
    if retired_on is not None:
        raise Rejected("the map is retired", field="dialogue_map_id", reason="map_retired")


def is_ours(name: str | None) -> bool:
    """Whether a name is that of our own map."""
    return name is not None and name.casefold() == DEFAULT_MAP.name.casefold()


def demand_own_name(name: str | None) -> None:
    """Rejected where somebody would call a map of their own by the name of ours."""
    if is_ours(name):
        raise Rejected("our own map has that name", field="name", reason="ours")


def demand_not_ours(name: str) -> None:
    """Conflict where it is our own map: its editions come with the program."""
    if is_ours(name):
        raise Conflict("copy it by another name", field="name", reason="ours")


def retired(found: Any, today: Any) -> Any:
    """The day it is retired from; Conflict where it is not in use."""
    if found["status"] != MapStatus.published or found["retired_on"] is not None:
        raise Conflict("only what is in use is retired", field="status", reason="wrong_status")
    return today


def demand_retired(retired_on: object) -> None:
    """Conflict where it is in use already."""
    if retired_on is None:
        raise Conflict("it is not retired", field="status", reason="wrong_status")


def demand_content(parts: Sequence[Any], *, field: str) -> None:
    """Conflict where there is nothing to publish."""
    if not parts:
        raise Conflict("there is nothing to publish", field=field, reason="empty")
