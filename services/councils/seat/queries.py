"""Questions about seats."""

from services.councils.contract.council import Seat, SeatDraft, SeatRole
from services.councils.council.queries import below_council_seen
from services.councils.tables.council import SeatRow
from services.kit.collection import Collection
from services.kit.contract import Reference
from services.kit.identity import Caller
from services.kit.paging import same


def reads_exceptions(caller: Caller) -> bool:
    """Why an actor sits though not ready judges it, as its assessment does."""
    staff = caller.has_role("process_leader", "administrator", "strategist")
    return staff or caller.kind == "service" or (caller.kind == "client" and not caller.bound_to)


SEATS = Collection(
    row=SeatRow,
    draft=SeatDraft,
    answer=Seat,
    path="/seats",
    filters={
        "council_id": same("council_id", Reference),
        "actor_id": same("actor_id", Reference),
        "post_id": same("post_id", Reference),
        "role": same("role", SeatRole),
    },
    sorts=("valid_from", "role", "valid_to", "created_at"),
    parent=("/councils", "council_id"),
    visible=below_council_seen,
    hidden={"readiness_exception": reads_exceptions},
)
