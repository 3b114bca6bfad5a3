"""What can be done with posts."""

from uuid import UUID

from services.actors.contract.post import HoldingDraft
from services.actors.post.queries import POSTS, holds_otherwise
from services.actors.tables import METADATA
from services.actors.uses import remove_unused
from services.kit.errors import Rejected
from services.kit.http import Work
from services.kit.keeping import own
from services.kit.references import demand_unlisted
from services.kit.store import get_row


async def judge_holding(work: Work, draft: HoldingDraft, id: UUID | None = None) -> None:
    """Rejected where somebody would cover the post that they hold."""
    if await holds_otherwise(work.db, draft, but=id):
        sentence = "who holds a post is not its substitute"
        raise Rejected(sentence, field="person_id", reason="same")


async def remove_post(work: Work, id: UUID, version: int) -> None:
    """Delete a post that nothing refers to. Conflict also where a mandate has it as ambassador."""
    await own(work, POSTS, id)
    await get_row(work.db, POSTS.row, id, lock=True)
    await demand_unlisted(work.db, METADATA, POSTS.noun, id)
    await remove_unused(work, id, version, POSTS)
