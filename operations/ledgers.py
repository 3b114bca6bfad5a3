"""The doctor's judgement of ledgers: by themselves, and by what was signed and followed before."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from operations.findings import Finding
from services.analysis.tables.following import FEED_CURSOR
from services.kit import anchor, clock, ledger
from services.kit.anchor import Witness
from services.kit.settings import Settings

DOUBTED = 'docs/operations.md, "A ledger in doubt"'
START = "a house that runs signs one within a minute, if it can write in DATA_DIR/anchors: start it"


async def judged(program: str, db: AsyncConnection, settings: Settings) -> Finding:
    """Whether the chain is whole, and is the one that was anchored."""
    what = f"{program}: ledger"
    try:
        witness = anchor.latest(settings.data_dir, program)
    except OSError as failure:
        how = f"its anchors cannot be read: {failure.strerror}"
        return Finding(what, False, how, "ask as the user that runs the house")
    faults = await ledger.faults(db, witness.head)
    said = _said(faults, witness)
    if said:
        return Finding(what, False, "; ".join(said), DOUBTED)
    if late := await _unanchored(db, witness, settings):
        return Finding(what, False, late, START)
    return Finding(what, True, "the chain is whole" + _anchored(witness))


def _said(faults: list[tuple[int, str]], witness: Witness) -> list[str]:
    said = []
    if broken := [seq for seq, why in faults if why != "witness"]:
        said.append(f"{len(broken)} faults in the chain, the first at entry {min(broken)}")
    if len(broken) < len(faults):
        said.append(f"it is not the ledger that was{_anchored(witness, '')}")
    if witness.unsigned:
        said.append(f"{witness.unsigned} anchors whose signature does not hold")
    return said


def _anchored(witness: Witness, mark: str = ",") -> str:
    """Up to where it was anchored, and when; nothing for a ledger that has yet to begin."""
    if witness.at is None:
        return ""
    return f"{mark} anchored to entry {witness.head.seq} at {witness.at:%Y-%m-%d %H:%M} UTC"


async def _unanchored(db: AsyncConnection, witness: Witness, settings: Settings) -> str:
    """What nobody outside vouches for, though a house that runs would have signed it."""
    entries = ledger.ledger
    after = select(func.min(entries.c.at)).where(entries.c.seq > witness.head.seq)
    since: datetime | None = await db.scalar(after)
    if since is None:
        return ""
    if witness.at is None:
        return "no anchor: the chain is whole, but nothing says that it was not written anew"
    if clock.now() - since < timedelta(seconds=2 * settings.anchor_seconds):
        return ""
    return f"the chain is whole{_anchored(witness)}, and by nothing since"


async def followed(db: AsyncConnection) -> list[Finding]:
    """Whether the ledgers that analysis follows are the ones it followed before."""
    found = []
    for one in await db.execute(select(FEED_CURSOR).order_by(FEED_CURSOR.c.service)):
        what, lost = f"analysis: follows {one.service}", one.diverged_at
        how = "the ledger it followed before"
        if lost:
            how = f"at {lost:%Y-%m-%d %H:%M} UTC it was not the one followed to {one.diverged_seq}"
        found.append(Finding(what, not lost, how, DOUBTED))
    return found
