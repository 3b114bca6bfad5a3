"""Alembic's environment for every service: the caller says which, and where its database is."""

import asyncio
from typing import Any

from alembic import context
from alembic.operations import ops
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from services.kit import ledger
from services.kit.migrations import ours, secrets_of

LOCK = 4712


def _add_ledger(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Give each new logged table its triggers, and the first migration the ledger itself."""
    script = directives[0]
    logged = secrets_of(context.config.attributes["metadata"])
    made = [op for op in script.upgrade_ops.ops if isinstance(op, ops.CreateTableOp)]
    for table in made:
        secret = logged.get(table.table_name)
        if secret is not None:
            for statement in ledger.attach_statements(table.table_name, secret):
                script.upgrade_ops.ops.append(ops.ExecuteSQLOp(statement))
    if context.config.attributes.get("first"):
        for statement in reversed(ledger.install_statements()):
            script.upgrade_ops.ops.insert(0, ops.ExecuteSQLOp(statement))


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
