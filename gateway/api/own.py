"""The API's own resources: its root, what it is, its document, its keys and its changes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from gateway import keys
from gateway.api import changes
from gateway.api.bearers import Bearer
from gateway.api.passing import ROOT, whole_body
from services.kit.app import VERSION, problem_from
from services.kit.errors import FieldError, Forbidden, Malformed, NotAllowed, UnsupportedType
from services.kit.http import answer as json_answer
from services.kit.http import matches_tag
from services.kit.identity import Caller
from services.kit.middleware import Receive, Scope
from services.kit.tagged import tagged

if TYPE_CHECKING:
    from gateway.api.door import Parts

JSON = "application/json"
RELEASED = "2026-11-23"


@dataclass
class Visit:
    """One request to the API: what it came with, and whose key it showed."""

    parts: "Parts"
    scope: Scope
    receive: Receive
    caller: Caller | None = None
    bearer: Bearer | None = field(default=None, repr=False)


Find = Callable[[Visit, str | None], Awaitable[Caller]]
Answer = Callable[[Visit], Awaitable[Response]]


@dataclass(frozen=True)
class Resource:
    """An address of the API's own: what answers each method, and who may ask.

    `open` to anybody; else for those with the scope, or any key where there is none. `asked` by
    parameters, which it reads itself; else it takes none.
    """

    methods: dict[str, Answer]
    open: bool = False
    scope: str | None = "read"
    asked: bool = False


async def answer(resource: Resource, visit: Visit, find: Find) -> Response:
    """The resource's answer to a request."""
    method = "GET" if visit.scope["method"] == "HEAD" else visit.scope["method"]
    if method not in resource.methods:
        raise NotAllowed(headers={"Allow": ", ".join(resource.methods)})
    if not resource.asked:
        _demand_nothing_asked(Request(visit.scope))
    if not resource.open:
        visit.caller = await find(visit, resource.scope)
    found = await resource.methods[method](visit)
    return tagged(Request(visit.scope), found) if method == "GET" else found


def _demand_nothing_asked(request: Request) -> None:
    told = "there is no such parameter here"
    if wrong := [FieldError(name, "unknown_parameter", told) for name in request.query_params]:
        raise Malformed("one or more parameters are wrong", errors=wrong)


async def root(visit: Visit) -> Response:
    """What there is here."""
    names = ["changes", *sorted(await visit.parts.directory.everything())]
    items = [{"name": name, "href": f"{ROOT}/{name}"} for name in names]
    return json_answer({"items": items, "next": None})


async def api_info(_visit: Visit) -> Response:
    """The national profile's description of an API (VER.06), under the names that it gives."""
    return json_answer({
        "apiPublisher": "Kommunalförbundet",
        "apiName": "kompetensnav",
        "apiVersion": VERSION,
        "apiReleased": RELEASED,
        "apiDocumentation": "/api/docs",
        "apiStatus": "active",
    })  # fmt: skip


async def openapi(visit: Visit) -> Response:
    """The whole API as one OpenAPI document."""
    body, tag = await visit.parts.documents.encoded()
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if matches_tag(Request(visit.scope), tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


class Rotation(BaseModel):
    """What may be said when a key is changed for a new one."""

    model_config = ConfigDict(extra="forbid")

    days: Annotated[int, Field(ge=1, le=keys.DAYS_MOST)] = keys.DAYS_MOST


class KeySeen(BaseModel):
    """A key without its secret."""

    id: str = Field(description="The open part of the key")
    created_at: str
    expires_at: str
    revoked_at: str | None
    used_at: str | None = Field(description="The hour it was last used")


async def list_keys(visit: Visit) -> Response:
    """The client's own keys."""
    async with visit.parts.database.reading() as db:
        found = await keys.listed(db, UUID(_own_key(visit).key.client_id))
    shown = ("created_at", "expires_at", "revoked_at", "used_at")
    items = [{"id": key["part"], **{name: key[name] for name in shown}} for key in found]
    return json_answer({"items": items, "next": None})


async def rotate_key(visit: Visit) -> Response:
    """A new key; the old one works for a week more."""
    bearer = _own_key(visit)
    body = await whole_body(visit.receive)
    if body and not Request(visit.scope).headers.get("content-type", "").startswith(JSON):
        raise UnsupportedType(f"send {JSON}")
    days = _rotation(body).days
    assert visit.caller is not None  # noqa: S101 - the door has found it
    async with visit.parts.database.writing(visit.caller) as db:
        client = UUID(bearer.key.client_id)
        made = await keys.rotate(db, visit.parts.pepper, client, days)
    visit.parts.bearers.forget()
    told = {"key": made.text, "expires_at": made.expires_at, "scopes": made.client["scopes"]}
    return json_answer(told, status=201, headers={"Cache-Control": "no-store"})


def _rotation(body: bytes) -> Rotation:
    try:
        return Rotation.model_validate(orjson.loads(body) if body else {})
    except orjson.JSONDecodeError:
        raise Malformed("the JSON cannot be read") from None
    except ValidationError as failure:
        raise problem_from(failure.errors()) from None


def _own_key(visit: Visit) -> Bearer:
    if visit.bearer is None:
        raise Forbidden("only another system has keys")
    return visit.bearer


async def list_changes(visit: Visit) -> Response:
    """Everything that has changed."""
    assert visit.caller is not None  # noqa: S101 - the door has found it
    return await changes.answer(visit.parts.switchboard, visit.caller, visit.scope)


ROUTES = {
    ROOT: Resource({"GET": root}, open=True),
    f"{ROOT}/api-info": Resource({"GET": api_info}, open=True),
    f"{ROOT}/openapi.json": Resource({"GET": openapi}, open=True),
    f"{ROOT}/changes": Resource({"GET": list_changes}, asked=True),
    f"{ROOT}/keys": Resource({"GET": list_keys}),
    f"{ROOT}/keys/rotate": Resource({"POST": rotate_key}, scope=None),
}
