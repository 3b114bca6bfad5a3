"""Watched: the signals and trends that posts watch, and the challenges that they own."""

from typing import Any

from gateway.clients.house import House
from gateway.clients.service import PAGE, Found
from services.analysis.contract.scanning import ScanningState
from services.kit.errors import Unavailable

GOING_ON = {"state": [one.value for one in ScanningState if one != ScanningState.ended]}
KINDS: dict[str, dict[str, Any]] = {
    "signals": GOING_ON,
    "trends": GOING_ON,
    "challenges": {"is_open": "true"},
}
NOTHING: dict[str, list[Found]] = {kind: [] for kind in KINDS}


async def watched_by(
    house: House, post_ids: list[str], known_at: str | None
) -> dict[str, list[Found]] | None:
    """What has expired is theirs too: to be looked at anew. None: nobody can say.

    As it stands now: what has been ended or met since is nobody's to take, whatever day one left.
    """
    analysis, of = house.analysis, {"owner_post_id": post_ids, "known_at": known_at}
    things = (analysis.signals, analysis.trends, analysis.challenges)
    asked = (
        one.asked(**of, **those, sort="title", limit=PAGE)
        for one, those in zip(things, KINDS.values(), strict=True)
    )
    try:
        found = await analysis.whole(*asked)
    except Unavailable:
        return None
    return {
        kind: [as_loss(one | {"what": one["title"]}) for one in part["items"]]
        for kind, part in zip(KINDS, found, strict=True)
    }


def as_loss(owned: Found) -> Found:
    """A signal, a pledge or whatever councils do not keep, as what they do is told as lost."""
    told = {"id": owned["id"], "post_id": owned["owner_post_id"], "title": owned["what"]}
    told |= {"council_id": None, "example": owned["example"]}
    return told | {"actor_id": owned.get("actor_id")}
