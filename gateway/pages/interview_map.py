"""An interview's own page: the questions of its dialogue map, with what was answered and typed."""

from typing import Any

from fastapi import Request, Response

from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import page, visitor_of
from gateway.pages import approvals, choices
from gateway.pages.answers import PARTS, kept_in, lost_in, mark_of, stored_in
from services.councils.contract.interview import InterviewStatus

AREAS = ("reception", "matching", "education")
# Which question a page shows, from 1; without it a page shows all.
QUESTION = "fraga"


def on_from(request: Request, sent: dict[str, list[str]]) -> dict[str, str]:
    """Which question is shown after saving: the one that a button asks for, or the same."""
    wanted = next(iter(sent.get("go", ())), request.query_params.get(QUESTION, ""))
    return {QUESTION: wanted} if wanted.isascii() and wanted.isdigit() else {}


def _number(request: Request, questions: list[Found]) -> int | None:
    """The number of the one question that is shown; None where all are."""
    asked = on_from(request, {}).get(QUESTION, "0")[:4]
    return int(asked) if 0 < int(asked) <= len(questions) else None


async def map_page(
    request: Request,
    house: House,
    id: str,
    sent: dict[str, list[str]],
    *,
    theirs: dict[str, Any] | None = None,
    wrong: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    """What is stored, under what was typed and is not saved."""
    councils = house.councils
    interview = await councils.interviews.one(id)
    found = await councils.whole(
        councils.dialogue_maps.at(interview["dialogue_map_id"]),
        councils.answers.asked(interview_id=id, limit=200),
        *approvals.asked(visitor_of(request), house, interview),
    )
    dialogue_map, answers = found[0], {a["question_key"]: a for a in found[1]["items"]}
    links = found[2] if len(found) > 2 else approvals.NOTHING  # noqa: PLR2004
    told = [answer["id"] for answer in answers.values()]
    needs = await councils.needs.whole(answer_id=told) if told else []
    mentioned = ("actor_id", "council_id", "respondent_post_id", "approved_person_id")
    labels = await house.analysis.labels(
        ids_in(
            *(interview[name] for name in mentioned), [one["person_id"] for one in links["items"]]
        )
    )
    stored = stored_in(answers)
    questions = [q for code in AREAS for q in dialogue_map["questions"] if q["area"] == code]
    number = _number(request, questions) if interview["status"] == InterviewStatus.draft else None
    shown = questions[number - 1 : number] if number else questions
    form: Form[Any] = Form(None, kept_in(stored, sent))
    return page(
        request,
        "interviews/show.html",
        status=status,
        only="page" if status == 422 else None,  # noqa: PLR2004
        headers={"HX-Retarget": "#page"} if status == 422 else None,  # noqa: PLR2004
        interview=interview,
        dialogue_map=dialogue_map,
        areas=[(code, [q for q in shown if q["area"] == code]) for code in AREAS],
        questions=questions,
        number=number,
        answered={key for key in answers if any(answers[key][part] is not None for part in PARTS)},
        answers=answers,
        needs=needs,
        marks={q["key"]: mark_of(stored, q["key"]) for q in dialogue_map["questions"]},
        links=links,
        theirs=theirs or {},
        wrong=wrong or {},
        form=form,
        lost=lost_in(stored, sent) if interview["status"] != InterviewStatus.draft else {},
        labels=labels,
        name=choices.name_in,
    )
