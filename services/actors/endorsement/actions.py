"""What can be done with endorsements."""

from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from services.actors.checks import demand_past
from services.actors.contract.mandate import EndorsementDraft, EndorsementsDraft
from services.actors.endorsement.queries import ENDORSEMENTS, endorsements_by_id, newest_on
from services.actors.tables import MandateRow
from services.kit import clock
from services.kit.errors import Refusals, Rejected
from services.kit.http import Work
from services.kit.rows import new_id
from services.kit.store import Record, get_row

_NEWS = ("state", "on", "source", "example", "updated_at")


async def judge_news(work: Work, news: EndorsementsDraft, mandate_id: UUID) -> None:
    """Rejected for another municipality than a key's own, and for days that no news has."""
    await get_row(work.db, MandateRow, mandate_id)
    own, codes, refused = work.caller.bound_to, news.municipality_codes or [], Refusals()
    with refused:
        if own is not None and set(codes) - {own}:
            sentence = "only your own municipality"
            raise Rejected(sentence, field="municipality_codes", reason="other_municipality")
    with refused:
        demand_past(news, "on")
    with refused:
        # In a part, the day may be missing.
        if None not in (news.on,) and await newest_on(work.db, mandate_id, codes) > news.on:
            sentence = (
                "a later state is known: what was wrong is put right in the endorsement itself"
            )
            raise Rejected(sentence, field="on", reason="too_early")
    refused.demand_none()


async def judge(_work: Work, draft: EndorsementDraft, _id: UUID | None = None) -> None:
    """Rejected for a day to come."""
    demand_past(draft, "on")


async def endorse(work: Work, mandate_id: UUID, news: EndorsementsDraft) -> list[Record]:
    """Record the same news of several municipalities at once; a key only of its own."""
    await judge_news(work, news, mandate_id)
    made = insert(ENDORSEMENTS.table).values(_rows(mandate_id, news))
    stored, sent = ENDORSEMENTS.table.c, made.excluded
    changed = {name: sent[name] for name in _NEWS}
    statement = made.on_conflict_do_update(
        constraint="uq_endorsement_municipality_code",
        set_=changed
        | {"reply": func.coalesce(sent.reply, stored.reply), "version": stored.version + 1},
    ).returning(stored.id)
    ids = (await work.db.execute(statement)).scalars().all()
    return await endorsements_by_id(work, ids)


def _rows(mandate_id: UUID, news: EndorsementsDraft) -> list[dict[str, Any]]:
    moment = clock.now()
    shared = news.model_dump(exclude={"municipality_codes"}) | {"mandate_id": mandate_id}
    shared |= {"version": 1, "created_at": moment, "updated_at": moment}
    # In one order, so that two who record the same municipalities wait and never lock each other.
    codes = sorted(news.municipality_codes)
    return [shared | {"id": new_id(), "municipality_code": code} for code in codes]
