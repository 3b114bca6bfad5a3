"""Questions about people."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from services.actors.contract.person import Person, PersonDraft
from services.actors.tables import HoldingRow, PersonRow
from services.kit.collection import Collection, When


def _posts_held(columns: Any, when: When) -> list[ColumnElement[Any]]:
    held = when.table(HoldingRow)
    now = (held.c.person_id == columns.id) & held.c.valid.op("@>")(when.day)
    return [select(func.count()).where(now).scalar_subquery().label("post_count")]


PEOPLE = Collection(
    row=PersonRow,
    draft=PersonDraft,
    answer=Person,
    path="/people",
    sorts=("name", "created_at", "updated_at"),
    search=("name",),
    derive=_posts_held,
    dated=True,
    personal=("email", "phone", "note"),
)
