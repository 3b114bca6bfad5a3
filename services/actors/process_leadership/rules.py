"""Rules about means: what several posts have together."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.actors.contract.leadership import Resourcing


def together(posts: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The sums of all that is counted."""
    found = list(posts)
    return {name: sum(post[name] for post in found) for name in Resourcing.model_fields}
