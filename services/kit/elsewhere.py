"""Elsewhere: what a draft names of other services' things is asked of those who keep them.

No foreign key reaches another service's database. METADATA says which nouns others keep
(`info["elsewhere"]`); a field names a thing of theirs by how it is called: actor_id,
lead_actor_id, leader_actor_ids. docs/decisions/0016.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from pydantic import BaseModel
from sqlalchemy import MetaData, Table

from services.kit.contract import Sent
from services.kit.errors import FieldError, NotFound, Problem, Rejected, Unavailable
from services.kit.http import Heard, Named, Work, encode
from services.kit.identity import Caller
from services.kit.log import log
from services.kit.references import merged, stored

# Whoever writes waits for this.
PATIENCE_SECONDS = 3.0


class Mention(NamedTuple):
    """A thing of another service, and the field that names it."""

    field: str
    noun: str
    id: UUID

    @property
    def named(self) -> Named:
        """The thing itself."""
        return self.noun, self.id


async def demand_elsewhere(work: Work, table: Table, draft: Sent, id: UUID | None) -> None:
    """Rejected with every field that names anew what its keeper does not know, or has merged.

    What a row names already may stay: it is saved also while its keeper is away.
    """
    nouns = nouns_of(table.metadata)
    if any(mentions(draft, nouns)):
        kept = await stored(work.db, table, id) if id else {}
        await learn(work, table.metadata, draft, kept=kept)
        demand_named(work, table.metadata, draft)


async def learn(
    work: Work, metadata: MetaData, *drafts: Sent, kept: Mapping[str, Any] | None = None
) -> None:
    """Ask, in one call of each service, for all that the drafts name and nothing kept does.

    Unavailable where nobody answers, unless no draft waits for that.
    """
    known = mentions(kept or {}, nouns_of(metadata))
    work.told.update({one.named: one.id for one in known})
    for service, nouns in metadata.info.get("elsewhere", {}).items():
        named = (one for draft in drafts for one in mentions(draft, nouns))
        new = {one.named: one.field for one in named if one.named not in work.told}
        if not new or work.wire is None or not work.wire.reaches(service):
            continue
        try:
            work.heard.update(await _ask(work, service, new))
            work.told.update({one: work.heard[one].lives_on_as for one in new})
        except Unavailable:
            work.heard.update(dict.fromkeys(new, Heard()))
            if any(draft.waits for draft in drafts):
                raise
            work.told.update({one: one[1] for one in new})


async def heard(work: Work, metadata: MetaData, named: Mapping[Named, str]) -> dict[Named, Heard]:
    """What their keepers say of things, also of ones that a row names already; or nothing.

    Each stands with the field that names it.
    """
    for service, nouns in metadata.info.get("elsewhere", {}).items():
        new = {one: named[one] for one in named if one not in work.heard and one[0] in nouns}
        if new and work.wire is not None and work.wire.reaches(service):
            try:
                work.heard.update(await _ask(work, service, new))
            except Unavailable:
                work.heard.update(dict.fromkeys(new, Heard()))
    return {one: work.heard.get(one, Heard()) for one in named}


async def kept_by(work: Work, service: str, named: Mapping[Named, str]) -> set[Named]:
    """Those of some things that a service keeps; all where nobody can be asked. Unavailable."""
    if not named or work.wire is None or not work.wire.reaches(service):
        return set(named)
    found = await _ask(work, service, named)
    return {one for one, said in found.items() if said.lives_on_as is not None}


async def demand_kept(work: Work, metadata: MetaData, field: str, noun: str, id: UUID) -> None:
    """Rejected where a field that may name many kinds of things names none of this noun.

    Asks before any row is locked. Unavailable where nobody answers.
    """
    for service, nouns in metadata.info.get("elsewhere", {}).items():
        if noun not in nouns or work.wire is None or not work.wire.reaches(service):
            continue
        if (await _ask(work, service, {(noun, id): field}))[noun, id].lives_on_as is None:
            raise Rejected(f"there is no {noun} {id}", field=field, reason="unknown_reference")


async def demand_whole(
    work: Work, table: Table, draft: Sent, id: UUID | None, *, part: str, whole: str, reason: str
) -> None:
    """Rejected where a draft names a thing, anew, that hangs on another than it names beside it.

    Asks before any row is locked, so ask this before you lock one.
    """
    kept, fields = await stored(work.db, table, id), (part, whole)
    named = {one.field: one for one in mentions(draft, nouns_of(table.metadata))}
    new = [name for name in fields if kept.get(name) != getattr(draft, name)]
    if not new or not all(name in named for name in fields):
        return
    asked = await heard(work, table.metadata, {named[name].named: name for name in fields})
    inner, outer = (asked[named[name].named] for name in fields)
    if inner.belongs_to not in (None, outer.lives_on_as, named[whole].id):
        raise Rejected(f"it belongs to {inner.belongs_to}", field=part, reason=reason)


def demand_named(work: Work, metadata: MetaData, draft: Sent) -> None:
    """Rejected with every field that names what is known to be nothing, or to be merged."""
    wrong = list(_wrong(work, mentions(draft, nouns_of(metadata))))
    if wrong:
        raise Rejected(wrong[0].message, errors=wrong)


def _wrong(work: Work, named: Iterable[Mention]) -> Iterator[FieldError]:
    for one in named:
        living = work.told.get(one.named, one.id)
        if living is None:
            yield FieldError(one.field, "unknown_reference", f"there is no {one.noun} {one.id}")
        elif living != one.id:
            yield merged(one.field, living)


def nouns_of(metadata: MetaData) -> tuple[str, ...]:
    """The nouns that other services keep."""
    return tuple(noun for nouns in metadata.info.get("elsewhere", {}).values() for noun in nouns)


def mentions(
    said: BaseModel | Mapping[str, Any], nouns: Iterable[str], above: str = ""
) -> Iterator[Mention]:
    """Everything of these nouns that a draft, or a stored row, names by its fields."""
    names = said if isinstance(said, Mapping) else type(said).model_fields
    for name in names:
        value = said[name] if isinstance(said, Mapping) else getattr(said, name)
        noun = next((one for one in nouns if _is_named(name, one)), None)
        for place, one in enumerate(value if isinstance(value, list) else [value]):
            if noun and one is not None:
                yield Mention(above + name, noun, one if isinstance(one, UUID) else UUID(one))
            elif isinstance(one, (BaseModel, Mapping)):
                inner = f"{name}.{place}." if isinstance(value, list) else f"{name}."
                yield from mentions(one, nouns, above + inner)


def _is_named(field: str, noun: str) -> bool:
    return f"_{field}".endswith((f"_{noun}_id", f"_{noun}_ids"))


async def _ask(work: Work, service: str, new: Mapping[Named, str]) -> dict[Named, Heard]:
    """What its keeper says of each thing, to a municipality's key only of what it may know of."""
    assert work.wire is not None  # noqa: S101 - it reaches the service
    wanted: dict[str, list[UUID]] = {}
    for noun, one in new:
        wanted.setdefault(noun, []).append(one)
    asking = Caller(
        "service",
        f"svc:{work.wire.issuer}",
        municipality_code=work.caller.bound_to,
        request_id=work.caller.request_id,
    )
    try:
        reply = await work.wire.ask(
            service,
            "POST",
            "/known",
            caller=asking,
            content=encode({"wanted": wanted}),
            # Nothing is changed: it may be asked again.
            headers={"Content-Type": "application/json", "Idempotency-Key": uuid4().hex},
            patience=PATIENCE_SECONDS,
        )
        items = reply.json()["items"]
    except NotFound:  # a keeper of the version before, while the house is updated
        return {one: Heard(one[1]) for one in new}
    except Problem:
        log.error("elsewhere.silent", source=service)
        field, told = next(iter(new.values())), f"{service} does not say whether there is such"
        raise Unavailable(told, field=field, reason="keeper_silent") from None
    there = {(one["noun"], UUID(one["id"])): _heard(one) for one in items}
    return {one: there.get(one, Heard()) for one in new}


def _heard(item: Mapping[str, Any]) -> Heard:
    """A keeper of the version before tells only what it lives on as."""
    of = item.get("belongs_to")
    return Heard(UUID(item["lives_on_as"]), of and UUID(of), item.get("owner"))
