"""The index of a council, worked by hand: what rests on its process leader alone."""

import string
from decimal import Decimal
from itertools import combinations
from typing import Any

import networkx
from hypothesis import given
from hypothesis import strategies as st

from services.analysis.continuity.network import betweenness
from services.analysis.continuity.rules import (
    CONTACT,
    INITIATIVE,
    MEETING,
    Deed,
    Party,
    Reading,
    Work,
    read,
)
from services.analysis.contract.continuity import UndecidedReason

LEADER = Party("posts", "L")
OTHERS = [Party("actors", letter) for letter in string.ascii_uppercase[:8]]
ALL = {party.id: party for party in [LEADER, *OTHERS]}


def deed(who: str, kind: str = CONTACT) -> Deed:
    return Deed(kind, frozenset(ALL[letter] for letter in who))


def reading(*told: str, kind: str = CONTACT, **more: Any) -> Reading:
    return read(Work(LEADER, [deed(who, kind) for who in told], **more))


def resting(found: Reading) -> set[str]:
    return {"".join(sorted(one.id for one in pair)) for pair in found.resting}


def between(found: Reading) -> Decimal | None:
    return betweenness(found.edges(), LEADER)


def test_a_star_around_the_leader_is_one() -> None:
    found = reading("LA", "LB", "LC", "LD")
    assert (found.index, between(found)) == (Decimal(1), Decimal(1))
    assert found.cut_off == set(OTHERS[:4])


def test_everyone_with_everyone_without_the_leader_is_nought() -> None:
    pairs = ["".join(pair) for pair in combinations("ABCD", 2)]
    without = reading(*pairs)
    assert (without.index, between(without), len(without.ties)) == (Decimal(0), Decimal(0), 6)
    beside = reading(*pairs, "LA", "LB", "LC", "LD")
    assert (beside.index, between(beside), len(beside.ties)) == (Decimal(0), Decimal(0), 10)
    assert beside.cut_off == set()


def test_meetings_with_the_leader_always_in_the_room_rest_on_the_leader() -> None:
    found = reading("LABC", "LABC", kind=MEETING)
    assert (found.index, between(found), len(found.ties)) == (Decimal(1), Decimal(1), 6)
    once = reading("LABC", "ABC", kind=MEETING)
    assert (once.index, between(once)) == (Decimal(0), Decimal(0))


def test_a_mixed_council_by_hand() -> None:
    """LA, LB, LC and AB, which holds without L: of four ties only LC rests on L alone.

    Of the three ways between others AB is straight, and AC and BC go through L: two of three.
    """
    found = reading("LA", "LB", "LC", "AB")
    assert (found.index, resting(found)) == (Decimal("0.25"), {"CL"})
    assert between(found) == Decimal("0.6667")
    assert found.cut_off == {ALL["C"]}


def test_another_mixed_council_by_hand() -> None:
    """A meeting of L, A, B, C gives six ties; C and D share an initiative that is not L's.

    CD holds by itself, so LC does not rest on L alone. AB, AC, BC always had L there, and A and B
    have nothing else: AB, AC, BC, LA and LB rest on L alone, of seven ties.
    """
    found = read(Work(LEADER, [deed("LABC", MEETING), deed("CD", INITIATIVE)]))
    assert resting(found) == {"AB", "AC", "BC", "AL", "BL"}
    assert found.index == Decimal("0.7143")
    # Ways: LA, LB, LC, CD. A–B, A–C, A–D, B–C, B–D go through L, C–D does not: five of six.
    assert between(found) == Decimal("0.8333")


def test_too_little_is_never_nought_or_one() -> None:
    few = reading("LA", "LB")
    assert (few.index, few.undecided) == (None, UndecidedReason.too_few_ties)
    silent = reading("LA", "LB", "LC", "LD", meetings=3, unknown_meetings=4)
    assert (silent.index, silent.undecided) == (None, UndecidedReason.no_attendance)
    assert reading("LA", "LB", "LC", meetings=4, unknown_meetings=4).index == 1
    nobody = read(Work(None, [deed("ABC", MEETING)]))
    assert (nobody.index, nobody.undecided) == (None, UndecidedReason.no_leader)
    assert read(Work(LEADER)).undecided is UndecidedReason.too_few_ties
    assert betweenness([], LEADER) is None


DEEDS = st.lists(
    st.frozensets(st.sampled_from(list(ALL.values())), min_size=2, max_size=5), max_size=25
)


@given(DEEDS)
def test_any_council_keeps_the_promises(told: list[frozenset[Party]]) -> None:
    found = read(Work(LEADER, [Deed(MEETING, parties) for parties in told]))
    naive = {frozenset(pair) for parties in told for pair in combinations(parties, 2)}
    assert {frozenset(pair) for pair in found.ties} == naive
    graph = networkx.Graph()
    for parties in told:
        if LEADER not in parties:
            graph.add_edges_from(combinations(parties, 2))
    # What rests on the leader is what is left of no tie without: said the other way around.
    for one, other in found.ties:
        if LEADER in (one, other):
            somebody = other if one == LEADER else one
            holds = somebody in graph and graph.degree(somebody) > 0
        else:
            holds = graph.has_edge(one, other)
        assert ((one, other) in found.resting) is not holds
    assert found.cut_off == {party for party in found.others if party not in graph}
    if found.index is not None:
        assert 0 <= found.index <= 1
        assert (found.index == 1) is (not graph.edges)
