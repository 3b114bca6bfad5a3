"""Access: who may open which page. What is not in the table of rights is denied."""

from collections.abc import Iterable, Mapping

from starlette.routing import BaseRoute

from gateway.rights import RIGHTS
from gateway.visitor import Visitor
from gateway.whom import Rule


def may(visitor: Visitor, page: str) -> bool:
    """Whether a visitor is let in to a page; what stands in no table is closed."""
    rule = RIGHTS.get(page)
    return rule is not None and rule(visitor)


def demand_declared(routes: Iterable[BaseRoute], rights: Mapping[str, Rule] = RIGHTS) -> None:
    """Refuse to start where a page has not said whom it is for."""
    names = {getattr(route, "name", "") for route in routes}
    missing = sorted(names - set(rights))
    if missing:
        raise RuntimeError(f"no entry in the tables of gateway/rights for {', '.join(missing)}")
