"""Views of a project: its plan, its money, its deviations, what it learnt, and its assignments."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

from fastapi import Request, Response

from gateway import swedish
from gateway.areas import Area
from gateway.charts.spans import Span
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.html import page
from gateway.pages import choices
from gateway.pages.listing import KINDS, file_of
from gateway.pages.sheets import Columns, in_words, named
from gateway.rewording import reworded
from gateway.swedish.lost_time import lost_time
from services.councils.contract.project import ASSIGNMENT_TEXTS
from services.councils.contract.project_work import ProjectActivityKind
from services.kit import clock
from services.kit.errors import Forbidden, NotFound, Unavailable

area = Area("project_views")
MOST, LONGEST = 200, 40


async def _project(house: House, id: str, *paths: str) -> tuple[Found, list[list[Found]]]:
    """A project, and whole lists that belong to it: one call."""
    project, *parts = await house.councils.whole(house.councils.projects.at(id), *paths)
    return project, [part["items"] for part in parts]


def _its(id: str, **more: object) -> dict[str, object]:
    return {"project_id": id, "limit": MOST} | more


@area.show("/projekt/{id}/plan", "plan")
async def plan(request: Request, house: Services, id: str) -> Response:
    """What is to be done, told, asked and checked, over time and in lists."""
    councils = house.councils
    project, (found, events, thought) = await _project(
        house, id, councils.project_activities.asked(**_its(id, sort="due_on")),
        councils.events.asked(**_its(id, sort="starts_at")),
        councils.projects.at(id, "/event-feedback"),
    )  # fmt: skip
    feedback = {one["event_id"]: one for one in thought}
    labels = await house.analysis.labels(ids_in([one["owner_post_id"] for one in found]))
    kinds = {kind.value: [one for one in found if one["kind"] == kind] for kind in _KINDS}
    dated = [row for one in found if (row := _spans_of(one)) is not None]
    return page(
        request, "projects/plan.html", project=project, kinds=kinds, labels=labels,
        spans=dated, undated=len(found) - len(dated), today=clock.today(), events=events,
        feedback=feedback,
        table=[_in_words(one) for one in found],
    )  # fmt: skip


_KINDS = ProjectActivityKind


def _in_a_row(names: list[str] | None, _: Any) -> str | None:
    """Several in one cell."""
    return "; ".join(names) if names else None


MESSAGES: Columns = (
    ("Budskap", "title"), ("Målgrupp", "audience"), ("Kanal", "channel"),
    ("Klart senast", "due_on"), ("Gick ut", "done_on"), ("Mottagare", "recipients", _in_a_row),
    ("Ansvarig", "owner_post_id", named), ("Anteckning", "note"),
)  # fmt: skip


@area.show("/projekt/{id}/kommunikation.{kind}", "dissemination")
async def dissemination(house: Services, id: str, kind: str) -> Response:
    """Who was told what, how and when, as a file."""
    if kind not in KINDS:
        raise NotFound("there is no such file")
    asked = _its(id, sort="due_on", kind=_KINDS.communication)
    _, (found,) = await _project(house, id, house.councils.project_activities.asked(**asked))
    return file_of("kommunikation", kind, *await in_words(MESSAGES)(house, found))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _spans_of(one: Found) -> tuple[str, Span, Span] | None:
    """An activity in the picture; nothing where no day of it is known."""
    planned = Span(_day(one["starts_on"]), _day(one["due_on"]))
    began = _day(one["started_on"])
    done = Span(began, _day(one["done_on"]) or (began and clock.today()))
    title = one["title"] if len(one["title"]) <= LONGEST else f"{one['title'][:LONGEST]} …"
    return (title, planned, done) if planned.whole or done.whole else None


def _in_words(one: Found) -> list[str]:
    days = ("starts_on", "due_on", "started_on", "done_on")
    return [one["title"], *(swedish.day(one[name]) for name in days)]


@area.show("/projekt/{id}/budget", "budget")
async def budget(request: Request, house: Services, id: str) -> Response:
    """What things were to cost and did, with their sums."""
    councils = house.councils
    asked = councils.project_budget_lines.asked(**_its(id))
    project, (lines,) = await _project(house, id, asked)
    rows = [one | {"differs": _variance(one)} for one in lines]
    sums = {name: _sum(rows, name) for name in ("plan", "actual", "differs")}
    return page(
        request, "projects/budget.html", project=project, lines=rows, sums=sums,
        unknown=sum(one["differs"] is None for one in rows),
    )  # fmt: skip


def _variance(line: Found) -> Decimal | None:
    if line["plan"] is None or line["actual"] is None:
        return None
    return Decimal(line["actual"]) - Decimal(line["plan"])


def _sum(lines: Iterable[Found], name: str) -> Decimal | None:
    """Of what is known; nothing where nobody knows anything."""
    known = [Decimal(line[name]) for line in lines if line[name] is not None]
    return sum(known, Decimal(0)) if known else None


@area.show("/projekt/{id}/avvikelser", "deviations")
async def deviations(request: Request, house: Services, id: str) -> Response:
    """How it went otherwise than planned, with the time lost, and what a restart changed."""
    councils = house.councils
    project, told, restarts = await councils.whole(
        councils.projects.at(id), councils.project_deviations.asked(**_its(id, sort="from_on")),
        councils.projects.at(id, "/breaks"),
    )  # fmt: skip
    found, breaks = told["items"], restarts["items"]
    owners = ids_in([one["owner_post_id"] for one in found])
    labels, contacts = await asyncio.gather(
        house.analysis.labels(owners),
        _contacts(house, breaks, project["owner_actor_id"], restarts["actor_ids"]),
    )
    return page(
        request, "projects/deviations.html", project=project, deviations=found, labels=labels,
        breaks=[one | {"contacts": told} for one, told in zip(breaks, contacts, strict=True)],
        lost_time=lost_time, today=clock.today(), called={one["id"]: one["what"] for one in found},
    )  # fmt: skip


async def _contacts(
    house: House, breaks: list[Found], owner: str, others: list[str]
) -> list[tuple[int | None, int | None]]:
    """How many contacts the owner had with the others on each side of a restart.

    Unknown where nobody answers, and on a side that nobody knows the days of.
    """
    sides = [one[side] for one in breaks for side in ("before", "after")]
    known = [one for one in sides if others and one["from_on"] and one["to_on"]]
    asked = [
        house.actors.contacts.asked(
            held_from=one["from_on"], held_until=one["to_on"], our_actor_id=owner,
            actor_id=others, limit=1, count="true",
        )
        for one in known
    ]  # fmt: skip
    counts: dict[int, int] = {}
    with suppress(Forbidden, Unavailable):
        answers = await house.actors.batch(*asked) if asked else []
        counts = {id(one): told["count"] for one, told in zip(known, answers, strict=True)}
    found = [counts.get(id(one)) for one in sides]
    return list(zip(found[::2], found[1::2], strict=True))


@area.show("/projekt/{id}/lardomar", "lessons")
async def lessons(request: Request, house: Services, id: str) -> Response:
    """What it learnt, what its steering group thought, and what goes on after it."""
    councils = house.councils
    project, (found, goes_on) = await _project(
        house, id, councils.project_lessons.asked(**_its(id, sort="created_at")),
        councils.project_continuations.asked(**_its(id)),
    )  # fmt: skip
    named = [[one[n] for n in ("carrier_actor_id", "carrier_post_id", "decision_id")]
             for one in goes_on]  # fmt: skip
    labels = await house.analysis.labels(ids_in(*named))
    kinds = {kind: [one for one in found if one["kind"] == kind] for kind in _order(found)}
    return page(
        request, "projects/lessons.html", project=project, kinds=kinds, goes_on=goes_on,
        labels=labels,
    )  # fmt: skip


def _order(found: list[Found]) -> list[str]:
    there = {one["kind"] for one in found}
    return [kind for kind in ("conclusion", "lesson", "reflection") if kind in there]


@area.show("/projekt/{id}/uppdrag", "assignments")
async def assignments(request: Request, house: Services, id: str) -> Response:
    """Every version of what it is to do, and what each changed in the one before."""
    councils = house.councils
    asked = councils.project_assignments.asked(**_its(id))
    project, (versions,) = await _project(house, id, asked)
    labels = await house.analysis.labels(
        ids_in(*([one["council_id"], one["decision_id"]] for one in versions))
    )
    earlier: dict[int, Found] = {one["number"]: one for one in versions}
    told = [one | {"changes": _changes(earlier.get(one["number"] - 1), one)} for one in versions]
    return page(
        request, "projects/assignments.html", project=project, versions=told, labels=labels,
        texts=ASSIGNMENT_TEXTS, name=choices.name_in,
    )  # fmt: skip


def _changes(before: Found | None, now: Found) -> dict[str, Any]:
    """Each text that differs from the version before, piece by piece."""
    if before is None:
        return {}
    return {
        name: reworded(before[name], now[name])
        for name in ASSIGNMENT_TEXTS
        if before[name] != now[name]
    }
