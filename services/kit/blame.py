"""Blame: turns what the database refuses into the problem and the field a person can mend."""

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from services.kit.errors import Conflict, Problem, Rejected, Unavailable

_KINDS = {"fk": "unknown_reference", "uq": "taken", "ex": "overlap", "ck": "not_allowed_value"}
_PASSING = ("08", "53", "57", "58", "55P03", "40001", "40P01", "25P03")


def problem_of(failure: Exception) -> Problem | None:
    """The problem a database error stands for, or None where it is our own fault.

    Of readings at once it is our own fault where one of them is.
    """
    if isinstance(failure, ExceptionGroup):
        told = [problem_of(one) for one in failure.exceptions]
        return told[0] if all(told) else None
    return _problem_of(failure)


def _problem_of(failure: Exception) -> Problem | None:  # noqa: PLR0911 - one line a kind
    if isinstance(failure, PoolTimeout | ConnectionError | TimeoutError):
        return Unavailable("the database does not answer")
    if isinstance(failure, asyncpg.InterfaceError):
        return Unavailable("the database is away")
    if not isinstance(failure, asyncpg.PostgresError | DBAPIError):
        return None
    cause = getattr(getattr(failure, "orig", None), "__cause__", failure)
    state = str(getattr(cause, "sqlstate", "") or "")
    if getattr(failure, "connection_invalidated", False) or state.startswith(_PASSING):
        return Unavailable("the database is busy or away")
    if isinstance(cause, OSError | asyncpg.InterfaceError):
        return Unavailable("the database is away")
    if state.startswith("22"):
        return Rejected("a value is outside what can be stored", reason="out_of_range", field="")
    if not state.startswith("23"):
        return None
    return _refused(str(getattr(cause, "constraint_name", "") or ""), cause)


def _refused(constraint: str, cause: object) -> Problem:
    kind, _, rest = constraint.partition("_")
    table = str(getattr(cause, "table_name", "") or "")
    field = rest.removeprefix(f"{table}_")
    if kind == "fk" and "still referenced" in str(getattr(cause, "detail", "")):
        return Conflict("something else refers to this", field="id", reason="in_use")
    reason = _KINDS.get(kind, "refused")
    if kind in {"uq", "ex"}:
        return Conflict(f"{field}: {reason}", field=field, reason=reason)
    return Rejected(f"{field}: {reason}", field=field, reason=reason)
