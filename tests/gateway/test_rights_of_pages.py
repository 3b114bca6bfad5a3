"""Pages that write let in nobody whom the service refuses: who fills a form in may send it."""

import pytest

from gateway.access import may
from gateway.rights import RIGHTS
from gateway.visitor import Visitor
from services.actors.rights import RIGHTS as ACTORS
from services.analysis.rights import RIGHTS as ANALYSIS
from services.councils.rights import RIGHTS as COUNCILS
from services.kit.identity import Caller
from services.kit.rights import Rights, permits
from tests.gateway.test_access import ALL

# What each area's forms write; a page of its own where it is another noun or verb.
AREAS = {
    "agenda": "agenda_item", "decisions": "decision", "initiatives": "initiative",
    "gap_analysis": "gap_analysis",
    "decision_reviews": "decision_review",
    "interviews": "interview", "meetings": "meeting", "needs": "need", "councils": "council",
    "meeting_series": "meeting_series",
    "invitations": "invitation",
    "pulses": "pulse",
    "actors": "actor", "contacts": "contact", "gains": "gain", "mandates": "mandate",
    "people": "person", "pledges": "pledge", "posts": "post", "programmes": "programme",
    "readiness": "readiness", "relations": "relation", "relation_ratings": "relation_rating",
    "role_trials": "role_trial",
    "criteria": "criterion", "priorities": "priority", "joinings": "joining",
    "carried_issues": "carried_issue",
    "takeovers": "takeover", "imports": "import", "leader_assignments": "leader_assignment",
    "signals": "signal", "trends": "trend", "challenges": "challenge",
    "methods": "method", "outcomes": "outcome", "steps": "step",
    "budget_lines": "budget_line", "headcounts": "headcount", "procurement": "step",
    "standing_items": "standing_item", "charters": "charter", "council_copies": "council",
    "health_checks": "health_check", "quality_circles": "quality_circle",
    "standings": "standing", "checklists": "checklist",
    "checklist_templates": "checklist_template", "dialogue_maps": "dialogue_map",
    "session_plans": "session_plan", "directions": "direction",
    "direction_answers": "direction_answer", "escalations": "escalation",
    "selections": "selection", "projects": "project", "project_parts": "project_activity",
    "swot_entries": "swot_entry",
    "approvals": "approval_link",
    "events": "event", "event_sign_ups": "event_sign_up", "event_questions": "event_question",
    "competence_profiles": "competence_profile", "picture": "model_definition",
}  # fmt: skip
PAGES = {
    "approvals.reopen": ("interview", "write"),
    "escalations.answer": ("escalation", "answer"),
    "events.edit_session": ("event_session", "write"),
    "events.new_session": ("event_session", "write"),
    "events.remove_session": ("event_session", "write"),
    "action_items.edit": ("action_item", "write"), "agenda.remove": ("agenda_item", "write"),
    "action_items.undo": ("action_item", "complete"),
    "action_items.done": ("action_item", "complete"), "councils.add_seat": ("seat", "write"),
    "councils.edit_seat": ("seat", "write"), "councils.end_seat": ("seat", "write"),
    "councils.fast_track": ("fast_track", "write"),
    "fast_tracks.edit": ("shortage_signal", "write"),
    "forecasts.make": ("forecast", "write"),
    "councils.edit_sexes": ("sex_report", "write"),
    "councils.remove_sexes": ("sex_report", "write"),
    "councils.report_sexes": ("sex_report", "write"),
    "contacts.done": ("contact", "complete"), "contacts.reopen": ("contact", "complete"),
    "initiatives.move": ("initiative", "decide"),
    "initiative_days.correct": ("initiative", "decide"),
    "initiative_days.undo": ("initiative", "decide"),
    "projects.correct": ("project", "turn"),
    "projects.move": ("project", "turn"), "projects.resume": ("project", "turn"),
    "project_parts.check_ins": ("project", "turn"),
    "interviews.default_map": ("dialogue_map", "write"), "interviews.need": ("need", "write"),
    "interviews.undo_need": ("need", "write"),
    "mandates.endorse": ("endorsement", "write"), "meetings.add_action": ("action_item", "write"),
    "meetings.add_item": ("agenda_item", "write"), "meetings.attend": ("attendance", "write"),
    "meetings.remove_guest": ("attendance", "write"),
    "meetings.decide": ("decision", "write"), "minutes.write": ("agenda_item", "write"),
    "needs.drop": ("need", "decide"), "needs.merge": ("need", "decide"),
    "needs.split": ("need", "decide"),
    "needs.meet": ("need", "decide"), "needs.step": ("need", "decide"),
    "pulses.again": ("pulse_letter", "write"), "pulses.take": ("pulse_letter", "write"),
    "pledges.deliver": ("pledge", "deliver"), "takeovers.done": ("takeover", "complete"),
    "challenges.link": ("challenge_link", "write"),
    "challenges.edit_link": ("challenge_link", "write"),
    "challenges.remove_link": ("challenge_link", "write"),
    "methods.use": ("method_use", "write"), "methods.edit_use": ("method_use", "write"),
    "methods.remove_use": ("method_use", "write"),
    "snapshots.add": ("source", "write"),
    "snapshots.fetch": ("source", "write"),
    "people.depart": ("person", "depart"), "actors.popolo": ("popolo", "read"),
    "programmes.add_intake": ("intake", "write"), "programmes.edit_intake": ("intake", "write"),
    "posts.appoint": ("holding", "write"), "posts.end_holding": ("holding", "write"),
    "posts.remove_holding": ("holding", "write"),
}  # fmt: skip
READ = {
    "activity", "continuation", "deviation",
    "alike", "ambassadors", "ambassadors_file", "bridges", "calendar", "check", "choices",
    "columns", "compare", "compare_file", "council", "endorsements", "errors", "file", "find",
    "history", "left", "list", "loads", "map", "map_file", "means", "network", "preview", "print",
    "question", "handover",
    "agenda", "show_file",
    "show", "source", "together", "together_file", "without",
}  # fmt: skip
# Everybody's, and refused by the service to whom the thing is not given.
PERSONAL = {"action_items.done", "action_items.undo"}


def _writes() -> dict[str, tuple[str, str]]:
    found = {}
    for page in RIGHTS:
        area, _, kind = page.partition(".")
        if page in PAGES:
            found[page] = PAGES[page]
        elif area in AREAS and kind not in READ:
            found[page] = (AREAS[area], "write")
    return found


def _rights(noun: str, verb: str) -> Rights:
    return next(rights for rights in (COUNCILS, ACTORS, ANALYSIS) if (noun, verb) in rights)
    return next(known for known in (COUNCILS, ACTORS, ANALYSIS) if (noun, verb) in known)


@pytest.mark.parametrize(("page", "deed"), _writes().items(), ids=list(_writes()))
def test_who_is_let_in_to_a_form_may_send_it(page: str, deed: tuple[str, str]) -> None:
    for role in ALL:
        caller = Caller("user", "user:1", roles=(role,))
        if may(Visitor(caller, signed_in=True), page) and page not in PERSONAL:
            assert permits(_rights(*deed), caller, *deed), f"{role} opens {page}"
