"""What the actors service remembers: one module for each family of things."""

from services.actors.tables.base import METADATA, ActorsRow
from services.actors.tables.choosing import CriterionRow, JoiningRow, PriorityRow
from services.actors.tables.importing import ImportedRow, ImportRow
from services.actors.tables.leadership import (
    CompetenceProfileRow,
    LeaderAssignmentRow,
    MethodRow,
    MethodUseRow,
)
from services.actors.tables.programme import IntakeRow, ProgrammeRow
from services.actors.tables.saying import (
    CarriedIssueRow,
    ContactRow,
    EndorsementRow,
    GainRow,
    MandateRow,
    PledgeRow,
    ReadinessRow,
    RoleTrialRow,
)
from services.actors.tables.takeover import TakeoverRow
from services.actors.tables.who import (
    ActorRow,
    HoldingRow,
    PersonRow,
    PostRow,
    RelationRatingRow,
    RelationRow,
    StandingRow,
)

__all__ = [
    "METADATA",
    "ActorRow",
    "ActorsRow",
    "CarriedIssueRow",
    "CompetenceProfileRow",
    "ContactRow",
    "CriterionRow",
    "EndorsementRow",
    "GainRow",
    "HoldingRow",
    "ImportRow",
    "ImportedRow",
    "IntakeRow",
    "JoiningRow",
    "LeaderAssignmentRow",
    "MandateRow",
    "MethodRow",
    "MethodUseRow",
    "PersonRow",
    "PledgeRow",
    "PostRow",
    "PriorityRow",
    "ProgrammeRow",
    "ReadinessRow",
    "RelationRatingRow",
    "RelationRow",
    "RoleTrialRow",
    "StandingRow",
    "TakeoverRow",
]
