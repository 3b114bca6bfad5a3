"""The network as connectors see it: a few hosts, on public addresses, over TLS.

A name is resolved once, every address it has must be public, and the connection is made to the
address that was looked at: a name that means another address the next moment reaches nothing.
"""

import socket
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import anyio
import httpcore
import httpx

from services.analysis.connector.rules import Broken, is_loopback, is_public
from services.analysis.contract.source import FetchFailure

HTTPS, KEPT_OPEN = 443, 4
Resolve = Callable[[str, int], Awaitable[list[str]]]


async def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name."""
    try:
        found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as failure:
        raise httpcore.ConnectError(f"{host} has no address") from failure
    return [str(one[4][0]) for one in found]


class Guarded(httpcore.AsyncNetworkBackend):
    """Connects to the hosts that are allowed, and to nothing inside any house.

    `loopback` is for tests alone: this machine, by its address, on any port, and nowhere else.
    """

    def __init__(
        self,
        hosts: Iterable[str],
        *,
        loopback: bool = False,
        resolve: Resolve = resolved,
        inner: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self.hosts = frozenset() if loopback else frozenset(hosts)
        self.loopback, self.resolve = loopback, resolve
        self.inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(self, host: str, port: int, *more: Any, **named: Any) -> Any:
        """A connection to an address that was looked at. Broken, ConnectError."""
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in await self._addresses(host, port):
            try:
                return await self.inner.connect_tcp(address, port, *more, **named)
            except httpcore.ConnectError as why:
                failure = why
        raise failure

    async def connect_unix_socket(self, path: str, *_more: Any, **_named: Any) -> Any:
        """Never."""
        raise refused(f"{path} is no host")

    async def sleep(self, seconds: float) -> None:
        """As the network does."""
        await anyio.sleep(seconds)

    async def _addresses(self, host: str, port: int) -> list[str]:
        if self.loopback and is_loopback(host):
            return [host]
        if host not in self.hosts or port != HTTPS:
            raise refused(f"{host}:{port} is not among the hosts of this kind of source")
        found = await self.resolve(host, port)
        if inside := [address for address in found if not is_public(address)]:
            raise refused(f"{host} has the address {inside[0]}, which is not a public one")
        return found


def refused(text: str) -> Broken:
    """Somewhere that nothing is fetched from."""
    return Broken(FetchFailure.refused, text)


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx as it is, over a guarded network. It has no public place for one: tests watch this."""

    def __init__(self, network: Guarded) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=KEPT_OPEN,
            network_backend=network,
        )
