"""The councils service, as pages use it."""

from gateway.clients.service import Noun, Service


class Councils(Service):
    """What is worked on."""

    name = "councils"
    councils = Noun("/councils")
    seats = Noun("/seats")
    quality_circles = Noun("/quality-circles")
    charters = Noun("/charters")
    health_checks = Noun("/health-checks")
    sex_reports = Noun("/sex-reports")
    meetings = Noun("/meetings")
    meeting_series = Noun("/meeting-series")
    agenda_items = Noun("/agenda-items")
    standing_items = Noun("/standing-items")
    session_plans = Noun("/session-plans")
    attendances = Noun("/attendances")
    reply_links = Noun("/reply-links")
    decisions = Noun("/decisions")
    decision_reviews = Noun("/decision-reviews")
    action_items = Noun("/action-items")
    directions = Noun("/directions")
    direction_answers = Noun("/direction-answers")
    escalations = Noun("/escalations")
    selections = Noun("/selections")
    swot_entries = Noun("/swot-entries")
    dialogue_maps = Noun("/dialogue-maps")
    interviews = Noun("/interviews")
    answers = Noun("/answers")
    needs = Noun("/needs")
    initiatives = Noun("/initiatives")
    steps = Noun("/steps")
    outcomes = Noun("/outcomes")
    budget_lines = Noun("/budget-lines")
    headcounts = Noun("/headcounts")
    checklist_templates = Noun("/checklist-templates")
    checklists = Noun("/checklists")
    projects = Noun("/projects")
    project_assignments = Noun("/project-assignments")
    project_activities = Noun("/project-activities")
    project_budget_lines = Noun("/project-budget-lines")
    project_deviations = Noun("/project-deviations")
    project_lessons = Noun("/project-lessons")
    project_continuations = Noun("/project-continuations")
    joint_work = Noun("/joint-work")
