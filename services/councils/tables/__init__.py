"""What the councils service remembers: one module for each family of things."""

from services.councils.tables.approval import ApprovalLinkRow
from services.councils.tables.base import METADATA
from services.councils.tables.charter import CharterRow
from services.councils.tables.council import (
    CouncilRow,
    PhaseChangeRow,
    QualityCircleRow,
    SeatRow,
    SexReportRow,
)
from services.councils.tables.direction import DirectionAnswerRow, DirectionRow, EscalationRow
from services.councils.tables.event import (
    EventFeedbackRow,
    EventQuestionRow,
    EventRow,
    EventSessionRow,
    EventSignUpRow,
    EventVoteRow,
)
from services.councils.tables.fast_track import ShortageSignalRow
from services.councils.tables.health import HealthCheckRow
from services.councils.tables.initiative import (
    BudgetLineRow,
    ChecklistRow,
    ChecklistTemplateRow,
    HeadcountRow,
    InitiativeRow,
    OutcomeRow,
    StepRow,
)
from services.councils.tables.interview import AnswerRow, DialogueMapRow, InterviewRow
from services.councils.tables.invitation import InvitationRow, ReplyLinkRow
from services.councils.tables.meeting import (
    ActionItemRow,
    AgendaItemRow,
    AttendanceRow,
    DecisionReviewRow,
    DecisionRow,
    MeetingRow,
    MeetingSeriesRow,
    SessionPlanRow,
    StandingItemRow,
)
from services.councils.tables.model_definition import ModelDefinitionRow
from services.councils.tables.need import NeedRow
from services.councils.tables.project import (
    ProjectActivityRow,
    ProjectAssignmentRow,
    ProjectBudgetLineRow,
    ProjectContinuationRow,
    ProjectDeviationRow,
    ProjectLessonRow,
    ProjectRow,
)
from services.councils.tables.pulse import PulseLetterRow, PulseLineRow, PulseRow, PulseTicketRow
from services.councils.tables.selection import SelectionRow, SwotEntryRow

__all__ = [
    "METADATA",
    "ActionItemRow",
    "AgendaItemRow",
    "AnswerRow",
    "ApprovalLinkRow",
    "AttendanceRow",
    "BudgetLineRow",
    "CharterRow",
    "ChecklistRow",
    "ChecklistTemplateRow",
    "CouncilRow",
    "DecisionReviewRow",
    "DecisionRow",
    "DialogueMapRow",
    "DirectionAnswerRow",
    "DirectionRow",
    "EscalationRow",
    "EventFeedbackRow",
    "EventQuestionRow",
    "EventRow",
    "EventSessionRow",
    "EventSignUpRow",
    "EventVoteRow",
    "HeadcountRow",
    "HealthCheckRow",
    "InitiativeRow",
    "InterviewRow",
    "InvitationRow",
    "MeetingRow",
    "MeetingSeriesRow",
    "ModelDefinitionRow",
    "NeedRow",
    "OutcomeRow",
    "PhaseChangeRow",
    "ProjectActivityRow",
    "ProjectAssignmentRow",
    "ProjectBudgetLineRow",
    "ProjectContinuationRow",
    "ProjectDeviationRow",
    "ProjectLessonRow",
    "ProjectRow",
    "PulseLetterRow",
    "PulseLineRow",
    "PulseRow",
    "PulseTicketRow",
    "QualityCircleRow",
    "ReplyLinkRow",
    "SeatRow",
    "SelectionRow",
    "SessionPlanRow",
    "SexReportRow",
    "ShortageSignalRow",
    "StandingItemRow",
    "StepRow",
    "SwotEntryRow",
]
