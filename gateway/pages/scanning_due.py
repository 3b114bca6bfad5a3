"""What is to be looked over of what was seen outside: it expires soon, or has expired."""

from gateway.addresses import query_of
from gateway.clients.house import House
from gateway.clients.service import Found
from gateway.shapes import Figure
from gateway.visitor import Visitor
from gateway.whom import staff
from services.analysis.contract.scanning import ScanningState

DUE = [ScanningState.expires_soon, ScanningState.expired]
PLACES = (("Signaler att se över", "/analys/omvarld"), ("Trender att se över", "/analys/trender"))


def asked_of(house: House, visitor: Visitor) -> list[str]:
    """What is asked for who watches something; staff are told of all, others of nothing else."""
    whose = _whose(visitor)
    if whose is None:
        return []
    things = house.analysis.signals, house.analysis.trends
    return [one.asked(state=DUE, limit=1, count="true", **whose) for one in things]


def _whose(visitor: Visitor) -> dict[str, object] | None:
    """Staff: everybody's; others: those of their own posts; None for who has none."""
    mine = sorted(map(str, visitor.caller.post_ids))
    if staff(visitor):
        return {}
    return {"owner_post_id": mine} if mine else None


def figures_of(found: list[Found], visitor: Visitor) -> list[Figure]:
    """How many of each, where there are any, and the list of just them."""
    query = query_of({"state": DUE} | (_whose(visitor) or {}))
    told = zip(PLACES, found, strict=False)
    return [
        Figure(name, str(one["count"]), href=f"{path}{query}")
        for (name, path), one in told
        if one["count"]
    ]
