"""run-split: the house as one program per part, two of each service, without containers."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from operations import house
from operations.answering import left
from operations.command import Failed, Subparsers, command, say
from operations.commands.run import announce, demand_free_port
from operations.commands.serve import PARENT
from operations.first_link import first_link
from services.kit import log
from services.kit.postgres_cluster import free_port
from services.kit.settings import Settings

REPLICAS = 2
REST_SECONDS = 0.5
READY_SECONDS = 60
STOP_SECONDS = 20


@dataclass
class Program:
    """One running program, started again at its own address whenever it ends."""

    name: str
    port: int
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C comes to us alone."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "operations", "serve", self.name],
            env={**os.environ, **self.environment, "PORT": str(self.port), PARENT: "1"},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    does = "run the house as one program per part, two of each service, until Ctrl-C"
    command(subparsers, "run-split", do, does=does)


def do(chosen: argparse.Namespace) -> None:
    """Start the programs, keep them running, stop the gateway first."""
    settings = house.read_settings(quiet=True)
    log.configure(settings.log_level)
    demand_free_port(settings)
    with house.databases(settings) as address, left(settings) as leave:
        house.upgrade(address)
        each = house.settings_of(settings, address)
        with _running(_programs(settings, each)) as programs:
            _until_ready(programs)
            leave(programs[-1].address)
            announce(chosen, programs[-1].address, first_link(address("gateway")))
            for program in programs:
                facts = {"program": program.name, "address": program.address}
                say(chosen, f"  {program.name:9} {program.address}", **facts)
            with suppress(KeyboardInterrupt):  # the ordinary way to end it
                _keep(programs)


def _programs(settings: Settings, each: Mapping[str, Settings]) -> list[Program]:
    """Two of each service on free ports, then the gateway on the port that was asked for."""
    ports = {name: [free_port(0) for _ in range(REPLICAS)] for name in house.SERVICES}
    urls = {
        f"{name.upper()}_URLS": ",".join(f"http://127.0.0.1:{port}" for port in found)
        for name, found in ports.items()
    }
    places = [(name, port) for name, found in ports.items() for port in found]
    return [
        Program(name, port, _environment(each[name]) | urls)
        for name, port in [*places, ("gateway", settings.port)]
    ]


def _environment(settings: Settings) -> dict[str, str]:
    return {
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
        "SERVICE_KEYS_FILE": str(settings.service_keys_file or ""),
        "PEPPER_FILE": str(settings.pepper_file or ""),
        "HOST": settings.host,
        # Where people reach the house, for letters that a service sends.
        "BASE_URL": settings.address,
        "LOG_LEVEL": settings.log_level,
    }


@contextmanager
def _running(programs: list[Program]) -> Iterator[list[Program]]:
    """All of them, stopped in the end: the gateway first, so that it finds its services."""
    started: list[Program] = []
    try:
        for program in programs:
            program.start()
            started.append(program)
        yield programs
    finally:
        _stop([program for program in started if program.name == "gateway"])
        _stop([program for program in started if program.name != "gateway"])


def _stop(programs: list[Program]) -> None:
    """Tell twice, which means without draining, and in the end insist."""
    for program in programs:
        for _ in range(2):
            program.process.send_signal(signal.SIGTERM)
            time.sleep(0.05)
    for program in programs:
        try:
            program.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            program.process.kill()


def _until_ready(programs: list[Program]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    for program in programs:
        while not house.is_ready(program.address):
            if program.process.poll() is not None:
                raise Failed(f"{program.name} did not start; its log above says why")
            if time.monotonic() > deadline:
                raise Failed(f"{program.name} is not ready after {READY_SECONDS} s")
            time.sleep(0.05)


def _keep(programs: list[Program]) -> None:
    """Start again whatever ends, until a signal raises us out of here."""
    while True:
        time.sleep(REST_SECONDS)
        for program in programs:
            if program.process.poll() is not None:
                log.log.warning("program.started_again", source=program.name, port=program.port)
                program.start()
