"""Asking: what is new is applied first; answers say where something may be missing."""

from typing import Any

from fastapi import Response

from services.analysis.following.actions import Freshness
from services.kit.asking import Part
from services.kit.http import STALE, Call, answer


async def brought_up_to_date(call: Call) -> Freshness:
    """Apply what the others changed since we last asked; the answer says if that is not all."""
    fresh: Freshness = await call.request.app.state.follower.up_to_date()
    if fresh.stale:
        call.also[STALE] = "silent" if fresh.silent else "behind"
    return fresh


def listed(
    items: list[Any],
    fresh: Freshness,
    *,
    following: str | None = None,
    count: int | None = None,
    left_out: int = 0,
    **more: Any,
) -> Response:
    """A list's answer; where a service was silent, or ahead of us, it says so, and since when.

    Where not all could be looked at, it says how many things were `left_out`.
    """
    body: dict[str, Any] = {"items": items, "next": following, **more}
    if count is not None:
        body["count"] = count
    if left_out:
        body["left_out"] = left_out
    if fresh.stale:
        missing = {"silent": list(fresh.silent), "behind": list(fresh.behind)}
        body |= {"stale": True, **missing, "heard_at": dict(fresh.heard_at)}
    return answer(body)


def next_address(call: Call, part: Part, *, more: bool) -> str | None:
    """The address of the next page."""
    if not more:
        return None
    url = call.request.url.include_query_params(page=part.page + 1)
    prefix = call.request.headers.get("x-path-prefix", "")
    return f"{prefix}{url.path}?{url.query}"
