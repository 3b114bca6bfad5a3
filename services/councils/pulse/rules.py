"""Rules about pulses: who may be asked when, and what may be told of what they answered.

What is told of a question is how large a part gave a 4 or a 5, in one of five ranges, and a range
gives way only where at least two people's answers must have changed. Decision 0031 says why.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from services.councils.contract.pulse import FEWEST, PulseLevel, PulseOutcome, PulseState
from services.kit.errors import Conflict, NotFound, Rejected

# So much is high: whoever knows all other answers knows of the last one only which side it is on.
HIGH = 4
# The part of a range's edges. The outermost have room for somebody who says otherwise.
RANGES = {
    PulseLevel.at_most_a_fifth: (Fraction(0), Fraction(1, 5)),
    PulseLevel.less_than_half: (Fraction(1, 5), Fraction(2, 5)),
    PulseLevel.about_half: (Fraction(2, 5), Fraction(3, 5)),
    PulseLevel.more_than_half: (Fraction(3, 5), Fraction(4, 5)),
    PulseLevel.at_least_four_fifths: (Fraction(4, 5), Fraction(1)),
}
# Between what was shown of a council and its next round: nobody's answer is what it was.
REST = timedelta(days=28)
LONGEST, EARLIEST = timedelta(days=60), timedelta(days=30)


def level(high: int, answered: int, before: PulseLevel | None) -> PulseLevel:
    """The range to show, where `before` was shown last.

    It stays where the answer of one person more, or less, or another could be all that changed.
    """
    share, one = Fraction(high, answered), Fraction(1, answered)
    if before is not None:
        low, top = RANGES[before]
        if low - one <= share <= top + one:
            return before
    return _range_of(share)


def _range_of(share: Fraction) -> PulseLevel:
    if share <= Fraction(1, 5):
        return PulseLevel.at_most_a_fifth
    if share <= Fraction(2, 5):
        return PulseLevel.less_than_half
    if share < Fraction(3, 5):
        return PulseLevel.about_half
    if share < Fraction(4, 5):
        return PulseLevel.more_than_half
    return PulseLevel.at_least_four_fifths


def outcome(answered: int) -> PulseOutcome:
    """All that is told of how many answered: any step above could be the last one of them."""
    return PulseOutcome.shown if answered >= FEWEST else PulseOutcome.too_few


def state_of(pulse: Mapping[str, Any], today: date) -> PulseState:
    """Whether it takes answers."""
    if pulse["closed_on"] is not None:
        return PulseState.closed
    return PulseState.open if today <= pulse["closes_on"] else PulseState.counting


def demand_until(closes_on: date | None, today: date) -> None:
    """Rejected for a last day that nobody can answer until."""
    if closes_on is not None and closes_on < today:
        raise Rejected("that day is over", field="closes_on", reason="pulse_day_over")
    if closes_on is not None and closes_on > today + LONGEST:
        raise Rejected("at most sixty days from now", field="closes_on", reason="pulse_too_long")


def demand_asked(asked_on: date | None, today: date) -> None:
    """Rejected for a day whose seats are not known yet, or are old."""
    if asked_on is not None and asked_on > today:
        raise Rejected("that day has not come", field="asked_on", reason="in_the_future")
    if asked_on is not None and asked_on < today - EARLIEST:
        raise Rejected("at most thirty days ago", field="asked_on", reason="pulse_too_old")


def demand_same(before: Mapping[str, Any], council_id: Any, asked_on: date | None) -> None:
    """Rejected where those who are asked would be others."""
    if council_id not in (None, before["council_id"]):
        raise Rejected("it stays where it is", field="council_id", reason="fixed")
    if asked_on not in (None, before["asked_on"]):
        raise Rejected("they have been asked", field="asked_on", reason="fixed")


def demand_open(pulse: Mapping[str, Any], today: date, *, field: str) -> None:
    """Conflict where the round is over: what came of it is never counted anew."""
    if state_of(pulse, today) is not PulseState.open:
        raise Conflict("the round is over", field=field, reason="pulse_over")


def demand_turn(rounds: Mapping[str, Any], today: date) -> None:
    """Conflict where another round of the council is open, or was shown a moment ago."""
    if rounds["going"]:
        raise Conflict("another round is open", field="council_id", reason="pulse_going_on")
    if rounds["shown_on"] is not None and today < rounds["shown_on"] + REST:
        told = "four weeks after the last one that was shown"
        raise Conflict(told, field="council_id", reason="pulse_too_soon")


def demand_enough(asked: int) -> None:
    """Conflict where fewer are asked than would have to answer."""
    if asked < FEWEST:
        told = "fewer than five can be asked"
        raise Conflict(told, field="council_id", reason="pulse_too_few_asked")


def demand_link(secret: str | None) -> str:
    """Conflict where somebody may have a link already: it is not told twice."""
    if secret is None:
        raise Conflict("the link has gone", field="state", reason="pulse_link_gone")
    return secret


def hash_in(text: str) -> bytes:
    """What is kept of a link, as it is written in an address. NotFound for anything else."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise NotFound("there is no such link") from None
