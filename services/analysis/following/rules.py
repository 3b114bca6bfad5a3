"""Rules about following: what a thing is called, and which words find it."""

from collections.abc import Iterable, Mapping
from typing import Any

NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "actor": ("name",),
    "post": ("title",),
    "person": ("name",),
    "programme": ("name",),
    "mandate": ("scope",),
    "role_trial": ("role",),
    "council": ("name",),
    "meeting": ("title",),
    "agenda_item": ("title",),
    "decision": ("text",),
    "action_item": ("text",),
    "need": ("statement",),
    "initiative": ("title",),
    "outcome": ("change",),
    "dialogue_map": ("name",),
    "project": ("name",),
    "event": ("title",),
}
FOUND_BY: Mapping[str, tuple[str, ...]] = {
    "actor": ("name", "other_names", "mission"),
    "post": ("title",),
    "person": ("name",),
    "programme": ("name", "description"),
    "council": ("name", "industry", "purpose"),
    "meeting": ("title", "place"),
    "decision": ("text",),
    "need": ("statement",),
    "initiative": ("title", "description"),
    "project": ("name", "purpose"),
    "event": ("title", "about"),
}
LABEL_LONGEST = 160
# What is kept of things that tell of people, or that few may read; of all others everything is.
PERSONAL = {
    "person": frozenset({"name", "example"}),
    "contact": frozenset(
        {
            "held_on",
            "actor_id",
            "post_id",
            "our_actor_id",
            "our_post_id",
            "example",
        }
    ),
    # Who held a post and when; what a leaver wrote for the next one is between those two.
    "holding": frozenset({"post_id", "person_id", "cover", "valid_from", "valid_to", "example"}),
    # Assessments and choices judge an organisation, and joinings name needs that few may know of:
    # nobody asks for them here, so nothing of them is kept.
    "readiness": frozenset(),
    "priority": frozenset(),
    "joining": frozenset(),
}


def label_of(entity: str, data: Mapping[str, Any]) -> str:
    """What a thing is called in a list; empty for things that have no name of their own."""
    for name in NAMED_BY.get(entity, ()):
        if data.get(name):
            text = " ".join(str(data[name]).split())
            return text if len(text) <= LABEL_LONGEST else f"{text[: LABEL_LONGEST - 1]}…"
    return ""


def words_of(entity: str, data: Mapping[str, Any]) -> str:
    """The text a thing is searched by; empty: search does not find it, as what was merged."""
    if entity == "actor" and data.get("merged_into_id"):
        return ""
    return " ".join(str(data[name]) for name in FOUND_BY.get(entity, ()) if data.get(name))


def shared(entity: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """What is copied of a thing: of people their names, of contacts who talked when: no words."""
    kept = PERSONAL.get(entity)
    return {name: value for name, value in data.items() if kept is None or name in kept}


def newest(events: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The last event of each thing, whatever order and however often they came."""
    last: dict[tuple[str, str], Mapping[str, Any]] = {}
    for event in events:
        place = (event["entity"], event["key"])
        if place not in last or last[place]["seq"] < event["seq"]:
            last[place] = event
    return list(last.values())
