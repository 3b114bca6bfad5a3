"""My day: what waits for somebody, what is overdue, ownerless, vacant and broken."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from itertools import chain
from operator import getitem
from typing import Any

from fastapi import Request, Response

from gateway.addresses import query_of
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Listing, Things, ids_in
from gateway.html import page, visitor_of
from gateway.pages import choices, next_steps, overview_meetings, replies
from gateway.pages.breaks import shown_breaks
from gateway.pages.doubts import doubts_of
from gateway.pages.groundless import groundless
from gateway.pages.losses import burden_of
from gateway.pages.scanning_due import asked_of, figures_of
from gateway.pages.untaken import untaken_of
from gateway.shapes import Figure
from gateway.visitor import Visitor
from gateway.whom import staff
from services.actors.contract.mandate import HOLDERS
from services.councils.contract.need import OPEN_NEEDS
from services.kit import clock
from services.kit.errors import Forbidden, Unavailable

area = Area("overview")
DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)
MOST = 8
OF_COUNCILS = ("health", "meetings", "unheld", "unapproved", "uncalled", "undelivered", "moving")
OPEN = f"/behov{query_of({'status': OPEN_NEEDS})}"


@area.show("/", "start")
async def start(request: Request, house: Services) -> Response:
    """The start page: three services asked at once, each part standing without the others."""
    today, visitor = clock.today(), visitor_of(request)
    mine = sorted(map(str, visitor.caller.post_ids))
    work, who, (known, watched), untaken = await asyncio.gather(
        _work(house, visitor, today), _who(house, visitor, today), _known(house, visitor),
        _untaken(request, house, today),
    )  # fmt: skip
    doubts = await doubts_of(request)  # after the others, which have analysis follow
    vacant = [post["id"] for post in who["vacant"].items] if who else []
    waits, more_replies = replies.waited_for(work or {}, MOST)
    labels, hanging, lost = await asyncio.gather(
        house.analysis.labels(ids_in(_ids(work, who), replies.ids_of(waits))),
        burden_of(house, vacant, today),
        groundless(request, house, who["joinings"] if who else []),
    )
    if who:
        who["vacant"].items.sort(key=lambda post: (not post["is_key"], -hanging[post["id"]]))
    return page(
        request,
        "overview/start.html",
        today=today,
        work=work,
        replies=waits,
        more_replies=more_replies,
        who=who,
        hanging=hanging,
        lost=lost,
        known=_besides(known, work["needs"].items, "thing", "id") if known and work else known,
        figures=[*_figures(work, known, today), *watched, *untaken],
        open_needs=OPEN_NEEDS,
        yesterday=today - DAY,
        tomorrow=today + DAY,
        month=today + MONTH,
        week=today + WEEK,
        mine=set(mine),
        labels=labels,
        name=choices.name_in,
        doubts=doubts,
    )


async def _work(house: House, visitor: Visitor, today: date) -> dict[str, Listing] | None:
    """What the councils have waiting; None where they are away."""
    councils, mine = house.councils, sorted(map(str, visitor.caller.post_ids))
    shown: dict[str, object] = {"limit": MOST, "count": "true"}
    asked = {
        "late": councils.action_items.asked(
            open="true", due_until=today, sort="due_on", **shown
        ),
        "late_steps": councils.steps.asked(
            open="true", due_to=today, sort="due_on", **shown
        ),
        "late_activities": councils.project_activities.asked(
            overdue="true", project_open="true", sort="due_on", **shown
        ),
        "loose_activities": councils.project_activities.asked(
            ownerless="true", done="false", project_open="true", sort="due_on", **shown
        ),
        "uncarried": councils.project_continuations.asked(carried="false", **shown),
        "unowned": councils.action_items.asked(open="true", owned="false", **shown),
        **overview_meetings.asked(councils, today, shown),
        "uncalled": councils.meetings.asked(
            status="planned", called="false", starts_from=today + DAY, starts_until=today + MONTH,
            sort="starts_at", **shown,
        ),
        "undelivered": councils.meetings.asked(
            undelivered="true", starts_from=today, sort="starts_at", **shown
        ),
        "needs": councils.needs.asked(ownerless="true", status=OPEN_NEEDS, **shown),
        "moving": councils.needs.asked(status=OPEN_NEEDS, sort="-updated_at", **shown),
        "running": councils.initiatives.asked(status="running", limit=1, count="true"),
        "past": councils.initiatives.asked(status="running", ends_to=today - DAY, **shown),
        "reviews": councils.decisions.asked(
            review_until=today, open="true", sort="next_review_on", **shown
        ),
        "health": councils.health_checks.asked(
            overdue="true", sort="next_review_on", **shown
        ),
        "ending": councils.councils.asked(
            open="true", ends_until=today + MONTH, sort="ends_on", **shown
        ),
        "overdue": councils.action_items.asked(
            open="true", due_until=today - DAY, limit=1, count="true"
        ),
        **replies.asked(councils, mine, MOST, today, everybodys=staff(visitor)),
    }  # fmt: skip
    try:
        found = await councils.batch(*asked.values())
    except Unavailable:
        return None
    work = dict(zip(asked, map(Listing.of, found), strict=True))
    # What is late is told once, also where nobody owns it.
    work["unowned"] = _besides(work["unowned"], work["late"].items, "id")
    late = work["late_activities"].items
    work["loose_activities"] = _besides(work["loose_activities"], late, "id")
    work["interviews"] = await _unfinished(house)
    return work


def _besides(found: Listing, told: list[Found], *path: str) -> Listing:
    """A list without what another part of the page tells; `path` leads to the thing's id."""
    ids = {one["id"] for one in told}
    items = [one for one in found.items if reduce(getitem, path, one) not in ids]
    return replace(found, items=items, count=(found.count or 0) - len(found.items) + len(items))


async def _unfinished(house: House) -> Listing:
    """Interviews held but not sent; none for those who may not read interviews."""
    try:
        asked = {"status": "draft", "held_to": clock.today()}
        return await house.councils.interviews.list(**asked, limit=MOST, count="true")
    except (Forbidden, Unavailable):
        return Listing([], more=False)


async def _who(house: House, visitor: Visitor, today: date) -> dict[str, Any] | None:
    """Vacancies, relations to rebuild, pledges, next steps, what lapses or is unanswered.

    None where the actors are away.
    """
    actors, mine = house.actors, [str(post) for post in visitor.caller.post_ids]
    shown: dict[str, object] = {"limit": MOST, "count": "true"}
    asked = {
        "vacant": actors.posts.asked(vacant="true", **shown),
        "rebuild": actors.relations.asked(state="rebuild", limit=200, count="true"),
    }
    # Staff are warned of every mandate, others of those that a post of theirs holds.
    everybodys = staff(visitor)
    if everybodys:
        asked["trials"] = actors.role_trials.asked(overdue="true", sort="answer_by", **shown)
        asked["priorities"] = actors.priorities.asked(
            review_overdue="true", sort="review_on", **shown
        )
    if everybodys or mine:
        asked["lapsing"] = actors.mandates.asked(
            state="lapses_soon", renewed="false", holder_id=[] if everybodys else mine,
            sort="valid_to", **shown,
        )  # fmt: skip
    late = {"overdue": "true", "sort": "due_on", "limit": MOST}
    # One's own pledges come first, so that none of them is crowded out by everybody's.
    pledged = [actors.pledges.asked(owner_post_id=mine, **late)] if mine else []
    pledged += [
        actors.pledges.asked(**late),
        actors.pledges.asked(open="true", owned="false", sort="due_on", limit=MOST),
    ]
    asked_of = {
        "pledges": pledged,
        "joinings": _own_and_late(actors.joinings, mine, everybodys=everybodys),
        "takeovers": _own_and_late(actors.takeovers, mine, everybodys=everybodys),
        "steps": next_steps.asked(actors, mine, today, MOST),
    }
    try:
        found = iter(await actors.batch(*asked.values(), *chain(*asked_of.values())))
    except Unavailable:
        return None
    parts = {name: Listing.of(next(found)) for name in asked}
    parts_of = {name: [next(found) for _ in paths] for name, paths in asked_of.items()}
    none = dict[str, Any].fromkeys(("trials", "lapsing", "priorities"), Listing([], more=False))
    told: dict[str, Any] = {
        f"more_{name}": any(one["next"] for one in of) for name, of in parts_of.items()
    }
    told |= {name: _each_once(of) for name, of in parts_of.items()}
    told["steps"] = next_steps.waiting(parts_of["steps"], mine, today)
    return none | parts | told


def _own_and_late(things: Things, mine: list[str], *, everybodys: bool) -> list[str]:
    """One's own first, then what others are late with, of which staff are told."""
    asked = {"open": "true", "sort": "due_on", "limit": MOST}
    own = [things.asked(owner_post_id=mine, **asked)] if mine else []
    return own + ([things.asked(overdue="true", **asked)] if everybodys else [])


def _each_once(parts: list[Found]) -> list[Found]:
    return list({one["id"]: one for part in parts for one in part["items"]}.values())


async def _known(house: House, visitor: Visitor) -> tuple[Listing | None, list[Figure]]:
    """Breaks in the thread, and what is to be looked over; None where analysis is away."""
    breaks, watched = (
        house.analysis.breaks.asked(limit=MOST, count="true"),
        asked_of(house, visitor),
    )
    try:
        told, *due = await house.analysis.batch(breaks, *watched)
    except Unavailable:
        return None, []
    return replace(Listing.of(told), items=shown_breaks(told["items"])), figures_of(due, visitor)


async def _untaken(request: Request, house: House, today: date) -> list[Figure]:
    """How much of what somebody left waits for anybody; for staff, and only where there is some."""
    if not staff(visitor_of(request)):
        return []
    try:
        untaken = await untaken_of(house, today)
    except Unavailable:
        return []
    count = f"minst {len(untaken.rows)}" if untaken.beyond else str(len(untaken.rows))
    href = "/overtaganden#untaken"
    return [Figure("Att ta över", count, href=href)] if untaken.rows else []


def _ids(work: dict[str, Listing] | None, who: dict[str, Any] | None) -> list[str]:
    return ids_in([*_ids_of_work(work), *_ids_of_who(who)])


def _ids_of_work(work: dict[str, Listing] | None) -> list[Any]:
    found: list[Any] = []
    if work:
        for name in ("late", "unowned"):
            found += [item["owner_post_id"] for item in work[name].items]
            found += [item["council_id"] for item in work[name].items]
        for step in work["late_steps"].items:
            found += [step["initiative_id"], step["owner_post_id"]]
        for name in ("late_activities", "loose_activities", "uncarried"):
            found += [one["project_id"] for one in work[name].items]
            found += [one.get("owner_post_id") for one in work[name].items]
        for name in OF_COUNCILS:
            found += [item["council_id"] for item in work[name].items]
        found += [item["actor_id"] for item in work["interviews"].items]
    return found


def _ids_of_who(who: dict[str, Any] | None) -> list[Any]:
    found: list[Any] = []
    if who:
        found += [post["actor_id"] for post in who["vacant"].items]
        for step in who["steps"]:
            found += [step.contact["actor_id"], step.contact["owner_post_id"]]
        for pledge in who["pledges"]:
            found += [pledge["actor_id"], pledge["owner_post_id"]]
        for one in who["takeovers"]:
            found += [one["owner_post_id"], one["left_actor_id"], one["left_post_id"]]
        for one in who["joinings"]:
            found += [one["actor_id"], one["need_id"], one["owner_post_id"]]
        for relation in who["rebuild"].items:
            found += [relation["actor_id"], relation["other_actor_id"]]
        found += [trial["actor_id"] for trial in who["trials"].items]
        found += [priority["actor_id"] for priority in who["priorities"].items]
        for mandate in who["lapsing"].items:
            found += [mandate[name] for name in HOLDERS]
    return found


def _figures(work: dict[str, Listing] | None, known: Listing | None, today: date) -> list[Figure]:
    figures = []
    if work:
        late = f"/atgarder?open=true&due_until={today - DAY}"
        running = "/initiativ?status=running"
        figures = [
            Figure("Öppna behov", str(work["moving"].count), href=OPEN),
            Figure("Initiativ i gång", str(work["running"].count), href=running),
            Figure("Rådens försenade åtgärder", str(work["overdue"].count), href=late),
        ]
    if known:
        count = f"minst {known.count}" if known.left_out else str(known.count)
        figures.append(Figure("Brott i röda tråden", count, href="/roda-traden?broken=true"))
    return figures
