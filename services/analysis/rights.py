"""Who may do what in the analysis service; what is not here is denied."""

from services.kit.identity import Caller
from services.kit.rights import Rights, any_of, roles, scope, services_only, signed_in


def writes_sources(caller: Caller) -> bool:
    """Staff, or the association's own key: registers belong to no municipality."""
    keyed = caller.kind == "client" and "write" in caller.scopes and caller.bound_to is None
    return keyed or roles("process_leader", "strategist", "administrator")(caller)


RIGHTS: Rights = {
    ("label", "read"): signed_in,
    ("search", "read"): signed_in,
    ("thread", "read"): signed_in,
    ("verdict", "read"): signed_in,
    ("continuity", "read"): signed_in,
    ("source", "read"): signed_in,
    ("source", "write"): writes_sources,
    ("snapshot", "read"): signed_in,
    ("indicator", "read"): signed_in,
    ("indicator", "write"): writes_sources,
    ("figure", "read"): signed_in,
    ("forecast", "read"): signed_in,
    ("forecast", "write"): writes_sources,
    ("code", "read"): signed_in,
    ("correspondence", "read"): signed_in,
    ("occupation", "read"): signed_in,
    ("feed", "read"): any_of(services_only, scope("read"), roles("administrator")),
    ("batch", "read"): signed_in,
    ("known", "read"): services_only,
}
