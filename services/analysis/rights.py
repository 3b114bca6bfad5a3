"""Who may do what in the analysis service; what is not here is denied."""

from services.kit.identity import Caller
from services.kit.rights import Rights, any_of, roles, scope, services_only, signed_in


def writes_knowledge(caller: Caller) -> bool:
    """Staff, or the association's own key: what is known outside is no municipality's."""
    keyed = caller.kind == "client" and "write" in caller.scopes and caller.bound_to is None
    return keyed or roles("process_leader", "strategist", "administrator")(caller)


RIGHTS: Rights = {
    ("label", "read"): signed_in,
    ("search", "read"): signed_in,
    ("thread", "read"): signed_in,
    ("verdict", "read"): signed_in,
    ("continuity", "read"): signed_in,
    ("source", "read"): signed_in,
    ("source", "write"): writes_knowledge,
    ("snapshot", "read"): signed_in,
    ("indicator", "read"): signed_in,
    ("indicator", "write"): writes_knowledge,
    ("figure", "read"): signed_in,
    ("forecast", "read"): signed_in,
    ("forecast", "write"): writes_knowledge,
    ("code", "read"): signed_in,
    ("correspondence", "read"): signed_in,
    ("occupation", "read"): signed_in,
    ("signal", "read"): signed_in,
    ("signal", "write"): writes_knowledge,
    ("trend", "read"): signed_in,
    ("trend", "write"): writes_knowledge,
    ("challenge", "read"): signed_in,
    ("challenge", "write"): writes_knowledge,
    ("challenge_link", "read"): signed_in,
    ("challenge_link", "write"): writes_knowledge,
    ("feed", "read"): any_of(services_only, scope("read"), roles("administrator")),
    ("batch", "read"): signed_in,
    ("known", "read"): services_only,
}
