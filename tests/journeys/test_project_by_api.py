"""A project by the API: its year lost, its restart, and what it leaves to others."""

from tests.journeys.running import House
from tests.journeys.telling import get, post


async def test_a_project_and_its_lost_year(running: House) -> None:
    async with running.api(running.key()) as api:
        owner = await post(api, "/actors", {"name": "Exempelförbundet", "kind": "network"})
        told = {"name": "Exempelprojektet", "purpose": "Bygga", "owner_actor_id": owner["id"]}
        project = await post(api, "/projects", told)
        url, its = f"/projects/{project['id']}", {"project_id": project["id"]}
        await post(api, f"{url}/start", {"started_on": "2024-01-01"})
        aim = its | {"aim": "Börja i verksamheten", "decided_on": "2024-01-01"}
        await post(api, "/project-assignments", aim)
        turned = its | {"what": "Omtag", "cause": "Fel nivå", "days_lost": 365, "restart": True}
        await post(api, "/project-deviations", turned | {"to_on": "2025-01-01"})
        again = its | {"aim": "Bygga en modell", "change_reason": "Ett omtag"}
        await post(api, "/project-assignments", again | {"decided_on": "2025-01-01"})
        for done in ("2024-06-01", "2025-02-01", "2025-03-01"):
            await post(api, "/project-activities", its | {"title": "Möte", "done_on": done})
        (found,) = (await get(api, f"{url}/breaks"))["items"]
        sides = [found[side]["activities_done"] for side in ("before", "after")]
        assert (sides, found["before"]["days"]) == ([1, 2], 366)
        goes_on = its | {"what": "Modellen"}
        left = await post(api, "/project-continuations", goes_on)
        early = await api.post(f"/api/v1{url}/end", json={"ended_on": "2025-06-01"})
        assert early.status_code == 409
        assert (await get(api, f"{url}/open"))["continuations"] == [left["id"]]
        ended = {"ended_on": "2025-06-01", "reason": "Tiden är slut"}
        shown = await post(api, f"{url}/end", ended)
        assert (shown["status"], shown["days_lost"]) == ("ended", 365)
        versions = (await get(api, f"{url}/project-assignments"))["items"]
        assert [one["aim"] for one in versions if one["in_force"]] == ["Bygga en modell"]
