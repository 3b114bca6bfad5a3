"""Logs: one JSON line per fact, from an allow-list of keys, so that nothing personal slips in."""

import logging
import sys
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import orjson

ALLOWED = frozenset({
    "event", "level", "timestamp", "service", "request_id", "route", "method", "status", "ms",
    "subject", "error", "where", "entity", "key", "seq", "count", "reason", "port", "noun",
    "bytes", "source", "age",
})  # fmt: skip
# The request that is being answered: every line that is told meanwhile carries its number.
REQUEST: ContextVar[str] = ContextVar("request", default="")


class Log:
    """What this program tells its log, on standard error."""

    def __init__(self) -> None:
        self.least = logging.INFO

    def info(self, event: str, **facts: Any) -> None:
        """A fact."""
        self._tell(logging.INFO, event, facts)

    def warning(self, event: str, **facts: Any) -> None:
        """Something that is amiss and mends itself."""
        self._tell(logging.WARNING, event, facts)

    def error(self, event: str, **facts: Any) -> None:
        """Something that somebody has to look at."""
        self._tell(logging.ERROR, event, facts)

    def request_answered(self, facts: dict[str, Any]) -> None:
        """The line of one request; `facts` hold nothing that is not in ALLOWED."""
        if self.least <= logging.INFO:
            _write(logging.INFO, "request.answered", facts)

    def _tell(self, level: int, event: str, facts: dict[str, Any]) -> None:
        if level >= self.least:
            during = {"request_id": number} if (number := REQUEST.get()) else {}
            told = during | facts | _failed(facts.get("exc_info"))
            _write(level, event, {key: value for key, value in told.items() if key in ALLOWED})


def _failed(failure: Any) -> dict[str, Any]:
    """What failed and where, never the exception's text: it may quote personal data."""
    if not isinstance(failure, BaseException):
        return {}
    first = next(_each(failure))
    frames = traceback.extract_tb(first.__traceback__)[-6:]
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": names_in(failure), "where": where}


def names_in(failure: BaseException) -> str:
    """What a failure is called; of several that failed together what each is."""
    return ", ".join(dict.fromkeys(type(one).__name__ for one in _each(failure)))


def _each(failure: BaseException) -> Iterator[BaseException]:
    if isinstance(failure, BaseExceptionGroup):
        for inner in failure.exceptions:
            yield from _each(inner)
    else:
        yield failure


def _write(level: int, event: str, facts: dict[str, Any]) -> None:
    moment = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    named = {"event": event, "level": logging.getLevelName(level).lower(), "timestamp": moment}
    sys.stderr.write(f"{orjson.dumps(facts | named, default=str).decode()}\n")


log = Log()
request_answered = log.request_answered


def configure(level: str = "INFO") -> None:
    """Let what is at least of this level be told, as JSON on standard error."""
    log.least = logging.getLevelName(level)
    logging.basicConfig(level=logging.WARNING)
