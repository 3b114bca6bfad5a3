"""Readiness: whether an actor can take part (will, drive, ability), and what it gains by it."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from services.kit.contract import Day, Draft, LongText, Reference, Score, Thing, wrong


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

    state: ReadinessState = Field(
        description="ready: at most twelve months old, and all three are 2 or more"
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

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.confirmed_on is not None and self.confirmed_by_post_id is None:
            raise wrong("confirmed_by_post_id", "missing", "a post confirms it")
        if self.confirmed_by_post_id is not None and self.confirmed_on is None:
            raise wrong("confirmed_on", "missing", "it is confirmed on a day")
        if self.realised is not Realised.not_yet and self.judged_on is None:
            raise wrong("judged_on", "missing", "what is realised was judged on a day")
        for field in ("confirmed_on", "judged_on"):
            day = getattr(self, field)
            if day is not None and day < self.stated_on:
                raise wrong(field, "too_early", "not before it was stated")
        return self


class Gain(Thing, GainDraft):
    """What an actor gains by taking part."""
