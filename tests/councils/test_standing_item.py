"""Standing items: every meeting of a council has them, from a day until another."""

from typing import Any

from services.councils.meeting.queries import MEETINGS
from tests.callers import MEMBER, READER, Signed, municipality
from tests.councils.builders import (
    a_meeting,
    at,
    blamed,
    changed,
    council_in,
    day,
    meeting_in,
)

Fact = dict[str, Any]
PLANNED = {"status": "planned"}


async def titles(councils: Signed, meeting: Fact) -> list[str]:
    """What stands on a meeting's agenda."""
    found = await councils.get(f"/meetings/{meeting['id']}/agenda-items?sort=position")
    return [one["title"] for one in found.json()["items"]]


async def test_every_meeting_has_what_stands_on_its_councils_agendas(councils: Signed) -> None:
    council, other = await council_in(councils), await council_in(councils)
    before = await meeting_in(councils, council, starts_at=at(-20))
    planned = await meeting_in(councils, council, starts_at=at(9), **PLANNED)
    far = await meeting_in(councils, council, starts_at=at(90), **PLANNED)
    point = {"meeting_id": planned["id"], "title": "Öppnande"}
    await councils.made("/agenda-items", point)
    said = {"council_id": council["id"], "title": "Burna frågor", "takes_carried_issues": True}
    said |= {"valid_from": day(-5), "valid_to": day(60)}
    made = await councils.made("/standing-items", said)
    assert (made["in_force"], made["agenda_item_count"]) == (True, 1)
    assert await titles(councils, planned) == ["Öppnande", "Burna frågor"]
    assert await titles(councils, before) == await titles(councils, far) == []
    later = await meeting_in(councils, council, starts_at=at(30), **PLANNED)
    assert await titles(councils, later) == ["Burna frågor"]
    assert (
        await titles(councils, await meeting_in(councils, other, starts_at=at(30), **PLANNED)) == []
    )
    body = a_meeting(council, starts_at=at(20), **PLANNED)
    moved = await councils.put(f"/meetings/{far['id']}", body, version=1)
    assert moved.status_code == 200
    assert await titles(councils, far) == ["Burna frågor"], "it is in its time now"
    again = await councils.put(f"/meetings/{far['id']}", body | {"place": "Här"}, version=2)
    assert again.status_code == 200
    assert await titles(councils, far) == ["Burna frågor"], "and not twice"
    held = await meeting_in(councils, council, starts_at=at(-2), status="held")
    assert await titles(councils, held) == ["Burna frågor"], "written down afterwards"
    (own,) = (await councils.get(f"/meetings/{later['id']}/agenda-items")).json()["items"]
    assert own["standing_item_id"] == made["id"]
    noted = {"meeting_id": later["id"], "title": own["title"], "minutes": "Exempel"}
    kept = await councils.put(f"/agenda-items/{own['id']}", noted, version=1)
    assert kept.json()["standing_item_id"] == made["id"], "its minutes are its own"
    url = f"/standing-items/{made['id']}"
    renamed = said | {"title": "Ambassadörernas punkt", "valid_to": None}
    assert (await councils.put(url, renamed, version=1)).status_code == 200
    assert await titles(councils, planned) == ["Öppnande", "Ambassadörernas punkt"]
    assert await titles(councils, far) == ["Ambassadörernas punkt"]
    assert await titles(councils, later) == ["Burna frågor"], "somebody wrote at it"
    gone = await councils.delete(url, version=2)
    assert (gone.status_code, gone.json()["errors"][0]["code"]) == (409, "in_use")
    over = renamed | {"valid_to": day(1)}
    assert (await councils.put(url, over, version=2)).status_code == 200
    assert await titles(councils, planned) == ["Öppnande"]
    found = await councils.get(f"/agenda-items?standing_item_id={made['id']}")
    assert len(found.json()["items"]) == 2, "what was stays"
    await councils.put(url, over | {"valid_to": day(0)}, version=3)
    listed = await councils.get(f"/councils/{council['id']}/standing-items?in_force=true")
    assert listed.json()["items"] == []


async def test_a_standing_item_is_its_councils_and_one_that_no_meeting_had_is_removed(
    councils: Signed,
) -> None:
    council, other = await council_in(councils), await council_in(councils)
    planned = await councils.made("/meetings", a_meeting(council, starts_at=at(9), **PLANNED))
    said = {"council_id": council["id"], "title": "Lägesrunda", "valid_from": day(0)}
    made = await councils.made("/standing-items", said)
    url = f"/standing-items/{made['id']}"
    moved = await councils.put(url, said | {"council_id": other["id"]}, version=1)
    assert blamed(moved) == (422, "council_id", "fixed")
    empty = said | {"valid_to": day(0)}
    assert blamed(await councils.post("/standing-items", empty))[1:] == ("valid_to", "empty_period")
    for caller in (READER, MEMBER, municipality("1472", "read", "write")):
        assert (await councils.by(caller).post("/standing-items", said)).status_code == 403
    assert (await councils.by(READER).get(url)).status_code == 200
    assert (await councils.by(MEMBER).get(url)).status_code == 404, "it sits in no such council"
    assert (await councils.delete(url, version=1)).status_code == 204
    assert await titles(councils, planned) == []


async def test_what_was_taken_off_an_agenda_comes_back_with_another_day_alone(
    councils: Signed,
) -> None:
    council = await council_in(councils)
    said = {"council_id": council["id"], "title": "Lägesrunda", "valid_from": day(0)}
    await councils.made("/standing-items", said)
    planned = await meeting_in(councils, council, starts_at=at(9), **PLANNED)
    (own,) = (await councils.get(f"/meetings/{planned['id']}/agenda-items")).json()["items"]
    assert (await councils.delete(f"/agenda-items/{own['id']}", version=1)).status_code == 204
    await changed(councils, MEETINGS, planned["id"], place="Salen")
    assert await titles(councils, planned) == [], "it was taken off"
    await changed(councils, MEETINGS, planned["id"], starts_at=at(10))
    assert await titles(councils, planned) == ["Lägesrunda"]
