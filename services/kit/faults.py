"""Faults: what rules over several fields find in a draft, also in one that can be read in part."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

Rule = tuple[Callable[..., Iterator[PydanticCustomError]], tuple[Any, ...]]


def faults_of(rules: Iterable[Rule], draft: Any) -> list[PydanticCustomError]:
    """All that the rules find; one that asks for what could not be read is passed over."""
    found: list[PydanticCustomError] = []
    for method, case in rules:
        try:
            found += method(draft, *case)
        except Unread:
            continue
    return found


class Unread(Exception):
    """A rule asked for a field that could not be read."""


class Readable:
    """A draft's fields as far as they could be read."""

    def __init__(self, part: BaseModel, unread: set[str]) -> None:
        self._part, self._unread = part, unread

    def __getattr__(self, name: str) -> Any:
        if name in self._unread:
            raise Unread
        return getattr(self._part, name)


def lines(faults: Iterable[PydanticCustomError], value: Any) -> list[InitErrorDetails]:
    """Faults as Pydantic tells them, each at the field that it names itself."""
    return [InitErrorDetails(type=fault, loc=(), input=value) for fault in faults]


def told(failure: ValidationError) -> list[InitErrorDetails]:
    """What was found already, to be told again with more."""
    return [
        InitErrorDetails(
            type=PydanticCustomError(error["type"], error["msg"], error.get("ctx")),
            loc=error["loc"],
            input=error["input"],
        )
        for error in failure.errors(include_url=False)
    ]


def together(title: str, lines: list[InitErrorDetails]) -> ValidationError:
    """All of them as one failure."""
    return ValidationError.from_exception_data(title, lines)
