"""The network of a council's ties: how much of it goes through one party."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from services.analysis.continuity.rules import FINE, Pair, Party

LEAST_PARTIES = 3  # with fewer there is no way between two others


def betweenness(edges: Iterable[Pair], party: Party) -> Decimal | None:
    """Of the shortest ways between two others, how much goes through a party: 0 to 1.

    None where there are not two others.
    """
    import networkx  # noqa: PLC0415 - heavy; a start does not wait for it

    graph = networkx.Graph(list(edges))
    graph.add_node(party)
    if len(graph) < LEAST_PARTIES:
        return None
    share = networkx.betweenness_centrality(graph)[party]
    return Decimal(share).quantize(FINE, ROUND_HALF_UP)
