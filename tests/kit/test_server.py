"""A program that is told to leave lets nobody down."""

import asyncio
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from starlette.applications import Starlette

from services.kit.server import serve

A_PROGRAM = """
import asyncio, sys
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from services.kit.server import serve

async def hello(request):
    await asyncio.sleep(float(request.query_params.get("for", "0")))
    return PlainTextResponse("hello")

async def readyz(request):
    return PlainTextResponse("", 503 if request.app.state.draining else 200)

app = Starlette(routes=[Route("/", hello), Route("/readyz", readyz)])
ready = lambda address: print(address, flush=True)
serve(app, host="127.0.0.1", port=int(sys.argv[2]), drain=float(sys.argv[1]), on_ready=ready)
print("closed", flush=True)
"""


@contextmanager
def _a_program(drain: float, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-c", A_PROGRAM, str(drain), str(port)]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    try:
        yield program, program.stdout.readline().strip()
    finally:
        program.kill()
        program.wait()
        program.stdout.close()


def _ended_well(program: subprocess.Popen[str]) -> bool:
    said, _ = program.communicate(timeout=15)
    return program.returncode == 0 and said.strip() == "closed"


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_program_after_its_own_closing(told: signal.Signals) -> None:
    with _a_program(drain=0) as (program, _):
        program.send_signal(told)
        assert _ended_well(program)


def test_while_leaving_it_is_unready_and_every_answer_says_goodbye() -> None:
    with _a_program(drain=1) as (program, address), httpx.Client(base_url=address) as caller:
        before = caller.get("/readyz")
        assert (before.status_code, before.headers.get("connection")) == (200, None)
        program.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        assert caller.get("/readyz").status_code == 503
        parting = caller.get("/")
        assert (parting.text, parting.headers["connection"]) == ("hello", "close")
        assert _ended_well(program)


def test_a_second_signal_does_not_wait() -> None:
    with _a_program(drain=60) as (program, _):
        program.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        program.send_signal(signal.SIGTERM)
        assert _ended_well(program)


async def test_a_request_under_way_is_answered() -> None:
    with _a_program(drain=0) as (program, address):
        async with httpx.AsyncClient(base_url=address) as caller:
            slow = asyncio.create_task(caller.get("/?for=1"))
            await asyncio.sleep(0.3)
            program.send_signal(signal.SIGTERM)
            assert (await slow).text == "hello"
        assert await asyncio.to_thread(_ended_well, program)


class _Callers:
    """Eight callers that take turns between replicas, and leave one that says goodbye."""

    def __init__(self, addresses: list[str]) -> None:
        self.addresses, self.leaving = addresses, set[str]()
        self.answered = 0
        self.failed: list[str] = []

    async def one(self, until: float) -> None:
        async with httpx.AsyncClient(timeout=5) as caller:
            while time.monotonic() < until:
                await self._ask(caller)

    async def _ask(self, caller: httpx.AsyncClient) -> None:
        staying = [address for address in self.addresses if address not in self.leaving]
        address = staying[self.answered % len(staying)]
        try:
            answer = await caller.get(address)
        except httpx.HTTPError as failure:
            self.failed.append(repr(failure))
            return
        self.answered += 1
        if answer.headers.get("connection") == "close":
            self.leaving.add(address)


async def test_one_of_two_replicas_leaves_under_load_and_no_request_fails() -> None:
    with _a_program(drain=1) as (program, leaving), _a_program(drain=1) as (_, staying):
        callers = _Callers([leaving, staying])
        until = time.monotonic() + 3
        asking = [asyncio.create_task(callers.one(until)) for _ in range(8)]
        await asyncio.sleep(0.7)
        program.send_signal(signal.SIGTERM)
        await asyncio.gather(*asking)
        assert await asyncio.to_thread(_ended_well, program)
    assert callers.failed == []
    assert callers.leaving == {leaving}
    assert callers.answered > 2 * len(asking), "each goes on asking, also on a busy machine"


def test_a_taken_port_is_said_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(OSError, match="in use"):
        serve(Starlette(), host="127.0.0.1", port=other.getsockname()[1])
