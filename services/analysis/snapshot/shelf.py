"""The shelf: where snapshots' files stand, each named by the hash of what is in it."""

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

PART = ".part"
OLD_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Kept:
    """A file on the shelf."""

    content_hash: str
    byte_count: int


@dataclass(frozen=True)
class Shelf:
    """A folder of files that are written once and never changed."""

    folder: Path

    @classmethod
    def of(cls, data_dir: Path) -> "Shelf":
        """The shelf below the house's data folder."""
        return cls(data_dir / "snapshots")

    def path(self, content_hash: str) -> Path:
        """Where the file with this content stands."""
        return self.folder / f"{content_hash}.parquet"

    def keep(self, write: Callable[[Path], None]) -> Kept:
        """Put a file on the shelf: whole, on the disk, and only then under its name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        part = self.folder / f"{uuid4().hex}{PART}"
        try:
            write(part)
            kept = _read(part)
            if not self.holds(kept.content_hash):
                _to_disk(part)
                part.replace(self.path(kept.content_hash))
                _to_disk(self.folder)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
        return kept

    def _sweep(self) -> None:
        """Take away what was being written when somebody pulled the plug, a day ago or more."""
        for part in self.folder.glob(f"*{PART}"):
            with suppress(FileNotFoundError):
                if time.time() - part.stat().st_mtime > OLD_SECONDS:
                    part.unlink()

    def holds(self, content_hash: str) -> bool:
        """Whether the file stands there, with the content that its name says."""
        path = self.path(content_hash)
        return path.exists() and _read(path).content_hash == content_hash


def _read(path: Path) -> Kept:
    with path.open("rb") as file:
        return Kept(hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)


def _to_disk(path: Path) -> None:
    """Whatever happens to the machine after this, the file or folder is as it is now."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
