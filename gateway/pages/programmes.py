"""Programmes: what education and measures are on offer, and what became of each intake."""

import asyncio
from collections.abc import Iterable
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import Lookback, times_of
from gateway.misread import demand_choice
from gateway.pages import actor_choices, choices, occupation_field
from gateway.pages.checklists import section_of
from gateway.pages.holdings import providers_of
from gateway.pages.initiatives_then import then_of
from gateway.pages.listing import as_file, listed
from gateway.pages.occupations import direction_named, occupations_named
from gateway.pages.saving import saved
from gateway.swedish.languages import language, languages_with
from gateway.swedish.municipalities import municipality
from gateway.swedish.places import places_of
from services.actors.contract import programme as codes
from services.actors.contract.programme import IntakeDraft, ProgrammeDraft
from services.councils.contract.need import OPEN_NEEDS
from services.kit.errors import Forbidden, Unavailable

area = Area("programmes")
FILTERS = (
    "provider_actor_id",
    "form",
    "delivery",
    "occupation_code",
    "municipality_code",
    "decision",
    "as_of",
)
ALSO = ("answers",)
MOST, OCCUPATIONS, CODE = 200, "occupation_codes", "municipality_code"
NO_OCCUPATION = "0000"  # of no programme: SSYK 2012 has no such code


class Work(NamedTuple):
    """What is worked on around a programme. `away`: nobody could say."""

    initiatives: list[Found]
    needs: list[Found]
    away: bool = False


@area.show("/utbildningar", "list")
async def list_programmes(request: Request, house: Services) -> Response:
    """All programmes, narrowed by the filters, with their next start."""
    narrowed = await _narrowed(request, house)
    shown, actors, ours, used = await asyncio.gather(
        listed(request, house.actors.programmes, FILTERS, also=ALSO, **narrowed),
        actor_choices.actors(house, Form.asked(request)),
        choices.municipalities(request),
        _places_in_use(house, times_of(request).times),
    )
    municipalities, places = await choices.in_use(house, ours, [*used, *_places_in(shown.rows)])
    providers = await providers_of(house.actors, shown.rows, times_of(request).times)
    return page(
        request, "programmes/list.html", shown=shown, actors=actors, providers=providers,
        municipalities=municipalities, codes=codes,
        places=places,
    )  # fmt: skip


async def _places_in_use(house: House, times: dict[str, str]) -> list[str]:
    found = await house.actors.get("/programmes/municipalities", **times)
    codes: list[str] = found["municipality_codes"]
    return codes


def _places_in(programmes: Iterable[Found]) -> list[str]:
    return [code for one in programmes for code in places_of(one)]


async def _narrowed(request: Request, house: House) -> dict[str, Any]:
    """The filters that are asked of other services: an occupation's name, and what is needed."""
    narrowed = await occupation_field.filtered(request, house)
    answers = demand_choice(request, "answers", ("true", "false", "unknown"))
    if not answers:
        return narrowed
    if answers == "unknown":
        return narrowed | {"leads_somewhere": "false"}
    known = times_of(request).known
    found = await house.councils.get("/needs/wanted-occupations", **known)
    codes = [one["occupation_code"] for one in found["items"]] or [NO_OCCUPATION]
    if answers == "true":
        return narrowed | {"also_occupation_code": codes}
    return narrowed | {"not_occupation_code": codes, "leads_somewhere": "true"}


@area.show("/utbildningar.{kind}", "file")
async def programmes_file(request: Request, house: Services, kind: str) -> Response:
    """The same list as a file."""
    narrowed = await _narrowed(request, house)
    return await as_file(request, house.actors.programmes, kind, FILTERS, also=ALSO, **narrowed)


@area.begin("/utbildningar/ny", "new")
async def new_programme(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from a provider or an occupation."""
    begun: dict[str, Any] = {
        "provider_actor_id": request.query_params.get("provider_actor_id") or None,
        "occupation_codes": request.query_params.getlist("occupation_code"),
        "languages": ["sv"],
    }
    return await _form_page(request, house, Form.begun(request, ProgrammeDraft, **begun))


@area.take("/utbildningar/ny", "new")
async def make_programme(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await _posted(request, house)
    made = await saved(form, house.actors.programmes.make(form.sent, once=form.once))
    if made:
        return go(request, "programmes.show", id=made["id"], notice="Utbildningen är sparad.")
    return await _form_page(request, house, form, status=422)


async def _posted(
    request: Request, house: House, *, kept: Found | None = None
) -> Form[ProgrammeDraft]:
    return await occupation_field.posted(
        request, house, ProgrammeDraft, OCCUPATIONS, several=True, kept=kept
    )


async def _form_page(
    request: Request,
    house: House,
    form: Form[ProgrammeDraft],
    *,
    status: int = 200,
    programme: Found | None = None,
) -> Response:
    actors, known, _ = await asyncio.gather(
        actor_choices.actors(house, form),
        choices.municipalities(request),
        occupation_field.shown(house, form, OCCUPATIONS, several=True),
    )
    one, several = form.value(CODE), form.chosen("municipality_codes")
    everywhere = await choices.everywhere(house, known, one)
    return page(
        request, "programmes/form.html", status=status, form=form, programme=programme,
        actors=actors, municipalities=everywhere, several=_with(known, several, dict(everywhere)),
        languages=languages_with(form.chosen("languages")),
    )  # fmt: skip


def _with(known: choices.Options, chosen: Iterable[str], called: dict[str, str]) -> choices.Options:
    """Our municipalities, and the others that are chosen already."""
    others = (code for code in chosen if code not in {"", *dict(known)})
    return [*known, *((code, called.get(code, municipality(code))) for code in others)]


def _by_round(intakes: list[Found]) -> list[Found]:
    """Starts of an unknown day by their rounds, before those of a day as they came."""
    return sorted(intakes, key=lambda one: 1000 if one["starts_on"] else one["round"] or 0)


@area.show("/utbildningar/{id}", "show")
async def show_programme(request: Request, house: Services, id: str) -> Response:
    """One programme: its intakes, what it leads to, and the work that it answers."""
    return await _show(request, house, id)


async def _show(
    request: Request,
    house: House,
    id: str,
    *,
    intake_form: Form[Any] | None = None,
    status: int = 200,
) -> Response:
    actors, look = house.actors, times_of(request)
    programme, intakes = await actors.whole(
        actors.programmes.at(id, **look.times),
        actors.intakes.asked(programme_id=id, sort="-starts_on", limit=MOST, **look.known),
    )
    provider, work, occupations, direction, places = await asyncio.gather(
        providers_of(actors, [programme], look.times),
        _work_around(house, programme, look),
        occupations_named(house, programme["occupation_codes"]),
        direction_named(house, programme["sun_code"]),
        choices.municipalities(request),
    )
    needed = (code for need in work.needs for code in need["municipality_codes"])
    named = await choices.places(house, places, [*places_of(programme), *needed])
    return page(
        request, "programmes/show.html", status=status, programme=programme,
        intakes=_by_round(intakes["items"]), provider=provider.get(programme["provider_actor_id"]),
        work=work, occupations=occupations, direction=direction, places=named, name=choices.name_in,
        filled=_by_intake(work.initiatives),
        taught_in=[language(code) for code in programme["languages"]],
        intake_form=intake_form or Form.empty(IntakeDraft), start=choices.start,
        **await section_of(house, look, programme_id=id),
    )  # fmt: skip


async def _work_around(house: House, programme: Found, look: Lookback) -> Work:
    """The initiatives that use a programme, and the open needs of what it leads to.

    Which needs were open on another day is not told, so none is shown for one.
    """
    councils, wanted = house.councils, [] if look.day else programme["occupation_codes"]
    known: dict[str, Any] = {"limit": MOST, **look.known}
    asked = [councils.initiatives.asked(programme_id=programme["id"], **known)]
    if wanted:
        asked.append(councils.needs.asked(occupation_code=wanted, status=OPEN_NEEDS, **known))
    try:
        found = await councils.whole(*asked)
    except (Unavailable, Forbidden):
        return Work([], [], away=True)
    initiatives = then_of(found[0]["items"], look.day)
    return Work(initiatives, found[1]["items"] if wanted else [])


def _by_intake(initiatives: list[Found]) -> dict[str, list[Found]]:
    """The initiatives that fill each intake."""
    found: dict[str, list[Found]] = {}
    for initiative in initiatives:
        if initiative["intake_id"]:
            found.setdefault(initiative["intake_id"], []).append(initiative)
    return found


@area.show("/utbildningar/{id}/andra", "edit")
async def edit_programme(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    programme = await house.actors.programmes.one(id)
    form = Form.showing(ProgrammeDraft, programme)
    return await _form_page(request, house, form, programme=programme)


@area.take("/utbildningar/{id}/andra", "edit")
async def revise_programme(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed the programme meanwhile."""
    programme = await house.actors.programmes.one(id)
    form = await _posted(request, house, kept=programme)
    sending = house.actors.programmes.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "programmes.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, programme=programme)


@area.take("/utbildningar/{id}/starter", "add_intake")
async def add_intake(request: Request, house: Services, id: str) -> Response:
    """One more start."""
    form = await Form.posted(request, IntakeDraft, programme_id=id)
    if await saved(form, house.actors.intakes.make(form.sent, once=form.once)):
        return go(request, "programmes.show", id=id, notice="Utbildningsstarten är tillagd.")
    return await _show(request, house, id, intake_form=form, status=422)


@area.show("/utbildningsstarter/{id}/andra", "edit_intake")
async def edit_intake(request: Request, house: Services, id: str) -> Response:
    """What is known of a start so far."""
    intake = await house.actors.intakes.one(id)
    return await _intake_page(request, house, intake, Form.showing(IntakeDraft, intake))


@area.take("/utbildningsstarter/{id}/andra", "edit_intake")
async def revise_intake(request: Request, house: Services, id: str) -> Response:
    """What became of it."""
    intake = await house.actors.intakes.one(id)
    form = await Form.posted(request, IntakeDraft, kept=intake)
    sending = house.actors.intakes.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        said = "Utbildningsstarten är sparad."
        return go(request, "programmes.show", id=intake["programme_id"], notice=said)
    return await _intake_page(request, house, intake, form, status=422)


async def _intake_page(
    request: Request, house: House, intake: Found, form: Form[Any], *, status: int = 200
) -> Response:
    programme = await house.actors.programmes.one(intake["programme_id"])
    return page(
        request, "programmes/intake.html", status=status, form=form, intake=intake,
        programme=programme, start=choices.start(intake),
    )  # fmt: skip
