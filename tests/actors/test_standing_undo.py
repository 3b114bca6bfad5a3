"""A standing taken back gives back what was said of the one before it."""

from tests.actors.test_departure import Fact
from tests.callers import Signed


async def test_undoing_gives_back_the_end_that_was_said_whatever_was_written_between(
    actors: Signed,
) -> None:
    async def placed(it: str, first: str, end: str | None, status: str = "active") -> Fact:
        said = {"actor_id": it, "level": "operative", "status": status, "valid_from": first}
        return await actors.made(f"/actors/{it}/place", said | {"valid_to": end})

    async def series(it: str) -> list[tuple[str, str | None]]:
        found = (await actors.get(f"/actors/{it}/standings?sort=valid_from")).json()["items"]
        return [(one["valid_from"], one["valid_to"]) for one in found]

    body = {"name": "Exempelföretag", "kind": "company"}
    for between in (False, True):
        it = (await actors.made("/actors", body))["id"]
        await placed(it, "2025-01-01", "2025-02-01", "invited")
        if between:
            await actors.made("/actors", body)
        last = await placed(it, "2025-02-01", None)
        await actors.made(f"/standings/{last['id']}/undo", {})
        assert await series(it) == [("2025-01-01", "2025-02-01")]
    it = (await actors.made("/actors", body))["id"]
    await placed(it, "2024-01-01", None)
    await placed(it, "2025-01-01", "2025-02-01", "invited")
    rest = (await actors.get(f"/actors/{it}/standings?sort=-valid_from")).json()["items"][0]
    await actors.made(f"/standings/{rest['id']}/undo", {})
    assert await series(it) == [("2024-01-01", "2025-01-01"), ("2025-01-01", "2025-02-01")]
    it = (await actors.made("/actors", body))["id"]
    await placed(it, "2024-01-01", "2026-06-01")
    last = await placed(it, "2025-01-01", "2026-06-01")
    draft = {name: last[name] for name in ("actor_id", "level", "status", "valid_to")}
    moved = await actors.put(
        f"/standings/{last['id']}", draft | {"valid_from": "2025-03-01"}, version=last["version"]
    )
    assert moved.status_code == 200, moved.text
    await actors.made(f"/standings/{last['id']}/undo", {})
    assert await series(it) == [("2024-01-01", "2026-06-01")]
    it = (await actors.made("/actors", body))["id"]
    await placed(it, "2024-01-01", None)
    later = await placed(it, "2026-01-01", None)
    put_in = await placed(it, "2025-01-01", None)
    for gone in (later, put_in):
        await actors.made(f"/standings/{gone['id']}/undo", {})
    assert await series(it) == [("2024-01-01", None)], "the end of what is gone was never said"
