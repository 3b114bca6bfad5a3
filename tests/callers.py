"""Callers: who acts in a test, and a client that signs as them."""

from typing import Any
from uuid import UUID, uuid4

import httpx

from services.kit import identity
from services.kit.identity import Caller
from tests.promised import demand_promised

KEYS = {
    pair: f"test-secret-{pair}"
    for pair in (
        "gateway>actors",
        "gateway>councils",
        "gateway>analysis",
        "actors>councils",
        "analysis>actors",
        "analysis>councils",
        "councils>actors",
        "councils>analysis",
    )
}

LEADER = Caller("user", "user:leader", roles=("process_leader",), request_id="test")
STRATEGIST = Caller("user", "user:strategist", roles=("strategist",), request_id="test")
ADMINISTRATOR = Caller("user", "user:administrator", roles=("administrator",), request_id="test")
MEMBER = Caller("user", "user:member", roles=("council_member",), request_id="test")
READER = Caller("user", "user:reader", roles=("reader",), request_id="test")
ANALYSIS = Caller("service", "svc:analysis", request_id="test")
ASSOCIATION = Caller(
    "client", "client:association", scopes=("read", "write", "personal"), request_id="test"
)


_SOMEBODY = 0xE0E0E0E0 << 96


def somebody() -> str:
    """A thing of another service that a test is not about: known wherever it is asked for."""
    return str(UUID(int=_SOMEBODY | uuid4().int >> 32))


def is_somebody(id: UUID) -> bool:
    """Whether a test made it up so."""
    return id.int >> 96 == _SOMEBODY >> 96


def municipality(code: str, *scopes: str) -> Caller:
    """A municipality's key."""
    return Caller(
        "client",
        f"client:{code}",
        scopes=scopes or ("read", "write"),
        municipality_code=code,
        request_id="test",
    )


class Signed:
    """A client of one service that signs each request as `caller` and keys each POST."""

    def __init__(self, app: Any, service: str, caller: Caller = LEADER) -> None:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://test")
        self.app, self.service, self.caller = app, service, caller

    def by(self, caller: Caller) -> "Signed":
        """The same service, called by somebody else."""
        return Signed(self.app, self.service, caller)

    async def send(self, method: str, url: str, **more: Any) -> httpx.Response:
        """One signed request."""
        headers = dict(more.pop("headers", {}))
        request = self.http.build_request(method, url, **more)
        secret = KEYS[f"gateway>{self.service}"].encode()
        headers.setdefault(
            identity.HEADER,
            identity.sign(
                self.caller,
                secret=secret,
                issuer="gateway",
                audience=self.service,
                method=method,
                path=request.url.path,
            ),
        )
        if method == "POST":
            headers.setdefault("Idempotency-Key", uuid4().hex)
        headers = {name: value for name, value in headers.items() if value is not None}
        request.headers.update(headers)
        answer = await self.http.send(request)
        demand_promised(self.app, answer)
        return answer

    async def get(self, url: str, **more: Any) -> httpx.Response:
        """GET."""
        return await self.send("GET", url, **more)

    async def post(self, url: str, body: Any = None, **more: Any) -> httpx.Response:
        """POST with a fresh Idempotency-Key unless one is given."""
        return await self.send("POST", url, json=body, **more)

    async def put(self, url: str, body: Any, *, version: int, **more: Any) -> httpx.Response:
        """PUT with If-Match."""
        headers = {"If-Match": f'"v{version}"'} | more.pop("headers", {})
        return await self.send("PUT", url, json=body, headers=headers, **more)

    async def delete(self, url: str, *, version: int) -> httpx.Response:
        """DELETE with If-Match."""
        return await self.send("DELETE", url, headers={"If-Match": f'"v{version}"'})

    async def made(self, url: str, body: Any) -> dict[str, Any]:
        """POST that must succeed; the new thing."""
        answer = await self.post(url, body)
        assert answer.status_code in {200, 201}, answer.text
        found: dict[str, Any] = answer.json()
        return found
