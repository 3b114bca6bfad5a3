"""The verdicts of many needs ask no more of the database than that of one, and say the same."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import event, select

from bench.allocation import world
from services.analysis.contract.verdict import Horizon
from services.analysis.tables.following import PROJECTED
from services.analysis.verdict.judging import verdicts_of, world_of
from services.kit.identity import Caller
from tests.analysis.conftest import Three
from tests.analysis.judging import verdict
from tests.analysis.test_thread import need_in
from tests.analysis.test_thread import world as council_in

TODAY = date(2026, 7, 1)
MANY, PAGE = 500, 200


async def copied(three: Three, need: dict[str, Any], many: int) -> None:
    """As many needs as that one more, as if they had been followed."""
    thing, database = PROJECTED, three.analysis.app.state.database
    async with database.writing(Caller("service", "svc:test", request_id="test")) as db:
        found = await db.execute(select(thing).where(thing.c.key == UUID(need["id"])))
        row = dict(found.mappings().one())
        keys = [uuid4() for _ in range(many)]
        rows = [row | {"key": key, "data": row["data"] | {"id": f"{key}"}} for key in keys]
        await db.execute(thing.insert(), rows)


async def asked(three: Three, limit: int) -> tuple[int, int]:
    """How many needs are judged, and how many statements that takes."""
    engine = three.analysis.app.state.database.engine.sync_engine
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    answer = await three.analysis.get(f"/verdicts?limit={limit}")
    event.remove(engine, "before_cursor_execute", note)
    assert answer.status_code == 200, answer.text
    return len({one["need_id"] for one in answer.json()["items"]}), len(statements)


async def test_many_verdicts_take_as_many_queries_as_one(three: Three) -> None:
    at = await council_in(three)
    facts = {"occupation_code": "7522", "headcount_per_year": 3, "municipality_codes": ["1472"]}
    need = await need_in(three, at, **facts)
    await asked(three, 1)  # what is remembered from then on
    one = await asked(three, 1)
    await copied(three, need, MANY - 1)
    assert await asked(three, 1) == one
    assert await asked(three, PAGE) == (PAGE, one[1])


def test_a_need_is_told_the_same_among_many_as_alone() -> None:
    whole = world(60, 40, 6)
    needs = [{**one, "source": None} for one in whole.needs]
    known = world_of(whole.programmes, whole.intakes, needs)
    together = list(verdicts_of(needs, known, tuple(Horizon), TODAY))
    for need, both in zip(needs[::7], together[::7], strict=True):
        rivals = [one for one in needs if one["occupation_code"] == need["occupation_code"]]
        for horizon, found in zip(Horizon, both, strict=True):
            alone = verdict(need, whole.programmes, whole.intakes, horizon, TODAY, others=rivals)
            assert alone == found
    assert any(one["shared_needs"] for both in together for one in both)
