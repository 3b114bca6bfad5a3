"""What a client has already is not sent again, of any kind of thing."""

import re
from collections.abc import Callable

from tests.journeys.running import House
from tests.journeys.telling import get

KEPT = re.compile(r"(/[a-z-]+)/{id}")
# Of these the story has none, or the key asks for its own alone.
FEWEST = 40


async def test_each_thing_has_a_tag_by_which_it_is_unchanged(
    houses: Callable[[str], House],
) -> None:
    demo = houses("demo")
    async with demo.api(demo.key()) as api:
        paths = (await get(api, "/openapi.json"))["paths"]
        kept = {found[1] for path in paths if (found := KEPT.fullmatch(path))}
        lists = sorted(one for one in kept if {"get"} <= paths[f"{one}/{{id}}"].keys())
        asked = 0
        for path in lists:
            described = paths[f"{path}/{{id}}"]["get"]
            assert "304" in described["responses"], path
            if "get" not in paths.get(path, ()):
                continue
            for one in (await get(api, f"{path}?limit=1"))["items"]:
                url, asked = f"/api/v1{path}/{one['id']}", asked + 1
                tag = (await api.get(url)).headers["etag"]
                assert tag.startswith(f'"v{one["version"]}'), path
                again = await api.get(url, headers={"If-None-Match": tag})
                assert (again.status_code, again.content) == (304, b""), path
                assert again.headers["etag"] == tag, path
    assert asked >= FEWEST
