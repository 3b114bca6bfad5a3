"""Lessons of all projects and fast tracks, to be found by whoever begins something like it."""

import asyncio

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.html import page
from gateway.pages import choices
from gateway.pages.listing import Shown, files, listed
from gateway.pages.sheets import Columns, coded, in_words, named, yes_or_no
from services.councils.contract.council import CouncilKind
from services.councils.contract.project_learning import ProjectLessonKind
from services.kit.errors import Forbidden, Malformed, Unavailable

area = Area("project_lessons")
FILTERS = ("kind", "project_id")
MOST = 200


@area.show("/lardomar", "list")
async def list_lessons(request: Request, house: Services) -> Response:
    """What projects learnt, the newest first, and beside it what fast tracks did."""
    shown, projects, closed = await asyncio.gather(
        listed(request, house.councils.project_lessons, FILTERS),
        choices.options(house.councils.projects, "name"),
        _fast_tracks(house, request.query_params.get("q", "")),
    )
    labels = await house.analysis.labels(ids_in([one["project_id"] for one in shown.rows]))
    return page(
        request, "project_lessons/list.html", shown=shown, projects=projects, labels=labels,
        tracks=_among(request, shown, closed), named=_named(request, projects),
        called=dict(projects), kinds=ProjectLessonKind,
    )  # fmt: skip


COLUMNS: Columns = (
    ("Lärdom", "text"), ("Sort", "kind", coded("ProjectLessonKind")),
    ("Projekt", "project_id", named), ("Antecknad den", "noted_on"),
    ("Stöd", "supports", lambda supports, _: [one["what"] for one in supports]),
    ("Källa", "source"), ("Exempel", "example", yes_or_no),
)  # fmt: skip
files(area, "/lardomar", lambda house: house.councils.project_lessons, FILTERS,
      worded=in_words(COLUMNS))  # fmt: skip


async def _fast_tracks(house: House, asked: str) -> list[Found]:
    """Temporary councils that ended with lessons where the words stand."""
    try:
        found = await house.councils.councils.list(
            kind=CouncilKind.temporary_council, open="false", limit=MOST
        )
    except (Forbidden, Malformed, Unavailable):
        return []
    words = asked.casefold().split()
    told = ("lessons", "name", "industry")
    learnt = [one for one in found.items if one["lessons"]]
    return [one for one in learnt if _has(words, *(one[name] for name in told))]


def _has(words: list[str], *texts: str | None) -> bool:
    """Whether every word stands somewhere in the texts."""
    text = " ".join(filter(None, texts)).casefold()
    return all(word in text for word in words)


def _named(request: Request, projects: choices.Options) -> choices.Options:
    """Projects whose name has the words: all that they learnt is one step away."""
    words = request.query_params.get("q", "").casefold().split()
    return [one for one in projects if words and _has(words, one[1])]


def _among(request: Request, shown: Shown, closed: list[Found]) -> list[Found]:
    """None where the list is narrowed to what only projects have, or goes on to a next page."""
    narrowed = any(request.query_params.get(name) for name in FILTERS)
    return [] if narrowed or shown.number > 1 else closed
