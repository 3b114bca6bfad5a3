"""What the demo needs before its story is told: a key of its own, and the association's name."""

import asyncio
import os
from pathlib import Path

from demo import association
from gateway import accounts, keys
from gateway.drafts import ClientDraft, HouseDraft, Municipality, Scope
from operations.gateway_database import SPEAKER
from services.kit.db import Database
from services.kit.settings import Settings


def demo_key(settings: Settings) -> str:
    """The key the story is told with. It is kept until then, so that a story cut off goes on."""
    path = key_file(settings)
    if not path.exists():
        text = asyncio.run(_make(settings))
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
    return path.read_text()


def key_file(settings: Settings) -> Path:
    """Where the key waits until the story has been told."""
    return settings.data_dir / "demo.key"


async def _make(settings: Settings) -> str:
    draft = ClientDraft(name="Demo", scopes=list(Scope))
    database = Database(settings.database_url, pool_size=1)
    try:
        async with database.writing(SPEAKER) as db:
            made = await keys.open_client(db, keys.Pepper.of(settings), draft, days=2)
    finally:
        await database.close()
    return made.text


def forget_key(settings: Settings) -> None:
    """The story is told: the key is worth nothing from now on."""
    path = key_file(settings)
    asyncio.run(_revoke(settings, keys.part_of(path.read_text()) or ""))
    path.unlink()


async def _revoke(settings: Settings, part: str) -> None:
    database = Database(settings.database_url, pool_size=1)
    try:
        async with database.writing(SPEAKER) as db:
            await keys.revoke(db, part)
    finally:
        await database.close()


def name_the_house(settings: Settings) -> None:
    """The pilot's association and municipalities, where nobody has written others."""
    asyncio.run(_name(settings))


async def _name(settings: Settings) -> None:
    database = Database(settings.database_url, pool_size=1)
    try:
        async with database.writing(SPEAKER) as db:
            known = await accounts.house(db)
            if known["municipalities"]:
                return
            kept = {n: known[n] for n in HouseDraft.model_fields if n in known}
            listed = [Municipality(code=c, name=n) for c, n in association.MUNICIPALITIES]
            told = kept | {"association": association.NAME, "municipalities": listed}
            draft = HouseDraft.model_validate(told)
            await accounts.describe_house(db, draft, known.get("version"))
    finally:
        await database.close()
