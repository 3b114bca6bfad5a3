"""Saving: a form's draft is sent; what the service refuses comes back to the form's fields."""

from asyncio import iscoroutine
from collections.abc import Awaitable
from typing import Any

from gateway.forms import Form
from gateway.seeking import seeks
from gateway.swedish.problems import sentence
from services.kit.errors import (
    Conflict,
    NotFound,
    Problem,
    Rejected,
    Stale,
    TooLarge,
    Unavailable,
)


async def saved(form: Form[Any], sending: Awaitable[Any]) -> Any:
    """What the service answered, or None where it refused and the form now says why.

    Nothing is sent of a form whose choices are to be narrowed first.
    """
    if seeks(form):
        if iscoroutine(sending):
            sending.close()
        form.wrong.clear()
        return None
    try:
        return await sending
    except (Rejected, Conflict, Stale, TooLarge) as problem:
        form.blame(problem)
        _follow(form, problem)
    except Unavailable as problem:
        if not problem.errors:
            raise
        form.blame(problem)  # something typed at the field does without what is away
    return None


def _follow(form: Form[Any], problem: Problem) -> None:
    """Where the page says whose it is, nothing is chosen: the form is now of the living one."""
    for error in problem.errors:
        whose = error.code == "merged" and error.field in {"actor_id", "id"}
        if whose and not form.had & {error.field, "into_id"}:
            form.wrong[error.field] = sentence("merged_here", error.field)


async def taken_away(removing: Awaitable[Any], what: str, *, held: str = "") -> tuple[bool, str]:
    """Whether a thing is away now, and what is said of it.

    `what`: its name in the definite form (Kontakten, Mandatet). `held`: what is said where
    something else keeps it.
    """
    gone, it = ("borttaget", "det") if what.endswith("t") else ("borttagen", "den")
    try:
        await removing
    except Stale:
        return False, f"{what} har ändrats under tiden. Läs igenom {it} och försök igen."
    except NotFound:
        return True, f"{what} var redan {gone}."
    except Conflict:
        if not held:
            raise
        return False, held
    return True, f"{what} är {gone}."
