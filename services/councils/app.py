"""The councils service, assembled: every room's routers and collections stand here."""

from functools import partial

from fastapi import FastAPI

from services.councils.action_item import routes as action_item
from services.councils.action_item.queries import ACTION_ITEMS
from services.councils.agenda import routes as agenda
from services.councils.agenda.queries import AGENDA_ITEMS
from services.councils.approval import routes as approval
from services.councils.approval.sending import ApprovalSender
from services.councils.attendance import routes as attendance
from services.councils.attendance.queries import ATTENDANCES
from services.councils.balance import routes as balance
from services.councils.balance.queries import SEX_REPORTS
from services.councils.budget_line import routes as budget_line
from services.councils.budget_line.queries import BUDGET_LINES
from services.councils.charter import routes as charter
from services.councils.charter.queries import CHARTERS
from services.councils.checklist import routes as checklist
from services.councils.checklist.queries import CHECKLIST_TEMPLATES, CHECKLISTS
from services.councils.consequence import routes as consequence
from services.councils.copying import routes as copying
from services.councils.council import routes as council
from services.councils.council.queries import COUNCILS, PHASES
from services.councils.decision import routes as decision
from services.councils.decision.queries import DECISIONS
from services.councils.decision_review import routes as decision_review
from services.councils.decision_review.queries import DECISION_REVIEWS
from services.councils.dialogue_map import routes as dialogue_map
from services.councils.dialogue_map.queries import DIALOGUE_MAPS
from services.councils.direction import routes as direction
from services.councils.direction.queries import DIRECTION_ANSWERS, DIRECTIONS
from services.councils.escalation import routes as escalation
from services.councils.escalation.queries import ESCALATIONS
from services.councils.event import routes as event
from services.councils.event.queries import EVENT_SESSIONS, EVENTS
from services.councils.event_feedback import routes as event_feedback
from services.councils.event_question import routes as event_question
from services.councils.event_sign_up import routes as event_sign_up
from services.councils.event_sign_up.forgetting import keep_forgetting
from services.councils.fast_track import routes as fast_track
from services.councils.fast_track.queries import SHORTAGES
from services.councils.gap_analysis import routes as gap_analysis
from services.councils.headcount import routes as headcount
from services.councils.headcount.queries import HEADCOUNTS
from services.councils.health_check import routes as health_check
from services.councils.health_check.queries import HEALTH_CHECKS
from services.councils.initiative import routes as initiative
from services.councils.initiative.queries import INITIATIVES, OUTCOMES, STEPS
from services.councils.interview import routes as interview
from services.councils.interview.queries import ANSWERS, INTERVIEWS
from services.councils.invitation import routes as invitation
from services.councils.invitation.sending import Sender
from services.councils.joint_work import routes as joint_work
from services.councils.load import routes as load
from services.councils.meeting import routes as meeting
from services.councils.meeting.queries import MEETINGS
from services.councils.meeting_series import routes as meeting_series
from services.councils.meeting_series.queries import MEETING_SERIES
from services.councils.minutes import routes as minutes
from services.councils.model_definition import routes as model_definition
from services.councils.model_definition.queries import MODEL_DEFINITIONS
from services.councils.need import routes as need
from services.councils.need.queries import NEEDS
from services.councils.oparl import routes as oparl
from services.councils.picture import routes as picture
from services.councils.procurement import routes as procurement
from services.councils.project import routes as project
from services.councils.project.queries import PROJECT_ASSIGNMENTS, PROJECTS
from services.councils.project_learning import routes as project_learning
from services.councils.project_learning.queries import (
    PROJECT_CONTINUATIONS,
    PROJECT_DEVIATIONS,
    PROJECT_LESSONS,
)
from services.councils.project_work import routes as project_work
from services.councils.project_work.queries import PROJECT_ACTIVITIES, PROJECT_BUDGET_LINES
from services.councils.pulse import routes as pulse
from services.councils.pulse.queries import PULSES
from services.councils.pulse.sending import PulseSender
from services.councils.quality_circle import routes as quality_circle
from services.councils.quality_circle.queries import QUALITY_CIRCLES
from services.councils.rights import RIGHTS
from services.councils.seat import routes as seat
from services.councils.seat.queries import SEATS
from services.councils.selection import routes as selection
from services.councils.selection.queries import SELECTIONS, SWOT_ENTRIES
from services.councils.session_plan import routes as session_plan
from services.councils.session_plan.queries import SESSION_PLANS
from services.councils.standing_item import routes as standing_item
from services.councils.standing_item.queries import STANDING_ITEMS
from services.councils.tables import METADATA
from services.councils.use import routes as use
from services.kit.app import create_service
from services.kit.mail import mail_of
from services.kit.settings import Settings
from services.kit.switchboard import Line, Switchboard, remote_line

# Fixed addresses first: "/councils/vacuum" must not be read as an id.
ROUTERS = [
    # council, seat, meeting, decision
    council.router,
    fast_track.router,
    copying.router,
    council.councils,
    council.phases,
    seat.seats,
    balance.router,
    balance.sex_reports,
    quality_circle.quality_circles,
    pulse.router,
    pulse.pulses,
    charter.charters,
    health_check.router,
    health_check.health_checks,
    model_definition.model_definitions,
    picture.router,
    meeting.router,
    meeting.meetings,
    meeting_series.router,
    meeting_series.meeting_series,
    minutes.router,
    agenda.router,
    agenda.agenda_items,
    standing_item.standing_items,
    session_plan.session_plans,
    attendance.router,
    attendance.attendances,
    invitation.router,
    decision.decisions,
    decision_review.decision_reviews,
    action_item.router,
    action_item.action_items,
    direction.directions,
    direction.direction_answers,
    escalation.router,
    escalation.escalations,
    selection.router,
    selection.selections,
    selection.swot_entries,
    fast_track.shortages,
    consequence.router,
    joint_work.router,
    load.router,
    use.router,
    oparl.router,
    # need, interview, initiative
    need.router,
    need.needs,
    dialogue_map.router,
    dialogue_map.dialogue_maps,
    interview.router,
    interview.interviews,
    interview.answers,
    approval.router,
    gap_analysis.router,
    initiative.router,
    initiative.initiatives,
    initiative.steps,
    initiative.outcomes,
    procurement.router,
    budget_line.budget_lines,
    headcount.headcounts,
    checklist.router,
    checklist.checklist_templates,
    checklist.checklists,
    # project
    project.router,
    project.projects,
    project.project_assignments,
    project_work.router,
    project_work.project_activities,
    project_work.project_budget_lines,
    project_learning.project_deviations,
    project_learning.project_lessons,
    project_learning.project_continuations,
    # event
    event.router,
    event.events,
    event.event_sessions,
    event_sign_up.router,
    event_question.router,
    event_feedback.router,
]
COLLECTIONS = [
    # council, seat, meeting, decision
    COUNCILS,
    PHASES,
    SEATS,
    SEX_REPORTS,
    QUALITY_CIRCLES,
    PULSES,
    CHARTERS,
    HEALTH_CHECKS,
    MODEL_DEFINITIONS,
    MEETINGS,
    MEETING_SERIES,
    AGENDA_ITEMS,
    STANDING_ITEMS,
    SESSION_PLANS,
    ATTENDANCES,
    DECISIONS,
    DECISION_REVIEWS,
    ACTION_ITEMS,
    DIRECTIONS,
    DIRECTION_ANSWERS,
    ESCALATIONS,
    SELECTIONS,
    SWOT_ENTRIES,
    SHORTAGES,
    # need, interview, initiative
    NEEDS,
    DIALOGUE_MAPS,
    INTERVIEWS,
    ANSWERS,
    INITIATIVES,
    STEPS,
    OUTCOMES,
    BUDGET_LINES,
    HEADCOUNTS,
    CHECKLIST_TEMPLATES,
    CHECKLISTS,
    # project
    PROJECTS,
    PROJECT_ASSIGNMENTS,
    PROJECT_ACTIVITIES,
    PROJECT_BUDGET_LINES,
    PROJECT_DEVIATIONS,
    PROJECT_LESSONS,
    PROJECT_CONTINUATIONS,
    # event
    EVENTS,
    EVENT_SESSIONS,
]
# Analysis knows what registers say of occupations, actors whom there is and who is prepared.
ASKED = ("analysis", "actors")


def create_app(settings: Settings) -> FastAPI:
    """The service as one ASGI app; whom it has no address of it does not ask."""
    app = create_service(
        "councils",
        settings=settings,
        metadata=METADATA,
        routers=ROUTERS,
        collections=COLLECTIONS,
        rights=RIGHTS,
        title="Kompetensnav: råd",
    )
    mail = mail_of(settings)
    sender = Sender(app.state, mail, settings.address)
    sender.beside.append(ApprovalSender(app.state, mail, settings.address).send_one)
    app.state.sender = sender
    app.state.pulse_sender = PulseSender(app.state, mail, settings.address)
    for one in (app.state.sender, app.state.pulse_sender):
        app.state.meanwhile.append(one.run)
        app.state.last.append(one.close)
    app.state.meanwhile.append(partial(keep_forgetting, app.state))
    known = {name: addresses for name in ASKED if (addresses := settings.urls(name))}
    if known:
        connect(app, **{name: remote_line(addresses) for name, addresses in known.items()})
    return app


def connect(app: FastAPI, **lines: Line) -> None:
    """Give the service its ways to those it asks."""
    app.state.wire = Switchboard(app.state.settings.keys, lines, issuer="councils")
