"""Judging: all that forbids what somebody wants to store, told at once.

Nobody should mend a field only to hear of the next. `resource` asks the kit's rules and the room's
`judge` before it stores, and also where the draft can be read in part only.
"""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from fastapi import Request
from pydantic import BaseModel, ValidationError

from services.kit.collection import Collection, get_thing
from services.kit.contract import Draft, Sent, listed_in, part_of, ruled_in
from services.kit.elsewhere import demand_elsewhere
from services.kit.errors import Conflict, FieldError, Problem, Refusals, Rejected, Unavailable
from services.kit.http import Call, Work, uuid_or_missing
from services.kit.keeping import hidden_from, own, owned
from services.kit.references import demand_right, misreferred

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
    Of what a field names in vain the room's rules hear nothing: they would tell of another's thing.
    """
    if id is not None:
        await own(work, things, id)
    refused, silence = Refusals(), None
    try:
        with refused:
            await demand_elsewhere(work, things.table, draft, id)
    except Unavailable as silent:
        silence = silent
    hidden = await hidden_from(work, things, [draft])
    wrong = await misreferred(work.db, things.table, draft, id, hidden)
    if judge:
        vain = [error.field for error in wrong if error.code == "unknown_reference"]
        with refused:
            await judge(work, draft.model_copy(update=dict.fromkeys(vain)), id)
    with refused:
        owned(work, things, draft)
    with refused:
        demand_right(wrong)
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
    of_others: bool = False


def judged(
    noun: str, action: str, draft: type[Sent], judge: Judge, *, of_others: bool = False
) -> Callable[[E], E]:
    """Marks an endpoint whose rules are asked also where its draft can be read in part only.

    `of_others` says that a municipality's key may do it with what is another's.
    """

    def marked(endpoint: E) -> E:
        endpoint.__dict__["judging"] = Judging(noun, action, draft, judge, of_others)
        return endpoint

    return marked


async def demand_writable(request: Request) -> None:
    """Forbidden, or NotFound, where a write was refused of what the caller may not write anyway.

    Asked only once something else is wrong: what is there must not show in which problem is told,
    and a right request pays nothing for it.
    """
    route, state = request.scope.get("route"), request.app.state
    path = getattr(route, "path", "")
    noun, _, action = (
        (getattr(route, "openapi_extra", None) or {}).get("x-right", "").rpartition(".")
    )
    if request.method == "GET" or not action:
        return
    call = Call.of(request)
    call.demand(noun, action)
    things: Collection | None = state.kept_at.get(path.partition("/{id}")[0])
    if things is None or "id" not in request.path_params:
        return
    wanted = uuid_or_missing(request.path_params["id"])
    asked: Judging | None = getattr(request.scope.get("endpoint"), "judging", None)
    async with call.reading() as db:
        await get_thing(db, things, wanted, call.caller)
        if not (asked and asked.of_others):
            await own(Work(db, call.caller), things, wanted)


async def also_refused(request: Request, body: Any, wrong: list[FieldError]) -> list[FieldError]:
    """What the rules refuse in the fields that could be read; nothing to who may not write."""
    asked: Judging | None = getattr(request.scope.get("endpoint"), "judging", None)
    if asked is None or not isinstance(body, dict):
        return []
    call, path = Call.of(request), request.path_params
    try:
        call.demand(asked.noun, asked.action)
        part, unread = _readable(asked.draft, body, wrong)
        of = uuid_or_missing(path["id"]) if "id" in path else None
        async with call.database.writing(call.caller) as db:
            await asked.judge(Work(db, call.caller, request.app.state.wire), part, of)
    except (Rejected, Conflict) as refused:
        return [error for error in refused.errors if not _within(error.field, unread)]
    except (Problem, ValidationError):
        return []
    return []


def _readable(draft: type[Sent], body: Any, wrong: list[FieldError]) -> tuple[Sent, set[str]]:
    """The draft as far as it can be read, and what of it cannot.

    A list that a rule blames as a whole can be: each of it is judged all the same.
    """
    unread = {_unread_part(draft, error.field) for error in wrong}
    blamed = {name for name in unread if isinstance(body.get(name), list)}
    for without in (unread - blamed, unread, {name.partition(".")[0] for name in unread}):
        with suppress(ValidationError):
            return part_of(draft).model_validate(_without(body, without)), without
    return part_of(draft).model_validate({}), {*draft.model_fields}


def _unread_part(draft: type[BaseModel], field: str) -> str:
    """What of a draft cannot be used: the wrong field itself, or that of one within it."""
    name, _, inner = field.partition(".")
    known = draft.model_fields.get(name)
    if not known or not inner:
        return name
    place, _, within = inner.partition(".")
    if place.isdecimal():
        one = listed_in(known)
        return (
            f"{name}.{place}.{_unread_part(one, within)}" if one and within else f"{name}.{place}"
        )
    kind = ruled_in(known)
    return f"{name}.{_unread_part(kind, inner)}" if kind else name


def _without(body: dict[str, Any], unread: Iterable[str]) -> dict[str, Any]:
    """The rest of a body, also of what is in it."""
    rest = {name: value for name, value in body.items() if name not in unread}
    for name, value in rest.items():
        inner = {one.removeprefix(f"{name}.") for one in unread if one.startswith(f"{name}.")}
        if inner and isinstance(value, dict):
            rest[name] = _without(value, inner)
        elif inner and isinstance(value, list):
            rest[name] = _others(value, inner)
    return rest


def _others(listed: list[Any], unread: Iterable[str]) -> list[Any]:
    """The rest of a list. Among objects each keeps its place, for what is refused names it."""
    rest = _without({str(place): one for place, one in enumerate(listed)}, unread)
    if any(isinstance(one, dict) for one in listed):
        return [rest.get(str(place), {}) for place in range(len(listed))]
    return [*rest.values()]


def _within(field: str, unread: Iterable[str]) -> bool:
    return any(f"{field}.".startswith(f"{one}.") for one in unread)
