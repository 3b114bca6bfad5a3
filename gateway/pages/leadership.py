"""Process leadership over all leaders: what is funded of what is needed, and what each carries."""

import asyncio
from datetime import timedelta
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.html import page
from gateway.lookback import DAY, Lookback, times_of
from gateway.pages.holdings import names, things_by_id
from gateway.pages.listing import KINDS, as_file, number_of
from services.actors.contract.leadership import WHOLE, LeaderPost
from services.councils.contract.interview import InterviewStatus
from services.councils.contract.load import Load
from services.councils.contract.need import OPEN_NEEDS
from services.kit import clock
from services.kit.errors import Malformed, NotFound, Unavailable
from services.kit.resources import as_file as file_of

area = Area("leadership")
PATH, MOST, SIZE = "/process-leadership", 200, 20
# What a post carries; what is late of it is not more.
CARRIED = (
    "council_count", "need_count", "action_item_count", "initiative_count", "step_count",
    "decision_count", "interview_count", "next_step_count",
)  # fmt: skip
POST = ("post_id", "title", "example", "employer_actor_id", "vacant")
UNFINISHED = (InterviewStatus.draft, InterviewStatus.sent)
NOTHING = dict.fromkeys((name for name in Load.model_fields if name != "post_id"), 0)


@area.show("/resurssattning", "means")
async def show_means(request: Request, house: Services) -> Response:
    """Each leader's post: what is needed, what is funded, and the gap; and all of them together."""
    look = times_of(request)
    found = await house.actors.get(PATH, **look.times)
    rows, place = _paged(request, found["posts"])
    return page(
        request, "leadership/means.html", told=found, posts=rows, **place, whole=WHOLE,
        called=await _called(house, rows, look),
    )  # fmt: skip


def _paged(request: Request, found: list[Found]) -> tuple[list[Found], dict[str, Any]]:
    """The rows of the page that is asked for, or of the last there is; and which that is."""
    number = min(number_of(request), max(1, -(-len(found) // SIZE)))
    rows = found[(number - 1) * SIZE : number * SIZE]
    return rows, {"total": len(found), "number": number, "size": SIZE}


@area.show("/resurssattning.{kind}", "means_file")
async def means_file(request: Request, house: Services, kind: str) -> Response:
    """The same posts as a file."""
    return await as_file(request, house.actors.process_leadership, kind, (DAY,))


@area.show("/belastning", "loads")
async def show_loads(request: Request, house: Services) -> Response:
    """What each leader's post carries on a day, the most first; all of them, page by page."""
    look = times_of(request)
    found, away = await _loads(house, look)
    rows, place = _paged(request, found)
    return page(
        request, "leadership/loads.html", rows=rows, away=away, **place,
        called=await _called(house, rows, look), open_needs=OPEN_NEEDS,
        yesterday=clock.today() - timedelta(days=1), talks=any(map(_is_told, rows)),
        unfinished=UNFINISHED,
    )  # fmt: skip


@area.show("/belastning.{kind}", "loads_file")
async def loads_file(request: Request, house: Services, kind: str) -> Response:
    """The same rows as a file; what councils carry is empty where they are away, and no zero."""
    if kind not in KINDS:
        raise NotFound("there is no such file")
    rows, away = await _loads(house, times_of(request))
    if away:
        rows = [one | dict.fromkeys(("whole", *NOTHING)) for one in rows]
    names = [*POST, "whole", *NOTHING, *(n for n in LeaderPost.model_fields if n not in POST)]
    file = file_of("loads", names, rows, excel=kind != "csv")
    file.headers["Cache-Control"] = "no-store"
    return file


async def _loads(house: House, look: Lookback) -> tuple[list[Found], bool]:
    """What each leader's post carries, the most first, and whether the councils are away."""
    posts = (await house.actors.get(PATH, **look.times))["posts"]
    carried = await _carried(house, [one["post_id"] for one in posts], look)
    rows = [one | (carried or {}).get(one["post_id"], NOTHING) for one in posts]
    rows = [one | {"whole": _whole(one)} for one in rows]
    return sorted(rows, key=lambda one: -one["whole"]), carried is None


def _is_told(post: Found) -> bool:
    return post["next_step_count"] is not None


def _whole(post: Found) -> int:
    """What nobody lets the reader know of is not in it."""
    found: int = sum(post[name] or 0 for name in CARRIED)
    return found


async def _carried(house: House, post_ids: list[str], look: Lookback) -> dict[str, Found] | None:
    """By post, asked for as many together as one question holds; None where councils are away."""
    parts = [post_ids[start : start + MOST] for start in range(0, len(post_ids), MOST)]
    asking = (house.councils.get("/loads", post_id=part, **look.times) for part in parts)
    try:
        found = await asyncio.gather(*asking)
    except (Malformed, Unavailable):
        return None
    return {one["post_id"]: one for part in found for one in part["items"]}


async def _called(house: House, posts: list[Found], look: Lookback) -> dict[str, Found]:
    """What the actors are called that the posts belong to and lead, as they were known then."""
    wanted = ids_in([one["employer_actor_id"] for one in posts], *(p["actor_ids"] for p in posts))
    if not look.known:
        return await house.analysis.labels(wanted)
    then = names(await things_by_id(house.actors.actors, wanted, look.known))
    return {key: {"noun": "actor", "label": name} for key, name in then.items()}
