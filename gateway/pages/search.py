"""Search over everything: one question, every noun, and every occupation."""

from urllib.parse import urlencode

from fastapi import Request, Response

from gateway.addresses import PAGE_OF
from gateway.areas import Area
from gateway.clients.house import Services
from gateway.clients.service import Found, Listing
from gateway.html import page
from gateway.pages.occupations import occupation_of
from services.kit.errors import Malformed, Unavailable

area = Area("search")
MOST, MOST_OCCUPATIONS = 50, 5


@area.show("/sok", "find")
async def find(request: Request, house: Services) -> Response:
    """Hits of all nouns, the best first, and the occupations of that name or code."""
    asked = " ".join(request.query_params.get("q", "").split())[:200]
    hits: list[Found] = []
    occupations, away = Listing([], more=False), False
    if asked:
        try:
            followed, called = await house.analysis.batch(
                f"/search?{urlencode({'q': asked, 'limit': MOST})}",
                house.analysis.occupations.asked(q=asked, limit=MOST_OCCUPATIONS),
            )
            hits, occupations = followed["items"], Listing.of(called)
        except Malformed:
            pass
        except Unavailable:
            away = True
    known = [hit | {"page": PAGE_OF[hit["noun"]]} for hit in hits if hit["noun"] in PAGE_OF]
    return page(
        request, "search/find.html", asked=asked, hits=known, away=away,
        occupations=[occupation_of(one) for one in occupations.items],
        more_occupations=occupations.more,
    )  # fmt: skip
