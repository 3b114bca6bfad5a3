"""The wire to registers: nowhere but to them, never too much, and patient only so far."""

import gzip
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpcore
import pytest

from services.analysis.connector.network import Guarded
from services.analysis.connector.rules import Broken, is_public
from services.analysis.connector.wire import Limits, Pace, Wire, opened
from services.analysis.contract.source import FetchFailure
from tests.analysis.register import QUICK, Answer, Register, register_running

HOST = "api.exempelregistret.test"
METADATA = "169.254.169.254"
INSIDE = (
    "127.0.0.1", "::1", "::ffff:127.0.0.1", METADATA, "::ffff:169.254.169.254", "10.1.2.3",
    "172.16.0.1", "192.168.1.1", "100.64.0.1", "0.0.0.1", "::", "fd00::1", "fe80::1%eth0",
    "2002:7f00:1::", "2001:0:7f00:1::", "64:ff9b::7f00:1", "224.0.0.1", "ff02::1",
    "255.255.255.255", "240.0.0.1", "192.0.2.1",
)  # fmt: skip


class Recorder(httpcore.AsyncNetworkBackend):
    """Remembers where it was asked to connect, and never does."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    async def connect_tcp(self, host: str, port: int, *_more: Any, **_named: Any) -> Any:
        self.asked.append((host, port))
        raise httpcore.ConnectError("recorded")


def guarded(*answers: list[str]) -> tuple[Guarded, Recorder]:
    """A network on which a name has these addresses, one answer after the other."""
    said: Iterator[list[str]] = iter(answers)
    inner = Recorder()

    async def resolve(_host: str, _port: int) -> list[str]:
        return next(said)

    return Guarded({HOST}, resolve=resolve, inner=inner), inner


async def failure(wire: Wire, address: str) -> Broken:
    with pytest.raises(Broken) as broken:
        await wire.get(address)
    return broken.value


@pytest.mark.parametrize("address", INSIDE)
async def test_a_name_that_means_the_inside_reaches_nothing(address: str) -> None:
    assert not is_public(address)
    for answer in ([address], ["93.184.215.14", address]):
        network, inner = guarded(answer)
        async with opened(network, QUICK) as wire:
            assert (await failure(wire, f"https://{HOST}/x")).kind is FetchFailure.refused
        assert inner.asked == []


async def test_the_connection_is_made_to_the_address_that_was_looked_at() -> None:
    network, inner = guarded(["93.184.215.14", "2606:2800:21f:cb07::1"])
    async with opened(network, Limits(tries=1)) as wire:
        assert (await failure(wire, f"https://{HOST}/x")).kind is FetchFailure.unreachable
    assert inner.asked == [("93.184.215.14", 443), ("2606:2800:21f:cb07::1", 443)]


async def test_a_name_that_means_another_address_the_next_time_is_refused_then() -> None:
    network, inner = guarded(["93.184.215.14"], [METADATA])
    async with opened(network, Limits(tries=2, first_wait=0.01)) as wire:
        assert (await failure(wire, f"https://{HOST}/x")).kind is FetchFailure.refused
    assert inner.asked == [("93.184.215.14", 443)]


FORMS = (
    "http://{host}/", "https://{host}:8443/", "https://user:pass@{host}/", "ftp://{host}/",
    "https://127.0.0.1/", "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/",
    "https://127.1/", "https://[::1]/", "https://[::ffff:7f00:1]/", "https://localhost/",
    "https://169.254.169.254/latest/meta-data/", "https://{host}.evil.test/",
    "https://evil.test/?{host}", "https://evil.test#{host}", "https://{host}@evil.test/",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
async def test_other_forms_of_address_are_refused_before_any_name_is_asked_for(form: str) -> None:
    network, inner = guarded()
    async with opened(network, QUICK) as wire:
        found = await failure(wire, form.format(host=HOST))
    assert found.kind is FetchFailure.refused
    assert inner.asked == []


async def test_without_the_tests_setting_this_machine_hears_nothing(register: Register) -> None:
    async with opened(Guarded({HOST, "127.0.0.1"}), QUICK) as wire:
        secure = register.url.replace("http", "https")
        for address in (register.url, secure):
            assert (await failure(wire, f"{address}/x")).kind is FetchFailure.refused
    assert register.asked == []


@pytest.fixture
async def wire(register: Register) -> Any:
    register.at("/x", {"good": True})
    async with opened(Guarded({HOST}, loopback=True), QUICK) as found:
        yield found


async def test_a_redirect_out_of_the_list_is_not_followed(wire: Wire, register: Register) -> None:
    async with register_running() as canary:
        inside = canary.url.replace("127.0.0.1", "localhost")
        for place in (f"http://{METADATA}/latest/", f"https://{METADATA}/", inside,
                      "https://evil.test/", "file:///etc/passwd", "//evil.test/x"):  # fmt: skip
            register.at("/moved", Answer(status=302, headers=(("location", place),)))
            found = await failure(wire, f"{register.url}/moved")
            assert found.kind is FetchFailure.refused, place
        assert canary.asked == []


async def test_a_redirect_within_the_list_is(wire: Wire, register: Register) -> None:
    register.at("/moved", Answer(status=301, headers=(("location", "/x"),)))
    assert await wire.get(f"{register.url}/moved") == {"good": True}
    register.at("/round", Answer(status=302, headers=(("location", "/round"),)))
    found = await failure(wire, f"{register.url}/round")
    assert "moved more than 3 times" in found.text
    with pytest.raises(Broken, match="moved while a question was put"):
        await wire.post(f"{register.url}/moved", {})


BOMB = gzip.compress(b"[" + b"0," * 40_000_000 + b"0]", 9)
PACKED = (("content-encoding", "gzip"),)


async def test_a_bomb_is_unpacked_no_further_than_is_taken(wire: Wire, register: Register) -> None:
    assert len(BOMB) < 100_000
    register.at("/bomb", Answer(BOMB, headers=PACKED))
    began = time.process_time()
    assert (await failure(wire, f"{register.url}/bomb")).kind is FetchFailure.too_large
    assert time.process_time() - began < 0.5
    assert wire.taken == 0


async def test_an_endless_body_ends(wire: Wire, register: Register) -> None:
    register.at("/endless", Answer(b"0" * 500_000, endless=True))
    assert (await failure(wire, f"{register.url}/endless")).kind is FetchFailure.too_large


async def test_a_slow_body_is_not_waited_for(wire: Wire, register: Register) -> None:
    register.at("/slow", Answer(b"0", endless=True, pause=0.05))
    began = time.monotonic()
    assert (await failure(wire, f"{register.url}/slow")).kind is FetchFailure.slow
    assert time.monotonic() - began < 3 * QUICK.seconds_a_call + 1


async def test_all_that_is_taken_in_one_fetch_has_a_limit(register: Register) -> None:
    register.at("/x", {"good": True})
    limits = Limits(calls=2)
    async with opened(Guarded((), loopback=True), limits) as wire:
        await wire.get(f"{register.url}/x")
        await wire.get(f"{register.url}/x")
        assert "more than 2 calls" in (await failure(wire, f"{register.url}/x")).text
    async with opened(Guarded((), loopback=True), Limits(bytes_in_all=20)) as wire:
        await wire.get(f"{register.url}/x")
        found = await failure(wire, f"{register.url}/x")
        assert found.kind is FetchFailure.too_large


BROKEN = {
    "cut": (Answer({"a": "b" * 100}, cut=20), FetchFailure.unreachable),
    "cut at once": (Answer({"a": 1}, cut=0), FetchFailure.unreachable),
    "packed and cut": (
        Answer(gzip.compress(b"[1]")[:-4], headers=PACKED), FetchFailure.unreachable,
    ),
    "wrongly packed": (Answer(b"[1]", headers=PACKED), FetchFailure.unreadable),
    "packed otherwise": (
        Answer(b"[1]", headers=(("content-encoding", "br"),)), FetchFailure.unreadable,
    ),
    "half": (Answer(b'{"values": [1, 2'), FetchFailure.unreadable),
    "a page": (Answer(b"<html>Underh\xc3\xa5ll</html>"), FetchFailure.unreadable),
    "nothing": (Answer(b""), FetchFailure.unreadable),
    "gone": (Answer({"detail": "no such table"}, 404), FetchFailure.answered_no),
    "broken": (Answer({"title": "Oops"}, 500), FetchFailure.answered_no),
    "busy": (Answer({}, 429), FetchFailure.busy),
    "busy for long": (Answer({}, 429, (("retry-after", "3600"),)), FetchFailure.busy),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
async def test_a_bad_answer_is_none(wire: Wire, register: Register, name: str) -> None:
    answer, kind = BROKEN[name]
    register.at("/bad", answer)
    found = await failure(wire, f"{register.url}/bad?secret=1")
    assert found.kind is kind, found.text
    assert "secret" not in found.text
    once = {"unreadable", "gone", "busy for long"}
    tries = 1 if kind is FetchFailure.unreadable or name in once else QUICK.tries
    assert len(register.asked_at("/bad")) == tries


@pytest.mark.parametrize("name", ["cut", "broken", "busy"])
async def test_what_is_good_the_second_time_is_good(
    wire: Wire, register: Register, name: str
) -> None:
    register.at("/x", BROKEN[name][0], {"good": True})
    assert await wire.get(f"{register.url}/x") == {"good": True}


async def test_a_busy_register_is_left_alone_as_long_as_it_asks(
    wire: Wire, register: Register
) -> None:
    for least in (1.0, 0.9):
        date = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
        said = "1" if least == 1.0 else date
        register.at("/x", Answer({}, 429, (("retry-after", said),)), {"good": True})
        began = time.monotonic()
        await wire.get(f"{register.url}/x")
        assert time.monotonic() - began >= least


async def test_no_more_calls_than_the_pace() -> None:
    pace, began = Pace(2, 0.2), time.monotonic()
    for _ in range(5):
        await pace.turn()
    assert 0.4 <= time.monotonic() - began < 1.0
