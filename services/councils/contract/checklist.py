"""Checklists: published templates, and those filled for a programme or an initiative."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from services.councils.contract.interview import Edition, MapStatus
from services.kit.contract import (
    Code,
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Name,
    Reference,
    Thing,
    rule,
    wrong,
)

Note = Annotated[str, StringConstraints(max_length=2000)]


class TemplateKind(StrEnum):
    """What a template's points become: a filled list, or the steps of a procurement."""

    checklist = "checklist"
    procurement = "procurement"


class TemplateItem(BaseModel):
    """One point of a template."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    key: Code
    text: Line
    help: Note | None = None


class ChecklistTemplateDraft(Draft):
    """A reusable list of points. Once published it never changes: make a new edition."""

    name: Name
    edition: Edition = 1
    kind: TemplateKind = TemplateKind.checklist
    purpose: LongText | None = None
    items: list[TemplateItem] = Field(default_factory=list, max_length=100)

    @rule
    def _own_keys(self) -> Faults:
        if len({item.key for item in self.items}) < len(self.items):
            yield wrong("items", "repeated", "each point has a key of its own")


class TemplateState(BaseModel):
    """What actions change in a template."""

    status: MapStatus = MapStatus.draft
    published_on: Day | None = None


class ChecklistTemplate(Thing, TemplateState, ChecklistTemplateDraft):
    """A template, and how many lists have been made of it."""

    checklist_count: int
    procurement_count: int = Field(description="Initiatives whose steps were made from it")


class ChecklistItem(BaseModel):
    """One point as it was filled in; the text is the template's."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    key: Code
    text: Line | None = None
    done: bool = False
    note: Note | None = None


class ChecklistDraft(Draft):
    """A template filled for one programme or one initiative; points left out are not done."""

    checklist_template_id: Reference
    programme_id: Reference | None = None
    initiative_id: Reference | None = None
    filled_on: Day | None = None
    items: list[ChecklistItem] = Field(default_factory=list, max_length=100)

    @rule
    def _for_something(self) -> Faults:
        if self.programme_id is None and self.initiative_id is None:
            yield wrong("programme_id", "one_of_two", "a programme or an initiative")

    @rule
    def _own_keys(self) -> Faults:
        if len({item.key for item in self.items}) < len(self.items):
            yield wrong("items", "repeated", "each point is filled once")


class Checklist(Thing, ChecklistDraft):
    """A filled checklist, and how far it has come."""

    item_count: int
    done_count: int
