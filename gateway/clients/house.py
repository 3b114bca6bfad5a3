"""All three services, called on behalf of one visitor."""

from dataclasses import dataclass

from starlette.requests import Request

from gateway.clients.actors import Actors
from gateway.clients.analysis import Analysis
from gateway.clients.councils import Councils
from gateway.html import visitor_of
from gateway.lookback import times_of


@dataclass(frozen=True)
class House:
    """The services as the visitor may use them."""

    actors: Actors
    councils: Councils
    analysis: Analysis


def house_of(request: Request) -> House:
    """The services on behalf of whoever sent a request."""
    asked = request.app.state.switchboard, visitor_of(request).caller, times_of(request).known
    stale = request.scope.setdefault("stale", set())
    return House(Actors(*asked), Councils(*asked), Analysis(*asked, stale))


# What a page is given as its `house` (gateway/areas.py).
Services = House
