"""What can be done with contacts and their next steps."""

from uuid import UUID

from services.actors.checks import demand_own_post, demand_past
from services.actors.contact import rules
from services.actors.contact.queries import CONTACTS, actors_of
from services.actors.contract.contact import ContactDone, ContactDraft
from services.actors.family import living_of
from services.actors.rights import CONTACT_WRITERS
from services.kit.collection import get_thing
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import own
from services.kit.references import stored
from services.kit.store import Record, change_row, get_row


async def judge(work: Work, draft: ContactDraft, id: UUID | None = None) -> None:
    """All that forbids to keep what was said: days to come, and posts of other actors."""
    refused = Refusals()
    for field in ("held_on", "done_on"):
        with refused:
            demand_past(draft, field)
    with refused:
        before = await stored(work.db, CONTACTS.table, id)
        await demand_own_post(work, draft.owner_post_id, before)
    talked = {"post_id": draft.actor_id, "our_post_id": draft.our_actor_id}
    posts = {f: getattr(draft, f) for f in talked if None not in (talked[f], getattr(draft, f))}
    owners = await actors_of(work.db, list(posts.values())) if posts else {}
    living = await living_of(work.db, [talked[field] for field in posts]) if posts else {}
    for field, post in posts.items():
        with refused:
            actor = living.get(talked[field], talked[field])
            rules.demand_post_of(actor, owners.get(post), field=field)
    refused.demand_none()


async def judge_step(work: Work, done: ContactDone, id: UUID) -> None:
    """All that forbids to say that the next step was taken."""
    contact, refused = await _step_of(work, id), Refusals()
    with refused:
        rules.demand_open_step(contact)
    with refused:
        demand_past(done, "done_on")
    with refused:
        rules.demand_after(contact, done.done_on)
    refused.demand_none()


async def take_step(work: Work, id: UUID, done: ContactDone, version: int | None) -> Record:
    """The next step was taken."""
    await judge_step(work, done, id)
    return await change_row(work.db, CONTACTS.row, id, version=version, done_on=done.done_on)


async def reopen_step(work: Work, id: UUID, version: int | None) -> Record:
    """It was not taken after all: it waits for its owner again."""
    rules.demand_done_step(await _step_of(work, id))
    return await change_row(work.db, CONTACTS.row, id, version=version, done_on=None)


async def _step_of(work: Work, id: UUID) -> Record:
    """A contact that the caller may say this of: its writers, and the owner of its next step.

    Whoever is no writer sees only the contacts whose next step is theirs.
    """
    await get_thing(work.db, CONTACTS, id, work.caller)
    if CONTACT_WRITERS(work.caller):
        await own(work, CONTACTS, id)
    return await get_row(work.db, CONTACTS.row, id, lock=True)
