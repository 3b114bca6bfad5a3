"""Who may do what in the actors service; what is not here is denied."""

from services.kit.identity import Caller
from services.kit.rights import Rights, any_of, roles, scope, services_only, signed_in

STAFF = roles("process_leader", "administrator")
WRITERS = any_of(STAFF, scope("write"))
# What somebody said is for those who work with everybody; contacts_seen narrows it for the others.
TALKERS = roles("process_leader", "strategist", "administrator")


def association_reads(caller: Caller) -> bool:
    """The association's own keys; they name no municipality."""
    return caller.kind == "client" and caller.bound_to is None and "read" in caller.scopes


# What the leaver wrote for the next holder; who may change a holding keeps what stands there.
HANDOVER_READERS = any_of(TALKERS, services_only, scope("write"))
CONTACT_READERS = any_of(TALKERS, services_only, association_reads)
CONTACT_WRITERS = any_of(TALKERS, scope("write"))


def reads_people(caller: Caller) -> bool:
    """Users see who holds which post; a key needs the scope for personal data."""
    return caller.kind in {"user", "service"} or "personal" in caller.scopes


def writes_people(caller: Caller) -> bool:
    """Staff; or the association's own key with both scopes: people belong to no municipality."""
    keyed = {"write", "personal"} <= set(caller.scopes) and caller.bound_to is None
    return STAFF(caller) or (caller.kind == "client" and keyed)


def reads_readiness(caller: Caller) -> bool:
    """Assessments judge an organisation: staff, the house's programs, and keys that may read.

    A municipality's key reads only those of the actors it manages (`readiness_seen`).
    """
    return any_of(STAFF, roles("strategist"), services_only, scope("read"))(caller)


def _association_writes(caller: Caller) -> bool:
    """A file makes things of any municipality; whose key is bound to one sends /bulk."""
    return caller.kind == "client" and caller.bound_to is None and "write" in caller.scopes


IMPORTERS = any_of(STAFF, _association_writes)
TAKERS = any_of(STAFF, _association_writes)
DRAFTERS = any_of(TAKERS, services_only)

RIGHTS: Rights = {
    ("actor", "read"): signed_in,
    ("actor", "write"): WRITERS,
    ("standing", "read"): signed_in,
    ("standing", "write"): WRITERS,
    ("post", "read"): signed_in,
    ("post", "write"): WRITERS,
    ("holding", "read"): signed_in,
    ("holding", "write"): WRITERS,
    ("person", "read"): reads_people,
    ("person", "write"): writes_people,
    ("person", "depart"): writes_people,
    ("relation", "read"): signed_in,
    ("relation", "write"): WRITERS,
    ("relation_rating", "read"): signed_in,
    ("relation_rating", "write"): WRITERS,
    ("programme", "read"): signed_in,
    ("programme", "write"): WRITERS,
    ("intake", "read"): signed_in,
    ("intake", "write"): WRITERS,
    ("contact", "read"): any_of(lambda caller: caller.kind != "client", scope("read")),
    ("contact", "write"): CONTACT_WRITERS,
    ("contact", "complete"): any_of(CONTACT_WRITERS, roles("council_member")),
    ("mandate", "read"): signed_in,
    ("mandate", "write"): WRITERS,
    ("carried_issue", "read"): signed_in,
    ("carried_issue", "write"): WRITERS,
    ("endorsement", "read"): signed_in,
    ("endorsement", "write"): WRITERS,
    ("role_trial", "read"): signed_in,
    ("role_trial", "write"): WRITERS,
    ("readiness", "read"): reads_readiness,
    ("readiness", "write"): WRITERS,
    ("gain", "read"): signed_in,
    ("gain", "write"): WRITERS,
    ("pledge", "read"): signed_in,
    ("pledge", "write"): WRITERS,
    ("pledge", "deliver"): any_of(WRITERS, roles("council_member")),
    ("criterion", "read"): signed_in,
    ("criterion", "write"): any_of(STAFF, _association_writes),
    ("priority", "read"): reads_readiness,
    ("priority", "write"): WRITERS,
    ("leader_assignment", "read"): signed_in,
    ("leader_assignment", "write"): TAKERS,
    ("process_leadership", "read"): signed_in,
    ("lead_time", "read"): signed_in,
    ("joining", "read"): any_of(lambda caller: caller.kind != "client", scope("read")),
    ("joining", "write"): WRITERS,
    ("method", "read"): signed_in,
    ("method", "write"): TAKERS,
    ("method_use", "read"): signed_in,
    ("method_use", "write"): any_of(TALKERS, _association_writes),
    ("competence_profile", "read"): signed_in,
    ("competence_profile", "write"): TAKERS,
    ("takeover", "read"): any_of(lambda caller: caller.kind != "client", association_reads),
    ("takeover", "write"): TAKERS,
    ("takeover", "complete"): any_of(TAKERS, roles("council_member")),
    ("correction", "read"): any_of(TALKERS, association_reads),
    ("popolo", "read"): any_of(STAFF, roles("strategist"), services_only, scope("read")),
    ("popolo", "write"): writes_people,
    ("import", "read"): IMPORTERS,
    ("import", "write"): IMPORTERS,
    ("feed", "read"): any_of(services_only, scope("read"), roles("administrator")),
    ("batch", "read"): signed_in,
    ("known", "read"): services_only,
}
