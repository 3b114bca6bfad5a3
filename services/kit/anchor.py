"""Anchors: the ledger's head, signed and written outside the database, as a witness.

Whoever owns the database can rewrite the whole chain; they cannot rewrite what was signed
and stored elsewhere. One line of JSON per anchor; Ed25519; the key is made at first use.
"""

import os
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.kit import clock, ledger
from services.kit.db import Database
from services.kit.ledger import Head
from services.kit.log import log

KEY_FILE = "anchor.key"


def _key(folder: Path) -> Ed25519PrivateKey:
    """The signing key; two programs that start at once agree on one file."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        own = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw())
        try:
            os.link(own, path)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def _file(folder: Path, service: str) -> Path:
    return folder / "anchors" / f"{service}.jsonl"


def append(folder: Path, service: str, facts: dict[str, Any]) -> None:
    """Sign the facts and add them as one line."""
    payload = orjson.dumps(facts, default=str, option=orjson.OPT_SORT_KEYS)
    signature = b64encode(_key(folder).sign(payload)).decode()
    path = _file(folder, service)
    path.parent.mkdir(parents=True, exist_ok=True)
    line = orjson.dumps({"payload": payload.decode(), "signature": signature}) + b"\n"
    with path.open("ab") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


async def write(database: Database, service: str, folder: Path) -> None:
    """Anchor the ledger's head; a folder that cannot be written is logged, not fatal."""
    async with database.reading() as db:
        feed_id, head = await ledger.head(db)
    facts = {"feed_id": feed_id, "seq": head.seq, "hash": head.hash.hex(), "at": clock.now()}
    try:
        append(folder, service, facts)
        log.info("ledger.anchored", service=service, seq=head.seq)
    except OSError as failure:
        log.error("ledger.not_anchored", service=service, exc_info=failure)


def latest(folder: Path, service: str) -> Head | None:
    """The newest anchor, after its signature has been verified. ValueError if it is forged."""
    path = _file(folder, service)
    if not path.exists():
        return None
    public = _key(folder).public_key()
    line = path.read_bytes().splitlines()[-1]
    entry = orjson.loads(line)
    try:
        public.verify(b64decode(entry["signature"]), entry["payload"].encode())
    except InvalidSignature:
        raise ValueError(f"the anchor of {service} has a wrong signature") from None
    facts = orjson.loads(entry["payload"])
    return Head(facts["seq"], bytes.fromhex(facts["hash"]))
