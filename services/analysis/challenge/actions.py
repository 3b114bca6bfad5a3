"""What can be done with challenges."""

from uuid import UUID

from services.analysis.contract.challenge import ChallengeDraft
from services.analysis.scanning.rules import demand_come
from services.kit import clock
from services.kit.errors import Refusals
from services.kit.http import Work


async def judge_challenge(_work: Work, draft: ChallengeDraft, _id: UUID | None = None) -> None:
    """All that forbids a challenge: noted or met on a day to come."""
    refused = Refusals()
    for field in ("noted_on", "met_on"):
        with refused:
            demand_come(getattr(draft, field), clock.today(), field=field)
    refused.demand_none()
