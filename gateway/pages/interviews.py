"""Interviews: a company's answers by a dialogue map, saved as they are typed."""

import asyncio
from typing import Any

import orjson
from fastapi import Request, Response
from pydantic import ValidationError

from gateway.areas import Area, named_in
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import ONCE, Form
from gateway.html import go, is_htmx, page
from gateway.pages import actor_choices, choices, map_choices, occupation_field, post_choices
from gateway.pages.answers import changed_in, typed_in, wrong_in
from gateway.pages.interview_map import map_page, on_from
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved, taken_away
from gateway.pages.sheets import Columns, coded, in_words, named, yes_or_no
from gateway.posted import fields_of, without_nul
from services.actors.contract.actor import ActorKind
from services.councils.contract import interview as codes
from services.councils.contract.interview import (
    InterviewDraft,
    InterviewStatus,
    NeedOfAnswer,
    SendBack,
)
from services.councils.contract.need import Urgency
from services.kit import clock
from services.kit.errors import Conflict, Rejected

area = Area("interviews")
FILTERS = ("status", "council_id", "actor_id", "held_to", "interviewer_post_id")
OCCUPATION = "occupation_code"
# The list's own columns: what was said is its company's, and no list's.
COLUMNS: Columns = (
    ("Företag", "actor_id", named), ("Datum", "held_on"),
    ("Läge", "status", coded("InterviewStatus")), ("Besvarade frågor", "answer_count"),
    ("Frågor", "question_count"), ("Exempel", "example", yes_or_no),
)  # fmt: skip


@area.show("/intervjuer", "list")
async def list_interviews(request: Request, house: Services) -> Response:
    """All interviews, the newest first."""
    shown, councils, actors, askers = await asyncio.gather(
        listed(request, house.councils.interviews, FILTERS),
        choices.options(house.councils.councils, "name"),
        actor_choices.actors(house, Form.asked(request)),
        choices.chosen(house, request.query_params.get("interviewer_post_id", "")),
    )
    labels = await house.analysis.labels(ids_in([row["actor_id"] for row in shown.rows]))
    return page(
        request, "interviews/list.html", shown=shown, councils=councils, labels=labels,
        actors=actors, name=choices.name_in, codes=codes, askers=askers,
    )  # fmt: skip


files(
    area, "/intervjuer", lambda house: house.councils.interviews, FILTERS,
    worded=in_words(COLUMNS),
)  # fmt: skip


@area.begin("/intervjuer/ny", "new")
async def new_interview(request: Request, house: Services) -> Response:
    """Which company, by which map, and with which consent."""
    names = ("actor_id", "council_id", "dialogue_map_id")
    begun = {name: request.query_params.get(name) for name in names}
    form = Form.begun(request, InterviewDraft, held_on=clock.today(), **begun)
    return await _form_page(request, house, form)


@area.take("/intervjuer/ny", "new")
async def register_interview(request: Request, house: Services) -> Response:
    """Begin the interview."""
    form = await Form.posted(request, InterviewDraft)
    made = await saved(form, house.councils.interviews.make(form.sent, once=form.once))
    if made:
        return go(request, "interviews.show", id=made["id"])
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[InterviewDraft],
    *,
    status: int = 200,
    interview: Found | None = None,
) -> Response:
    council_id = form.value("council_id")
    companies, councils, posts, (maps, first) = await asyncio.gather(
        actor_choices.actors(house, form, first=ActorKind.company),
        choices.councils(house, council_id),
        post_choices.posts(house, form),
        map_choices.maps(house, form.value("dialogue_map_id"), council_id),
    )
    form.values["dialogue_map_id"] = [first]
    if interview and interview["answer_count"]:  # its questions stay under their answers
        maps = [one for one in maps if one[0] == interview["dialogue_map_id"]]
    return page(
        request, "interviews/form.html", status=status, form=form, companies=companies,
        councils=councils, posts=posts, maps=maps, interview=interview,
    )  # fmt: skip


@area.show("/intervjuer/{id}/andra", "edit")
async def edit_interview(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored, while the interview is a draft."""
    interview = await house.councils.interviews.one(id)
    if interview["status"] != InterviewStatus.draft:
        said = "Intervjun är skickad eller återkallad, och ändras inte längre."
        return go(request, "interviews.show", id=id, notice=said)
    form = Form.showing(InterviewDraft, interview)
    return await _form_page(request, house, form, interview=interview)


@area.take("/intervjuer/{id}/andra", "edit")
async def revise_interview(request: Request, house: Services, id: str) -> Response:
    """New values."""
    interview = await house.councils.interviews.one(id)
    form = await Form.posted(request, InterviewDraft, kept=interview)
    sending = house.councils.interviews.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "interviews.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, interview=interview)


@area.take("/intervjuer/dialogkarta", "default_map")
async def default_map(request: Request, house: Services) -> Response:
    """Bring Kompetensnav's own dialogue map into use."""
    await house.councils.post("/dialogue-maps/default")
    return go(request, "interviews.new", notice="Kompetensnavs egen dialogkarta kan nu användas.")


@area.show("/intervjuer/{id}", "show")
async def show_interview(request: Request, house: Services, id: str) -> Response:
    """The dialogue map with what has been answered."""
    return await map_page(request, house, id, {})


@area.take("/intervjuer/{id}", "show")
async def save_answers(request: Request, house: Services, id: str) -> Response:
    """Save everything typed; what somebody else changed meanwhile is shown, nothing is lost."""
    sent, without = without_nul(await fields_of(request))
    wrong = {name.partition(".")[2]: "nul" for name in without}
    typed = None
    try:
        typed = typed_in(sent)
    except ValidationError as failure:
        wrong = wrong_in(failure, sent) | wrong
    if wrong or typed is None:
        return await map_page(request, house, id, sent, wrong=wrong, status=422)
    reply = await house.councils.send("PUT", f"/interviews/{id}/answers", body=typed)
    if reply.status == 409:  # noqa: PLR2004
        found = orjson.loads(reply.body).get("conflicts", ())
        theirs = {answer["question_key"]: answer for answer in found}
        return await map_page(request, house, id, sent, theirs=theirs, status=422)
    reply.json()
    if "send" in sent:
        return await _send(request, house, id)
    if asked := next(iter(sent.get("need_of", ())), ""):
        return await _to_need(request, house, id, sent, asked)
    said = f"Sparat kl. {clock.now().astimezone(clock.STOCKHOLM):%H.%M}"
    if is_htmx(request) and "go" not in sent:
        own = changed_in(sent)
        return page(request, "interviews/saved.html", only="saved", saved=said, own=own)
    return go(request, "interviews.show", id=id, notice=f"{said}.", **on_from(request, sent))


async def _send(request: Request, house: House, id: str) -> Response:
    """On to the respondent: what stood on the sheet is stored by now."""
    try:
        await house.councils.interviews.act(id, "send")
    except (Conflict, Rejected) as problem:
        said = f"Svaren är sparade, men intervjun är inte skickad. {_why(problem)}"
    else:
        said = "Intervjun är skickad för godkännande."
    return go(request, "interviews.show", id=id, notice=said)


async def _to_need(
    request: Request, house: House, id: str, sent: dict[str, list[str]], asked: str
) -> Response:
    """An answer becomes a need that says what it says; where that is refused a form asks for more.

    One press of a button (ui.md): what it says beside is written on the need's own page.
    """
    key, _, horizon = asked.partition(".")
    answers = await house.councils.answers.whole(sort="created_at", interview_id=id)
    found = next((answer["id"] for answer in answers if answer["question_key"] == key), None)
    if found is None:
        return await map_page(request, house, id, sent, wrong={key: "missing"}, status=422)
    told = next(iter(sent.get("once", ())), "")
    once = f"{told}-{key}-{horizon}" if ONCE.fullmatch(told) else None
    try:
        made = await house.councils.answers.act(found, "need", {"horizon": horizon}, once=once)
    except (Conflict, Rejected):
        return go(request, "interviews.need", id=found, horizon=horizon)
    return _to_made(request, found, made)


def _to_made(request: Request, answer_id: str, made: Found) -> Response:
    said, undo = "Svaret har blivit ett behov.", f"/svar/{answer_id}/behov/{made['id']}/angra"
    return go(request, "needs.show", id=made["id"], notice=said, undo=undo)


STEPS = {
    "godkann": ("approve", "Intervjun är godkänd."),
    "aterkalla": ("withdraw", "Samtycket är återkallat och svarens text borttagen."),
}


@area.take("/intervjuer/{id}/steg/{verb}", "step")
async def step(request: Request, house: Services, id: str, verb: str) -> Response:
    """One step on."""
    action, said = named_in(STEPS, verb)
    try:
        await house.councils.interviews.act(id, action)
    except (Conflict, Rejected) as problem:
        said = _why(problem)
    return go(request, "interviews.show", id=id, notice=said)


def _why(problem: Conflict | Rejected) -> str:
    form = Form.empty(SendBack)
    form.name("held_on", "Datum")
    form.blame(problem)
    return " ".join(text for _, text in form.summary)


@area.begin("/svar/{id}/behov", "need")
async def ask_need(request: Request, house: Services, id: str) -> Response:
    """An answer on its way to becoming a need."""
    answer = await house.councils.answers.one(id)
    told = {"statement": answer["gap"] or answer["desired"], "urgency": Urgency.normal}
    horizon = request.query_params.get("horizon")
    form = Form.begun(request, NeedOfAnswer, **told, horizon=horizon)
    return await _need_page(request, house, answer, form)


@area.take("/svar/{id}/behov", "need")
async def need_of_answer(request: Request, house: Services, id: str) -> Response:
    """The need is made, with the answer as its source."""
    form = await occupation_field.posted(request, house, NeedOfAnswer, OCCUPATION)
    made = await saved(form, house.councils.answers.act(id, "need", form.sent, once=form.once))
    if made:
        return _to_made(request, id, made)
    return await _need_page(request, house, await house.councils.answers.one(id), form, status=422)


@area.take("/svar/{id}/behov/{need_id}/angra", "undo_need")
async def undo_need(request: Request, house: Services, id: str, need_id: str) -> Response:
    """It was no need: it goes, unless somebody has changed it or built on it meanwhile."""
    removing = house.councils.needs.remove(need_id, version=1)  # as it was made
    away, said = await taken_away(removing, "Behovet", held="Något har redan knutits till behovet.")
    if not away:
        return go(request, "needs.show", id=need_id, notice=said)
    answer = await house.councils.answers.one(id)
    return go(request, "interviews.show", id=answer["interview_id"], notice=said)


async def _need_page(
    request: Request, house: House, answer: dict[str, Any], form: Form[Any], *, status: int = 200
) -> Response:
    interview, posts, municipalities, _ = await asyncio.gather(
        house.councils.interviews.one(answer["interview_id"]),
        post_choices.posts(house, form),
        choices.municipalities(request),
        occupation_field.shown(house, form, OCCUPATION),
    )
    return page(
        request, "interviews/need.html", status=status, form=form, answer=answer, posts=posts,
        municipalities=municipalities, interview=interview,
    )  # fmt: skip
