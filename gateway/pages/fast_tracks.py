"""Fast tracks beside each other: how long each took, how it ended, and what was learned."""

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import Services
from gateway.html import page
from gateway.pages.listing import KINDS, file_of
from gateway.pages.sheets import Columns, coded, in_words, yes_or_no
from services.councils.contract.fast_track import FastTrackDays
from services.kit.errors import NotFound

area = Area("fast_tracks")
PATH = "/fast-tracks"
COLUMNS: Columns = (
    ("Råd", "council_name"), ("Bransch", "industry"), ("Yrke", "occupation_name"),
    ("Antal som saknades", "headcount"), ("Larm", "signalled_on"), ("Behövs senast", "needed_by"),
    ("Dagar till sammankallat", "days_to_convened"),
    ("Dagar till första insatsen", "days_to_first_measure"),
    ("Dagar till platserna fyllda", "days_to_seats_filled"),
    ("Dagar till behovet mött", "days_to_need_met"), ("Dagar", "days"),
    ("Pågår", "running", yes_or_no), ("För sent", "late", yes_or_no), ("Avslutat den", "closed_on"),
    ("Skäl", "closing_reason", coded("ClosingReason")), ("Resultat", "result"),
    ("Lärdomar", "lessons"), ("Källa", "source"), ("Exempel", "example", yes_or_no),
)  # fmt: skip
DAYS = tuple(FastTrackDays.model_fields)


@area.show("/snabbspar", "list")
async def compare(request: Request, house: Services) -> Response:
    """All of them, the newest first, with what is usual."""
    found = await house.councils.get(PATH)
    learned = [one for one in found["items"] if one["lessons"]]
    return page(
        request, "fast_tracks/list.html", items=found["items"], median=found["median"], days=DAYS,
        learned=learned,
    )  # fmt: skip


@area.show("/snabbspar.{kind}", "file")
async def as_file(house: Services, kind: str) -> Response:
    """The same rows as a file."""
    if kind not in KINDS:
        raise NotFound("there is no such file")
    rows = (await house.councils.get(PATH))["items"]
    return file_of("snabbspar", kind, *await in_words(COLUMNS)(house, rows))
