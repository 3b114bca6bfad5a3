"""Questions about challenges, and about what bears on them."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from services.analysis.contract.challenge import (
    Challenge,
    ChallengeDraft,
    ChallengeLink,
    ChallengeLinkDraft,
)
from services.analysis.scanning.queries import binds
from services.analysis.tables.scanning import ChallengeLinkRow, ChallengeRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.hindsight import had_come, told_since, true_of
from services.kit.paging import ownerless, same


def _open(columns: Any, when: When) -> ColumnElement[bool]:
    return ~had_come(columns.met_on, when)


def _bearing(columns: Any, when: When, name: str) -> ColumnElement[Any]:
    """How many links to things of one noun bind that day."""
    link = when.among(ChallengeLinkRow).alias(f"bears_{name}")
    its = link.c.challenge_id == columns.id
    return select(func.count(link.c[name])).where(its, binds(link.c, when)).scalar_subquery()


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    return [
        *told_since(columns, when, "met_on"),
        _open(columns, when).label("is_open"),
        _bearing(columns, when, "signal_id").label("signal_count"),
        _bearing(columns, when, "trend_id").label("trend_count"),
    ]


CHALLENGES = Collection(
    row=ChallengeRow,
    draft=ChallengeDraft,
    answer=Challenge,
    path="/challenges",
    filters={
        "is_open": true_of(_open, "true: only those that are not met; false: only the met ones"),
        "owner_post_id": same("owner_post_id", Reference),
        "ownerless": ownerless(),
    },
    sorts=("title", "noted_on", "met_on", "created_at", "updated_at"),
    search=("title", "description"),
    derive=_derived,
    on=lambda columns, _when: columns.noted_on,
)
CHALLENGE_LINKS = Collection(
    row=ChallengeLinkRow,
    draft=ChallengeLinkDraft,
    answer=ChallengeLink,
    path="/challenge-links",
    filters={
        "challenge_id": same("challenge_id", Reference),
        "signal_id": same("signal_id", Reference),
        "trend_id": same("trend_id", Reference),
    },
    sorts=("-valid_from", "valid_to", "created_at"),
    parent=("/challenges", "challenge_id"),
)
