"""Declared: a service refuses to start where a route has not said all that its document needs."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.utils import get_flat_params

from services.kit.asking import taken_by
from services.kit.openapi import KEY, MATCH_OPTIONAL
from services.kit.problem_docs import problems
from services.kit.rights import Rights, keys_for

_WITHOUT_CONTENT = 204


def shown_routes(app: FastAPI) -> list[Any]:
    """The routes that stand in a service's document."""
    shown = (route for route in app.routes if getattr(route, "include_in_schema", False))
    return [route for route in shown if hasattr(route, "openapi_extra")]


def _new_routes(app: FastAPI, rights: Rights) -> list[Any]:
    """Those that no other app with the same rights has found well: routers are shared."""
    return [r for r in shown_routes(app) if getattr(r, "well_by", None) is not rights]


def declare(app: FastAPI, rights: Rights) -> None:
    """What each route takes by what its function reads, and the right that it asks for.

    One that reads If-Match where it is given takes that header, and may answer 412. One whose
    document asks for an Idempotency-Key is not done without. Which keys may is said too.
    """
    for route in _new_routes(app, rights):
        route.taken, route.right = taken_by(route), right_of(route)
        said = route.openapi_extra or {}
        scope = "read" if "GET" in route.methods else "write"
        said["x-keys"] = keys_for(rights, *right_of(route), scope=scope)._asdict()
        told = said.setdefault("parameters", [])
        route.keyed = KEY in told
        if "version_if_given" in route.endpoint.__code__.co_names and MATCH_OPTIONAL not in told:
            told.append(MATCH_OPTIONAL)
            route.responses |= problems(412)


def right_of(route: Any) -> tuple[str, str]:
    """The (noun, action) that a route asks for; empty words where it says none."""
    noun, _, action = (route.openapi_extra or {}).get("x-right", "").rpartition(".")
    return noun, action


def demand_declared(app: FastAPI, rights: Rights) -> None:
    """RuntimeError where a route lacks its right, an answer's shape, or a parameter's meaning."""
    lacking = [
        f"{'/'.join(route.methods)} {route.path}: {what}"
        for route in _new_routes(app, rights)
        for what in _lacking(route, rights)
    ]
    if lacking:
        raise RuntimeError("; ".join(lacking))
    for route in shown_routes(app):
        route.well_by = rights


def _lacking(route: Any, rights: Rights) -> Iterator[str]:
    if right_of(route) not in rights:
        yield f"no entry in RIGHTS for {'.'.join(right_of(route)).strip('.')!r}"
    done = {code: said for code, said in route.responses.items() if _is_done(code)}
    if not done:
        yield "no answer is said"
    for code, said in done.items():
        if code != _WITHOUT_CONTENT and not {"model", "content"} & said.keys():
            yield f"nothing says what {code} answers"
    for field in get_flat_params(route.dependant):
        if field not in route.dependant.path_params and not field.field_info.description:
            yield f"nothing says what {field.alias} means"


def _is_done(code: Any) -> bool:
    return str(code).startswith("2")
