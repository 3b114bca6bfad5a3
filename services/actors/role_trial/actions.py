"""What can be done with role trials."""

from uuid import UUID

from services.actors.checks import demand_past
from services.actors.contract.role_trial import RoleTrialDraft
from services.kit.http import Work


async def judge(_work: Work, draft: RoleTrialDraft, _id: UUID | None = None) -> None:
    """Nobody was asked, and nobody answered, on a day to come."""
    demand_past(draft, "asked_on", "answered_on")
