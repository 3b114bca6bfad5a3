"""Rules about checklists: what a published template asks is what a filled list answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.councils.contract.checklist import ChecklistItem, TemplateKind
from services.councils.contract.interview import MapStatus
from services.kit.errors import Conflict, FieldError, Rejected


def demand_unpublished(status: str) -> None:
    """Conflict where it has been published: filled lists rest on it."""
    if status == MapStatus.published:
        raise Conflict("published; make a new edition", field="status", reason="published")


def demand_points(points: Sequence[Any]) -> None:
    """Conflict where there is nothing to publish."""
    if not points:
        raise Conflict("there is nothing to publish", field="items", reason="empty")


def demand_published(status: str) -> None:
    """Rejected unless the template may be filled."""
    if status != MapStatus.published:
        raise Rejected(
            "the template is not published", field="checklist_template_id", reason="not_published"
        )


def demand_kind(kind: str, wanted: TemplateKind) -> None:
    """Rejected where the template is made for something else."""
    if kind != wanted:
        told = f"the template is of a {kind}"
        raise Rejected(told, field="checklist_template_id", reason="other_template_kind")


def filled(
    points: Sequence[Mapping[str, Any]], items: Sequence[ChecklistItem]
) -> list[ChecklistItem]:
    """Every point of the template in its order, with its own text and what was filled in."""
    texts = {point["key"]: point["text"] for point in points}
    unknown = [
        FieldError(f"items.{place}.key", "unknown_point", "no point of this template")
        for place, item in enumerate(items)
        if item.key not in texts
    ]
    if unknown:
        raise Rejected(errors=unknown)
    said = {item.key: item for item in items}
    return [
        said.get(key, ChecklistItem(key=key)).model_copy(update={"text": text})
        for key, text in texts.items()
    ]
