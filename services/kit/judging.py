"""Judging: what the rules say of a draft that cannot be read whole, told with what is unreadable.

Nobody should mend a field only to hear of the next. A room hands its `judge` to `resource`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Request
from pydantic import ValidationError, create_model

from services.kit.contract import Draft
from services.kit.errors import Conflict, FieldError, Problem, Rejected
from services.kit.http import Call, Work, uuid_or_missing

# Of a new thing (None) or the one with an id; every field of the part may be missing.
Judge = Callable[[Work, Any, UUID | None], Awaitable[None]]


@dataclass(frozen=True)
class Judging:
    """Whose rules are asked: hangs on the endpoint that takes the draft."""

    noun: str
    part: type[Draft]
    judge: Judge


def judging(noun: str, draft: type[Draft], judge: Judge) -> Judging:
    """A draft whose every field may be missing, and who judges it."""
    fields: dict[str, Any] = {
        name: (field.rebuild_annotation() | None, None)
        for name, field in draft.model_fields.items()
        if field.is_required()
    }
    return Judging(noun, create_model(f"{draft.__name__}Part", __base__=draft, **fields), judge)


async def also_refused(request: Request, body: Any, wrong: list[FieldError]) -> list[FieldError]:
    """What the rules refuse in the fields that could be read; nothing to who may not write."""
    asked: Judging | None = getattr(request.scope.get("endpoint"), "judging", None)
    if asked is None or not isinstance(body, dict):
        return []
    unread = {error.field.split(".")[0] for error in wrong}
    rest = {name: value for name, value in body.items() if name not in unread}
    call, path = Call.of(request), request.path_params
    try:
        call.demand(asked.noun, "write")
        part, of = (
            asked.part.model_validate(rest),
            uuid_or_missing(path["id"]) if "id" in path else None,
        )
        async with call.database.writing(call.caller) as db:
            await asked.judge(Work(db, call.caller, request.app.state.wire), part, of)
    except (Rejected, Conflict) as refused:
        return [error for error in refused.errors if error.field.split(".")[0] not in unread]
    except (Problem, ValidationError):
        return []
    return []
