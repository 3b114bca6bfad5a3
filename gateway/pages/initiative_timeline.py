"""The timeline of initiatives: when each runs, its steps as marks, those without a day apart."""

from datetime import date

from fastapi import Request, Response

from gateway import charts
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.html import page
from gateway.pages import initiative_views
from gateway.pages.listing import number_of
from gateway.swedish import label
from services.kit import clock
from services.kit.errors import Forbidden, Unavailable

area = Area("initiative_timeline")
SIZE, UNDATED, LONGEST = 40, 20, 60


@area.show("/initiativ/tidslinje", "show")
async def show_timeline(request: Request, house: Services) -> Response:
    """Bars in the order in which they begin; those of which no day is told are listed apart."""
    number, apart = number_of(request), number_of(request, "page_undated")
    asked = [
        {"dated": "true", "page": number, "limit": SIZE, "sort": "starts_on"},
        {"dated": "false", "page": apart, "limit": UNDATED, "sort": "title"},
    ]
    form, (dated, undated) = await initiative_views.parts(
        request, house, asked, also=["page_undated"]
    )
    steps = await _steps(house, dated.items)
    labels = await house.analysis.labels(ids_in([one["lead_actor_id"] for one in dated.items]))
    return page(
        request, "initiatives/timeline.html", shown={"asked": form}, dated=dated, undated=undated,
        number=number, apart=apart, size=SIZE, steps=steps, labels=labels, days=days_of,
        drawn=_drawn(dated.items, steps), today=clock.today(),
        **await initiative_views.offered(request, house),
    )  # fmt: skip


async def _steps(house: House, initiatives: list[Found]) -> dict[str, list[Found]]:
    """The steps of some initiatives that have a day, by initiative; none where nobody can say."""
    ids = [one["id"] for one in initiatives if one["step_count"]]
    try:
        found = await house.councils.steps.whole(initiative_id=ids, sort="due_on") if ids else []
    except (Forbidden, Unavailable):
        return {}
    told: dict[str, list[Found]] = {}
    for step in found:
        if step["done_on"] or step["due_on"]:
            told.setdefault(step["initiative_id"], []).append(step)
    return told


def days_of(initiative: Found) -> tuple[date | None, date | None]:
    """When it runs: as it went, else as it is planned. A day that was passed by is no end."""
    first = initiative["started_on"] or initiative["starts_on"]
    last = initiative["closed_on"] or initiative["ends_on"]
    return _day(first), _day(last)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _drawn(initiatives: list[Found], steps: dict[str, list[Found]]) -> charts.timelines.Timeline:
    today = clock.today()
    rows = [
        (
            f"{_short(one['title'])}, {label(one['status'], 'InitiativeStatus').lower()}",
            one["status"],
            *days_of(one),
            [_mark(step, one, today) for step in steps.get(one["id"], ())],
        )
        for one in initiatives
    ]
    return charts.timeline(rows, today)


def _mark(step: Found, initiative: Found, today: date) -> tuple[date, str]:
    """Nobody waits for the steps of what is closed."""
    day = date.fromisoformat(step["done_on"] or step["due_on"])
    late = day < today and initiative["status"] not in ("done", "stopped")
    return day, "done" if step["done_on"] else "late" if late else "ahead"


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"
