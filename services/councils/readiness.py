"""Readiness: what the actors service says of those who are to take seats."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.councils.registry import things_of_actors
from services.kit.errors import Problem, Unavailable
from services.kit.http import Work
from services.kit.log import log

# A seat is never waited for longer than this; docs/decisions/0010 says what happens then.
PATIENCE_SECONDS = 4.0
NOT_ASSESSED = "not_assessed"
States = dict[UUID, str]


async def states_on(work: Work, actor_ids: Sequence[UUID], day: date) -> States | None:
    """What each actor's newest assessment says on a day; None where there is no registry to ask.

    Asked by the program, not for the caller: whoever gives seats may lack the right to read
    assessments. Unavailable where the registry does not answer.
    """
    if work.wire is None or not work.wire.reaches("actors"):
        return None
    told: dict[str, Any] = {"newest": "true", "as_of": day.isoformat()}
    try:
        items = await things_of_actors(
            work.wire,
            work.caller,
            "/readiness",
            "actor_id",
            actor_ids,
            patience=PATIENCE_SECONDS,
            **told,
        )
        found = {UUID(known): one["state"] for one in items for known in one["known_as"]}
    except Problem:
        log.error("readiness.registry_silent", service="councils")
        raise Unavailable(
            "the registry of actors does not answer; a reason is taken without it",
            field="readiness_exception",
            reason="readiness_unknown",
        ) from None
    return {one: found.get(one, NOT_ASSESSED) for one in actor_ids}
