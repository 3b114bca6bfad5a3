"""A house with 2,600 meetings asks no more of its databases, nor shows more, than a small one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from services.kit import clock
from tests.councils.archives import archive, named
from tests.gateway.whole import Whole

FEW, MANY, COUNCILS = 60, 2600, 2
CALENDAR = 400
# What is asked of these tables; analysis follows, and letters are looked for, every now and then.
THEIRS = re.compile(r"\b(FROM|JOIN|INTO) (council|seat|meeting|agenda_item|decision|action_item)\b")


@contextmanager
def counted(app: Any) -> Iterator[list[str]]:
    """Every statement about councils and their work that is asked meanwhile."""
    engines = [one.state.database.engine.sync_engine for one in app.state.embedded.values()]
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if THEIRS.search(statement):
            asked.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield asked
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


async def _taken(whole: Whole, meetings: int, actor_id: str) -> None:
    actors = [{"id": named("Organization", f"p{n}"), "actor_id": actor_id} for n in (1, 2, 3)]
    said = {"objects": archive(meetings, COUNCILS, clock.today()), "actors": actors}
    answer = await whole.councils.post("/import/oparl", said | {"leader_actor_id": actor_id})
    assert answer.status_code == 200, answer.text


async def _measured(whole: Whole, browser: Any, actor_id: str) -> dict[str, tuple[int, int, int]]:
    """Of each page its statements, rows and letters; asked once before, for what is remembered."""
    first = (await whole.councils.get("/councils?sort=name")).json()["items"][0]["id"]
    asked = {"council_id": first, "status": "held", "sort": "starts_at", "limit": 1}
    met = (await whole.councils.get("/meetings", params=asked)).json()["items"][0]["id"]
    decided = {"council_id": first, "sort": "created_at", "limit": 1}
    made = (await whole.councils.get("/decisions", params=decided)).json()["items"][0]["id"]
    pages = {
        "start": "/", "meetings": "/moten", "decisions": "/beslut", "councils": "/branschrad",
        "council": f"/branschrad/{first}", "meeting": f"/moten/{met}",
        "decision": f"/beslut/{made}", "subscribe": f"/branschrad/{first}/prenumerera",
        "search": "/sok?q=exempelbeslut", "thread": "/roda-traden", "load": "/belastning",
        "actor": f"/aktorer/{actor_id}", "together": f"/aktorer/{actor_id}/tillsammans",
        "taken over": "/overtaganden", "plans": "/motesupplagg", "continuity": "/kontinuitet",
        "gallery": "/_galleri",
    }  # fmt: skip
    found = {}
    for name, url in pages.items():
        assert (await browser.get(url)).status == 200, url
        with counted(whole.app) as asked_of:
            page = await browser.get(url)
        found[name] = len(asked_of), page.answer.text.count("<tr"), len(page.answer.text)
    return found


async def test_no_page_grows_with_the_meetings(whole: Whole) -> None:
    actor = await whole.actor()
    browser = await whole.browser("process_leader")
    await _taken(whole, FEW, actor["id"])
    before = await _measured(whole, browser, actor["id"])
    await _taken(whole, MANY, actor["id"])
    after = await _measured(whole, browser, actor["id"])
    for name, (asked, rows, letters) in after.items():
        few = before[name]
        assert asked <= few[0], (name, few, after[name])
        assert rows <= few[1] + 1, (name, few, after[name])  # the row that leads to the rest
        assert letters <= few[2] * 1.1 + 2000, (name, few, after[name])

    await _programs(whole, actor["id"])


async def _programs(whole: Whole, actor_id: str) -> None:
    """What programs ask for is a part, and an import asks of all its rows at once."""
    councils = whole.councils
    one = (await councils.get("/councils")).json()["items"][0]["id"]
    calendar = (await councils.get(f"/councils/{one}/ical")).text
    assert calendar.count("BEGIN:VEVENT") == CALENDAR
    counts = {}
    for kind in ("organizations", "memberships", "meetings", "agenda-items", "papers"):
        for limit in (1, 200):
            with counted(whole.app) as asked:
                page = (await councils.get(f"/export/oparl/{kind}?limit={limit}")).json()
            counts[kind, limit] = len(asked)
            assert len(page["data"]) <= limit
        assert counts[kind, 200] <= counts[kind, 1], kind
    with counted(whole.app) as asked:
        await _taken(whole, FEW, actor_id)
    with counted(whole.app) as again:
        await _taken(whole, MANY, actor_id)
    assert len(again) == len(asked)
