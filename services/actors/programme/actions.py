"""What is refused of programmes' starts that no number of theirs says by itself."""

from uuid import UUID

from services.actors.contract.programme import IntakeDraft
from services.actors.programme import rules
from services.kit import clock
from services.kit.errors import Rejected
from services.kit.http import Work


def checked(draft: IntakeDraft) -> IntakeDraft:
    """The draft as it is. Rejected where a start to come is said to have results."""
    if told := rules.early(draft, clock.today()):
        raise Rejected(told[0].message, errors=told)
    return draft


async def judge(_work: Work, draft: IntakeDraft, _id: UUID | None = None) -> None:
    """Rejected where a start to come is said to have results: a verdict would count on them."""
    checked(draft)
