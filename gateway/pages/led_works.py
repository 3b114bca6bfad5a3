"""Led works: the councils, initiatives and projects that go on, and which actors lead each."""

import asyncio
from typing import NamedTuple

from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.lookback import Lookback
from gateway.pages.mandate_work import goes_on, leaders_of
from services.councils.contract.initiative import InitiativeStatus
from services.councils.contract.project import ProjectStatus
from services.kit import clock


class Work(NamedTuple):
    """Something that goes on: its page and noun, and the actors that lead it."""

    page: str
    noun: str
    thing: Found
    name: str
    leaders: list[str]


async def led_works(house: House, look: Lookback) -> list[Work]:
    """All that goes on today, or on the day that is looked back to. Unavailable, Malformed."""
    councils, today = house.councils, clock.today().isoformat()
    day = look.day or today
    # Who looks back asks also for what has ended since.
    under_way = [InitiativeStatus.decided, InitiativeStatus.running] if day == today else []
    running = [ProjectStatus.running] if day == today else []
    bodies, initiatives, projects = await asyncio.gather(
        councils.councils.whole(open="true", sort="name", **look.times),
        councils.initiatives.whole(status=under_way, sort="title", **look.known),
        councils.projects.whole(status=running, sort="name", **look.known),
    )
    return [
        *(_council(one) for one in bodies),
        *(_initiative(one) for one in initiatives if goes_on(one, day)),
        *(_project(one) for one in projects if _runs(one, day, today)),
    ]


def _council(one: Found) -> Work:
    return Work("councils.show", "council", one, one["name"], one["leader_actor_ids"])


def _initiative(one: Found) -> Work:
    return Work("initiatives.show", "initiative", one, one["title"], leaders_of(one))


def _project(one: Found) -> Work:
    return Work("projects.show", "project", one, one["name"], ids_in([one["owner_actor_id"]]))


def _runs(project: Found, day: str, today: str) -> bool:
    """Whether it runs; of another day than today, whether its days are known and say so."""
    begun, ended = project["started_on"], project["ended_on"]
    known = bool(begun) or day == today
    return known and (begun or day) <= day and (ended is None or ended > day)
