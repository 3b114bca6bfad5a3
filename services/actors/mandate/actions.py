"""What can be done with mandates."""

from uuid import UUID

from services.actors.contract.mandate import HOLDERS, MandateDraft, MandateRenewal
from services.actors.mandate.queries import MANDATES, is_renewed
from services.actors.mandate.rules import LAST_YEAR, next_end
from services.actors.tables import MandateRow, PostRow
from services.kit.collection import own
from services.kit.errors import Conflict, Rejected
from services.kit.http import Work
from services.kit.references import demand_known
from services.kit.store import Record, get_row, insert_row

# What a renewal does not decide anew. The day and the document are those of each decision.
KEPT = ("issuer_actor_id", *HOLDERS, "scope", "ambassador_post_ids")


async def judge(work: Work, draft: MandateDraft, _id: UUID | None = None) -> None:
    """Rejected where an ambassador's post does not exist."""
    await demand_known(work.db, PostRow, draft.ambassador_post_ids, field="ambassador_post_ids")


async def renew_mandate(work: Work, id: UUID, wanted: MandateRenewal) -> Record:
    """Make the mandate that follows. Conflict where it has no end, or is renewed already."""
    await own(work, MANDATES, id)
    before = await get_row(work.db, MandateRow, id, lock=True)
    begins = before["valid_to"]
    if begins is None:
        raise Conflict("a mandate without end has no next", field="valid_to", reason="no_end")
    if await is_renewed(work.db, id):
        raise Conflict("there is a next mandate already", field="id", reason="renewed_already")
    ends = wanted.valid_to or next_end(before["valid_from"], begins)
    if ends <= begins:
        raise Rejected("the end is before the start", field="valid_to", reason="empty_period")
    if ends.year > LAST_YEAR:
        raise Rejected("too far ahead", field="valid_to", reason="too_late")
    kept = {name: before[name] for name in KEPT}
    new = {"valid_from": begins, "valid_to": ends, "predecessor_id": id}
    told = {"decided_on": wanted.decided_on, "document": wanted.document, "source": wanted.source}
    example = before["example"] or wanted.example
    return await insert_row(work.db, MandateRow, kept | new | told, example=example)
