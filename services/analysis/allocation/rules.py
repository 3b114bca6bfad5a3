"""Rules of allocation: which programmes reach which needs, and what a division of seats amounts to.

A programme reaches a need where it is given in the need's municipality or in one within commuting
distance, or at a distance. One that nobody knows the place of may reach it. What a programme gives
is counted start by start as in verdicts: at least what is known for certain, at most what could be
(docs/decisions/0015). What may give more seats is what a verdict would propose (supplements.py).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from services.analysis.contract.allocation import Unallocated
from services.analysis.contract.verdict import Nearness
from services.analysis.verdict.arithmetic import FINE, ZERO, Fact, Period, shown_part
from services.analysis.verdict.intake_lines import counted_in
from services.analysis.verdict.reach import Places, Reach, nearness
from services.analysis.verdict.sharing import asked_in, places_of
from services.analysis.verdict.supplements import may_grow

SCALE = 100  # flows are whole numbers: hundredths of persons a year
MOST = 10_000_000 * SCALE


@dataclass(frozen=True)
class Offer:
    """What a programme gives a year: at least, at most (None: nobody knows), and per new seat."""

    programme: Fact
    certain: int
    most: int | None
    per_seat: Fraction
    started: bool


class Link(NamedTuple):
    """That an offer reaches a need, and how."""

    offer: int
    nearness: Nearness
    sure: bool


@dataclass(frozen=True)
class Asked:
    """A need that is given seats: how many a year, and what reaches it."""

    need: Fact
    wanted: int
    links: Sequence[Link]


class Given(NamedTuple):
    """A flow of a solution: hundredths of persons of an offer to a need."""

    need: int
    link: Link
    certain: int
    possible: int
    added: int


def offers_of(
    programmes: Sequence[Fact], intakes: Sequence[Fact], period: Period, today: date
) -> list[Offer]:
    """What each programme gives in a period."""
    starts: dict[str, list[Fact]] = defaultdict(list)
    for one in intakes:
        starts[one["programme_id"]].append(one)
    return [_offer(one, starts[one["id"]], period, today) for one in programmes]


def _offer(programme: Fact, starts: Sequence[Fact], period: Period, today: date) -> Offer:
    counted = counted_in(period, programme, starts)
    highs = [one.amount.high for one in counted]
    low = sum((one.amount.low for one in counted), ZERO)
    high = None if None in highs else sum((one for one in highs if one is not None), ZERO)
    growing = [one for one in counted if may_grow(one, today, period)]
    return Offer(
        programme=programme,
        certain=scaled(low),
        most=None if high is None else max(scaled(high), scaled(low)),
        per_seat=growing[-1].per_seat if growing else ZERO,
        started=bool(counted),
    )


def scaled(amount: Fraction) -> int:
    """Persons as a flow: whole hundredths."""
    exact = Decimal(amount.numerator) * SCALE / amount.denominator
    return min(int(exact.quantize(Decimal(1), ROUND_HALF_UP)), MOST)


def persons(flow: int) -> Decimal:
    """A flow as persons."""
    return Decimal(flow) / SCALE


def sort_out(
    needs: Sequence[Fact], offers: Sequence[Offer], period: Period, reach: Reach
) -> tuple[list[Asked], list[tuple[Fact, Unallocated]]]:
    """The needs that can be given seats, each with what reaches it; the others, and why not."""
    asked, others = [], []
    linked = _linking(offers, reach)
    for need in needs:
        wanted = asked_in(need, period)
        links = linked(need["occupation_code"], frozenset(need["municipality_codes"] or reach.own))
        if not need["occupation_code"]:
            others.append((need, Unallocated.no_occupation))
        elif wanted is None:
            others.append((need, Unallocated.no_headcount))
        elif not any(offers[one.offer].started for one in links):
            others.append((need, Unallocated.no_supply_known))
        elif wanted:
            asked.append(Asked(need, scaled(wanted), links))
    return asked, others


def _linking(
    offers: Sequence[Offer], reach: Reach
) -> Callable[[str | None, Places], tuple[Link, ...]]:
    """What reaches an occupation in some municipalities: needs say much the same of both."""
    around = [reach.around(places_of(offer.programme)[0]) for offer in offers]
    by_code: dict[str, list[int]] = defaultdict(list)
    for at, offer in enumerate(offers):
        for code in offer.programme["occupation_codes"]:
            by_code[code].append(at)

    @cache
    def found(occupation: str | None, where: Places) -> tuple[Link, ...]:
        areas = reach.around(where)
        return tuple(
            Link(at, *near)
            for at in by_code.get(occupation or "", ())
            if (near := nearness(offers[at].programme, where, areas, around[at]))
        )

    return found


def told_need(asked: Asked, given: Sequence[Given], offers: Sequence[Offer]) -> dict[str, Any]:
    """What one need is given, as the contract says it."""
    certain = sum(one.certain for one in given)
    possible = sum(one.possible for one in given)
    lacking = asked.wanted - certain - possible
    need = asked.need
    return {
        "need_id": need["id"],
        "name": need["label"],
        "occupation_code": need["occupation_code"],
        "municipality_codes": need["municipality_codes"],
        "demand": persons(asked.wanted),
        "certain": persons(certain),
        "possible": persons(possible),
        "lacking": persons(lacking),
        "unmet": persons(lacking - sum(one.added for one in given)),
        "allotments": [_allotment(one, offers) for one in given if one.certain or one.possible],
        "added_seats": [_added(one, offers) for one in given if one.added],
        "example": need["example"],
    }


def _who(offer: Offer) -> dict[str, Any]:
    programme = offer.programme
    who = programme["provider_actor_id"]
    return {"programme_id": programme["id"], "provider_actor_id": who}


def _allotment(given: Given, offers: Sequence[Offer]) -> dict[str, Any]:
    amounts = {"certain": persons(given.certain), "possible": persons(given.possible)}
    return _who(offers[given.link.offer]) | {"nearness": given.link.nearness} | amounts


def _added(given: Given, offers: Sequence[Offer]) -> dict[str, Any]:
    offer = offers[given.link.offer]
    return _who(offer) | {"nearness": given.link.nearness} | _seats(offer, given.added)


def _seats(offer: Offer, added: int) -> dict[str, Any]:
    part = offer.per_seat
    return {
        "closes": persons(added),
        "closes_per_seat": shown_part(part, FINE),
        "seats": -(-added * part.denominator // (SCALE * part.numerator)),  # rounded up
    }


def supplementing(given: Sequence[Given], offers: Sequence[Offer]) -> Iterator[dict[str, Any]]:
    """More seats of each programme for all needs together: what closes most per seat first."""
    added: dict[int, list[int]] = defaultdict(list)
    for one in given:
        if one.added:
            added[one.link.offer].append(one.added)
    ranked = sorted(added, key=lambda at: (-offers[at].per_seat, -sum(added[at]), at))
    for rank, at in enumerate(ranked, start=1):
        seats = _seats(offers[at], sum(added[at]))
        yield {"rank": rank} | _who(offers[at]) | seats | {"needs": len(added[at])}
