"""Documents: the services' OpenAPI documents as one, with everything that a reader needs."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from gateway.api import shared
from gateway.api.described import INFO, SECURITY, own_paths, own_schemas, who_may
from gateway.api.directory import INTERNAL, noun_of
from gateway.api.examples import Examples
from gateway.api.passing import ROOT

Document = dict[str, Any]
METHODS = ("get", "post", "put", "delete")
_FILES = {"text/csv": '"id","name"\r\n', "text/calendar": "BEGIN:VCALENDAR\r\n"}
REFERENCE = "#/components/schemas/"
_HEADERS: Mapping[str, tuple[str, Document]] = {
    "200": ("ETag", {"type": "string"}),
    "201": ("Location", {"type": "string"}),
    "401": ("WWW-Authenticate", {"type": "string"}),
    "405": ("Allow", {"type": "string"}),
    "429": ("Retry-After", {"type": "integer"}),
    "503": ("Retry-After", {"type": "integer"}),
}


def merged(documents: Mapping[str, Document]) -> Document:
    """One document out of the services': paths side by side, schemas under names of their own."""
    schemas: Document = own_schemas()
    paths = {path: _own(path, item) for path, item in own_paths().items()}
    for service, document in documents.items():
        part = _renamed(service, deepcopy(document), schemas)
        schemas |= part.get("components", {}).get("schemas", {})
        for path, item in part["paths"].items():
            kept = {verb: item[verb] for verb in METHODS if verb in item and _public(item[verb])}
            if kept and noun_of(path) not in INTERNAL:
                paths[path] = {verb: _told(verb, path, said) for verb, said in kept.items()}
    _link(paths)
    _exemplify(paths, Examples(schemas))
    components = {
        "schemas": shared.used(paths, schemas),
        "responses": shared.problems(paths),
        "parameters": shared.parameters(paths),
        "examples": shared.examples(paths),
    }
    return {
        "openapi": "3.1.0",
        "info": INFO,
        "externalDocs": {"description": "Dokumentation / documentation", "url": "/api/docs"},
        "servers": [{"url": ROOT}],
        "security": [{"bearer": []}, {"oauth2": ["read"]}],
        "tags": [{"name": name} for name in sorted(_tags(paths))],
        "paths": dict(sorted(paths.items())),
        "components": {
            **{kind: dict(sorted(parts.items())) for kind, parts in components.items()},
            "securitySchemes": SECURITY,
        },
    }


def _public(operation: Document) -> bool:
    return not operation.get("x-internal", False)


def _tags(paths: Document) -> set[str]:
    return {tag for item in paths.values() for said in item.values() for tag in said["tags"]}


def _renamed(service: str, document: Document, taken: Document) -> Document:
    """A service's document whose schemas clash with nobody else's."""
    own = document.get("components", {}).get("schemas", {})
    clash = {name for name, schema in own.items() if taken.get(name, schema) != schema}
    if not clash:
        return document
    new = {name: f"{service.title()}{name}" for name in clash}
    _rewrite(document, {REFERENCE + old: REFERENCE + name for old, name in new.items()})
    document["components"]["schemas"] = {new.get(n, n): schema for n, schema in own.items()}
    return document


def _rewrite(part: Any, new: Mapping[str, str]) -> None:
    if isinstance(part, dict):
        if (known := part.get("$ref")) in new:
            part["$ref"] = new[str(known)]
        for below in part.values():
            _rewrite(below, new)
    elif isinstance(part, list):
        for below in part:
            _rewrite(below, new)


def _own(path: str, item: Document) -> Document:
    return {verb: _told(verb, path, said) for verb, said in item.items()}


def _told(verb: str, path: str, said: Document) -> Document:
    """An operation with its name, the scopes it needs and its answers' headers."""
    keys = said.get("x-keys")
    scopes = list(keys["scopes"]) if keys else ["read" if verb == "get" else "write"]
    text = (said.get("description") or said["summary"]).strip()
    told = {
        **said,
        "operationId": _name(verb, path),
        "description": f"{text.removesuffix('.')}.{who_may(keys, verb)}",
        "tags": said.get("tags") or [noun_of(path)],
    }
    if "security" not in said:
        told["security"] = [{"bearer": []}, {"oauth2": scopes}]
    for parameter in told.get("parameters", ()):
        _say(parameter)
    for code, answer in told["responses"].items():
        _drop_empty(answer.get("content", {}))
        if code in _HEADERS:
            name, schema = _HEADERS[code]
            answer["headers"] = {name: {"schema": schema, "description": name}}
    return told


def _say(parameter: Document) -> None:
    """Describe what the framework found by itself, and say once what it says twice."""
    if parameter["in"] == "path":
        parameter.setdefault("description", "The thing's id")
        parameter["schema"] = {"type": "string", "format": "uuid"}
    for twice in ("title", "description"):
        parameter["schema"].pop(twice, None)


def _drop_empty(content: Document) -> None:
    """The framework's JSON without a schema, where the room has said what it answers."""
    if len(content) > 1 and content.get("application/json", {}).get("schema") == {}:
        del content["application/json"]


def _name(verb: str, path: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", path.lower()).strip("_")
    return f"{verb}_{words}"


def _link(paths: Document) -> None:
    """What a POST made can be read, changed and removed at the address with its id."""
    for path, item in paths.items():
        made = item.get("post", {}).get("responses", {}).get("201")
        one = paths.get(f"{path}/{{id}}")
        if made is None or one is None:
            continue
        given = {"id": "$response.body#/id"}
        made["links"] = {
            verb: {"operationId": said["operationId"], "parameters": given}
            for verb, said in one.items()
        }


def _exemplify(paths: Document, examples: Examples) -> None:
    for kind, content in _contents(paths):
        if "examples" in content or "schema" not in content:
            continue
        text = content["schema"] == {"type": "string"}
        value = _FILES.get(kind, "") if text else examples.of(content["schema"])
        content["examples"] = {"example": {"summary": "Exempel", "value": value}}


def _contents(paths: Document) -> Iterator[tuple[str, Document]]:
    """Every body of every request and answer, with its media type."""
    for item in paths.values():
        for said in item.values():
            yield from said.get("requestBody", {}).get("content", {}).items()
            for answer in said["responses"].values():
                yield from answer.get("content", {}).items()
