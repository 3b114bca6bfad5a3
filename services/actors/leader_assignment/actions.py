"""What can be done with process leaders' assignments."""

from uuid import UUID

from services.actors.contract.leadership import LeaderAssignmentDraft, LeaderHandover
from services.actors.contract.post import PostFunction
from services.actors.leader_assignment.queries import LEADER_ASSIGNMENTS, is_led_already
from services.actors.leader_assignment.rules import demand_lasting, onwards
from services.actors.tables import PostRow
from services.kit.errors import Conflict, Refusals, Rejected
from services.kit.http import Work
from services.kit.references import demand_referred, referred
from services.kit.store import Record, change_row, get_row, insert_row


async def judge(work: Work, draft: LeaderAssignmentDraft, id: UUID | None = None) -> None:
    """All that forbids that a post leads it; the post is locked, so that two do not overlap."""
    refused = Refusals()
    with refused:
        post = await referred(work.db, PostRow, draft.post_id, field="post_id")
        if post is not None and post["function"] != PostFunction.process_leader:
            raise Rejected("it is no process leader's", field="post_id", reason="no_leader")
    with refused:
        if await is_led_already(work.db, draft, but=id):
            sentence = "the post leads the same on a day of the period"
            raise Conflict(sentence, field="valid_from", reason="overlap")
    refused.demand_none()


async def judge_handover(work: Work, handed: LeaderHandover, id: UUID) -> Record:
    """All that forbids that it is handed over from a day on; answers what was, locked.

    To the post that leads it already only where the means are others from then on.
    """
    before = await get_row(work.db, LEADER_ASSIGNMENTS.row, id, lock=True)
    refused, given = Refusals(), onwards(before, handed)
    with refused:
        demand_lasting(before, handed.valid_from)
    if refused.found:
        given["valid_from"] = None  # no period, that could overlap
    draft = LeaderAssignmentDraft.model_construct(**given)
    with refused:
        await judge(work, draft, id if handed.funding else None)
    with refused:
        await demand_referred(work.db, LEADER_ASSIGNMENTS.table, draft, id)
    refused.demand_none()
    return before


async def hand_over(work: Work, id: UUID, handed: LeaderHandover, version: int | None) -> Record:
    """It goes on as handed over; what had begun ends as it was, and the rest is answered."""
    before = await judge_handover(work, handed, id)
    row, day = LEADER_ASSIGNMENTS.row, handed.valid_from
    if day <= before["valid_from"]:
        given = handed.funding | {"post_id": handed.post_id}
        return await change_row(work.db, row, id, version=version, **given)
    await change_row(work.db, row, id, version=version, valid_to=day)
    return await insert_row(work.db, row, onwards(before, handed))
