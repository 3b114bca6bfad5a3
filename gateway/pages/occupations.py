"""Occupations: what their codes are called, and which of them somebody means by a word."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from gateway.clients.house import House
from gateway.clients.service import ids_in
from services.kit.errors import Forbidden, Malformed, Unavailable

SSYK, CALLED = "ssyk2012", "occupation_name"
GROUP_LEVEL = 4
MOST, MOST_SHOWN, MOST_WORDS = 200, 20, 50
OPEN_NEEDS = ("identified", "prioritised", "being_met")


class Occupation(NamedTuple):
    """An occupation: its code, its name (empty: not known), and the words that found it."""

    code: str
    name: str = ""
    words: tuple[str, ...] = ()


async def occupations_named(house: House, codes: Sequence[str]) -> list[Occupation]:
    """Occupations by their codes, in that order; named where classifications are imported."""
    if not codes:
        return []
    try:
        known = await house.analysis.codes.list(system=SSYK, code=list(codes), limit=MOST)
    except (Unavailable, Forbidden):
        return [Occupation(code) for code in codes]
    names = {one["code"]: one["name"] for one in known.items}
    return [Occupation(code, names.get(code, "")) for code in codes]


async def occupations_called(house: House, words: str) -> list[Occupation]:
    """Occupations that somebody may mean: by the group's name or code, or by what it is called."""
    codes = house.analysis.codes
    try:
        groups, called = await house.analysis.batch(
            codes.asked(system=SSYK, level=GROUP_LEVEL, q=words, limit=MOST_SHOWN),
            codes.asked(system=CALLED, q=words, limit=MOST_WORDS),
        )
    except Malformed:
        return []
    meant = await _groups_of(house, {one["code"]: one["name"] for one in called["items"]})
    own = {one["code"]: one["name"] for one in groups["items"]}
    others = [code for code in meant if code not in own][: MOST_SHOWN - len(own)]
    named = {one.code: one.name for one in await occupations_named(house, others)}
    return [Occupation(code, name, meant.get(code, ())[:3]) for code, name in (own | named).items()]


async def _groups_of(house: House, called: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """The groups that some words stand for, each with its words, the best found first."""
    if not called:
        return {}
    found = await house.analysis.correspondences.list(
        from_system=CALLED, from_code=list(called), to_system=SSYK, limit=MOST
    )
    group_of = {pair["from_code"]: pair["to_code"] for pair in found.items}
    groups: dict[str, tuple[str, ...]] = {}
    for word_code, word in called.items():
        if group := group_of.get(word_code):
            groups[group] = (*groups.get(group, ()), word)
    return groups


async def wanted_now(house: House) -> Counter[str]:
    """How many open needs name each occupation; nothing where nobody can say."""
    try:
        found = await house.councils.needs.list(status=OPEN_NEEDS, limit=MOST)
    except (Unavailable, Forbidden):
        return Counter()
    return Counter(need["occupation_code"] for need in found.items if need["occupation_code"])


def codes_in(counted: Counter[str]) -> list[str]:
    """The occupations that most needs name."""
    return ids_in([code for code, _ in counted.most_common(MOST_SHOWN)])
