"""Relations: each has its own last contact, of its own two actors and those merged into them."""

from typing import Any

from services.kit import clock
from tests.actors.test_departure import actor, related
from tests.callers import Signed

Fact = dict[str, Any]


async def talked(actors: Signed, one: Fact, other: Fact, on: str) -> None:
    """A contact between two actors."""
    sides = {"actor_id": one["id"], "our_actor_id": other["id"], "held_on": on}
    await actors.made("/contacts", sides | {"channel": "phone", "said": "Vi talade"})


async def test_each_relation_has_its_own_last_contact(actors: Signed) -> None:
    ours, one, two, three, old = [
        await actor(actors, f"Exempelkommun {number}") for number in range(1, 6)
    ]
    for other in (one, two, three):
        await related(actors, ours, other, "collaborates_with", "working")
    await talked(actors, one, ours, "2024-03-01")
    await talked(actors, ours, one, "2023-03-01")
    await talked(actors, two, ours, "2025-03-01")
    await talked(actors, one, two, "2026-03-01")

    async def last(**times: str) -> dict[str, str | None]:
        found = (await actors.get("/relations", params=times)).json()["items"]
        return {relation["other_actor_id"]: relation["last_contact_on"] for relation in found}

    expected = {one["id"]: "2024-03-01", two["id"]: "2025-03-01", three["id"]: None}
    assert await last() == expected
    assert await last(as_of="2023-12-31") == expected | {one["id"]: "2023-03-01", two["id"]: None}
    known = clock.now().isoformat()
    await talked(actors, old, ours, "2026-05-01")
    assert await last() == expected
    assert (await actors.post(f"/actors/{old['id']}/merge", {"into_id": three["id"]})).is_success
    assert await last() == expected | {three["id"]: "2026-05-01"}
    assert await last(known_at=known) == expected
    met = (await actors.get("/relations", params={"actor_id": old["id"]})).json()["items"]
    assert [relation["last_contact_on"] for relation in met] == ["2026-05-01"]


async def test_who_collaborates_is_told_from_one_side_only(actors: Signed) -> None:
    one, other = await actor(actors, "Exempelkommun 1"), await actor(actors, "Exempelkommun 2")
    sides = {"actor_id": one["id"], "other_actor_id": other["id"]}
    turned = {"actor_id": other["id"], "other_actor_id": one["id"]}
    days = {"kind": "collaborates_with", "valid_from": "2024-01-01", "valid_to": "2025-01-01"}
    made = await actors.made("/relations", sides | days)
    again = await actors.post("/relations", turned | days)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "overlap")
    flipped = await actors.put(f"/relations/{made['id']}", turned | days, version=1)
    assert flipped.status_code == 200, "the same one, written from the other side"
    later = days | {"valid_from": "2025-01-01", "valid_to": None}
    await actors.made("/relations", sides | later)
    for kind in ("funds", "commissions"):
        for ends in (sides, turned):
            await actors.made("/relations", ends | days | {"kind": kind})
