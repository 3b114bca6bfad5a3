"""Saving: a form's draft is sent; what the service refuses comes back to the form's fields."""

from collections.abc import Awaitable
from typing import Any

from gateway.forms import Form
from services.kit.errors import Conflict, Rejected, Stale, TooLarge, Unavailable


async def saved(form: Form[Any], sending: Awaitable[Any]) -> Any:
    """What the service answered, or None where it refused and the form now says why."""
    try:
        return await sending
    except (Rejected, Conflict, Stale, TooLarge) as problem:
        form.blame(problem)
    except Unavailable as problem:
        if not problem.errors:
            raise
        form.blame(problem)  # something typed at the field does without what is away
    return None
