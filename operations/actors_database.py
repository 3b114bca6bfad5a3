"""The actors service's database, for commands that import beside a running house."""

from typing import Any

from operations.command import Failed
from operations.service_database import SPEAKER
from services.actors.contract.importing import ImportNoun, ImportOrder, ImportPreview
from services.actors.importing import actions
from services.actors.importing.planning import read
from services.kit.db import Database
from services.kit.http import Work

TOLD = 10


async def take_programmes(
    database: Database, file_name: str, rows: list[dict[str, Any]]
) -> ImportPreview:
    """Take in what is new of some programmes, with providers that nobody knows. Failed."""
    order = ImportOrder(
        noun=ImportNoun.programme, file_name=file_name, leave_known=True, make_providers=True
    )
    async with database.writing(SPEAKER) as db:
        sent, reading = await read(order, rows, "")
        preview = await actions.preview(Work(db, SPEAKER), order, sent, reading)
    if preview.error_count:
        told = "\n".join(f"{e.field}: {e.message}" for e in preview.errors[:TOLD])
        raise Failed(f"{preview.error_count} errors, nothing is imported:\n{told}")
    if preview.made_counts:
        async with database.writing(SPEAKER) as db:
            sent, reading = await read(order, rows, "")
            await actions.take_in(Work(db, SPEAKER), order, sent, reading)
    return preview
