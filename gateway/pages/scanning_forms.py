"""What signals and trends have alike on their pages: whom they touch, and how they end."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Things, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages import choices, occupation_field, post_choices
from gateway.pages.holdings import things_by_id
from gateway.pages.occupations import occupations_named
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.swedish import sentence
from services.analysis.contract.scanning import ScanningEnd
from services.kit import clock
from services.kit.errors import Conflict

D = TypeVar("D", bound=BaseModel)
OCCUPATIONS = "occupation_codes"
LIVING = ["current", "expires_soon"]
HELD = "Något annat hänvisar hit. Avsluta i stället, så finns det kvar att läsa."
SHARED = (
    "state", "confidence", "industry", "occupation_code", "municipality_code", "owner_post_id",
    "ownerless", "as_of",
)  # fmt: skip


async def choices_of(request: Request, house: House) -> dict[str, Any]:
    """What a list of signals or trends can be narrowed to."""
    posts, municipalities = await asyncio.gather(
        post_choices.posts(house, Form.asked(request), look=times_of(request)),
        choices.municipalities(request),
    )
    return {"posts": posts, "municipalities": municipalities}


async def posted(
    request: Request, house: House, kind: type[D], kept: Found | None = None
) -> Form[D]:
    """What was sent, with its occupations settled."""
    return await occupation_field.posted(request, house, kind, OCCUPATIONS, several=True, kept=kept)


async def form_page(
    request: Request, house: House, template: str, form: Form[Any], status: int, **more: Any
) -> Response:
    """The form of a signal or trend, with what can be chosen in it."""
    posts, municipalities, _ = await asyncio.gather(
        post_choices.posts(house, form),
        choices.municipalities(request),
        occupation_field.shown(house, form, OCCUPATIONS, several=True),
    )
    return page(
        request, template, status=status, form=form, posts=posts, municipalities=municipalities,
        **more,
    )  # fmt: skip


async def surroundings(request: Request, house: House, thing: Found, link: str) -> dict[str, Any]:
    """Who watches it, whom it touches, and the challenges that it bears on or bore on."""
    known = times_of(request).known
    links, labels, occupations, places = await asyncio.gather(
        house.analysis.challenge_links.whole(**{link: thing["id"]}, **known),
        house.analysis.labels(ids_in([thing["owner_post_id"]])),
        occupations_named(house, thing[OCCUPATIONS]),
        choices.municipalities(request),
    )
    ids = ids_in([one["challenge_id"] for one in links])
    return {
        "links": links,
        "challenges": await things_by_id(house.analysis.challenges, ids, known),
        "labels": labels,
        "occupations": occupations,
        "places": await choices.places(house, places, thing["municipality_codes"]),
        "day": times_of(request).on.isoformat(),
    }


def ends(
    area: Area,
    path: str,
    things: Callable[[House], Things],
    draft: type[BaseModel],
    *,
    what: str,
) -> None:
    """How things of one noun are ended, taken back and, where nothing needs them, removed."""
    show, back = f"{area.area}.show", f"{area.area}.list"

    @area.show(f"{path}/{{id}}/avsluta", "end")
    async def ask_end(request: Request, house: Services, id: str) -> Response:
        """From which day it does not hold, and why."""
        thing = await things(house).one(id)
        form = Form.empty(ScanningEnd, ended_on=clock.today())
        return page(request, "scanning/end.html", thing=thing, form=form, what=what, area=area.area)

    @area.take(f"{path}/{{id}}/avsluta", "end")
    async def end(request: Request, house: Services, id: str) -> Response:
        """It does not hold any more."""
        form = await Form.posted(request, ScanningEnd)
        if await saved(form, things(house).act(id, "end", form.sent, once=form.once)):
            return go(request, show, id=id, notice=f"{what.capitalize()} är avslutad.")
        thing = await things(house).one(id)
        return page(
            request, "scanning/end.html", status=422, thing=thing, form=form, what=what,
            area=area.area,
        )  # fmt: skip

    @area.take(f"{path}/{{id}}/ta-tillbaka", "reopen")
    async def reopen(request: Request, house: Services, id: str) -> Response:
        """The end is taken back."""
        said = f"{what.capitalize()} gäller igen."
        try:
            await things(house).act(id, "reopen")
        except Conflict as problem:
            said = sentence(problem.errors[0].code)
        return go(request, show, id=id, notice=said)

    asks_first(
        area, f"{path}/{{id}}/ta-bort", "remove", things, draft,
        what=what, told=("title",), back=show,
    )  # fmt: skip

    @area.take(f"{path}/{{id}}/ta-bort", "remove")
    async def remove(request: Request, house: Services, id: str) -> Response:
        """It was added by mistake."""
        form: Form[Any] = await Form.posted(request, draft)
        removing = things(house).remove(id, version=form.version)
        away, said = await taken_away(removing, what.capitalize(), held=HELD)
        return go(request, back, notice=said) if away else go(request, show, id=id, notice=said)
