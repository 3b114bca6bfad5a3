"""Naming: the ids that an archive names, and what our fields are called in it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from services.actors.contract.popolo import Popolo, PopoloThing
from services.kit.errors import FieldError

KINDS = ("organizations", "posts", "persons", "memberships")
# What our fields are called in an archive, for who mends it there.
CALLED = {
    "org_number": "identifiers",
    "sni_codes": "identifiers",
    "municipality_code": "area_id",
    "mission": "description",
    "website": "links",
    "title": "label",
    "phone": "contact_details",
    "valid_from": "start_date",
    "valid_to": "end_date",
}
MERGED_WITH = ("merged_into_id", "merged_first_id")
# Where what we keep as one thing is said by a field of another, or in our own words.
CLOSED = {"valid_from": "dissolution_date"}
MEMBER = {"actor_id": "member.id", "other_actor_id": "organization_id"}
OURS = {"valid_from": "valid_from", "valid_to": "valid_to"}
PARENT = dict.fromkeys(("actor_id", "other_actor_id", "valid_from"), "parent_id")


def uuid_in(text: Any) -> UUID | None:
    """The id in a text, where it is one of ours."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def named_in(archive: Popolo) -> dict[str, set[UUID]]:
    """Every id of ours that an archive names, kind by kind."""
    found = {kind: {uuid_in(one.id) for one in getattr(archive, kind)} for kind in KINDS}
    found["organizations"] |= {uuid_in(one.organization_id) for one in archive.posts}
    merged = [one.kompetensnav for one in archive.organizations]
    found["organizations"] |= {uuid_in(one.get(name)) for one in merged for name in MERGED_WITH}
    for one in archive.memberships:
        found["organizations"] |= {uuid_in(one.organization_id)}
        found["organizations"] |= {uuid_in(one.member.id)} if one.member else set()
        found["posts"] |= {uuid_in(one.post_id)}
        found["persons"] |= {uuid_in(one.person_id)}
    return {kind: {one for one in ids if one} for kind, ids in found.items()}


def at(where: str, error: FieldError, called: Mapping[str, str] | None = None) -> FieldError:
    """An error of ours by the archive's name for the field, or by what it is `called` there."""
    name, dot, rest = error.field.partition(".")
    field = f"{(CALLED | dict(called or {})).get(name, name)}{dot}{rest}"
    return FieldError(f"{where}.{field}".rstrip("."), error.code, error.message)


def own_of(one: PopoloThing, names: Iterable[str]) -> dict[str, Any]:
    """What a thing says in our own words, of some fields."""
    return {name: one.kompetensnav[name] for name in names if name in one.kompetensnav}
