"""Rules about imports: which rows are probably there already, and which are one programme."""

from collections.abc import Callable, Container, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.actors.actor.rules import (
    bare_name,
    town_written,
    towns_of,
    words,
    written_number,
)
from services.actors.contract.actor import ActorKind
from services.actors.contract.importing import ImportedProgramme, KnownReason
from services.actors.contract.programme import ProgrammeFacts

Known = tuple[UUID, str, KnownReason]
Key = tuple[KnownReason, str | None]
MOST_MEANT = 5
MOST_OF_SOURCE = 500
Alike = tuple[int, KnownReason]  # the earlier row, and what they have alike


@dataclass
class Register:
    """Stored things by what a row may be known by; several of one name are remembered as such."""

    by: dict[tuple[KnownReason, str], tuple[UUID, str]] = field(default_factory=dict)
    several: dict[tuple[KnownReason, str], dict[UUID, str]] = field(default_factory=dict)
    numbers: dict[UUID, str] = field(default_factory=dict)
    codes: dict[UUID, str] = field(default_factory=dict)
    emails: dict[UUID, str] = field(default_factory=dict)
    folded: Callable[[str], str] = str.lower

    def name_keys(self, name: str | None) -> list[Key]:
        """What an actor's name is found by: as it is written first, then as it is compared."""
        bare = bare_name(name) if name else ""
        return [(KnownReason.name, bare), (KnownReason.name, bare and f"~{self.folded(bare)}")]

    def add_name(self, name: str | None, id: UUID, called: str) -> None:
        """One more actor's name."""
        for reason, key in self.name_keys(name):
            self.add(reason, key, id, called)

    def town_keys(self, name: str | None) -> list[Key]:
        """What a municipality is found by where its town is named: Skövde, of Skövde kommun."""
        return [(KnownReason.name, f"@{self.folded(town)}") for town in towns_of(name)]

    def meant(self, name: str | None) -> dict[UUID, str]:
        """The actors that a name may mean: who is called so, by the key that finds one, and the
        municipality of a town of that name where nobody is called just so."""
        called, towns = self._led_to(*self.name_keys(name)), self._led_to(*self.town_keys(name))
        said = words(name)
        return called if said in map(words, called.values()) else called | towns

    def _led_to(self, *keys: Key) -> dict[UUID, str]:
        first = self.find(*keys)
        return self.shared(*keys) or ({first[0]: first[1]} if first else {})

    def shared(self, *keys: Key) -> dict[UUID, str]:
        """The things that the first fitting key leads to, where they are several."""
        first = next((key for key in keys if key in self.by), None)
        return self.several.get(first, {}) if first else {}

    def add(self, reason: KnownReason, key: str | None, id: UUID, name: str) -> None:
        """One more thing that is known by a key."""
        if not key:
            return
        first = self.by.setdefault((reason, key), (id, name))
        if first[0] != id:
            self.several.setdefault((reason, key), dict([first]))[id] = name

    def find(self, *keys: tuple[KnownReason, str | None]) -> Known | None:
        """The thing that the first fitting key leads to."""
        for reason, key in keys:
            if key and (found := self.by.get((reason, key))):
                return (*found, reason)
        return None


def actor_register(rows: Iterable[Any], folded: Callable[[str], str]) -> Register:
    """Living actors by number, bare name and the municipality that they are."""
    found = Register(folded=folded)
    for row in rows:
        found.add(KnownReason.org_number, row.org_number, row.id, row.name)
        found.add(KnownReason.municipality_code, municipality_of(row), row.id, row.name)
        if row.org_number:
            found.numbers[row.id] = row.org_number
        if code := municipality_of(row):
            found.codes[row.id] = code
        for name in sorted({row.name, *(row.other_names or "").splitlines()}):
            found.add_name(name, row.id, row.name)
            for reason, key in found.town_keys(name) if row.kind == ActorKind.municipality else ():
                found.add(reason, key, row.id, row.name)
    return found


def municipality_of(row: Any) -> str | None:
    """The code of the municipality that an actor is; None for one that is only in it."""
    return row.municipality_code if row.kind == ActorKind.municipality else None


def known_actor(
    register: Register,
    name: str | None,
    org_number: str | None,
    municipality: str | None = None,
    *,
    town: bool = True,
) -> Known | None:
    """By number; as a municipality or by name only where neither the numbers nor the codes of
    two municipalities speak against it. `town`: the name of its town may mean a municipality."""
    if by_number := register.find((KnownReason.org_number, org_number)):
        return by_number
    code = (KnownReason.municipality_code, municipality)
    short = register.town_keys(name) if town else []
    # Who has no code may be called by the town's name: as it is written, for Håbo is not Habo.
    said = [register.name_keys(one)[0] for one in town_written(name)] if municipality else []
    found = register.find(code, *register.name_keys(name), *short, *said)
    told = ((register.numbers, org_number), (register.codes, municipality))
    differ = found and any(own and kept.get(found[0], own) != own for kept, own in told)
    return None if differ else found


def doubt_of(register: Register, name: str | None, found: Known) -> str:
    """What is said where several actors may be meant, with who they are; else nothing."""
    meant = register.meant(name) if found[2] is KnownReason.name else {}
    if len(meant) < 2:  # noqa: PLR2004 - several
        return ""
    numbers = register.numbers
    who = sorted(f"{one} ({numbers[id]})" if id in numbers else one for id, one in meant.items())  # noqa: A001
    more = ["…"] if len(who) > MOST_MEANT else []
    return f"several actors are called so: {', '.join(who[:MOST_MEANT] + more)}"


def person_register(rows: Iterable[Any]) -> Register:
    """People by e-mail and name."""
    found = Register()
    for row in rows:
        for reason, key in people_keys(row):
            found.add(reason, key, row.id, row.name)
        if email := plain(row.email):
            found.emails[row.id] = email
    return found


def same_person(row: Any, actor: UUID | None = None) -> Key:
    """Two may have one address, and many one name: who has both alike is one.

    In a file, a row for each post, so is who has the name and no address at the same actor. By
    an address Exempelsson, Anna is Anna Exempelsson.
    """
    email, name = plain(row.email), plain(row.name)
    if actor and name and not email:
        return (KnownReason.name, f"{name}\n{actor}")
    either = " ".join(sorted(words(name).split()))
    return (KnownReason.email, email and either and f"{email}\n{either}")


def source_of_days(row: Any) -> str | None:
    """Where a holding comes from, with what is said of its days: in full, whatever is cut."""
    said = row.said_of_days
    own = (row.source or "")[: MOST_OF_SOURCE - len(said) - 2] if said else row.source
    return "; ".join(filter(None, (own, said))) or None


def people_keys(row: Any) -> list[Key]:
    """What a person in the registry is found by, the surest first."""
    return [same_person(row), *person_keys(row)]


def known_people(register: Register, row: Any) -> list[Known]:
    """Whom a row is probably of: by e-mail; by name only where the addresses do not differ."""
    keys, email = people_keys(row), plain(row.email)
    first = register.find(*keys)
    if first is None:
        return []
    found = register.shared(*keys) or {first[0]: first[1]}
    return [
        (id, name, first[2])
        for id, name in found.items()  # noqa: A001
        if not email or register.emails.get(id, email) == email
    ]


def at_home(
    people: list[Known], actor: UUID | None, workplaces: Mapping[UUID, Container[UUID]]
) -> list[Known]:
    """Of those whom a row of a post at an actor may be of, who is not only a namesake elsewhere.

    By name it is who has a post there, else who has none anywhere; by e-mail it is anybody.
    """
    if actor is None or people[0][2] is not KnownReason.name:
        return people
    here = [one for one in people if actor in workplaces.get(one[0], ())]
    return here or [one for one in people if not workplaces.get(one[0])]


def plain(text: str | None) -> str:
    """Text as it is compared."""
    return " ".join((text or "").lower().split())


def place_of(facts: Any, provider: UUID | None) -> str:
    """What a programme without a source is known by: provider, name, form and place."""
    several = (*sorted(facts.municipality_codes), facts.municipality_count or "")
    parts = (provider, plain(facts.name), facts.form, facts.municipality_code, *several)
    return "\n".join(map(str, parts))


def programme_register(rows: Iterable[Any]) -> Register:
    """Programmes by their source, and by provider, name, form and place."""
    found = Register()
    for row in rows:
        found.add(KnownReason.source, row.source, row.id, row.name)
        found.add(KnownReason.name, place_of(row, row.provider_actor_id), row.id, row.name)
    return found


def shared_sources(rows: Iterable[ImportedProgramme], common: str | None) -> set[str | None]:
    """Sources that name no one programme: the whole file's, and those of rows with other names."""
    names: dict[str | None, set[str]] = {}
    for row in rows:
        names.setdefault(row.source, set()).add(plain(row.name))
    return {None, common, *(source for source in names if len(names[source]) > 1)}


def programme_key(row: ImportedProgramme, provider: UUID | None, shared: set[str | None]) -> Key:
    """What a programme is known by: its own source, else provider, name, form and place."""
    if row.source not in shared:
        return (KnownReason.source, row.source)
    return (KnownReason.name, place_of(row, provider))


def actor_keys(row: Any, folded: Callable[[str], str]) -> list[Key]:
    """What an actor's row is the same as another's by; names as the registry compares them."""
    name = folded(bare_name(row.name or ""))
    return [
        (KnownReason.org_number, written_number(row.org_number)),
        (KnownReason.municipality_code, municipality_of(row)),
        (KnownReason.name, name),
    ]


def person_keys(row: Any) -> list[Key]:
    """What a person's row is the same as another's by."""
    return [(KnownReason.email, plain(row.email)), (KnownReason.name, plain(row.name))]


def alike(keys: Mapping[int, list[Key]]) -> dict[int, Alike]:
    """Rows that have a key in common with an earlier one.

    The surest key is first: where two rows have a surer one and it differs, they are not alike.
    """
    firsts: dict[Key, int] = {}
    found: dict[int, Alike] = {}
    for number, own in keys.items():
        for place, key in enumerate(own):
            other = firsts.setdefault(key, number) if key[1] else number
            if other != number and not _differ(own[:place], keys[other]):
                found.setdefault(number, (other, key[0]))
    return found


def _differ(surer: Iterable[Key], others: Iterable[Key]) -> bool:
    """Whether any of a row's keys is another in the other row."""
    pairs = zip(surer, others, strict=False)
    return any(own[1] and other[1] and own != other for own, other in pairs)


def facts_of(row: ImportedProgramme) -> dict[str, Any]:
    """What a row tells of its programme alone."""
    return {name: getattr(row, name) for name in ProgrammeFacts.model_fields}


def same_programme(row: ImportedProgramme, provider: UUID | None) -> Hashable:
    """Rows with this alike tell of one programme: a line for each of its starts."""
    return (provider, *(repr(value) for value in facts_of(row).values()))


def marks_of(start: Any) -> set[Hashable]:
    """What a start is known by: its source, first day, round and words; else that it has none."""
    numbered, noted = start.round and ("round", start.round), start.note and ("note", start.note)
    return {start.source, start.starts_on, numbered, noted} - {None} or {"unknown"}


def is_known_intake(known: Mapping[UUID, set[Any]], programme: UUID, start: Any) -> bool:
    """Whether a programme has the start: by its source, else its day or round, else its words."""
    marks: set[Hashable] = known.get(programme, set())
    own = marks_of(start)
    sure = own - {("note", start.note)} or own
    return start.source in marks if start.source else bool(sure & marks)
