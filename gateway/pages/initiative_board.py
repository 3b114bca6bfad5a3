"""The board of initiatives: a column for each state, and cards that are moved with or without a
mouse. What a move needs to know is asked for in the form that asks for it anyway."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Listing, ids_in
from gateway.here import Here
from gateway.html import go, go_to, page, pages_of
from gateway.misread import asked_of, misread_at
from gateway.pages import initiative_views
from gateway.pages.listing import number_of
from gateway.posted import fields_of, first
from services.councils.contract.initiative import InitiativeStarted, InitiativeStatus
from services.kit import clock
from services.kit.errors import Conflict, Rejected, Stale

area = Area("initiative_board")
SIZE = 20
OPEN = (InitiativeStatus.proposed, InitiativeStatus.decided, InitiativeStatus.running)
PAGES = {status: f"page_{status}" for status in InitiativeStatus}
FIRST = "Först beslutas initiativet. Sedan kan det startas."
BEGIN = "Först startar initiativet. Sedan kan det avslutas."
CLOSED = "Initiativet är avslutat. Återuppta det, så går det vidare från där det var."
BACK = "Dit går det inte att flytta tillbaka. Här är det som går att göra nu."
# By where a card is and where it is put: the form that asks for what the move needs, and what is
# said where another turn comes first. The most likely one stands first.
WAYS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("proposed", "decided"): ("besluta", ""),
    ("proposed", "stopped"): ("stoppa", ""),
    ("proposed", "running"): ("besluta", FIRST),
    ("proposed", "done"): ("besluta", FIRST),
    ("decided", "running"): ("starta", ""),
    ("decided", "stopped"): ("stoppa", ""),
    ("decided", "done"): ("starta", BEGIN),
    ("running", "done"): ("avsluta", ""),
    ("running", "stopped"): ("stoppa", ""),
}


@dataclass(frozen=True)
class Column:
    """A column: its state, its cards and where in it we are."""

    status: InitiativeStatus
    cards: Listing
    number: int

    @property
    def parameter(self) -> str:
        """What its page is asked by."""
        return PAGES[self.status]


@area.show("/initiativ/tavla", "show")
async def show_board(request: Request, house: Services) -> Response:
    """The columns of all states, or of those that are chosen."""
    statuses = _chosen(request)
    numbers = [number_of(request, PAGES[status]) for status in statuses]
    asked = [
        {"status": status.value, "page": number, "limit": SIZE, "sort": _order(status)}
        for status, number in zip(statuses, numbers, strict=True)
    ]
    form, found = await initiative_views.parts(request, house, asked, also=[*PAGES.values()])
    columns = [Column(*one) for one in zip(statuses, found, numbers, strict=True)]
    leads = ids_in(*([card["lead_actor_id"] for card in column.cards.items] for column in columns))
    labels = await house.analysis.labels(leads)
    return page(
        request, "initiatives/board.html", shown={"asked": form}, columns=columns, labels=labels,
        turns=_turns, today=clock.today(),
        total=sum(column.cards.count or 0 for column in columns), size=SIZE,
        **await initiative_views.offered(request, house),
    )  # fmt: skip


def _turns(initiative: Found) -> list[str]:
    """Where a card may be put; what is closed where it was."""
    if initiative["status"] in OPEN:
        return [to for at, to in WAYS if at == initiative["status"]]
    if initiative["started_on"]:
        return ["running"]
    return ["decided" if initiative["decided_on"] else "proposed"]


def _chosen(request: Request) -> list[InitiativeStatus]:
    said = [text for text in asked_of(request).chosen("status") if text]
    if set(said) - {status.value for status in InitiativeStatus}:
        misread_at(request, "status")
    return [status for status in InitiativeStatus if not said or status.value in said]


def _order(status: InitiativeStatus) -> str:
    """What ends first stands first, while it goes on; what closed last, once it is closed."""
    return "ends_on" if status in OPEN else "-updated_at"


@area.take("/initiativ/{id}/flytta", "move")
async def move(request: Request, house: Services, id: str) -> Response:
    """A card is put in another column: done at once, or asked for what it needs."""
    sent = await fields_of(request)
    board, to = first(sent, "board"), first(sent, "to")
    initiative = await house.councils.initiatives.one(id)
    if to == initiative["status"]:
        return go_to(request, board_at(request, board, id), notice="Initiativet stod redan där.")
    if initiative["status"] not in OPEN:
        return await _resumed(request, house, initiative, to, board)
    verb, said = WAYS.get((initiative["status"], to), ("", BACK))
    if not verb:
        return go(request, "initiatives.show", id=id, notice=BACK)
    if verb == "starta" and not said and (turned := await _started(house, initiative)):
        undo = undoing(request, turned, board or "1")
        said = "Initiativet har startat."
        return go_to(request, board_at(request, board, id), notice=said, undo=undo)
    return go(request, "initiatives.move", id=id, verb=verb, board=board or "1", notice=said)


async def _started(house: House, initiative: Found) -> Found | None:
    """Where it could begin today nothing more needs to be known: as it is now."""
    draft = InitiativeStarted(started_on=clock.today())
    try:
        turned: Found = await house.councils.initiatives.act(initiative["id"], "start", draft)
    except (Rejected, Conflict, Stale):
        return None
    return turned


def undoing(request: Request, turned: Found, board: str | None = None) -> str:
    """Where a turn is taken back, while nothing else has happened; and back to the board."""
    told = {"id": turned["id"], "version": turned["version"], "board": board}
    return pages_of(request).addresses.to("initiative_days.undo", **told)


async def _resumed(
    request: Request, house: House, initiative: Found, to: str, board: str
) -> Response:
    """What is closed goes on where it was; where that is not where it was put, it is said."""
    if [to] != _turns(initiative):
        return go(request, "initiatives.show", id=initiative["id"], notice=CLOSED)
    try:
        await house.councils.initiatives.act(initiative["id"], "resume")
    except Conflict:
        return go(request, "initiatives.show", id=initiative["id"], notice=BACK)
    there = board_at(request, board, initiative["id"])
    return go_to(request, there, notice="Initiativet fortsätter.")


def board_at(request: Request, query: str, card: str = "") -> str:
    """The board as it was narrowed: only what a board may be asked by is taken along.

    With `card` the focus is on that one, where the page has it.
    """
    known = {*initiative_views.NARROWED, *PAGES.values(), "q"}
    there = tuple(pair for pair in parse_qsl(query) if pair[0] in known)
    board = Here(pages_of(request).addresses.to("initiative_board.show"), there).having()
    return f"{board}#card-{card}" if card else board
