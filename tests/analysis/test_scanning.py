"""Signals and trends: where they were seen, what they mean, and until when they count."""

import pytest

from services.analysis.scanning.rules import demand_begun, demand_come
from services.kit import clock
from services.kit.errors import Rejected
from tests.actors.test_departure import Fact, actor, post_at
from tests.analysis.conftest import Three
from tests.callers import ASSOCIATION, MEMBER, READER, Signed, municipality
from tests.councils.builders import blamed, day


def a_signal(**more: object) -> Fact:
    """Something that was seen ten days ago, and counts for a hundred."""
    said = {"title": "Ny fabrik", "meaning": "Fler svetsare behövs", "source": "Exempelbladet"}
    return said | {"observed_on": day(-10), "expires_on": day(100), "confidence": "medium"} | more


def a_trend(*signals: Fact, **more: object) -> Fact:
    """Where something goes, carried by signals."""
    said = {"title": "Fler fabriker", "direction": "increasing", "confidence": "low"}
    said |= {"confidence_reason": "Bara en källa", "noted_on": day(-5), "expires_on": day(200)}
    return said | {"signal_ids": [one["id"] for one in signals]} | more


async def titles(analysis: Signed, query: str) -> list[str]:
    """What a list answers."""
    answer = await analysis.get(query)
    assert answer.status_code == 200, answer.text
    return [one["title"] for one in answer.json()["items"]]


async def test_a_signal_stands_as_its_days_say(three: Three) -> None:
    analysis = three.analysis
    await analysis.made("/signals", a_signal(title="Länge"))
    await analysis.made("/signals", a_signal(title="Snart", expires_on=day(29)))
    await analysis.made("/signals", a_signal(title="I dag", expires_on=day(0)))
    await analysis.made("/signals", a_signal(title="I går", expires_on=day(-1)))
    by_state = {
        state: await titles(analysis, f"/signals?state={state}&sort=expires_on")
        for state in ("current", "expires_soon", "expired", "ended")
    }
    assert by_state == {
        "current": ["Länge"],
        "expires_soon": ["I dag", "Snart"],
        "expired": ["I går"],
        "ended": [],
    }
    assert await titles(analysis, f"/signals?state=expired&as_of={day(5)}&sort=expires_on") == [
        "I går",
        "I dag",
    ]
    assert await titles(analysis, f"/signals?as_of={day(-11)}") == []


async def test_a_signal_says_where_it_was_seen(three: Three) -> None:
    analysis = three.analysis
    nowhere = await analysis.post("/signals", a_signal(source=None))
    assert blamed(nowhere) == (422, "source", "source_missing")
    register = {"key": "exempel", "name": "Exempel", "kind": "csv", "publisher": "Exempel"}
    source = await analysis.made("/sources", register | {"area_level": "county"})
    made = await analysis.made("/signals", a_signal(source=None, source_id=source["id"]))
    assert await titles(analysis, f"/signals?source_id={source['id']}") == [made["title"]]
    held = await analysis.delete(f"/sources/{source['id']}", version=1)
    assert blamed(held) == (409, "id", "in_use")


async def test_all_that_is_wrong_is_told_at_once(three: Three) -> None:
    wrong = a_signal(observed_on=day(1), expires_on=day(0), confidence="sure", meaning="")
    answer = await three.analysis.post("/signals", wrong | {"industries": ["Trä", "Trä"]})
    assert {(one["field"], one["code"]) for one in answer.json()["errors"]} == {
        ("observed_on", "in_the_future"),
        ("expires_on", "expires_too_early"),
        ("confidence", "enum"),
        ("meaning", "string_too_short"),
        ("industries", "repeated"),
    }
    unknown = a_trend(signal_ids=["01900000-0000-7000-8000-000000000001"], noted_on=day(2))
    answer = await three.analysis.post("/trends", unknown)
    assert {(one["field"], one["code"]) for one in answer.json()["errors"]} == {
        ("noted_on", "in_the_future"),
        ("signal_ids", "unknown_reference"),
    }


async def test_a_post_that_nobody_keeps_watches_nothing(three: Three) -> None:
    strange = a_signal(owner_post_id="01900000-0000-7000-8000-000000000001")
    answer = await three.analysis.post("/signals", strange)
    assert blamed(answer) == (422, "owner_post_id", "unknown_reference")
    post = await post_at(three.actors, await actor(three.actors, "Exempelkommun"))
    await three.analysis.made("/signals", a_signal(owner_post_id=post["id"]))
    await three.analysis.made("/signals", a_signal(title="Ingens"))
    assert await titles(three.analysis, f"/signals?owner_post_id={post['id']}") == ["Ny fabrik"]
    assert await titles(three.analysis, "/signals?ownerless=true") == ["Ingens"]


async def test_a_trend_loses_its_ground_with_its_last_signal(three: Three) -> None:
    analysis = three.analysis
    one = await analysis.made("/signals", a_signal(expires_on=day(10)))
    other = await analysis.made("/signals", a_signal(title="Till", expires_on=day(20)))
    trend = await analysis.made("/trends", a_trend(one, other))
    loose = await analysis.made("/trends", a_trend(title="Lös"))
    url = f"/trends/{trend['id']}"

    async def ground(on: str) -> tuple[str, int]:
        told = (await analysis.get(f"{url}?as_of={on}")).json()
        return told["ground"], told["living_signal_count"]

    assert loose["ground"] == "none"
    assert await ground(day(10)) == ("carried", 2)
    assert await ground(day(11)) == ("carried", 1)
    assert await ground(day(21)) == ("lost", 0)
    ended = {"ended_on": day(-1), "ended_reason": "Det blev ingen fabrik"}
    for signal in (one, other):
        await analysis.made(f"/signals/{signal['id']}/end", ended)
    assert await ground(day(0)) == ("lost", 0)
    assert await ground(day(-2)) == ("carried", 2)
    assert await titles(analysis, "/trends?ground=lost") == ["Fler fabriker"]
    assert await titles(analysis, "/trends?ground=none") == ["Lös"]
    named = (await analysis.get(f"/signals/{one['id']}")).json()
    assert (named["state"], named["trend_count"]) == ("ended", 1)


async def test_what_has_ended_is_taken_back_but_not_ended_again(three: Three) -> None:
    analysis = three.analysis
    made = await analysis.made("/signals", a_signal())
    url, told = f"/signals/{made['id']}", {"ended_on": day(0), "ended_reason": "Fel"}
    early = await analysis.post(f"{url}/end", told | {"ended_on": day(-11)})
    assert blamed(early) == (422, "ended_on", "before_beginning")
    late = await analysis.post(f"{url}/end", told | {"ended_on": day(1)})
    assert blamed(late) == (422, "ended_on", "in_the_future")
    assert blamed(await analysis.post(f"{url}/reopen", {})) == (409, "ended_on", "not_done")
    ended = await analysis.made(f"{url}/end", told)
    assert (ended["state"], ended["ended_reason"]) == ("ended", "Fel")
    before = (await analysis.get(f"{url}?as_of={day(-1)}")).json()
    assert (before["state"], before["ended_on"], before["ended_reason"]) == ("current", None, None)
    assert blamed(await analysis.post(f"{url}/end", told)) == (409, "ended_on", "done")
    back = await analysis.made(f"{url}/reopen", {})
    assert (back["state"], back["version"]) == ("current", 3)


async def test_what_was_known_then_is_remembered(three: Three) -> None:
    analysis = three.analysis
    made = await analysis.made("/signals", a_signal())
    then = clock.now().isoformat().replace("+", "%2B")
    changed = a_signal(title="Större fabrik")
    answer = await analysis.put(f"/signals/{made['id']}", changed, version=1)
    assert answer.status_code == 200
    stale = await analysis.put(f"/signals/{made['id']}", changed, version=1)
    assert stale.status_code == 412
    assert await titles(analysis, "/signals") == ["Större fabrik"]
    assert await titles(analysis, f"/signals?known_at={then}") == ["Ny fabrik"]


async def test_a_signal_that_carries_a_trend_is_not_removed(three: Three) -> None:
    analysis = three.analysis
    signal = await analysis.made("/signals", a_signal())
    trend = await analysis.made("/trends", a_trend(signal))
    held = await analysis.delete(f"/signals/{signal['id']}", version=1)
    assert blamed(held) == (409, "id", "in_use")
    assert (await analysis.delete(f"/trends/{trend['id']}", version=1)).status_code == 204
    assert (await analysis.delete(f"/signals/{signal['id']}", version=1)).status_code == 204


async def test_they_are_found_by_what_they_touch_and_say(three: Three) -> None:
    analysis = three.analysis
    await analysis.made("/signals", a_signal(industries=["Möbel"], occupation_codes=["7212"]))
    await analysis.made("/signals", a_signal(title="Överallt", meaning="Alla branscher"))
    await analysis.made("/signals", a_signal(title="Taxi", industries=["Taxi"]))
    assert await titles(analysis, "/signals?industry=M%C3%B6bel") == ["Ny fabrik"]
    touched = await titles(analysis, "/signals?touches_industry=M%C3%B6bel&sort=title")
    assert touched == ["Ny fabrik", "Överallt"]
    assert await titles(analysis, "/signals?occupation_code=7212") == ["Ny fabrik"]
    assert await titles(analysis, "/signals?q=branscherna") == ["Överallt"]


async def test_only_staff_and_the_association_write_what_is_seen(three: Three) -> None:
    analysis = three.analysis
    await analysis.by(ASSOCIATION).made("/signals", a_signal())
    for caller in (READER, MEMBER, municipality("1472")):
        denied = await analysis.by(caller).post("/signals", a_signal())
        assert denied.status_code == 403
        assert await titles(analysis.by(caller), "/signals") == ["Ny fabrik"]


def test_no_day_to_come_and_no_end_before_the_beginning() -> None:
    today = clock.today()
    demand_come(None, today, field="x")
    demand_come(today, today, field="x")
    demand_begun(today, today, field="x")
    demand_begun(None, today, field="x")
    with pytest.raises(Rejected):
        demand_begun(today, today.replace(year=today.year - 1), field="x")
