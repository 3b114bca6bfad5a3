"""Starts every program of the house from the image as production would, and stops it again."""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from operations import house
from services.kit.postgres import throwaway
from services.kit.postgres_cluster import free_port

# Long: that a machine has much to do is no fault of the image.
READY_SECONDS, STOP_SECONDS = 90, 20
HARDENED = (
    "--read-only", "--tmpfs=/tmp:rw,size=64m",
    # A volume, as in docker-compose.yml: it is the image that says whose the folder is.
    "--volume=/data", "--cap-drop=ALL",
    "--security-opt=no-new-privileges", "--network=host", "--no-healthcheck",
    # Where limits cannot be raised, as in a sandbox, they can still be named.
    "--ulimit=nofile=1024:1024", "--ulimit=nproc=1024:1024",
)  # fmt: skip


class Rehearsal:
    """The engine, the image, and what is set in each container."""

    def __init__(self, engine: str, image: str, folder: Path) -> None:
        self.engine, self.image = str(Path(engine).resolve() if "/" in engine else engine), image
        self.keys = house.keys_file(folder)
        self.keys.chmod(0o444)

    def run(self, *words: str, name: str, env: dict[str, str]) -> subprocess.Popen[bytes]:
        """A container of the image with one command."""
        set_here = [f"--env={key}={value}" for key, value in env.items()]
        secrets = f"--volume={self.keys}:/run/secrets/service_keys:ro"
        return subprocess.Popen(
            [self.engine, "run", "--rm", f"--name={name}", *HARDENED, *set_here, secrets,
             self.image, *words],
        )  # fmt: skip

    def signal(self, signal: str, program: str) -> None:
        """Send a signal to a program's container, if it is there."""
        name = f"kn-{os.getpid()}-{program}"
        sent = [self.engine, "kill", f"--signal={signal}", name]
        subprocess.run(sent, capture_output=True, check=False)

    def ask(self, *words: str) -> str:
        """What the engine answers."""
        done = subprocess.run([self.engine, *words], capture_output=True, text=True, check=True)
        return done.stdout.strip()


def main(engine: str, image: str) -> None:
    """Migrate, serve all, look at one from the inside, leave in order."""
    with TemporaryDirectory() as folder, throwaway() as server:
        programs = house.with_tables()
        server.ensure_databases(*map(house.database_name, programs))
        url = server.url("{program}")
        rehearsal = Rehearsal(engine, image, Path(folder))
        migrate = rehearsal.run(
            "migrate", name=f"kn-{os.getpid()}-migrate", env={"DATABASE_URL": url}
        )
        demand(migrate.wait(120) == 0, "migrate failed")
        ports = {program: free_port(0) for program in programs}
        urls = {f"{name.upper()}_URLS": f"http://127.0.0.1:{port}" for name, port in ports.items()}
        running = {
            program: rehearsal.run(
                "serve", program, name=f"kn-{os.getpid()}-{program}",
                env={"DATABASE_URL": url, "PORT": str(port), "HOST": "127.0.0.1",
                     "LOG_LEVEL": "WARNING", **urls},
            )
            for program, port in ports.items()
        }  # fmt: skip
        try:
            wait_until_ready(ports)
            inspect(rehearsal, f"kn-{os.getpid()}-{programs[0]}")
        finally:
            leave(rehearsal, running)


def wait_until_ready(ports: dict[str, int]) -> None:
    began = time.monotonic()
    for program, port in ports.items():
        while not house.is_ready(f"http://127.0.0.1:{port}"):
            demand(time.monotonic() - began < READY_SECONDS, f"{program} did not turn ready")
            time.sleep(0.1)
    print(f"image: {len(ports)} programs ready after {time.monotonic() - began:.1f} s")


def inspect(rehearsal: Rehearsal, name: str) -> None:
    """Nobody of note, who may write nowhere but where the anchors are."""
    status = rehearsal.ask("exec", name, "python", "-c", "print(open('/proc/self/status').read())")
    facts = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    demand(facts["Uid"].split()[0] == "10001", "the programs run as another user than 10001")
    demand(int(facts["CapEff"], 16) == 0, "the programs have capabilities")
    demand(facts["NoNewPrivs"] == "1", "the programs may gain privileges")
    demand(not writes(rehearsal, name, "/house"), "the root file system can be written")
    demand(writes(rehearsal, name, "/data"), "the folder of anchors cannot be written")


def writes(rehearsal: Rehearsal, name: str, folder: str) -> bool:
    """Whether the programs may make a file there."""
    tried = f"import pathlib; pathlib.Path('{folder}/written').touch()"
    asked = [rehearsal.engine, "exec", name, "python", "-c", tried]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def leave(rehearsal: Rehearsal, running: dict[str, subprocess.Popen[bytes]]) -> None:
    """All of them, in order or not: none goes on when nobody looks any more."""
    began = time.monotonic()
    for program in running:
        rehearsal.signal("TERM", program)
    ends = {program: _end_of(process) for program, process in running.items()}
    for program in (one for one, end in ends.items() if end is None):
        rehearsal.signal("KILL", program)
    demand(all(end == 0 for end in ends.values()), f"not all left in order: {ends}")
    print(f"image: all stopped in {time.monotonic() - began:.1f} s")


def _end_of(process: subprocess.Popen[bytes]) -> int | None:
    """What a program left with; None where it is there still."""
    try:
        return process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        return None


def demand(holds: bool, otherwise: str) -> None:
    if not holds:
        sys.exit(f"image: {otherwise}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
