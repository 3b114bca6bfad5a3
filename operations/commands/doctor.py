"""doctor: what is wrong with this installation, if anything, and what to do about it."""

import argparse
import asyncio
import os
import shutil
import stat
import sys
from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from operations import house
from operations.command import Failed, Subparsers, command, say
from operations.findings import Finding
from operations.ledgers import followed, judged
from operations.service_database import address_in
from services.kit import log, versions
from services.kit.postgres import EXTENSIONS
from services.kit.postgres_binaries import OLDEST
from services.kit.settings import Settings

DISK_LEAST = 0.15
OLDEST_PYTHON = (3, 11)


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    parser = command(subparsers, "doctor", do, does="look for what is wrong with this installation")
    parser.add_argument("--program", choices=house.PROGRAMS, help="in a container: its own alone")


def do(chosen: argparse.Namespace) -> int:
    """Look at everything, answer 1 where anything is not well."""
    settings = house.read_settings()
    house.demand_kept(settings)
    log.configure("ERROR")
    databases = _database_of(settings, chosen.program) if chosen.program else _databases(settings)
    findings = [*_machine(settings), *_secrets(settings), *databases]
    for found in findings:
        mark = "well" if found.well else "LOOK"
        advice = "" if found.well else f"\n       {found.do}"
        say(chosen, f"{mark}   {found.what}: {found.how}{advice}", **vars(found))
    return 0 if all(found.well for found in findings) else 1


def _machine(settings: Settings) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    well = sys.version_info >= OLDEST_PYTHON
    yield Finding("Python", well, version, "install Python 3.11 or newer")
    wanted = settings.data_dir.absolute()
    # Where its databases are elsewhere, the folder may be yet to make: it will be made in this one.
    folder = next(one for one in (wanted, *wanted.parents) if one.is_dir())
    writable = os.access(folder, os.W_OK)
    yield Finding("data folder", writable, str(wanted), f"give {folder} to the house's user")
    disk = shutil.disk_usage(folder)
    free = disk.free / disk.total
    yield Finding("disk", free >= DISK_LEAST, f"{free:.0%} free", "make room, or move DATA_DIR")


def _secrets(settings: Settings) -> Iterator[Finding]:
    """Secrets are closed to others, and every pair of programs has one."""
    folder = settings.data_dir
    keys = settings.service_keys_file or folder / "service_keys.json"
    for path in (keys, settings.pepper_file or folder / "pepper", folder / "anchor.key"):
        if path.exists() and not path.is_relative_to(house.SECRETS):
            open_to = path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
            how = "closed" if not open_to else "open to other users"
            yield Finding(f"secret {path.name}", not open_to, how, f"chmod 600 {path}")
    if settings.service_keys or settings.service_keys_file:
        missing = [pair for pair in house.PAIRS if pair not in settings.keys]
        how = f"missing: {', '.join(missing)}" if missing else "every pair of programs has one"
        yield Finding("service keys", not missing, how, "add them to SERVICE_KEYS_FILE")


def _databases(settings: Settings) -> Iterator[Finding]:
    try:
        with house.databases(settings) as address:
            for program in house.with_tables():
                yield from asyncio.run(_database(program, address(program), settings))
    except Failed as failure:
        yield Finding("PostgreSQL", False, str(failure), "see the line above")


def _database_of(settings: Settings, program: str) -> list[Finding]:
    with address_in(settings, program) as url:
        return asyncio.run(_database(program, url, settings))


async def _database(program: str, url: str, settings: Settings) -> list[Finding]:
    engine = create_async_engine(url, connect_args={"timeout": 5})
    try:
        async with engine.connect() as db:
            return await _questions(program, db, settings)
    except Exception as failure:  # whatever it is, it is what the doctor was asked for
        return [Finding(program, False, type(failure).__name__, "start it, or check its address")]
    finally:
        await engine.dispose()


async def _questions(program: str, db: AsyncConnection, settings: Settings) -> list[Finding]:
    """Version, extensions, letters, schema, and whether the ledgers are what they were."""
    number = int(await _ask(db, "SHOW server_version_num")) // 10000
    present = (await db.execute(text("SELECT extname FROM pg_extension"))).scalars().all()
    missing = [name for name in EXTENSIONS if name not in present]
    swedish = await _ask(db, "SELECT lower('Å') = 'å' AND getdatabaseencoding() = 'UTF8'")
    findings = [
        Finding(f"{program}: server", number >= OLDEST, f"PostgreSQL {number}", "upgrade it"),
        Finding(
            f"{program}: extensions", not missing, ", ".join(missing) or "all there",
            "as superuser: CREATE EXTENSION for each",
        ),
        Finding(
            f"{program}: letters", bool(swedish), "Swedish" if swedish else "not Swedish",
            "create the database with ENCODING 'UTF8' LOCALE 'C.UTF-8'",
        ),
    ]  # fmt: skip
    if await _ask(db, "SELECT to_regclass('alembic_version') IS NULL"):
        advice = "python -m operations migrate"
        return [*findings, Finding(f"{program}: schema", False, "no tables yet", advice)]
    schema = await _schema(program, db)
    findings += [schema, await judged(program, db, settings)]
    return findings + (await followed(db) if program == "analysis" and schema.well else [])


async def _schema(program: str, db: AsyncConnection) -> Finding:
    has = await _ask(db, "SELECT max(version_num) FROM alembic_version")
    newest = versions.newest(program)
    how = f"{has}, newest {newest}"
    return Finding(f"{program}: schema", has == newest, how, "python -m operations migrate")


async def _ask(db: AsyncConnection, question: str) -> str:
    return str(await db.scalar(text(question)) or "")
