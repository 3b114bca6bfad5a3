"""Checklists: a published template never changes, and a list answers what it asks."""

from uuid import uuid4

from tests.callers import Signed
from tests.councils.work import an_initiative


async def test_our_own_template_is_made_once_and_filled(councils: Signed) -> None:
    template = await councils.made("/checklist-templates/default", None)
    again = await councils.made("/checklist-templates/default", None)
    assert (template["id"], template["status"]) == (again["id"], "published")
    initiative = await councils.made("/initiatives", an_initiative())
    body = {
        "checklist_template_id": template["id"],
        "initiative_id": initiative["id"],
        "items": [{"key": "travel", "done": True, "note": "Buss till Hjo"}],
    }
    made = await councils.made("/checklists", body)
    assert (made["item_count"], made["done_count"]) == (len(template["items"]), 1)
    assert [item["text"] for item in made["items"]] == [p["text"] for p in template["items"]]
    more = body | {"items": [*body["items"], {"key": "pace", "done": True, "text": "Ändrad"}]}
    url = f"/checklists/{made['id']}"
    changed = (await councils.put(url, more, version=1)).json()
    assert changed["done_count"] == 2
    assert "Ändrad" not in {item["text"] for item in changed["items"]}
    counted = (await councils.get(f"/checklist-templates/{template['id']}")).json()
    assert counted["checklist_count"] == 1


async def test_what_the_template_does_not_ask_is_refused(councils: Signed) -> None:
    template = await councils.made("/checklist-templates/default", None)
    body = {"checklist_template_id": template["id"], "programme_id": str(uuid4())}
    wrong = await councils.post("/checklists", body | {"items": [{"key": "unknown"}]})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "items.0.key")
    lone = {"checklist_template_id": template["id"]}
    assert (await councils.post("/checklists", lone)).json()["errors"][0]["field"] == "programme_id"
    nowhere = body | {"checklist_template_id": str(uuid4())}
    refused = await councils.post("/checklists", nowhere)
    assert refused.json()["errors"][0]["field"] == "checklist_template_id"


async def test_a_template_changes_only_until_it_is_published(councils: Signed) -> None:
    made = await councils.made("/checklist-templates", {"name": "Egen"})
    url = f"/checklist-templates/{made['id']}"
    assert (await councils.post(f"{url}/publish")).json()["errors"][0]["code"] == "empty"
    early = {"checklist_template_id": made["id"], "programme_id": str(uuid4())}
    assert (await councils.post("/checklists", early)).json()["errors"][0]["code"] == (
        "not_published"
    )
    body = {"name": "Egen", "items": [{"key": "one", "text": "Ett"}]}
    assert (await councils.put(url, body, version=1)).status_code == 200
    published = (await councils.post(f"{url}/publish")).json()
    assert published["status"] == "published"
    refused = await councils.put(url, body, version=published["version"])
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "published")
    assert (await councils.delete(url, version=published["version"])).status_code == 409
