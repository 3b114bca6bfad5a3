"""The embedded PostgreSQL survives whatever befalls it or the program that uses it."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from services.kit import postgres_cluster as cluster
from services.kit.postgres import Postgres, PostgresFailed, throwaway
from services.kit.postgres_account import Account
from services.kit.postgres_binaries import find_binaries
from tests.postgres16 import programs_of_16

ROOT = os.geteuid() == 0
as_root = pytest.mark.skipif(not ROOT, reason="only root has to step down to another user")
A_PROGRAM = """
import sys, time
from pathlib import Path
from services.kit.log import configure
from services.kit.postgres import Postgres
configure()
server = Postgres(Path(sys.argv[1]), fast=True)
server.start()
print(server.port, flush=True)
time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder others may pass through, as a checkout's is."""
    made = Path(tempfile.mkdtemp(prefix="kompetensnav-test-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A stopped cluster with one row in it; no throwaway, for others sweep what nobody uses."""
    kept = Path(tempfile.mkdtemp(prefix="kompetensnav-test-"))
    kept.chmod(0o711)
    with Postgres(kept / "postgres", fast=True) as server:
        server.ensure_databases("kept")
        server.sql("CREATE TABLE fact (n int UNIQUE)", database="kept")
        server.sql("INSERT INTO fact VALUES (42)", database="kept")
    yield server.wanted
    shutil.rmtree(kept)


@pytest.fixture
def server(made: Path) -> Iterator[Postgres]:
    """That cluster's server, not yet started, and stopped when the story ends."""
    found = Postgres(made, fast=True)
    yield found
    found.stop()


def _fact(server: Postgres) -> str:
    return server.sql("SELECT n FROM fact", database="kept")


def _postmaster(server: Postgres) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


@contextmanager
def _another_program(data: Path) -> Iterator[subprocess.Popen[str]]:
    """A second program that has started the server and goes on using it."""
    command = [sys.executable, "-c", A_PROGRAM, str(data)]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    assert int(program.stdout.readline()) > 0
    try:
        yield program
    finally:
        program.kill()
        program.wait()
        program.stdout.close()


def _programs_of(major: int | None) -> Path | None:
    """The folder of a version's programs; None, the house's own choice, is 18."""
    if major == 16:
        return programs_of_16()
    try:
        return find_binaries(major=major).folder if major else None
    except PostgresFailed as absent:
        pytest.skip(str(absent))


@pytest.mark.parametrize("major", [None, 16, 15])
def test_a_server_is_made_started_asked_and_gone(major: int | None) -> None:
    with throwaway(binaries=_programs_of(major)) as server:
        server.ensure_databases("first")
        version = server.sql("SHOW server_version_num", database="first")
        assert version.startswith(str(major or 18))
        assert server.sql("SHOW data_checksums", "SHOW server_encoding") == "on\nUTF8"
    assert not server.wanted.parent.exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port))


def test_what_a_killed_test_run_left_is_thrown_away_by_the_next() -> None:
    told = A_PROGRAM.replace(
        "server = Postgres(Path(sys.argv[1]), fast=True)",
        "from services.kit.postgres import throwaway\n"
        "kept = throwaway()\nserver = kept.__enter__()",
    ).replace("server.port", "server.wanted")
    run = subprocess.Popen([sys.executable, "-c", told], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    left = Path(run.stdout.readline().strip())
    run.kill()
    run.communicate()
    assert cluster.running_port(left)
    with throwaway() as server:
        assert not left.parent.exists()
        assert server.sql("SELECT 1") == "1"
    assert cluster.processes_in(left, 0) == []


def test_swedish_letters_are_letters_to_every_part_of_the_server(server: Postgres) -> None:
    with server:
        asked = "SELECT lower('ÅÄÖ'), similarity('Öckerö', 'ÖCKERÖ'), 'öckerö' ILIKE 'ÖCK%'"
        assert server.sql(asked, database="kept") == "åäö|1|t"
        assert server.sql("SELECT unaccent('Ängelholm')", database="kept") == "Angelholm"


def test_the_data_is_found_again_at_the_same_address_in_half_a_second(server: Postgres) -> None:
    server.start()
    port = server.port
    server.stop()
    before = time.monotonic()
    server.start()
    assert time.monotonic() - before < 0.5
    assert (server.port, _fact(server)) == (port, "42")


def test_a_taken_port_is_exchanged_for_a_free_one(server: Postgres) -> None:
    server.start()
    server.stop()
    with socket.create_server(("127.0.0.1", server.port)) as thief:
        server.start()
        assert server.port != thief.getsockname()[1]
        assert _fact(server) == "42"


def test_a_killed_server_starts_again_with_its_data(server: Postgres) -> None:
    server.start()
    os.kill(_postmaster(server), signal.SIGKILL)
    again = Postgres(server.wanted, fast=True)
    with again:
        assert _fact(again) == "42"


def test_whoever_uses_a_killed_server_can_revive_it_where_it_was(server: Postgres) -> None:
    server.start()
    port, postmaster = server.port, _postmaster(server)
    assert not server.revive()
    os.kill(postmaster, signal.SIGKILL)
    while cluster.is_running(server.data):
        time.sleep(0.01)
    assert server.revive()
    assert (server.port, _fact(server)) == (port, "42")
    assert not server.revive()
    server.stop()
    assert not server.revive()


def test_a_killed_program_leaves_a_server_that_the_next_adopts(server: Postgres) -> None:
    with _another_program(server.wanted) as program:
        program.kill()
        program.wait()
        postmaster = _postmaster(server)
        server.start()
        assert (_postmaster(server), _fact(server)) == (postmaster, "42")
    server.stop()
    assert cluster.running_port(server.data) is None


def test_an_adopted_server_gets_the_settings_asked_for(server: Postgres) -> None:
    with _another_program(server.wanted) as program:
        program.kill()
        program.wait()
        with Postgres(server.wanted, settings={"work_mem": "7MB"}) as asked:
            assert asked.sql("SHOW work_mem", "SHOW fsync") == "7MB\non"


def test_the_server_stays_while_another_program_uses_it(server: Postgres) -> None:
    with _another_program(server.wanted):
        server.start()
        server.stop()
        assert cluster.running_port(server.data) == server.port
        server.start()
    server.stop()
    assert cluster.running_port(server.data) is None


def test_a_process_that_inherited_the_number_is_not_taken_for_the_server(server: Postgres) -> None:
    server.start()
    file = server.data / "postmaster.pid"
    left = file.read_text().splitlines()
    server.stop()
    file.write_text("\n".join([str(os.getpid()), *left[1:]]) + "\n")
    server.account.give(file)
    with server:
        assert _fact(server) == "42"


def test_a_creation_cut_short_is_begun_anew(folder: Path) -> None:
    half = folder / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with Postgres(folder / "data", fast=True) as server:
        assert server.sql("SELECT 1") == "1"
    assert not half.exists()


def test_a_lost_password_is_replaced(server: Postgres) -> None:
    (server.wanted.parent / f"{server.wanted.name}.password").unlink()
    with server:
        assert _fact(server) == "42"


def test_the_password_is_ours_alone_and_the_door_asks_for_it(server: Postgres) -> None:
    with server:
        kept = server.wanted.with_name(f"{server.wanted.name}.password")
        assert kept.stat().st_mode & 0o777 == 0o600
        keyless = server.environment("kept") | {"PGPASSWORD": "guessed"}
        refused = Account().run(server.binary("psql"), "-c", "SELECT 1", env=keyless)
        assert refused.returncode
        assert "password authentication failed" in refused.stdout


def test_another_version_is_refused_in_plain_words(server: Postgres) -> None:
    with pytest.raises(PostgresFailed, match=r"was made by PostgreSQL 18.*dump it"):
        Postgres(server.wanted, binaries=programs_of_16()).start()


def test_a_failed_statement_leaves_no_personal_data_in_the_log(server: Postgres) -> None:
    with server:
        with pytest.raises(PostgresFailed):
            server.sql("INSERT INTO fact VALUES (42)", database="kept")
        with pytest.raises(PostgresFailed):
            server.sql("SELECT 'Exempelperson 1'::int", database="kept")
        said = (server.data / "server.log").read_text()
    assert "(42)" not in said
    assert "INSERT" not in said


def _as_ordinary_user(story: Callable[[], None]) -> int:
    """The story's exit code, told in a process that has stepped down for good."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        nobody = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
        story()
        os._exit(0)
    except BaseException as failure:
        os.write(2, f"{failure!r}\n".encode())
    os._exit(1)


def _whole_life() -> None:
    with throwaway() as server:
        server.ensure_databases("first")
        server.stop()
        server.start()
        assert server.sql("SELECT current_user", database="first") == cluster.SUPERUSER


@as_root
def test_an_ordinary_user_runs_it_as_well() -> None:
    assert _as_ordinary_user(_whole_life) == 0


@as_root
def test_below_a_private_folder_the_data_lies_elsewhere_and_a_link_remembers(folder: Path) -> None:
    folder.chmod(0o700)
    wanted = folder / "data" / "postgres"
    with Postgres(wanted, fast=True) as first:
        first.ensure_databases("kept")
        place = first.data
    try:
        assert wanted.is_symlink()
        assert folder.stat().st_mode & 0o777 == 0o700
        with Postgres(wanted, fast=True) as second:
            assert second.data == place
            assert "kept" in second.sql("SELECT datname FROM pg_database").splitlines()
    finally:
        shutil.rmtree(place.parent)


@as_root
def test_programs_below_a_private_folder_run_from_a_copy(folder: Path, server: Postgres) -> None:
    private = folder / "private"
    private.mkdir(mode=0o700)
    package = find_binaries().folder.parent.parent
    for name in (package.name, f"{package.name}.libs"):
        (private / name).symlink_to(package.with_name(name))
    installed = private / package.name / "pginstall" / "bin"
    copied = Postgres(server.wanted, fast=True, binaries=installed)
    try:
        with copied:
            assert _fact(copied) == "42"
            assert not copied.binary("psql").is_relative_to(private)
    finally:
        shutil.rmtree(copied.binaries.folder.parents[2])
