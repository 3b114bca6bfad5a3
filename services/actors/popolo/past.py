"""Past: the states that relations had before their present ones, out of the ledger and into it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field, TypeAdapter
from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.relation import RelationState
from services.actors.relation.queries import states_of
from services.actors.tables import RelationRow
from services.kit.collection import When
from services.kit.contract import Day
from services.kit.store import Record, table_of

EARLIER = "earlier_states"
MOST = 1000


class Step(BaseModel):
    """A state that a relation was in; without a day from its beginning."""

    state: RelationState
    state_since: Day | None = None


Past = Mapping[UUID, Sequence[Step]]
STEPS = TypeAdapter(Annotated[list[Step], Field(max_length=MOST)])


async def earlier_states(db: AsyncConnection, when: When) -> dict[UUID, list[Record]]:
    """By relation what it was before its present state, in the order that it was written down."""
    relation = when.table(RelationRow)
    known = states_of(relation.c, when).element.lateral("known")
    asked = (
        select(relation.c.id, relation.c.valid_from, known.c.state, known.c.came_on)
        .add_columns(known.c.state_since)
        # A state without a day is that of every day: what was before it tells nothing.
        .where(known.c.following != known.c.state, relation.c.state_since.is_not(None))
        .order_by(known.c.seq)
    )
    found: dict[UUID, list[Record]] = defaultdict(list)
    for one in await db.execute(asked):
        first = not found[one.id] and one.state_since is None and one.came_on == one.valid_from
        day: date | None = None if first else one.came_on
        told = {} if day is None else {"state_since": day}
        found[one.id].append({"state": one.state} | told)
    return found


def begun(rows: Sequence[Record], past: Past) -> list[Record]:
    """Relations as they were first."""
    firsts = {key: steps[0].model_dump() for key, steps in past.items() if steps}
    return [row | firsts.get(row["id"], {}) for row in rows]


async def replay(db: AsyncConnection, rows: Sequence[Record], past: Past) -> None:
    """Write down each later state, so that the ledger has them in their order."""
    table, later = table_of(RelationRow), list[dict[str, Any]]()
    for row in rows:
        now = {"state": row["state"], "state_since": row["state_since"]}
        steps = [step.model_dump() for step in past.get(row["id"], ())][1:]
        told = [*steps, now] if past.get(row["id"]) else []
        later += [{"_id": row["id"], "version": n} | one for n, one in enumerate(told, 2)]
    if later:
        await db.execute(update(table).where(table.c.id == bindparam("_id")), later)
