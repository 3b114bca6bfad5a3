"""Challenges: what competence supply here has to meet, and what bears on each."""

from pydantic import Field

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Period,
    Reference,
    Thing,
    rule,
    was_told,
    wrong,
)


class ChallengeDraft(Draft):
    """A challenge of competence supply, and who owns it."""

    title: Line
    description: LongText | None = None
    noted_on: Day = Field(description="The day from which it is said")
    met_on: Day | None = Field(None, description="From this day it is none any more")
    owner_post_id: Reference | None = None

    @rule
    def _in_order(self) -> Faults:
        if self.met_on is not None and self.met_on < self.noted_on:
            yield wrong("met_on", "too_early", "it was noted later")


class Challenge(Thing, ChallengeDraft):
    """A challenge, with how much bears on it."""

    is_open: bool = Field(description="It is not met on the day asked for")
    signal_count: int = Field(description="How many signals bear on it that day")
    trend_count: int = Field(description="How many trends bear on it that day")


class ChallengeLinkDraft(Period, Draft):
    """A signal or a trend bears on a challenge, from a day until another."""

    challenge_id: Reference
    signal_id: Reference | None = Field(None, description="A signal or a trend is given, not both")
    trend_id: Reference | None = None
    bearing: LongText | None = Field(None, description="How it bears on the challenge")

    @rule
    def _one_of_them(self) -> Faults:
        given = [was_told(self, name) for name in ("signal_id", "trend_id")]
        if not any(given):
            yield wrong("signal_id", "nothing_bears", "a signal or a trend is given")
        if all(given):
            yield wrong("trend_id", "both_bear", "a signal or a trend is given, not both")


class ChallengeLink(Thing, ChallengeLinkDraft):
    """That a signal or a trend bears on a challenge."""
