"""What can be done with competence profiles."""

from uuid import UUID

from sqlalchemy import text

from services.actors.competence_profile import rules
from services.actors.competence_profile.queries import COMPETENCE_PROFILES, newest_edition
from services.actors.contract.competence_profile import CompetenceProfileDraft, ProfileStatus
from services.kit import clock
from services.kit.http import Work
from services.kit.keeping import create_thing, remove_thing, replace_thing
from services.kit.store import Record, change_row, get_row

ROW = COMPETENCE_PROFILES.row
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4714)")


async def _next_edition(work: Work) -> int:
    await work.db.execute(_ONE_AT_A_TIME)
    newest, draft_exists = await newest_edition(work.db)
    rules.demand_no_draft(draft_exists)
    return newest + 1


async def make_profile(work: Work, draft: CompetenceProfileDraft) -> Record:
    """The next edition, from nothing."""
    edition = await _next_edition(work)
    return await create_thing(work, COMPETENCE_PROFILES, draft, edition=edition)


async def make_next(work: Work, id: UUID) -> Record:
    """The next edition, as a copy of a published one."""
    before = await get_row(work.db, ROW, id)
    rules.demand_published(before)
    kept = {name: before[name] for name in CompetenceProfileDraft.model_fields}
    return await make_profile(work, CompetenceProfileDraft.model_validate(kept))


async def revise_profile(
    work: Work, id: UUID, draft: CompetenceProfileDraft, version: int
) -> Record:
    """New values for a draft."""
    rules.demand_unpublished(await get_row(work.db, ROW, id, lock=True))
    return await replace_thing(work, COMPETENCE_PROFILES, id, draft, version=version)


async def remove_profile(work: Work, id: UUID, version: int) -> None:
    """Delete a draft."""
    rules.demand_unpublished(await get_row(work.db, ROW, id, lock=True))
    await remove_thing(work, COMPETENCE_PROFILES, id, version=version)


async def publish(work: Work, id: UUID, version: int | None) -> Record:
    """From here on it never changes."""
    profile = await get_row(work.db, ROW, id, lock=True)
    rules.demand_unpublished(profile)
    rules.demand_content(profile)
    rules.demand_founded(profile)
    told = {"status": ProfileStatus.published, "published_on": clock.today()}
    return await change_row(work.db, ROW, id, version=version, **told)
