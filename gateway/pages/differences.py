"""Differences: what a source says in one snapshot that it did not say in an earlier one."""

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import Services
from gateway.clients.service import Found
from gateway.html import page
from gateway.misread import asked_of, demand_choice, demand_known
from gateway.swedish import moment

area = Area("differences")
MOST = 200


@area.show("/analys/ogonblicksbilder/{id}/skillnad", "show")
async def show_difference(request: Request, house: Services, id: str) -> Response:
    """Counts, totals and the largest changes; the other snapshot is chosen."""
    asked = asked_of(request)
    demand_known(request, asked, ("since",))
    analysis = house.analysis
    after = await analysis.snapshots.one(id)
    source, several = await analysis.batch(
        analysis.sources.at(after["source_id"]),
        analysis.snapshots.asked(source_id=after["source_id"], sort="-fetched_at", limit=MOST),
    )
    others = {one["id"]: _named(one) for one in several["items"] if one["id"] != after["id"]}
    since = demand_choice(request, "since", others, asked)
    found = None
    if others and (since in others or after["previous_id"]):
        query = {"since": since} if since in others else {}
        found = await analysis.get(f"/snapshots/{after['id']}/difference", **query)
    return page(
        request, "differences/show.html", asked=asked, after=after, source=source,
        others=[*others.items()], found=found,
    )  # fmt: skip


def _named(snapshot: Found) -> str:
    return f"{moment(snapshot['fetched_at'])}, {snapshot['content_hash'][:12]}"
