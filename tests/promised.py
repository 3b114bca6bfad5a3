"""Promised: what a service answers in any test is what its document says that it answers."""

from functools import cache
from typing import Any
from urllib.parse import quote

import httpx
import jsonschema_rs
from fastapi import FastAPI
from starlette.routing import Match

Document = dict[str, Any]
PROBLEM = ("components", "schemas", "ProblemBody")
_told: dict[str, Document] = {}


def document(app: FastAPI) -> Document:
    """What a service says of itself; made once for all its apps."""
    name = app.state.name
    if name not in _told:
        _told[name] = app.openapi()
    return _told[name]


@cache
def _registry(service: str) -> Any:
    draft = jsonschema_rs.Draft202012
    return jsonschema_rs.Registry([(f"urn:{service}", _told[service])], draft=draft)


@cache
def _judge(service: str, *place: str) -> Any:
    """What judges the values at a place in a document."""
    pointer = "/".join(quote(part.replace("/", "~1")) for part in place)
    return jsonschema_rs.validator_for(
        {"$ref": f"urn:{service}#/{pointer}"}, registry=_registry(service)
    )


def demand_promised(app: FastAPI, answer: httpx.Response) -> None:
    """Fails where an answer is not as it was promised: its code, its media type, its content."""
    path, verb = _route(app, answer.request), answer.request.method.lower()
    said = document(app)["paths"].get(path, {}).get(verb)
    if said is None:
        return
    code, where = str(answer.status_code), f"{verb} {path}: {answer.text[:2000]}"
    assert code in said["responses"], f"{code} is not promised by {where}"
    if not answer.content:
        return
    kind = answer.headers["content-type"].split(";")[0]
    content = said["responses"][code].get("content", {})
    assert kind in content, f"{kind} is not promised by {where}"
    if kind.endswith("json"):
        place = ("paths", path, verb, "responses", code, "content", kind, "schema")
        judge = _judge(app.state.name, *(PROBLEM if code >= "400" else place))
        wrong = [f"{one.instance_path} {one.message}" for one in judge.iter_errors(answer.json())]
        assert wrong[:5] == [], where


def _route(app: FastAPI, request: httpx.Request) -> str:
    scope = {"type": "http", "method": request.method, "path": request.url.path, "headers": []}
    found = (r for r in app.routes if r.matches(scope)[0] is Match.FULL)
    return str(getattr(next(found, None), "path", ""))
