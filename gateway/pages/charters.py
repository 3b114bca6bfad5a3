"""Charters: what a council is to do, the one in force and those before it."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Listing, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages import choices
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved, taken_away
from gateway.swedish import day
from gateway.swedish.codes import options_of
from gateway.swedish.fields import word_for
from services.councils.contract.charter import CHARTER_TEXTS, CharterDraft, is_locked
from services.councils.contract.council import SeatRole
from services.kit import clock

area = Area("charters")
FILTERS = ("council_id", "in_force", "as_of")
MOST, LONGEST = 50, 100
ROLES = options_of(SeatRole)
PARTS = [(name, word_for(CharterDraft, name)) for name in CHARTER_TEXTS]


@area.show("/uppdragsbeskrivningar", "list")
async def list_charters(request: Request, house: Services) -> Response:
    """All charters, narrowed by the filters, the latest first."""
    shown, councils = await asyncio.gather(
        listed(request, house.councils.charters, FILTERS),
        choices.options(house.councils.councils, "name"),
    )
    return page(
        request, "charters/list.html", shown=shown, councils=councils, called=dict(councils)
    )  # fmt: skip


files(area, "/uppdragsbeskrivningar", lambda house: house.councils.charters, FILTERS)


@area.show("/branschrad/{id}/uppdragsbeskrivning", "council")
async def of_council(request: Request, house: Services, id: str) -> Response:
    """What one council is to do now, with those before it and one to come."""
    look = times_of(request)
    council, found = await house.councils.batch(
        house.councils.councils.at(id, **look.times),
        house.councils.charters.asked(council_id=id, limit=MOST, count="true", **look.times),
    )
    versions = Listing.of(found)
    charter = next((one for one in versions.items if one["in_force"]), None)
    labels = await house.analysis.labels(ids_in([charter["decision_id"]] if charter else []))
    return page(
        request, "charters/council.html", council=council, charter=charter, versions=versions,
        labels=labels, parts=PARTS, today=look.on,
    )  # fmt: skip


@area.begin("/uppdragsbeskrivningar/ny", "new")
async def new_charter(request: Request, house: Services) -> Response:
    """A form that begins with the council's latest charter, or with its purpose."""
    council_id = request.query_params.get("council_id") or None
    begun: dict[str, Any] = {"council_id": council_id, "valid_from": clock.today()}
    if council_id:
        council, found = await house.councils.batch(
            house.councils.councils.at(council_id),
            house.councils.charters.asked(council_id=council_id, limit=1),
        )
        last = next(iter(found["items"]), {"purpose": council["purpose"]})
        kept = (*CHARTER_TEXTS, "planned_seats")
        begun |= {name: last[name] for name in kept if last.get(name)}
    return await _form_page(request, house, Form.begun(request, CharterDraft, **begun))


@area.take("/uppdragsbeskrivningar/ny", "new")
async def make_charter(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, CharterDraft)
    made = await saved(form, house.councils.charters.make(form.sent, once=form.once))
    if made:
        said = "Uppdragsbeskrivningen är sparad."
        return go(request, "charters.council", id=made["council_id"], notice=said)
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[CharterDraft],
    *,
    status: int = 200,
    charter: Found | None = None,
) -> Response:
    chosen = charter["council_id"] if charter else form.value("council_id")
    councils, decisions, labels = await asyncio.gather(
        choices.councils(house, chosen),
        _decisions(house, form.value("decision_id")),
        house.analysis.labels([chosen] if charter else []),
    )
    return page(
        request, "charters/form.html", status=status, form=form, charter=charter,
        councils=councils, decisions=decisions, labels=labels, parts=PARTS, roles=ROLES,
        locked=charter and is_locked(charter, clock.today()),
    )  # fmt: skip


async def _decisions(house: House, chosen: str) -> choices.Options:
    """The latest decisions, and the one that is chosen already."""
    found = await house.councils.decisions.list(
        superseded="false", sort="-decided_on", limit=LONGEST
    )
    options = [(one["id"], _called(one)) for one in found.items]
    return choices.kept(options, chosen, await house.analysis.labels([chosen] if chosen else []))


def _called(decision: Found) -> str:
    return f"{day(decision['decided_on'])}: {decision['text'][:LONGEST]}"


@area.show("/uppdragsbeskrivningar/{id}", "show")
async def show_charter(request: Request, house: Services, id: str) -> Response:
    """One version."""
    look = times_of(request)
    charter = await house.councils.charters.one(id, **look.times)
    labels = await house.analysis.labels(ids_in([charter["council_id"], charter["decision_id"]]))
    return page(
        request, "charters/show.html", charter=charter, labels=labels, parts=PARTS,
        name=choices.name_in, today=look.on,
    )  # fmt: skip


@area.show("/uppdragsbeskrivningar/{id}/andra", "edit")
async def edit_charter(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    charter = await house.councils.charters.one(id)
    form = Form.showing(CharterDraft, charter, change_reason="")
    return await _form_page(request, house, form, charter=charter)


@area.take("/uppdragsbeskrivningar/{id}/andra", "edit")
async def revise_charter(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    charter = await house.councils.charters.one(id)
    form = await Form.posted(request, CharterDraft, kept=charter)
    sending = house.councils.charters.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "charters.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, charter=charter)


@area.show("/uppdragsbeskrivningar/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether it goes, or why it is withdrawn where others rely on it."""
    charter = await house.councils.charters.one(id)
    return await _removal_page(request, house, Form.showing(CharterDraft, charter), charter)


async def _removal_page(
    request: Request, house: House, form: Form[Any], charter: Found, *, status: int = 200
) -> Response:
    labels = await house.analysis.labels([charter["council_id"]])
    name = choices.name_in(labels, charter["council_id"], "Ett råd")
    locked = is_locked(charter, clock.today()) or charter["amendments"]
    return page(
        request, f"charters/{'withdraw' if locked else 'remove'}.html", status=status, form=form,
        charter=charter, lead=f"{name} · {day(charter['valid_from'])}",
    )  # fmt: skip


@area.take("/uppdragsbeskrivningar/{id}/ta-bort", "remove")
async def remove_charter(request: Request, house: Services, id: str) -> Response:
    """It was written by mistake: it goes where nobody relied on it, and else is withdrawn."""
    charter = await house.councils.charters.one(id)
    form: Form[Any] = await Form.posted(request, CharterDraft, kept=charter)
    if is_locked(charter, clock.today()) or charter["amendments"]:
        return await _withdraw(request, house, form, charter)
    removing = house.councils.charters.remove(id, version=form.version)
    away, said = await taken_away(removing, "Uppdragsbeskrivningen")
    if away:
        return go(request, "charters.list", notice=said)
    return go(request, "charters.show", id=id, notice=said)


async def _withdraw(request: Request, house: House, form: Form[Any], charter: Found) -> Response:
    things = house.councils.charters
    if not form.value("withdrawn_reason").strip():
        form.fail("withdrawn_reason", "missing")
    elif await saved(form, things.replace(charter["id"], form.sent, version=form.version)):
        said = "Uppdragsbeskrivningen är återkallad. Den står kvar att läsa."
        return go(request, "charters.show", id=charter["id"], notice=said)
    return await _removal_page(request, house, form, charter, status=422)
