"""Problems: every way a request can fail, with the status and the field it concerns.

Problem
├── Malformed 400          ├── Conflict 409         ├── Unconditional 428
├── Unauthenticated 401    ├── Stale 412            ├── Throttled 429
├── Forbidden 403          ├── TooLarge 413         └── Unavailable 503
├── NotFound 404           ├── UnsupportedType 415
├── NotAllowed 405         └── Rejected 422
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar

TYPE_ROOT = "/api/docs/problems"


@dataclass(frozen=True)
class FieldError:
    """One wrong field: its dotted name, a machine code, and a sentence for developers."""

    field: str
    code: str
    message: str


class Problem(Exception):
    """A failure with a name that survives the wire as application/problem+json (RFC 9457).

    `first` is the address of what an earlier request made, where this one came too late; `count`
    says how many errors there are where not all of them are told.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[str] = "Internal error"

    def __init__(
        self,
        detail: str = "",
        *,
        field: str | None = None,
        reason: str | None = None,
        errors: Iterable[FieldError] = (),
        headers: dict[str, str] | None = None,
        first: str | None = None,
        count: int | None = None,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.errors = list(errors)
        if field is not None:
            self.errors.append(FieldError(field, reason or self.code, self.detail))
        self.headers = headers or {}
        self.first = first
        self.count = count

    def body(self, instance: str) -> dict[str, Any]:
        """The problem as a JSON object; `instance` is the request id."""
        found = {
            "type": f"{TYPE_ROOT}#{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": f"urn:request:{instance}",
            "errors": [asdict(error) for error in self.errors],
        }
        more = {"first": self.first, "count": self.count}
        return found | {name: value for name, value in more.items() if value}


class Malformed(Problem):
    status, code, title = 400, "malformed", "The request cannot be read"


class Unauthenticated(Problem):
    status, code, title = 401, "unauthenticated", "Nobody is signed in"


class Forbidden(Problem):
    status, code, title = 403, "forbidden", "This caller may not do this"


class NotFound(Problem):
    status, code, title = 404, "not_found", "There is no such thing, or you may not know of it"


class NotAllowed(Problem):
    status, code, title = 405, "not_allowed", "This address does not take that method"


class Conflict(Problem):
    status, code, title = 409, "conflict", "The thing's present state forbids this"


class Stale(Problem):
    status, code, title = 412, "stale", "Somebody changed the thing after you read it"


class TooLarge(Problem):
    status, code, title = 413, "too_large", "The request is too large"


class UnsupportedType(Problem):
    status, code, title = 415, "unsupported_type", "The request's content type is not taken here"


class Rejected(Problem):
    status, code, title = 422, "rejected", "One or more fields are wrong"


class Unconditional(Problem):
    status, code, title = 428, "unconditional", "If-Match with the thing's ETag is required"


class Throttled(Problem):
    status, code, title = 429, "throttled", "Too many requests"


class Unavailable(Problem):
    status, code, title = 503, "unavailable", "A part of the house does not answer"

    def __init__(self, detail: str = "", **more: Any) -> None:
        super().__init__(detail, **more)
        self.headers.setdefault("Retry-After", "5")


class Refusals:
    """What rules refuse, gathered and told together: each rule stands in a `with` of its own."""

    def __init__(self) -> None:
        self.found: list[Rejected | Conflict] = []

    def __enter__(self) -> None:
        """A rule is asked."""

    def __exit__(self, _kind: object, failure: object, _trace: object) -> bool:
        """What it refuses is kept; every other failure goes on."""
        if not isinstance(failure, (Rejected, Conflict)):
            return False
        self.found.append(failure)
        return True

    def demand_none(self, order: Iterable[str] = ()) -> None:
        """All of them as one problem. A Conflict names it: no change of the fields alone helps.

        They come in the order of the fields; of two alike, the first is told.
        """
        if not self.found:
            return
        first = next((one for one in self.found if isinstance(one, Conflict)), self.found[0])
        told = [error for one in self.found for error in one.errors]
        errors: dict[tuple[str, str], FieldError] = {}
        for error in told:
            errors.setdefault((error.field, error.code), error)
        places = {field: place for place, field in enumerate(order)}
        inner = sorted(errors.values(), key=lambda e: places.get(e.field.split(".")[0], -1))
        raise type(first)(first.detail, errors=inner)


@contextmanager
def within(field: str) -> Iterator[None]:
    """What is refused of a draft within a draft stands at that draft's fields."""
    try:
        yield
    except (Rejected, Conflict) as refused:
        inner = [replace(error, field=f"{field}.{error.field}") for error in refused.errors]
        raise type(refused)(refused.detail, errors=inner) from None


BY_STATUS: dict[int, type[Problem]] = {
    kind.status: kind
    for kind in (
        Malformed,
        Unauthenticated,
        Forbidden,
        NotFound,
        NotAllowed,
        Conflict,
        Stale,
        TooLarge,
        UnsupportedType,
        Rejected,
        Unconditional,
        Throttled,
        Unavailable,
    )
}


def from_body(status: int, body: dict[str, Any]) -> Problem:
    """The problem that a problem+json answer carries, as the class that was raised."""
    kind = BY_STATUS.get(status, Problem)
    found = [
        FieldError(e.get("field", ""), e.get("code", ""), e.get("message", ""))
        for e in body.get("errors", [])
        if isinstance(e, dict)
    ]
    more = {name: body.get(name) for name in ("first", "count")}
    return kind(str(body.get("detail", "")), errors=found, **more)


def field_errors(errors: Iterable[Any]) -> list[FieldError]:
    """What Pydantic found, field by field."""
    return [FieldError(_field_of(e), str(e["type"]), str(e["msg"])) for e in errors]


def _field_of(error: Any) -> str:
    """The dotted name of the wrong field; rules over several fields name theirs themselves."""
    if error["type"] == "json_invalid":
        return ""  # Pydantic's place is a character there, no field
    parts = [str(part) for part in error["loc"] if part not in {"body", "query", "path"}]
    named = (error.get("ctx") or {}).get("field")
    return ".".join([*parts, str(named)] if named else parts)
