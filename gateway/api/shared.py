"""Shared parts: what many operations have alike is said once in the document."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import orjson

from services.kit.errors import BY_STATUS, Problem, Rejected

Document = dict[str, Any]
PROBLEM = "application/problem+json"
ALIKE = 3


def _operations(paths: Document) -> Iterator[Document]:
    return (said for item in paths.values() for said in item.values())


def problems(paths: Document) -> Document:
    """Each problem once, with an example; operations refer to it."""
    found: Document = {}
    for said in _operations(paths):
        for code, answer in said["responses"].items():
            if list(answer.get("content", ())) == [PROBLEM]:
                name = f"Problem{code.title()}"
                found.setdefault(name, _problem(code, answer))
                said["responses"][code] = {"$ref": f"#/components/responses/{name}"}
    return found


def _problem(code: str, answer: Document) -> Document:
    kind = BY_STATUS.get(int(code), Problem) if code.isdigit() else Problem
    field = "name" if kind is Rejected else None
    value = kind(kind.title, field=field).body("0198f0000000700080000000000000ff")
    examples = {"example": {"summary": kind.title, "value": value}}
    return answer | {"content": {PROBLEM: answer["content"][PROBLEM] | {"examples": examples}}}


def parameters(paths: Document) -> Document:
    """The commonest form of each parameter that many operations take."""
    forms: dict[str, Counter[bytes]] = defaultdict(Counter)
    for said in _operations(paths):
        for parameter in said.get("parameters", ()):
            forms[_name(parameter)][_print(parameter)] += 1
    common = {name: found.most_common(1)[0] for name, found in forms.items()}
    kept = {name: form for name, (form, count) in common.items() if count >= ALIKE}
    for said in _operations(paths):
        if "parameters" in said:
            said["parameters"] = [
                {"$ref": f"#/components/parameters/{_name(one)}"}
                if kept.get(_name(one)) == _print(one)
                else one
                for one in said["parameters"]
            ]
    return {name: orjson.loads(form) for name, form in kept.items()}


def _name(parameter: Document) -> str:
    words = str(parameter["name"]).replace("-", "_").split("_")
    return "".join(word.title() for word in words) + str(parameter["in"]).title()


def _print(part: Any) -> bytes:
    return orjson.dumps(part, option=orjson.OPT_SORT_KEYS)


def examples(paths: Document) -> Document:
    """The example of each schema once."""
    found: Document = {}
    for said in _operations(paths):
        bodies = [said.get("requestBody", {}), *said["responses"].values()]
        for content in (kind for body in bodies for kind in body.get("content", {}).values()):
            name = _example_name(content.get("schema", {}))
            if name and found.setdefault(name, content["examples"]["example"]):
                content["examples"] = {"example": {"$ref": f"#/components/examples/{name}"}}
    return found


def _example_name(schema: Document) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    item = schema.get("properties", {}).get("items", {}).get("items", {})
    return f"{item['$ref'].rsplit('/', 1)[-1]}Page" if "$ref" in item else ""


def used(paths: Document, schemas: Document) -> Document:
    """The schemas that some operation comes to; a service describes more than is public."""
    found: Document = {"ProblemBody": schemas["ProblemBody"]}
    waiting = {*_named(paths), *_named(found)}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = schemas[name]
            waiting |= _named(schemas[name])
    return found


def _named(part: Any) -> set[str]:
    """The schemas that a part of the document refers to."""
    if isinstance(part, list):
        return set().union(*map(_named, part))
    if not isinstance(part, dict):
        return set()
    below = set().union(*map(_named, part.values()))
    reference = str(part.get("$ref", ""))
    return below | ({reference.rsplit("/", 1)[-1]} if "/schemas/" in reference else set())
