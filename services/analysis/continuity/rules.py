"""The index of a council's *konstgjord andning* on paper: what rests on its process leader alone.

    index = ties that rest on the leader alone ÷ all ties

A **deed** is something that two or more did together: a meeting they were present at, a contact, an
initiative they share. A **tie** is two who have done something together; the process leader is one
of the two wherever the leader's post did it.

- A tie between two others **rests on the leader alone** where the leader took part in each of their
  deeds: a single deed without the leader, and it holds by itself.
- A tie between the leader and somebody rests on the leader alone where none of that somebody's ties
  holds by itself: were the leader to leave, nothing would be left of them.

By hand: L met A, B and C in contacts, and A and B had one too. Four ties: LA, LB, LC, AB. AB holds
without L, so neither AB, LA nor LB rests on L alone; LC does. The index is 1/4. A star around L is
1: nobody there has another tie. Where all work with all without L it is 0, also where L works with
all of them too. Where they meet, but only ever with L in the room, it is 1.

Under `LEAST_TIES` nothing is decided: a tie or two would be 0 or 1 by chance. Nor is it where most
held meetings do not say who was there: the others may have met at them without the leader.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import NamedTuple

from services.analysis.contract.continuity import UndecidedReason

LEAST_TIES = 3
FINE = Decimal("0.0001")
MEETING, CONTACT, INITIATIVE = "meetings", "contacts", "initiatives"


class Party(NamedTuple):
    """Who takes part: an actor, or the process leader by its post."""

    noun: str
    id: str


Pair = tuple[Party, Party]


@dataclass(frozen=True)
class Deed:
    """Something that some did together; `on` is its day where it has one."""

    kind: str
    parties: frozenset[Party]
    on: date | None = None


@dataclass(frozen=True)
class Work:
    """What a council's parties did together in twelve months, and what is not known of it."""

    leader: Party | None
    deeds: Sequence[Deed] = ()
    meetings: int = 0
    leader_meetings: int = 0
    unknown_meetings: int = 0
    undated_initiatives: int = 0
    example: bool = False


@dataclass(frozen=True)
class Reading:
    """The ties of a council with their deeds, and those that rest on the leader alone."""

    work: Work
    ties: Mapping[Pair, Sequence[Deed]] = field(default_factory=dict)
    resting: frozenset[Pair] = frozenset()

    @property
    def undecided(self) -> UndecidedReason | None:
        """Why there is no index."""
        if self.work.leader is None:
            return UndecidedReason.no_leader
        if self.work.unknown_meetings > self.work.meetings:
            return UndecidedReason.no_attendance
        return UndecidedReason.too_few_ties if len(self.ties) < LEAST_TIES else None

    @property
    def index(self) -> Decimal | None:
        """The share of ties that rest on the leader alone; None where it cannot be decided."""
        if self.undecided:
            return None
        return (Decimal(len(self.resting)) / len(self.ties)).quantize(FINE, ROUND_HALF_UP)

    @property
    def others(self) -> set[Party]:
        """Who has a tie, apart from the leader."""
        return {party for pair in self.ties for party in pair} - {self.work.leader}

    @property
    def cut_off(self) -> set[Party]:
        """Who would have no tie left without the leader."""
        return self.others - {party for pair in self._by_themselves() for party in pair}

    def edges(self) -> Iterator[Pair]:
        """The ties as ways: two who only meet with the leader there reach each other by it."""
        leader = self.work.leader
        yield from self._by_themselves()
        yield from (pair for pair in self.ties if leader in pair)

    def _by_themselves(self) -> Iterator[Pair]:
        leader = self.work.leader
        return (pair for pair in self.ties if pair not in self.resting and leader not in pair)


def read(work: Work) -> Reading:
    """A council's ties, and which of them rest on its leader alone."""
    ties: dict[Pair, list[Deed]] = defaultdict(list)
    for deed in work.deeds:
        for one, other in combinations(sorted(deed.parties), 2):
            ties[one, other].append(deed)
    leader = work.leader
    if leader is None:
        return Reading(work, dict(ties))
    others = {pair: done for pair, done in ties.items() if leader not in pair}
    resting = {pair for pair, done in others.items() if all(leader in d.parties for d in done)}
    held = {party for pair in others.keys() - resting for party in pair}
    resting |= {pair for pair in ties if leader in pair and not held & set(pair)}
    return Reading(work, dict(ties), frozenset(resting))


def count(kind: str, deeds: Iterable[Deed]) -> int:
    """How many deeds are of a kind."""
    return sum(deed.kind == kind for deed in deeds)


def last_on(deeds: Iterable[Deed]) -> date | None:
    """The last day that any of them has."""
    return max((deed.on for deed in deeds if deed.on), default=None)


def went_on(began: date | None, ended: date | None, first: date, last: date) -> bool | None:
    """Whether something went on during any of some days; None where nobody can say."""
    if ended is not None and ended < first:
        return False
    if began is not None:
        return began <= last
    return True if ended is not None and ended <= last else None
