"""Example data in bulk: nobody real, but as much of everything as a large region has."""

import asyncio
import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import cycle, islice
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from services.actors.contract.actor import ActorDraft, ActorKind, StandingDraft
from services.actors.tables import ActorRow, StandingRow
from services.councils.contract.council import CouncilFacts, CouncilState, PhaseChangeDraft
from services.councils.contract.initiative import InitiativeDraft, InitiativeState
from services.councils.contract.need import Area, NeedDraft, NeedState
from services.councils.tables.council import CouncilRow, PhaseChangeRow
from services.councils.tables.initiative import InitiativeRow
from services.councils.tables.need import NeedRow
from services.kit import clock
from services.kit.db import Database
from services.kit.identity import Caller
from services.kit.rows import Row
from services.kit.store import insert_rows, plain

FILLER = Caller("service", "svc:bench", request_id="bench")
CHUNK = 2000
INDUSTRIES = ("Möbel", "Bygg", "Industri", "Vård", "Handel", "Transport", "Livsmedel", "Skog")
CODES = ("1472", "1473", "1496", "1497", "1498", "1499")
VOCABULARY = (
    "svetsare lärlingar verkstaden montörer undersköterskor praktikplatser handledare chaufförer "
    "utbildningen yrkeshögskolan språkstöd maskinförare elektriker snickare kockar lagerarbetare "
    "ritningsläsning automation underhållstekniker kylmontörer plåtslagare barnskötare säljare "
    "programmerare förare truckkort branschråd validering introduktion samverkan planering ledare "
    "bemanning arbetsmiljö kvalitet säkerhet leverans försäljning inköp redovisning"
)
WORDS = VOCABULARY.split()


def fill(url: Callable[[str], str], *, actors: int, needs: int) -> tuple[UUID, UUID]:
    """Fill the two registers; answers an actor's and a need's id to ask for."""
    return asyncio.run(_fill(url, actors, needs))


async def _fill(url: Callable[[str], str], actors: int, needs: int) -> tuple[UUID, UUID]:
    chance = random.Random(1)  # noqa: S311 (the same data every time)
    made = await _actors(url("actors"), actors, chance)
    found = await _needs(url("councils"), needs, made, chance)
    return made[actors // 2], found[needs // 2]


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.sample(WORDS, 8)).capitalize()


async def _actors(url: str, count: int, chance: random.Random) -> list[UUID]:
    drafts = [
        ActorDraft(
            name=f"Exempelföretag {number}",
            kind=kind,
            municipality_code=chance.choice(CODES),
            mission=_sentence(chance),
            example=True,
        )
        for number, kind in zip(range(count), cycle(ActorKind), strict=False)
    ]
    since = clock.today() - timedelta(days=400)
    database = Database(url, pool_size=1)
    try:
        ids = await _insert(database, ActorRow, drafts)
        facts = {"level": "operative", "status": "active", "valid_from": since}
        standings = [StandingDraft(actor_id=one, **facts) for one in ids]
        await _insert(database, StandingRow, standings)
        return ids
    finally:
        await database.close()


async def _needs(url: str, count: int, actors: list[UUID], chance: random.Random) -> list[UUID]:
    database = Database(url, pool_size=1)
    try:
        councils = await _councils(database, actors)
        ids = await _insert(database, NeedRow, _need_drafts(count, councils, chance), NeedState())
        drafts = [
            InitiativeDraft(
                title=f"Insats {number}",
                kind="education_start",
                need_ids=[need],
                council_id=councils[number % len(councils)],
                lead_actor_id=actors[number % len(actors)],
                horizon="short",
                example=True,
            )
            for number, need in enumerate(ids[::2])
        ]
        await _insert(database, InitiativeRow, drafts, InitiativeState())
        return ids
    finally:
        await database.close()


async def _councils(database: Database, actors: list[UUID]) -> list[UUID]:
    since = clock.today() - timedelta(days=400)
    drafts = [
        CouncilFacts(
            name=f"Exempelrådet {industry}",
            kind="industry_council",
            level="operative",
            industry=industry,
            leader_actor_ids=[actors[0]],
            starts_on=since,
            example=True,
        )
        for industry in INDUSTRIES
    ]
    ids = await _insert(database, CouncilRow, drafts, CouncilState())
    begun = {"number": 1, "phase": "active", "on": since}
    changes = [PhaseChangeDraft(council_id=one, **begun) for one in ids]
    await _insert(database, PhaseChangeRow, changes)
    return ids


def _need_drafts(count: int, councils: list[UUID], chance: random.Random) -> list[NeedDraft]:
    return [
        NeedDraft(
            statement=f"Det saknas {_sentence(chance).lower()}",
            areas=[area],
            horizon="short",
            headcount_per_year=chance.randint(1, 60),
            municipality_codes=chance.sample(CODES, 2),
            council_id=chance.choice(councils),
            example=True,
        )
        for area in islice(cycle(Area), count)
    ]


async def _insert(
    database: Database, row: type[Row], drafts: Sequence[BaseModel], state: BaseModel | None = None
) -> list[UUID]:
    """In the ledger like everything else, some thousands in each transaction."""
    more: dict[str, Any] = plain(state) if state else {}
    made: list[UUID] = []
    for start in range(0, len(drafts), CHUNK):
        async with database.writing(FILLER) as db:
            made += await insert_rows(db, row, list(drafts[start : start + CHUNK]), **more)
    return made
