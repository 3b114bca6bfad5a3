"""What can be done with posts."""

from uuid import UUID

from services.actors.post.queries import POSTS
from services.actors.tables import METADATA
from services.actors.uses import remove_unused
from services.kit.http import Work
from services.kit.keeping import own
from services.kit.references import demand_unlisted
from services.kit.store import get_row


async def remove_post(work: Work, id: UUID, version: int) -> None:
    """Delete a post that nothing refers to. Conflict also where a mandate has it as ambassador."""
    await own(work, POSTS, id)
    await get_row(work.db, POSTS.row, id, lock=True)
    await demand_unlisted(work.db, METADATA, POSTS.noun, id)
    await remove_unused(work, id, version, POSTS)
