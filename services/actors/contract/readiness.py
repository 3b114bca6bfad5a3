"""Readiness: whether an actor can take part (will, drive, ability), and what it gains by it."""

from enum import StrEnum

from pydantic import Field

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    LongText,
    Reference,
    Score,
    Thing,
    rule,
    rule_for,
    wrong,
)


class ReadinessState(StrEnum):
    """Whether an actor is ready to take a seat, by its newest assessment on a day."""

    ready = "ready"
    not_ready = "not_ready"
    outdated = "outdated"
    not_assessed = "not_assessed"


class ReadinessDraft(Draft):
    """An assessment of an actor's will, drive and ability, each with what it rests on."""

    actor_id: Reference
    will: Score = Field(description="1 lacking to 5 strong")
    will_evidence: LongText
    drive: Score = Field(description="1 lacking to 5 strong")
    drive_evidence: LongText
    ability: Score = Field(description="1 lacking to 5 strong")
    ability_evidence: LongText
    assessed_on: Day
    assessed_by_post_id: Reference


class Readiness(Thing, ReadinessDraft):
    """An assessment, and what it says on the day asked for."""

    state: ReadinessState | None = Field(
        description="ready: at most twelve months old, and all three are 2 or more; null: of a day "
        "before it was made"
    )
    known_as: list[Reference] = Field(
        description="Every id of the actor: its own, and those of actors merged with it"
    )


class Realised(StrEnum):
    """How far an actor has had the gain it takes part for."""

    not_yet = "not_yet"
    partly = "partly"
    fully = "fully"


class GainDraft(Draft):
    """What an actor gains by taking part: stated, confirmed by the actor, later judged."""

    actor_id: Reference
    statement: LongText
    stated_on: Day
    confirmed_on: Day | None = Field(None, description="The day the actor said that it is so")
    confirmed_by_post_id: Reference | None = Field(
        None, description="The actor's post that confirmed it"
    )
    realised: Realised = Realised.not_yet
    judged_on: Day | None = Field(None, description="The day it was judged; null: not judged yet")
    evidence: LongText | None = Field(None, description="What shows how far it is realised")

    @rule
    def _post_confirms(self) -> Faults:
        if self.confirmed_on is not None and self.confirmed_by_post_id is None:
            yield wrong("confirmed_by_post_id", "missing", "a post confirms it")

    @rule
    def _confirmed_some_day(self) -> Faults:
        if self.confirmed_by_post_id is not None and self.confirmed_on is None:
            yield wrong("confirmed_on", "missing", "it is confirmed on a day")

    @rule
    def _judged_some_day(self) -> Faults:
        if self.realised is not Realised.not_yet and self.judged_on is None:
            yield wrong("judged_on", "missing", "what is realised was judged on a day")

    @rule_for("confirmed_on", "judged_on")
    def _in_order(self, field: str) -> Faults:
        day = getattr(self, field)
        if day is not None and day < self.stated_on:
            yield wrong(field, "too_early", "not before it was stated")


class Gain(Thing, GainDraft):
    """What an actor gains by taking part."""
