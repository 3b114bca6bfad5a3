"""Marks of what somebody was shown: another one where it would be something else now."""

from collections.abc import Iterable
from hashlib import blake2s


def mark_of(told: Iterable[object]) -> str:
    """The mark of some things, each told by its words, in their order."""
    return blake2s("\n".join(map(str, told)).encode(), digest_size=12).hexdigest()
