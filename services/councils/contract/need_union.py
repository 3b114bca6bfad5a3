"""What several needs are together, as a merge makes it and as its page shows it beforehand."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

UNITED = ("areas", "municipality_codes", "answer_ids", "meeting_ids", "figures")
CARRIED = ("council_id", "owner_post_id", "occupation_code")
# The two parties of a gap, which belong together.
PAIRED = ("gap_between",)
# What is said of an occupation; what stands together comes from the same need.
SHARE = ("minority_share", "minority_share_source")
TOGETHER = (("headcount_per_year",), ("from_year", "to_year"), SHARE)
Need = Mapping[str, Any]


def united(needs: Iterable[Need]) -> dict[str, Any]:
    """What several needs hold together: lists in their order, each value once.

    All else is as the first of them that says it has it; the first lives on, and keeps its own.
    """
    given = list(needs)
    lists = {name: list(dict.fromkeys(v for n in given for v in n[name] or ())) for name in UNITED}
    if not all(need["municipality_codes"] for need in given):
        lists["municipality_codes"] = []  # one of them is in the whole region
    carried = {name: next((n[name] for n in given if n[name]), None) for name in CARRIED}
    lists |= {name: next((n[name] for n in given if n[name]), []) for name in PAIRED}
    return lists | carried | _of_occupation(given, carried["occupation_code"])


def _of_occupation(given: list[Need], code: str | None) -> dict[str, Any]:
    """Only of needs of the same occupation, or of none: else it would be of another one."""
    same = [need for need in given if need["occupation_code"] in (None, code)]
    told: dict[str, Any] = {}
    for names in TOGETHER:
        said = [need for need in same if any(need[name] is not None for name in names)]
        told |= {name: said[0][name] if said else None for name in names}
    if told["minority_share"] is not None and not given[0]["occupation_code"]:
        # Whose share it was nobody said: the smallest asks for a look at equality, if any does.
        shares = [need for need in same if need["minority_share"] is not None]
        least = min(shares, key=lambda need: Decimal(str(need["minority_share"])))
        told |= {name: least[name] for name in SHARE}
    return told
