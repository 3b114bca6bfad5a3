"""One PostgreSQL data folder on disk: made whole or not at all, and who is running in it."""

import os
import secrets
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from services.kit.postgres_account import Account, PostgresFailed
from services.kit.postgres_binaries import Binaries

SUPERUSER = "kompetensnav"
BUILTIN_LOCALE_SINCE = 17
STATUS_LINE, PORT_LINE = 7, 3
ORPHANS_LEAVE_WITHIN = 5
DEFAULTS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "200",
    "jit": "off",
    # A failed statement or its key may hold personal data: say only what went wrong.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def create(data: Path, password_file: Path, binaries: Binaries, account: Account) -> None:
    """Make an empty cluster beside the folder and move it into place when it is whole."""
    building = data.with_name(f"{data.name}.new")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(mode=0o700)
    account.give(building)
    password = secrets.token_urlsafe(32)
    with tempfile.NamedTemporaryFile("w", suffix=".password") as handed:
        handed.write(password)
        handed.flush()
        account.give(Path(handed.name))
        _run(account, binaries.folder / "initdb", *_options(binaries), "-D", building,
             f"--pwfile={handed.name}")  # fmt: skip
    keep_password(password_file, password)
    building.rename(data)


def _options(binaries: Binaries) -> list[str]:
    provider = ["--locale-provider=libc"]
    if binaries.major >= BUILTIN_LOCALE_SINCE:
        provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [
        f"--username={SUPERUSER}",
        "--encoding=UTF8",
        "--locale=C.UTF-8",  # the character type must know å, ä and ö, or pg_trgm skips them
        *provider,
        "--data-checksums",
        "--auth-local=peer",
        "--auth-host=scram-sha-256",
    ]


def keep_password(file: Path, password: str) -> None:
    """Write the superuser's password where only we can read it."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(password)


def new_password(data: Path, password_file: Path, binaries: Binaries, account: Account) -> None:
    """Give a stopped cluster whose password is lost a new one, without the server's door."""
    password = secrets.token_urlsafe(32)
    command = (binaries.folder / "postgres", "--single", "-D", data, "postgres")
    _run(account, *command, stdin=f"ALTER ROLE {SUPERUSER} PASSWORD '{password}'\n")
    keep_password(password_file, password)


def _run(account: Account, *command: str | Path, stdin: str | None = None) -> None:
    done = account.run(*command, stdin=stdin)
    if done.returncode:
        raise PostgresFailed(f"{Path(command[0]).name} failed: {done.stdout.strip()[-500:]}")


def major_of(data: Path) -> int | None:
    """The version that made the folder; None where there is no cluster yet."""
    try:
        return int((data / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def configuration(settings: Mapping[str, str], binaries: Binaries, *, port: int) -> str:
    lines = [f"# PostgreSQL {binaries.version} in {binaries.folder}", f"port = {port}"]
    quoted = {name: value.replace("'", "''") for name, value in settings.items()}
    return "\n".join([*lines, *(f"{name} = '{value}'" for name, value in quoted.items()), ""])


def configure(data: Path, text: str) -> None:
    """Write our settings, which the cluster's own configuration file takes in last."""
    (data / "kompetensnav.conf").write_text(text)
    (data / "kompetensnav.conf").chmod(0o644)  # the folder itself is closed to others
    main, line = data / "postgresql.conf", "include = 'kompetensnav.conf'\n"
    if line not in main.read_text():
        with main.open("a") as opened:
            opened.write(line)


def configured(data: Path) -> str:
    try:
        return (data / "kompetensnav.conf").read_text()
    except FileNotFoundError:
        return ""


def kept_port(data: Path) -> int:
    """The port of last time; 0, which means any free one, where there was none."""
    for line in configured(data).splitlines():
        if line.startswith("port = "):
            return int(line.removeprefix("port = "))
    return 0


def free_port(wanted: int) -> int:
    """The wanted port of this machine if nobody listens there, else any free one."""
    for port in (wanted, 0):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            found: int = tried.getsockname()[1]
            return found
    raise PostgresFailed("there is no free port on 127.0.0.1")


def running_port(data: Path, *, patience: float = 600) -> int | None:
    """The port of the server at work on this folder, waited for while it starts or recovers.

    A file left by a server that was killed is removed once its last process is gone.
    """
    file, deadline = data / "postmaster.pid", time.monotonic() + patience
    while time.monotonic() < deadline:
        lines = _lines(file)
        if not lines:
            return None
        if int(lines[0]) not in processes_in(data, int(lines[0])):
            _end_orphans(data, int(lines[0]))
            file.unlink(missing_ok=True)
            return None
        if len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready":
            return int(lines[PORT_LINE])
        time.sleep(0.02)
    raise PostgresFailed(f"the server in {data} neither starts nor ends")


def is_running(data: Path) -> bool:
    """Whether the server that wrote down its number still lives; cheap enough to ask often."""
    lines = _lines(data / "postmaster.pid")
    if not lines:
        return False
    if not Path("/proc/self/cwd").exists():
        return bool(processes_in(data, int(lines[0])))
    return _stands_in(Path("/proc") / lines[0].strip(), str(data.resolve()))


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text().splitlines()
    except FileNotFoundError:
        return []


def _end_orphans(data: Path, postmaster: int) -> None:
    """Wait for the processes of a killed server to leave by themselves, then end the rest."""
    for _ in range(ORPHANS_LEAVE_WITHIN * 50):
        if not processes_in(data, postmaster):
            return
        time.sleep(0.02)
    for orphan in processes_in(data, postmaster):
        with suppress(ProcessLookupError):
            os.kill(orphan, signal.SIGKILL)


def processes_in(data: Path, postmaster: int) -> list[int]:
    """PostgreSQL's processes on this folder: each of them stands in it."""
    if not Path("/proc/self/cwd").exists():
        said = Account().run("ps", "-o", "command=", "-p", str(postmaster)).stdout
        return [postmaster] if "postgres" in said else []
    folder = str(data.resolve())
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if _stands_in(entry, folder)]


def _stands_in(process: Path, folder: str) -> bool:
    try:
        name = (process / "comm").read_text().strip()
        return name == "postgres" and os.readlink(process / "cwd") == folder
    except OSError:
        return False
