"""Occupations and directions: what their codes are called, and which somebody means by a word."""

from collections import Counter
from collections.abc import Iterable, Sequence

from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.shapes import Occupation
from services.analysis.contract.classification import CodeSystem
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


async def directions_named(house: House, codes: Iterable[str]) -> dict[str, str]:
    """What some SUN codes are called, as far as classifications are imported."""
    wanted = sorted(set(codes) - {""})
    if not wanted:
        return {}
    try:
        found = await house.analysis.codes.whole(system=CodeSystem.sun2020_field, code=wanted)
    except (Unavailable, Forbidden):
        return {}
    return {one["code"]: one["name"] for one in found}


async def direction_named(house: House, code: str | None) -> str | None:
    """A SUN code with its name; or that it is none, where the classification is imported."""
    if code is None:
        return None
    codes, system = house.analysis.codes, CodeSystem.sun2020_field
    try:
        found = (await codes.list(system=system, code=code, limit=1)).items
        known = found or (await codes.list(system=system, limit=1)).items
    except (Unavailable, Forbidden):
        return code
    if found:
        return f"{found[0]['name']} ({code})"
    return f"{code}, som inte finns i klassifikationen" if known else code


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
