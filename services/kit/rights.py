"""Rights: one table per program, (noun, action) to a rule; what is not in it is denied."""

from collections.abc import Callable, Mapping

from services.kit.errors import Forbidden
from services.kit.identity import Caller

Rule = Callable[[Caller], bool]
Rights = Mapping[tuple[str, str], Rule]


def signed_in(caller: Caller) -> bool:
    """Anyone whom the gateway has let in: user, client or service."""
    return caller.kind in {"user", "client", "service"}


def services_only(caller: Caller) -> bool:
    """Another program of the house, for example analysis following a feed."""
    return caller.kind == "service"


def roles(*names: str) -> Rule:
    """Users with any of these roles."""
    return lambda caller: caller.kind == "user" and caller.has_role(*names)


def scope(name: str) -> Rule:
    """Clients whose key has this scope."""
    return lambda caller: caller.kind == "client" and name in caller.scopes


def any_of(*rules: Rule) -> Rule:
    """Whoever any of the rules lets in."""
    return lambda caller: any(rule(caller) for rule in rules)


def permits(rights: Rights, caller: Caller, noun: str, action: str) -> bool:
    """Whether the table has a rule that lets the caller in."""
    rule = rights.get((noun, action))
    return rule is not None and rule(caller)


def demand(rights: Rights, caller: Caller, noun: str, action: str) -> None:
    """Raise Forbidden unless the table has a rule that lets the caller in."""
    if not permits(rights, caller, noun, action):
        raise Forbidden(f"{noun}: {action} is not for this caller")
