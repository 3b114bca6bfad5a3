"""Objects: what is read of our things and of the registry, put together as OParl has it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.councils.oparl import queries, writing
from services.councils.oparl.addresses import BODY, TYPES, Addresses
from services.councils.oparl.people import holders, reads_people, told_of
from services.councils.oparl.queries import KEPT, Row, Span
from services.kit import clock
from services.kit.errors import NotFound
from services.kit.http import Call, uuid_or_missing

Out = dict[str, Any]
Part = tuple[list[Out], UUID | None]
# Those of which there are lists; files and places stand in what they belong to.
LISTED = {"bodies", "legislative-terms", "people", *KEPT} - {"locations"}
NOTHING = NotFound("there is no such object")


def addresses(call: Call) -> Addresses:
    """What our things are called outside."""
    return Addresses(call.request.app.state.settings.address)


async def part_of(call: Call, kind: str, span: Span) -> Part:
    """A part of a list, and the id that it goes on after. NotFound."""
    if kind not in LISTED:
        raise NOTHING
    if kind == "people":
        return await _people(call, span)
    if kind not in KEPT:  # one body, and no terms: our councils last as long as they are needed
        return [writing.body(addresses(call))] if kind == "bodies" else [], None
    async with call.reading() as db:
        page = await queries.page_of(db, call.caller, kind, span)
        below = await queries.below_of(db, call.caller, kind, page.rows)
    return await _written(call, kind, page.rows, below), page.rows[-1]["id"] if page.more else None


async def one_of(call: Call, kind: str, id: str) -> Out:
    """One object by what stands last in its address. NotFound."""
    asked, found = uuid_or_missing(id[:36]), list[Out]()
    if kind == "bodies" and asked == BODY:
        found = [writing.body(addresses(call))]
    elif kind == "people" and reads_people(call):
        people = await told_of(call, "/people", [asked])
        found = [writing.person(addresses(call), one) for one in people]
    elif kind == "files":
        found = await _files(call, asked)
    elif kind in KEPT:
        found = await _kept(call, kind, asked)
    found = [one for one in found if one["id"] == addresses(call).of(kind, id)]
    if not found:
        raise NOTHING
    return found[0]


async def _kept(call: Call, kind: str, id: UUID) -> list[Out]:
    async with call.reading() as db:
        row = await queries.one_of(db, call.caller, kind, id)
        rows = [row] if row else []
        below = await queries.below_of(db, call.caller, kind, rows)
        sits = kind == "organizations" and not row and await queries.sits(db, call.caller, id)
    if not sits:
        return await _written(call, kind, rows, below)
    told = await told_of(call, "/actors", [id])
    return [writing.actor(addresses(call), id, told[0]["name"] if told else None)]


async def _files(call: Call, id: UUID) -> list[Out]:
    """The files of the point or the decision with that id."""
    things = [*await _kept(call, "papers", id), *await _kept(call, "agenda-items", id)]
    mains = [one["mainFile"] for one in things if "mainFile" in one]
    return [*mains, *(file for one in things for file in one.get("auxiliaryFile", ()))]


async def _people(call: Call, span: Span) -> Part:
    """Who covers or holds the posts that sit today, each once on a page."""
    if not reads_people(call):
        return [], None
    async with call.reading() as db:
        posts = await queries.posts_of_seats(db, call.caller, span, clock.today())
    shown, more = posts[: span.limit], len(posts) > span.limit
    held = await holders(call, shown)
    people = await told_of(call, "/people", [UUID(one) for one in held.values()])
    to = addresses(call)
    return [writing.person(to, one) for one in people], shown[-1] if more else None


async def _written(call: Call, kind: str, rows: Sequence[Row], below: queries.Below) -> list[Out]:
    """Rows as objects; of what was removed only that it was."""
    to, sitting = addresses(call), dict[UUID, str]()
    if kind == "memberships":
        posts = [row["post_id"] for row in rows if "gone" not in row and _sits_today(row)]
        sitting = await holders(call, posts)

    def write(row: Row) -> Out:
        hung: Sequence[Row] = below.first.get(row["id"], ())
        if "gone" in row:
            return writing.gone(to.of(kind, row["id"]), TYPES[kind], row)
        if kind == "organizations":
            return writing.organization(to, row, hung)
        if kind == "memberships":
            return writing.membership(to, row, sitting.get(row["post_id"]))
        if kind == "meetings":
            items = [
                writing.agenda_item(to, item, below.second.get(item["id"], ())) for item in hung
            ]
            return writing.meeting(to, row, items)
        if kind == "agenda-items":
            return writing.agenda_item(to, row, hung)
        plain = {"papers": writing.paper, "consultations": writing.consultation}
        return plain.get(kind, writing.location)(to, row)

    return [write(row) for row in rows]


def _sits_today(seat: Row) -> bool:
    ends: date = seat["valid_to"] or date.max
    return seat["post_id"] is not None and bool(seat["valid_from"] <= clock.today() < ends)
