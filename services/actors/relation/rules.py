"""Rules about relations: nothing is, step by step, a part of itself."""

from collections.abc import Iterable, Mapping
from uuid import UUID


def closes_a_circle(parents: Mapping[UUID, Iterable[UUID]], child: UUID, parent: UUID) -> bool:
    """Whether making `child` belong to `parent` would make something belong to itself."""
    seen, waiting = set(), [parent]
    while waiting:
        one = waiting.pop()
        if one == child:
            return True
        if one not in seen:
            seen.add(one)
            waiting.extend(parents.get(one, ()))
    return False
