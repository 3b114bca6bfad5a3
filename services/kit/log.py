"""Logs: one JSON line per fact, from an allow-list of keys, so that nothing personal slips in."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog

ALLOWED = frozenset({
    "event", "level", "timestamp", "service", "request_id", "route", "method", "status", "ms",
    "subject", "error", "where", "entity", "key", "seq", "count", "reason", "port", "noun",
    "bytes", "source", "age",
})  # fmt: skip


_requests = True


def _only_allowed(
    _logger: Any, _name: str, facts: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {key: value for key, value in facts.items() if key in ALLOWED}


def _where(_logger: Any, _name: str, facts: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Say what failed and where, never the exception's text: it may quote personal data."""
    failure = facts.pop("exc_info", None)
    if isinstance(failure, BaseException):
        frames = traceback.extract_tb(failure.__traceback__)[-6:]
        facts["error"] = type(failure).__name__
        facts["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return facts


def _dump(facts: Any, **_: Any) -> str:
    return orjson.dumps(facts, default=str).decode()


def configure(level: str = "INFO") -> None:
    """Send every log line of this program to standard error as JSON."""
    global _requests  # noqa: PLW0603 - one log a program
    _requests = logging.getLevelName(level) <= logging.INFO
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _where,
            _only_allowed,
            structlog.processors.JSONRenderer(serializer=_dump),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING)


def request_answered(facts: dict[str, Any]) -> None:
    """The line of one request, as structlog would write it but at a fifth of the cost.

    `facts` hold nothing that is not in ALLOWED.
    """
    if _requests:
        moment = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        facts |= {"event": "request.answered", "level": "info", "timestamp": moment}
        sys.stderr.write(f"{_dump(facts)}\n")


log = structlog.get_logger()
