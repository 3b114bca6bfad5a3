"""Questions from the floor as staff sees them: let through, hidden, answered afterwards."""

from typing import Any

from fastapi import Request, Response

from gateway.areas import Area, named_in
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.floor import WAITS, Floor, Live, Seen
from gateway.forms import Form
from gateway.html import fragment, go, is_htmx, page
from gateway.pages.saving import saved
from services.councils.contract.event_question import QuestionAnswered, QuestionState
from services.kit.errors import Conflict

area = Area("event_questions")
GROUPS = (QuestionState.waiting, QuestionState.shown, QuestionState.hidden)


@area.show("/konferenspass/{id}/fragor", "list")
async def list_questions(request: Request, house: Services, id: str) -> Response:
    """All of a session's, those that wait first."""
    return await _list_page(request, house, id)


async def _list_page(request: Request, house: House, id: str, **more: Any) -> Response:
    councils = house.councils
    session, found = await councils.batch(
        councils.event_sessions.at(id), councils.event_sessions.at(id, "/questions")
    )
    event = await councils.events.one(session["event_id"])
    groups: dict[str, list[Found]] = {
        state: [one for one in found["items"] if one["state"] == state] for state in GROUPS
    }
    groups["shown"] = sorted(groups["shown"], key=lambda one: (-one["votes"], -one["number"]))
    return page(
        request, "events/questions.html", session=session, event=event, groups=groups,
        waiting=len(groups["waiting"]), **more,
    )  # fmt: skip


@area.show("/konferenspass/{id}/fragor/nytt", "live")
async def live(request: Request, house: Services, id: str) -> Response:
    """How many wait, as they come."""
    session = await house.councils.event_sessions.one(id)
    floor: Floor = request.app.state.floor

    def draw(told: Found) -> str:
        return fragment(request, "events/questions.html", "waits", waiting=told["waiting_count"])

    last = request.headers.get("last-event-id", "")

    def drawn(seen: Seen) -> str:
        return str(seen.once("staff", draw))

    return Live(floor.listen(session["id"], last, drawn, mark=WAITS))


VERBS: dict[str, tuple[str, dict[str, Any], str]] = {
    "visa": ("moderate", {"state": "shown"}, "Frågan visas."),
    "dolj": ("moderate", {"state": "hidden"}, "Frågan är dold."),
    "besvarad": ("answer", {"answered": True}, "Frågan är besvarad på plats."),
    "obesvarad": ("answer", {"answered": False}, "Frågan är inte besvarad."),
}


@area.take("/konferenspass/{id}/fragor/{question}/lage/{verb}", "move")
async def move(request: Request, house: Services, id: str, question: str, verb: str) -> Response:
    """The floor sees it or not; it was answered or not."""
    action, body, said = named_in(VERBS, verb)
    try:
        await house.councils.event_questions.act(question, action, body)
    except Conflict:
        said = "Läget hade redan ändrats. Här är det som gäller nu."
    if is_htmx(request):
        return await _list_page(request, house, id)
    return go(request, "event_questions.list", id=id, notice=said)


@area.show("/konferenspass/{id}/fragor/{question}/svar", "answer")
async def ask_answer(request: Request, house: Services, id: str, question: str) -> Response:
    """An answer in words."""
    session, one = await _one(house, id, question)
    form = Form.showing(QuestionAnswered, {"answered": True} | one)
    return page(request, "events/answer.html", form=form, session=session, question=one)


async def _one(house: House, id: str, question: str) -> tuple[Found, Found]:
    session, found = await house.councils.batch(
        house.councils.event_sessions.at(id), house.councils.event_questions.at(question)
    )
    return session, found


@area.take("/konferenspass/{id}/fragor/{question}/svar", "answer")
async def answer(request: Request, house: Services, id: str, question: str) -> Response:
    """The floor sees it under the question."""
    session, one = await _one(house, id, question)
    form = await Form.posted(request, QuestionAnswered, kept=one, answered=True)
    sending = house.councils.event_questions.act(
        question, "answer", form.sent, version=form.version
    )
    if await saved(form, sending):
        return go(request, "event_questions.list", id=id, notice="Svaret är sparat och visas.")
    return page(request, "events/answer.html", status=422, form=form, session=session, question=one)
