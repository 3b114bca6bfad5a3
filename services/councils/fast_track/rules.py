"""Rules of the fast track: in what order its days come, and what the signal says of the rest."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.councils.contract.council import SeatRole
from services.councils.contract.fast_track import AgendaPoint, FastTrackDraft
from services.councils.contract.meeting import AgendaKind
from services.councils.contract.need import Horizon, NeedDraft, Urgency
from services.kit.contract import Draft
from services.kit.errors import Rejected

SHORT = 366
MOST = 200


@dataclass(frozen=True)
class Days:
    """The days of a fast track; None: it could not be read."""

    signalled: date | None
    convened: date
    meets: date | None
    ends: date | None


def demand_convened(days: Days, today: date) -> None:
    """Rejected for a convening to come."""
    if days.convened > today:
        raise Rejected("that day has not come", field="convened_on", reason="in_the_future")


def demand_signal(days: Days, _today: date) -> None:
    """Rejected where the council was convened before the signal."""
    if days.signalled and days.convened < days.signalled:
        raise Rejected("after the signal", field="signal.signalled_on", reason="too_late")


def demand_before(signalled: date | None, convened: date | None) -> None:
    """Rejected for a signal that would come after the council was convened for its sake."""
    if signalled and convened and convened < signalled:
        raise Rejected("before it was convened", field="signalled_on", reason="too_late")


def demand_end(days: Days, _today: date) -> None:
    """Rejected where the council ends before it was convened."""
    if days.ends and days.ends < days.convened:
        raise Rejected("after the convening", field="ends_on", reason="empty_period")


def demand_meeting(days: Days, _today: date) -> None:
    """Rejected where the first meeting is outside the council's time."""
    if days.meets and days.meets < days.convened:
        raise Rejected("after the convening", field="meeting.starts_at", reason="too_early")
    if days.meets and days.ends and days.meets > days.ends:
        raise Rejected("before the end", field="meeting.starts_at", reason="too_late")


ORDER = (demand_convened, demand_signal, demand_end, demand_meeting)


def marks(part: Draft, *wholes: Draft) -> dict[str, Any]:
    """Where a part comes from: what it says itself, else the whole it is in; invented in either."""
    given = (part, *wholes)
    return {
        "source": next((one.source for one in given if one.source), None),
        "example": any(one.example for one in given),
    }


def roles(draft: FastTrackDraft) -> dict[Any, SeatRole]:
    """The actors that get a seat: leaders in the chair, the invited as members."""
    members = dict.fromkeys(draft.invited_actor_ids, SeatRole.member)
    return members | dict.fromkeys(draft.leader_actor_ids, SeatRole.chair)


def hurry(draft: FastTrackDraft) -> str:
    """Why those sit who are not assessed as ready: what was told, or the shortage itself."""
    signal = draft.signal
    told = f"{signal.occupation_name} ({signal.headcount}): {signal.source}"[:500].strip()
    return draft.readiness_exception or told


def agenda(draft: FastTrackDraft) -> list[AgendaPoint]:
    """The first meeting's agenda, or the least there is to talk about."""
    return draft.meeting.agenda or [
        AgendaPoint(title=draft.signal.occupation_name, kind=AgendaKind.information),
        AgendaPoint(title=draft.purpose[:MOST].strip(), kind=AgendaKind.decision),
    ]


def need(draft: FastTrackDraft, **links: Any) -> NeedDraft:
    """The need that the signal tells of."""
    signal = draft.signal
    soon = (signal.needed_by - signal.signalled_on).days <= SHORT
    return NeedDraft(
        statement=f"{signal.occupation_name} ({signal.headcount}): {draft.purpose}"[:2000].strip(),
        areas=draft.areas,
        horizon=Horizon.short if soon else Horizon.long,
        urgency=Urgency.acute,
        occupation_code=signal.occupation_code,
        headcount_per_year=signal.headcount,
        identified_on=signal.signalled_on,
        from_year=signal.signalled_on.year,
        to_year=signal.needed_by.year,
        municipality_codes=draft.municipality_codes,
        owner_post_id=draft.process_leader_post_id,
        **marks(signal, draft),
        **links,
    )
