"""Search over everything: one question, every noun."""

from fastapi import Request, Response

from gateway.addresses import PAGE_OF
from gateway.areas import Area
from gateway.clients.house import Services
from gateway.html import page
from services.kit.errors import Malformed, Unavailable

area = Area("search")


@area.show("/sok", "find")
async def find(request: Request, house: Services) -> Response:
    """Hits of all nouns, the best first."""
    asked = " ".join(request.query_params.get("q", "").split())[:200]
    hits, away = [], False
    if asked:
        try:
            hits = (await house.analysis.get("/search", q=asked, limit=50))["items"]
        except Malformed:
            hits = []
        except Unavailable:
            away = True
    known = [hit | {"page": PAGE_OF[hit["noun"]]} for hit in hits if hit["noun"] in PAGE_OF]
    return page(request, "search/find.html", asked=asked, hits=known, away=away)
