"""What a copy does: a proposed council with another's workings, and nobody of it."""

import asyncio
from collections import Counter
from typing import Any, NamedTuple
from uuid import UUID

from services.councils.charter.queries import CHARTERS
from services.councils.contract.charter import CHARTER_TEXTS, CharterDraft, PlannedSeat
from services.councils.contract.copying import (
    CopyText,
    CouncilCopyDraft,
    CouncilCopyPreview,
)
from services.councils.contract.council import CouncilDraft
from services.councils.contract.standing_item import StandingItemDraft
from services.councils.copying import naming, rules
from services.councils.copying.queries import (
    charter_of,
    left_of,
    seats_of,
    standing_of,
    texts_in,
)
from services.councils.council.actions import found_council
from services.councils.council.queries import COUNCILS, open_one
from services.councils.registry import found_by_actors, things_of_actors
from services.councils.standing_item.queries import STANDING_ITEMS
from services.councils.tables.base import METADATA
from services.kit import clock
from services.kit.collection import get_thing
from services.kit.elsewhere import demand_named, learn
from services.kit.errors import Problem, Refusals, Unavailable
from services.kit.http import Work
from services.kit.keeping import create_thing
from services.kit.log import log
from services.kit.store import Record

PATIENCE_SECONDS = 4.0


class Original(NamedTuple):
    """What of a council a copy is made of, and what those in it are called."""

    council: Record
    charter: Record
    standing: list[Record]
    seats: list[Record]
    texts: dict[str, str]
    names: set[str]


async def original(work: Work, id: UUID) -> Original:
    """The council with its workings. NotFound; Unavailable where nobody tells what they are called.

    Whom a text names cannot be told without the registry, and nobody comes along unseen.
    """
    council = await get_thing(work.db, COUNCILS, id, work.caller)
    charter, standing = await charter_of(work.db, id), await standing_of(work.db, id)
    seats = await seats_of(work.db, id)
    texts = texts_in(council, charter, standing)
    names = {council["name"]} | rules.suspects(texts) | await _names(work, council, seats, texts)
    return Original(council, charter, standing, seats, texts, names)


async def _names(
    work: Work, council: Record, seats: list[Record], texts: dict[str, str]
) -> set[str]:
    """What the actors, posts and persons of a council are called, and those its texts may mean.

    Also who held its posts before, whose names stay in what they wrote. None where nobody is there.
    """
    if work.wire is None or not work.wire.reaches("actors"):
        return set()
    ids = {council["convened_by_actor_id"], *council["leader_actor_ids"]}
    actor_ids = ids | {one["actor_id"] for one in seats}
    post_ids = {council["process_leader_post_id"]} | {one["post_id"] for one in seats}
    try:
        actors, posts, held, others = await asyncio.gather(
            _called(work, "/actors", actor_ids),
            _called(work, "/posts", post_ids),
            _called(work, "/holdings", post_ids, by="post_id"),
            _meant(work, texts),
        )
        people = await _called(work, "/people", {one["person_id"] for one in held})
    except Problem:
        log.error("copying.registry_silent", service="councils")
        told = "the registry does not tell whom the texts may name"
        raise Unavailable(told, field="texts", reason="keeper_silent") from None
    called = rules.in_short(rules.words_of(actors, "name", "other_names"))
    return (
        rules.in_small_letters(called, texts.values())
        | {f"{one.lower()}*" for one in rules.words_of(posts, "title") - naming.NOBODY}
        | naming.parts_of(one["name"] for one in people)
        | others
    )


async def _meant(work: Work, texts: dict[str, str]) -> set[str]:
    """Words that may be names, and are: somebody of the whole registry is called so.

    Those that stand out by a capital are asked for too, for they may stand elsewhere without.
    """
    words = {word for text in texts.values() for word in naming.doubtful_in(text)}
    words |= {word for word in rules.suspects(texts) if word.isalpha()}
    asked = {path: sorted(words) for path in ("/actors", "/people")}
    assert work.wire is not None  # noqa: S101 - it was asked for
    actors, people = await asyncio.gather(*(
        found_by_actors(work.wire, work.caller, path, said, patience=PATIENCE_SECONDS)
        for path, said in asked.items()
    ))  # fmt: skip
    called = naming.parts_of(one["name"] for one in people)
    meant = rules.in_small_letters(rules.same_names(actors, words), texts.values())
    return meant | (called & words)


async def _called(work: Work, path: str, ids: set[Any], *, by: str = "id") -> list[Record]:
    assert work.wire is not None  # noqa: S101 - it was asked for
    known = sorted(ids - {None})
    if not known:
        return []
    return await things_of_actors(
        work.wire, work.caller, path, by, known, patience=PATIENCE_SECONDS
    )


def planned(found: Original) -> list[PlannedSeat]:
    """The seats of the charter, or those that there are, without those who hold them."""
    if found.charter.get("planned_seats"):
        return [
            PlannedSeat.model_validate(one)
            for one in found.charter["planned_seats"]
            if one["seats"]  # none could be planned once
        ]
    today = clock.today()
    lasting = (s for s in found.seats if s["valid_to"] is None or s["valid_to"] > today)
    counts = Counter(one["role"] for one in lasting)
    return [PlannedSeat(role=role, seats=count) for role, count in sorted(counts.items())]


async def preview(work: Work, id: UUID) -> CouncilCopyPreview:
    """What would come along, whom it names, and what stays."""
    found = await original(work, id)
    texts = [
        CopyText(
            field=field,
            text=text,
            proposed=naming.without(text, found.names),
            names=naming.names_in(text, found.names),
        )
        for field, text in found.texts.items()
    ]
    left, above = await left_of(work.db, id), await open_one(work.db, found.council["parent_id"])
    return CouncilCopyPreview(
        council_id=id, texts=texts, planned_seats=planned(found), parent_id=above, left=left
    )


async def judge(work: Work, draft: CouncilCopyDraft, id: UUID) -> Original:
    """All that forbids it; answers what it is made of."""
    refused = Refusals()
    await learn(work, METADATA, draft)
    with refused:
        demand_named(work, METADATA, draft)
    found = await original(work, id)
    with refused:
        rules.demand_nobody(found.texts, draft.texts or (), found.names)
    with refused:
        rules.demand_titles(draft.texts or ())
    refused.demand_none(type(draft).model_fields)
    return found


async def copy_council(work: Work, id: UUID, draft: CouncilCopyDraft) -> Record:
    """A proposed council with its charter and what stands on its agendas."""
    found = await judge(work, draft, id)
    texts, marks = rules.texts_of(found.texts, draft.texts), _marks(draft)
    # One organisation's own body is not under the ones that keep industries together.
    above = await open_one(work.db, found.council["parent_id"]) if draft.industry else None
    council = await found_council(work, _council(draft, found, texts, parent_id=above))
    begins = draft.starts_on or clock.today()
    await _charter(work, council["id"], found, texts, valid_from=begins, **marks)
    for one in found.standing:
        if title := texts.get(f"{rules.STANDING}{one['id']}"):
            kept = {name: one[name] for name in ("kind", "takes_carried_issues")}
            item = StandingItemDraft(
                council_id=council["id"], title=title, valid_from=begins, **kept, **marks
            )
            await create_thing(work, STANDING_ITEMS, item)
    return council


def _marks(draft: CouncilCopyDraft) -> Record:
    return draft.model_dump(include={"source", "example"})


def _council(
    draft: CouncilCopyDraft, found: Original, texts: dict[str, str], **more: Any
) -> CouncilDraft:
    leaders = draft.leader_actor_ids or [one for one in (draft.actor_id,) if one]
    told = draft.model_dump(include={"name", "kind", "industry", "starts_on", "ends_on"})
    return CouncilDraft(
        level=found.council["level"],
        purpose=texts.get("purpose"),
        leader_actor_ids=leaders,
        convened_by_actor_id=draft.actor_id,
        **told,
        **_marks(draft),
        **more,
    )


async def _charter(
    work: Work, council_id: UUID, found: Original, texts: dict[str, str], **more: Any
) -> None:
    """The charter, where the original has one or at least seats; a purpose begins it."""
    said = {name: texts.get(f"charter.{name}") for name in CHARTER_TEXTS}
    said["purpose"] = said["purpose"] or texts.get("purpose")
    plan = planned(found)
    if said["purpose"] and (found.charter or plan):
        charter = CharterDraft(council_id=council_id, planned_seats=plan, **said, **more)
        await create_thing(work, CHARTERS, charter)
