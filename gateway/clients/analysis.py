"""The analysis service, as pages use it."""

from urllib.parse import urlencode

from gateway.clients.service import Found, Noun, Service
from services.kit.errors import Unavailable

MOST_LABELS = 200


class Analysis(Service):
    """What is known."""

    name = "analysis"
    sources = Noun("/sources")
    snapshots = Noun("/snapshots")
    codes = Noun("/codes")
    occupations = Noun("/occupations")
    indicators = Noun("/indicators")
    figures = Noun("/figures")
    verdicts = Noun("/verdicts")
    threads = Noun("/threads")
    breaks = Noun("/breaks")

    async def known(
        self, ids: list[str], codes: list[str]
    ) -> tuple[dict[str, Found], dict[str, str]]:
        """What things are called, by id, and occupations, by code; in one call."""
        asked = [f"/labels?{urlencode({'id': ids[:MOST_LABELS]}, doseq=True)}"] if ids else []
        asked += [self.occupations.asked(code=codes, limit=MOST_LABELS)] if codes else []
        try:
            found = await self.batch(*asked) if asked else []
        except Unavailable:
            return {}, {}
        occupations = found.pop()["items"] if codes else []
        return (found[0] if ids else {}), {one["code"]: one["name"] for one in occupations}

    async def labels(self, ids: list[str]) -> dict[str, Found]:
        """What things of any service are called, by id; empty where analysis is away."""
        if not ids:
            return {}
        try:
            found: dict[str, Found] = await self.get("/labels", id=ids[:MOST_LABELS])
        except Unavailable:
            return {}
        return found
