"""Ours: objects that another house of this program wrote become what they were there."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from services.councils.contract.council import (
    FOLLOWS,
    CouncilFacts,
    CouncilPhase,
    CouncilState,
    PhaseChangeDraft,
    SeatDraft,
)
from services.councils.contract.decision import DecisionDraft
from services.councils.contract.meeting import (
    AgendaItemDraft,
    MeetingDraft,
    MeetingState,
    MeetingStatus,
    MinutesState,
)
from services.councils.meeting.queries import day_of
from services.councils.oparl.addresses import OWN
from services.councils.oparl.flattening import Thing
from services.councils.oparl.rows import Reader, Row
from services.councils.oparl.writing import (
    OWN_COUNCIL,
    OWN_DECISION,
    OWN_ITEM,
    OWN_MEETING,
    OWN_PHASE,
    OWN_SEAT,
)
from services.kit import clock

COUNCIL = {"name": "name", "starts_on": "startDate", "parent_id": "subOrganizationOf"}
SEAT = {"council_id": "organization", "valid_from": "startDate", "valid_to": "endDate"}
MEETING = {"council_id": "organization", "title": "name", "starts_at": "start", "ends_at": "end"}
ITEM = {"meeting_id": "meeting", "title": "name", "position": "order"}
DECISION = {"decided_on": "date", "council_id": "underDirectionOf", "meeting_id": "consultation"}
STATES = {*MeetingState.model_fields}
CLOSING = {*CouncilState.model_fields}
Own = Mapping[str, Any]


def _some(own: Own, names: Iterable[str]) -> dict[str, Any]:
    return {name: own[name] for name in names if name in own}


class Ours:
    """Reads the objects of our own archives into rows."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.today = reader, clock.today()

    def _state(self, thing: Thing, shape: Any, own: Own, names: Iterable[str]) -> dict[str, Any]:
        """What actions have changed, checked by its own shape."""
        reader, table = self.reader, f"{thing.kind}.state"
        reader.rows.setdefault(table, {})
        row = reader.keep(table, thing, shape, _some(own, names))
        del reader.rows[table]
        return row.given if row else {}

    def council(self, thing: Thing, own: Own) -> None:
        """A council with its phases."""
        names = [name for name in OWN_COUNCIL if name not in CLOSING]
        values = {"name": thing.said.get("name"), "starts_on": thing.said.get("startDate")}
        values["parent_id"] = self.reader.named(thing, "subOrganizationOf")
        closing = self._state(thing, CouncilState, own, CLOSING)
        row = self.reader.keep(
            "council", thing, CouncilFacts, values | _some(own, names), called=COUNCIL, **closing
        )
        if row:
            self._phases(thing, own, row)

    def _phases(self, thing: Thing, own: Own, council: Row) -> None:
        told, phases = own.get("phases"), list[Row]()
        where, field = f"{thing.where}.{OWN}.phases", f"{OWN}.phases"
        if not isinstance(told, list) or not told:
            self.reader.fail(thing, field, "missing", "a council has had a phase")
            return
        for number, one in enumerate(told):
            if not isinstance(one, dict) or not isinstance(one.get("id"), str):
                self.reader.fail(thing, f"{field}.{number}", "model_type", "a phase is an object")
                continue
            values = _some(one, OWN_PHASE) | {"council_id": council.id}
            id = _uuid(values.pop("id"))  # noqa: A001
            if id is None:
                self.reader.fail(thing, f"{field}.{number}.id", "uuid_parsing", "an id of ours")
                continue
            at = f"{where}.{number}"
            plain = {name: name for name in OWN_PHASE}
            row = self.reader.keep(
                "phase_change", thing, PhaseChangeDraft, values, id=id, where=at, called=plain
            )
            phases += [row] if row else []
        if len(phases) == len(told):
            self._in_order(thing, field, phases, council.given.get("closed_on"))

    def _in_order(self, thing: Thing, field: str, phases: list[Row], closed_on: Any) -> None:
        said = [row.given | row.once for row in phases]
        days, names = [one["on"] for one in said], [one["phase"] for one in said]
        follows = all(_may_follow(*pair) for pair in pairwise(names))
        numbered = [one["number"] for one in said] == list(range(1, len(said) + 1))
        if not (numbered and follows and days == sorted(days)) or names[0] == CouncilPhase.closed:
            self.reader.fail(thing, field, "wrong_order", "the phases do not follow each other")
        elif days[-1] > self.today:
            self.reader.fail(thing, field, "in_the_future", "that day has not come")
        elif (names[-1] == CouncilPhase.closed) != (closed_on is not None):
            told = "a closed council has a day, and only a closed one"
            self.reader.fail(thing, f"{OWN}.closed_on", "wrong_phase", told)

    def membership(self, thing: Thing, own: Own) -> None:
        """A seat; the first day without is the one after OParl's last."""
        reader = self.reader
        council_id = reader.refer("council", thing, "organization", thing.said.get("organization"))
        ends = reader.day(thing, "endDate")
        values = {
            "council_id": council_id,
            "valid_from": thing.said.get("startDate"),
            "valid_to": clock.from_day(ends, timedelta(days=1)) if ends else None,
        }
        more = {"ended_with_council": own.get("ended_with_council") is True}
        more |= self._before_closing(thing, own)
        names = [name for name in OWN_SEAT if name in SeatDraft.model_fields]
        told = values | _some(own, names)
        if council_id:
            reader.keep("seat", thing, SeatDraft, told, called=SEAT, **more)

    def _before_closing(self, thing: Thing, own: Own) -> dict[str, Any]:
        name = "ended_before_closing"
        at = Thing(f"{thing.where}.{OWN}", thing.kind, thing.id, dict(own), thing.place, inner=True)
        return {name: self.reader.day(at, name)}

    def meeting(self, thing: Thing, own: Own) -> None:
        """A meeting with the state of its minutes."""
        reader, said = self.reader, thing.said
        named = reader.each(thing, "organization")
        council_id = reader.refer("council", thing, "organization", (named or [None])[0])
        values = {"council_id": council_id, "title": said.get("name")}
        values |= {"starts_at": said.get("start"), "ends_at": said.get("end")}
        names = [name for name in OWN_MEETING if name not in STATES]
        state = self._state(thing, MeetingState, own, STATES)
        told = values | _some(own, names)
        row = council_id and reader.keep(
            "meeting", thing, MeetingDraft, told, called=MEETING, **state
        )
        if row:
            self._possible(thing, row)

    def _possible(self, thing: Thing, row: Row) -> None:
        told = row.once | row.given
        held, field = told["status"] == MeetingStatus.held, f"{OWN}.status"
        if held and day_of(told["starts_at"]) > self.today:
            self.reader.fail(thing, field, "in_the_future", "that day has not come")
        approved = told.get("minutes_state") == MinutesState.approved
        if approved and not (held and told.get("approved_on")):
            field = f"{OWN}.minutes_state"
            self.reader.fail(thing, field, "not_held", "what was held is approved on a day")

    def item(self, thing: Thing, own: Own) -> None:
        """A point with its minutes."""
        reader = self.reader
        meeting_id = reader.refer("meeting", thing, "meeting", thing.said.get("meeting"))
        values = {"meeting_id": meeting_id, "title": thing.said.get("name")}
        values |= {"position": thing.said.get("order")}
        told = values | _some(own, OWN_ITEM)
        if meeting_id:
            reader.keep("agenda_item", thing, AgendaItemDraft, told, called=ITEM)

    def decision(self, thing: Thing, own: Own) -> None:
        """A decision, made where its consultation was."""
        reader = self.reader
        named = [*reader.each(thing, "consultation"), None][0]
        at = reader.archive.things["Consultation"].get(str(named))
        where = at or thing
        meeting_id = reader.refer("meeting", where, "meeting", where.said.get("meeting"))
        item = where.said.get("agendaItem")
        values: dict[str, Any] = {
            "council_id": reader.value("meeting", meeting_id, "council_id"),
            "meeting_id": meeting_id,
            "agenda_item_id": item and reader.refer("agenda_item", where, "agendaItem", item),
            "decided_on": thing.said.get("date"),
        }
        told = values | _some(own, (*OWN_DECISION, "basis"))
        row = meeting_id and reader.keep("decision", thing, DecisionDraft, told, called=DECISION)
        if row:
            self._made_there(thing, row)

    def _made_there(self, thing: Thing, row: Row) -> None:
        reader, told = self.reader, row.once | row.given
        met = reader.value("meeting", told["meeting_id"], "starts_at")
        if met is not None and told["decided_on"] < day_of(met):
            reader.fail(thing, "date", "before_meeting", "the meeting was later")
        if told["decided_on"] > self.today:
            reader.fail(thing, "date", "in_the_future", "that day has not come")
        there = reader.value("agenda_item", told["agenda_item_id"], "meeting_id")
        if there not in {None, told["meeting_id"]}:
            reader.fail(thing, "consultation", "other_meeting", "not on that agenda")


def _may_follow(before: CouncilPhase, after: CouncilPhase) -> bool:
    """Whether a phase may come after another; a closing that was undone comes back to it."""
    return CouncilPhase.closed in {before, after} or after in FOLLOWS[CouncilPhase(before)]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
