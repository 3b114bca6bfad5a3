"""Form fields: what kind of value each field of a draft is, and how typed text becomes it."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel, ValidationError
from pydantic.fields import FieldInfo

from services.kit.clock import STOCKHOLM

_SPACES = re.compile(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+")
_DOTTED_TIME = re.compile(r"(?<=\d)\s+(?:kl\.?\s*)?(\d{1,2})[.:](\d{2})$")
_ANSWERS = {"true": True, "on": True, "1": True, "": False, "false": False, "0": False}
_WALL = "%Y-%m-%dT%H:%M"
_PLACE = re.compile(r"[0-9]{1,6}")
MOST_ROWS = 200


def bare(annotation: Any) -> Any:
    """The type itself, without Annotated and without None."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not NoneType]
        return bare(kinds[0]) if len(kinds) == 1 else annotation
    return annotation


def _takes_none(annotation: Any) -> bool:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return get_origin(annotation) in (Union, UnionType) and NoneType in get_args(annotation)


def _is(kind: Any, *classes: type) -> bool:
    return isinstance(kind, type) and issubclass(kind, classes)


def is_required(draft: type[BaseModel], field: str) -> bool:
    """Whether a draft cannot do without a field; unknown fields are not its business."""
    found = draft.model_fields.get(field)
    return found is None or found.is_required()


def longest(draft: type[BaseModel], field: str) -> int | None:
    """The most characters a field takes, where its type says so."""
    found = draft.model_fields.get(field)
    if found is None:
        return None
    limits = [getattr(note, "max_length", None) for note in _notes(found)]
    return next((limit for limit in limits if limit is not None), None)


def _notes(field: FieldInfo) -> list[Any]:
    inner = [field.annotation, *get_args(field.annotation)]
    return [*field.metadata, *(n for part in inner for n in getattr(part, "__metadata__", ()))]


def enum_of(draft: type[BaseModel], field: str) -> type[StrEnum] | None:
    """The codes of a field, also where it takes several of them."""
    found = draft.model_fields.get(field)
    kind = bare(found.annotation) if found else None
    if get_origin(kind) is list:
        kind = bare(get_args(kind)[0])
    return kind if _is(kind, StrEnum) else None


def read(draft: type[BaseModel], values: Mapping[str, list[str]]) -> dict[str, Any]:
    """What was typed, as the draft's validation takes it. Fields that were not sent stay out."""
    found: dict[str, Any] = {}
    for name, field in draft.model_fields.items():
        kind = bare(field.annotation)
        item = bare(get_args(kind)[0]) if get_origin(kind) is list else None
        if _is(item, BaseModel):
            if any(key.startswith(f"{name}.") for key in values):
                found[name] = _read_rows(item, name, values)
        elif _is(kind, BaseModel):
            inner = _below(f"{name}.", values)
            if inner:
                found[name] = read(kind, inner)
        elif name in values:
            _read_one(found, name, field, values[name], item)
    return found


def unfit(draft: type[BaseModel], values: Mapping[str, list[str]]) -> list[Any]:
    """What a draft refuses of some values alone, whatever else it lacks."""
    given = {name: texts for name, texts in values.items() if any(texts)}
    try:
        draft.model_validate(read(draft, given))
    except ValidationError as failure:
        wrong = failure.errors(include_url=False)
        return [error for error in wrong if error["loc"] and str(error["loc"][0]) in given]
    return []


def _read_one(
    found: dict[str, Any], name: str, field: FieldInfo, texts: list[str], item: Any
) -> None:
    kind = bare(field.annotation)
    if item is not None:
        lines = (line.strip() for text in texts for line in text.split("\n"))
        found[name] = [_value(item, line) for line in lines if line]
    elif kind is bool and (texts[-1].strip() or not _takes_none(field.annotation)):
        text = texts[-1].strip().lower()
        found[name] = _ANSWERS.get(text, text)
    elif texts[-1].strip():
        found[name] = _value(kind, texts[-1].strip())
    elif _takes_none(field.annotation):
        found[name] = None


def _below(prefix: str, values: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {key.removeprefix(prefix): v for key, v in values.items() if key.startswith(prefix)}


def _read_rows(item: Any, name: str, values: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """A list of objects from names such as steps.0.text."""
    below = _below(f"{name}.", values)
    starts = {key.split(".")[0] for key in below}
    places = sorted(int(start) for start in starts if _PLACE.fullmatch(start))[:MOST_ROWS]
    return [read(item, _below(f"{place}.", below)) for place in places]


def compact(values: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The same values without rows that have no text, so that row numbers follow each other.

    An id follows its row unseen; alone it is no text.
    """
    found: dict[str, list[str]] = {}
    places: dict[str, dict[str, int]] = {}
    typed_in = ((name, texts) for name, texts in values.items() if not name.endswith(".id"))
    filled = {_row_of(name) for name, texts in typed_in if any(t.strip() for t in texts)}
    for name, texts in values.items():
        row = _row_of(name)
        if row is None:
            found[name] = texts
        elif row in filled:
            start, place = row
            new = places.setdefault(start, {}).setdefault(place, len(places[start]))
            found[f"{start}.{new}.{name[len(start) + len(place) + 2 :]}"] = texts
    return found


def _row_of(name: str) -> tuple[str, str] | None:
    parts = name.split(".", 2)
    return (parts[0], parts[1]) if len(parts) == 3 and _PLACE.fullmatch(parts[1]) else None  # noqa: PLR2004


def _value(kind: Any, text: str) -> Any:
    if kind in (int, float, Decimal):
        return _SPACES.sub("", text).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if kind in (datetime, AwareDatetime):
        return _moment(text)
    if kind is date:
        return text[:10] if re.match(r"\d{4}-\d{2}-\d{2}T", text) else text
    return text


def _moment(text: str) -> Any:
    """The clock on the wall in Sweden as a moment; what cannot be read is left for the errors."""
    plain = _DOTTED_TIME.sub(r"T\1:\2", text)
    try:
        found = datetime.fromisoformat(plain)
    except ValueError:
        return text
    return found if found.tzinfo else found.replace(tzinfo=STOCKHOLM)


def moment_text(text: str) -> str:
    """A stored moment as the clock on the wall in Sweden; other text as it is."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(STOCKHOLM).strftime(_WALL) if found.tzinfo else text
    except (OverflowError, ValueError):
        return text


def typed(values: Mapping[str, Any], prefix: str = "") -> dict[str, list[str]]:
    """Stored values as the texts that stand in fields."""
    found: dict[str, list[str]] = {}
    for name, value in values.items():
        key = f"{prefix}{name}"
        if isinstance(value, BaseModel):
            value = value.model_dump(mode="json")  # noqa: PLW2901
        if isinstance(value, Mapping):
            found |= typed(value, f"{key}.")
        elif isinstance(value, list | tuple) and any(isinstance(v, Mapping) for v in value):
            for place, row in enumerate(value):
                found |= typed(row, f"{key}.{place}.")
        elif isinstance(value, list | tuple):
            found[key] = [_text(item) for item in value]
        elif value is not None:
            found[key] = [_text(value)]
    return found


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, datetime):
        return value.astimezone(STOCKHOLM).strftime(_WALL)
    return value.isoformat() if isinstance(value, date) else str(value)


def overlap(one: str, other: str) -> bool:
    """Whether two fields are the same, or one stands in the other."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def spoilt(said: dict[str, Any], field: str) -> dict[str, Any]:
    """What was read, with something in a field that no draft takes there."""
    name, _, inner = field.partition(".")
    below = said.get(name)
    if inner and isinstance(below, dict):
        return said | {name: spoilt(below, inner)}
    return said | {name: {"": ""}}


def field_of(place: list[Any]) -> str:
    """The field on the page: several values of one field, a line each, share its error."""
    if len(place) > 1 and isinstance(place[-1], int):
        place = place[:-1]
    return ".".join(str(part) for part in place)


def in_order(values: dict[str, list[str]], stored: Mapping[str, list[str]]) -> None:
    """Choices that were stored keep the order they had: a browser sends them as they are shown."""
    for name, stood in stored.items():
        if len(stood) > 1 and name in values:
            places = {value: place for place, value in enumerate(stood)}
            values[name].sort(key=lambda one: places.get(one, len(stood)))
