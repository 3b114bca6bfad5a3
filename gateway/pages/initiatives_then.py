"""Initiatives as they stood on a day: their own dates say it, for they have no periods."""

from datetime import datetime

from gateway.clients.service import Found
from services.kit.clock import STOCKHOLM

STAGES = (("started_on", "running"), ("decided_on", "decided"))


def then_of(initiatives: list[Found], day: str | None) -> list[Found]:
    """Those that there were on a day, each with its status then; None: today."""
    if day is None:
        return initiatives
    stood = ((one, _status_on(one, day)) for one in initiatives)
    return [one | {"status": status} for one, status in stood if status]


def _status_on(initiative: Found, day: str) -> str | None:
    """What it was by then; None where nothing had happened and nobody had written it down."""
    if initiative["closed_on"] and initiative["closed_on"] <= day:
        return str(initiative["status"])
    for field, status in STAGES:
        if initiative[field] and initiative[field] <= day:
            return status
    written = datetime.fromisoformat(initiative["created_at"]).astimezone(STOCKHOLM)
    return "proposed" if written.date().isoformat() <= day else None


# What only a day says that had come.
TURNED = {"decided_on": ("equality_check",), "started_on": (), "closed_on": ("closing_reason",)}


def whole_then(initiative: Found, day: str | None) -> tuple[Found, bool]:
    """An initiative as it stood on a day, and whether it was there; None: today."""
    if day is None:
        return initiative, True
    to_come = [name for name in TURNED if (initiative[name] or "") > day]
    hidden = [*to_come, *(part for name in to_come for part in TURNED[name])]
    stood = then_of([initiative], day)
    return (stood[0] if stood else initiative) | dict.fromkeys(hidden), bool(stood)


def parts_then(parts: list[Found], field: str, day: str | None) -> list[Found]:
    """What had happened by a day, of what has its day in a field; None: today."""
    return [one for one in parts if day is None or one[field] <= day]


def steps_then(steps: list[Found], day: str | None) -> list[Found]:
    """Steps with only what was done by a day ticked off; None: today."""
    late = [bool(day and (one["done_on"] or "") > day) for one in steps]
    return [
        one | ({"done_on": None} if open_ else {}) for one, open_ in zip(steps, late, strict=True)
    ]
