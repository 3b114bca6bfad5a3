"""Questions about method uses."""

from services.actors.contract.method import MethodUse, MethodUseDraft
from services.actors.tables import MethodUseRow
from services.kit.collection import Collection
from services.kit.contract import Reference
from services.kit.paging import same, since, until

METHOD_USES = Collection(
    row=MethodUseRow,
    draft=MethodUseDraft,
    answer=MethodUse,
    path="/method-uses",
    filters={
        "method_id": same("method_id", Reference),
        "noted_by_post_id": same("noted_by_post_id", Reference),
        "used_from": since("used_on"),
        "used_until": until("used_on"),
    },
    sorts=("-used_on", "created_at", "updated_at"),
    on=lambda columns, _: columns.used_on,
    parent=("/methods", "method_id"),
)
