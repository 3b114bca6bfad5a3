"""Gap analysis: how it is, how it should be and the gap between, over many interviews.

Only what was said with consent counts, and the word for word of nobody who has not approved it.
"""

from uuid import UUID

from pydantic import BaseModel, Field

from services.councils.contract.interview import QuestionKind
from services.councils.contract.need import Area, Side
from services.kit.contract import IsoDate


class GapCounts(BaseModel):
    """How many interviews said what."""

    asked: int = Field(description="Interviews by a map that has the question in these words")
    answered: int
    with_present: int
    with_desired: int
    with_gap: int
    mean_score: float | None = Field(description="1–5; null where nobody gave a score")


class GapRound(GapCounts):
    """The same of the interviews that were held in a year."""

    year: int


class GapOfSide(GapCounts):
    """The same of the interviews with a party."""

    side: Side


class AskedQuestion(BaseModel):
    """A question of the map."""

    question_key: str
    area: Area
    kind: QuestionKind
    text: str
    norm_critical: bool


class GapQuestion(GapCounts, AskedQuestion):
    """What was said to one question of the map."""

    score_counts: list[int] = Field(description="How many gave 1, 2, 3, 4 and 5")
    need_count: int = Field(
        description="Needs that were made of the answers, each once; one that lives on in others "
        "counts as those"
    )
    rounds: list[GapRound] = Field(description="Each year in which it was asked, the oldest first")
    sides: list[GapOfSide] = Field(description="Each party that was asked")


class GapBetween(BaseModel):
    """Open needs of an area whose gap stands between the same two parties."""

    area: Area
    sides: list[Side] = Field(description="The two of them")
    need_ids: list[UUID]


class GapAnswer(BaseModel):
    """What one company said to the question that was asked about."""

    answer_id: UUID
    interview_id: UUID
    actor_id: UUID
    held_on: IsoDate
    side: Side
    present: str | None
    desired: str | None
    gap: str | None
    score: int | None
    quotable: bool = Field(description="May be quoted, and the respondent has approved the words")
    quotes: list[str] = Field(description="What stands within quotation marks in its texts")
    example: bool


class GapAnalysis(BaseModel):
    """What was said by a dialogue map and its other editions."""

    dialogue_map_id: UUID | None = Field(description="Null where no map is published")
    name: str | None
    edition: int | None
    interview_count: int
    actor_count: int = Field(description="Actors that were interviewed, each once")
    unapproved_count: int = Field(description="Interviews that the respondent has not approved yet")
    example: bool = Field(description="Some of it is invented")
    sides: list[Side] = Field(description="Parties that were asked")
    between: list[GapBetween] = Field(
        description="Needs by area and parties; of the council or industry, where one is named"
    )
    years: list[int] = Field(description="Years with interviews, the oldest first")
    items: list[GapQuestion] = Field(description="The questions in the order of the map")
    answers: list[GapAnswer] = Field(
        description="The newest 200 that said something to `question_key`; none where none is named"
    )


class GapOfRound(BaseModel):
    """One of two rounds of interviews: by which map, and in which days."""

    dialogue_map_id: UUID | None
    name: str | None
    edition: int | None
    held_from: IsoDate | None
    held_to: IsoDate | None
    interview_count: int
    actor_count: int
    example: bool


class GapPair(AskedQuestion):
    """A question that both rounds ask in the same words, with what was said in each."""

    before: GapCounts
    after: GapCounts


class GapComparison(BaseModel):
    """Two rounds of interviews beside each other; only what both ask is compared."""

    before: GapOfRound
    after: GapOfRound
    items: list[GapPair] = Field(description="In the order of the later round's map")
    only_before: list[AskedQuestion] = Field(description="Asked in the earlier round alone")
    only_after: list[AskedQuestion] = Field(description="Asked in the later round alone")
