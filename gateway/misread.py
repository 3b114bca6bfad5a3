"""Misread: what a page cannot read in its address is said on the page, which answers 400."""

from collections.abc import Collection
from typing import Any

from fastapi import Request

from gateway.forms import Form
from gateway.here import Here
from gateway.lookback import DAY, MOMENT, lookback_of
from gateway.seeking import FOUND, SOUGHT
from services.kit.errors import Malformed

# What the lists of the API know and no page does: a page is as long as it is.
OF_LISTS = ("limit", "after", "count")
# The pages that go on from a cursor.
WITH_CURSOR = frozenset({"actors.history"})
ALWAYS = frozenset({"q", "sort", "page", "once"})


def asked_of(request: Request) -> Form[Any]:
    """The one filter form of a page: whoever finds something wrong says it there."""
    form: Form[Any] = request.scope.get("asked") or Form.asked(request)
    request.scope["asked"] = form
    return form


def misread(request: Request, form: Form[Any]) -> None:
    """Remember that something in the address could not be read, as the form of it says."""
    told: list[Form[Any]] = request.scope.setdefault("misread", [])
    if form not in told:
        told.append(form)


def misread_at(request: Request, field: str, code: str = "unreadable") -> None:
    """The same of one parameter, on a page where no form has it yet."""
    form = asked_of(request)
    form.fail(field, code, limit=field)
    misread(request, form)


def demand_known(request: Request, form: Form[Any], known: Collection[str]) -> None:
    """Say of each parameter that a list knows nothing of that it does not, as the API does."""
    times = (DAY, MOMENT) if lookback_of(request) else ()
    for name in form.values.keys() - ALWAYS - {*known, *times}:
        if not name.startswith((SOUGHT, FOUND)):
            form.fail(name, "unknown_parameter", limit=name)


def demand_read(request: Request) -> None:
    """Malformed where a file is asked for by what cannot be read: no page says so."""
    if wrong := misread_in(request):
        raise Malformed(f"the address cannot be read: {', '.join(wrong[0].wrong)}")


def demand_choice(
    request: Request, field: str, choices: Collection[str], form: Form[Any] | None = None
) -> str:
    """A parameter of the page's own, which is one of some words or nothing.

    `form`: the one that has it as a field, where the page has one.
    """
    said = Here.of(request.url.path, request.url.query).get(field)
    if not said or said in choices:
        return said
    form = form or asked_of(request)
    form.fail(field, "unreadable", limit=field)
    misread(request, form)
    return ""


def misread_in(request: Request) -> list[Form[Any]]:
    """All that was not understood, asked when the page is known."""
    forms: list[Form[Any]] = request.scope.setdefault("misread", [])
    if request.method not in {"GET", "HEAD"} or not request.url.query:
        return forms
    told = {field for form in forms for field in form.wrong}
    route = getattr(request.scope.get("route"), "name", "")
    for name in OF_LISTS:
        if name in request.query_params and name not in told and route not in WITH_CURSOR:
            misread_at(request, name, "unknown_parameter")
    return forms
