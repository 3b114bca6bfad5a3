"""HTTP: one call, from the caller's identity to the answer with its ETag."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import orjson
from fastapi import Depends, Request, Response
from pydantic import BaseModel, ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.kit import idempotency, paging
from services.kit.asking import demand_asked
from services.kit.contract import Sent
from services.kit.db import Database
from services.kit.errors import (
    FieldError,
    Malformed,
    NotFound,
    Rejected,
    Unconditional,
    field_errors,
)
from services.kit.identity import Caller
from services.kit.large import takes_many
from services.kit.paging import Asked
from services.kit.repeated import demand_each_once
from services.kit.rights import Rights, demand
from services.kit.store import Versions
from services.kit.switchboard import Switchboard

Record = dict[str, Any]
Named = tuple[str, UUID]


class Heard(NamedTuple):
    """What its keeper says of a thing: nothing of what there is none of."""

    lives_on_as: UUID | None = None
    belongs_to: UUID | None = None
    owner: str | None = None


PREFIX = "x-path-prefix"
# The header by which an answer says that something newer may be missing in it.
STALE = "x-kompetensnav-stale"
_TAG = r'(?:W/)?"[!#-~\x80-\xff]*"'
_TAGS = re.compile(rf"\s*{_TAG}(\s*,\s*{_TAG})*\s*")
# A tag of ours is strong; no other is a thing's (RFC 9110 13.1.1). What stands after the version
# tells apart what is said of it by others, which nobody writes there.
_OURS = re.compile(r'(?<!W/)"v(\d{1,9})(?:\.[0-9a-f]{16})?"')


@dataclass(frozen=True)
class Work:
    """What an action works with: an open transaction, who asked for it, the way to others."""

    db: AsyncConnection
    caller: Caller
    wire: Switchboard | None = None
    # What those who keep them said of things: which each lives on as, None where there is none.
    told: dict[Named, UUID | None] = field(default_factory=dict)
    heard: dict[Named, Heard] = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """One request to a service, after its identity has been verified."""

    request: Request
    caller: Caller
    database: Database
    rights: Rights

    @classmethod
    def of(cls, request: Request) -> "Call":
        """The call behind a request."""
        state = request.app.state
        return cls(request, request.scope["caller"], state.database, state.rights)

    def demand(self, noun: str, action: str) -> None:
        """Forbidden unless the service's RIGHTS let the caller do this."""
        demand(self.rights, self.caller, noun, action)

    @property
    def also(self) -> dict[str, str]:
        """Headers that the answer gets besides its own."""
        also: dict[str, str] = self.request.scope["also"]
        return also

    def reading(self) -> Any:
        """A connection for reads."""
        return self.database.reading()

    def times(self, *others: str, periodic: bool = True) -> Asked:
        """The two times asked for, of what is no collection. Malformed for what means nothing."""
        pairs = self.request.query_params.multi_items()
        own = [(name, value) for name, value in pairs if name not in others]
        return paging.read(own, filters={}, sorts=(), search=False, periodic=periodic, paged=False)

    @property
    def version(self) -> int:
        """The version, or `Versions`, that If-Match names. Unconditional or Malformed otherwise."""
        if "if-match" not in self.request.headers:
            raise Unconditional
        header = ",".join(self.request.headers.getlist("if-match"))
        if header.strip() == "*":
            return Versions(None)
        named = frozenset(int(number) for number in _OURS.findall(header))
        if not named or not _TAGS.fullmatch(header):
            text = 'If-Match holds the ETag of the thing, in quotes and not weak: "v2"'
            raise Malformed(text, field="if-match", reason="unreadable")
        return next(iter(named)) if len(named) == 1 else Versions(named)

    @property
    def version_if_given(self) -> int | None:
        """The version that If-Match names, or None where the header is absent."""
        return self.version if "if-match" in self.request.headers else None

    async def perform(
        self,
        action: Callable[..., Awaitable[Any]],
        *arguments: Any,
        show: Callable[[AsyncConnection, Any], Awaitable[Response]],
        tried: bool = False,
        kept: bool = True,
    ) -> Response:
        """Run an action and make its answer in one transaction, once per Idempotency-Key.

        One that is only tried stores nothing, and needs none. Nor does one of which nothing may be
        kept: it is done each time.
        """
        await _demand_readable(self.request)
        keyed = getattr(self.request.scope["route"], "keyed", False) and not tried
        key = idempotency.key_of(self.request, required=keyed) if kept else None
        named = {"principal": self.caller.subject, "key": key or ""}
        async with self.database.writing(self.caller) as db:
            if key is not None:
                print_ = idempotency.fingerprint(self.request, _bytes_of(arguments))
                prefix = self.request.headers.get(PREFIX, "")
                again = await idempotency.claim(db, request=print_, prefix=prefix, **named)
                if again is not None:
                    return again
            done = await action(Work(db, self.caller, self.request.app.state.wire), *arguments)
            answer = await show(db, done)
            if key is not None:
                await idempotency.keep(db, answer=answer, **named)
        return answer


async def calling(request: Request) -> Call:
    """The dependency that hands a route its call.

    Forbidden before the body is read: who may not do it is not told how. Malformed where the route
    takes no such parameter.
    """
    call = Call.of(request)
    call.demand(*request.scope["route"].right)
    demand_asked(request)
    return call


Calling = Annotated[Call, Depends(calling)]


class Nothing(Sent):
    """What an action without fields may be sent."""


async def _demand_readable(request: Request) -> None:
    """Malformed or Rejected for a body with a key twice, or one that the route does not read.

    Where many things are sent at once their rows are read elsewhere.
    """
    path = request.url.path
    if takes_many(path) or not (body := await request.body()):
        return
    if getattr(request.scope.get("route"), "body_field", None) is not None:
        demand_each_once(body, await request.json())
    else:
        _demand_nothing(body)


def _demand_nothing(body: bytes) -> None:
    """Malformed or Rejected for fields that nobody reads."""
    try:
        if (sent := orjson.loads(body)) is not None:
            Nothing.model_validate(sent)
    except orjson.JSONDecodeError:
        unread = "the JSON cannot be read"
        wrong = [FieldError("", "json_invalid", unread)]
        raise Malformed(unread, errors=wrong) from None
    except ValidationError as failure:
        raise Rejected(errors=field_errors(failure.errors(include_url=False))) from None


def _bytes_of(arguments: tuple[Any, ...]) -> bytes:
    return b"\n".join(
        a.model_dump_json().encode() if isinstance(a, BaseModel) else str(a).encode()
        for a in arguments
    )


def encode(value: Any) -> bytes:
    """JSON: UTC with Z, decimals and codes as strings."""
    return orjson.dumps(value, default=str, option=orjson.OPT_UTC_Z)


def etag_of(record: Mapping[str, Any]) -> str:
    """A thing's ETag is its version."""
    return f'"v{record["version"]}"'


def whole_tag(record: Mapping[str, Any]) -> str:
    """The ETag of a thing with fields that change while its version does not."""
    said = blake2b(encode(record), digest_size=8).hexdigest()
    return f'"v{record["version"]}.{said}"'


def matches_tag(request: Request, tag: str) -> bool:
    """Whether the client already has this version (If-None-Match)."""
    header, bare = request.headers.get("if-none-match", ""), tag.removeprefix("W/")
    return header == "*" or bare in {part.strip().removeprefix("W/") for part in header.split(",")}


def answer(
    content: Any,
    *,
    status: int = 200,
    tag: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """A JSON answer."""
    more = dict(headers or {})
    if tag is not None:
        more |= {"ETag": tag, "Cache-Control": "private, no-cache"}
    return Response(encode(content), status, more, "application/json")


def unchanged(tag: str) -> Response:
    """304: what the client has is still true."""
    return Response(status_code=304, headers={"ETag": tag, "Cache-Control": "private, no-cache"})


def uuid_or_missing(text: str) -> UUID:
    """An id from a path; anything else names nothing. NotFound."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("there is no such thing") from None
