"""Answers to directions: what a council that is asked answers, and what it answered before."""

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clash import marks_of
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices
from gateway.pages.saving import saved
from services.councils.contract.direction import DirectionAnswerDraft
from services.kit import clock
from services.kit.errors import Conflict, NotFound, Rejected, Stale

area = Area("direction_answers")
PATH = "/inriktningar/{id}/svar/{council_id}"


@area.begin(PATH, "give")
async def ask_answer(request: Request, house: Services, id: str, council_id: str) -> Response:
    """An empty form for the council; where it has answered, its answer to be changed."""
    direction, given = await _asked(house, id, council_id)
    if given:
        form = Form.showing(DirectionAnswerDraft, given)
    else:
        form = Form.begun(request, DirectionAnswerDraft, answered_on=clock.today())
        form.version, form.marks = 0, marks_of(DirectionAnswerDraft, form.values)
    return await _form_page(request, house, form, direction, council_id, given=given)


@area.take(PATH, "give")
async def answer(request: Request, house: Services, id: str, council_id: str) -> Response:
    """It is stored; an answer that was changed stays readable as it was."""
    direction, given = await _asked(house, id, council_id)
    fixed = {"direction_id": id, "council_id": council_id}
    form = await Form.posted(request, DirectionAnswerDraft, kept=given, **fixed)
    if await saved(form, _stored(house, form, given, fixed)):
        return go(request, "directions.show", id=id, notice="Svaret är sparat.")
    anew = bool(given or form.stale)
    return await _form_page(request, house, form, direction, council_id, given=anew, status=422)


async def _stored(
    house: House, form: Form[DirectionAnswerDraft], given: Found | None, fixed: dict[str, str]
) -> Found:
    """The answer; Stale where the council has answered since an empty form was opened.

    So the form comes back with what was typed and what the other answered, to be saved anew.
    """
    answers = house.councils.direction_answers
    if given and form.version:
        return await answers.replace(given["id"], form.sent, version=form.version)
    try:
        return await answers.make(form.sent, once=form.once)
    except (Conflict, Rejected) as refused:
        if not any(error.code in ("taken", "reused") for error in refused.errors):
            raise
        _, given = await _asked(house, fixed["direction_id"], fixed["council_id"])
        form.take_in(DirectionAnswerDraft, given, **fixed)
        raise (Stale(refused.detail) if given else refused) from None


async def _asked(house: House, id: str, council_id: str) -> tuple[Found, Found | None]:
    """The direction, and the council's answer where it has given one. NotFound if not asked."""
    councils = house.councils
    direction, given = await councils.batch(
        councils.directions.at(id),
        councils.direction_answers.asked(direction_id=id, limit=100),
    )
    if council_id not in direction["council_ids"]:
        raise NotFound("that council is not asked")
    own = (one for one in given["items"] if one["council_id"] == council_id)
    return direction, next(own, None)


async def _form_page(
    request: Request,
    house: House,
    form: Form[DirectionAnswerDraft],
    direction: Found,
    council_id: str,
    *,
    given: object,
    status: int = 200,
) -> Response:
    labels = await house.analysis.labels([direction["council_id"], council_id])
    return page(
        request, "directions/answer.html", status=status, form=form, direction=direction,
        council_id=council_id, given=given, labels=labels, name=choices.name_in,
    )  # fmt: skip
