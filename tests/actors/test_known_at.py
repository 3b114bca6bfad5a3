"""Every list and thing of the service answers what was known at a moment."""

import pytest

from services.actors.app import COLLECTIONS
from services.kit import clock
from services.kit.collection import Collection
from tests.actors.test_timeline import story
from tests.callers import Signed


@pytest.mark.parametrize("things", COLLECTIONS, ids=lambda things: things.noun)
async def test_lists_and_things_are_read_as_they_were_known(
    actors: Signed, things: Collection
) -> None:
    before = clock.now().isoformat()
    await story(actors)
    now = {"known_at": clock.now().isoformat()}
    day = {"as_of": "2020-06-01"} if things.periodic else {}
    listed = await actors.get(things.path, params=now | day)
    assert listed.status_code == 200, listed.text
    early = await actors.get(things.path, params={"known_at": before, "count": "true"} | day)
    assert (early.json()["items"], early.json()["count"]) == ([], 0)
    for one in (await actors.get(things.path)).json()["items"]:
        address = f"{things.path}/{one['id']}"
        assert (await actors.get(address, params=now)).json() == one
        assert (await actors.get(address, params=now | day)).status_code == 200
        assert (await actors.get(address, params={"known_at": before})).status_code == 404
