"""Reach: who is within commuting distance of whom; the one rule for verdicts and for allocation.

Labour-market regions say it where they are imported; else our own municipalities are one area.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.analysis.contract.verdict import Nearness
from services.analysis.verdict.arithmetic import Fact
from services.analysis.verdict.sharing import places_of

Places = frozenset[str]
OWN = "own"


@dataclass(frozen=True)
class Reach:
    """Which municipalities people commute between, and which are ours."""

    own: Places = frozenset()
    regions: Mapping[str, str] = field(default_factory=dict)

    def of(self, code: str) -> str:
        """The area that a municipality is commuted within, by a name of its own."""
        return self.regions.get(code) or (OWN if code in self.own else code)

    def around(self, codes: Iterable[str]) -> Places:
        """The areas that some municipalities are commuted within."""
        return frozenset(self.of(code) for code in codes)

    def to(self, need: Fact, programme: Fact) -> tuple[Nearness, bool] | None:
        """How far a programme is from a need, and whether all of it is sure to be; None: too far.

        A need that names no municipality is in all of ours.
        """
        where = frozenset(need["municipality_codes"] or self.own)
        around = self.around(places_of(programme)[0])
        return nearness(programme, where, self.around(where), around)


def nearness(
    programme: Fact, where: Places, areas: Places, around: Places
) -> tuple[Nearness, bool] | None:
    """How far a programme is from some municipalities, and whether all of it is; None: too far.

    `areas` and `around` are what they and the programme are within commuting distance of.
    """
    known, others = places_of(programme)
    surely_there = bool(known) and not others
    if programme["delivery"] == "distance" or not where:
        return Nearness.from_anywhere, True
    if not known:
        return Nearness.unknown_place, False
    if known & where:
        return Nearness.there, surely_there and known <= where
    if around & areas:
        return Nearness.within_reach, surely_there and around <= areas
    return None if surely_there else (Nearness.unknown_place, False)
