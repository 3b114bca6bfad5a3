"""Merges in an archive: whom an actor lives on in, by which way, and what is wrong with that."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from services.actors.merge.rules import INHERITED
from services.kit.errors import FieldError

INTO, FIRST = "merged_into_id", "merged_first_id"
Given = StrEnum("Given", INHERITED)  # type: ignore[misc]
Steps = Mapping[UUID, tuple[UUID | None, UUID | None]]  # whom it lives on in, and was merged with


class Merge(BaseModel):
    """What an archive says of a merge; the ids are those of the archive."""

    merged_into_id: str | None = None
    merged_first_id: str | None = None
    given_fields: list[Given] = []
    given_names: list[str] | None = None


def wrong_merges(rows: Iterable[tuple[str, Mapping[str, Any]]], kept: Steps) -> list[FieldError]:
    """What is wrong with the merges of an archive; `kept` are those of the registry."""
    told = [(where, one["id"], one.get(INTO), one.get(FIRST)) for where, one in rows]
    steps = dict(kept) | {own: (into, first) for _, own, into, first in told if into or first}
    found = []
    for where, own, into, first in told:
        if into or first:
            found += [
                FieldError(f"{where}.kompetensnav.{name}", code, f"{name}: {code}")
                for name, code in _faults(own, into, first, steps)
            ]
    return found


def _faults(
    own: UUID,
    into: UUID | None,
    first: UUID | None,
    steps: Steps,
) -> Iterable[tuple[str, str]]:
    if into is None or first is None:
        yield (INTO if into is None else FIRST), "missing"
    at, seen = first or into, {own}
    while at in steps and at not in seen and at is not None:
        seen.add(at)
        further, following = steps[at]
        if into and into not in {further, at}:
            yield INTO, "merged"
            return
        at = following or further
    if at in seen or into == own:
        yield INTO, "circle"
    elif into and at != into:
        yield INTO, "merged"
