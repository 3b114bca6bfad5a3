"""Questions about quality circles."""

from services.councils.contract.quality_circle import QualityCircle, QualityCircleDraft
from services.councils.council.queries import below_council_seen
from services.councils.tables.council import QualityCircleRow
from services.kit.collection import Collection
from services.kit.contract import Reference
from services.kit.paging import same, since, until

QUALITY_CIRCLES = Collection(
    row=QualityCircleRow,
    draft=QualityCircleDraft,
    answer=QualityCircle,
    path="/quality-circles",
    filters={
        "council_id": same("council_id", Reference),
        "judged_from": since("judged_on"),
        "judged_until": until("judged_on"),
    },
    sorts=("-judged_on", "created_at", "updated_at"),
    parent=("/councils", "council_id"),
    visible=below_council_seen,
    on=lambda columns, _: columns.judged_on,
)
