"""Work: what is done with a file while its owner waits, or has closed the browser.

State stands in the database. A program that dies leaves a silent file, which its owner starts
again: the Idempotency-Key is the file's own, so nothing is made twice.
"""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any
from uuid import UUID

from gateway.clients.actors import Actors
from gateway.importing import susa, uploads
from gateway.importing.columns import dropped_in
from gateway.importing.faults import Faults, blame, doubts_of, faults_of, other_row, row_of
from gateway.importing.sheets import Sheet, Unreadable, read_sheet
from gateway.importing.values import Reader, place_key
from services.actors.contract.importing import ImportNoun
from services.kit.db import Database
from services.kit.errors import Conflict, Problem, Rejected
from services.kit.log import log
from services.kit.store import Record

PATIENCE = 3.0  # a file that is done so soon needs no page that waits
MOST_TOLD = 1000  # that stand on the page; the file of faults has all
BREATH, TOLD, BEAT = 500, 10_000, 10.0
LOOKS = 2.0  # as the page that waits asks


class Works:
    """The files that this program works on just now."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, actors: Actors, upload: Record, places: Mapping[str, str]) -> None:
        """Begin, and wait a moment: most files are done then."""
        await self._begin(upload["id"], self._done(actors, upload, places), uploads.FAILED)

    async def undo(self, actors: Actors, id: UUID) -> None:
        """The same for a whole import that is to be removed."""
        await self._begin(id, self._undone(actors, id), uploads.HELD)

    async def _begin(self, id: UUID, doing: Awaitable[dict[str, Any]], failed: str) -> None:
        task = asyncio.create_task(self._do(id, doing, failed))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.wait({task}, timeout=PATIENCE)

    async def close(self) -> None:
        """Stop; what was not done is silent, and is begun again by its owner."""
        for task in list(self._tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _do(self, id: UUID, doing: Awaitable[dict[str, Any]], failed: str) -> None:
        beating = asyncio.create_task(self._beat(id))
        try:
            told = await doing
        except Unreadable as failure:
            told = {"state": failed, "result": {"code": str(failure)}}
        except Problem as problem:
            told = {"state": failed, "result": {"code": problem.code}}
        except Exception as failure:
            log.error("import.failed", exc_info=failure)
            told = {"state": failed, "result": {"code": "internal"}}
        finally:
            beating.cancel()
        await uploads.note(self.database, id, **told)

    async def _undone(self, actors: Actors, id: UUID) -> dict[str, Any]:
        """All of it or nothing; the rows that hold it up are told."""
        try:
            await actors.imports.act(id, "undo")
        except Conflict as held:
            if not any(error.code == "undone" for error in held.errors):
                told = {"count": held.count, "errors": [asdict(error) for error in held.errors]}
                return {"state": uploads.HELD, "result": told}
        return {"state": uploads.UNDONE}

    async def _beat(self, id: UUID) -> None:
        """Say every ten seconds that somebody works on it."""
        while True:
            await asyncio.sleep(BEAT)
            await uploads.note(self.database, id)

    async def _done(
        self, actors: Actors, upload: Record, places: Mapping[str, str]
    ) -> dict[str, Any]:
        choices, taking = upload["choices"], upload["state"] == uploads.TAKING
        await self._tell(upload["id"], "reading")
        rows, numbers, cells, apart, ours = await self._rows(upload, places)
        name_municipalities(rows, places)
        await self._tell(upload["id"], "storing" if taking else "checking", len(rows))
        order = {name: choices[name] for name in ("leave_known", "make_providers", "source")}
        body = order | {
            "same_names": bool(choices.get("same_names")),
            "noun": upload["noun"], "file_name": upload["file_name"], "rows": rows,
        }  # fmt: skip
        if taking:
            try:
                return await self._taken(actors, upload["id"], body | {"row_numbers": numbers})
            except Rejected as refused:
                if not any(row_of(error.field) >= 0 for error in refused.errors):
                    raise
            # The register has changed since the rows were judged: they are judged anew.
            await self._tell(upload["id"], "checking", len(rows))
        query = {"dry_run": "true"}
        found = (await actors.send("POST", "/imports", query=query, body=body)).json()
        blame(found, ours, cells)
        told = _told_rows(found, len(numbers))
        more = {
            "numbers": {str(row): numbers[row] for row in told},
            "cells": {str(row): cells[row] for row in told if row < len(cells)},
            "doubts": [one | {"number": numbers[one["row"]]} for one in doubts_of(cells)],
            "changed": taking,
        } | apart
        return {"state": uploads.CHECKED, "result": found | more}

    async def _taken(self, actors: Actors, id: UUID, body: dict[str, Any]) -> dict[str, Any]:
        once = f"upload-{id}"
        following = asyncio.create_task(self._follow(actors, id, once, len(body["rows"])))
        try:
            made = await actors.post("/imports", body, once=once)
        finally:
            following.cancel()
        return {"state": uploads.TAKEN, "result": {"id": made["id"]}, "content": b""}

    async def _follow(self, actors: Actors, id: UUID, once: str, rows: int) -> None:
        """How much of it the service has stored, as often as anybody looks."""
        while True:
            await asyncio.sleep(LOOKS)
            with suppress(Problem):
                found = await actors.get("/imports/under-way", key=once)
                if found["done"]:
                    share = rows * found["done"] // found["count"]
                    await self._tell(id, "storing", rows, share)

    async def _rows(
        self, upload: Record, places: Mapping[str, str]
    ) -> tuple[list[dict[str, Any]], list[int], list[dict[str, str]], dict[str, Any], Faults]:
        """The rows as the service takes them, their numbers in the file and what stands there.

        Beside them how many are in no known place, how many were not granted, how many say
        something unsure and which columns are not taken in; and what only the file can tell is
        wrong.
        """
        if upload["choices"].get("susa"):
            called = upload["choices"].get("providers", {})
            found = await asyncio.to_thread(susa.rows_of, upload["content"], called)
            apart: dict[str, Any] = {"unplaced": 0, "refused": 0}
            return found, list(range(1, len(found) + 1)), [], apart, {}
        sheet: Sheet = await asyncio.to_thread(read_sheet, *uploads.table_in(upload))
        reader = Reader(
            ImportNoun(upload["noun"]),
            upload["choices"]["fields"],
            upload["choices"]["constant"],
            places,
            own_years=bool(upload["choices"].get("own_years")),
        )
        rows = []
        for place, (_, cells) in enumerate(sheet.rows):
            if place % BREATH == 0:
                await asyncio.sleep(0)
            if place % TOLD == 0:
                await self._tell(upload["id"], "reading", len(sheet.rows), place)
            rows.append(reader.row(cells))
        told = cells_in(sheet, reader.fields)
        ours = faults_of(sheet, told)
        apart = {
            "unplaced": reader.unplaced, "refused": reader.refused, "unsure": reader.unsure,
            "dated": reader.dated,
            "dropped": dropped_in(sheet, reader.fields),
        }  # fmt: skip
        return rows, [number for number, _ in sheet.rows], told, apart, ours

    async def _tell(self, id: UUID, step: str, count: int = 0, done: int = 0) -> None:
        """Which step it is, of how many rows, and how many of them are done where that is known."""
        progress = {"step": step, "count": count, "done": done}
        await uploads.note(self.database, id, progress=progress)


def name_municipalities(rows: Sequence[dict[str, Any]], places: Mapping[str, str]) -> None:
    """Say of a provider that is called just as a municipality is which one it is."""
    for row in rows:
        if code := places.get(place_key(row.get("provider_name", ""))):
            row["provider_municipality_code"] = code


def cells_in(sheet: Sheet, fields: Sequence[str]) -> list[dict[str, str]]:
    """Of each row, what stands in the columns that fill fields."""
    return [dict(zip(fields, row, strict=False)) for _, row in sheet.rows]


def _told_rows(found: Mapping[str, Any], count: int) -> list[int]:
    """The rows that something is told of."""
    rows = {row_of(error["field"]) for error in found["errors"][:MOST_TOLD]}
    rows |= {one["row"] for one in [*found["known_rows"], *found["namesake_rows"]]}
    others = (other_row(error) for error in found["errors"][:MOST_TOLD])
    rows |= {other for other in others if other is not None}
    alike = [*found["alike_rows"], *found["joined_rows"]]
    rows |= {row for one in alike for row in (one["row"], one["other_row"])}
    return sorted(row for row in rows if 0 <= row < count)
