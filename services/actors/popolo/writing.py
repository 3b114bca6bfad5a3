"""Writing: what each of our things is called in Popolo."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from services.actors.contract.actor import ActorStatus
from services.actors.contract.post import HoldingCover
from services.actors.contract.relation import RelationKind
from services.actors.popolo.past import EARLIER
from services.kit import clock

Row = Mapping[str, Any]
Out = dict[str, Any]
DAY = timedelta(days=1)
NUMBER, BRANCH = "se.orgnr", "se.sni2007"
# The columns that Popolo has no word for; they come back as they went.
OWN_ACTOR = (
    "note", "managed_by", "source", "example", "merged_into_id", "merged_first_id", "given_fields",
    "given_names",
)  # fmt: skip
OWN_STANDING = ("id", "valid_from", "valid_to", "level", "status", "reason", "source", "example")
OWN_POST = ("is_key", "description", "source", "example")
OWN_PERSON = ("language", "note", "source", "example")
OWN_HOLDING = ("handover", "source", "example")
OWN_RELATION = ("state", "state_since", "forms", "note", "source", "example")


def _own(row: Row, names: Iterable[str]) -> Out:
    told = {name: row[name] for name in names if row[name] not in (None, [], False)}
    # That a merge gave no name is something else than not to know which.
    return told | ({"given_names": []} if row.get("given_names") == [] else {})


def _times(row: Row) -> Out:
    return {"created_at": row["created_at"], "updated_at": row["updated_at"]}


def _period(row: Row) -> Out:
    last: date | None = row["valid_to"]
    ended = {} if last is None else {"end_date": clock.from_day(last, -DAY).isoformat()}
    return {"start_date": row["valid_from"].isoformat()} | ended


def organization(actor: Row, standings: Iterable[Row], parent: Any) -> Out:
    """An actor with its standings; `parent` is the actor that it is a part of now."""
    told = [_own(one, OWN_STANDING) for one in standings]
    closed = [one["valid_from"] for one in standings if one["status"] == ActorStatus.closed]
    numbers = [(NUMBER, actor["org_number"])] if actor["org_number"] else []
    numbers += [(BRANCH, code) for code in actor["sni_codes"]]
    names = [line.strip() for line in (actor["other_names"] or "").splitlines() if line.strip()]
    code, site = actor["municipality_code"], actor["website"]
    found = {
        "id": actor["id"],
        "name": actor["name"],
        "classification": actor["kind"],
        "identifiers": [{"scheme": scheme, "identifier": text} for scheme, text in numbers],
        "other_names": [{"name": name} for name in names],
        "description": actor["mission"],
        "area_id": code,
        "parent_id": parent,
        "dissolution_date": max(closed).isoformat() if closed else None,
        "links": [{"url": site, "note": "website"}] if site else [],
    }
    own = _own(actor, OWN_ACTOR) | ({"standings": told} if told else {})
    return {name: value for name, value in found.items() if value} | _with(own) | _times(actor)


def _with(own: Out) -> Out:
    return {"kompetensnav": own} if own else {}


def post(row: Row) -> Out:
    """A post; whether it is vacant is what its memberships say."""
    said = {"label": row["title"], "role": row["function"], "organization_id": row["actor_id"]}
    return {"id": row["id"]} | said | _with(_own(row, OWN_POST)) | _times(row)


def person(row: Row) -> Out:
    """Somebody who holds or has held a post."""
    email = {"email": row["email"]} if row["email"] else {}
    reached = [{"type": "voice", "value": row["phone"]}] if row["phone"] else []
    ways = {"contact_details": reached} if reached else {}
    named = {"id": row["id"], "name": row["name"]}
    return named | email | ways | _with(_own(row, OWN_PERSON)) | _times(row)


def holding(row: Row, actor_id: Any) -> Out:
    """A person in a post of an organisation; who covers it says so by the role."""
    who = {"person_id": row["person_id"], "post_id": row["post_id"], "organization_id": actor_id}
    if row["cover"] == HoldingCover.substitute:
        who["role"] = HoldingCover.substitute.value
    return {"id": row["id"]} | who | _period(row) | _with(_own(row, OWN_HOLDING)) | _times(row)


def relation(row: Row, earlier: Sequence[Out] = ()) -> Out:
    """An organisation that belongs to another, with the states that it was in before."""
    own = _own(row, OWN_RELATION) | ({EARLIER: [*earlier]} if earlier else {})
    who = {
        "member": {"@type": "Organization", "id": row["actor_id"]},
        "organization_id": row["other_actor_id"],
        "role": row["kind"],
    }
    return {"id": row["id"]} | who | _period(row) | _with(own) | _times(row)


def parents(relations: Iterable[Row], today: date) -> dict[Any, Any]:
    """What each actor is a part of today."""
    return {
        row["actor_id"]: row["other_actor_id"]
        for row in relations
        if row["kind"] == RelationKind.part_of
        and row["valid_from"] <= today
        and (row["valid_to"] is None or row["valid_to"] > today)
    }


def areas(actors: Iterable[Row]) -> list[Out]:
    """The municipalities that actors name."""
    codes = sorted({row["municipality_code"] for row in actors} - {None})
    return [{"id": code, "identifier": code, "classification": "municipality"} for code in codes]
