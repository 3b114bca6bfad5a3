"""Ticking off: what is done today, or open again. The button says which, and what it has seen."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from fastapi import Request
from pydantic import BaseModel

from gateway.addresses import query_of
from gateway.clients.service import Found, Things
from services.kit import clock
from services.kit.errors import Stale

AGAIN = "Se efter vad som gäller nu, och försök igen."
DIGITS = 9


class Words(NamedTuple):
    """What is said of a thing that is done, and of one that is open again."""

    done: str
    opened: str
    what: str  # its name in the definite form


async def ticked(
    request: Request, things: Things, draft: type[BaseModel], id: str, words: Words
) -> tuple[Found, dict[str, Any]]:
    """The thing, and the notice of what was done with what undoes it.

    A second press finds it so already, and one that has not seen the last change does nothing.
    """
    one, asked = await things.one(id), request.query_params
    done = asked.get("done") != "false"
    said = words.done if done else words.opened
    if done == bool(one["done_on"]):
        return one, {"notice": said}
    day = (asked.get("day") or clock.today().isoformat()) if done else None
    known = {name: one[name] for name in draft.model_fields} | {"done_on": day}
    try:
        now = await things.replace(id, known, version=seen(asked))
    except Stale:
        return one, {"notice": f"{words.what} har ändrats under tiden. {AGAIN}"}
    undone = {"done": str(not done).lower(), "day": one["done_on"], "version": now["version"]}
    return one, {"notice": said, "undo": f"{request.url.path}{query_of(undone)}"}


def seen(asked: Mapping[str, str]) -> int:
    """The version that was shown; what is none was never the last."""
    text = asked.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0
