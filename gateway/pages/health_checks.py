"""Health checks: whether what makes a council work holds, time after time."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Listing, ids_among, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages import choices
from gateway.pages.holdings import things_by_id
from gateway.pages.listing import files, listed
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.swedish.codes import options_of
from services.councils.contract.health_check import HealthCheckDraft, HealthJudgement
from services.kit import clock

area = Area("health_checks")
FILTERS = ("council_id", "overdue", "reviewed_from", "reviewed_until", "as_of")
MOST, MOST_SEATS = 4, 200
JUDGEMENTS = options_of(HealthJudgement)


@area.show("/halsokontroller", "list")
async def list_checks(request: Request, house: Services) -> Response:
    """All health checks, narrowed by the filters, the latest first."""
    shown, councils = await asyncio.gather(
        listed(request, house.councils.health_checks, FILTERS),
        choices.options(house.councils.councils, "name"),
    )
    return page(
        request, "health_checks/list.html", shown=shown, councils=councils, called=dict(councils),
        judgements=HealthJudgement,
    )  # fmt: skip


files(area, "/halsokontroller", lambda house: house.councils.health_checks, FILTERS)


@area.show("/branschrad/{id}/halsokontroll", "council")
async def of_council(request: Request, house: Services, id: str) -> Response:
    """The checks of one council beside each other, by criterion."""
    look = times_of(request)
    council, found, editions = await house.councils.batch(
        house.councils.councils.at(id, **look.times),
        house.councils.health_checks.asked(council_id=id, limit=MOST, count="true", **look.times),
        "/health-criteria",
    )
    checks = Listing.of(found)
    last = checks.items[0]["edition"] if checks.items else None
    criteria = next(e for e in editions["items"] if last in (None, e["edition"]))["criteria"]
    return page(
        request, "health_checks/council.html", council=council, checks=checks, criteria=criteria,
        found=[_by_key(one) for one in checks.items], today=look.on,
    )  # fmt: skip


def _by_key(check: Found) -> dict[str, Found]:
    return {one["criterion"]: one for one in check["findings"]}


@area.begin("/halsokontroller/ny", "new")
async def new_check(request: Request, house: Services) -> Response:
    """An empty form of the newest criteria, perhaps begun from a council."""
    council = request.query_params.get("council_id") or None
    begun = {"council_id": council, "reviewed_on": clock.today()}
    return await _form_page(request, house, Form.begun(request, HealthCheckDraft, **begun))


@area.take("/halsokontroller/ny", "new")
async def make_check(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, HealthCheckDraft)
    made = await saved(form, house.councils.health_checks.make(form.sent, once=form.once))
    if made:
        said = "Hälsokontrollen är sparad. Det som ska göras står bland rådets åtgärder."
        return go(request, "health_checks.show", id=made["id"], notice=said)
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[HealthCheckDraft],
    *,
    status: int = 200,
    check: Found | None = None,
) -> Response:
    named = check["council_id"] if check else form.value("council_id")
    council_id = next(iter(ids_among([named])), "")
    councils, labels, owners, edition, before = await asyncio.gather(
        choices.councils(house, council_id),
        house.analysis.labels([council_id] if check else []),
        _owners(house, council_id),
        _edition(house, check["edition"] if check else None),
        _before(house, council_id, check),
    )
    if not form.value("edition"):
        form.values["edition"] = [str(edition["edition"])]
    return page(
        request, "health_checks/form.html", status=status, form=form, check=check,
        councils=councils, labels=labels, owners=owners, edition=edition, before=before,
        judgements=JUDGEMENTS,
    )  # fmt: skip


async def _edition(house: House, number: int | None) -> Found:
    """The criteria of an edition, or of the newest."""
    editions = (await house.councils.get("/health-criteria"))["items"]
    return next((one for one in editions if one["edition"] == number), editions[0])


async def _before(house: House, council_id: str, check: Found | None) -> dict[str, Found]:
    """What was found the time before, by criterion, where somebody judges anew."""
    if not council_id or check:
        return {}
    found = await house.councils.health_checks.list(council_id=council_id, limit=1)
    return _by_key(found.items[0]) if found.items else {}


async def _owners(house: House, council_id: str) -> choices.Options:
    """The posts that sit in a council, and its process leader: who do what is to be done."""
    if not council_id:
        return []
    found, seats = await house.councils.batch(
        house.councils.councils.asked(id=council_id),
        house.councils.seats.asked(council_id=council_id, as_of=clock.today(), limit=MOST_SEATS),
    )
    leaders = [one["process_leader_post_id"] for one in found["items"]]
    posts = ids_in(leaders, [one["post_id"] for one in seats["items"]])
    labels = await house.analysis.labels(posts)
    return [(one, choices.name_in(labels, one, "Okänd befattning")) for one in posts]


@area.show("/halsokontroller/{id}", "show")
async def show_check(request: Request, house: Services, id: str) -> Response:
    """One health check: what holds, what that rests on, and what is done."""
    look = times_of(request)
    check = await house.councils.health_checks.one(id, **look.times)
    actions, edition = await asyncio.gather(
        things_by_id(
            house.councils.action_items,
            ids_in([one["action_item_id"] for one in check["findings"]]),
            look.known,
        ),
        _edition(house, check["edition"]),
    )
    owners = [one["owner_post_id"] for one in actions.values()]
    labels = await house.analysis.labels(ids_in([check["council_id"]], owners))
    return page(
        request, "health_checks/show.html", check=check, labels=labels, actions=actions,
        edition=edition, found=_by_key(check), name=choices.name_in,
    )  # fmt: skip


@area.show("/halsokontroller/{id}/andra", "edit")
async def edit_check(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    check = await house.councils.health_checks.one(id)
    return await _form_page(request, house, Form.showing(HealthCheckDraft, check), check=check)


@area.take("/halsokontroller/{id}/andra", "edit")
async def revise_check(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    check = await house.councils.health_checks.one(id)
    form = await Form.posted(request, HealthCheckDraft, kept=check)
    sending = house.councils.health_checks.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "health_checks.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, check=check)


asks_first(
    area, "/halsokontroller/{id}/ta-bort", "remove", lambda house: house.councils.health_checks,
    HealthCheckDraft, what="hälsokontrollen", told=("council_id", "reviewed_on"),
    back="health_checks.show",
)  # fmt: skip


@area.take("/halsokontroller/{id}/ta-bort", "remove")
async def remove_check(request: Request, house: Services, id: str) -> Response:
    """It was written by mistake; the action items that came of it stay."""
    form: Form[Any] = await Form.posted(request, HealthCheckDraft)
    removing = house.councils.health_checks.remove(id, version=form.version)
    away, said = await taken_away(removing, "Hälsokontrollen")
    if away:
        return go(request, "health_checks.list", notice=said)
    return go(request, "health_checks.show", id=id, notice=said)
