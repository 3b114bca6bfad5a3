"""Reading: an archive becomes rows of ours, what is wrong with it, and what is left out."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from services.councils.oparl.addresses import OWN, key_of
from services.councils.oparl.flattening import Archive, Thing, is_id
from services.councils.oparl.others import Others
from services.councils.oparl.ours import Ours
from services.councils.oparl.rows import Reader, Row
from services.kit.errors import FieldError

# The fields that are read; others are counted and kept out.
READ = {
    "Organization": {"name", "shortName", "organizationType", "classification", "startDate",
                     "endDate", "subOrganizationOf"},
    "Membership": {"organization", "onBehalfOf", "startDate", "endDate"},
    "Meeting": {"name", "start", "end", "cancelled", "location", "organization", "agendaItem"},
    "AgendaItem": {"meeting", "number", "order", "name", "result", "resolutionText",
                   "resolutionFile", "auxiliaryFile", "consultation"},
    "Paper": {"name", "reference", "mainFile", "auxiliaryFile", "consultation", "web"},
    "Consultation": {"paper", "agendaItem", "meeting"},
    "File": {"name", "fileName", "accessUrl", "downloadUrl"},
    "Location": {"description", "room", "streetAddress", "locality"},
}  # fmt: skip
ALWAYS = {"id", "type", "created", "modified", OWN}
# Who somebody is, and what a whole house or a term is, is not taken in.
NEVER = ("System", "Body", "LegislativeTerm", "Person")
# Which table's rows an object may name, by its fields.
NAMES = {"organization": "council", "subOrganizationOf": "council", "meeting": "meeting",
         "agendaItem": "agenda_item"}  # fmt: skip
TABLE = {"Organization": "council", "Membership": "seat", "Meeting": "meeting",
         "AgendaItem": "agenda_item", "Paper": "decision"}  # fmt: skip
# What names another of its own kind, and by which field.
FORMER = {"supersedes_id": "decision", "predecessor_id": "council", "parent_id": "council"}


def named_in(archive: Archive) -> dict[str, set[UUID]]:
    """Every id, table by table, that an archive has or names."""
    found: dict[str, set[UUID]] = defaultdict(set)
    for kind, things in archive.things.items():
        for thing in things.values():
            if kind in TABLE:
                found[TABLE[kind]].add(key_of(thing.id))
            for name, table in NAMES.items():
                value = thing.said.get(name)
                named = value if isinstance(value, list) else [value]
                found[table] |= {key_of(str(one)) for one in named if is_id(one)}
            if isinstance(own := thing.said.get(OWN), dict):
                for name, table in FORMER.items():
                    found[table] |= {one} if (one := _uuid(own.get(name))) else set()
    return found


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


def read(reader: Reader) -> None:
    """Every object becomes rows, in the order in which they name each other."""
    others, ours, papers = Others(reader), Ours(reader), _papers(reader)
    living = {kind: _living(reader, kind) for kind in reader.archive.things}
    _each(reader, living["Organization"], ours.council, others.council)
    others.parents()
    _each(reader, living["Membership"], ours.membership, others.membership)
    others.seats()
    _each(reader, living["Meeting"], ours.meeting, others.meeting)
    places = others.in_order(one for one in living["AgendaItem"] if OWN not in one.said)

    def item(thing: Thing) -> None:
        others.item(thing, places[thing.id], papers.get(thing.id, ()))

    _each(reader, living["AgendaItem"], ours.item, item)
    _each(reader, living["Paper"], ours.decision, lambda _: None)
    used = {paper.id for found in papers.values() for paper in found}
    reader.left["Paper"] += sum(
        OWN not in one.said and one.id not in used for one in living["Paper"]
    )
    for kind in NEVER:
        reader.left[kind] += len(living[kind])
    for field, table in FORMER.items():
        reader.archive.wrong += _rings(reader, table, field)


def _living(reader: Reader, kind: str) -> list[Thing]:
    """Objects that were not removed; of those that were, only that is counted."""
    things = reader.of(kind)
    gone = [thing for thing in things if thing.said.get("deleted") is True]
    reader.left[f"deleted {kind}"] += len(gone)
    return [thing for thing in things if thing.said.get("deleted") is not True]


def _each(
    reader: Reader,
    things: list[Thing],
    ours: Callable[[Thing, dict[str, Any]], None],
    theirs: Callable[[Thing], None],
) -> None:
    """Those in our own words are read as ours, the rest as others'."""
    for thing in things:
        own = reader.own(thing)
        if own is not None:
            ours(thing, own)
        elif OWN not in thing.said:
            theirs(thing)


def _papers(reader: Reader) -> Mapping[str, list[Thing]]:
    """By point the papers that were dealt with there, whichever of the two says so."""
    archive, found = reader.archive, defaultdict[str, list[Thing]](list)
    by = {one.id: one for one in reader.of("Consultation")}
    pairs: list[tuple[Any, Any]] = [(one.said.get("agendaItem"), one.id) for one in by.values()]
    pairs += [(one.id, one.said.get("consultation")) for one in reader.of("AgendaItem")]
    for item, consultation in pairs:
        said = by[str(consultation)].said if str(consultation) in by else {}
        paper = archive.things["Paper"].get(str(said.get("paper")))
        if paper and OWN not in paper.said and paper not in found[str(item)]:
            found[str(item)].append(paper)
    return {item: papers for item, papers in found.items() if item in archive.things["AgendaItem"]}


def unread(archive: Archive) -> Counter[str]:
    """Fields of others' objects that are not taken in, and how often each stands there."""
    found: Counter[str] = Counter()
    for kind, names in READ.items():
        for thing in archive.things[kind].values():
            if OWN not in thing.said:
                found.update(f"{kind}.{name}"[:200] for name in thing.said.keys() - names - ALWAYS)
    return found


def _rings(reader: Reader, table: str, field: str) -> list[FieldError]:
    """What came of one that is not there, or in a ring of itself."""
    rows, found = reader.rows[table], list[FieldError]()
    for row in rows.values():
        above = row.given.get(field)
        if above is None:
            continue
        if above not in rows and above not in reader.stored[table]:
            found.append(row.blame(FieldError(field, "unknown_reference", f"no such {table}")))
        elif row.id in _line(reader, table, above):
            found.append(row.blame(FieldError(field, "circle", "it would be its own")))
    return found


def _line(reader: Reader, table: str, above: UUID) -> set[UUID]:
    """A row, all that it names of its own kind, and all that those do."""
    fields, waiting = [name for name, kind in FORMER.items() if kind == table], [above]
    seen: set[UUID] = set()
    while waiting:
        if (at := waiting.pop()) not in seen:
            seen.add(at)
            named = (reader.value(table, at, name) for name in fields)
            waiting += [one for one in named if one is not None]
    return seen


def in_order(rows: Mapping[UUID, Row], fields: Iterable[str]) -> list[Row]:
    """Rows so that each comes after those that it names; there is no ring."""
    found: dict[UUID, Row] = {}
    names = list(fields)
    for row in rows.values():
        waiting = [row]
        while waiting:
            at = waiting[-1]
            named: list[Any] = [at.given.get(name) for name in names]
            first = [rows[one] for one in named if one in rows and one not in found]
            waiting += first
            if not first:
                found[at.id] = waiting.pop()
    return list(found.values())
