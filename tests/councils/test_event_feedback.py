"""Feedback: given once an event has been held, one of each browser, told together."""

from secrets import token_hex

from tests.callers import READER, Signed
from tests.councils.builders import blamed
from tests.councils.test_event import DOOR, event_in
from tests.councils.test_project import project_in


async def test_feedback_is_told_together_and_in_the_project(councils: Signed) -> None:
    project = await project_in(councils)
    event = await event_in(councils, project_id=project["id"])
    door, url = councils.by(DOOR), f"/event-doors/{event['address']}/feedback"
    me = {"browser": token_hex(32), "whole": 2}
    early = await door.post(url, me)
    assert (early.status_code, early.json()["errors"][0]["code"]) == (409, "not_held")
    await councils.made(f"/events/{event['id']}/hold", None)
    assert blamed(await door.post(url, me | {"whole": 6}))[:2] == (422, "whole")
    for given in (me, me | {"whole": 5, "text": "Bra talare"}):
        await door.made(url, given)
    await door.made(url, {"browser": token_hex(32), "whole": 4, "use": 3})
    found = (await councils.by(READER).get(f"/events/{event['id']}/feedback")).json()
    marks = {one["mark"]: one for one in found["marks"]}
    assert (found["count"], found["texts"]) == (2, ["Bra talare"])
    assert (marks["whole"]["mean"], marks["whole"]["spread"]) == (4.5, [0, 0, 0, 1, 1])
    assert (marks["content"]["count"], marks["content"]["mean"]) == (0, None)
    of = (await councils.get(f"/projects/{project['id']}/event-feedback")).json()["items"]
    assert of == [found]
    nothing = await event_in(councils)
    assert (await councils.get(f"/events/{nothing['id']}/feedback")).json()["count"] == 0
