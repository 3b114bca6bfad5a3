"""The model: its functions drawn from what there is, filled and empty, also without names."""

from collections import Counter
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.charts.model import Model, model
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Listing, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages import choices
from gateway.pages.holdings import things_by_id
from gateway.pages.listing import KINDS, file_of
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.swedish.codes import label, options_of
from services.councils.contract.council import UPWARD, CouncilKind, CouncilLevel
from services.councils.contract.model_definition import ModelDefinitionDraft, ModelFiller
from services.councils.contract.picture import PartState
from services.kit import clock
from services.kit.errors import Forbidden, NotFound, Unavailable

area = Area("picture")
MOST = 50
LEVELS = [str(one) for one in reversed(UPWARD)]
PAGES = {"council": "councils.show", "post": "posts.show", "actor": "actors.show"}
# Whoever fills it is a council of that kind, which can be founded, or begun from another.
KINDS_OF_COUNCILS = [str(one) for one in CouncilKind]
FUNCTION = ("level", "function", "says", "filled_by")
FILE = (
    *FUNCTION, "state", "name", "vacant", "phase", "last_on", "last", "meeting_count",
    "decision_count",
)  # fmt: skip


@area.show("/modellen", "list")
async def show_model(request: Request, house: Services) -> Response:
    """The picture of a day and the same as a table; with `mall` the functions alone."""
    look = times_of(request)
    told, versions = await house.councils.batch(
        house.councils.picture.asked(**look.times),
        house.councils.model_definitions.asked(limit=MOST, **look.known),
    )
    bare = _bare(request)
    names = {} if bare else await _name(house, told)
    of = {one["id"]: str(place) for place, part in _placed(told) for one in part["fillers"]}
    ties = _between(told, of)
    return page(
        request, "picture/list.html", picture=told, bare=bare, names=names,
        pages={one["id"]: PAGES[one["kind"]] for one in _fillers(told)},
        levels=_levels(told), ties=ties, versions=Listing.of(versions).items, called=_called(told),
        kinds=KINDS_OF_COUNCILS, states=Counter(part["state"] for part in told["parts"]),
        drawn=_drawn(told, ties, names), open=_open,
    )  # fmt: skip


def _bare(request: Request) -> bool:
    return request.query_params.get("mall") == "1"


def _placed(told: Found) -> list[tuple[int, Found]]:
    return list(enumerate(told["parts"]))


def _levels(told: Found) -> list[tuple[str, list[tuple[int, Found]]]]:
    """The parts of each level, the highest first, each with its place in the definition."""
    found = [(one, [p for p in _placed(told) if p[1]["level"] == one]) for one in LEVELS]
    return [(one, parts) for one, parts in found if parts]


def _called(told: Found) -> dict[str, str]:
    """The functions by their places, as ties name them."""
    return {str(place): part["function"] for place, part in _placed(told)}


def _between(told: Found, of: dict[str, str]) -> list[tuple[str, str, str, int, int]]:
    """The ties between functions: (one, other, kind, how many, how many wait), counted together."""
    counts, waits = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for tie in told["ties"]:
        if tie["from_id"] in of and tie["to_id"] in of:
            key = of[tie["from_id"]], of[tie["to_id"]], tie["kind"]
            counts[key] += tie["count"]
            waits[key] += tie["waiting_count"]
    return [(*key, count, waits[key]) for key, count in sorted(counts.items())]


def _drawn(told: Found, ties: list[tuple[str, str, str, int, int]], names: dict[str, str]) -> Model:
    """The picture: with names, and how many ties there are; without, the functions alone."""
    called = _called(told)

    def who(part: Found) -> list[tuple[str, str]]:
        return [(names[one["id"]], one["id"]) for one in part["fillers"]] if names else []

    def state(part: Found) -> str:
        return str(part["state"]) if names else ""

    levels = [
        (label(level, "CouncilLevel"), [
            (str(place), part["function"], state(part), who(part)) for place, part in parts
        ])
        for level, parts in _levels(told)
    ]  # fmt: skip
    said = [
        (one, other, kind, f"{label(kind, 'TieKind')}: {called[one]} till {called[other]}")
        for one, other, kind, _count, _waits in ties
    ]
    return model(levels, said)


def _open(version: Found) -> bool:
    """Whether a version may still change: it has not been the model on a day that is over."""
    today = clock.today().isoformat()
    return bool(max(version["valid_from"], version["created_at"][:10]) >= today)


def _fillers(told: Found) -> list[Found]:
    return [one for part in told["parts"] for one in part["fillers"]] + [*told["outside"]]


async def _name(house: House, told: Found) -> dict[str, str]:
    """What everybody is called; posts that nobody holds are told to be vacant."""
    fillers = _fillers(told)
    others = [one["id"] for one in fillers if one["kind"] != "council"]
    labels = await house.analysis.labels(ids_in(others))
    try:
        wanted = [one["id"] for one in fillers if one["kind"] == "post"]
        posts = await things_by_id(house.actors.posts, wanted)
    except (Forbidden, Unavailable):
        posts = {}
    for one in fillers:
        one["vacant"] = bool(posts.get(one["id"], {}).get("vacant"))
    for part in told["parts"]:
        if part["fillers"] and all(one["vacant"] for one in part["fillers"]):
            part["state"] = PartState.empty.value
    unknown = {"post": "En befattning", "actor": "En aktör"}
    return {
        one["id"]: one["name"] or choices.name_in(labels, one["id"], unknown.get(one["kind"], ""))
        for one in fillers
    }


@area.show("/modellen.{kind}", "file")
async def model_file(request: Request, house: Services, kind: str) -> Response:
    """The table as a file: a row for each that fills a function, and for each empty function.

    With `mall` the functions alone.
    """
    if kind not in KINDS:
        raise NotFound("no such file")
    told = await house.councils.get("/picture", **times_of(request).times)
    if _bare(request):
        return file_of("modellen-som-mall", kind, list(FUNCTION), told["parts"])
    names = await _name(house, told)
    rows = [
        {name: part[name] for name in FILE[: len(FUNCTION) + 1]}
        | {name: one.get(name) for name in FILE[len(FUNCTION) + 1 :]}
        | {"name": names.get(one.get("id", ""))}
        for part in told["parts"]
        for one in part["fillers"] or [{}]
    ]
    return file_of("modellen", kind, list(FILE), rows)


@area.begin("/modellen/ny-version", "new")
async def new_model(request: Request, house: Services) -> Response:
    """A form that begins with the model as it is."""
    told = await house.councils.get("/picture")
    names = ("level", "function", "says", "filled_by")
    parts = [{name: one[name] for name in names} for one in told["parts"]]
    form = Form.begun(request, ModelDefinitionDraft, valid_from=clock.today(), parts=parts)
    return _form_page(request, form)


def _form_page(
    request: Request, form: Form[Any], *, version: Found | None = None, status: int = 200
) -> Response:
    return page(
        request, "picture/form.html", status=status, form=form, version=version,
        levels=options_of(reversed(CouncilLevel)), fillers=options_of(ModelFiller),
    )  # fmt: skip


@area.take("/modellen/ny-version", "new")
async def make_model(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, ModelDefinitionDraft)
    if await saved(form, house.councils.model_definitions.make(form.sent, once=form.once)):
        return go(request, "picture.list", notice="Versionen är sparad.")
    return _form_page(request, form, status=422)


@area.show("/modellen/versioner/{id}/andra", "edit")
async def edit_model(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    version = await house.councils.model_definitions.one(id)
    return _form_page(request, Form.showing(ModelDefinitionDraft, version), version=version)


@area.take("/modellen/versioner/{id}/andra", "edit")
async def revise_model(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    version = await house.councils.model_definitions.one(id)
    form = await Form.posted(request, ModelDefinitionDraft, kept=version)
    sending = house.councils.model_definitions.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "picture.list", notice="Ändringen är sparad.")
    return _form_page(request, form, version=version, status=422)


asks_first(
    area,
    "/modellen/versioner/{id}/ta-bort",
    "remove",
    lambda house: house.councils.model_definitions,
    ModelDefinitionDraft,
    what="versionen",
    told=("valid_from",),
    back="picture.list",
)


@area.take("/modellen/versioner/{id}/ta-bort", "remove")
async def remove_model(request: Request, house: Services, id: str) -> Response:
    """It was written by mistake, and has not been the model on a day that is over."""
    form: Form[Any] = await Form.posted(request, ModelDefinitionDraft)
    removing = house.councils.model_definitions.remove(id, version=form.version)
    held = "Versionen har gällt och står kvar. Skriv en ny i stället."
    _away, said = await taken_away(removing, "Versionen", held=held)
    return go(request, "picture.list", notice=said)
