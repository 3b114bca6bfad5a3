"""The floor: one question to the service for all who listen, the newest to each, nothing queued."""

import asyncio
from typing import Any

import pytest

from gateway import events, floor
from gateway.floor import Floor, Live, Seen
from services.kit.errors import NotFound, Unavailable

PASS = "0198a000-0000-7000-8000-000000000001"


class Hall:
    """A service that says what the floor sees, and counts how often it is asked."""

    def __init__(self) -> None:
        self.count, self.waiting, self.asked, self.away = 0, 0, 0, False

    async def get(self, path: str) -> Any:
        """As the councils service answers."""
        self.asked += 1
        await asyncio.sleep(0)
        if self.away:
            raise Unavailable("away")
        if "nobody" in path:
            raise NotFound("no such session")
        ids = path.rpartition("/")[2].split(",")
        told = {"shown_count": self.count, "waiting_count": self.waiting, "items": []}
        return {"items": [{"session_id": one} | told for one in ids]}


class State:
    """Of a gateway."""

    draining = False


@pytest.fixture
def hall() -> Hall:
    """Such a service."""
    return Hall()


@pytest.fixture
async def watched(hall: Hall, monkeypatch: Any) -> Any:
    """A floor in front of it that asks often."""
    monkeypatch.setattr(floor, "EVERY_SECONDS", 0.02)
    found = Floor(None, State())  # type: ignore[arg-type]
    found.councils = hall  # type: ignore[assignment]
    yield found
    await found.close()


def shown(seen: Seen) -> str:
    """How many, drawn once for all."""
    return str(seen.once("all", lambda told: f"<p>{told['shown_count']}</p>"))


async def first(watched: Floor, last: str = "") -> str:
    """The first that somebody gets who has seen so much."""
    listening = watched.listen(PASS, last, shown)
    try:
        return await asyncio.wait_for(anext(listening), 5)
    finally:
        await listening.aclose()


async def test_five_hundred_listeners_are_one_question(watched: Floor, hall: Hall) -> None:
    got: list[list[str]] = [[] for _ in range(500)]

    async def listen(number: int) -> None:
        async for text in watched.listen(PASS, "", shown):
            got[number].append(text)

    tasks = [asyncio.create_task(listen(number)) for number in range(500)]
    await until(lambda: all(got))
    before = hall.asked
    hall.count = 7
    await until(lambda: all(len(one) == 2 for one in got))
    assert hall.asked - before < 50, "not one for each"
    assert watched.listeners == 500
    assert all("<p>7</p>" in one[1] for one in got)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert watched.listeners == 0
    await asyncio.sleep(0.1)
    quiet = hall.asked
    await asyncio.sleep(0.1)
    assert hall.asked == quiet, "nobody listens, so nobody asks"


async def until(done: Any) -> None:
    """It comes to that."""
    for _ in range(500):
        if done():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came")


async def test_who_was_slow_gets_the_newest_and_nothing_between(watched: Floor, hall: Hall) -> None:
    listening = watched.listen(PASS, "", shown)
    assert "<p>0</p>" in await anext(listening)
    for count in range(1, 6):
        hall.count = count
        await until(lambda: watched.watched[PASS].seen.told["shown_count"] == hall.count)  # type: ignore[union-attr]
    assert "<p>5</p>" in await anext(listening)
    await listening.aclose()


async def test_who_comes_back_gets_only_what_they_have_not_seen(
    watched: Floor, hall: Hall, monkeypatch: Any
) -> None:
    monkeypatch.setattr(events, "KEEP_ALIVE_SECONDS", 0.2)
    seen = await first(watched)
    mark = seen.partition("\n")[0].removeprefix("id: ")
    assert await first(watched, mark) == ":\n\n"
    hall.count = 1
    assert "<p>1</p>" in await first(watched, mark)


async def test_a_service_that_is_away_is_asked_again(watched: Floor, hall: Hall) -> None:
    hall.away = True
    waiting = asyncio.create_task(first(watched))
    await until(lambda: hall.asked > 2)
    hall.away = False
    assert "<p>0</p>" in await waiting


async def test_a_reader_who_takes_nothing_is_let_go_of(monkeypatch: Any) -> None:
    monkeypatch.setattr(floor, "SLOW_SECONDS", 0.05)
    left = asyncio.Event()

    async def messages() -> Any:
        try:
            while True:
                yield "data: x\n\n"
        finally:
            left.set()

    async def stuck(message: Any) -> None:
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    live = Live(messages())
    await asyncio.wait_for(live.stream_response(stuck), 5)
    await live.body_iterator.aclose()  # type: ignore[attr-defined]
    await asyncio.wait_for(left.wait(), 5)


async def test_only_sessions_of_the_address_are_listened_to_and_not_by_endless_many(
    watched: Floor, hall: Hall, monkeypatch: Any
) -> None:
    await watched.demand("address", PASS)
    once = hall.asked
    await watched.demand("address", PASS)
    assert hall.asked == once, "it is known for a while"
    with pytest.raises(NotFound):
        await watched.demand("nobody", PASS)
    monkeypatch.setattr(floor, "LISTENERS_MOST", 0)
    with pytest.raises(Unavailable):
        await watched.demand("address", PASS)


async def test_a_hall_that_comes_at_once_is_asked_about_once(watched: Floor, hall: Hall) -> None:
    await asyncio.gather(*(watched.demand("address", PASS) for _ in range(500)))
    assert hall.asked == 1
    found = [watched.demand("nobody", PASS) for _ in range(5)]
    wrong = await asyncio.gather(*found, return_exceptions=True)
    assert {type(one) for one in wrong} == {NotFound}
    assert hall.asked == 2


async def test_a_gateway_that_leaves_ends_its_streams(watched: Floor) -> None:
    got = []

    async def listen() -> None:
        async for text in watched.listen(PASS, "", shown):
            got.append(text)

    task = asyncio.create_task(listen())
    await until(lambda: got)
    watched.state.draining = True
    await asyncio.wait_for(task, 5)


def test_lines_of_a_text_stay_within_their_message() -> None:
    assert floor.message("a\r\n\nid: 1") == "data: a\ndata: \ndata: id: 1\n\n"


async def test_one_place_or_session_does_not_take_the_whole_floor(
    watched: Floor, monkeypatch: Any
) -> None:
    monkeypatch.setattr(floor, "PLACE_MOST", 1)
    one = watched.listen(PASS, "", shown, place="192.0.2.1")
    assert await anext(one)
    with pytest.raises(Unavailable):
        await watched.demand("address", PASS, "192.0.2.1")
    late = watched.listen(PASS, "", shown, place="192.0.2.1")
    assert [text async for text in late] == [], "who came at the same moment is not let in"
    await watched.demand("address", PASS, "192.0.2.2")
    monkeypatch.setattr(floor, "SESSION_MOST", 1)
    with pytest.raises(Unavailable):
        await watched.demand("address", PASS, "192.0.2.2")
    await watched.demand("address", PASS.replace("1", "2"), "192.0.2.2")
    await one.aclose()
    await watched.demand("address", PASS, "192.0.2.1")
    assert not watched.places


@pytest.mark.parametrize("spelt", [f"{{{PASS}}}", PASS.replace("-", ""), PASS.upper(), "nothing"])
async def test_a_session_is_listened_to_by_one_name(watched: Floor, hall: Hall, spelt: str) -> None:
    with pytest.raises(NotFound):
        await watched.demand("address", spelt)
    assert hall.asked == 0


async def test_who_sees_only_what_is_shown_is_not_told_who_waits(
    watched: Floor, hall: Hall, monkeypatch: Any
) -> None:
    monkeypatch.setattr(events, "KEEP_ALIVE_SECONDS", 0.2)
    everybody = watched.listen(PASS, "", shown)
    staff = watched.listen(PASS, "", shown, mark=floor.WAITS)
    first_of = await anext(everybody), await anext(staff)
    assert all("data:" in one for one in first_of)
    hall.waiting = 3
    assert (await anext(staff)).startswith("id: w3\n")
    assert await anext(everybody) == ":\n\n"
    for one in (everybody, staff):
        await one.aclose()
