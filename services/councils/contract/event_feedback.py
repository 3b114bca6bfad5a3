"""Feedback on events: marks and words by whoever has the address, told together."""

from pydantic import BaseModel, Field

from services.councils.contract.event_sign_up import LinkHash
from services.kit.contract import LongText, Reference, Score, Sent

# Marks and words are told so many answers at a time.
FEWEST = 5
MARKS = ("whole", "content", "arrangement", "use")


class EventFeedbackDraft(Sent):
    """What somebody thought of an event: 1 is worst, 5 best."""

    whole: Score = Field(description="The event as a whole")
    content: Score | None = None
    arrangement: Score | None = None
    use: Score | None = Field(None, description="What it gave for one's own work")
    text: LongText | None = None


class FeedbackByBrowser(EventFeedbackDraft):
    """Feedback, with what is kept of the browser that it came from: the next takes its place."""

    browser: LinkHash


class FeedbackKept(BaseModel):
    """It is kept."""

    kept: bool


class FeedbackMark(BaseModel):
    """What was thought of one thing."""

    mark: str
    count: int = Field(
        description="Of how many is told: those of five answers at a time, so always five, ten, …; "
        "0 until five have said"
    )
    mean: float | None = Field(description="null until five have said")
    spread: list[int] = Field(description="How many gave 1, 2, 3, 4 and 5")


class FeedbackResult(BaseModel):
    """What was thought of an event. Nobody is named, nor told apart."""

    event_id: Reference
    count: int = Field(description="How many have answered, also those that are not told of yet")
    marks: list[FeedbackMark]
    texts: list[str] = Field(
        description="In no order that tells who wrote them, those of five answers at a time: the "
        "sixth's come with the tenth's; empty for readers and municipalities"
    )


class FeedbackResults(BaseModel):
    """The same of several events."""

    items: list[FeedbackResult]
