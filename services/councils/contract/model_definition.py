"""Model definitions: which functions the collaboration model has, version after version."""

from enum import StrEnum

from pydantic import BaseModel, Field

from services.councils.contract.council import CouncilKind, CouncilLevel
from services.kit.contract import Day, Draft, Faults, Line, LongText, Name, Thing, rule, wrong


class ModelFiller(StrEnum):
    """What fills a function of the model: councils of a kind, or who leads or carries out."""

    industry_council = CouncilKind.industry_council.value
    temporary_council = CouncilKind.temporary_council.value
    strategic_forum = CouncilKind.strategic_forum.value
    steering_group = CouncilKind.steering_group.value
    working_group = CouncilKind.working_group.value
    network_meeting = CouncilKind.network_meeting.value
    process_leader = "process_leader"
    executor = "executor"


class ModelPart(BaseModel):
    """One function of the model: where it is, what it is for, and what fills it."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    level: CouncilLevel
    function: Name
    says: Line = Field(description="What the function is for, in a sentence")
    filled_by: ModelFiller = Field(
        description="Councils of that kind on the level; posts that lead the process of a council; "
        "or, `executor`, actors that lead an initiative under way"
    )


class ModelDefinitionDraft(Draft):
    """What the model consists of, from a day until its next version."""

    valid_from: Day
    reason: LongText | None = Field(None, description="Why it is as it is from that day")
    parts: list[ModelPart] = Field(min_length=1, max_length=30, description="In the order shown")

    @rule
    def _each_once(self) -> Faults:
        functions, fillers = set[str](), set[tuple[str, str]]()
        for place, one in enumerate(self.parts or ()):
            if one.function.casefold() in functions:
                yield wrong(f"parts.{place}.function", "repeated", "each is named once")
            if (one.level, one.filled_by) in fillers:
                told = "nobody could tell which of the two is filled"
                yield wrong(f"parts.{place}.filled_by", "repeated", told)
            functions.add(one.function.casefold())
            fillers.add((one.level, one.filled_by))


class ModelDefinitionState(BaseModel):
    """Whether it is the one on the day asked for."""

    in_force: bool = Field(description="The last that had begun on the day")


class ModelDefinition(Thing, ModelDefinitionState, ModelDefinitionDraft):
    """What the model consists of, in one of its versions."""
