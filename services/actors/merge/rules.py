"""Rules of a merge: what the living actor inherits, and what it gives back."""

from collections.abc import Mapping
from typing import Any

Actor = Mapping[str, Any]
# What an actor may lack and take from the one merged into it. Who may write it is not inherited.
INHERITED = ("org_number", "municipality_code", "sni_codes", "mission", "note", "website")


def inherited(living: Actor, merged: Actor) -> dict[str, Any]:
    """The fields that the living actor lacks and the merged one has."""
    return {name: merged[name] for name in INHERITED if merged[name] and not living[name]}


def given_back(living: Actor, merged: Actor, *, given: list[str]) -> dict[str, Any]:
    """What the living actor loses again: the given fields that are still what was given."""
    same = (name for name in given if living[name] == merged[name])
    return {name: [] if isinstance(living[name], list) else None for name in same}


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def names_with(living: Actor, merged: Actor) -> str | None:
    """The living actor's other names and all names of the merged one, each once."""
    found = dict.fromkeys([*_lines(living["other_names"]), merged["name"]])
    found |= dict.fromkeys(_lines(merged["other_names"]))
    found.pop(living["name"], None)
    return "\n".join(found) or None


def names_without(living: Actor, merged: Actor) -> str | None:
    """The living actor's other names but those of the merged one."""
    gone = {merged["name"], *_lines(merged["other_names"])}
    return "\n".join(name for name in _lines(living["other_names"]) if name not in gone) or None
