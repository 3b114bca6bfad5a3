"""What a need gives to the one that it is merged into, and what that one gives back once parted."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python

from services.councils.contract.need_union import CARRIED, PAIRED, TOGETHER, UNITED

Need = Mapping[str, Any]
PLACES, STATUS = "municipality_codes", "status"
# What is given, and given back, together.
GROUPS = (*((name,) for name in (*CARRIED, *PAIRED, STATUS)), *TOGETHER)
# Without any it would be no need, or be in the whole region.
NEVER_EMPTY = ("areas", PLACES)


def given(need: Need, before: Need, after: Need) -> dict[str, Any]:
    """What a need gave to what lives on, which said `before` and says `after`; as JSON.

    Values of lists, and by group of fields what stood there before.
    """
    lists = {name: [one for one in need[name] if one not in before[name]] for name in UNITED}
    groups = [names for names in GROUPS if _is_from(need, before, after, names)]
    if before[PLACES] and not after[PLACES]:
        lists[PLACES] = []
        groups += [] if need[PLACES] else [(PLACES,)]
    instead = [{name: before[name] for name in names} for names in groups]
    told: dict[str, Any] = to_jsonable_python({"lists": lists, "instead_of": instead})
    return told | {"into_id": str(after["id"])}


def _is_from(need: Need, before: Need, after: Need, names: Sequence[str]) -> bool:
    changed = any(after[name] != before[name] for name in names)
    return changed and all(after[name] == need[name] for name in names)


def taken_back(need: Need, living: Need, rest: Sequence[Need]) -> dict[str, Any]:
    """What the living need says without one that it is parted from, and with the rest.

    What was changed since stays, and so does what one of the rest says as well.
    """
    gift = need["given"] or {}
    said = {name: {str(one) for other in rest for one in other[name]} for name in UNITED}
    changed: dict[str, Any] = {}
    for name, values in gift.get("lists", {}).items():
        left = [one for one in living[name] if str(one) not in set(values) - said[name]]
        if left or name not in NEVER_EMPTY:
            changed[name] = left
    for group in gift.get("instead_of", ()):
        if _is_still_of(need, living, rest, group):
            changed |= {name: _value(name, value) for name, value in group.items()}
    if any(PLACES in group for group in gift.get("instead_of", ())) and changed.get(PLACES):
        changed[PLACES] = list(dict.fromkeys([*changed[PLACES], *sorted(said[PLACES])]))
    return changed


def _is_still_of(need: Need, living: Need, rest: Iterable[Need], names: Iterable[str]) -> bool:
    def same(one: Need, other: Need) -> bool:
        return all(one[name] == other[name] for name in names)

    return same(living, need) and not any(same(one, need) for one in rest)


def _value(name: str, value: Any) -> Any:
    return Decimal(value) if name == "minority_share" and value is not None else value


def came_with(id: UUID, others: Iterable[Need]) -> list[UUID]:
    """Of needs that live on in the same one, those that had been merged into this one before."""
    waiting, found = {one["id"]: _first(one) for one in others}, [str(id)]
    for one in found:
        found += [str(key) for key, into in waiting.items() if into == one]
    return [UUID(one) for one in found[1:]]


def _first(need: Need) -> str | None:
    return (need["given"] or {}).get("into_id")


def came_by_another(need: Need) -> bool:
    """Whether a need lives on where it does because what it was merged into was merged on."""
    return _first(need) not in (None, str(need["merged_into_id"]))
