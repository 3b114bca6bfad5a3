"""Who may know of what: the conditions that several rooms put on their lists."""

from sqlalchemy import ColumnElement, false

from services.kit.errors import Forbidden
from services.kit.identity import Caller
from services.kit.rights import Rule, any_of, roles, services_only

WIDER = ("process_leader", "strategist", "administrator", "reader")


def association(name: str) -> Rule:
    """The association's own keys with a scope; they name no municipality."""
    return lambda caller: (
        caller.kind == "client" and caller.municipality_code is None and name in caller.scopes
    )


INTERVIEW_READERS = any_of(
    roles("process_leader", "strategist"), association("personal"), services_only
)

INTERVIEW_WRITERS = any_of(roles("process_leader"), association("personal"))

# What was thought of an event, in words: somebody may know the hand.
READS_WORDS = any_of(
    roles("process_leader", "strategist", "administrator", "council_member"),
    association("personal"),
    services_only,
)


def only_member(caller: Caller) -> bool:
    """Whether the caller is a user who sees things through seats in councils alone."""
    return caller.kind == "user" and not caller.has_role(*WIDER)


def reads_interviews(caller: Caller) -> ColumnElement[bool] | None:
    """Interviews do not exist for whoever may not read them."""
    return None if INTERVIEW_READERS(caller) else false()


def demand_no_member(caller: Caller) -> None:
    """Forbidden for members: they propose, others change."""
    if only_member(caller):
        raise Forbidden("a member proposes; process leaders change")
