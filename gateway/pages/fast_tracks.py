"""Fast tracks beside each other: how long each took, how it ended, and what was learned."""

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import Services
from gateway.html import page
from gateway.pages.listing import KINDS
from services.councils.contract.fast_track import FastTrack, FastTrackDays
from services.kit.errors import NotFound
from services.kit.resources import as_file as file_of

area = Area("fast_tracks")
PATH = "/fast-tracks"
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
    file = file_of("fast-tracks", list(FastTrack.model_fields), rows, excel=kind != "csv")
    file.headers["Cache-Control"] = "no-store"
    return file
