"""Questions about gains."""

from services.actors.actor.queries import actor_owner
from services.actors.contract.readiness import Gain, GainDraft, Realised
from services.actors.family import of_actor
from services.actors.tables import GainRow
from services.kit.collection import Collection
from services.kit.paging import given, same

GAINS = Collection(
    row=GainRow,
    draft=GainDraft,
    answer=Gain,
    path="/gains",
    filters={
        "actor_id": of_actor("actor_id"),
        "realised": same("realised", Realised),
        "confirmed": given("confirmed_on"),
        "judged": given("judged_on"),
    },
    sorts=("-stated_on", "confirmed_on", "judged_on", "created_at", "updated_at"),
    on=lambda columns, _: columns.stated_on,
    owner=actor_owner,
    parent=("/actors", "actor_id"),
)
