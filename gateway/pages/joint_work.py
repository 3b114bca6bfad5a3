"""Joint work: what an actor does together with each other one, the most work first."""

from collections import defaultdict
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.html import go, page
from gateway.lookback import Lookback, times_of
from gateway.pages.holdings import things_by_id
from gateway.pages.listing import KINDS, number_of
from services.councils.contract.joint_work import JointWork
from services.kit.errors import NotFound, Unavailable
from services.kit.resources import as_file as file_of
from services.kit.rows import alphabetical

area = Area("actors")
PATH, SIZE, AT_ONCE = "/joint-work", 50, 20
WORK = ("initiative_count", "outcome_initiative_count", "council_count", "meeting_count")
FILE = ("actor_id", "name", *(name for name in JointWork.model_fields if name != "actor_id"))


@area.show("/aktorer/{id}/tillsammans", "together")
async def show_together(request: Request, house: Services, id: str) -> Response:
    """With whom the actor works, and with whom it only meets; all of them, page by page."""
    look = times_of(request)
    actor = await house.actors.actors.one(id, **look.times)
    if actor["id"] != id:
        return go(request, "actors.together", id=actor["id"], **look.times)
    found = await _with_all(house, actor, look)
    number = min(number_of(request), max(1, -(-len(found or ()) // SIZE)))
    rows = (found or [])[(number - 1) * SIZE : number * SIZE]
    return page(
        request, "actors/together.html", actor=actor, rows=rows, total=len(found or ()),
        away=found is None, number=number, size=SIZE,
    )  # fmt: skip


@area.show("/aktorer/{id}/tillsammans.{kind}", "together_file")
async def together_file(request: Request, house: Services, id: str, kind: str) -> Response:
    """The same rows as a file. Unavailable where councils are away: none is not nobody."""
    if kind not in KINDS:
        raise NotFound("there is no such file")
    look = times_of(request)
    found = await _with_all(house, await house.actors.actors.one(id, **look.times), look)
    if found is None:
        raise Unavailable("councils do not say")
    file = file_of("joint-work", FILE, found, excel=kind != "csv")
    file.headers["Cache-Control"] = "no-store"
    return file


async def joint_work(house: House, one: Found, other: Found, look: Lookback) -> Found | None:
    """What two actors do together; None where councils do not answer."""
    try:
        (found,) = (await house.councils.get(PATH, **_asked(one, other, look)))["items"]
    except Unavailable:
        return None
    return dict(found)


def _asked(one: Found, other: Found | None, look: Lookback) -> dict[str, Any]:
    others = _family(other) if other else []
    return {"actor_id": _family(one), "other_actor_id": others, **look.times}


def _family(actor: Found) -> list[str]:
    return [actor["id"], *actor["merged_ids"]]


async def _with_all(house: House, actor: Found, look: Lookback) -> list[Found] | None:
    try:
        told = (await house.councils.get(PATH, **_asked(actor, None, look)))["items"]
        living = await things_by_id(house.actors.actors, [one["actor_id"] for one in told])
        rows = await _as_one(house, actor, told, living, look)
    except Unavailable:
        return None
    return sorted(rows, key=_most_work)


def _most_work(row: Found) -> Any:
    return [-row[name] for name in WORK], alphabetical(row["name"])


async def _as_one(
    house: House, actor: Found, told: list[Found], living: dict[str, Found], look: Lookback
) -> list[Found]:
    """A row for each living actor; what several ids of one did is counted anew, as one's."""
    by_actor = defaultdict(list)
    for one in told:
        if one["actor_id"] in living:
            by_actor[living[one["actor_id"]]["id"]].append(one)
    several = [living[key] for key, rows in by_actor.items() if len(rows) > 1]
    for start in range(0, len(several), AT_ONCE):
        some, asked = several[start : start + AT_ONCE], house.councils.joint_work.asked
        paths = (asked(**_asked(actor, other, look)) for other in some)
        answers = await house.councils.batch(*paths)
        by_actor |= {o["id"]: a["items"] for o, a in zip(some, answers, strict=True)}
    return [
        rows[0] | {"actor_id": key, "name": living[key]["name"], "example": living[key]["example"]}
        for key, rows in by_actor.items()
    ]
