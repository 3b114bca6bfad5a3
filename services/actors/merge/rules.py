"""Rules of a merge: what the living actor inherits, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Actor = Mapping[str, Any]
# What an actor may lack and take from the one merged into it. Who may write it is not inherited.
INHERITED = ("org_number", "municipality_code", "sni_codes", "mission", "note", "website")


def inherited(living: Actor, merged: Actor) -> dict[str, Any]:
    """The fields that the living actor lacks and the merged one has."""
    return {name: merged[name] for name in INHERITED if merged[name] and not living[name]}


@dataclass
class Gift:
    """What an actor has given to the one that it was merged with, and from there further on."""

    actor: Actor
    fields: set[str]
    names: set[str]

    @classmethod
    def of(cls, actor: Actor) -> "Gift":
        """What it gave when it was merged."""
        return cls(actor, set(actor["given_fields"]), _names_given(actor))

    def back(self, owner: Actor) -> dict[str, Any]:
        """What an owner loses again: of the given, what is still as it was given.

        What the owner itself gave further on of that is asked back next, and is given no more.
        """
        same = {name for name in self.fields if owner[name] == self.actor[name]}
        names = [name for name in _lines(owner["other_names"]) if name not in self.names]
        lost: dict[str, Any] = {
            name: [] if isinstance(owner[name], list) else None for name in same
        }
        lost["other_names"] = "\n".join(names) or None
        given, named = owner["given_fields"], _names_given(owner)
        self.fields, self.names = same & set(given), self.names & named
        if owner["merged_into_id"] is not None:
            lost["given_fields"] = [name for name in given if name not in self.fields]
            lost["given_names"] = sorted(named - self.names)
        return lost


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def names_with(living: Actor, merged: Actor) -> str | None:
    """The living actor's other names and all names of the merged one, each once."""
    found = dict.fromkeys([*_lines(living["other_names"]), merged["name"]])
    found |= dict.fromkeys(_lines(merged["other_names"]))
    found.pop(living["name"], None)
    return "\n".join(found) or None


def names_given(living: Actor, names: str | None) -> list[str]:
    """Of the names that the living actor gets by a merge, those that it did not have."""
    own = set(_lines(living["other_names"]))
    return [name for name in _lines(names) if name not in own]


def _names_given(merged: Actor) -> set[str]:
    if merged["given_names"] is not None:
        return set(merged["given_names"])
    return {merged["name"], *_lines(merged["other_names"])}
