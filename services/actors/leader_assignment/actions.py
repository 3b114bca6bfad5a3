"""What can be done with process leaders' assignments."""

from uuid import UUID

from services.actors.contract.leadership import LeaderAssignmentDraft
from services.actors.contract.post import PostFunction
from services.actors.leader_assignment.queries import is_led_already
from services.actors.tables import PostRow
from services.kit.errors import Conflict, Refusals, Rejected
from services.kit.http import Work
from services.kit.references import referred


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
