"""What can be done with challenges."""

from uuid import UUID

from services.analysis.contract.challenge import ChallengeDraft, ChallengeLinkDraft
from services.analysis.scanning.queries import first_link
from services.analysis.scanning.rules import demand_come, demand_noted, demand_unlinked
from services.analysis.tables.scanning import (
    ChallengeLinkRow,
    ChallengeRow,
    SignalRow,
    TrendRow,
)
from services.kit import clock
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.references import referred
from services.kit.store import get_row

ENDS = (
    ("challenge_id", ChallengeRow, "noted_on"),
    ("signal_id", SignalRow, "observed_on"),
    ("trend_id", TrendRow, "noted_on"),
)


async def judge_challenge(work: Work, draft: ChallengeDraft, id: UUID | None = None) -> None:
    """All that forbids a challenge: noted or met on a day to come, or linked before it."""
    refused = Refusals()
    for field in ("noted_on", "met_on"):
        with refused:
            demand_come(getattr(draft, field), clock.today(), field=field)
    kept = await get_row(work.db, ChallengeRow, id, lock=True) if id else {}
    if id and draft.noted_on != kept["noted_on"]:
        with refused:
            first = await first_link(work.db, "challenge_id", id)
            demand_unlinked(draft.noted_on, first, field="noted_on")
    refused.demand_none()


async def judge_link(work: Work, draft: ChallengeLinkDraft, id: UUID | None = None) -> None:
    """Nothing bears on a challenge before both had been noted, or seen; what is kept may stay."""
    kept = await get_row(work.db, ChallengeLinkRow, id) if id else {}
    same = ("valid_from", *(field for field, _, _ in ENDS))
    if kept and all(getattr(draft, name) == kept[name] for name in same):
        return
    refused = Refusals()
    for field, row, began in ENDS:
        with refused:
            end = await referred(work.db, row, getattr(draft, field), field=field)
            demand_noted(draft.valid_from, end and end[began], field="valid_from")
    refused.demand_none()
