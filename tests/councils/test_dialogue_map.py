"""Dialogue maps: ours, those made from it, their editions, and those no longer in use."""

from collections import Counter

import pytest

from services.councils.dialogue_map.default_map import DEFAULT_MAP
from tests.callers import Signed
from tests.councils.work import Body, an_interview

QUESTION = {"key": "why", "area": "matching", "text": "Varför?", "prompts": ["Vem frågas inte?"]}
# The average Swede reads words of six letters and more as long: LIX below 40 is easy to read.
EASY, LONG = 40, 6


async def a_map(councils: Signed, *, publish: bool = True, **more: object) -> Body:
    """A map of one question."""
    made = await councils.made("/dialogue-maps", {"name": "Egen", "questions": [QUESTION]} | more)
    if not publish:
        return made
    return await councils.made(f"/dialogue-maps/{made['id']}/publish", None)


def _lix(text: str) -> float:
    words = [word.strip(".,:?()") for word in text.split()]
    sentences = max(1, sum(text.count(end) for end in ".:?"))
    return len(words) / sentences + 100 * sum(len(word) > LONG for word in words) / len(words)


def test_our_map_asks_plainly_in_three_areas_with_help_and_prompts() -> None:
    asked = DEFAULT_MAP.questions
    assert 20 <= len(asked) <= 30
    areas = Counter(one.area for one in asked)
    assert len(areas) == 3
    assert min(areas.values()) >= 7
    assert all(one.help for one in asked)
    assert all(one.prompts or one.norm_critical for one in asked), "a norm-critical look at each"
    assert len({one.text for one in asked}) == len(asked)
    told = " ".join(f"{one.text} {one.help} {' '.join(one.prompts)}" for one in asked)
    assert _lix(told) < EASY
    assert DEFAULT_MAP.source
    assert "egen" in DEFAULT_MAP.name


async def test_nobody_calls_another_map_by_the_name_of_ours(councils: Signed) -> None:
    ours = await councils.made("/dialogue-maps/default", None)
    assert ours["ours"] is True
    body = {"name": DEFAULT_MAP.name.upper(), "edition": 7}
    refused = await councils.post("/dialogue-maps", body)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "ours")
    refused = await councils.post(f"/dialogue-maps/{ours['id']}/edition")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "ours")
    own = await a_map(councils, publish=False)
    assert own["ours"] is False
    refused = await councils.put(f"/dialogue-maps/{own['id']}", body, version=1)
    assert refused.json()["errors"][0]["field"] == "name"


async def test_an_edition_begins_with_what_the_one_asked_says(councils: Signed) -> None:
    first = await a_map(councils)
    second = await councils.made(f"/dialogue-maps/{first['id']}/edition", None)
    assert (second["edition"], second["status"]) == (2, "draft")
    assert second["questions"] == first["questions"]
    again = await councils.made(f"/dialogue-maps/{first['id']}/edition", None)
    assert again["id"] == second["id"], "one draft at a time"
    body = {"name": "Egen", "edition": 2, "questions": [QUESTION | {"text": "Varför inte?"}]}
    assert (await councils.put(f"/dialogue-maps/{second['id']}", body, version=1)).is_success
    await councils.made(f"/dialogue-maps/{second['id']}/publish", None)
    third = await councils.made(f"/dialogue-maps/{first['id']}/edition", None)
    assert (third["edition"], third["questions"][0]["text"]) == (3, "Varför?"), "the earlier one"


async def test_a_retired_map_begins_no_interview_and_stays_with_those_that_were(
    councils: Signed,
) -> None:
    made = await a_map(councils)
    url = f"/dialogue-maps/{made['id']}"
    interview = await councils.made("/interviews", an_interview(made))
    gone = await councils.made(f"{url}/retire", None)
    assert (gone["status"], gone["retired_on"] is None) == ("published", False)
    refused = await councils.post("/interviews", an_interview(made))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "map_retired")
    kept = an_interview(made, actor_id=interview["actor_id"], held_on="2026-03-02")
    assert (await councils.put(f"/interviews/{interview['id']}", kept, version=1)).is_success
    answers = {"answers": [{"question_key": "why", "gap": "Ingen söker"}]}
    saved = await councils.send("PUT", f"/interviews/{interview['id']}/answers", json=answers)
    assert saved.is_success
    for query, count in (("retired=true", 1), ("retired=false", 0), ("status=published", 1)):
        assert len((await councils.get(f"/dialogue-maps?{query}")).json()["items"]) == count
    assert (await councils.post(f"{url}/retire")).status_code == 409
    back = await councils.made(f"{url}/resume", None)
    assert back["retired_on"] is None
    assert (await councils.post(f"{url}/resume")).status_code == 409
    await councils.made("/interviews", an_interview(made))


@pytest.mark.parametrize("deed", ["retire", "resume"])
async def test_a_draft_is_neither_retired_nor_resumed(councils: Signed, deed: str) -> None:
    made = await a_map(councils, publish=False)
    refused = await councils.post(f"/dialogue-maps/{made['id']}/{deed}")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "wrong_status")


async def test_two_who_change_a_draft_at_once_are_told(councils: Signed) -> None:
    made = await a_map(councils, publish=False)
    url, body = f"/dialogue-maps/{made['id']}", {"name": "Egen", "questions": [QUESTION]}
    assert (await councils.put(url, body | {"introduction": "Hej"}, version=1)).is_success
    assert (await councils.put(url, body, version=1)).status_code == 412
    assert (await councils.send("PUT", url, json=body)).status_code == 428
    stale = await councils.post(f"{url}/publish", headers={"if-match": '"v1"'})
    assert stale.status_code == 412
