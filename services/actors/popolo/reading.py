"""Reading: what a Popolo archive says, as our own things, and everything that is wrong with it.

Archives of others lack what we ask for: a classification that we do not have becomes `other`, a
role without a post gets one, and dates of a year or a month become its first or last day.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import ValidationError

from services.actors.actor.rules import NoOrgNumber, org_number_of
from services.actors.contract.actor import ActorDraft, ActorKind, ActorStatus, StandingDraft
from services.actors.contract.person import PersonDraft
from services.actors.contract.popolo import (
    Popolo,
    PopoloMembership,
    PopoloOrganization,
    PopoloPerson,
    PopoloPost,
    PopoloThing,
)
from services.actors.contract.post import HoldingCover, HoldingDraft, PostDraft, PostFunction
from services.actors.contract.relation import RelationDraft, RelationKind
from services.actors.popolo.days import NO_DATE, day_of
from services.actors.popolo.merges import Merge
from services.actors.popolo.naming import CLOSED, KINDS, MEMBER, OURS, PARENT, at, own_of, uuid_in
from services.actors.popolo.past import EARLIER, STEPS, Step
from services.actors.popolo.writing import (
    BRANCH,
    NUMBER,
    OWN_ACTOR,
    OWN_HOLDING,
    OWN_PERSON,
    OWN_POST,
    OWN_RELATION,
    OWN_STANDING,
)
from services.kit.contract import Draft
from services.kit.errors import FieldError, field_errors
from services.kit.rows import new_id
from services.kit.store import plain

Values = dict[str, Any]
Called = Mapping[str, str] | None
MERGED = tuple(Merge.model_fields)


class Row(NamedTuple):
    """What becomes a row: where it stands in the archive, and what the draft has no field for."""

    where: str
    draft: Draft
    more: Values
    called: Called = None

    @property
    def values(self) -> Values:
        """The row as it is stored."""
        return plain(self.draft) | self.more

    def blame(self, error: FieldError) -> FieldError:
        """An error of ours at its place in the archive."""
        return at(self.where, error, self.called)


class Reading:
    """An archive being read: rows for each table, what is known already, and what is wrong."""

    def __init__(self, archive: Popolo, known: Mapping[str, set[UUID]], today: date) -> None:
        self.known, self.today = known, today
        self.wrong: list[FieldError] = []
        self.rows: dict[str, list[Row]] = {
            name: [] for name in ("actor", "standing", "post", "person", "holding", "relation")
        }
        self.past: dict[UUID, list[Step]] = {}
        self._ids: dict[str, dict[str, UUID]] = {kind: {} for kind in KINDS}
        self._posts: dict[tuple[UUID, str], UUID] = {}
        for kind in KINDS:
            self._name(kind, getattr(archive, kind))
        readers: dict[str, Any] = {
            "organizations": self._actor,
            "posts": self._post,
            "persons": self._person,
            "memberships": self._membership,
        }
        for kind, read in readers.items():
            for number, one in enumerate(getattr(archive, kind)):
                read(f"{kind}.{number}", one)
        self._parents(archive.organizations)

    def _name(self, kind: str, things: Iterable[PopoloThing]) -> None:
        """Ours keep their ids; what has another gets a new one."""
        for number, one in enumerate(things):
            text = one.id or f"{kind}.{number}"
            if text in self._ids[kind]:
                self._fail(f"{kind}.{number}.id", "repeated", "two of this kind have this id")
            self._ids[kind][text] = uuid_in(text) or new_id()

    def _fail(self, field: str, code: str, message: str) -> None:
        self.wrong.append(FieldError(field, code, message))

    def _own_id(self, kind: str, where: str, one: PopoloThing) -> UUID | None:
        """The thing's id; None where it is in the registry already, and left as it is."""
        id = self._ids[kind][one.id or where]  # noqa: A001
        return None if id in self.known[kind] else id

    def refer(self, kind: str, text: str | None, field: str) -> UUID | None:
        """The thing that an id names, in the archive or in the registry."""
        found = self._ids[kind].get(text or "") or uuid_in(text)
        if found and (found in self.known[kind] or text in self._ids[kind]):
            return found
        self._fail(field, "unknown_reference" if text else "missing", f"there is no {kind} {text}")
        return None

    def _keep(
        self, table: str, where: str, draft: type[Draft], values: Values, called: Called = None
    ) -> None:
        """A row for a table, or what is wrong with it by what its fields are called there."""
        more = {name: values.pop(name) for name in ("id", *MERGED) if name in values}
        try:
            checked = draft.model_validate(values)
        except ValidationError as failure:
            self._refuse(where, failure, called)
            return
        self.rows[table].append(Row(where, checked, more, called))

    def _refuse(self, where: str, failure: ValidationError, called: Called = None) -> None:
        found = field_errors(failure.errors(include_url=False))
        self.wrong += [at(where, error, called) for error in found]

    def _days(self, where: str, one: PopoloMembership) -> Values:
        """A period of ours: until the day after the last one."""
        found: Values = {}
        for name, field, last in (
            ("valid_from", "start_date", False),
            ("valid_to", "end_date", True),
        ):
            try:
                day = day_of(getattr(one, field), last=last)
                found[name] = day + timedelta(days=1) if day and last else day
            except (ValueError, OverflowError):
                self._fail(f"{where}.{field}", "date_parsing", NO_DATE)
        return found

    def _actor(self, where: str, one: PopoloOrganization) -> None:
        id = self._own_id("organizations", where, one)  # noqa: A001
        if id is None:
            return
        numbers = [n.identifier for n in one.identifiers if n.scheme == NUMBER]
        values = own_of(one, OWN_ACTOR) | {
            "id": id,
            "name": one.name,
            "kind": one.classification if one.classification in set(ActorKind) else ActorKind.other,
            "other_names": "\n".join(other.name for other in one.other_names) or None,
            "sni_codes": list(
                dict.fromkeys(n.identifier for n in one.identifiers if n.scheme == BRANCH)
            ),
            "municipality_code": one.area_id,
            "mission": one.description,
            "website": one.links[0].url if one.links else None,
            "org_number": self._number(where, numbers),
        }
        self._keep("actor", where, ActorDraft, values | self._merge(where, one))
        self._standings(where, one, id)

    def _merge(self, where: str, one: PopoloOrganization) -> Values:
        where += ".kompetensnav"
        try:
            said = Merge.model_validate(own_of(one, MERGED)).model_dump()
        except ValidationError as failure:
            self._refuse(where, failure)
            return Merge().model_dump()
        for name in MERGED[:2]:
            if said[name] is not None:
                said[name] = self.refer("organizations", said[name], f"{where}.{name}")
        return said

    def _number(self, where: str, numbers: list[str]) -> str | None:
        try:
            return org_number_of(numbers[0]) if numbers else None
        except NoOrgNumber as wrong:
            self._fail(f"{where}.identifiers", wrong.code, str(wrong))
            return None

    def _standings(self, where: str, one: PopoloOrganization, actor_id: UUID) -> None:
        told = one.kompetensnav.get("standings", [])
        if not told and one.dissolution_date:
            self._closed(where, one.dissolution_date, {"id": new_id(), "actor_id": actor_id})
        for number, standing in enumerate(told if isinstance(told, list) else []):
            place = f"{where}.kompetensnav.standings.{number}"
            if not isinstance(standing, dict):
                self._fail(place, "model_type", "a standing is an object")
                continue
            values = {name: standing[name] for name in OWN_STANDING if name in standing}
            values.setdefault("level", None)  # nothing that is null is exported
            values |= {"id": uuid_in(values.get("id")) or new_id(), "actor_id": actor_id}
            self._keep("standing", place, StandingDraft, values, OURS)

    def _closed(self, where: str, text: str, values: Values) -> None:
        try:
            day = day_of(text, last=True)
        except (ValueError, OverflowError):
            self._fail(f"{where}.dissolution_date", "date_parsing", NO_DATE)
            return
        values |= {"valid_from": day, "level": None, "status": ActorStatus.closed}
        self._keep("standing", where, StandingDraft, values, CLOSED)

    def _post(self, where: str, one: PopoloPost) -> None:
        id = self._own_id("posts", where, one)  # noqa: A001
        actor = self.refer("organizations", one.organization_id, f"{where}.organization_id")
        if id is None or actor is None:
            return
        known = one.role if one.role in set(PostFunction) else PostFunction.other
        values = {"id": id, "actor_id": actor, "title": one.label or one.role, "function": known}
        self._keep("post", where, PostDraft, own_of(one, OWN_POST) | values)

    def _person(self, where: str, one: PopoloPerson) -> None:
        id = self._own_id("persons", where, one)  # noqa: A001
        if id is None:
            return
        phones = [way.value for way in one.contact_details if way.type in {"voice", "cell"}]
        values = {"id": id, "name": one.name, "email": one.email, "phone": next(iter(phones), None)}
        self._keep("person", where, PersonDraft, own_of(one, OWN_PERSON) | values)

    def _membership(self, where: str, one: PopoloMembership) -> None:
        id = self._own_id("memberships", where, one)  # noqa: A001
        if id is None:
            return
        values = {"id": id} | self._days(where, one)
        if one.member is not None:
            self._relation(where, one, values)
        else:
            self._holding(where, one, values)

    def _relation(self, where: str, one: PopoloMembership, values: Values) -> None:
        assert one.member is not None  # noqa: S101 - asked by the caller
        sides = {
            "actor_id": self.refer("organizations", one.member.id, f"{where}.member.id"),
            "other_actor_id": self.refer(
                "organizations", one.organization_id, f"{where}.organization_id"
            ),
        }
        kind = one.role if one.role in set(RelationKind) else RelationKind.member_of
        if None not in sides.values():
            told = own_of(one, OWN_RELATION) | values | sides | {"kind": kind}
            self._keep("relation", where, RelationDraft, told, MEMBER)
            self._earlier(f"{where}.kompetensnav.{EARLIER}", one, values["id"])

    def _earlier(self, where: str, one: PopoloMembership, id: UUID) -> None:
        """The states that a relation was in before, or what is wrong with them."""
        try:
            self.past[id] = STEPS.validate_python(one.kompetensnav.get(EARLIER, []))
        except ValidationError as failure:
            self._refuse(where, failure)

    def _holding(self, where: str, one: PopoloMembership, values: Values) -> None:
        sides = {
            "person_id": self.refer("persons", one.person_id, f"{where}.person_id"),
            "post_id": self._held(where, one),
        }
        covers = one.post_id is not None and one.role == HoldingCover.substitute
        values["cover"] = HoldingCover.substitute if covers else HoldingCover.ordinary
        if None not in sides.values():
            self._keep("holding", where, HoldingDraft, own_of(one, OWN_HOLDING) | values | sides)

    def _held(self, where: str, one: PopoloMembership) -> UUID | None:
        """The post; made where an organisation's member has none."""
        if one.post_id or not one.organization_id:
            return self.refer("posts", one.post_id, f"{where}.post_id")
        actor = self.refer("organizations", one.organization_id, f"{where}.organization_id")
        if actor is None:
            return None
        place = (actor, one.role or "Kontakt")
        if place not in self._posts:
            self._posts[place] = new_id()
            values = {"id": self._posts[place], "actor_id": actor, "title": place[1]}
            self._keep("post", where, PostDraft, values | {"function": PostFunction.other})
        return self._posts[place]

    def _parents(self, organizations: Iterable[PopoloOrganization]) -> None:
        """A parent that no membership tells of is one from today on."""
        part = RelationKind.part_of
        told = {
            (row.values["actor_id"], row.values["other_actor_id"])
            for row in self.rows["relation"]
            if row.values["kind"] == part
        }
        for number, one in enumerate(organizations):
            where = f"organizations.{number}"
            child = self._own_id("organizations", where, one)
            if not one.parent_id or child is None:
                continue
            parent = self.refer("organizations", one.parent_id, f"{where}.parent_id")
            if parent is not None and (child, parent) not in told:
                sides = {"id": new_id(), "actor_id": child, "other_actor_id": parent, "kind": part}
                values = sides | {"valid_from": self.today}
                self._keep("relation", where, RelationDraft, values, PARENT)
