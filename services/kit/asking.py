"""Asking: the query parameters of a reading that is no collection's, each declared once.

A route takes `InQuery[SomeAsking]`: the framework reads the fields of that class, and tells them in
the document. Whatever is not declared is refused before the route begins, so that nothing can be
read of a query but what the document says.
"""

from collections.abc import Iterable
from typing import Annotated, Any, TypeVar, get_origin

from fastapi import Query, Request
from fastapi.dependencies.utils import get_flat_params, request_params_to_args
from pydantic import BaseModel, ConfigDict, Field

from services.kit.errors import FieldError, Malformed

_OF_SIZE = frozenset({
    "greater_than_equal", "less_than_equal", "string_too_short", "string_too_long", "too_short",
    "too_long",
})  # fmt: skip


class Asking(BaseModel):
    """What a query string may say."""

    model_config = ConfigDict(frozen=True)


T = TypeVar("T", bound=Asking)
InQuery = Annotated[T, Query()]


class Part(Asking):
    """Which part of a list is asked for."""

    limit: int = Field(20, ge=1, le=200, description="How many")
    page: int = Field(1, ge=1, le=500, description="Which page, from 1")

    @property
    def offset(self) -> int:
        """How many come before it."""
        return (self.page - 1) * self.limit


class Window(Part):
    """Which part of a list is asked for, and whether all of it is counted."""

    count: bool = Field(False, description="Whether to count all")


def taken_by(route: Any) -> dict[str, bool] | None:
    """The query parameters that a route's function declares, and which of them may be repeated.

    None where the document tells of others (`list_doc`): what reads those refuses the rest itself.
    """
    if any(one["in"] == "query" for one in (route.openapi_extra or {}).get("parameters", ())):
        return None
    in_path = {field.alias for field in route.dependant.path_params}
    return {
        field.alias: get_origin(field.field_info.annotation) in {list, tuple}
        for field in get_flat_params(route.dependant)
        if field.alias not in in_path
    }


def demand_asked(request: Request) -> None:
    """Malformed, with all that is wrong, where something else is asked than the route declares.

    What cannot be answered is not left out.
    """
    said, route = request.query_params, request.scope["route"]
    if not said or (taken := route.taken) is None:
        return
    wrong = [
        FieldError(name, "unknown_parameter", "there is no such parameter here")
        if name not in taken
        else FieldError(name, "repeated", "this parameter is given once")
        for name in said
        if name not in taken or (len(said.getlist(name)) > 1 and not taken[name])
    ]
    if wrong:
        unread = request_params_to_args(route.dependant.query_params, said)[1]
        raise wrong_parameters(unread, wrong)


def wrong_parameters(errors: Iterable[Any], others: Iterable[FieldError] = ()) -> Malformed:
    """What the framework found in a query, and what we found, as one problem."""
    found = [FieldError(str(e["loc"][1]), _code(e["type"]), str(e["msg"])) for e in errors]
    return Malformed("one or more parameters are wrong", errors=[*others, *found])


def _code(kind: str) -> str:
    if kind in _OF_SIZE:
        return "out_of_range"
    return kind if kind == "missing" else "unreadable"
