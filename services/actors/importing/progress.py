"""Progress: how far an import has come, while nobody else can see anything of it.

What a transaction writes nobody sees before it is whole, but what its connection calls itself
everybody of the same role sees at once. It goes when the transaction does, also with its program.
"""

from hashlib import sha256

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.importing import ImportProgress

_CALL = text("SELECT set_config('application_name', :name, true)")
_CALLED = text(
    "SELECT application_name FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name LIKE :mark || ' %' LIMIT 1"
)


def mark_of(subject: str, key: str) -> str:
    """What somebody's own import is called while it is taken in."""
    return "import " + sha256(f"{subject}\n{key}".encode()).hexdigest()[:24]


async def tell(db: AsyncConnection, mark: str, done: int, count: int) -> None:
    """So much of it is done."""
    await db.execute(_CALL, {"name": f"{mark} {done}/{count}"})


async def told(db: AsyncConnection, mark: str) -> ImportProgress:
    """How far it has come; nothing where nobody works on it."""
    name = (await db.execute(_CALLED, {"mark": mark})).scalar_one_or_none()
    if name is None:
        return ImportProgress(done=None, count=None)
    done, count = name.rsplit(" ", 1)[1].split("/")
    return ImportProgress(done=int(done), count=int(count))
