"""Examples: for every schema of the document a value that it would take."""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]
DEEPEST = 6
ID = "0198f000-0000-7000-8000-00000000{number:04x}"
BY_NAME: dict[str, Any] = {
    "name": "Exempelföretag 1",
    "full_name": "Exempelperson 1",
    "email": "exempelperson1@exempel.se",
    "phone": "010-000 00 00",
    "org_number": "212000-0142",
    "municipality_code": "1472",
    "municipality_codes": ["1472"],
    "managed_by": "1472",
    "reported_by": "1472",
    "occupation_code": "2512",
    "occupation_codes": ["2512"],
    "sni_codes": ["62"],
    "sun_code": "481a",
    "language": "sv",
    "source": "Årsredovisning 2026",
    "example": True,
    "version": 1,
    "next": None,
    "count": 1,
    "valid_from": "2026-01-01",
    "valid_to": "2027-01-01",
    "starts_at": "2026-11-26T09:00:00Z",
    "ends_at": "2026-11-26T11:00:00Z",
}
NAMES = {
    "Council": "Exempelrådet 1",
    "Criterion": "Exempelkriterium 1",
    "Initiative": "Exempelinitiativ 1",
    "Method": "Exempelmetod 1",
    "Person": "Exempelperson 1",
    "Programme": "Exempelutbildning 1",
    "Source": "Exempelregister 1",
}
BY_FORMAT = {"date": "2026-11-26", "date-time": "2026-11-26T09:00:00Z"}
BY_PATTERN = {
    r"^[0-9]{4}$": "1472",
    r"^[a-z][a-z0-9_]{0,59}$": "exempel",
    r"^[a-z]{2,3}$": "sv",
    r"^[0-9a-f]{64}$": "0" * 64,
}


class Examples:
    """Makes examples out of a document's schemas."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self.schemas = schemas

    def of(self, schema: Schema, name: str = "", depth: int = 0) -> Any:
        """A value for a schema; the field's name decides where several would do."""
        schema = self._resolved(schema)
        for given in ("examples", "enum"):
            if schema.get(given):
                return schema[given][0]
        if "const" in schema:
            return schema["const"]
        if name in BY_NAME and self._may_be(schema, BY_NAME[name]):
            return BY_NAME[name]
        for kind in ("anyOf", "oneOf", "allOf"):
            if kind in schema:
                return self._of_any(schema[kind], name, depth)
        return self._of_type(schema, name, depth)

    def _resolved(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"].rsplit("/", 1)[-1]]
        return schema

    def _may_be(self, schema: Schema, value: Any) -> bool:
        """Whether a value known by its name is of the schema's type."""
        kinds = schema.get("type") or [part.get("type") for part in schema.get("anyOf", ())]
        kinds = [kinds] if isinstance(kinds, str) else list(kinds)
        known = {bool: "boolean", int: "integer", str: "string", list: "array"}
        return known.get(type(value), "null") in kinds

    def _of_any(self, kinds: list[Schema], name: str, depth: int) -> Any:
        some = [kind for kind in kinds if kind.get("type") != "null"]
        if depth >= DEEPEST or not some:
            return None
        # Of a number and its text, the text is what is answered.
        texts = [kind for kind in some if kind.get("type") == "string"]
        return self.of((texts or some)[0], name, depth)

    def _of_type(self, schema: Schema, name: str, depth: int) -> Any:
        kind = schema.get("type")
        if isinstance(kind, list):
            kind = next(one for one in kind if one != "null")
        if kind == "object" or "properties" in schema:
            parts = schema.get("properties", {})
            found = {part: self.of(known, part, depth + 1) for part, known in parts.items()}
            called = NAMES.get(schema.get("title", "").removesuffix("Draft"))
            return found | ({"name": called} if called and "name" in found else {})
        if kind == "array":
            return self._array(schema, name, depth)
        if kind == "string":
            return _text(schema, name)
        if kind in {"integer", "number"}:
            return max(schema.get("minimum", 1), 1) if schema.get("maximum", 1) >= 1 else 0
        return False if kind == "boolean" else None

    def _array(self, schema: Schema, name: str, depth: int) -> list[Any]:
        if depth >= DEEPEST or "items" not in schema:
            return []
        one = self.of(schema["items"], name.removesuffix("s"), depth + 1)
        return [one] * max(schema.get("minItems", 1), 1)


def _text(schema: Schema, name: str) -> str:
    form, pattern = schema.get("format", ""), schema.get("pattern", "")
    if form == "uuid":
        return ID.format(number=sum(name.encode()) % 0xFFFF)
    known = BY_FORMAT.get(form) or BY_PATTERN.get(pattern)
    if known is not None:
        return known
    if "http" in pattern:
        return "https://exempel.se/underlag"
    if pattern and ("d*" in pattern or "0-9" in pattern or r"\d" in pattern):
        return "1250.00" if "." in pattern else "12"
    return "Exempel"[: schema.get("maxLength", 200)]
