"""Alembic's environment for every service: the caller says which, and where its database is."""

import asyncio
from typing import Any

from alembic import context
from alembic.autogenerate import renderers
from alembic.operations import ops
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from services.kit.migrations import ours, secrets_of

LOCK = 4712


class AttachOp(ops.MigrateOperation):
    """The line of a migration that gives a table its ledger triggers."""

    def __init__(self, table: str, secret: tuple[str, ...]) -> None:
        self.table, self.secret = table, secret


@renderers.dispatch_for(AttachOp)
def _line(_context: Any, attach: AttachOp) -> str:
    secret = f", {attach.secret!r}" if attach.secret else ""
    return f"ledger.attach(op, {attach.table!r}{secret})"


def _add_ledger(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Give each new logged table its triggers."""
    script = directives[0]
    logged = secrets_of(context.config.attributes["metadata"])
    made = [op for op in script.upgrade_ops.ops if isinstance(op, ops.CreateTableOp)]
    for table in made:
        secret = logged.get(table.table_name)
        if secret is not None:
            script.upgrade_ops.ops.append(AttachOp(table.table_name, secret))


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=context.config.attributes.get("metadata"),
        include_name=lambda name, kind, _parents: ours(name, kind),
        process_revision_directives=_add_ledger,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        connection.execute(text("SET lock_timeout = '2s'"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        context.run_migrations()


async def _main() -> None:
    engine = create_async_engine(context.config.attributes["url"])
    async with engine.connect() as connection:
        await connection.run_sync(_run)
        await connection.commit()
    await engine.dispose()


asyncio.run(_main())
