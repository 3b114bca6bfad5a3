"""One service as one visitor may use it: short calls that raise the service's own problems."""

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, overload
from urllib.parse import parse_qs, urlencode
from uuid import UUID

import orjson
from pydantic import BaseModel

from gateway.switchboard import Reply, Switchboard
from services.kit.errors import from_body
from services.kit.http import STALE
from services.kit.identity import Caller

Found = dict[str, Any]
PAGE, MOST_PAGES = 200, 20  # of a list that is read to its end
JSON = {"content-type": "application/json"}
MOVED = 301
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Listing:
    """A page of a list."""

    items: list[Found]
    more: bool
    count: int | None = None
    left_out: int = 0  # things that were not looked at, where there are too many

    @classmethod
    def of(cls, body: Any) -> "Listing":
        """From a service's answer."""
        more, left_out = bool(body.get("next")), body.get("left_out", 0)
        return cls(body["items"], more, body.get("count"), left_out)


class Service:
    """A service on the switchboard, called on behalf of one visitor.

    `then` is the moment that the visitor's page looks back to: what it reads to name things by is
    as it was known then. `stale` learns why something newer may be missing in what it reads.
    """

    name: ClassVar[str]

    def __init__(
        self,
        switchboard: Switchboard,
        caller: Caller,
        then: Mapping[str, str] | None = None,
        stale: set[str] | None = None,
    ) -> None:
        self.switchboard, self.caller, self.then = switchboard, caller, dict(then or {})
        self.stale = stale if stale is not None else set()

    async def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """One call; the reply whatever its status."""
        content = None if body is None else _encoded(body)
        sent = dict(headers or {}) | (JSON if content is not None else {})
        reply = await self.switchboard.ask(
            self.name,
            method,
            path,
            caller=self.caller,
            query=urlencode(_given(query or {}), doseq=True),
            content=content,
            headers=sent,
        )
        if why := reply.headers.get(STALE):
            self.stale.add(why)
        return reply

    async def get(self, path: str, **query: object) -> Any:
        """A reading, of what it lives on in where it was merged. Raises the service's problem."""
        reply = await self.send("GET", path, query=query)
        if reply.status == MOVED:
            there = reply.headers["location"].partition("?")[0]
            reply = await self.send("GET", there, query=query)
        return reply.json()

    async def batch(self, *paths: str) -> list[Any]:
        """Several readings in one call, in order. Raises the first one's problem."""
        reply = await self.send("POST", "/batch", body={"get": paths})
        return [_body_of(part) for part in reply.json()]

    async def whole(self, *paths: str) -> list[Any]:
        """As `batch`, with every list read to its end: one call where each is a page long."""
        found = await self.batch(*paths)
        await self.finish(*found)
        return found

    async def finish(self, *parts: Found, pages: int | None = None) -> None:
        """The rest of lists whose first page was read; those that are longer keep their `next`."""
        most = MOST_PAGES if pages is None else pages
        await asyncio.gather(*(self._finish(part, most) for part in parts if part.get("next")))

    async def _finish(self, part: Found, pages: int) -> None:
        for _ in range(pages):
            if not part["next"]:
                break
            path, _, query = part["next"].partition("?")
            following = await self.get(path, **parse_qs(query))
            part["items"] += following["items"]
            part["next"] = following["next"]

    async def post(
        self,
        path: str,
        body: object = None,
        *,
        once: str | None = None,
        version: int | None = None,
    ) -> Any:
        """An action; with `once` it happens once however often it is sent."""
        headers = {"idempotency-key": once} if once else {}
        if version is not None:
            headers["if-match"] = _tag(version)
        return (await self.send("POST", path, body=body or {}, headers=headers)).json()

    async def put(self, path: str, body: object, *, version: int | None) -> Any:
        """All new values for one thing, unless somebody changed it meanwhile."""
        headers = {"if-match": _tag(version or 0)}
        return (await self.send("PUT", path, body=body, headers=headers)).json()

    async def delete(self, path: str, *, version: int | None) -> None:
        """Take a thing away."""
        (await self.send("DELETE", path, headers={"if-match": _tag(version or 0)})).json()


def _encoded(body: object) -> bytes:
    if isinstance(body, BaseModel):
        return body.model_dump_json().encode()
    return orjson.dumps(body, default=str)


def _parts_of(query: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The same question in parts, where it names more things than an address has room for."""
    for name, values in query.items():
        if isinstance(values, list) and len(values) > PAGE:
            starts = range(0, len(values), PAGE)
            return [{**query, name: values[at : at + PAGE]} for at in starts]
    return [query]


def _given(query: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in query.items() if value not in (None, "", [])}


def _tag(version: int) -> str:
    return f'"v{version}"'


def _body_of(part: Found) -> Any:
    if part["status"] >= 400:  # noqa: PLR2004
        raise from_body(part["status"], part["body"] or {})
    return part["body"]


class Things:
    """One noun of a service: its list, its things, and what can be done with them."""

    def __init__(self, service: Service, path: str) -> None:
        self.service, self.path = service, path

    async def whole(self, **query: object) -> list[Found]:
        """The list read to its end."""
        parts = await asyncio.gather(*map(self._whole, _parts_of(query)))
        return [one for part in parts for one in part]

    async def _whole(self, query: Mapping[str, object]) -> list[Found]:
        found = await self.service.get(self.path, limit=PAGE, **query)
        await self.service.finish(found)
        items: list[Found] = found["items"]
        return items

    async def list(self, **query: object) -> Listing:
        """A page of the list."""
        return Listing.of(await self.service.get(self.path, **query))

    async def one(self, id: UUID | str, **times: object) -> Found:
        """One thing. NotFound."""
        found: Found = await self.service.get(f"{self.path}/{id}", **times)
        return found

    async def make(self, draft: object, *, once: str) -> Found:
        """A new thing."""
        found: Found = await self.service.post(self.path, draft, once=once)
        return found

    async def replace(self, id: UUID | str, draft: object, *, version: int | None) -> Found:
        """New values."""
        found: Found = await self.service.put(f"{self.path}/{id}", draft, version=version)
        return found

    async def remove(self, id: UUID | str, *, version: int | None) -> None:
        """Away."""
        await self.service.delete(f"{self.path}/{id}", version=version)

    async def act(
        self,
        id: UUID | str,
        verb: str,
        body: object = None,
        *,
        once: str | None = None,
        version: int | None = None,
    ) -> Any:
        """A named action of one thing."""
        return await self.service.post(f"{self.path}/{id}/{verb}", body, once=once, version=version)

    def asked(self, **query: object) -> str:
        """The list's address with a query, for a batch."""
        return f"{self.path}?{urlencode(_given(query), doseq=True)}"

    def at(self, id: UUID | str, below: str = "", **times: object) -> str:
        """A thing's address, for a batch."""
        query = urlencode(_given(times))
        return f"{self.path}/{id}{below}{'?' if query else ''}{query}"


class Noun:
    """Declares a noun of a service by its path."""

    def __init__(self, path: str) -> None:
        self.path = path

    @overload
    def __get__(self, service: None, owner: type[Service]) -> "Noun": ...
    @overload
    def __get__(self, service: Service, owner: type[Service]) -> Things: ...
    def __get__(self, service: Service | None, owner: type[Service]) -> "Noun | Things":
        """The noun as the service's caller may use it."""
        return self if service is None else Things(service, self.path)


async def together(*readings: Any) -> list[Any]:
    """Readings of several services at the same time."""
    return list(await asyncio.gather(*readings))


def ids_in(*values: object) -> list[str]:
    """Every id in some values and lists of values, once each, in order."""
    found: dict[str, None] = {}
    for value in values:
        if isinstance(value, str):
            found[value] = None
        elif isinstance(value, Iterable):
            found.update(dict.fromkeys(item for item in value if item))
    return list(found)


def ids_among(values: Iterable[str]) -> list[str]:
    """What may be ids of what was sent, each once.

    What names things asks only for these: saving says what is wrong with the others.
    """
    return list(dict.fromkeys(one for one in values if _ID.fullmatch(one)))
