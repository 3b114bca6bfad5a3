"""The analysis service, as pages use it."""

from gateway.clients.service import Found, Noun, Service
from services.kit.errors import Unavailable

MOST_LABELS = 200


class Analysis(Service):
    """What is known."""

    name = "analysis"
    sources = Noun("/sources")
    snapshots = Noun("/snapshots")
    codes = Noun("/codes")
    correspondences = Noun("/correspondences")
    indicators = Noun("/indicators")
    figures = Noun("/figures")
    verdicts = Noun("/verdicts")
    threads = Noun("/threads")
    breaks = Noun("/breaks")

    async def labels(self, ids: list[str]) -> dict[str, Found]:
        """What things of any service are called, by id; empty where analysis is away."""
        if not ids:
            return {}
        try:
            found: dict[str, Found] = await self.get("/labels", id=ids[:MOST_LABELS])
        except Unavailable:
            return {}
        return found
