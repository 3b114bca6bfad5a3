"""Questions about classifications."""

from services.analysis.contract.classification import (
    Code,
    CodeDraft,
    CodeRelation,
    CodeSystem,
    Correspondence,
    CorrespondenceDraft,
)
from services.analysis.tables import CodeRow, CorrespondenceRow
from services.kit.collection import Collection
from services.kit.paging import same

CODES = Collection(
    row=CodeRow,
    draft=CodeDraft,
    answer=Code,
    path="/codes",
    filters={
        "system": same("system", CodeSystem),
        "code": same("code"),
        "level": same("level", int),
        "parent_code": same("parent_code"),
        "concept_id": same("concept_id"),
    },
    sorts=("code", "name", "level"),
    search=("name", "code"),
)
CORRESPONDENCES = Collection(
    row=CorrespondenceRow,
    draft=CorrespondenceDraft,
    answer=Correspondence,
    path="/correspondences",
    filters={
        "from_system": same("from_system", CodeSystem),
        "from_code": same("from_code"),
        "to_system": same("to_system", CodeSystem),
        "to_code": same("to_code"),
        "relation": same("relation", CodeRelation),
    },
    sorts=("from_code", "to_code"),
)
