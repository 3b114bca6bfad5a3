"""Drift: what a migrated database has, beside what tables.py would make on an empty one."""

import asyncio
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from services.kit import ledger, migrations
from services.kit.postgres import Postgres

# Alembic's own comparison sees no triggers and misreads indexes over expressions.
_CATALOGUE = """
SELECT 'column ' || table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable
  || coalesce(' default ' || column_default, '') || coalesce(' as ' || generation_expression, '')
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
UNION ALL SELECT 'index ' || indexdef FROM pg_indexes
  WHERE schemaname = 'public' AND tablename <> 'alembic_version'
UNION ALL SELECT 'constraint ' || conrelid::regclass || '.' || conname || ' '
  || pg_get_constraintdef(oid) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
  AND conrelid::regclass::text <> 'alembic_version'
UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function ' || p.oid::regprocedure || ' ' || md5(prosrc) FROM pg_proc p
  WHERE pronamespace = 'public'::regnamespace
ORDER BY 1
"""


def differences(server: Postgres, program: str, metadata: Any) -> list[str]:
    """What only one of the two databases has: - in the migrated alone, + in tables.py alone."""
    migrated, described = f"{program}_migrated", f"{program}_described"
    server.ensure_databases(migrated, described)
    migrations.upgrade(program, server.url(migrated))
    asyncio.run(_describe(server.url(described), metadata))
    has = set(server.sql(_CATALOGUE, database=migrated).splitlines())
    says = set(server.sql(_CATALOGUE, database=described).splitlines())
    return [*(f"- {line}" for line in sorted(has - says)), *(f"+ {n}" for n in sorted(says - has))]


async def _describe(url: str, metadata: Any) -> None:
    """Make what a first migration written now would make."""
    engine = create_async_engine(url)
    async with engine.begin() as db:
        for statement in [*ledger.install_statements(), ledger.CHANGES_INDEX]:
            await db.execute(text(statement.replace(":", "\\:")))
        await db.run_sync(metadata.create_all)
        for table, secret in migrations.secrets_of(metadata).items():
            for statement in ledger.attach_statements(table, secret) if secret is not None else ():
                await db.execute(text(statement))
    await engine.dispose()
