"""Who may do what in the actors service; what is not here is denied."""

from services.kit.rights import Rights, any_of, roles, scope, services_only, signed_in

STAFF = roles("process_leader", "administrator")
WRITERS = any_of(STAFF, scope("write"))

RIGHTS: Rights = {
    ("actor", "read"): signed_in,
    ("actor", "write"): WRITERS,
    ("standing", "read"): signed_in,
    ("standing", "write"): WRITERS,
    ("feed", "read"): any_of(services_only, scope("read"), roles("administrator")),
    ("batch", "read"): signed_in,
}
