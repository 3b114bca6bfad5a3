"""Pledges: what actors have promised to contribute, until when, and whether it came."""

from pydantic import Field

from services.kit.contract import Day, Draft, Line, LongText, Reference, Sent, Thing


class PledgeDraft(Draft):
    """An actor promises a contribution: work, money, a resource, somebody who represents it."""

    actor_id: Reference
    what: Line
    due_on: Day
    owner_post_id: Reference | None = Field(None, description="The post that sees to it")
    delivered_on: Day | None = None
    result: LongText | None = Field(None, description="What was delivered")


class Pledge(Thing, PledgeDraft):
    """A promised contribution."""

    overdue: bool = Field(description="Due before the day asked for, and not delivered by then")


class PledgeDelivery(Sent):
    """A pledge is delivered: when, and what it was."""

    delivered_on: Day
    result: LongText | None = None
