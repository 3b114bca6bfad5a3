"""What can be done with mandates."""

from datetime import date
from uuid import UUID

from services.actors.checks import demand_past
from services.actors.contract.mandate import HOLDERS, MandateDraft, MandateRenewal
from services.actors.mandate import rules
from services.actors.mandate.queries import MANDATES, is_renewed
from services.actors.tables import MandateRow, PostRow
from services.kit.errors import Conflict, Refusals
from services.kit.http import Work
from services.kit.keeping import own
from services.kit.references import demand_known
from services.kit.store import Record, get_row, insert_row

# What a renewal does not decide anew. The day and the document are those of each decision.
KEPT = ("issuer_actor_id", *HOLDERS, "scope", "ambassador_post_ids")


async def judge(work: Work, draft: MandateDraft, _id: UUID | None = None) -> None:
    """Rejected where an ambassador's post does not exist, and for a decision still to be made."""
    refused = Refusals()
    with refused:
        demand_past(draft, "decided_on")
    with refused:
        known = draft.ambassador_post_ids
        await demand_known(work.db, PostRow, known, field="ambassador_post_ids")
    refused.demand_none()


async def judge_renewal(work: Work, wanted: MandateRenewal, id: UUID) -> tuple[Record, date]:
    """All that forbids the mandate that follows; answers this one, locked, and the next's end."""
    await own(work, MANDATES, id)
    before, refused = await get_row(work.db, MandateRow, id, lock=True), Refusals()
    ends = date.max
    with refused:
        demand_past(wanted, "decided_on")
    with refused:
        ends = rules.end_of_next(before, wanted.valid_to)
    with refused:
        if await is_renewed(work.db, id):
            raise Conflict("there is a next mandate already", field="id", reason="renewed_already")
    refused.demand_none()
    return before, ends


async def renew_mandate(work: Work, id: UUID, wanted: MandateRenewal) -> Record:
    """Make the mandate that follows."""
    before, ends = await judge_renewal(work, wanted, id)
    kept = {name: before[name] for name in KEPT}
    new = {"valid_from": before["valid_to"], "valid_to": ends, "predecessor_id": id}
    told = {"decided_on": wanted.decided_on, "document": wanted.document, "source": wanted.source}
    example = before["example"] or wanted.example
    return await insert_row(work.db, MandateRow, kept | new | told, example=example)
