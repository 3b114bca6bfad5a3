"""Asking: the few parameters of lists that are not collections, and what is new applied first."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import Response
from pydantic import TypeAdapter, ValidationError

from services.analysis.following.actions import Freshness
from services.kit.errors import FieldError, Malformed
from services.kit.http import Call, answer

LIMIT, MOST, PAGES = 20, 200, 500


@dataclass(frozen=True)
class Window:
    """Which part of a list is asked for."""

    limit: int = LIMIT
    page: int = 1
    count: bool = False

    @property
    def offset(self) -> int:
        """How many come before it."""
        return (self.page - 1) * self.limit


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


class Reader:
    """Reads a query string; says all that is wrong with it at once."""

    def __init__(self, call: Call, known: Iterable[str]) -> None:
        self.said = call.request.query_params
        self.errors = [
            FieldError(name, "unknown_parameter", "there is no such parameter here")
            for name in set(self.said) - set(known)
        ]

    def many(self, name: str, kind: Any) -> tuple[Any, ...]:
        """Every value of a parameter."""
        adapter = _adapter(kind)
        try:
            return tuple(adapter.validate_strings(text) for text in self.said.getlist(name))
        except ValidationError:
            self.errors.append(FieldError(name, "unreadable", "the value cannot be read"))
            return ()

    def one(self, name: str, kind: Any, otherwise: Any = None) -> Any:
        """The value of a parameter that is given at most once."""
        found = self.many(name, kind)
        if len(found) > 1:
            self.errors.append(FieldError(name, "repeated", "this parameter is given once"))
        return found[0] if found else otherwise

    def window(self) -> Window:
        """limit, page and count."""
        limit, page = self.one("limit", int, LIMIT), self.one("page", int, 1)
        for name, value, most in (("limit", limit, MOST), ("page", page, PAGES)):
            if not 1 <= value <= most:
                self.errors.append(FieldError(name, "out_of_range", f"between 1 and {most}"))
        return Window(limit, page, self.one("count", bool, False))

    def done(self) -> None:
        """Malformed where anything was wrong."""
        if self.errors:
            raise Malformed("one or more parameters are wrong", errors=self.errors)


async def brought_up_to_date(call: Call) -> Freshness:
    """Apply what the others changed since we last asked."""
    freshness: Freshness = await call.request.app.state.follower.up_to_date()
    return freshness


def listed(
    items: list[Any],
    fresh: Freshness,
    *,
    following: str | None = None,
    count: int | None = None,
    left_out: int = 0,
) -> Response:
    """A list's answer; where a service was silent it says so, and since when.

    Where not all could be looked at, it says how many things were `left_out`.
    """
    body: dict[str, Any] = {"items": items, "next": following}
    if count is not None:
        body["count"] = count
    if left_out:
        body["left_out"] = left_out
    if fresh.stale:
        body |= {"stale": True, "silent": list(fresh.silent), "heard_at": dict(fresh.heard_at)}
    return answer(body)


def next_address(call: Call, window: Window, *, more: bool) -> str | None:
    """The address of the next page."""
    if not more:
        return None
    url = call.request.url.include_query_params(page=window.page + 1)
    prefix = call.request.headers.get("x-path-prefix", "")
    return f"{prefix}{url.path}?{url.query}"
