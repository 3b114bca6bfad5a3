"""Rules about what the model consists of: what has been shown as the model is not rewritten."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.kit.errors import Conflict


def demand_changeable(model: Mapping[str, Any], written_on: date, today: date) -> None:
    """Conflict where a version has been in force before today: a new one is written instead."""
    if max(model["valid_from"], written_on) < today:
        told = "it has been in force: write a new version"
        raise Conflict(told, field="valid_from", reason="model_has_held")
