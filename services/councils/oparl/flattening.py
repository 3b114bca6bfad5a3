"""Flattening: an archive's objects one by one, however they are nested, listed or repeated."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from services.councils.oparl.addresses import TYPES
from services.kit.errors import FieldError

KINDS = {*TYPES.values(), "System"}
# What stands inside another object, by the field that it stands in.
INSIDE = {
    "agendaItem": "AgendaItem",
    "auxiliaryFile": "File",
    "body": "Body",
    "consultation": "Consultation",
    "legislativeTerm": "LegislativeTerm",
    "location": "Location",
    "locationObject": "Location",
    "mainFile": "File",
    "meeting": "Meeting",
    "membership": "Membership",
    "organization": "Organization",
    "paper": "Paper",
    "person": "Person",
    "resolutionFile": "File",
}
# What an object inside another does not say, since it stands there.
ABOVE = {
    ("Meeting", "AgendaItem"): "meeting",
    ("Organization", "Membership"): "organization",
    ("Paper", "Consultation"): "paper",
    ("AgendaItem", "Consultation"): "agendaItem",
}
TIMES = {"created", "modified"}
DEEPEST = 12
_ID = re.compile("https?://[^\\s<>\"'\x00-\x1f\x7f\ud800-\udfff]{1,490}")
_TYPE = re.compile(r"https?://schema\.oparl\.org/1\.[01]/([A-Za-z]{1,40})")
Said = Mapping[str, Any]


@dataclass
class Thing:
    """An object, and where it stands."""

    where: str
    kind: str
    id: str
    said: dict[str, Any]
    place: int
    inner: bool


@dataclass
class Archive:
    """Every object once, by kind and id, and what is wrong."""

    things: dict[str, dict[str, Thing]] = field(default_factory=lambda: {k: {} for k in KINDS})
    wrong: list[FieldError] = field(default_factory=list)
    count: int = 0

    def fail(self, where: str, code: str, message: str) -> None:
        """One more thing that is wrong."""
        self.wrong.append(FieldError(where, code, message))


def is_id(value: Any) -> bool:
    """Whether something may be what an object is called: a web address."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


class Spot(NamedTuple):
    """Where an object stands: in which one and which of its fields, and how deep."""

    where: str
    kind: str | None = None
    above: Thing | None = None
    depth: int = 0


def flattened(objects: Iterable[Said], named: str = "objects") -> Archive:
    """All objects of an archive; what cannot be one is told at its place."""
    found = Archive()
    for number, one in enumerate(objects):
        _open(found, one, Spot(f"{named}.{number}"))
    return found


def _open(found: Archive, one: Any, at: Spot) -> None:
    """An object, or a page of them."""
    if not isinstance(one, Mapping):
        found.fail(at.where, "model_type", "an object of OParl is a JSON object")
    elif at.depth > DEEPEST:
        found.fail(at.where, "too_deep", "the objects are nested too deep")
    elif at.kind is None and "type" not in one and isinstance(one.get("data"), list):
        for number, inner in enumerate(one["data"]):
            _open(found, inner, Spot(f"{at.where}.data.{number}", depth=at.depth + 1))
    else:
        _add(found, one, at)


def _add(found: Archive, one: Said, at: Spot) -> None:
    kind, above = _kind_of(found, one, at), at.above
    if not is_id(one.get("id")):
        code = "url" if "id" in one else "missing"
        found.fail(f"{at.where}.id", code, "an object has an address as its id")
    if kind is None or not is_id(one.get("id")):
        return
    found.count += 1
    said = {str(name): value for name, value in one.items() if value is not None}
    thing = Thing(at.where, kind, one["id"], said, found.count, above is not None)
    if above is not None and (back := ABOVE.get((above.kind, kind))):
        said.setdefault(back, above.id)
    for name, inner in INSIDE.items():
        if name in said:
            below = Spot(f"{at.where}.{name}", inner, thing, at.depth + 1)
            said[name] = _inside(found, said[name], below)
    _join(found, thing)


def _kind_of(found: Archive, one: Said, at: Spot) -> str | None:
    """What sort of object it is: what it says, or what stands in such a field."""
    if "type" not in one and at.kind is not None:
        return at.kind
    told = _TYPE.fullmatch(one["type"]) if isinstance(one.get("type"), str) else None
    if told is not None and told[1] in KINDS:
        return told[1]
    code = "not_known" if "type" in one else "missing"
    found.fail(f"{at.where}.type", code, "a type is one of https://schema.oparl.org/1.1/…")
    return None


def _inside(found: Archive, value: Any, at: Spot) -> Any:
    """What a field holds, with the ids of objects in the place of the objects."""
    if isinstance(value, Mapping):
        _open(found, value, at)
        return value.get("id")
    if not isinstance(value, list):
        return value
    for number, one in enumerate(value):
        if isinstance(one, Mapping):
            _open(found, one, at._replace(where=f"{at.where}.{number}"))
    return [one.get("id") if isinstance(one, Mapping) else one for one in value]


def _join(found: Archive, thing: Thing) -> None:
    """The same object may be told more than once, as long as it is told alike.

    What stands by itself says more than what stands in another.
    """
    known = found.things[thing.kind].get(thing.id)
    if known is None:
        found.things[thing.kind][thing.id] = thing
        return
    first, second = (known, thing) if thing.inner or not known.inner else (thing, known)
    differing = [
        name
        for name in first.said.keys() & second.said.keys()
        if name not in TIMES and first.said[name] != second.said[name]
    ]
    if differing and known.inner == thing.inner:
        told = f"{known.where} has this id too, and another {min(differing)}"
        found.fail(f"{thing.where}.id", "repeated", told)
    first.said = second.said | first.said
    first.place = min(first.place, second.place)
    found.things[thing.kind][thing.id] = first
