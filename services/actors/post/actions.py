"""What can be done with posts."""

from collections import defaultdict
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from services.actors.contract.post import HoldingDraft, PostDraft, PostFunction
from services.actors.leader_assignment.queries import leads_beyond
from services.actors.post.queries import POSTS, holds_otherwise, terms_at
from services.actors.tables import METADATA
from services.actors.uses import remove_unused
from services.kit import clock
from services.kit.bulk_sets import Told
from services.kit.errors import Conflict, FieldError, Rejected
from services.kit.http import Work
from services.kit.keeping import own
from services.kit.references import demand_unlisted
from services.kit.store import get_row


async def judge(work: Work, draft: PostDraft, id: UUID | None = None) -> None:
    """Conflict where a post that leads something would be no process leader's any more."""
    if id is None or draft.function in {None, PostFunction.process_leader}:
        return
    await get_row(work.db, POSTS.row, id, lock=True)
    if await leads_beyond(work.db, id, clock.today()):
        raise Conflict("the post leads something", field="function", reason="still_leads")


async def judge_holding(work: Work, draft: HoldingDraft, id: UUID | None = None) -> None:
    """Rejected where somebody would cover the post that they hold."""
    if await holds_otherwise(work.db, draft, but=id):
        sentence = "who holds a post is not its substitute"
        raise Rejected(sentence, field="person_id", reason="same")


async def judge_holdings(work: Work, drafts: Mapping[int, HoldingDraft]) -> Told:
    """The same rule over many rows: against each other, and against what is stored."""
    whole = {
        row: one
        for row, one in drafts.items()
        if None not in (one.post_id, one.person_id, one.valid_from, one.cover)
    }
    terms: dict[Any, list[tuple[int, Any]]] = defaultdict(list)
    for stored in await terms_at(work.db, {one.post_id for one in whole.values()}):
        terms[stored["post_id"], stored["person_id"]].append((-1, SimpleNamespace(**stored)))
    for row, one in whole.items():
        terms[one.post_id, one.person_id].append((row, one))
    return [
        (row, FieldError("person_id", "same", "who holds a post is not its substitute"))
        for row, one in whole.items()
        if any(
            other < row and term.cover != one.cover and together(term, one)
            for other, term in terms[one.post_id, one.person_id]
        )
    ]


def together(one: Any, other: Any) -> bool:
    """Whether two terms have a day in common; null: it goes on."""
    return (one.valid_to is None or other.valid_from < one.valid_to) and (
        other.valid_to is None or one.valid_from < other.valid_to
    )


async def remove_post(work: Work, id: UUID, version: int) -> None:
    """Delete a post that nothing refers to. Conflict also where a mandate has it as ambassador."""
    await own(work, POSTS, id)
    await get_row(work.db, POSTS.row, id, lock=True)
    await demand_unlisted(work.db, METADATA, POSTS.noun, id)
    await remove_unused(work, id, version, POSTS)
