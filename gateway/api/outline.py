"""The outline: the OpenAPI document as a reader of the documentation pages wants it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gateway.api.described import who_may
from gateway.api.passing import ROOT

Document = dict[str, Any]
DEEPEST = 3
KINDS = {
    "string": "text",
    "integer": "heltal",
    "number": "tal",
    "boolean": "ja eller nej",
    "object": "objekt",
    "null": "tomt",
}
FORMATS = {"uuid": "id", "date": "datum", "date-time": "tidpunkt", "binary": "fil"}
# What every collection has; the room's own actions keep the service's words.
COMMON = {
    ("get", 1): "Lista",
    ("post", 1): "Skapa",
    ("get", 2): "Läs en",
    ("put", 2): "Ändra en",
    ("delete", 2): "Ta bort en",
}


@dataclass(frozen=True)
class Field:
    """One field of a body, or one parameter."""

    name: str
    kind: str
    required: bool
    text: str
    codes: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked for."""

    id: str
    method: str
    path: str
    name: str
    text: str
    scopes: tuple[str, ...]
    keys: str  # whose: any "municipality", the "association", "nobody"; empty: any, and no matter
    parameters: tuple[Field, ...]
    sent: tuple[Field, ...]
    answered: tuple[Field, ...]
    statuses: tuple[str, ...]

    @property
    def is_swedish(self) -> bool:
        """Whether the name is ours; the services' own summaries are English."""
        return self.name in COMMON.values()


def _scopes(said: Document) -> tuple[str, ...]:
    """What a key must have; nothing where no key is needed."""
    return tuple(scope for way in said["security"] for scope in way.get("oauth2", ()))


class Outline:
    """Nouns, operations and fields of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def nouns(self) -> list[tuple[str, str]]:
        """Each first segment of the paths, and the singular noun that its operations are about."""
        found: dict[str, str] = {}
        for path, item in self.document["paths"].items():
            tags = [said["tags"][0] for said in item.values()]
            found.setdefault(path.split("/")[1], tags[0])
        return sorted(found.items())

    def operations(self, noun: str) -> list[Operation]:
        """What can be asked of a noun, the common ones first."""
        found = [
            self._operation(path, verb, said)
            for path, item in self.document["paths"].items()
            if path.split("/")[1] == noun
            for verb, said in item.items()
        ]
        order = list(COMMON.values())
        return sorted(found, key=lambda o: (order.index(o.name) if o.is_swedish else 99, o.path))

    def _operation(self, path: str, verb: str, said: Document) -> Operation:
        parts = [part for part in path.split("/") if part]
        common = COMMON.get((verb, len(parts))) if parts[1:] in ([], ["{id}"]) else None
        done: Document = next((a for c, a in said["responses"].items() if c.startswith("2")), {})
        return Operation(
            id=said["operationId"],
            method=verb.upper(),
            path=f"{ROOT}{path}",
            name=common or said["summary"],
            text=said["description"].removesuffix(who_may(said.get("x-keys"), verb)),
            scopes=_scopes(said),
            keys=said.get("x-keys", {}).get("of", ""),
            parameters=tuple(self._parameter(one) for one in said.get("parameters", ())),
            sent=tuple(self._body(said.get("requestBody", {}))),
            answered=tuple(self._body(self._found(done))),
            statuses=tuple(sorted(code for code in said["responses"] if code != "default")),
        )

    def _parameter(self, parameter: Document) -> Field:
        one = self._found(parameter)
        schema = self._found(one["schema"])
        return Field(
            one["name"],
            self._kind(schema),
            bool(one.get("required")) or one["in"] == "path",
            one.get("description", ""),
            self._codes(schema),
            {"query": "fråga", "path": "adress", "header": "huvud"}[one["in"]],
        )

    def _body(self, body: Document) -> Iterator[Field]:
        content = body.get("content", {}).get("application/json", {})
        if "schema" in content:
            yield from self._fields(content["schema"])

    def _fields(self, schema: Document, before: str = "", depth: int = 0) -> Iterator[Field]:
        schema = self._found(schema)
        required = set(schema.get("required", ()))
        for name, part in schema.get("properties", {}).items():
            found = self._found(part)
            text = part.get("description") or found.get("description", "")
            kind, codes = self._kind(found), self._codes(found)
            yield Field(before + name, kind, name in required, text, codes)
            below, step = self._below(found)
            if below is not None and depth < DEEPEST:
                yield from self._fields(below, f"{before}{name}{step}.", depth + 1)

    def _below(self, schema: Document) -> tuple[Document | None, str]:
        """The object inside a field, and how its place is written."""
        for one in self._kinds(schema):
            if one.get("type") == "array":
                inner, _ = self._below(one.get("items", {}))
                return inner, "[]"
            if "properties" in one:
                return one, ""
        return None, ""

    def _kinds(self, schema: Document) -> list[Document]:
        """What a value may be, apart from nothing."""
        schema = self._found(schema)
        kinds = schema.get("anyOf") or schema.get("oneOf") or [schema]
        return [self._found(one) for one in kinds if one.get("type") != "null"]

    def _kind(self, schema: Document) -> str:
        names = []
        for one in self._kinds(schema):
            kind = one.get("type", "")
            if isinstance(kind, list):
                kind = next((part for part in kind if part != "null"), "null")
            if kind == "array":
                names.append(f"lista av {self._kind(one.get('items', {}))}")
            elif "enum" in one:
                names.append("kod")
            else:
                names.append(FORMATS.get(one.get("format", "")) or KINDS.get(kind, "värde"))
        return " eller ".join(dict.fromkeys(names)) or "värde"

    def _codes(self, schema: Document) -> tuple[str, ...]:
        for one in self._kinds(schema):
            inner = self._found(one.get("items", {})) if one.get("type") == "array" else one
            if "enum" in inner:
                return tuple(map(str, inner["enum"]))
        return ()

    def _found(self, part: Document) -> Document:
        while "$ref" in part:
            _, _, kind, name = part["$ref"].split("/")
            part = self.document["components"][kind][name]
        return part
