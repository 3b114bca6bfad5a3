"""Series of meetings: a council's regular check-ins, planned together and each a meeting."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from services.councils.contract.meeting import Mark
from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    Moment,
    Name,
    NoBool,
    Reference,
    Sent,
    Thing,
    Url,
    rule,
    wrong,
)

MOST = 60
ClockTime = Annotated[
    str,
    StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Field(description="By the clock in Sweden", examples=["09:00"]),
]


class Rhythm(StrEnum):
    """When a series comes back."""

    weeks = "weeks"
    months = "months"
    days = "days"


class MeetingTimes(BaseModel):
    """When on its day a meeting of a series is, and where."""

    from_time: ClockTime
    to_time: ClockTime | None = None
    place: Line | None = None
    link: Url | None = None
    mark: Mark | None = Field(
        None, description="Of the days that were shown: 409 where they would be others now"
    )

    @rule
    def _ends_after_it_begins(self) -> Faults:
        if self.to_time is not None and self.to_time <= self.from_time:
            yield wrong("to_time", "empty_period", "to_time is later than from_time")


class MeetingSeriesFacts(Draft):
    """Whose meetings they are, what they are called, and how often they come back."""

    council_id: Reference
    title: Name
    rhythm: Rhythm = Rhythm.weeks
    every: Annotated[int, Field(ge=1, le=52), NoBool] = Field(
        1, description="Every so many weeks or months; of no meaning for listed days"
    )


class MeetingDays(BaseModel):
    """Which days meetings of a series are on, by its rhythm."""

    begins_on: Day | None = Field(None, description="The first day; not for listed days")
    until: Day | None = Field(None, description="The last day that one may be on")
    count: Annotated[int, Field(ge=1, le=MOST), NoBool] | None = None
    days: list[Day] = Field(default_factory=list, max_length=MOST, description="The listed days")
    skipped_days: list[Day] = Field(
        default_factory=list, max_length=2 * MOST, description="Days that are left out"
    )

    @rule
    def _in_order(self) -> Faults:
        if self.until is not None and self.begins_on is not None and self.until < self.begins_on:
            yield wrong("until", "empty_period", "until is not before begins_on")


class MeetingSeriesDraft(MeetingDays, MeetingTimes, MeetingSeriesFacts):
    """Meetings that are planned together.

    By months they are on the same weekday of the month as the first one: the second Tuesday, say,
    and the last where it is a fifth.
    """

    @rule
    def _begins(self) -> Faults:
        if self.rhythm is not Rhythm.days and self.begins_on is None:
            yield wrong("begins_on", "missing", "the day of the first one")

    @rule
    def _lists(self) -> Faults:
        if self.rhythm is Rhythm.days and not self.days:
            yield wrong("days", "missing", "name the days")

    @rule
    def _ends(self) -> Faults:
        if self.rhythm is not Rhythm.days and self.until is None and self.count is None:
            yield wrong("until", "at_least_one", "a last day, a number, or both")


class MeetingSeriesExtension(MeetingDays, MeetingTimes, Sent):
    """More meetings of a series, in its rhythm: after those that it has, or from `begins_on`."""


class MeetingSeriesUse(BaseModel):
    """How a series has gone."""

    coming_count: int
    held_count: int
    cancelled_count: int
    missed_count: int = Field(description="Planned, their day is over, and nobody said they were")
    next_starts_at: Moment | None


class MeetingSeries(Thing, MeetingSeriesUse, MeetingSeriesFacts):
    """A series, and how it has gone. Its meetings are `/meetings?series_id=…`."""


class MeetingSeriesDay(BaseModel):
    """A day that a series would have, and what speaks against it."""

    day: Day
    starts_at: Moment
    was_on: Day | None = Field(description="The day that the meeting has now, where it is moved")
    skipped: bool
    weekend: bool
    holiday: str | None = Field(description="What the day is called in Swedish, if it is one")
    meeting_ids: list[Reference] = Field(description="Meetings that the council has that day")


class MeetingSeriesDays(BaseModel):
    """The days that a series would have, with their mark."""

    items: list[MeetingSeriesDay]
    mark: Mark


class MeetingSeriesMove(MeetingTimes, Sent):
    """Another time or place for all meetings of a series that are planned and to come."""

    from_on: Day | None = Field(None, description="From this day on; today where none is given")
    shift_days: Annotated[int, Field(ge=-31, le=31), NoBool] = Field(
        0, description="So many days later, or earlier: 2 makes Thursdays of Tuesdays"
    )


class MeetingSeriesCancelling(Sent):
    """The meetings of a series that are planned and to come will not be."""

    from_on: Day | None = Field(None, description="From this day on; today where none is given")
