"""`python -m operations COMMAND`: each command is one module in operations/commands."""

import argparse
import gc
import signal
import sys
from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

from operations import commands
from operations.command import Failed

FAILED, INTERRUPTED = 1, 130
# Loading makes objects that all stay: to sweep among them was a quarter of loading them.
SWEEP_AFTER = 1_000_000
# httpx's own command line, which nobody here runs: with it come rich, pygments and click.
UNUSED = "httpx._main"


def main(arguments: list[str]) -> int:
    """Run one command and give its exit code: 0 done, 1 failed, 2 asked wrongly."""
    gc.set_threshold(SWEEP_AFTER)
    sys.modules[UNUSED] = None  # type: ignore[assignment]  # so that none is looked for
    parser = argparse.ArgumentParser(
        prog="python -m operations", description="Runs and looks after Kompetensnav."
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in wanted(arguments):
        import_module(f"operations.commands.{name}").add(subparsers)
    chosen = parser.parse_args(arguments)
    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, _leave)
    try:
        return chosen.do(chosen) or 0
    except Failed as failure:
        print(f"{parser.prog}: {failure}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def wanted(arguments: list[str]) -> Iterable[str]:
    """The one module that the first word names, so that no other costs time; else all."""
    names = sorted(module.name for module in iter_modules(commands.__path__))
    first = arguments[0].replace("-", "_") if arguments else ""
    # A module cannot be called what Python calls its own: import stands in import_.
    return [name for name in names if name.rstrip("_") == first] or names


def _leave(signum: int, _frame: object) -> None:
    """Leave through every `finally`, so that what was started is stopped."""
    raise SystemExit(128 + signum)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
