"""Solving: the division of seats as a flow of least cost, by OR-tools.

Persons flow from what programmes give, and from the seats that they could add, to the needs. Costs
say what is preferred: the certain to the possible, the near to the far, few new seats to many, and
anything to a need that is not met. OR-tools is loaded when somebody first asks. It blocks.

Goldberg and Tarjan's cost-scaling push-relabel: Bünnagel, Korte, Vygen, "Efficient implementation
of the Goldberg–Tarjan minimum-cost flow algorithm", 1998.
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum

from services.analysis.allocation.rules import MOST, Asked, Given, Link, Offer
from services.analysis.contract.verdict import Nearness
from services.kit.errors import Unavailable

# What one hundredth of a person costs. A seat of what closes one person each costs SEAT.
FAR = {
    Nearness.there: 0,
    Nearness.from_anywhere: 1,
    Nearness.within_reach: 1,
    Nearness.unknown_place: 2,
}
POSSIBLE, SEAT, UNMET = 5, 20, 10_000_000
SOURCE, SINK, FIRST = 0, 1, 2


class Part(IntEnum):
    """Which of an offer's three amounts an arc carries."""

    certain = 0
    possible = 1
    added = 2


Arcs = list[tuple[int, int, int, int]]  # tail, head, capacity, unit cost


def network(asked: Sequence[Asked], offers: Sequence[Offer]) -> tuple[Arcs, list[tuple[int, Link]]]:
    """The arcs, those between offers and needs last; and the need and link that each of these is.

    A node for each amount of each offer, then one for each need.
    """
    needs_at = FIRST + 3 * len(offers)
    amounts = [_amounts(offer) for offer in offers]
    arcs: Arcs = []
    for at, parts in enumerate(amounts):
        for part, (amount, _) in zip(Part, parts, strict=True):
            if amount:
                arcs.append((SOURCE, FIRST + 3 * at + part, amount, 0))
    for at, one in enumerate(asked):
        arcs += [(SOURCE, needs_at + at, one.wanted, UNMET), (needs_at + at, SINK, one.wanted, 0)]
    meanings = []
    for at, one in enumerate(asked):
        for link in one.links:
            for node, cost in _ways(link, amounts[link.offer]):
                arcs.append((node, needs_at + at, one.wanted, cost))
                meanings.append((at, link))
    return arcs, meanings


def _amounts(offer: Offer) -> tuple[tuple[int, int], ...]:
    """How much there is of each part, and what it costs where it is near."""
    possible = MOST if offer.most is None else offer.most - offer.certain
    seat = min(int(SEAT / offer.per_seat), UNMET // 100) if offer.per_seat else 0
    return (offer.certain, 0), (possible, POSSIBLE), (MOST if seat else 0, seat)


def _ways(link: Link, amounts: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """The node of each part that there is of an offer, and what it costs by a link.

    What is not sure to be near is possible at best, and no place for new seats.
    """
    node, far, (certain, possible, added) = FIRST + 3 * link.offer, FAR[link.nearness], amounts
    if certain[0]:
        yield node + Part.certain, far if link.sure else far + POSSIBLE
    if possible[0]:
        yield node + Part.possible, far + possible[1]
    if added[0] and link.sure:
        yield node + Part.added, far + added[1]


def solve(arcs: Arcs, wanted: int) -> list[int]:
    """The flow of each arc, of least cost. Unavailable where the solver says there is none."""
    from numpy import asarray, int64  # noqa: PLC0415 - heavy
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415 - heavy

    solver = min_cost_flow.SimpleMinCostFlow()
    columns = asarray(arcs, int64).T
    made = solver.add_arcs_with_capacity_and_unit_cost(*columns)
    solver.set_node_supply(SOURCE, wanted)
    solver.set_node_supply(SINK, -wanted)
    if (said := solver.solve()) != solver.OPTIMAL:
        raise Unavailable(f"the division of seats has no solution: {said}")
    flows: list[int] = solver.flows(made).tolist()
    return flows


def divided(asked: Sequence[Asked], offers: Sequence[Offer]) -> list[Given]:
    """Who is given what."""
    if not asked:
        return []
    arcs, meanings = network(asked, offers)
    flows = solve(arcs, sum(one.wanted for one in asked))
    last = len(arcs) - len(meanings)
    found: dict[tuple[int, int], tuple[Link, list[int]]] = {}
    for (at, link), arc, flow in zip(meanings, arcs[last:], flows[last:], strict=True):
        if flow:
            part = (arc[0] - FIRST) % 3
            unsure = part == Part.certain and not link.sure
            parts = found.setdefault((at, link.offer), (link, [0, 0, 0]))[1]
            parts[Part.possible if unsure else part] += flow
    return [Given(at, link, *parts) for (at, _), (link, parts) in found.items()]
