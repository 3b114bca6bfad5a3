"""The taxi story: one call starts the temporary council; closing keeps everything readable."""

import httpx

from tests.journeys.running import House
from tests.journeys.telling import DAY, SOON, get, post

SIGNAL = {
    "occupation_code": "8321",
    "occupation_name": "Taxiförare",
    "headcount": 10,
    "needed_by": SOON,
    "source": "Exempelföretag 4",
    "signalled_on": DAY,
}


async def test_from_shortage_to_a_closed_council(running: House) -> None:
    async with running.api(running.key()) as api:
        await _told(api)


async def _told(api: httpx.AsyncClient) -> None:
    authority = await post(api, "/actors", {"name": "Exempelmyndighet 1", "kind": "authority"})
    taxi = await post(api, "/actors", {"name": "Exempelföretag 4", "kind": "company"})
    made = await post(
        api, "/councils/fast-track",
        {"signal": SIGNAL, "name": "Tillfälligt taxiråd", "industry": "Taxi",
         "purpose": "Lösa bristen", "ends_on": SOON,
         "leader_actor_ids": [authority["id"]], "invited_actor_ids": [taxi["id"]],
         "meeting": {"title": "Första mötet", "starts_at": f"{DAY}T09:00:00+01:00",
                     "place": "Skövde"}},
    )  # fmt: skip
    council = f"/councils/{made['council_id']}"
    assert (await get(api, council))["phase"] == "active"
    assert len((await get(api, f"{council}/seats"))["items"]) == 2
    assert (await get(api, f"/needs/{made['need_id']}"))["headcount_per_year"] == 10
    assert (await get(api, f"/meetings/{made['meeting_id']}"))["title"] == "Första mötet"
    closing = {"closed_on": DAY, "reason": "goal_met", "result": "Behovet är tillgodosett"}
    early = await api.post(f"/api/v1{council}/close", json=closing)
    assert (early.status_code, early.json()["errors"][0]["code"]) == (409, "needs_open")
    met = {"met_on": DAY, "evidence": "Tio förare är anställda"}
    await post(api, f"/needs/{made['need_id']}/meet", met)
    closed = await post(api, f"{council}/close", closing)
    assert (closed["phase"], closed["result"]) == ("closed", "Behovet är tillgodosett")
    for address in (
        council, f"{council}/seats", f"/meetings/{made['meeting_id']}", f"{council}/clock",
    ):  # fmt: skip
        assert await get(api, address)
    late = await api.post(
        "/api/v1/meetings",
        json={"council_id": made["council_id"], "title": "För sent",
              "starts_at": f"{SOON}T09:00:00+02:00"},
        headers={"Idempotency-Key": "late"},
    )  # fmt: skip
    assert late.status_code == 409
