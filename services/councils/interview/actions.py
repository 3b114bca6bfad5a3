"""What can be done with interviews, and with what was answered."""

from typing import Any
from uuid import UUID

from sqlalchemy import update

from services.councils.consent import demand_consent, demand_held
from services.councils.contract.interview import (
    AnswerSet,
    ApprovalWay,
    InterviewDraft,
    InterviewReopening,
    InterviewStatus,
    NeedOfAnswer,
    SendBack,
    TypedAnswer,
)
from services.councils.contract.need import NeedDraft
from services.councils.council.actions import demand_taking
from services.councils.council.queries import open_one
from services.councils.dialogue_map.rules import demand_in_use
from services.councils.interview import rules
from services.councils.interview.forgetting import forget_words, lock_copies
from services.councils.interview.queries import INTERVIEWS, answers_of, questions_of
from services.councils.interview.rules import Fate
from services.councils.need.actions import judge_new
from services.councils.need.queries import NEEDS
from services.councils.tables.approval import ApprovalLinkRow
from services.councils.tables.base import METADATA
from services.councils.tables.interview import AnswerRow, DialogueMapRow, InterviewRow
from services.kit import clock
from services.kit.contract import part_of
from services.kit.elsewhere import demand_whole, learn
from services.kit.errors import Conflict, Refusals
from services.kit.http import Work
from services.kit.keeping import create_thing, remove_thing, replace_thing
from services.kit.references import referred, stored
from services.kit.store import Record, change_row, get_row, insert_row, table_of


async def judge(work: Work, draft: InterviewDraft, id: UUID | None = None) -> None:
    """All that forbids a new interview, or these values for one while it is a draft."""
    refused, before = Refusals(), Record()
    with refused:
        rules.demand_given(draft.consent_on, clock.today())
    with refused:
        await demand_taking(work, draft.council_id, await stored(work.db, INTERVIEWS.table, id))
    with refused:
        await _respondent_there(work, draft, id)
    if id is not None:
        before = await get_row(work.db, InterviewRow, id, lock=True)
        with refused:
            rules.demand_draft(before["status"])
        with refused:
            rules.demand_consent_kept(before, consent=draft.consent)
    if draft.dialogue_map_id != before.get("dialogue_map_id"):
        with refused:
            await _map_published(work, draft)
            rules.demand_unanswered(await answers_of(work.db, id) if id else {})
    refused.demand_none()


async def _respondent_there(work: Work, draft: InterviewDraft, id: UUID | None) -> None:
    post, why = "respondent_post_id", "other_actor"
    await demand_whole(work, INTERVIEWS.table, draft, id, part=post, whole="actor_id", reason=why)


async def _map_published(work: Work, draft: InterviewDraft) -> None:
    field = "dialogue_map_id"
    asked = await referred(work.db, DialogueMapRow, draft.dialogue_map_id, field=field)
    if asked is not None:
        rules.demand_published(asked["status"])
        demand_in_use(asked["retired_on"])


async def revise_interview(work: Work, id: UUID, draft: InterviewDraft, version: int) -> Record:
    """Change a draft. Another respondent is not read for by whoever has the links to it."""
    before = await get_row(work.db, InterviewRow, id, lock=True)
    done = await replace_thing(work, INTERVIEWS, id, draft, version=version)
    if any(before[name] != done[name] for name in rules.RESPONDENT):
        await _revoke_links(work, id)
    return done


async def _revoke_links(work: Work, id: UUID) -> None:
    link = table_of(ApprovalLinkRow)
    values = {"version": link.c.version + 1, "updated_at": clock.now(), "next_try_at": None}
    living = link.c.interview_id == id, link.c.revoked.is_(False)
    await work.db.execute(update(link).where(*living).values(values | {"revoked": True}))


async def remove_interview(work: Work, id: UUID, version: int) -> None:
    """Delete a draft without answers; what was said is withdrawn instead."""
    interview = await get_row(work.db, InterviewRow, id, lock=True)
    rules.demand_draft(interview["status"])
    await remove_thing(work, INTERVIEWS, id, version=version)


async def judge_answers(work: Work, typed: AnswerSet, id: UUID) -> None:
    """All that forbids to store what was typed: no draft any more, or no such questions."""
    interview, refused = await get_row(work.db, InterviewRow, id, lock=True), Refusals()
    with refused:
        rules.demand_draft(interview["status"])
    with refused:
        rules.demand_askable(typed, await questions_of(work.db, interview))
    refused.demand_none()


async def save_answers(work: Work, id: UUID, typed: AnswerSet) -> dict[str, list[UUID]]:
    """Store what was typed, except over what somebody else wrote; ids saved and in conflict."""
    await judge_answers(work, typed, id)
    stored = await answers_of(work.db, id)
    done: dict[str, list[UUID]] = {"saved": [], "conflicts": []}
    for answer in typed.answers:
        before = stored.get(answer.question_key)
        fate = rules.fate_of(answer, before, typed.writer, typed.turn)
        if fate is Fate.written:
            before = await _write(work, id, answer, before, typed)
        if before is not None:
            done["conflicts" if fate is Fate.conflict else "saved"].append(before["id"])
    return done


async def _write(
    work: Work, id: UUID, answer: TypedAnswer, before: Record | None, page: AnswerSet
) -> Record:
    values: dict[str, Any] = answer.model_dump(include=set(rules.CONTENT))
    values |= {"writer": page.writer, "turn": page.turn}
    if before is not None:
        return await change_row(work.db, AnswerRow, before["id"], **values)
    values |= {"interview_id": id, "question_key": answer.question_key}
    return await insert_row(work.db, AnswerRow, values)


async def _move(
    work: Work, interview: Record, action: str, version: int | None, **values: Any
) -> Record:
    status = rules.moved_to(action, interview["status"])
    return await change_row(
        work.db, InterviewRow, interview["id"], version=version, status=status, **values
    )


async def send_interview(work: Work, id: UUID, version: int | None) -> Record:
    """The answers go to the respondent to be approved; never without consent."""
    interview, refused = await get_row(work.db, InterviewRow, id, lock=True), Refusals()
    with refused:
        rules.demand_draft(interview["status"])
    with refused:
        demand_consent(interview)
    with refused:
        demand_held(interview["held_on"], clock.today())
    with refused:
        rules.demand_answers(await answers_of(work.db, id))
    refused.demand_none()
    await _forget_wishes(work, id)
    values = {"sent_on": clock.today(), "returned_reason": None}
    return await _move(work, interview, "send", version, **values)


async def _forget_wishes(work: Work, id: UUID) -> None:
    """What was wished for is done, or was talked through, where an interview is sent anew."""
    for answer in (await answers_of(work.db, id)).values():
        if answer["wish"] is not None:
            await change_row(work.db, AnswerRow, answer["id"], wish=None)


async def approve_interview(
    work: Work,
    id: UUID,
    version: int | None,
    *,
    way: ApprovalWay = ApprovalWay.noted,
    person_id: UUID | None = None,
) -> Record:
    """The respondent agrees that this is what was said: by a link, or somebody notes it."""
    interview = await get_row(work.db, InterviewRow, id, lock=True)
    who = {"approved_way": way, "approved_person_id": person_id}
    return await _move(work, interview, "approve", version, approved_on=clock.today(), **who)


async def judge_reopening(work: Work, _reopening: InterviewReopening, id: UUID) -> None:
    """Conflict unless it is approved."""
    interview = await get_row(work.db, InterviewRow, id, lock=True)
    rules.moved_to("reopen", interview["status"])


async def reopen_interview(
    work: Work, id: UUID, reopening: InterviewReopening, version: int | None
) -> Record:
    """What was approved is corrected, and needs approval anew."""
    interview = await get_row(work.db, InterviewRow, id, lock=True)
    gone = dict.fromkeys(("sent_on", *rules.APPROVAL))
    values = gone | {"reopened_reason": reopening.reason}
    return await _move(work, interview, "reopen", version, **values)


async def judge_return(work: Work, _back: SendBack, id: UUID) -> None:
    """Conflict unless it has been sent."""
    interview = await get_row(work.db, InterviewRow, id, lock=True)
    rules.moved_to("return", interview["status"])


async def return_interview(work: Work, id: UUID, back: SendBack, version: int | None) -> Record:
    """The respondent wants something changed first."""
    return await take_back(work, id, back.reason, version)


async def take_back(work: Work, id: UUID, reason: str | None, version: int | None) -> Record:
    """What was sent is a draft again."""
    interview = await get_row(work.db, InterviewRow, id, lock=True)
    return await _move(work, interview, "return", version, sent_on=None, returned_reason=reason)


async def withdraw_interview(work: Work, id: UUID, version: int | None) -> Record:
    """The consent ends: what was said goes, here and in what was made of it; needs stay."""
    interview = await get_row(work.db, InterviewRow, id, lock=True)
    if interview["status"] == InterviewStatus.withdrawn:
        raise Conflict("withdrawn already", field="status", reason="wrong_status")
    answers = list((await answers_of(work.db, id)).values())
    await lock_copies(work.db, answers)
    gone: dict[str, Any] = dict.fromkeys((*rules.SAID, "wish", "source", "writer"))
    for answer in answers:
        await change_row(work.db, AnswerRow, answer["id"], quote=False, withdrawn=True, **gone)
    values: dict[str, Any] = {"status": InterviewStatus.withdrawn, "consent": False}
    values |= dict.fromkeys(("returned_reason", "reopened_reason", *rules.APPROVAL))
    values["withdrawn_on"] = clock.today()
    done = await change_row(work.db, InterviewRow, id, version=version, **values)
    await forget_words(work.db, interview, answers)
    return done


async def judge_need(work: Work, body: NeedOfAnswer, answer_id: UUID) -> Record:
    """All that forbids a need of an answer; answers what the need says. The answer is its source.

    Of a body that could be read in part only, the need is judged as far as it goes.
    """
    answer = await get_row(work.db, AnswerRow, answer_id)
    await learn(work, METADATA, body)
    interview = await get_row(work.db, InterviewRow, answer["interview_id"], lock=True)
    asked, refused = await questions_of(work.db, interview), Refusals()
    values = body.model_dump() | {
        "areas": body.areas or [q["area"] for q in asked if q["key"] == answer["question_key"]],
        "council_id": body.council_id or await open_one(work.db, interview["council_id"]),
        "identified_on": body.identified_on or min(interview["held_on"], clock.today()),
        "answer_ids": [answer_id],
    }
    with refused:
        values["statement"] = body.statement or rules.statement_of(answer)
    with refused:
        await judge_new(work, part_of(NeedDraft).model_validate(values))
    refused.demand_none(type(body).model_fields)
    return values


async def need_of_answer(work: Work, answer_id: UUID, body: NeedOfAnswer) -> Record:
    """Make a need of an answer that may be used."""
    values = await judge_need(work, body, answer_id)
    return await create_thing(work, NEEDS, NeedDraft.model_validate(values))
