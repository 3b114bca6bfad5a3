"""Who may do what in the councils service; what is not here is denied."""

from services.councils.sight import association
from services.kit.rights import Rights, any_of, roles, scope, services_only, signed_in

STAFF = roles("process_leader", "administrator")
STAFF_AND_STRATEGISTS = roles("process_leader", "administrator", "strategist")


COUNCIL_WRITERS = any_of(STAFF_AND_STRATEGISTS, association("write"))

RIGHTS: Rights = {
    # council, seat, meeting, decision
    ("council", "read"): signed_in,
    ("council", "write"): COUNCIL_WRITERS,
    ("phase_change", "read"): signed_in,
    ("seat", "read"): signed_in,
    ("seat", "write"): any_of(STAFF, association("write")),
    ("meeting", "read"): signed_in,
    ("meeting", "write"): COUNCIL_WRITERS,
    ("agenda_item", "read"): signed_in,
    ("agenda_item", "write"): COUNCIL_WRITERS,
    ("attendance", "read"): signed_in,
    ("attendance", "write"): COUNCIL_WRITERS,
    ("decision", "read"): signed_in,
    ("decision", "write"): COUNCIL_WRITERS,
    ("action_item", "read"): signed_in,
    ("action_item", "write"): COUNCIL_WRITERS,
    ("action_item", "complete"): any_of(COUNCIL_WRITERS, roles("council_member")),
    ("fast_track", "write"): any_of(STAFF, association("write")),
    ("consequence", "read"): any_of(STAFF_AND_STRATEGISTS, services_only, association("read")),
    # need, interview, initiative
    # the house
    ("feed", "read"): any_of(services_only, scope("read"), roles("administrator")),
    ("batch", "read"): signed_in,
}
