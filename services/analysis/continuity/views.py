"""Views: the index of councils as the contract shows it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.continuity.network import betweenness
from services.analysis.continuity.queries import Named
from services.analysis.continuity.rules import (
    CONTACT,
    INITIATIVE,
    MEETING,
    Pair,
    Party,
    Reading,
    count,
    last_on,
)
from services.analysis.continuity.work import Span
from services.analysis.following.queries import labels
from services.kit.identity import Caller
from services.kit.rows import alphabetical

Shown = dict[str, Any]
Names = Mapping[str, Mapping[str, str]]


def in_order(councils: Mapping[str, Named], found: Mapping[str, Reading]) -> list[str]:
    """The highest index first, the undecided last, and then by name."""

    def place(id: str) -> tuple[Any, ...]:
        index = found[id].index
        return index is None, -(index or 0), alphabetical(councils[id].name), id

    return sorted((one for one in councils if one in found), key=place)


def shown(id: str, named: Named, reading: Reading, span: Span) -> Shown:
    """A council's index, without its ties."""
    work = reading.work
    between = betweenness(reading.edges(), work.leader) if work.leader else None
    return {
        "council_id": id,
        "name": named.name,
        "process_leader_post_id": work.leader.id if work.leader else None,
        "from_on": span.first,
        "to_on": span.last,
        "index": reading.index,
        "undecided": reading.undecided,
        "betweenness": None if reading.undecided else between,
        "party_count": len(reading.others),
        "tie_count": len(reading.ties),
        "resting_count": len(reading.resting),
        "meeting_count": work.meetings,
        "leader_meeting_count": work.leader_meetings,
        "unknown_meeting_count": work.unknown_meetings,
        "undated_initiative_count": work.undated_initiatives,
        "example": named.example or work.example,
        "ties": None,
        "cut_off_parties": None,
    }


async def names_in(
    db: AsyncConnection, found: Iterable[Reading], caller: Caller
) -> dict[str, dict[str, str]]:
    """What all who work in some councils are called."""
    ids = {UUID(party.id) for one in found for pair in one.ties for party in pair}
    return await labels(db, sorted(ids), caller)


def with_ties(reading: Reading, names: Names) -> Shown:
    """A council's ties, those that rest on the leader first, and who would have none left."""

    def name(party: Party) -> str:
        return names[party.id]["label"] if party.id in names else ""

    def place(party: Party) -> tuple[Any, ...]:
        return party != reading.work.leader, alphabetical(name(party)), party

    def place_of(pair: Pair) -> tuple[Any, ...]:
        return pair not in reading.resting, *sorted(map(place, pair))

    return {
        "ties": [
            _tie(reading, pair, sorted(pair, key=place), name)
            for pair in sorted(reading.ties, key=place_of)
        ],
        "cut_off_parties": [_label(party, name) for party in sorted(reading.cut_off, key=place)],
    }


def _tie(reading: Reading, pair: Pair, shown_as: list[Party], name: Any) -> Shown:
    deeds, (one, other) = reading.ties[pair], shown_as
    return {
        "one": _label(one, name),
        "other": _label(other, name),
        **{kind: count(kind, deeds) for kind in (MEETING, CONTACT, INITIATIVE)},
        "last_on": last_on(deeds),
        "rests_on_leader": pair in reading.resting,
    }


def _label(party: Party, name: Any) -> Shown:
    return {"id": party.id, "noun": party.noun, "name": name(party)}
