"""Who may do what in the analysis service; what is not here is denied."""

from services.kit.rights import Rights, any_of, roles, scope, services_only, signed_in

RIGHTS: Rights = {
    ("label", "read"): signed_in,
    ("search", "read"): signed_in,
    ("thread", "read"): signed_in,
    ("verdict", "read"): signed_in,
    ("feed", "read"): any_of(services_only, scope("read"), roles("administrator")),
    ("batch", "read"): signed_in,
}
