"""What the OpenAPI document says beside the services' own words, and the API's own paths."""

from typing import Any

from gateway.api.bearers import TOKEN_SECONDS
from gateway.api.oauth import TOKEN_PATH
from gateway.api.own import KeySeen, Rotation
from services.kit.app import VERSION
from services.kit.openapi import NONE_MATCH, UNCHANGED
from services.kit.problem_docs import READ, WRITE, ProblemBody, problems

Document = dict[str, Any]

SWEDISH = (
    "Kompetensnavs API: aktörer, branschråd, intervjuer, behov, initiativ, utbildningar och "
    "kompetensanalys i ett kommunalförbund. Allt som sidorna visar finns här, med samma "
    "rättigheter. Kända begränsningar: högst 200 poster på en sida, högst 1 MiB i en begäran "
    "(64 MiB där många rader skickas på en gång, `/bulk`), ett tak för antalet anrop per minut och "
    "klient, och inga händelser skickas ut: följ `/changes` i stället."
)
ENGLISH = (
    "The API of Kompetensnav: actors, industry councils, interviews, needs, initiatives, "
    "education and competence analysis of a municipal association. All that the pages show is "
    "here, with the same rights. Known limitations: at most 200 things a page, at most 1 MiB a "
    "request (64 MiB where many rows are sent at once, `/bulk`), a limit of requests a minute and "
    "client, and nothing is pushed: follow `/changes` instead."
)
INFO: Document = {
    "title": "Kompetensnav",
    "version": VERSION,
    "summary": "Regional kompetensförsörjning / Regional competence supply",
    "description": f"{SWEDISH}\n\n{ENGLISH}",
    "termsOfService": "/api/docs#villkor",
    "contact": {
        "name": "Kommunalförbundet, förvaltningen av Kompetensnav",
        "url": "/hjalp",
        "email": "kompetensnav@exempel.se",
    },
    "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/sv/"},
    "x-sla": {
        "availability": "Dygnet runt; underhåll meddelas i förväg / around the clock",
        "responseTime": "95 % av läsningarna inom en sekund / 95 % of readings within a second",
        "support": "Vardagar 8–16 / weekdays 8–16",
    },
    "x-limitations": [
        "Högst 200 poster på en sida / at most 200 things a page",
        "Högst 1 MiB i en begäran, 64 MiB i /bulk / at most 1 MiB a request, 64 MiB in /bulk",
        "Ett tak för anrop per minut och klient, i svarens RateLimit-huvuden / a rate limit",
    ],
}
SCOPES = {
    "read": "Läsa det som nyckelns ägare får veta / read what the key's owner may know",
    "write": "Skriva det som är kommunens eget / write what is the municipality's own",
    "personal": "Läsa personuppgifter / read personal data",
}
SECURITY: Document = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "En nyckel, kn_…, i huvudet Authorization / a key in the header",
    },
    "oauth2": {
        "type": "oauth2",
        "description": f"Nyckeln byts mot en kod som gäller i {TOKEN_SECONDS // 60} minuter / "
        "the key is changed for a token",
        "flows": {"clientCredentials": {"tokenUrl": TOKEN_PATH, "scopes": SCOPES}},
    },
}

_STRING: Document = {"type": "string"}
_NULLABLE: Document = {"type": ["string", "null"]}


def who_may(keys: Document | None, verb: str) -> str:
    """Which keys may do an operation, as its description ends."""
    if keys is None:  # the gateway's own
        return ""
    scope = " with the scope `personal`" if "personal" in keys["scopes"] else ""
    if keys["of"] == "nobody":
        return " No key may: it is for those who sign in."
    if keys["of"] == "association":
        return f" Only the municipal association's keys{scope} may, no municipality's."
    if verb == "get":
        return f" Any key{scope} may."
    return f" A municipality's key{scope} may, of what is its own; the association's, of all."


def _object(**properties: Any) -> Document:
    return {"type": "object", "required": list(properties), "properties": properties}


def _items(item: Document, **more: Any) -> Document:
    return _object(items={"type": "array", "items": item}, next=_NULLABLE, **more)


_CHANGE = _object(
    noun={"type": "string", "examples": ["need"]},
    id={"type": "string", "format": "uuid"},
    verb={"type": "string", "enum": ["created", "changed", "removed", "redacted", "noted"]},
    at={"type": "string", "format": "date-time"},
    version={"type": ["integer", "null"]},
    thing={"type": ["object", "null"], "description": "The thing as it is after; null when gone"},
)
_API_INFO = _object(
    apiPublisher={"type": "string", "examples": ["Kommunalförbundet"]},
    apiName={"type": "string", "examples": ["kompetensnav"]},
    apiVersion={"type": "string", "examples": [VERSION]},
    apiReleased={"type": "string", "format": "date"},
    apiDocumentation={"type": "string", "examples": ["/api/docs"]},
    apiStatus={"type": "string", "enum": ["active"]},
)
_KEY = _object(
    key={"type": "string", "examples": ["kn_…"], "description": "Shown now and never again"},
    expires_at={"type": "string", "format": "date-time"},
    scopes={"type": "array", "items": {"type": "string", "enum": list(SCOPES)}},
)


def _answer(text: str, schema: Document, **more: Document) -> Document:
    kinds = {"application/json": {"schema": schema}, **more}
    return {"description": text, "content": kinds}


def _operation(
    summary: str, description: str, answers: Document, codes: tuple[int, ...], **more: Any
) -> Document:
    return {
        "tags": ["api"],
        "summary": summary,
        "description": description,
        "responses": answers | {str(code): said for code, said in problems(*codes).items()},
        **more,
    }


def _query(name: str, schema: Document, text: str) -> Document:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": text}


def own_paths() -> Document:
    """The paths that the gateway itself answers."""
    open_to_all: Document = {"security": []}
    limit = {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}
    asked = [
        _query("after", _STRING, "The cursor from the answer before"),
        _query("limit", limit, "How many"),
        _query("noun", {"type": "array", "items": _STRING}, "Only changes of these"),
    ]
    lines: Document = {"schema": _STRING, "examples": {"example": {"value": '{"noun": "need"}\n'}}}
    changes = _items({"$ref": "#/components/schemas/Change"}, after=_STRING)
    seen = _items({"$ref": "#/components/schemas/KeySeen"})
    body = {"application/json": {"schema": {"$ref": "#/components/schemas/Rotation"}}}
    return {
        "/api-info": {
            "get": _operation(
                "What this API is",
                "The national profile's description of an API.",
                {
                    "200": _answer("The description", {"$ref": "#/components/schemas/ApiInfo"}),
                    "304": UNCHANGED[304],
                },
                (),
                parameters=[NONE_MATCH],
                **open_to_all,
            )
        },
        "/changes": {
            "get": _operation(
                "Every change in order",
                "For a system that keeps a copy: begin without `after`, keep the `after` of each "
                "answer, and ask again with it. 409: the source was restored, so begin anew.",
                {"200": _answer("A page of changes", changes, **{"application/x-ndjson": lines})},
                (*READ, 409),
                parameters=asked,
            )
        },
        "/keys": {
            "get": _operation(
                "Your own keys",
                "The keys of the client that asks, without their secrets.",
                {"200": _answer("The keys", seen), "304": UNCHANGED[304]},
                READ,
                parameters=[NONE_MATCH],
            )
        },
        "/keys/rotate": {
            "post": _operation(
                "A new key",
                "The key that you have works for a week more. At most two keys live at a time.",
                {"201": _answer("The new key", {"$ref": "#/components/schemas/NewKey"})},
                WRITE,
                requestBody={
                    "content": body,
                    "required": False,
                    "description": "How long it lives",
                },
            )
        },
    }


def own_schemas() -> Document:
    """The schemas behind those paths."""
    problem = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
    return {
        **problem.pop("$defs"),
        "ProblemBody": problem,
        "ApiInfo": _API_INFO,
        "Change": _CHANGE,
        "NewKey": _KEY,
        "KeySeen": KeySeen.model_json_schema(),
        "Rotation": Rotation.model_json_schema(),
    }
