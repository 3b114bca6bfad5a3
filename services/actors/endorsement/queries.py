"""Questions about how municipalities stand to mandates."""

from services.actors.contract.mandate import Endorsement, EndorsementDraft, EndorsementState
from services.actors.tables import EndorsementRow
from services.kit.collection import Collection
from services.kit.contract import MunicipalityCode, Reference
from services.kit.paging import same

ENDORSEMENTS = Collection(
    row=EndorsementRow,
    draft=EndorsementDraft,
    answer=Endorsement,
    path="/endorsements",
    filters={
        "mandate_id": same("mandate_id", Reference),
        "municipality_code": same("municipality_code", MunicipalityCode),
        "state": same("state", EndorsementState),
    },
    sorts=("municipality_code", "on", "state", "created_at", "updated_at"),
    on=lambda columns: columns.on,
    owner=lambda columns: columns.municipality_code,
    owner_field="municipality_code",
    parent=("/mandates", "mandate_id"),
)
