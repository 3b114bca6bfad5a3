"""Rights: one table per program, (noun, action) to a rule; what is not in it is denied."""

from collections.abc import Callable, Mapping
from itertools import product
from typing import NamedTuple

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


class Keys(NamedTuple):
    """Whose keys a right lets in, "municipality" (any), "association" or "nobody"; their scopes."""

    of: str
    scopes: tuple[str, ...] = ()


def keys_for(rights: Rights, noun: str, action: str, scope: str) -> Keys:
    """Which keys may, by asking the rule about one of each kind: the widest, with fewest scopes."""
    kinds = {"municipality": "0000", "association": None}
    scopes = ((scope,), (scope, "personal"), ("read", "write"), ("read", "write", "personal"))
    for (of, code), held in product(kinds.items(), scopes):
        key = Caller("client", "client:asked", scopes=held, municipality_code=code)
        if permits(rights, key, noun, action):
            return Keys(of, held)
    return Keys("nobody")


def demand(rights: Rights, caller: Caller, noun: str, action: str) -> None:
    """Raise Forbidden unless the table has a rule that lets the caller in; a key is told whose."""
    if permits(rights, caller, noun, action):
        return
    who = "not for this caller"
    if caller.kind == "client":
        keys = keys_for(rights, noun, action, "read" if action == "read" else "write")
        whose = {"municipality": "keys", "association": "the municipal association's keys"}
        needed = f"only for {whose.get(keys.of)} with the scope {' and '.join(keys.scopes)}"
        who = needed if keys.scopes else "for no key, only for those who sign in"
    raise Forbidden(f"{noun}: {action} is {who}")
