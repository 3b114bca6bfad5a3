"""Where competence profiles are asked for and changed over HTTP."""

from fastapi import APIRouter, Response

from services.actors.competence_profile import actions
from services.actors.competence_profile.queries import COMPETENCE_PROFILES
from services.actors.contract.competence_profile import CompetenceProfile
from services.kit.http import Calling, uuid_or_missing
from services.kit.openapi import action_doc
from services.kit.resources import resource, shown

competence_profiles = resource(
    COMPETENCE_PROFILES,
    create=actions.make_profile,
    replace=actions.revise_profile,
    remove=actions.remove_profile,
)
router = APIRouter(tags=["competence_profile"])


@router.post(
    "/competence-profiles/{id}/publish",
    **action_doc("Publish an edition", "competence_profile.write", CompetenceProfile),
)
async def publish(call: Calling, id: str) -> Response:
    """From here on it never changes."""
    call.demand("competence_profile", "write")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.publish, *asked, show=shown(COMPETENCE_PROFILES, call))


@router.post(
    "/competence-profiles/{id}/next",
    **action_doc(
        "Begin the next edition", "competence_profile.write", CompetenceProfile, makes=True
    ),
)
async def begin_next(call: Calling, id: str) -> Response:
    """A draft that holds what this published edition says."""
    call.demand("competence_profile", "write")
    show = shown(COMPETENCE_PROFILES, call)
    return await call.perform(actions.make_next, uuid_or_missing(id), show=show)
