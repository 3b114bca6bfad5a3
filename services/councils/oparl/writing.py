"""Writing: our things as the objects of OParl. What it has no word for stands in our own words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from services.councils.contract.council import CouncilFacts, CouncilState, SeatDraft
from services.councils.contract.decision import DecisionDraft
from services.councils.contract.meeting import (
    AgendaItemDraft,
    MeetingDraft,
    MeetingState,
    MeetingStatus,
)
from services.councils.oparl.addresses import BODY, OWN, SCHEMA, Addresses
from services.kit.texts import heading

Row = Mapping[str, Any]
Out = dict[str, Any]
NAME = "Kommunalförbundet"
LONGEST = 200
STATES = {MeetingStatus.planned: "terminiert", MeetingStatus.held: "durchgeführt"}
# Needs, and what stands on every agenda, are no things of OParl: they stay here.
STAYS = {"need_ids", "council_id", "meeting_id", "agenda_item_id", "standing_item_id", "basis"}


def own_names(*shapes: Any, native: Iterable[str]) -> tuple[str, ...]:
    """The fields that are told in our own words: all but those that OParl has a word for."""
    told = {name: None for shape in shapes for name in shape.model_fields}
    return tuple(name for name in told if name not in {*native, *STAYS})


OWN_COUNCIL = own_names(CouncilFacts, CouncilState, native=("name", "starts_on", "parent_id"))
OWN_SEAT = own_names(SeatDraft, native=("valid_from", "valid_to"))
OWN_SEAT += ("ended_with_council", "ended_before_closing")
OWN_MEETING = own_names(MeetingDraft, MeetingState, native=("title", "starts_at", "ends_at"))
OWN_ITEM = own_names(AgendaItemDraft, native=("title", "position"))
OWN_DECISION = own_names(DecisionDraft, native=("decided_on",))
OWN_PHASE = ("id", "number", "phase", "on", "reason", "source", "example")


def _own(row: Row, names: Iterable[str], **more: Any) -> Out:
    """What this caller may read of our own words: what is hidden is not there, not even as null."""
    hidden = row.get("hidden", ())
    return {OWN: {name: row[name] for name in names if name not in hidden} | more}


def _type(name: str) -> str:
    return f"{SCHEMA}/{name}"


def moment(at: datetime | None) -> str | None:
    """A moment as JSON tells it."""
    return at.isoformat().replace("+00:00", "Z") if at else None


def _told(**values: Any) -> Out:
    return {name: value for name, value in values.items() if value not in (None, [], "")}


def _times(row: Row) -> Out:
    return {"created": moment(row["created_at"]), "modified": moment(row["updated_at"])}


def _whole(id: str, kind: str, row: Row, said: Out, own: Out | None = None) -> Out:
    return {"id": id, "type": _type(kind)} | said | (own or {}) | _times(row)


def gone(id: str, kind: str, row: Row) -> Out:
    """What is told of a thing that was removed: that it was, and when."""
    return _whole(id, kind, row, {"deleted": True})


def system(to: Addresses) -> Out:
    """The house: where everything is found from."""
    said = {"name": "Kompetensnav", "website": to.house, "body": to.list("bodies")}
    version = {"oparlVersion": f"{SCHEMA}/"}
    return {"id": to.root, "type": _type("System")} | version | said


def body(to: Addresses) -> Out:
    """The municipal association."""
    lists = {
        "organization": "organizations",
        "person": "people",
        "meeting": "meetings",
        "paper": "papers",
        "agendaItem": "agenda-items",
        "consultation": "consultations",
        "membership": "memberships",
        "legislativeTermList": "legislative-terms",
    }
    said = {"system": to.root, "name": NAME, "website": to.house, "legislativeTerm": []}
    told = {field: to.list(kind) for field, kind in lists.items()}
    return {"id": to.of("bodies", BODY), "type": _type("Body")} | said | told


def organization(to: Addresses, council: Row, phases: Sequence[Row]) -> Out:
    """A council."""
    id = to.of("organizations", council["id"])  # noqa: A001
    asked = f"?organization={council['id']}"
    said = _told(
        body=to.body,
        name=council["name"],
        organizationType="Gremium",
        classification=council["kind"],
        startDate=council["starts_on"],
        endDate=council["closed_on"] or council["ends_on"],
        subOrganizationOf=council["parent_id"] and to.of("organizations", council["parent_id"]),
        meeting=to.list("meetings") + asked,
        consultation=to.list("consultations") + asked,
    )
    told = [{name: one[name] for name in OWN_PHASE} for one in phases]
    return _whole(id, "Organization", council, said, _own(council, OWN_COUNCIL, phases=told))


def actor(to: Addresses, id: object, name: str | None) -> Out:
    """An actor on whose behalf somebody sits, as far as the registry says what it is called."""
    known = _told(body=to.body, name=name, organizationType="Institution")
    return {"id": to.of("organizations", id), "type": _type("Organization")} | known


def membership(to: Addresses, seat: Row, person_id: object | None) -> Out:
    """A seat; the last day of OParl is the one before our first without."""
    ends: date | None = seat["valid_to"]
    said = _told(
        person=person_id and to.of("people", person_id),
        organization=to.of("organizations", seat["council_id"]),
        onBehalfOf=to.of("organizations", seat["actor_id"]),
        role=seat["role"],
        startDate=seat["valid_from"],
        endDate=ends and ends - timedelta(days=1),
    )
    id = to.of("memberships", seat["id"])  # noqa: A001
    return _whole(id, "Membership", seat, said, _own(seat, OWN_SEAT))


def person(to: Addresses, told: Mapping[str, Any]) -> Out:
    """Whoever holds or covers the post of a seat today (personal data)."""
    ways = {name: [told[name]] for name in ("email", "phone") if told.get(name)}
    said = {"body": to.body, "name": told["name"]} | ways
    times = {"created": told["created_at"], "modified": told["updated_at"]}
    return {"id": to.of("people", told["id"]), "type": _type("Person")} | said | times


def location(to: Addresses, meeting: Row) -> Out:
    """Where a meeting is."""
    said = _told(description=meeting["place"] or meeting["link"])
    return _whole(to.of("locations", meeting["id"]), "Location", meeting, said)


def meeting(to: Addresses, row: Row, items: Sequence[Out]) -> Out:
    """A meeting with its agenda."""
    said = _told(
        name=row["title"],
        meetingState=STATES.get(row["status"]),
        cancelled=row["status"] == MeetingStatus.cancelled,
        start=moment(row["starts_at"]),
        end=moment(row["ends_at"]),
        location=location(to, row) if row["place"] or row["link"] else None,
        organization=[to.of("organizations", row["council_id"])],
        agendaItem=[*items],
    )
    id = to.of("meetings", row["id"])  # noqa: A001
    return _whole(id, "Meeting", row, said, _own(row, OWN_MEETING))


def _file(to: Addresses, row: Row, place: int, name: str, url: str) -> Out:
    id = to.of("files", f"{row['id']}-{place}")  # noqa: A001
    return _whole(id, "File", row, {"name": name, "accessUrl": url})


def agenda_item(to: Addresses, row: Row, decided: Sequence[Row]) -> Out:
    """A point on an agenda, with what was decided at it."""
    linked = enumerate(row["attachments"])
    replaced = {one["supersedes_id"] for one in decided}
    stands = [one for one in decided if one["id"] not in replaced]
    said = _told(
        meeting=to.of("meetings", row["meeting_id"]),
        number=str(row["position"]),
        name=row["title"],
        consultation=to.of("consultations", stands[0]["id"]) if stands else None,
        resolutionText="\n\n".join(one["text"] for one in stands),
        auxiliaryFile=[_file(to, row, n, one["title"], one["url"]) for n, one in linked],
    )
    ordered = {"order": row["position"]} | said
    id = to.of("agenda-items", row["id"])  # noqa: A001
    return _whole(id, "AgendaItem", row, ordered, _own(row, OWN_ITEM))


def consultation(to: Addresses, decision: Row) -> Out:
    """Where a decision was made."""
    at = decision["agenda_item_id"]
    said = _told(
        paper=to.of("papers", decision["id"]),
        meeting=to.of("meetings", decision["meeting_id"]),
        agendaItem=at and to.of("agenda-items", at),
        organization=[to.of("organizations", decision["council_id"])],
        authoritative=True,
        role="decision",
    )
    return _whole(to.of("consultations", decision["id"]), "Consultation", decision, said)


def paper(to: Addresses, decision: Row) -> Out:
    """A decision: its words, and the documents that it rests on by their addresses."""
    address = f"{to.house}/api/v1/decisions/{decision['id']}"
    words = {"name": heading(decision["text"], LONGEST), "mimeType": "application/json"}
    main = words | {"accessUrl": address, "text": decision["text"]}
    basis = [(n, one) for n, one in enumerate(decision["basis"]) if one.get("url")]
    before = decision["supersedes_id"]
    said = _told(
        body=to.body,
        name=words["name"],
        date=decision["decided_on"],
        paperType="decision",
        relatedPaper=[to.of("papers", before)] if before else None,
        mainFile=_whole(to.of("files", decision["id"]), "File", decision, main),
        auxiliaryFile=[_file(to, decision, n, one["label"], one["url"]) for n, one in basis],
        underDirectionOf=[to.of("organizations", decision["council_id"])],
        consultation=[consultation(to, decision)],
    )
    # What another keeps by an id is not in the archive, so that no id of it goes along.
    rests = [
        {name: value for name, value in one.items() if name != "id"} for one in decision["basis"]
    ]
    own = _own(decision, OWN_DECISION, basis=rests)
    return _whole(to.of("papers", decision["id"]), "Paper", decision, said, own)
