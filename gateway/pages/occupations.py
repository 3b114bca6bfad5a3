"""Occupations: what their codes are called, and which of them somebody means by a word."""

from collections import Counter
from collections.abc import Sequence

from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.shapes import Occupation
from services.kit.errors import Forbidden, Unavailable

MOST, MOST_SHOWN = 200, 20


def occupation_of(found: Found) -> Occupation:
    """An occupation of the analysis service."""
    return Occupation(found["code"], found["name"], tuple(found["words"]))


async def occupations_named(house: House, codes: Sequence[str]) -> list[Occupation]:
    """Occupations by their codes, in that order; named where classifications are imported."""
    if not codes:
        return []
    try:
        known = await house.analysis.occupations.list(code=list(codes), limit=MOST)
    except (Unavailable, Forbidden):
        return [Occupation(code) for code in codes]
    names = {one["code"]: occupation_of(one) for one in known.items}
    return [names.get(code, Occupation(code)) for code in codes]


async def wanted_now(house: House) -> Counter[str]:
    """How many open needs name each occupation; nothing where nobody can say."""
    try:
        found = await house.councils.get("/needs/wanted-occupations")
    except (Unavailable, Forbidden):
        return Counter()
    return Counter({one["occupation_code"]: one["needs"] for one in found["items"]})


def codes_in(counted: Counter[str]) -> list[str]:
    """The occupations that most needs name."""
    return ids_in([code for code, _ in counted.most_common(MOST_SHOWN)])
