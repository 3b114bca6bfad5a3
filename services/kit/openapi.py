"""The OpenAPI document: what each generated route takes and answers."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from fastapi import Response
from pydantic import BaseModel, TypeAdapter

from services.kit import export
from services.kit.collection import Collection
from services.kit.paging import Filter
from services.kit.problem_docs import READ, WRITE, problems


def parameter(name: str, text: str, schema: dict[str, Any], where: str = "query") -> dict[str, Any]:
    """One parameter of an operation."""
    return {"name": name, "in": where, "required": False, "schema": schema, "description": text}


KEY = {
    **parameter(
        "Idempotency-Key",
        "Any unique text; the same key and body give the first answer again for 72 hours",
        {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
        "header",
    ),
    "required": True,
}
KEY_OPTIONAL = {**KEY, "required": False}
MATCH_OPTIONAL = parameter(
    "If-Match",
    "The ETag of the thing you read, or a list of them; `*`: whatever it is now",
    {"type": "string", "examples": ['"v1"']},
    "header",
)
_MATCH = {**MATCH_OPTIONAL, "required": True}
NONE_MATCH = parameter(
    "If-None-Match",
    "The ETag of the answer that you have: 304 where it is still true",
    {"type": "string", "examples": ['"v1"']},
    "header",
)
UNCHANGED: dict[int | str, Any] = {304: {"description": "Nothing has changed"}}
_KNOWN = parameter(
    "known_at",
    "As it was known at this moment",
    {"type": "string", "format": "date-time", "examples": ["2026-01-31T12:00:00Z"]},
)
_AS_OF = parameter(
    "as_of",
    "As it was on this day",
    {"type": "string", "format": "date", "examples": ["2026-01-31"]},
)


def _times(things: Collection) -> list[dict[str, Any]]:
    return [_KNOWN, _AS_OF] if things.periodic else [_KNOWN]


@cache
def _many(kind: Any) -> dict[str, Any]:
    """The schema of a filter that may be repeated."""
    one = TypeAdapter(kind).json_schema(ref_template="#/components/schemas/{model}")
    return {"type": "array", "items": {k: v for k, v in one.items() if k != "$defs"}}


def _sort_schema(things: Collection) -> dict[str, Any]:
    """Names with commas between, each perhaps with a minus."""
    one = f"-?({'|'.join(name.removeprefix('-') for name in things.sorts)})"
    return {"type": "string", "pattern": f"^{one}(,{one})*$", "examples": [things.sorts[0]]}


def _paging() -> list[dict[str, Any]]:
    whole = {"type": "integer", "minimum": 1}
    return [
        parameter("limit", "How many", whole | {"maximum": 200, "default": 20}),
        parameter("page", "Which page, from 1", whole | {"maximum": 10_000, "default": 1}),
        parameter("after", "The cursor from `next`", {"type": "string"}),
        parameter("count", "Whether to count all", {"type": "boolean", "default": False}),
    ]


def _filters(filters: Mapping[str, Filter]) -> list[dict[str, Any]]:
    return [parameter(name, one.told(name), _many(one.kind)) for name, one in filters.items()]


def _list_parameters(things: Collection, fixed: tuple[str, ...]) -> list[dict[str, Any]]:
    sorts = ", ".join(things.sorts)
    return [
        *_paging(),
        parameter("sort", f"Fields, - for descending: {sorts}", _sort_schema(things)),
        *(one for one in _selecting(things) if one["name"] not in fixed),
    ]


def _selecting(things: Collection) -> list[dict[str, Any]]:
    """What narrows a list."""
    text = {"type": "string", "maxLength": 200, "examples": ["snickare"]}
    return [
        *_times(things),
        *_filters(things.all_filters),
        *([parameter("q", "Swedish search, also parts of words", text)] if things.search else []),
    ]


def _page_schema(things: Collection) -> dict[str, Any]:
    item = {"$ref": f"#/components/schemas/{things.answer.__name__}"}
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": item},
            "next": {"type": ["string", "null"], "description": "The next page"},
            "count": {"type": "integer", "description": "All, where asked for with count=true"},
        },
    }


def _as_files() -> dict[str, Any]:
    return {kind: {"schema": {"type": "string"}} for kind in (export.CSV, export.EXCEL)}


def list_doc(things: Collection, *fixed: str) -> dict[str, Any]:
    """How a list is described; `fixed` are the filters that its address has chosen."""
    content = _as_files() | {"application/json": {"schema": _page_schema(things)}}
    answers: dict[int | str, dict[str, Any]] = {
        200: {"description": "A page of the list", "content": content},
        **UNCHANGED,
    }
    return {
        "summary": f"List {things.path.strip('/')}{' of one thing' if fixed else ''}",
        "description": (things.answer.__doc__ or "").strip(),
        "responses": answers | problems(*READ),
        "openapi_extra": {
            "parameters": [*_list_parameters(things, fixed), NONE_MATCH],
            "x-right": f"{things.noun}.read",
        },
    }


def _thing(things: Collection, text: str) -> dict[str, Any]:
    return {"model": things.answer, "description": text}


def one_doc(things: Collection) -> dict[str, Any]:
    """How reading one thing is described."""
    answers: dict[int | str, dict[str, Any]] = {200: _thing(things, "The thing"), **UNCHANGED}
    asked = [*_times(things), NONE_MATCH]
    if things.heir:
        answers[301] = _thing(things, "It lives on in another, which Location names")
    return {
        "summary": f"One of {things.path.strip('/')}",
        "description": (things.answer.__doc__ or "").strip(),
        "responses": answers | problems(*READ),
        "openapi_extra": {"parameters": asked, "x-right": f"{things.noun}.read"},
    }


def create_doc(things: Collection) -> dict[str, Any]:
    """How making one is described."""
    return {
        "summary": f"Make one of {things.path.strip('/')}",
        "description": (things.draft.__doc__ or "").strip(),
        "responses": {201: _thing(things, "The new thing"), **problems(*WRITE)},
        "openapi_extra": {"parameters": [KEY], "x-right": f"{things.noun}.write"},
    }


def replace_doc(things: Collection) -> dict[str, Any]:
    """How changing one is described."""
    return {
        "summary": f"Change one of {things.path.strip('/')}",
        "description": "All fields that may be sent, with their new values: none of what the "
        "answer has besides (`id`, `version`). " + (things.draft.__doc__ or ""),
        "responses": {200: _thing(things, "The changed thing"), **problems(*WRITE, 412, 428)},
        "openapi_extra": {"parameters": [_MATCH], "x-right": f"{things.noun}.write"},
    }


def remove_doc(things: Collection) -> dict[str, Any]:
    """How removing one is described."""
    return {
        "summary": f"Remove one of {things.path.strip('/')}",
        "description": "Only where nothing refers to it.",
        "responses": {204: {"description": "It is gone"}, **problems(*WRITE, 412, 428)},
        "openapi_extra": {"parameters": [_MATCH], "x-right": f"{things.noun}.write"},
    }


def action_doc(
    summary: str,
    right: str,
    answers: type[BaseModel],
    *,
    status: int = 200,
    makes: bool = False,
) -> dict[str, Any]:
    """How a named action of a room is described. `right` is "noun.action".

    One that `makes` something anew each time asks for an Idempotency-Key.
    """
    done: dict[str, Any] = {"description": "Done", "model": answers}
    return {
        "summary": summary,
        "description": summary,
        "responses": {status: done, **problems(*WRITE)},
        "status_code": status,
        "openapi_extra": {"parameters": [KEY if makes else KEY_OPTIONAL], "x-right": right},
    }


def read_doc(
    summary: str,
    right: str,
    answers: Any,
    *,
    known: bool = False,
    dated: bool = False,
    tagged: bool = True,
) -> dict[str, Any]:
    """How a room's own reading is described, and its times. `right` is "noun.action"."""
    done: dict[str, Any] = {"description": "The answer", "model": answers}
    told = [*([_KNOWN] if known else []), *([_AS_OF] if dated else [])]
    told += [NONE_MATCH] if tagged else []
    return {
        "summary": summary,
        "description": summary,
        "responses": {200: done, **(UNCHANGED if tagged else {}), **problems(*READ)},
        "openapi_extra": {"x-right": right, "parameters": told},
    }


def also_as_files(doc: dict[str, Any]) -> dict[str, Any]:
    """A room's own reading that is a list, and is also answered as CSV and Excel."""
    doc["responses"][200]["content"] = _as_files()
    return doc


def file_doc(summary: str, right: str, kind: str) -> dict[str, Any]:
    """How a room's own reading is described that answers a file of text."""
    doc = read_doc(summary, right, None, tagged=False)
    said = {"description": "The file", "content": {kind: {"schema": {"type": "string"}}}}
    doc["responses"] = {200: said, **problems(*READ)}
    return doc | {"response_class": Response}


def counts_doc(summary: str, things: Collection, answers: Any) -> dict[str, Any]:
    """How a count over a selection of a collection is described."""
    doc = read_doc(summary, f"{things.noun}.read", answers)
    doc["openapi_extra"]["parameters"] = _selecting(things)
    return doc


def paged_doc(
    summary: str, right: str, answers: Any, filters: Mapping[str, Filter], *, dated: bool = False
) -> dict[str, Any]:
    """How a room's own list, which is no collection, is described."""
    doc = read_doc(summary, right, answers, known=True, dated=dated)
    times = doc["openapi_extra"]["parameters"]
    doc["openapi_extra"]["parameters"] = [*_paging(), *times, *_filters(filters)]
    return doc
