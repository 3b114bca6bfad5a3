"""Amending: what others rely on changes with a new reason, and what stood is kept beside it."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel


def plain(value: Any) -> Any:
    """A value as it is stored."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value


def changed_in(before: Mapping[str, Any], draft: BaseModel, names: Iterable[str]) -> list[str]:
    """Those of some fields that a draft would give another value."""
    return [name for name in names if plain(getattr(draft, name)) != plain(before[name])]


def explains(before: Mapping[str, Any], draft: Any) -> bool:
    """Whether a draft tells a reason that was not told before."""
    return draft.change_reason not in (None, before.get("change_reason"))
