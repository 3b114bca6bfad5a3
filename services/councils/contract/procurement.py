"""Procurement: the steps of buying a training, made from a published template."""

from pydantic import BaseModel, Field

from services.kit.contract import Code, Day, Draft, Faults, Reference, rule, wrong


class PlannedStep(BaseModel):
    """When a point of the template is to be done."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    key: Code
    due_on: Day | None = None


class ProcurementDraft(Draft):
    """The steps of a procurement, as a template says them, with the days that are planned."""

    checklist_template_id: Reference | None = Field(
        None, description="Null: the latest published template of a procurement, or our own"
    )
    owner_post_id: Reference | None = None
    steps: list[PlannedStep] = Field(
        default_factory=list, max_length=100, description="Points left out have no planned day"
    )

    @rule
    def _own_keys(self) -> Faults:
        if len({step.key for step in self.steps}) < len(self.steps):
            yield wrong("steps", "repeated", "each point is planned once")
