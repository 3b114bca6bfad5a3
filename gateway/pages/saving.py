"""Saving: a form's draft is sent; what the service refuses comes back to the form's fields."""

from asyncio import iscoroutine
from collections.abc import Awaitable
from typing import Any

from gateway.forms import Form
from gateway.seeking import seeks
from services.kit.errors import Conflict, Rejected, Stale, TooLarge, Unavailable


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
    except Unavailable as problem:
        if not problem.errors:
            raise
        form.blame(problem)  # something typed at the field does without what is away
    return None
