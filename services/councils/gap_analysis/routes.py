"""Where it is asked over HTTP what interviews say together."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from services.councils.contract.gap_analysis import GapAnalysis, GapComparison, GapQuestion
from services.councils.gap_analysis.queries import Chosen, comparison, gap_analysis
from services.kit import export
from services.kit.asking import Asking, InQuery
from services.kit.contract import Code, IsoDate, Name
from services.kit.errors import Malformed
from services.kit.http import Calling, answer
from services.kit.openapi import also_as_files, read_doc
from services.kit.resources import as_file, file_wanted

router = APIRouter(tags=["gap_analysis"])


class GapAsking(Asking):
    """Which interviews count, and which question is read."""

    dialogue_map_id: UUID | None = Field(
        None, description="With its other editions; left out: the published map that is most used"
    )
    council_id: UUID | None = Field(None, description="The council that the interviews belong to")
    industry: Name | None = Field(None, description="Of the councils that the interviews belong to")
    held_from: IsoDate | None = Field(None, description="Held on this day or later")
    held_to: IsoDate | None = Field(None, description="Held on this day or earlier")
    question_key: Code | None = Field(None, description="The question whose answers are read")

    def chosen(self) -> Chosen:
        """What counts. Malformed."""
        _demand_period("held_to", self.held_from, self.held_to)
        return Chosen(**self.model_dump())


@router.get(
    "/gap-analysis",
    **also_as_files(read_doc("What interviews say together", "gap_analysis.read", GapAnalysis)),
)
async def gaps(call: Calling, asked: InQuery[GapAsking]) -> Response:
    """Areas × questions: how many said what; as CSV or Excel where `Accept` asks for it."""
    call.demand("gap_analysis", "read")
    async with call.reading() as db:
        found = await gap_analysis(db, asked.chosen(), call.caller)
    if file := file_wanted(call):
        names = [name for name in GapQuestion.model_fields if name not in {"rounds", "sides"}]
        return as_file("gap-analysis", names, found["items"], excel=file == export.EXCEL)
    return answer(found)


class RoundsAsking(Asking):
    """Two rounds: by days, by maps, or both."""

    dialogue_map_id: UUID | None = Field(
        None, description="Of the earlier round; left out: the published map that is most used"
    )
    other_map_id: UUID | None = Field(
        None, description="Of the later round; where it is another, each round is by its map alone"
    )
    council_id: UUID | None = Field(None, description="The council that the interviews belong to")
    industry: Name | None = Field(None, description="Of the councils that the interviews belong to")
    held_from: IsoDate | None = Field(None, description="First day of the earlier round")
    held_to: IsoDate | None = Field(None, description="Last day of the earlier round")
    other_from: IsoDate | None = Field(None, description="First day of the later round")
    other_to: IsoDate | None = Field(None, description="Last day of the later round")

    def rounds(self) -> tuple[Chosen, Chosen]:
        """Both rounds. Without another map the later one is by the same. Malformed."""
        _demand_period("held_to", self.held_from, self.held_to)
        _demand_period("other_to", self.other_from, self.other_to)
        other = self.other_map_id or self.dialogue_map_id
        alone = other != self.dialogue_map_id
        both = Chosen(council_id=self.council_id, industry=self.industry, alone=alone)
        before = replace(both, held_from=self.held_from, held_to=self.held_to)
        after = replace(both, held_from=self.other_from, held_to=self.other_to)
        before = replace(before, dialogue_map_id=self.dialogue_map_id)
        return before, replace(after, dialogue_map_id=other)


def _demand_period(field: str, begins: date | None, ends: date | None) -> None:
    if begins and ends and ends < begins:
        raise Malformed("it ends before it begins", field=field, reason="empty_period")


@router.get(
    "/gap-analysis/rounds",
    **read_doc("Two rounds of interviews compared", "gap_analysis.read", GapComparison),
)
async def rounds(call: Calling, asked: InQuery[RoundsAsking]) -> Response:
    """Only what both ask in the same words is compared; the other questions are named."""
    call.demand("gap_analysis", "read")
    async with call.reading() as db:
        return answer(await comparison(db, *asked.rounds(), call.caller))
