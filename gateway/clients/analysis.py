"""The analysis service, as pages use it."""

import asyncio

from gateway.clients.service import Found, Noun, Service, ids_among
from services.kit.errors import Unavailable

MOST_LABELS = 200


class Analysis(Service):
    """What is known."""

    name = "analysis"
    sources = Noun("/sources")
    snapshots = Noun("/snapshots")
    registers = Noun("/registers")
    codes = Noun("/codes")
    correspondences = Noun("/correspondences")
    occupations = Noun("/occupations")
    indicators = Noun("/indicators")
    figures = Noun("/figures")
    records = Noun("/occupation-records")
    segregation = Noun("/segregation")
    occupation_shares = Noun("/occupation-shares")
    programme_shares = Noun("/programme-shares")
    forecasts = Noun("/forecasts")
    forecast_scores = Noun("/forecast-scores")
    replacements = Noun("/replacements")
    signals = Noun("/signals")
    trends = Noun("/trends")
    challenges = Noun("/challenges")
    challenge_links = Noun("/challenge-links")
    verdicts = Noun("/verdicts")
    allocation = Noun("/allocation")
    threads = Noun("/threads")
    breaks = Noun("/breaks")
    turnover = Noun("/continuity")
    respiration = Noun("/continuity/councils")

    async def known(
        self, ids: list[str], codes: list[str]
    ) -> tuple[dict[str, Found], dict[str, str]]:
        """What things are called, by id, and occupations, by code."""
        labels, occupations = await asyncio.gather(self.labels(ids), self._named(codes))
        return labels, occupations

    async def _named(self, codes: list[str]) -> dict[str, str]:
        try:
            found = await self.occupations.whole(code=codes) if codes else []
        except Unavailable:
            return {}
        return {one["code"]: one["name"] for one in found}

    async def labels(self, ids: list[str], *, demanded: bool = False) -> dict[str, Found]:
        """What things of any service are called, by id; empty where analysis is away.

        Demanded: Unavailable then.
        """
        asked = ids_among(ids)
        parts = [asked[at : at + MOST_LABELS] for at in range(0, len(asked), MOST_LABELS)]
        try:
            found = await asyncio.gather(*(self.get("/labels", id=part) for part in parts))
        except Unavailable:
            if demanded:
                raise
            return {}
        return {one: label for part in found for one, label in part.items()}
