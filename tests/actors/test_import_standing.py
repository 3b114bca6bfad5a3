"""Imports of actors with the level and status that they have."""

from typing import Any

from services.kit import clock
from tests.actors.test_import import actors_of, told
from tests.callers import Signed


async def test_level_and_status_come_with_actors_and_go_with_them(actors: Signed) -> None:
    rows: list[dict[str, Any]] = [
        {"level": "strategic", "status": "active", "standing_from": "2026-01-01"},
        {"level": "operative"}, {}, {"status": "active"}, {"level": "bridging", "status": "closed"},
    ]  # fmt: skip
    rows = [{"name": f"Aktör {n}", "kind": "company"} | row for n, row in enumerate(rows)]
    found = await told(actors, actors_of(rows=rows))
    assert [(one["field"], one["code"]) for one in found["errors"]] == [
        ("rows.3.level", "missing"),
        ("rows.4.status", "leave_by_withdrawal"),
    ]
    made = await actors.made("/imports", actors_of(rows=rows[:3]))
    assert made["made_count"] == 5
    items = (await actors.get("/standings?sort=valid_from")).json()["items"]
    today = clock.today().isoformat()
    assert [(one["level"], one["status"], one["valid_from"]) for one in items] == [
        ("strategic", "active", "2026-01-01"),
        ("operative", "mapped", today),
    ]
    assert (await actors.made(f"/imports/{made['id']}/undo", {}))["undone_at"]
    assert not (await actors.get("/standings")).json()["items"]
    assert not (await actors.get("/actors")).json()["items"]
    again = await actors.made("/imports", actors_of(rows=rows[:1]))
    actor = (await actors.get("/actors")).json()["items"][0]
    moved = {"actor_id": actor["id"], "level": "bridging", "status": "active"}
    await actors.made(f"/actors/{actor['id']}/place", moved | {"valid_from": today})
    held = await actors.post(f"/imports/{again['id']}/undo")
    assert held.status_code == 409, "somebody has said more since"
