"""My day: what waits for somebody, what is overdue, ownerless, vacant and broken."""

import asyncio
from datetime import date, timedelta
from typing import Any

from fastapi import Request, Response

from gateway.access import staff
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import ids_in
from gateway.html import page, visitor_of
from gateway.pages import choices, next_steps
from gateway.pages.breaks import shown_breaks
from gateway.pages.losses import burden_of
from gateway.shapes import Figure
from gateway.visitor import Visitor
from services.actors.contract.mandate import HOLDERS
from services.councils.contract.need import OPEN_NEEDS
from services.kit import clock
from services.kit.errors import Forbidden, Unavailable

area = Area("overview")
WEEK, MONTH = timedelta(days=7), timedelta(days=30)
MOST = 12


@area.show("/", "start")
async def start(request: Request, house: Services) -> Response:
    """The start page: three services asked at once, each part standing without the others."""
    today = clock.today()
    mine = sorted(map(str, visitor_of(request).caller.post_ids))
    work, who, known = await asyncio.gather(
        _work(house, today), _who(house, visitor_of(request), today), _known(house)
    )
    vacant = [post["id"] for post in who["vacant"]] if who else []
    labels, hanging = await asyncio.gather(
        house.analysis.labels(_ids(work, who)), burden_of(house, vacant, today)
    )
    if who:
        who["vacant"].sort(key=lambda post: (not post["is_key"], -hanging[post["id"]]))
    return page(
        request,
        "overview/start.html",
        today=today,
        work=work,
        who=who,
        hanging=hanging,
        known=known,
        figures=_figures(work, known),
        mine=set(mine),
        labels=labels,
        name=choices.name_in,
    )


async def _work(house: House, today: date) -> dict[str, Any] | None:
    """What the councils have waiting; None where they are away."""
    councils = house.councils
    soon = today + WEEK
    asked = {
        "late": councils.action_items.asked(
            open="true", due_until=today, sort="due_on", limit=MOST
        ),
        "unowned": councils.action_items.asked(open="true", owned="false", limit=MOST),
        "meetings": councils.meetings.asked(
            status="planned", starts_from=today, starts_until=soon, sort="starts_at", limit=MOST
        ),
        "needs": councils.needs.asked(
            ownerless="true", status=OPEN_NEEDS, limit=MOST
        ),
        "moving": councils.needs.asked(
            status=OPEN_NEEDS, sort="-updated_at", limit=6,
            count="true",
        ),
        "running": councils.initiatives.asked(status="running", limit=1, count="true"),
        "past": councils.initiatives.asked(status="running", ends_to=today, limit=MOST),
        "reviews": councils.decisions.asked(
            review_until=today, superseded="false", sort="review_on", limit=MOST
        ),
        "ending": councils.councils.asked(
            open="true", ends_until=today + MONTH, sort="ends_on", limit=MOST
        ),
    }  # fmt: skip
    try:
        found = await councils.batch(*asked.values())
    except Unavailable:
        return None
    work = dict(zip(asked, found, strict=True))
    work["interviews"] = await _unfinished(house)
    return work


async def _unfinished(house: House) -> list[dict[str, Any]]:
    """Interviews begun but not sent; none for those who may not read interviews."""
    try:
        return (await house.councils.interviews.list(status="draft", limit=MOST)).items
    except (Forbidden, Unavailable):
        return []


async def _who(house: House, visitor: Visitor, today: date) -> dict[str, Any] | None:
    """Vacancies, relations to rebuild, pledges, next steps, what lapses or is unanswered.

    None where the actors are away.
    """
    actors, mine = house.actors, [str(post) for post in visitor.caller.post_ids]
    asked = {
        "vacant": actors.posts.asked(vacant="true", limit=MOST),
        "rebuild": actors.relations.asked(state="rebuild", limit=MOST),
    }
    # Staff are warned of every mandate, others of those that a post of theirs holds.
    everybodys = staff(visitor)
    if everybodys:
        asked["trials"] = actors.role_trials.asked(overdue="true", sort="answer_by", limit=MOST)
    if everybodys or mine:
        asked["lapsing"] = actors.mandates.asked(
            state="lapses_soon", renewed="false", holder_id=[] if everybodys else mine,
            sort="valid_to", limit=MOST,
        )  # fmt: skip
    late = {"overdue": "true", "sort": "due_on", "limit": MOST}
    # One's own pledges come first, so that none of them is crowded out by everybody's.
    pledged = [actors.pledges.asked(owner_post_id=mine, **late)] if mine else []
    pledged += [
        actors.pledges.asked(**late),
        actors.pledges.asked(open="true", owned="false", sort="due_on", limit=MOST),
    ]
    steps = next_steps.asked(actors, mine, today, MOST)
    try:
        found = await actors.batch(*asked.values(), *pledged, *steps)
    except Unavailable:
        return None
    parts = {name: part["items"] for name, part in zip(asked, found, strict=False)}
    first = len(asked) + len(pledged)
    pledges = {one["id"]: one for part in found[len(asked) : first] for one in part["items"]}
    waiting = next_steps.waiting(found[first:], mine, today)
    none: dict[str, Any] = {"trials": [], "lapsing": []}
    return none | parts | {"pledges": list(pledges.values()), "steps": waiting}


async def _known(house: House) -> dict[str, Any] | None:
    """Breaks in the thread; None where analysis is away."""
    try:
        found = await house.analysis.breaks.list(limit=MOST, count="true")
    except Unavailable:
        return None
    return {"breaks": shown_breaks(found.items), "count": found.count or len(found.items)}


def _ids(work: dict[str, Any] | None, who: dict[str, Any] | None) -> list[str]:
    found: list[Any] = []
    if work:
        for name in ("late", "unowned"):
            found += [item["owner_post_id"] for item in work[name]["items"]]
            found += [item["council_id"] for item in work[name]["items"]]
        found += [item["council_id"] for item in work["meetings"]["items"]]
        found += [item["council_id"] for item in work["moving"]["items"]]
        found += [item["actor_id"] for item in work["interviews"]]
    if who:
        found += [post["actor_id"] for post in who["vacant"]]
        for step in who["steps"]:
            found += [step.contact["actor_id"], step.contact["owner_post_id"]]
        for pledge in who["pledges"]:
            found += [pledge["actor_id"], pledge["owner_post_id"]]
        for relation in who["rebuild"]:
            found += [relation["actor_id"], relation["other_actor_id"]]
        found += [trial["actor_id"] for trial in who["trials"]]
        for mandate in who["lapsing"]:
            found += [mandate[name] for name in HOLDERS]
    return ids_in(found)


def _figures(work: dict[str, Any] | None, known: dict[str, Any] | None) -> list[Figure]:
    figures = []
    if work:
        late, moving, running = (work[name] for name in ("late", "moving", "running"))
        figures = [
            Figure("Öppna behov", str(moving["count"]), href="/behov"),
            Figure("Initiativ i gång", str(running["count"]), href="/initiativ?status=running"),
            Figure("Försenade åtgärder", f"{len(late['items'])}{'+' if late['next'] else ''}"),
        ]
    if known:
        figures.append(Figure("Brott i röda tråden", str(known["count"]), href="/roda-traden"))
    return figures
