"""Challenges: what bears on them and when, told of the day that is asked for."""

from tests.actors.test_departure import Fact
from tests.analysis.conftest import Three
from tests.analysis.test_scanning import a_signal, a_trend, titles
from tests.callers import MEMBER, municipality
from tests.councils.builders import blamed, day


def a_challenge(**more: object) -> Fact:
    """What has to be met."""
    return {"title": "Vem gör vad?", "noted_on": day(-30)} | more


async def test_what_bears_on_a_challenge_has_its_time(three: Three) -> None:
    analysis = three.analysis
    challenge = await analysis.made("/challenges", a_challenge())
    signal = await analysis.made("/signals", a_signal())
    trend = await analysis.made("/trends", a_trend(signal, noted_on=day(-9)))
    link = {"challenge_id": challenge["id"], "valid_from": day(-9), "bearing": "Fler att samla"}
    first = await analysis.made("/challenge-links", link | {"signal_id": signal["id"]})
    await analysis.made("/challenge-links", link | {"trend_id": trend["id"]})
    over = link | {"signal_id": signal["id"], "valid_to": day(-2)}
    await analysis.put(f"/challenge-links/{first['id']}", over, version=1)

    async def bears(on: str) -> tuple[int, int]:
        told = (await analysis.get(f"/challenges/{challenge['id']}?as_of={on}")).json()
        return told["signal_count"], told["trend_count"]

    assert await bears(day(-10)) == (0, 0)
    assert await bears(day(-9)) == (1, 1)
    assert await bears(day(0)) == (0, 1)
    of_it = f"challenge_id={challenge['id']}"
    assert await titles(analysis, f"/signals?{of_it}") == []
    assert await titles(analysis, f"/signals?{of_it}&as_of={day(-5)}") == [signal["title"]]
    assert await titles(analysis, f"/trends?{of_it}") == [trend["title"]]
    below = await analysis.get(f"/challenges/{challenge['id']}/challenge-links")
    assert len(below.json()["items"]) == 2
    for url in (f"/challenges/{challenge['id']}", f"/signals/{signal['id']}"):
        version = (await analysis.get(url)).json()["version"]
        assert blamed(await analysis.delete(url, version=version)) == (409, "id", "in_use")


async def test_a_link_binds_one_thing_once_at_a_time(three: Three) -> None:
    analysis = three.analysis
    challenge = await analysis.made("/challenges", a_challenge())
    signal = await analysis.made("/signals", a_signal())
    trend = await analysis.made("/trends", a_trend(noted_on=day(-9)))
    link = {"challenge_id": challenge["id"], "valid_from": day(-9)}
    assert blamed(await analysis.post("/challenge-links", link)) == (
        422, "signal_id", "nothing_bears",
    )  # fmt: skip
    both = link | {"signal_id": signal["id"], "trend_id": trend["id"]}
    assert blamed(await analysis.post("/challenge-links", both)) == (422, "trend_id", "both_bear")
    for name, thing in (("signal_id", signal), ("trend_id", trend)):
        await analysis.made("/challenge-links", link | {name: thing["id"]})
        again = await analysis.post("/challenge-links", link | {name: thing["id"]})
        assert blamed(again) == (409, name, "overlap")
        early = await analysis.post(
            "/challenge-links", link | {name: thing["id"], "valid_from": day(-11)}
        )
        assert blamed(early) == (422, "valid_from", "before_noted")
    late = await analysis.put(f"/signals/{signal['id']}", a_signal(observed_on=day(-8)), version=1)
    assert blamed(late) == (422, "observed_on", "linked_earlier")
    late = await analysis.put(f"/trends/{trend['id']}", a_trend(noted_on=day(-8)), version=1)
    assert blamed(late) == (422, "noted_on", "linked_earlier")
    url = f"/challenges/{challenge['id']}"
    late = await analysis.put(url, a_challenge(noted_on=day(-8)), version=1)
    assert blamed(late) == (422, "noted_on", "linked_earlier")
    await analysis.put(url, a_challenge(noted_on=day(-9)), version=1)
    for path, new in (("signals", a_signal(observed_on=day(0))), ("trends", a_trend())):
        await analysis.made(f"/{path}", new)
    await analysis.made("/challenges", a_challenge(noted_on=day(0)))
    over = link | {"signal_id": signal["id"], "valid_from": day(-10)}
    assert blamed(await analysis.post("/challenge-links", over)) == (
        422,
        "valid_from",
        "before_noted",
    )


async def test_a_challenge_is_met_from_a_day(three: Three) -> None:
    analysis = three.analysis
    made = await analysis.made("/challenges", a_challenge())
    url = f"/challenges/{made['id']}"
    wrong = await analysis.put(url, a_challenge(met_on=day(1)), version=1)
    assert blamed(wrong) == (422, "met_on", "in_the_future")
    early = await analysis.put(url, a_challenge(met_on=day(-31)), version=1)
    assert blamed(early) == (422, "met_on", "too_early")
    met = (await analysis.put(url, a_challenge(met_on=day(-1)), version=1)).json()
    assert (met["is_open"], met["met_on"]) == (False, day(-1))
    before = (await analysis.get(f"{url}?as_of={day(-2)}")).json()
    assert (before["is_open"], before["met_on"]) == (True, None)
    assert await titles(analysis, "/challenges?is_open=true") == []
    assert await titles(analysis, f"/challenges?is_open=true&as_of={day(-2)}") == [made["title"]]


async def test_a_challenge_is_written_by_staff_and_read_by_all(three: Three) -> None:
    await three.analysis.made("/challenges", a_challenge())
    for caller in (MEMBER, municipality("1472")):
        assert (await three.analysis.by(caller).post("/challenges", {})).status_code == 403
        assert await titles(three.analysis.by(caller), "/challenges") == ["Vem gör vad?"]
