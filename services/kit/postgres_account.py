"""The account that runs PostgreSQL, which refuses root, and the folders that account reaches."""

import os
import pwd
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.kit.log import log

CANDIDATES = ("postgres", "nobody")
STATE = "kompetensnav"


class PostgresFailed(RuntimeError):
    """The database server could not be found, made, started or asked; the text says why."""


@dataclass(frozen=True)
class Account:
    """An unprivileged user for child processes; without ids it is whoever we are already."""

    uid: int | None = None
    gid: int | None = None

    def run(
        self, *command: str | Path, stdin: str | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this user, out of reach of the terminal's Ctrl-C."""
        return subprocess.run(
            [str(part) for part in command],
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", **(env or {})},
            umask=0o077,
            start_new_session=True,
            **self._identity(),
        )

    def _identity(self) -> dict[str, Any]:
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, *command: str | Path) -> bool:
        """Whether this user can run a program to a good end."""
        try:
            return self.run(*command).returncode == 0
        except OSError:
            return False

    def reaches(self, folder: Path) -> bool:
        return self.can("/bin/sh", "-c", 'cd "$0"', folder)

    def give(self, path: Path) -> None:
        """Make this user the owner of one path; nothing above it is touched."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def account_for(data: Path) -> Account:
    """Ourselves; where we are root, the owner of the data or else an unprivileged user."""
    if os.geteuid() != 0:
        return Account()
    if data.exists() and (found := data.stat()).st_uid != 0:
        return Account(found.st_uid, found.st_gid)
    for name in CANDIDATES:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(user.pw_uid, user.pw_gid)
    raise PostgresFailed(f"root cannot run PostgreSQL, and no user is called {CANDIDATES}")


def state_folder(account: Account) -> Path:
    """A folder of ours that the account reaches, for what cannot lie where it was wanted."""
    for above in (Path("/var/lib"), Path(tempfile.gettempdir())):
        folder = above / STATE
        try:
            folder.mkdir(mode=0o755, exist_ok=True)
        except OSError:
            continue
        if _ours(folder) and account.reaches(folder):
            return folder
    raise PostgresFailed("no folder is both ours and within reach of the user running PostgreSQL")


def _ours(folder: Path) -> bool:
    found = folder.lstat()
    return found.st_uid == os.geteuid() and not found.st_mode & 0o022 and not folder.is_symlink()


def within_reach(wanted: Path, account: Account) -> Path:
    """The wanted data folder, or one elsewhere which a link in the wanted place remembers."""
    if wanted.is_symlink():
        return Path(os.readlink(wanted))
    if account.reaches(wanted.parent):
        return wanted
    if wanted.exists():
        raise PostgresFailed(f"the user running PostgreSQL does not reach {wanted}")
    place = Path(tempfile.mkdtemp(prefix="postgres-", dir=state_folder(account)))
    place.chmod(0o711)
    wanted.symlink_to(place / "data")
    log.warning("postgres.placed_elsewhere", where=str(place), reason="the data folder is private")
    return place / "data"
