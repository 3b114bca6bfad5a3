"""The order of an agenda: each point moves by buttons, and with a script by its handle too."""

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.html import go, is_htmx, page
from gateway.pages.live_minutes import closed_to_writers
from gateway.posted import fields_of, first
from services.kit.errors import Conflict, Rejected

area = Area("agenda")
CHANGED = (
    "Inget flyttades, för någon annan ändrade dagordningen samtidigt. Så här är den nu: flytta "
    "punkten igen om den inte står rätt."
)
GONE = "Inget flyttades, för punkten finns inte längre på dagordningen. Så här är den nu."
FIXED, LOCKED = {"locked", "cancelled"}, "Inget flyttades, för dagordningen ligger fast."


@area.show("/moten/{id}/ordning", "order")
async def show_order(request: Request, house: Services, id: str) -> Response:
    """The points as they stand."""
    return await _page(request, house, id)


@area.take("/moten/{id}/ordning", "order")
async def move(request: Request, house: Services, id: str) -> Response:
    """One point moves; where the others stand is read anew, for somebody else may move them."""
    sent = await fields_of(request)
    points = await _points(house, id)
    titles = {point["id"]: point["title"] for point in points}
    key, wanted = moved(list(titles), {name: first(sent, name) for name in sent})
    said = GONE
    if key:
        at = wanted.index(key)
        said = f"”{titles[key]}” är på plats {at + 1} av {len(wanted)}."
        try:
            await house.councils.meetings.act(id, "order", {"item_ids": wanted})
        except (Conflict, Rejected) as problem:
            said = LOCKED if FIXED.intersection(one.code for one in problem.errors) else CHANGED
    if is_htmx(request):
        return await _page(request, house, id, said=said, pressed=pressed_in(sent))
    return go(request, "agenda.order", id=id, notice=said)


def moved(order: list[str], sent: dict[str, str]) -> tuple[str, list[str]]:
    """Which point moves, and the order after it; an empty name where it is none of them.

    `up` and `down` name one that moves a place, `moved` one that comes before `before`, or last.
    """
    key = next((sent[name] for name in ("up", "down", "moved") if sent.get(name)), "")
    if key not in order:
        return "", order
    rest = [one for one in order if one != key]
    at = order.index(key) + {"up": -1, "down": 1}.get(_named(sent), 0)
    if _named(sent) == "moved":
        before = sent.get("before", "")
        at = rest.index(before) if before in rest else len(rest)
    at = max(0, at)
    return key, [*rest[:at], key, *rest[at:]]


def _named(sent: dict[str, str]) -> str:
    return next((name for name in ("up", "down", "moved") if sent.get(name)), "")


def pressed_in(sent: dict[str, list[str]]) -> str:
    """The button that keeps the focus where its point is now."""
    return next((f"{name}-{first(sent, name)}" for name in ("up", "down") if name in sent), "")


async def _points(house: House, id: str) -> list[Found]:
    return await house.councils.agenda_items.whole(sort="position", meeting_id=id)


async def _page(
    request: Request, house: House, id: str, *, said: str = "", pressed: str = ""
) -> Response:
    meeting, points = await house.councils.meetings.one(id), await _points(house, id)
    return page(
        request, "meetings/order.html", only="page", meeting=meeting, points=points, said=said,
        pressed=pressed, closed=closed_to_writers(meeting),
    )  # fmt: skip
