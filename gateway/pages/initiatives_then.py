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
