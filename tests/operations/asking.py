"""The command line as its users meet it, without loading its libraries anew for each command.

A server with the commands loaded forks for each one that is asked: it runs in a process of its own,
with its own environment. That `python -m operations` starts at all, tests/operations/test_run.py
and every journey's house show.
"""

import atexit
import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryFile
from typing import IO

import orjson

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 120


@cache
def _server() -> "subprocess.Popen[bytes]":
    """One server for all that this process asks."""
    command = [sys.executable, "-m", "tests.operations.asking"]
    server = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    atexit.register(server.communicate)
    return server


def ask(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """What a command answers, in this environment and what is named."""
    return asked(words, {**os.environ, **environment})


def asked(
    words: tuple[str, ...], environment: dict[str, str]
) -> "subprocess.CompletedProcess[str]":
    """What a command answers in exactly this environment."""
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    with TemporaryFile() as out, TemporaryFile() as err:
        places = [f"/proc/{os.getpid()}/fd/{one.fileno()}" for one in (out, err)]
        server.stdin.write(orjson.dumps([words, environment, places]) + b"\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(words, code, _text(out), _text(err))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def _serve() -> None:
    """Fork for each line, and answer with how it ended."""
    from operations import __main__, commands  # noqa: PLC0415 - the server's alone

    for module in iter_modules(commands.__path__):
        import_module(f"operations.commands.{module.name}")
    gc.freeze()
    for line in sys.stdin.buffer:
        if not (child := os.fork()):
            words, environment, places = orjson.loads(line)
            _become(environment, places)
            code = _code(__main__.main, words)
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(
                code
            )  # what was loaded is the server's: to take it down cost more than the command
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def _code(main: Callable[[list[str]], int], words: list[str]) -> int:
    """What the command answers, also where it leaves by itself."""
    try:
        return main(words)
    except SystemExit as left:  # asked wrongly, or for help
        return int(left.code or 0)


def _become(environment: dict[str, str], places: list[str]) -> None:
    """A process with this environment that reads nothing and writes to these files."""
    os.environ.clear()
    os.environ.update(environment)
    for number, place in enumerate([os.devnull, *places]):
        file = os.open(place, os.O_RDWR)
        os.dup2(file, number)
        os.close(file)
    signal.alarm(MOST_SECONDS)


if __name__ == "__main__":
    _serve()
