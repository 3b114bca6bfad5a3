"""Keeping: things are made, changed and removed, and a municipality's key writes only its own."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, any_, bindparam, literal, select

from services.kit.collection import Collection
from services.kit.contract import Draft
from services.kit.errors import NotFound, Rejected
from services.kit.http import Work
from services.kit.references import Hidden
from services.kit.store import Record, get_row, insert_row, remove_row, replace_row


async def own(work: Work, things: Collection, id: UUID) -> None:
    """NotFound unless the thing is one that the caller's municipality may write."""
    if work.caller.bound_to is None:
        return
    source = things.table
    owner = things.owner(source.c) if things.owner else None
    found = None
    if owner is not None:
        found = await work.db.scalar(select(owner).select_from(source).where(source.c.id == id))
    if found != work.caller.bound_to:
        raise NotFound(f"there is no {things.noun} {id} of yours")


async def create_thing(work: Work, things: Collection, draft: Draft, **more: Any) -> Record:
    """Make a thing; a municipality's key makes only its own."""
    record = await insert_row(work.db, things.row, draft, **(owned(work, things, draft) | more))
    if work.caller.bound_to is not None:
        await _made_own(work, things, record["id"])
    return record


async def replace_thing(
    work: Work, things: Collection, id: UUID, draft: Draft, *, version: int | None, **more: Any
) -> Record:
    """Give a thing all new values. NotFound, Stale."""
    await own(work, things, id)
    values = owned(work, things, draft) | more
    record = await replace_row(work.db, things.row, id, draft, version=version, **values)
    if work.caller.bound_to is not None:
        await _made_own(work, things, id)
    return record


async def remove_thing(work: Work, things: Collection, id: UUID, *, version: int | None) -> None:
    """Delete a thing that nothing refers to. NotFound, Stale, Conflict."""
    await own(work, things, id)
    await get_row(work.db, things.row, id, lock=True)
    await remove_row(work.db, things.row, id, version=version)


def owned(work: Work, things: Collection, draft: Draft) -> Record:
    """Whose a municipality's new or changed thing is. Rejected where it is another's."""
    code, name = work.caller.bound_to, things.owner_field
    if code is None or name is None:
        return {}
    if getattr(draft, name, None) not in (None, code):
        raise Rejected("only your own municipality", field=name, reason="other_municipality")
    return {name: code}


async def hidden_from(work: Work, things: Collection, drafts: Iterable[Draft]) -> Hidden:
    """What the field that decides whose a thing is names, where the thing would be another's.

    A municipality's key is told of it what it is told of what is not there.
    """
    code, field = work.caller.bound_to, things.decides_owner
    if code is None or things.owner is None:
        return {}
    foreign = next(iter(things.table.c[field].foreign_keys), None)
    named = {one for draft in drafts if (one := getattr(draft, field, None)) is not None}
    if foreign is None or not named:
        return {}
    above = foreign.column.table.alias("above").c[foreign.column.name]
    hung = SimpleNamespace(**{things.owner_field or "": literal(code), field: above})
    wanted = bindparam("named", list(named), type_=ARRAY(above.type))
    own = select(above).where(above == any_(wanted), things.owner(hung) == code)
    return {field: named.difference((await work.db.execute(own)).scalars())}


async def _made_own(work: Work, things: Collection, id: UUID) -> None:
    """A new or changed thing must still be the municipality's own, or nothing has happened."""
    try:
        await own(work, things, id)
    except NotFound:
        told, field = "not a thing of yours", things.decides_owner
        raise Rejected(told, field=field, reason="unknown_reference") from None
