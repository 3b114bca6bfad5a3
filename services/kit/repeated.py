"""Repeated keys: JSON that names a field twice is refused, for nobody knows which is meant."""

import json
import re
from typing import Any

from services.kit.errors import FieldError, Malformed

# Each key is written as one of these; so is what looks like a key within a text.
_KEY = re.compile(rb'"\s*:')


def demand_each_once(body: bytes, read: Any) -> None:
    """Malformed where an object of the body has a key twice; `read` is the body as it was read.

    Counting costs some microseconds. Only where more keys are written than were read, each is
    looked at: then one is there twice, or a text looks like a key.
    """
    if len(_KEY.findall(body)) > _keys_of(read):
        json.loads(body, object_pairs_hook=_each_once)


def _keys_of(read: Any) -> int:
    if isinstance(read, dict):
        return len(read) + sum(_keys_of(value) for value in read.values())
    return sum(_keys_of(one) for one in read) if isinstance(read, list) else 0


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            told = "the JSON names a field twice"
            raise Malformed(told, errors=[FieldError(key[:200], "duplicate_key", told)])
        found[key] = value
    return found
