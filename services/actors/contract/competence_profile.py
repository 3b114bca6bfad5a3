"""The competence profile of process leaders: editions, of which a published one never changes."""

from enum import StrEnum

from pydantic import BaseModel, Field

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Name,
    Thing,
    rule,
    wrong,
)


class RequirementKind(StrEnum):
    """What sort of thing is asked for."""

    knowledge = "knowledge"
    skill = "skill"
    experience = "experience"
    attitude = "attitude"


class RequirementWeight(StrEnum):
    """Whether nobody does without it."""

    required = "required"
    desirable = "desirable"


class ProfileStatus(StrEnum):
    """Whether an edition may still change."""

    draft = "draft"
    published = "published"


class Requirement(BaseModel):
    """One thing that is asked for, and the conclusion that it is drawn from."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    kind: RequirementKind
    text: Line
    weight: RequirementWeight = RequirementWeight.required
    conclusion: Line | None = Field(
        None, description="What it is drawn from; an edition is published when all say so"
    )
    project: Name | None = Field(
        None, description="Whose conclusion: our project or a parallel one"
    )
    own_reading: bool = Field(False, description="Read out of the source by us, not said there")


class CompetenceProfileDraft(Draft):
    """What is asked of who leads processes."""

    introduction: LongText | None = None
    requirements: list[Requirement] = Field(default_factory=list, max_length=100)

    @rule
    def _each_once(self) -> Faults:
        if len({one.text.casefold() for one in self.requirements}) < len(self.requirements):
            yield wrong("requirements", "repeated", "each requirement stands once")


class ProfileState(BaseModel):
    """What actions decide of an edition."""

    edition: int = Field(1, description="Counts editions from 1; the house gives it")
    status: ProfileStatus = ProfileStatus.draft
    published_on: Day | None = None


class CompetenceProfile(Thing, ProfileState, CompetenceProfileDraft):
    """An edition of the profile."""
