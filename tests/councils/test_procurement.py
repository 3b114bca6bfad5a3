"""Procurement: a published template becomes steps, once, in the wording of its edition."""

import asyncio
from typing import Any

from services.councils.initiative.queries import STEPS
from tests.callers import Signed, somebody
from tests.councils.builders import blamed, changed
from tests.councils.work import Body, an_initiative


async def commissioned(councils: Signed) -> Body:
    """A commissioned training that is proposed."""
    return await councils.made("/initiatives", an_initiative(kind="commissioned_training"))


async def steps_of(councils: Signed, initiative: Body) -> list[Any]:
    """Its steps in order."""
    found = await councils.get(f"/initiatives/{initiative['id']}/steps?sort=position")
    return list(found.json()["items"])


async def test_our_own_template_becomes_steps_once(councils: Signed) -> None:
    made, post = await commissioned(councils), somebody()
    url = f"/initiatives/{made['id']}/procure"
    await councils.made("/steps", {"initiative_id": made["id"], "title": "Ring", "position": 3})
    draft = {"owner_post_id": post, "steps": [{"key": "awarded", "due_on": "2026-03-01"}]}
    assert (await councils.made(url, draft))["open_step_count"] == 7
    steps = await steps_of(councils, made)
    assert [one["position"] for one in steps] == [3, 4, 5, 6, 7, 8, 9]
    assert [one["due_on"] for one in steps if one["due_on"]] == ["2026-03-01"]
    assert {one["owner_post_id"] for one in steps[1:]} == {post}
    again = await councils.post(url, draft)
    assert blamed(again) == (409, "steps", "already_procured")
    told = {"title": "Vi valde den som kunde börja först", "supplier_actor_id": somebody()}
    more = {"document": "https://exempel.se/beslut.pdf"}
    worded = (await changed(councils, STEPS, steps[4]["id"], **told, **more)).json()
    assert worded["checklist_template_id"] == steps[1]["checklist_template_id"]
    (template,) = (await councils.get("/checklist-templates?kind=procurement")).json()["items"]
    assert (template["status"], template["procurement_count"]) == ("published", 1)


async def test_the_latest_edition_is_used(councils: Signed) -> None:
    first = await commissioned(councils)
    await councils.made(f"/initiatives/{first['id']}/procure", {})
    (template,) = (await councils.get("/checklist-templates?kind=procurement")).json()["items"]
    url = f"/checklist-templates/{template['id']}/edition"
    draft = await councils.made(url, None)
    assert (draft["edition"], draft["kind"], draft["status"]) == (2, "procurement", "draft")
    assert (await councils.made(url, None))["id"] == draft["id"], "one draft, however often asked"
    body = {"name": draft["name"], "edition": 2, "kind": "procurement"}
    body["items"] = [{"key": "needed", "text": "Behovet är beskrivet"}]
    address = f"/checklist-templates/{draft['id']}"
    await councils.put(address, body, version=1)
    second = await commissioned(councils)
    refused = await councils.post(
        f"/initiatives/{second['id']}/procure", {"checklist_template_id": draft["id"]}
    )
    assert blamed(refused) == (422, "checklist_template_id", "not_published")
    await councils.made(f"{address}/publish", None)
    wrong = {"steps": [{"key": "awarded"}]}
    refused = await councils.post(f"/initiatives/{second['id']}/procure", wrong)
    assert blamed(refused) == (422, "steps.0.key", "unknown_point")
    await councils.made(f"/initiatives/{second['id']}/procure", {})
    (step,) = await steps_of(councils, second)
    assert (step["title"], step["checklist_template_id"]) == ("Behovet är beskrivet", draft["id"])


async def test_a_template_is_used_for_what_it_is_made_for(councils: Signed) -> None:
    made = await commissioned(councils)
    url = f"/initiatives/{made['id']}/procure"
    checklist = await councils.made("/checklist-templates/default", None)
    refused = await councils.post(url, {"checklist_template_id": checklist["id"]})
    assert blamed(refused) == (422, "checklist_template_id", "other_template_kind")
    await councils.made(url, {})
    (procurement,) = (await councils.get("/checklist-templates?kind=procurement")).json()["items"]
    body = {"checklist_template_id": procurement["id"], "initiative_id": made["id"]}
    refused = await councils.post("/checklists", body)
    assert blamed(refused) == (422, "checklist_template_id", "other_template_kind")
    stopped = await commissioned(councils)
    stop = {"closed_on": "2026-02-01", "reason": "Pengarna räckte inte"}
    await councils.made(f"/initiatives/{stopped['id']}/stop", stop)
    refused = await councils.post(f"/initiatives/{stopped['id']}/procure", {})
    assert blamed(refused)[::2] == (409, "closed")


async def test_two_that_begin_an_edition_at_once_begin_the_same(councils: Signed) -> None:
    template = await councils.made("/checklist-templates/default", None)
    url = f"/checklist-templates/{template['id']}/edition"
    made = await asyncio.gather(*(councils.made(url, None) for _ in range(4)))
    assert len({one["id"] for one in made}) == 1
