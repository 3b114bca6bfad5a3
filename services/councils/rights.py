"""Who may do what in the councils service; what is not here is denied."""

from services.councils.sight import INTERVIEW_READERS, INTERVIEW_WRITERS, association
from services.kit.rights import Rights, any_of, roles, scope, services_only, signed_in

STAFF = roles("process_leader", "administrator")
STAFF_AND_STRATEGISTS = roles("process_leader", "administrator", "strategist")


COUNCIL_WRITERS = any_of(STAFF_AND_STRATEGISTS, association("write"))
WORK_WRITERS = any_of(STAFF_AND_STRATEGISTS, scope("write"))

RIGHTS: Rights = {
    # council, seat, meeting, decision
    ("council", "read"): signed_in,
    ("council", "write"): COUNCIL_WRITERS,
    ("phase_change", "read"): signed_in,
    ("seat", "read"): signed_in,
    ("seat", "write"): any_of(STAFF, association("write")),
    ("sex_report", "read"): signed_in,
    ("sex_report", "write"): COUNCIL_WRITERS,
    ("quality_circle", "read"): signed_in,
    ("quality_circle", "write"): COUNCIL_WRITERS,
    ("charter", "read"): signed_in,
    ("charter", "write"): COUNCIL_WRITERS,
    ("health_check", "read"): signed_in,
    ("health_check", "write"): COUNCIL_WRITERS,
    ("meeting", "read"): signed_in,
    ("meeting", "write"): COUNCIL_WRITERS,
    ("agenda_item", "read"): signed_in,
    ("agenda_item", "write"): COUNCIL_WRITERS,
    ("standing_item", "read"): signed_in,
    ("standing_item", "write"): COUNCIL_WRITERS,
    ("session_plan", "read"): signed_in,
    ("session_plan", "write"): COUNCIL_WRITERS,
    ("attendance", "read"): signed_in,
    ("attendance", "write"): COUNCIL_WRITERS,
    # An address book: whom the association writes to, and where.
    ("invitation", "read"): any_of(STAFF_AND_STRATEGISTS, association("personal")),
    ("invitation", "write"): any_of(STAFF_AND_STRATEGISTS, association("personal")),
    ("reply_link", "read"): services_only,
    ("reply_link", "write"): services_only,
    ("decision", "read"): signed_in,
    ("decision", "write"): COUNCIL_WRITERS,
    ("action_item", "read"): signed_in,
    ("action_item", "write"): COUNCIL_WRITERS,
    ("action_item", "complete"): any_of(COUNCIL_WRITERS, roles("council_member")),
    ("direction", "read"): signed_in,
    ("direction", "write"): COUNCIL_WRITERS,
    ("direction_answer", "read"): signed_in,
    ("direction_answer", "write"): COUNCIL_WRITERS,
    ("escalation", "read"): signed_in,
    ("escalation", "write"): COUNCIL_WRITERS,
    ("escalation", "answer"): COUNCIL_WRITERS,
    ("selection", "read"): signed_in,
    ("selection", "write"): COUNCIL_WRITERS,
    ("swot_entry", "read"): signed_in,
    ("swot_entry", "write"): COUNCIL_WRITERS,
    ("fast_track", "write"): any_of(STAFF, association("write")),
    ("shortage_signal", "read"): signed_in,
    ("consequence", "read"): any_of(STAFF_AND_STRATEGISTS, services_only, association("read")),
    ("joint_work", "read"): signed_in,
    ("load", "read"): signed_in,
    ("use", "read"): any_of(STAFF_AND_STRATEGISTS, services_only, association("read")),
    # need, interview, initiative
    ("need", "read"): signed_in,
    ("need", "write"): any_of(WORK_WRITERS, roles("council_member")),
    ("need", "decide"): WORK_WRITERS,
    ("dialogue_map", "read"): signed_in,
    ("dialogue_map", "write"): any_of(STAFF, association("write")),
    ("interview", "read"): INTERVIEW_READERS,
    ("interview", "write"): INTERVIEW_WRITERS,
    ("answer", "read"): INTERVIEW_READERS,
    ("answer", "write"): INTERVIEW_WRITERS,
    ("initiative", "read"): signed_in,
    ("initiative", "write"): WORK_WRITERS,
    ("initiative", "decide"): WORK_WRITERS,
    ("step", "read"): signed_in,
    ("step", "write"): WORK_WRITERS,
    ("outcome", "read"): signed_in,
    ("outcome", "write"): WORK_WRITERS,
    ("budget_line", "read"): signed_in,
    ("budget_line", "write"): WORK_WRITERS,
    ("headcount", "read"): signed_in,
    ("headcount", "write"): WORK_WRITERS,
    ("checklist_template", "read"): signed_in,
    ("checklist_template", "write"): COUNCIL_WRITERS,
    ("checklist", "read"): signed_in,
    ("checklist", "write"): COUNCIL_WRITERS,
    # the house
    ("feed", "read"): any_of(services_only, scope("read"), roles("administrator")),
    ("batch", "read"): signed_in,
    ("known", "read"): services_only,
}
