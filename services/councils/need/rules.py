"""Rules about needs: which way a need may go, and what lives on when they merge or split."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from services.councils.contract.need import OPEN_NEEDS, Horizon, NeedDraft, NeedStatus
from services.councils.contract.need_union import UNITED
from services.kit.errors import Conflict, Rejected

OPEN = frozenset(OPEN_NEEDS)
CLOSED = frozenset({NeedStatus.met, NeedStatus.dropped})
MOVES = {
    "prioritise": (frozenset({NeedStatus.identified}), NeedStatus.prioritised),
    "start": (frozenset({NeedStatus.identified, NeedStatus.prioritised}), NeedStatus.being_met),
    "meet": (OPEN, NeedStatus.met),
    "drop": (OPEN, NeedStatus.dropped),
}
# The reason of what is dropped without one of its own. It names no need: not all who read it may.
MERGED, SPLIT = "Sammanslaget med ett annat behov", "Delat i flera behov"
REJOINED = "Delningen är ångrad"
INHERITED = (
    "answer_ids",
    "meeting_ids",
    "figures",
    "municipality_codes",
    "council_id",
    "owner_post_id",
    "reported_by",
)


def moved_to(action: str, status: str) -> NeedStatus:
    """The status after an action. Conflict where the present one does not allow it."""
    allowed, after = MOVES[action]
    if status not in allowed:
        raise Conflict(f"{action}: the need is {status}", field="status", reason="wrong_status")
    return after


def reopened_to(status: str, before: str | None) -> NeedStatus:
    """Where a closed need goes on: as far as it had come. Conflict where it is open."""
    if status not in CLOSED:
        raise Conflict(f"reopen: the need is {status}", field="status", reason="wrong_status")
    return NeedStatus(before or NeedStatus.identified)


def demand_open(status: str, *, field: str = "status") -> None:
    """Conflict unless the need is still worked on."""
    if status not in OPEN:
        raise Conflict(f"the need is {status}; reopen it first", field=field, reason="closed")


def demand_living(need: Mapping[str, Any], *, split: bool) -> None:
    """Conflict where other needs have taken this one's place."""
    if need["merged_into_id"] or split:
        raise Conflict("other needs live on instead", field="status", reason="replaced")


def demand_parting(
    need: Mapping[str, Any], living: Mapping[str, Any] | None, *, by_another: bool
) -> None:
    """Conflict unless a need can be parted from the one that it lives on in."""
    if living is None:
        raise Conflict("it is not merged", field="merged_into_id", reason="need_not_merged")
    if need["split_from_id"] == living["id"]:
        told = "its split was undone: split it again"
        raise Conflict(told, field="merged_into_id", reason="rejoined")
    if by_another:
        told = "it came with another one: part that one first"
        raise Conflict(told, field="merged_into_id", reason="came_by_another")
    if living["status"] not in OPEN:
        told = f"what it lives on in is {living['status']}"
        raise Conflict(told, field="merged_into_id", reason="living_closed")


def demand_rejoining(whole: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> None:
    """Conflict unless a need was split, and all of its parts are open."""
    if not parts or whole["status"] in OPEN or whole["merged_into_id"]:
        raise Conflict("it is not split", field="split_into_ids", reason="not_split")
    if any(part["status"] not in OPEN for part in parts):
        told = "one of its parts is not open"
        raise Conflict(told, field="split_into_ids", reason="part_closed")


def demand_past(day: date | None, today: date, *, field: str) -> None:
    """Rejected where something is said to have happened on a day to come."""
    if day is not None and day > today:
        raise Rejected("that day has not come", field=field, reason="in_the_future")


def demand_within_horizon(need: NeedDraft, before: Mapping[str, Any], today: date) -> None:
    """Rejected where a need within twelve months would begin after next year; an old one may."""
    told = need.horizon, need.from_year
    if told == (before.get("horizon"), before.get("from_year")) or need.horizon != Horizon.short:
        return
    if need.from_year is not None and need.from_year > today.year + 1:
        far = "on short horizon it begins next year at the latest"
        raise Rejected(far, field="from_year", reason="beyond_horizon")


def demand_seen_first(seen: date, met: date | None) -> None:
    """Rejected where a need is said to be met before anybody knew of it."""
    if met is not None and met < seen:
        raise Rejected("the need was seen later", field="met_on", reason="before_identified")


def demand_convened_first(convened: date | None, met: date | None) -> None:
    """Rejected where a need is said to be met before its temporary council was convened."""
    if convened is not None and met is not None and met < convened:
        raise Rejected("its council was convened later", field="met_on", reason="before_convened")


def demand_seen_by(seen: date | None, decided: date | None) -> None:
    """Rejected where a need would be seen after the first that was decided about it."""
    if seen is not None and decided is not None and decided < seen:
        told = "something was decided about it earlier"
        raise Rejected(told, field="identified_on", reason="decided_earlier")


def furthest(needs: Iterable[Mapping[str, Any]]) -> NeedStatus:
    """How far the one that several needs live on in has come: as far as any of them."""
    return max((NeedStatus(need["status"]) for need in needs), key=OPEN_NEEDS.index)


def demand_room(whole: Mapping[str, Any]) -> None:
    """Rejected where a need would hold more than any may: nobody could change it any more."""
    for name in UNITED:
        marks = NeedDraft.model_fields[name].metadata
        most = min(one.max_length for one in marks if hasattr(one, "max_length"))
        if len(whole[name]) > most:
            told = f"together they have {len(whole[name])} {name}, a need has at most {most}"
            raise Rejected(told, field="from_ids", reason="too_much")


def inheriting(part: NeedDraft, whole: Mapping[str, Any]) -> NeedDraft:
    """A part of a need: what it does not say itself it has from the whole."""
    empty = [name for name in INHERITED if not getattr(part, name)]
    return part.model_copy(update={name: whole[name] for name in empty})
