"""Builders: things of the councils service with everything that a story does not mention."""

from datetime import timedelta
from typing import Any

from services.kit import clock
from services.kit.collection import Collection
from tests.callers import Signed, somebody

TODAY = clock.today()


def day(days: int) -> str:
    """A date so many days from today."""
    return (TODAY + timedelta(days=days)).isoformat()


def at(days: int, hour: int = 9) -> str:
    """A moment in the morning, so many days from today."""
    return f"{day(days)}T{hour:02}:00:00Z"


def a_council(**more: Any) -> dict[str, Any]:
    """An active council of an industry."""
    return {
        "name": "Exempelrådet",
        "kind": "industry_council",
        "level": "operative",
        "industry": "Möbel",
        "purpose": "Samla branschen",
        "phase": "active",
        "leader_actor_ids": [somebody()],
        "starts_on": day(-400),
    } | more


async def council_in(councils: Signed, **more: Any) -> dict[str, Any]:
    """A council that exists."""
    return await councils.made("/councils", a_council(**more))


def a_seat(council: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A member's seat for a year now, for a reason: nobody has assessed the actor."""
    body = {"council_id": council["id"], "actor_id": somebody(), "valid_from": day(-365)}
    return body | {"readiness_exception": "Exempel: ensam i branschen"} | more


def a_meeting(council: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A meeting held last week."""
    body = {"council_id": council["id"], "title": "Rådsmöte", "starts_at": at(-7)}
    return body | {"status": "held", "place": "Exempelgatan 1"} | more


async def meeting_in(
    councils: Signed, council: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """A meeting that exists, in a council of its own unless one is given."""
    return await councils.made(
        "/meetings", a_meeting(council or await council_in(councils), **more)
    )


def a_decision(meeting: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A decision of a meeting."""
    body = {"council_id": meeting["council_id"], "meeting_id": meeting["id"]}
    return body | {"text": "Starta en utbildning", "decided_on": meeting["starts_at"][:10]} | more


async def changed(councils: Signed, things: Collection, id: str, **more: Any) -> Any:
    """What comes of a thing's values, sent again with some others."""
    url = f"{things.path}/{id}"
    now = (await councils.get(url)).json()
    body = {name: now[name] for name in things.draft.model_fields if name in now}
    return await councils.put(url, body | more, version=now["version"])


def blamed(answer: Any) -> tuple[int, str, str]:
    """The status, and the first wrong field with its code."""
    error = (answer.json()["errors"] or [{"field": "", "code": ""}])[0]
    return answer.status_code, error["field"], error["code"]
