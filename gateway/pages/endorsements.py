"""Endorsements: how each of the association's municipalities stands to a mandate."""

import asyncio
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.misread import demand_choice
from gateway.pages import choices
from gateway.pages.mandate_parties import parties_of
from gateway.pages.saving import saved
from services.actors.contract.mandate import EndorsementsDraft, EndorsementState
from services.kit import clock

area = Area("mandates")
MOST = 200
ANSWERS = (EndorsementState.endorsed, EndorsementState.declined)
UNANSWERED = "utan-svar"


Row = tuple[str, str, Found | None]


class Told(NamedTuple):
    """Each municipality by name with its endorsement, if any; ours first, then the others'."""

    rows: list[Row]
    ours: int
    endorsed: int

    @property
    def unanswered(self) -> list[str]:
        """Our municipalities that have neither endorsed nor declined."""
        ours = self.rows[: self.ours]
        return [code for code, _, found in ours if not found or found["state"] not in ANSWERS]


async def endorsed(request: Request, house: House, mandate_id: str) -> Told:
    """Every municipality of the association, as the page looks; where nothing is known is none."""
    places, found = await asyncio.gather(
        choices.municipalities(request),
        house.actors.endorsements.whole(mandate_id=mandate_id, **times_of(request).times),
    )
    by_code = {one["municipality_code"]: one for one in found}
    ours: list[Row] = [(code, name, by_code.pop(code, None)) for code, name in places]
    yes = sum(1 for *_, one in ours if one and one["state"] == EndorsementState.endorsed)
    called = await choices.places(house, places, by_code)
    others: list[Row] = [
        (code, called.get(code, f"Kommun {code}"), one) for code, one in by_code.items()
    ]
    return Told(ours + others, len(ours), yes)


@area.show("/mandat/{id}/forankring", "endorsements")
async def show_endorsements(request: Request, house: Services, id: str) -> Response:
    """All municipalities, and a form that records many at once."""
    form = Form.empty(EndorsementsDraft, on=clock.today())
    return await _page(request, house, id, form)


@area.take("/mandat/{id}/forankring", "endorse")
async def endorse(request: Request, house: Services, id: str) -> Response:
    """The same news of all that were chosen."""
    form = await Form.posted(request, EndorsementsDraft)
    sending = house.actors.mandates.act(id, "endorse", form.sent, once=form.once)
    if await saved(form, sending):
        return go(request, "mandates.endorsements", id=id, notice="Förankringen är sparad.")
    return await _page(request, house, id, form, status=422)


async def _page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    look = times_of(request)
    mandate = await house.actors.mandates.one(id, **look.times)
    told, parties = await asyncio.gather(
        endorsed(request, house, id), parties_of(house, [mandate], look)
    )
    if demand_choice(request, "valda", (UNANSWERED,)) and not form.chosen("municipality_codes"):
        form.values["municipality_codes"] = told.unanswered
    return page(
        request, "mandates/endorsements.html", status=status, form=form, mandate=mandate,
        told=told, parties=parties, options=[(code, name) for code, name, _ in told.rows],
    )  # fmt: skip
