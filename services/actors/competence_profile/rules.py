"""Rules about editions: one draft at a time, and a published one never changes."""

from collections.abc import Mapping
from typing import Any

from services.actors.contract.competence_profile import ProfileStatus
from services.kit.errors import Conflict, FieldError


def demand_unpublished(profile: Mapping[str, Any]) -> None:
    """Conflict where it is published: people were asked by it."""
    if profile["status"] == ProfileStatus.published:
        raise Conflict("published; make a new edition", field="status", reason="published")


def demand_published(profile: Mapping[str, Any]) -> None:
    """Conflict where it is still a draft: that is changed, not copied."""
    if profile["status"] != ProfileStatus.published:
        raise Conflict("it is not published", field="status", reason="wrong_status")


def demand_content(profile: Mapping[str, Any]) -> None:
    """Conflict where there is nothing to publish."""
    if not profile["requirements"]:
        raise Conflict("there is nothing to publish", field="requirements", reason="empty")


def demand_founded(profile: Mapping[str, Any]) -> None:
    """Conflict where a requirement does not say what it is drawn from."""
    told = "it does not say what it is drawn from"
    wrong = [
        FieldError(f"requirements.{place}.conclusion", "unfounded", told)
        for place, one in enumerate(profile["requirements"])
        if not one["conclusion"]
    ]
    if wrong:
        raise Conflict(told, errors=wrong)


def demand_no_draft(draft_exists: bool) -> None:
    """Conflict where an edition is being written: two at once would not know of each other."""
    if draft_exists:
        raise Conflict("there is a draft already", field="status", reason="draft_there")
