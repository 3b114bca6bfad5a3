"""Questions about people."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from services.actors.contract.person import Person, PersonDraft
from services.actors.rights import TALKERS
from services.actors.tables import HoldingRow, PersonRow
from services.kit.collection import Collection, When
from services.kit.identity import Caller
from services.kit.store import table_of


def _posts_held(columns: Any, when: When) -> list[ColumnElement[Any]]:
    held = when.among(HoldingRow)
    now = (held.c.person_id == columns.id) & held.c.valid.op("@>")(when.day)
    return [select(func.count()).where(now).scalar_subquery().label("post_count")]


def _seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """Who only reads knows those who hold or have held a post; the others are nobody's to list."""
    if caller.kind != "user" or TALKERS(caller):
        return None
    held = table_of(HoldingRow)
    return select(held.c.id).where(held.c.person_id == columns.id).exists()


PEOPLE = Collection(
    row=PersonRow,
    draft=PersonDraft,
    answer=Person,
    path="/people",
    sorts=("name", "created_at", "updated_at"),
    search=("name",),
    derive=_posts_held,
    dated=True,
    visible=_seen,
    personal=("email", "phone", "note"),
)
