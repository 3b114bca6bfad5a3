"""TLS: the name that was asked for is the one that is shown and demanded, whatever the address."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from services.analysis.connector import network as guarding
from services.analysis.connector.network import Guarded
from services.analysis.connector.rules import Broken
from services.analysis.connector.wire import Limits, opened
from services.analysis.contract.source import FetchFailure
from services.kit import clock

HOST, PUBLIC = "api.exempelregistret.test", "93.184.215.14"
ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"


class Elsewhere(httpcore.AsyncNetworkBackend):
    """A net on which a public address is this machine."""

    def __init__(self, port: int) -> None:
        self.port, self.asked, self.inner = port, list[str](), httpcore.AnyIOBackend()

    async def connect_tcp(self, host: str, _port: int, *more: Any, **named: Any) -> Any:
        self.asked.append(host)
        return await self.inner.connect_tcp("127.0.0.1", self.port, *more, **named)


def certificate(folder: Path, name: str) -> Path:
    """One that nobody but who is told to trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / f"{name}.pem"
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(params=[HOST, "evil.test"])
async def server(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[tuple[str, Path, int, list[Any]]]:
    """A server that says it is one or the other; which names it was asked for, and how often."""
    path, heard = certificate(tmp_path, request.param), list[Any]()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    context.sni_callback = lambda _socket, name, _context: heard.append(name)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        heard.append("asked")
        writer.write(ANSWER)
        await writer.drain()
        writer.close()

    running = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    yield request.param, path, running.sockets[0].getsockname()[1], heard
    running.close()


async def _public(_host: str, _port: int) -> list[str]:
    return [PUBLIC]


async def test_who_cannot_show_the_name_is_told_nothing(
    server: tuple[str, Path, int, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, path, port, heard = server
    elsewhere = Elsewhere(port)
    network = Guarded({HOST}, resolve=_public, inner=elsewhere)
    async with opened(network, Limits(tries=1)) as wire:
        with pytest.raises(Broken) as nobody:
            await wire.get(f"https://{HOST}/x")
    assert nobody.value.kind is FetchFailure.unreachable
    assert (elsewhere.asked, heard) == ([PUBLIC], [HOST])
    # Even one who is trusted must show the very name.
    trusting = ssl.create_default_context(cafile=str(path))
    monkeypatch.setattr(guarding.httpx, "create_ssl_context", lambda **_: trusting)
    async with opened(network, Limits(tries=1)) as wire:
        if name == HOST:
            assert await wire.get(f"https://{HOST}/x") == {}
        else:
            with pytest.raises(Broken):
                await wire.get(f"https://{HOST}/x")
    assert heard.count("asked") == (name == HOST)
