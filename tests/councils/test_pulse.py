"""Pulses: who is asked, how links go, that answers may be changed, and what comes of a round."""

from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.callers import (
    ADMINISTRATOR,
    ANALYSIS,
    ASSOCIATION,
    LEADER,
    MEMBER,
    READER,
    STRATEGIST,
    municipality,
)
from tests.councils.builders import blamed, day
from tests.councils.pulsing import LEVELS, Pulsing, later, marks, pulsing_house


@pytest.fixture
async def pulsing(databases: Any, tmp_path: Path, monkeypatch: Any) -> AsyncIterator[Pulsing]:
    """A council of six."""
    async with pulsing_house(databases, tmp_path, monkeypatch) as found:
        yield found


async def test_a_round_from_its_letters_to_what_it_tells(pulsing: Pulsing) -> None:
    pulse = await pulsing.open()
    assert (pulse["asked_count"], pulse["state"], pulse["outcome"]) == (6, "open", None)
    tokens = pulsing.all(pulse)
    assert len({*tokens}) == 6
    shown = pulsing.called.councils.by(ANALYSIS)
    await pulsing.answered(pulse, *[marks(5, 4, 3, 2, line="Vi lyssnar")] * 4, marks(1))
    again = await pulsing.answer(tokens[4], marks(4, 4, 3, 4))
    assert again.json()["state"] == "open"
    assert "Vi lyssnar" not in again.text
    url = f"/pulses/{pulse['id']}"
    assert (await pulsing.called.councils.get(f"{url}/lines")).json() == {"items": []}
    closed = await pulsing.close(pulse)
    assert (closed["state"], closed["outcome"]) == ("closed", "shown")
    assert [closed[name] for name in LEVELS] == [
        "at_least_four_fifths", "at_least_four_fifths", "at_most_a_fifth", "at_most_a_fifth",
    ]  # fmt: skip
    lines = (await pulsing.called.councils.get(f"{url}/lines")).json()["items"]
    assert lines == [{"text": "Vi lyssnar"}] * 4
    late = await pulsing.answer(tokens[5], marks(1))
    assert blamed(late) == (409, "relations", "pulse_over")
    assert (await pulsing.called.councils.post(f"{url}/close", None)).status_code == 409
    kept = sha256(tokens[0].encode()).hexdigest()
    assert (await shown.get(f"/pulse-links/{kept}")).json()["state"] == "closed"
    for strange in (kept[:-2], "x", sha256(b"x").hexdigest()):
        assert (await shown.get(f"/pulse-links/{strange}")).status_code == 404


async def test_it_is_closed_by_its_last_day_once(pulsing: Pulsing) -> None:
    pulse = await pulsing.open()
    await pulsing.answered(pulse, *[marks(5)] * 5)
    url = f"/pulses/{pulse['id']}"
    later(15)
    counting = (await pulsing.called.councils.get(url)).json()
    assert (counting["state"], counting["outcome"]) == ("counting", None)
    assert (await pulsing.answer(pulsing.all(pulse)[5], marks(1))).status_code == 409
    await pulsing.send_all()
    closed = (await pulsing.called.councils.get(url)).json()
    assert (closed["state"], closed["outcome"]) == ("closed", "shown")
    assert closed["results_level"] == "at_least_four_fifths"
    before = (await pulsing.called.councils.get(f"{url}?as_of={day(3)}")).json()
    assert (before["state"], before["outcome"], before["results_level"]) == ("open", None, None)
    later(40)
    await pulsing.sender._sweep()
    left = "SELECT count(*) FROM pulse_ticket"
    async with pulsing.database.reading() as db:
        assert await db.scalar(text(left)) == 0


async def test_who_is_asked_and_what_is_copied_once(pulsing: Pulsing) -> None:
    await pulsing.called.member(7, email=None)
    await pulsing.called.member(8, email="vacant")
    await pulsing.called.member(9, email=None, post=False)
    pulse = await pulsing.open()
    assert pulse["asked_count"] == 8, "nobody is on a vacant post"
    url = f"/pulses/{pulse['id']}/letters"
    letters = (await pulsing.called.councils.get(url)).json()["items"]
    states = sorted((one["state"], one["why_not"] or "") for one in letters)
    assert states == [("sent", "")] * 6 + [("to_copy", "no_address"), ("to_copy", "no_post")]
    assert "token" not in letters[0]
    copied = next(one for one in letters if one["state"] == "to_copy")
    taken = await pulsing.called.councils.post(f"{url}/{copied['id']}/take", None)
    assert (await pulsing.answer(taken.json()["token"], marks(3))).status_code == 200
    again = await pulsing.called.councils.post(f"{url}/{copied['id']}/take", None)
    assert blamed(again) == (409, "state", "pulse_link_gone")
    gone = next(one for one in letters if one["state"] == "sent")
    for what, code in (("take", "pulse_link_gone"), ("send-again", "pulse_not_failed")):
        answer = await pulsing.called.councils.post(f"{url}/{gone['id']}/{what}", None)
        assert blamed(answer) == (409, "state", code)


async def test_a_letter_that_is_refused_waits_with_its_link(pulsing: Pulsing) -> None:
    pulsing.post.answers += ["550 no such box"]
    pulse = await pulsing.open()
    url = f"/pulses/{pulse['id']}/letters"
    letters = (await pulsing.called.councils.get(url)).json()["items"]
    (failed,) = [one for one in letters if one["state"] == "failed"]
    assert failed["last_error"] == "refused"
    done = await pulsing.called.councils.post(f"{url}/{failed['id']}/send-again", None)
    assert done.json()["state"] == "queued"
    await pulsing.send_all()
    (token,) = pulsing.links().values()
    assert (await pulsing.answer(token, marks(3))).status_code == 200
    pulsing.post.answers += ["hang up"]
    later(1)
    await pulsing.called.councils.delete(f"/pulses/{pulse['id']}", version=1)
    other = await pulsing.open()
    letters = (await pulsing.called.councils.get(f"/pulses/{other['id']}/letters")).json()["items"]
    (unsure,) = [one for one in letters if one["state"] == "unsure"]
    url = f"/pulses/{other['id']}/letters/{unsure['id']}"
    assert (await pulsing.called.councils.post(f"{url}/send-again", None)).status_code == 409
    assert (await pulsing.called.councils.post(f"{url}/take", None)).status_code == 409


async def test_what_stands_in_a_letter(pulsing: Pulsing) -> None:
    await pulsing.called.councils.made("/pulses", pulsing.a_round())
    await pulsing.send_all()
    message = pulsing.post.taken[0]
    assert message["Subject"] == "Fyra frågor om samarbetet i Exempelrådet"
    body = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    for said in (
        "ingen inloggning",
        "Ingen ser vad du svarar",
        "minst 5",
        "skicka den inte vidare",
    ):
        assert said in body
    assert "Exempelperson" not in message.as_string()


async def test_what_a_round_may_not_be(pulsing: Pulsing) -> None:
    councils = pulsing.called.councils
    wrong = pulsing.a_round(asked_on=day(1), closes_on=day(-1))
    errors = (await councils.post("/pulses", wrong)).json()["errors"]
    assert {(one["field"], one["code"]) for one in errors} == {
        ("asked_on", "in_the_future"), ("closes_on", "pulse_day_over"),
    }  # fmt: skip
    far = pulsing.a_round(asked_on=day(-40), closes_on=day(70))
    errors = (await councils.post("/pulses", far)).json()["errors"]
    assert {one["code"] for one in errors} == {"pulse_too_old", "pulse_too_long"}
    pulse = await pulsing.open()
    twice = await councils.post("/pulses", pulsing.a_round())
    assert blamed(twice) == (409, "council_id", "pulse_going_on")
    url = f"/pulses/{pulse['id']}"
    moved = await councils.put(url, pulsing.a_round(asked_on=day(-1)), version=1)
    assert blamed(moved) == (422, "asked_on", "fixed")
    longer = await councils.put(url, pulsing.a_round(closes_on=day(20)), version=1)
    assert longer.json()["closes_on"] == day(20)
    for token in pulsing.all(pulse):
        for said in (marks(6), marks(0), {"relations": 3}, marks(3) | {"line": "x" * 501}):
            assert (await pulsing.answer(token, said)).status_code == 422
    await pulsing.answered(pulse, *[marks(2)] * 5)
    await pulsing.close(pulse)
    soon = await councils.post("/pulses", pulsing.a_round())
    assert blamed(soon) == (409, "council_id", "pulse_too_soon")
    version = (await councils.get(url)).json()["version"]
    for answer in (
        await councils.put(url, pulsing.a_round(closes_on=day(25)), version=version),
        await councils.delete(url, version=version),
    ):
        assert answer.status_code == 409
        assert answer.json()["errors"][0]["code"] == "pulse_over"


async def test_fewer_than_five_are_not_asked(
    databases: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    async with pulsing_house(databases, tmp_path, monkeypatch, members=4) as pulsing:
        refused = await pulsing.called.councils.post("/pulses", pulsing.a_round())
        assert blamed(refused) == (409, "council_id", "pulse_too_few_asked")


async def test_who_is_new_or_gone_is_told_beside_a_round(pulsing: Pulsing) -> None:
    first = await pulsing.told(*[marks(5)] * 6)
    assert (first["seats_new"], first["seats_gone"]) == (None, None)
    gone = pulsing.called.seats[0]
    kept = ("council_id", "actor_id", "post_id", "valid_from", "readiness_exception")
    ended = {name: gone[name] for name in kept} | {"valid_to": day(5)}
    done = await pulsing.called.councils.put(f"/seats/{gone['id']}", ended, version=gone["version"])
    assert done.status_code == 200, done.text
    await pulsing.called.hand_over(1, "exempel9@exempel.se")
    later(40)
    second = await pulsing.open()
    assert (second["asked_count"], second["seats_new"], second["seats_gone"]) == (5, 1, 2)


async def test_who_may_do_what(pulsing: Pulsing) -> None:
    councils, own = pulsing.called.councils, municipality("1472", "read", "write", "personal")
    for caller in (STRATEGIST, MEMBER, READER, own, ANALYSIS):
        answer = await councils.by(caller).post("/pulses", pulsing.a_round())
        assert answer.status_code == 403, caller
    pulse = await pulsing.open()
    await pulsing.answered(pulse, *[marks(4, line="En rad")] * 5)
    await pulsing.close(pulse)
    url = f"/pulses/{pulse['id']}"
    for caller in (LEADER, ADMINISTRATOR, STRATEGIST, READER, own, ASSOCIATION):
        assert (await councils.by(caller).get(url)).status_code == 200, caller
    assert (await councils.by(MEMBER).get(url)).status_code == 404, "it sits in no such council"
    for caller, status in (
        (LEADER, 200), (ADMINISTRATOR, 200), (STRATEGIST, 200), (ASSOCIATION, 200), (MEMBER, 404),
        (READER, 403), (own, 403), (ANALYSIS, 403),
    ):  # fmt: skip
        found = await councils.by(caller).get(f"{url}/lines")
        assert found.status_code == status, caller
    for caller in (STRATEGIST, MEMBER, READER, own, ANALYSIS):
        assert (await councils.by(caller).get(f"{url}/letters")).status_code == 403, caller
    token = pulsing.all(pulse)[0]
    for caller in (LEADER, ADMINISTRATOR, ASSOCIATION, MEMBER, own):
        answer = await councils.by(caller).post(f"/pulse-links/{token}/answer", marks(3))
        assert answer.status_code == 403, caller
