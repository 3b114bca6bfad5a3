"""Seeking: a field whose choices are too many to show is narrowed by a part of the name.

The text is sent beside the field, with what the choices were narrowed by before. A form with a new
text comes back with narrower choices instead of being stored; script only narrows them sooner.
"""

from collections.abc import Iterable
from typing import Any

from gateway.forms import Form

SOUGHT, FOUND = "sok-", "funnet-"
LONGEST = 200


class Choices(list[tuple[str, str]]):
    """What can be chosen, as (id, name); `more` where not everything is among it."""

    def __init__(self, options: Iterable[tuple[str, str]] = (), *, more: bool = False) -> None:
        super().__init__(options)
        self.more = more

    def but(self, id: str) -> "Choices":
        """All of them without one."""
        return Choices((one for one in self if one[0] != id), more=self.more)


def sought(form: Form[Any]) -> dict[str, str]:
    """What is written to narrow each field by."""
    names = [name for name in form.values if name.startswith(SOUGHT)]
    texts = {name.removeprefix(SOUGHT): _words(form, name) for name in names}
    return {field: text for field, text in texts.items() if text}


def _words(form: Form[Any], name: str) -> str:
    return " ".join(form.value(name).split())[:LONGEST]


def seeks(form: Form[Any]) -> dict[str, str]:
    """The texts that the shown choices are not narrowed by yet."""
    texts = sought(form).items()
    return {field: text for field, text in texts if text != _words(form, FOUND + field)}


def narrow(form: Form[Any], field: str, found: list[tuple[str, str]]) -> None:
    """Choose the only one that a new text means; say at the field what to do now."""
    if len(found) != 1:
        return form.fail(field, "several_found" if found else "none_found")
    if field in form.values:
        others = form.chosen(field) if field.endswith("_ids") else []
        form.values[field] = list(dict.fromkeys([*others, found[0][0]]))
    return form.fail(field, "one_found")
