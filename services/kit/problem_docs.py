"""How an operation fails, as the OpenAPI document says it."""

from typing import Any

from pydantic import BaseModel, Field


class ProblemField(BaseModel):
    """One wrong field."""

    field: str
    code: str
    message: str


class ProblemBody(BaseModel):
    """RFC 9457 problem details, with every wrong field."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ProblemField] = Field(default_factory=list)
    first: str | None = Field(
        None, description="What the Idempotency-Key made, where it is used for another request"
    )
    count: int | None = Field(None, description="All errors, where not all of them are told")


_SAID = {
    400: "The request cannot be read",
    401: "Nobody is signed in",
    403: "This caller may not do this",
    404: "No such thing, or not one you may know of",
    405: "This address does not take that method",
    409: "The thing's present state forbids this",
    412: "The thing was changed after you read it",
    413: "The request is too large",
    415: "Another content type is needed",
    422: "One or more fields are wrong",
    428: "If-Match is required",
    429: "Too many requests",
    503: "A part of the house does not answer; try again",
}


def problems(*codes: int) -> dict[int | str, dict[str, Any]]:
    """The failures an operation documents, all as application/problem+json."""
    schema = {"$ref": "#/components/schemas/ProblemBody"}
    content = {"application/problem+json": {"schema": schema}}
    found: dict[int | str, dict[str, Any]] = {
        code: {"description": _SAID[code], "content": content} for code in codes
    }
    found["default"] = {"description": "Any other failure", "content": content}
    return found


READ = (400, 401, 403, 404, 429, 503)
WRITE = (*READ, 405, 409, 413, 415, 422)
