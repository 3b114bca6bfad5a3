"""Action items: given, followed from meeting to meeting, and done once."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from tests.callers import MEMBER, READER, Signed
from tests.councils.builders import a_decision, a_seat, at, blamed, council_in, day, meeting_in


def an_item(council: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Something to do within a week."""
    body = {"council_id": council["id"], "text": "Ring skolan", "due_on": day(7)}
    return body | {"owner_post_id": str(uuid4())} | more


async def test_open_items_follow_to_the_next_meetings(councils: Signed) -> None:
    council = await council_in(councils)
    first = await meeting_in(councils, council, starts_at=at(-60))
    second = await meeting_in(councils, council, starts_at=at(-30))
    await councils.made("/action-items", an_item(await council_in(councils)))
    old = await councils.made("/action-items", an_item(council, meeting_id=first["id"]))
    new = await councils.made("/action-items", an_item(council, meeting_id=second["id"]))
    free = await councils.made("/action-items", an_item(council))

    async def followed(meeting: dict[str, Any]) -> list[str]:
        url = f"/meetings/{meeting['id']}"
        items = (await councils.get(f"{url}/open-action-items?sort=created_at")).json()["items"]
        assert (await councils.get(url)).json()["open_action_items"] == len(items)
        return [item["id"] for item in items]

    assert await followed(first) == [free["id"]], "its own stand among its own"
    assert await followed(second) == [old["id"], free["id"]]
    third = await meeting_in(councils, council, starts_at=at(-1))
    assert await followed(third) == [old["id"], new["id"], free["id"]]
    done = {"done_on": day(0), "outcome": "De är med"}
    await councils.made(f"/action-items/{old['id']}/complete", done)
    assert await followed(third) == [new["id"], free["id"]]
    assert (await councils.get(f"/meetings/{uuid4()}/open-action-items")).status_code == 404


async def test_approved_minutes_take_no_more_items(councils: Signed) -> None:
    council = await council_in(councils)
    meeting, other = [await meeting_in(councils, council) for _ in range(2)]
    there = await councils.made("/action-items", an_item(council, meeting_id=meeting["id"]))
    elsewhere = await councils.made("/action-items", an_item(council, meeting_id=other["id"]))
    approval = {"approved_on": day(0), "approved_by_post_id": str(uuid4())}
    await councils.made(f"/meetings/{meeting['id']}/approve", approval)
    late = an_item(council, meeting_id=meeting["id"])
    assert blamed(await councils.post("/action-items", late)) == (409, "meeting_id", "locked")
    moved = await councils.put(f"/action-items/{elsewhere['id']}", late, version=1)
    assert blamed(moved) == (409, "meeting_id", "locked")
    url = f"/action-items/{there['id']}"  # what stood there goes on
    changed = await councils.put(url, late | {"text": "Senare"}, version=1)
    assert (changed.status_code, changed.json()["minutes_approved_on"]) == (200, day(0))
    assert (await councils.get(f"/action-items/{elsewhere['id']}")).json()[
        "minutes_approved_on"
    ] is None
    await councils.made(f"{url}/complete", {"done_on": day(0)})


async def test_an_item_is_done_once(councils: Signed) -> None:
    item = await councils.made("/action-items", an_item(await council_in(councils)))
    url = f"/action-items/{item['id']}/complete"
    future = await councils.post(url, {"done_on": day(1)})
    assert blamed(future) == (422, "done_on", "in_the_future")
    done = await councils.made(url, {"done_on": day(0), "outcome": "Klart"})
    assert (done["done_on"], done["outcome"]) == (day(0), "Klart")
    assert blamed(await councils.post(url, {"done_on": day(0)})) == (409, "done_on", "done")
    assert (await councils.post(url, {})).status_code == 422


async def test_what_was_said_to_be_done_by_mistake_is_taken_back(councils: Signed) -> None:
    meeting, post = await meeting_in(councils), uuid4()
    council = {"id": meeting["council_id"]}
    await councils.made("/seats", a_seat(council, post_id=str(post)))
    more = {"meeting_id": meeting["id"], "owner_post_id": str(post)}
    item = await councils.made("/action-items", an_item(council, **more))
    other = await councils.made("/action-items", an_item(council, done_on=day(0)))
    url = f"/action-items/{item['id']}"
    assert blamed(await councils.post(f"{url}/reopen", {})) == (409, "done_on", "not_done")
    member = councils.by(replace(MEMBER, post_ids=(post,)))
    await councils.made(f"{url}/complete", {"done_on": day(-1), "outcome": "Exempel"})
    back = await member.made(f"{url}/reopen", {})
    assert (back["done_on"], back["outcome"], back["text"]) == (None, None, item["text"])
    refused = await member.post(f"/action-items/{other['id']}/reopen", {})
    assert refused.status_code == 403
    await councils.made(f"{url}/complete", {"done_on": day(-1)})
    approval = {"approved_on": day(-1), "approved_by_post_id": str(uuid4())}
    await councils.made(f"/meetings/{meeting['id']}/approve", approval)
    assert blamed(await councils.post(f"{url}/reopen", {})) == (409, "done_on", "locked")


async def test_what_was_done_after_the_approval_is_taken_back(councils: Signed) -> None:
    meeting = await meeting_in(councils)
    council = {"id": meeting["council_id"]}
    item = await councils.made("/action-items", an_item(council, meeting_id=meeting["id"]))
    approval = {"approved_on": day(-1), "approved_by_post_id": str(uuid4())}
    await councils.made(f"/meetings/{meeting['id']}/approve", approval)
    url = f"/action-items/{item['id']}"
    await councils.made(f"{url}/complete", {"done_on": day(0)})
    assert (await councils.made(f"{url}/reopen", {}))["done_on"] is None


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"council_id": str(uuid4())}, "council_id", "unknown_reference"),
        ({"meeting_id": str(uuid4())}, "meeting_id", "unknown_reference"),
        ({"decision_id": str(uuid4())}, "decision_id", "unknown_reference"),
        ({"outcome": "Klart"}, "done_on", "missing"),
        ({"done_on": day(1)}, "done_on", "in_the_future"),
        ({"text": "\u0007"}, "text", "control_character"),
        ({"owner_post_id": "jag"}, "owner_post_id", "uuid_parsing"),
    ],
)
async def test_nonsense_is_blamed_on_its_field(
    councils: Signed, change: dict[str, Any], field: str, code: str
) -> None:
    council = await council_in(councils)
    refused = await councils.post("/action-items", an_item(council, **change))
    assert blamed(refused) == (422, field, code)


async def test_an_item_comes_from_its_own_council(councils: Signed) -> None:
    council, elsewhere = await council_in(councils), await meeting_in(councils)
    decision = await councils.made("/decisions", a_decision(elsewhere))
    for field, id_ in (("meeting_id", elsewhere["id"]), ("decision_id", decision["id"])):
        refused = await councils.post("/action-items", an_item(council, **{field: id_}))
        assert blamed(refused) == (422, field, "other_council")


async def test_my_day_asks_for_what_is_open_and_due(councils: Signed) -> None:
    council, post = await council_in(councils), str(uuid4())
    due = await councils.made("/action-items", an_item(council, owner_post_id=post))
    await councils.made("/action-items", an_item(council, owner_post_id=post, due_on=day(70)))
    await councils.made("/action-items", an_item(council, owner_post_id=post, done_on=day(0)))
    ownerless = await councils.made("/action-items", an_item(council, owner_post_id=None))

    async def found(query: str) -> list[str]:
        return [i["id"] for i in (await councils.get(f"/action-items?{query}")).json()["items"]]

    assert await found(f"open=true&due_until={day(10)}&owner_post_id={post}") == [due["id"]]
    assert await found("owned=false") == [ownerless["id"]]


async def test_a_member_completes_what_a_post_of_theirs_owns(councils: Signed) -> None:
    council, post = await council_in(councils), uuid4()
    await councils.made("/seats", a_seat(council, post_id=str(post)))
    own = await councils.made("/action-items", an_item(council, owner_post_id=str(post)))
    other = await councils.made("/action-items", an_item(council))
    hidden = await councils.made("/action-items", an_item(await council_in(councils)))
    member = councils.by(replace(MEMBER, post_ids=(post,)))

    async def complete(item: dict[str, Any]) -> int:
        url = f"/action-items/{item['id']}/complete"
        return (await member.post(url, {"done_on": day(0)})).status_code

    assert [await complete(item) for item in (own, other, hidden)] == [200, 403, 404]
    url = f"/action-items/{other['id']}/complete"
    assert (await councils.by(READER).post(url, {"done_on": day(0)})).status_code == 403
    assert (await member.post("/action-items", an_item(council))).status_code == 403
