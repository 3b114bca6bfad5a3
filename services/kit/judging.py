"""Judging: all that forbids what somebody wants to store, told at once.

Nobody should mend a field only to hear of the next. `resource` asks the kit's rules and the room's
`judge` before it stores, and also where the draft can be read in part only.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from fastapi import Request
from pydantic import ValidationError

from services.kit.collection import Collection
from services.kit.contract import Draft, Ruled, Sent, part_of, ruled_in
from services.kit.elsewhere import demand_elsewhere
from services.kit.errors import Conflict, FieldError, Problem, Refusals, Rejected, Unavailable
from services.kit.http import Call, Work, uuid_or_missing
from services.kit.keeping import own, owned
from services.kit.references import demand_referred

# Of a new thing (None) or the one with an id; every field of the part may be missing. What it
# answers is for the action that asks it first.
Judge = Callable[[Work, Any, Any], Awaitable[Any]]
E = TypeVar("E", bound=Callable[..., Any])


async def weigh(
    work: Work, things: Collection, draft: Draft, id: UUID | None = None, *, judge: Judge | None
) -> None:
    """What the room's rules refuse, another municipality's things, and unknown references.

    Also those to things of other services, which are asked first: no row waits locked for them.
    Where they are silent, what the rules refuse without them is told all the same.
    """
    if id is not None:
        await own(work, things, id)
    refused, silence = Refusals(), None
    try:
        with refused:
            await demand_elsewhere(work, things.table, draft, id)
    except Unavailable as silent:
        silence = silent
    if judge:
        with refused:
            await judge(work, draft, id)
    with refused:
        owned(work, things, draft)
    with refused:
        await demand_referred(work.db, things.table, draft, id)
    refused.demand_none(type(draft).model_fields)
    if silence:
        raise silence


@dataclass(frozen=True)
class Judging:
    """Whose rules are asked: hangs on the endpoint that takes the draft."""

    noun: str
    action: str
    draft: type[Sent]
    judge: Judge


def judged(noun: str, action: str, draft: type[Sent], judge: Judge) -> Callable[[E], E]:
    """Marks an endpoint whose rules are asked also where its draft can be read in part only."""

    def marked(endpoint: E) -> E:
        endpoint.__dict__["judging"] = Judging(noun, action, draft, judge)
        return endpoint

    return marked


async def also_refused(request: Request, body: Any, wrong: list[FieldError]) -> list[FieldError]:
    """What the rules refuse in the fields that could be read; nothing to who may not write."""
    asked: Judging | None = getattr(request.scope.get("endpoint"), "judging", None)
    if asked is None or not isinstance(body, dict):
        return []
    unread = {_unread_part(asked.draft, error.field) for error in wrong}
    rest = _without(body, unread)
    call, path = Call.of(request), request.path_params
    try:
        call.demand(asked.noun, asked.action)
        part = part_of(asked.draft).model_validate(rest)
        of = uuid_or_missing(path["id"]) if "id" in path else None
        async with call.database.writing(call.caller) as db:
            await asked.judge(Work(db, call.caller, request.app.state.wire), part, of)
    except (Rejected, Conflict) as refused:
        return [error for error in refused.errors if not _within(error.field, unread)]
    except (Problem, ValidationError):
        return []
    return []


def _unread_part(draft: type[Ruled], field: str) -> str:
    """What of a draft cannot be used: the wrong field itself, or the whole list it stands in."""
    name, _, inner = field.partition(".")
    known = draft.model_fields.get(name)
    kind = ruled_in(known) if known else None
    return f"{name}.{_unread_part(kind, inner)}" if inner and kind else name


def _without(body: dict[str, Any], unread: Iterable[str]) -> dict[str, Any]:
    """The rest of a body, also of the objects in it."""
    rest = {name: value for name, value in body.items() if name not in unread}
    for name, value in rest.items():
        inner = {one.removeprefix(f"{name}.") for one in unread if one.startswith(f"{name}.")}
        if inner and isinstance(value, dict):
            rest[name] = _without(value, inner)
    return rest


def _within(field: str, unread: Iterable[str]) -> bool:
    return any(f"{field}.".startswith(f"{one}.") for one in unread)
