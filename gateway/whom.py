"""Whom a page is for: everyone, who is signed in, or who has one of some roles."""

from collections.abc import Callable

from gateway.visitor import Visitor

Rule = Callable[[Visitor], bool]


def everyone(_visitor: Visitor) -> bool:
    """Also those who have not signed in."""
    return True


def signed_in(visitor: Visitor) -> bool:
    """Every user."""
    return visitor.signed_in


def roles(*names: str) -> Rule:
    """Users with any of these roles."""
    return lambda visitor: visitor.signed_in and visitor.has_role(*names)


administrators = roles("administrator")
staff = roles("process_leader", "strategist", "administrator")
step_takers = roles("process_leader", "strategist", "administrator", "council_member")
proposers = step_takers
leaders = roles("process_leader", "administrator")
interviewers = roles("process_leader")
interview_readers = roles("process_leader", "strategist")
