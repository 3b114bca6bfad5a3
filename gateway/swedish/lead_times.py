"""Lead times in words: what each has taken, and what still waits."""

from collections.abc import Mapping
from typing import Any

from gateway.swedish import HARD_SPACE, capital, counted, day, number
from services.actors.contract.lead_time import FEW


def taken(row: Mapping[str, Any]) -> str:
    """How long it has taken, which still wait, and how many are neither: a sentence each."""
    return " ".join(filter(None, (_took(row), _waits(row), _left_out(row))))


def _took(row: Mapping[str, Any]) -> str:
    cases, middle = row["case_count"], row["median_days"]
    if not cases:
        return "Inget fall är antecknat än."
    if middle is None:
        return f"Bara {counted(cases, 'fall', 'fall')}, för få att luta sig mot: det behövs {FEW}."
    low, high = row["lower_quartile_days"], row["upper_quartile_days"]
    if low == high:
        return f"Minst hälften av fallen har tagit {_days(low)}."
    return f"Hälften av fallen har tagit mellan {number(low)} och {_days(high)}."


def _waits(row: Mapping[str, Any]) -> str:
    if not row["waiting_count"]:
        return ""
    told = capital(counted(row["waiting_count"], "väntar", "väntar"))
    return f"{told} än, som längst sedan {day(row['waiting_since'])}."


def _left_out(row: Mapping[str, Any]) -> str:
    left = row["left_out_count"]
    return f"{capital(counted(left, 'räknas', 'räknas'))} inte." if left else ""


def _days(days: int) -> str:
    return counted(days, "dag", "dagar") if days else f"0{HARD_SPACE}dagar"
