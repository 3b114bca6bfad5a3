"""Others: what the objects of other systems become here, as far as we have a place for them.

No object has to have what ours must: a meeting's name, a council's kind. What is longer than a
name of ours stands whole in the longer text beside it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from services.councils.contract.council import (
    CouncilFacts,
    CouncilKind,
    CouncilLevel,
    CouncilPhase,
    PhaseChangeDraft,
    SeatDraft,
)
from services.councils.contract.decision import DecisionDraft
from services.councils.contract.meeting import (
    AgendaItemDraft,
    AgendaKind,
    MeetingDraft,
    MeetingStatus,
)
from services.councils.council.rules import first_day
from services.councils.meeting.queries import day_of
from services.councils.oparl.addresses import OWN, key_of
from services.councils.oparl.flattening import Thing
from services.councils.oparl.rows import Reader, is_url
from services.kit import clock
from services.kit.texts import heading

# What is no council: whom members belong to, and who carries things out.
NO_COUNCILS = {"partei", "fraktion", "verwaltungsbereich", "institution", "externes gremium"}
LONGEST, PLACE, MOST_ORDER = 200, 500, 10**18
COUNCIL = {"name": "name", "purpose": "name", "starts_on": "startDate", "ends_on": "endDate",
           "parent_id": "subOrganizationOf"}  # fmt: skip
SEAT = {"council_id": "organization", "actor_id": "onBehalfOf", "valid_from": "startDate",
        "valid_to": "endDate", "source": "id"}  # fmt: skip
MEETING = {"council_id": "organization", "title": "name", "starts_at": "start", "ends_at": "end",
           "place": "location", "source": "id", "status": "cancelled"}  # fmt: skip
ITEM = {"meeting_id": "meeting", "title": "name", "source": "id",
        "position": "order", "attachments": "auxiliaryFile"}  # fmt: skip
DECISION = {"text": "resolutionText", "decided_on": "meeting", "source": "id"}
NO_LEADER = "the archive does not say who leads it: give leader_actor_id (--leader ACTOR)"
ORDER = "a whole number of at most 18 digits"
EXCEPTION = "Inläst ur ett OParl-arkiv"
_MOMENT: TypeAdapter[Any] = TypeAdapter(AwareDatetime)


def whole(name: str | None, *others: str | None) -> str | None:
    """The longer text beside a name: the name where it was cut, and what else there is."""
    cut = name is not None and heading(name, LONGEST) != " ".join(name.split())
    return (
        "\n\n".join(part for part in (name.strip() if name and cut else None, *others) if part)
        or None
    )


class Others:
    """Reads the objects of other systems into rows."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.today = reader, clock.today()
        self.actors = {one.id: one.actor_id for one in reader.request.actors}
        self._orders: dict[str, list[Thing]] = {}
        self._spans: dict[tuple[str, UUID], list[tuple[date, date, Thing]]] = defaultdict(list)

    def council(self, thing: Thing) -> None:
        """A committee is a working group; parties and departments are left out."""
        reader, told = self.reader, ("organizationType", "classification")
        said = {str(thing.said.get(name, "")).strip().lower() for name in told}
        if no := said & NO_COUNCILS:
            reader.left[f"Organization ({min(no)})"] += 1
            return
        name, leader = reader.text(thing, "name"), reader.request.leader_actor_id
        if leader is None:
            reader.fail(thing, OWN, "missing", NO_LEADER)
            reader.failed["council"].add(key_of(thing.id))
            return
        starts_on = reader.day(thing, "startDate")
        values = {
            "name": heading(name or reader.text(thing, "shortName") or "", LONGEST),
            "kind": CouncilKind.working_group,
            "level": CouncilLevel.operative,
            "leader_actor_ids": [leader],
            "purpose": whole(name),
            "starts_on": starts_on,
            "ends_on": reader.day(thing, "endDate"),
            "parent_id": reader.named(thing, "subOrganizationOf"),
            "source": thing.id,
        }
        if reader.keep("council", thing, CouncilFacts, values, called=COUNCIL):
            self._first_phase(thing, starts_on)

    def parents(self) -> None:
        """Under what is left out, or is not there, nobody is placed: that is counted."""
        reader = self.reader
        for thing in reader.of("Organization"):
            row = None if OWN in thing.said else reader.rows["council"].get(key_of(thing.id))
            above = row.given["parent_id"] if row else None
            if row and above and not self._known(above):
                row.given["parent_id"] = None
                reader.left["Organization.subOrganizationOf"] += 1

    def _known(self, id: UUID) -> bool:
        return self.reader.has("council", id) or id in self.reader.stored["council"]

    def _first_phase(self, thing: Thing, starts_on: date | None) -> None:
        began = {"on": first_day(starts_on, self.today)}
        values: dict[str, Any] = {"council_id": key_of(thing.id), "number": 1}
        values |= {"phase": CouncilPhase.active}
        row = self.reader.keep(
            "phase_change", thing, PhaseChangeDraft, values | began, id=key_of(thing.id, "#phase")
        )
        if row and starts_on is None:  # it counts from the day that it was first written down
            row.once |= {"on": row.given.pop("on")}

    def membership(self, thing: Thing) -> None:
        """A seat is an actor's: only of those whose actor is known, and nobody's name."""
        reader, council = self.reader, str(thing.said.get("organization"))
        actor_id = self.actors.get(str(thing.said.get("onBehalfOf")))
        begins = reader.day(thing, "startDate")
        left = council in reader.archive.things["Organization"] and not self._has(council)
        if actor_id is None or begins is None or left:
            reader.left["Membership"] += 1
        elif reader.refer("council", thing, "organization", council):
            ends = reader.day(thing, "endDate")
            last = clock.from_day(ends, timedelta(days=1)) if ends else date.max
            self._spans[council, actor_id].append((begins, last, thing))

    def _has(self, organization: str) -> bool:
        return self.reader.has("council", key_of(organization))

    def seats(self) -> None:
        """Those who sit for the same actor at the same time have one seat together."""
        for (council, actor_id), spans in self._spans.items():
            joined: list[tuple[date, date, Thing]] = []
            for begins, ends, thing in sorted(spans, key=lambda span: (span[0], span[2].place)):
                if joined and begins <= joined[-1][1]:
                    first = joined[-1]
                    joined[-1] = (first[0], max(first[1], ends), first[2])
                else:
                    joined.append((begins, ends, thing))
            for number, (begins, ends, thing) in enumerate(joined, 1):
                values = {
                    "council_id": key_of(council),
                    "actor_id": actor_id,
                    "valid_from": begins,
                    "valid_to": None if ends == date.max else ends,
                    "readiness_exception": EXCEPTION,
                    "source": thing.id,
                }
                id = key_of(council, f"#seat-{actor_id}-{number}")  # noqa: A001
                self.reader.keep("seat", thing, SeatDraft, values, id=id, called=SEAT)

    def meeting(self, thing: Thing) -> None:
        """A meeting of the first of its organizations that is a council."""
        reader, named = self.reader, self.reader.each(thing, "organization")
        there = reader.archive.things["Organization"]
        councils = [one for one in named if str(one) not in there or self._has(str(one))]
        if named and not councils:
            reader.left["Meeting"] += 1
            return
        council_id = reader.refer("council", thing, "organization", (councils or [None])[0])
        if council_id is None:
            return
        name = reader.text(thing, "name") or reader.value("council", council_id, "name")
        starts, ends = thing.said.get("start"), thing.said.get("end")
        values = {
            "council_id": council_id,
            "title": heading(name or "Möte", LONGEST),
            "starts_at": starts,
            "ends_at": None if ends == starts else ends,
            "place": self._place(thing),
            "status": self._status(thing, starts),
            "source": thing.id,
        }
        reader.keep("meeting", thing, MeetingDraft, values, called=MEETING)

    def _status(self, thing: Thing, starts: Any) -> MeetingStatus:
        cancelled = thing.said.get("cancelled", False)
        if not isinstance(cancelled, bool):
            self.reader.fail(thing, "cancelled", "bool_type", "true or false")
        try:
            begun = _MOMENT.validate_python(starts) <= clock.now()
        except ValidationError:  # told where the meeting is read
            begun = False
        happened = MeetingStatus.held if begun else MeetingStatus.planned
        return MeetingStatus.cancelled if cancelled else happened

    def _place(self, thing: Thing) -> str | None:
        named = thing.said.get("location")
        if named is None:
            return None
        found = self.reader.archive.things["Location"].get(str(named))
        if found is None:
            self.reader.fail(thing, "location", "unknown_reference", "there is no such place")
            return None
        parts = ("description", "room", "streetAddress", "locality")
        told = (self.reader.text(found, part) for part in parts)
        return heading(", ".join(dict.fromkeys(filter(None, told))), PLACE) or None

    def in_order(self, things: Iterable[Thing]) -> dict[str, int]:
        """The place of each point on its agenda, from 1."""
        found: dict[str, list[Thing]] = defaultdict(list)
        for thing in things:
            found[str(thing.said.get("meeting"))].append(thing)
        return {
            thing.id: place
            for agenda in found.values()
            for place, thing in enumerate(sorted(agenda, key=self._order), 1)
        }

    def _order(self, thing: Thing) -> tuple[int, int]:
        order = thing.said.get("order", 0)
        if not isinstance(order, int) or isinstance(order, bool) or abs(order) >= MOST_ORDER:
            self.reader.fail(thing, "order", "int_type", ORDER)
            order = 0
        return order, thing.place

    def item(self, thing: Thing, place: int, papers: Iterable[Thing]) -> None:
        """A point with its documents; what was decided at it is a decision where it was held."""
        reader, named = self.reader, thing.said.get("meeting")
        there = reader.archive.things["Meeting"].get(str(named))
        if there and not reader.has("meeting", key_of(there.id)):
            reader.left["AgendaItem"] += 1  # of a meeting that is left out
            return
        meeting_id = reader.refer("meeting", thing, "meeting", named)
        if meeting_id is None:
            return
        name, result = reader.text(thing, "name"), reader.text(thing, "result")
        resolved = reader.text(thing, "resolutionText")
        held = reader.value("meeting", meeting_id, "status") == MeetingStatus.held
        told = {"name": name, "result": result, "resolutionText": None if held else resolved}
        blamed = {"minutes": max(told, key=lambda part: len(told[part] or ""))}
        values = {
            "meeting_id": meeting_id,
            "position": place,
            "kind": AgendaKind.decision if resolved and held else AgendaKind.information,
            "title": heading(name or reader.text(thing, "number") or "Punkt", LONGEST),
            "minutes": whole(*told.values()),
            "attachments": self._documents(thing, papers),
            "source": thing.id,
        }
        row = reader.keep("agenda_item", thing, AgendaItemDraft, values, called=ITEM | blamed)
        if row and resolved and held:
            self._decision(thing, meeting_id, resolved)

    def _decision(self, thing: Thing, meeting_id: UUID, text: str) -> None:
        values = {
            "council_id": self.reader.value("meeting", meeting_id, "council_id"),
            "meeting_id": meeting_id,
            "agenda_item_id": key_of(thing.id),
            "text": text,
            "decided_on": day_of(self.reader.value("meeting", meeting_id, "starts_at")),
            "source": thing.id,
        }
        id = key_of(thing.id, "#resolution")  # noqa: A001
        self.reader.keep("decision", thing, DecisionDraft, values, id=id, called=DECISION)

    def _documents(self, thing: Thing, papers: Iterable[Thing]) -> list[dict[str, Any]]:
        """The files of a point, and of the papers that were dealt with there."""
        found = [self._document(thing, name, one) for name, one in self._files(thing)]
        for paper in papers:
            files = [self._document(paper, name, one) for name, one in self._files(paper)]
            found += files or [self._link(paper, paper.said.get("web", paper.id))]
        unlike = {one["url"]: one for one in found if one}
        return list(unlike.values())

    def _files(self, thing: Thing) -> list[tuple[str, Any]]:
        names = ("mainFile", "resolutionFile", "auxiliaryFile")
        return [(name, one) for name in names for one in self.reader.each(thing, name)]

    def _document(self, thing: Thing, name: str, named: Any) -> dict[str, Any] | None:
        file = self.reader.archive.things["File"].get(str(named))
        if file is None:
            self.reader.fail(thing, name, "unknown_reference", "there is no such file")
            return None
        return self._link(file, file.said.get("accessUrl", file.said.get("downloadUrl")))

    def _link(self, thing: Thing, url: Any) -> dict[str, Any] | None:
        told = [self.reader.text(thing, name) for name in ("reference", "name", "fileName")]
        title = " ".join(dict.fromkeys(filter(None, told))) or str(url)
        if not is_url(url):
            self.reader.fail(thing, "accessUrl", "url", "a document has an address on the web")
            return None
        return {"title": heading(title, LONGEST), "url": url}
