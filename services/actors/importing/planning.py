"""Planning: what the rows of a file would become, and what is wrong with them."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from services.actors.actor.actions import checked, weigh_numbers
from services.actors.actor.queries import ACTORS
from services.actors.actor.rules import NoOrgNumber, org_number_of
from services.actors.contract.actor import ActorKind, ActorStatus
from services.actors.contract.importing import (
    MOST_FAULTS,
    ROWS,
    STANDING,
    ImportedProgramme,
    ImportNoun,
    ImportOrder,
    KnownReason,
)
from services.actors.importing import queries, rules
from services.actors.importing.people import numbered, plan_people
from services.actors.importing.plans import Plan
from services.actors.importing.rules import Alike, Known, Register
from services.actors.person.queries import PEOPLE
from services.actors.programme.queries import PROGRAMMES
from services.actors.programme.rules import early
from services.kit import clock
from services.kit.bulk import Bulk, Reading, read_rows, weigh_rows
from services.kit.bulk_rows import Sent
from services.kit.collection import Collection
from services.kit.errors import FieldError, Rejected
from services.kit.http import Work
from services.kit.rows import without_marks
from services.kit.store import Record, plain


def _numbered(row: ImportedProgramme) -> ImportedProgramme:
    """The row with its provider's number as it is written everywhere. Rejected, as what it tells of
    starts is."""
    told = [error for start in row.intakes for error in early(start, clock.today())]
    if told:
        raise Rejected(told[0].message, errors=told)
    try:
        number = org_number_of(row.provider_org_number)
    except NoOrgNumber as wrong:
        raise Rejected(str(wrong), field="provider_org_number", reason=wrong.code) from None
    return row.model_copy(update={"provider_org_number": number})


THINGS: dict[ImportNoun, tuple[Collection, Bulk]] = {
    ImportNoun.actor: (ACTORS, Bulk(refine=checked, weigh=weigh_numbers)),
    ImportNoun.person: (PEOPLE, Bulk(refine=numbered)),
    ImportNoun.programme: (PROGRAMMES, Bulk(refine=_numbered)),
}


async def read(order: ImportOrder, rows: list[Any], print_: str) -> tuple[Sent, Reading]:
    """Each row by itself; needs no database."""
    shared = {"source": order.source} if order.source else {}
    whole = {n: shared | row for n, row in enumerate(rows) if isinstance(row, dict)}
    told = FieldError("", "model_type", "a row is a JSON object")
    unread = [(n, told) for n, row in enumerate(rows) if not isinstance(row, dict)]
    sent = Sent(whole, unread, print_)
    return sent, await read_rows(sent, ROWS[order.noun], THINGS[order.noun][1], MOST_FAULTS)


async def plan(work: Work, order: ImportOrder, reading: Reading) -> Plan:
    """What would become of the rows, with one query for each kind of thing."""
    found = Plan(reading)
    if order.noun is ImportNoun.programme:
        await _plan_programmes(work, order, found)
    elif order.noun is ImportNoun.person:
        await plan_people(work, order, found)
    else:
        await _plan_actors(work, order, found)
    return found


async def _plan_actors(work: Work, order: ImportOrder, found: Plan) -> None:
    reading = found.reading
    found.known = await _known_actors(work, reading.whole | reading.parts)
    if order.leave_known:
        found.leave(found.known)
    of_actor = partial(rules.actor_keys, folded=without_marks)
    rows = sorted((reading.whole | reading.parts).items())
    # In a thread: others are answered while 100,000 names are compared.
    found.alike = await asyncio.to_thread(lambda: rules.alike({n: of_actor(d) for n, d in rows}))
    await weigh_rows(work, *_weighed(order.noun, reading))
    for number, draft in reading.whole.items():
        values = plain(draft)
        standing = {name: values.pop(name, None) for name in STANDING}
        made = found.add("actor", number, values)
        if standing["level"]:
            found.add("standing", number, _standing(standing, values) | {"actor_id": made})


def _standing(said: Record, actor: Record) -> Record:
    """An actor's first level and status, as far as the file tells."""
    return {
        "level": said["level"], "status": said["status"] or ActorStatus.mapped,
        "valid_from": said["standing_from"] or clock.today(), "valid_to": None, "reason": None,
        "source": actor["source"], "example": actor["example"],
    }  # fmt: skip


def _weighed(noun: ImportNoun, reading: Reading) -> tuple[Collection, Reading, Bulk]:
    things, bulk = THINGS[noun]
    return things, reading, bulk


async def _known_actors(work: Work, rows: Mapping[int, Any]) -> dict[int, Known]:
    register = await queries.actors_known(work.db)
    hits = {
        n: rules.known_actor(
            register,
            d.name,
            d.org_number,
            rules.municipality_of(d),
            town=d.kind == ActorKind.municipality,
        )
        for n, d in rows.items()
    }
    return {number: hit for number, hit in hits.items() if hit}


async def _plan_programmes(work: Work, order: ImportOrder, found: Plan) -> None:
    reading = found.reading
    await weigh_rows(work, *_weighed(order.noun, reading))
    actors = await queries.actors_known(work.db)
    providers = _Providers(actors, order, found)
    rows = reading.whole | reading.parts
    owners = {number: providers.of(number, row) for number, row in rows.items()}
    register = await queries.programmes_known(work.db, rows.values())
    shared = rules.shared_sources(rows.values(), order.source)
    keys = {n: rules.programme_key(row, owners[n], shared) for n, row in rows.items()}
    found.known = {n: hit for n, key in keys.items() if (hit := register.find(key))}
    kept = {hit[0] for hit in found.known.values()} if order.leave_known else set()
    if order.leave_known:
        found.spare(found.known, ("intakes",))
    starts = await queries.intakes_known(work.db, list(kept))
    _make(order, found, owners, starts)
    found.alike = _alike_programmes(found, owners, keys)


def _alike_programmes(
    found: Plan, owners: Mapping[int, UUID | None], keys: Mapping[int, rules.Key]
) -> dict[int, Alike]:
    """Rows that tell the same as an earlier one, or of the same programme something else."""
    whole = found.reading.whole
    alike = rules.alike({n: [keys[n]] for n in whole if n not in found.known})

    def facts(number: int) -> Any:
        return rules.same_programme(whole[number], owners[number])

    return {n: one for n, one in alike.items() if n in found.left or facts(n) != facts(one[0])}


def _make(
    order: ImportOrder, found: Plan, owners: Mapping[int, UUID | None], starts: dict[UUID, set[Any]]
) -> None:
    """Programmes before their starts; a row that adds nothing is left out."""
    same: dict[Any, UUID] = {}
    for number, row in found.reading.whole.items():
        key, before = rules.same_programme(row, owners[number]), found.known.get(number)
        new = False
        if before and order.leave_known:
            same[key] = before[0]
        elif key not in same:
            values = plain(rules.facts_of(row)) | {"provider_actor_id": owners[number]}
            same[key], new = found.add("programme", number, values), True
        for start in row.intakes:
            if not rules.is_known_intake(starts, same[key], start):
                new = True
                starts.setdefault(same[key], set()).update(rules.marks_of(start))
                found.add("intake", number, plain(start) | {"programme_id": same[key]})
        if not new:
            found.left.add(number)


class _Providers:
    """Who offers the programmes: an actor named, found, or to be made."""

    def __init__(self, register: Register, order: ImportOrder, found: Plan) -> None:
        self.register, self.order, self.found = register, order, found

    def of(self, number: int, row: ImportedProgramme) -> UUID | None:
        """A row's provider; None where it is wrong, and what is wrong is told."""
        if row.provider_actor_id or not (row.provider_name or row.provider_org_number):
            return row.provider_actor_id
        told = (row.provider_name, row.provider_org_number, row.provider_municipality_code)
        hit = rules.known_actor(self.register, *told)
        if hit is None:
            return self._new(number, row)
        if several := rules.doubt_of(self.register, row.provider_name, hit):
            self.found.tell(number, "provider_name", "several_actors", several)
            return None
        if not hit[1]:  # made by an earlier row
            return hit[0]
        return self.found.take_for(row.provider_name or row.provider_org_number, hit)

    def _new(self, number: int, row: ImportedProgramme) -> UUID | None:
        if not (self.order.make_providers and row.provider_name):
            field = "provider_name" if row.provider_name else "provider_org_number"
            self.found.tell(number, field, "unknown_reference", "there is no such actor")
            return None
        code = row.provider_municipality_code
        values = {
            "name": row.provider_name,
            "kind": ActorKind.municipality if code else ActorKind.education_provider,
            "org_number": row.provider_org_number,
            "municipality_code": code,
            "source": self.order.source,
            "managed_by": row.managed_by,
        }
        empty = {"example": row.example, "sni_codes": [], "given_fields": []}
        made = self.found.add("actor", number, values | empty)
        self.found.new_providers.append(row.provider_name)
        self.register.add(KnownReason.org_number, row.provider_org_number, made, "")
        if code:
            self.register.add(KnownReason.municipality_code, code, made, "")
            self.register.codes[made] = code
        self.register.add_name(row.provider_name, made, "")
        return made
