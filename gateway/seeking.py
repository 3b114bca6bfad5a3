"""Seeking: a field whose choices are too many to show is narrowed by a part of the name.

The text is sent beside the field, with what the choices were narrowed by before. A form with a new
text comes back with narrower choices instead of being stored; script only narrows them sooner.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from gateway.forms import Form

SOUGHT, FOUND = "sok-", "funnet-"
LONGEST = 200


class Choices(list[tuple[str, str]]):
    """What can be chosen, as (id, name); `more` where not everything is among it.

    `page` narrows it while one writes, `asked` is what it is asked with.
    """

    def __init__(
        self,
        options: Iterable[tuple[str, str]] = (),
        *,
        more: bool = False,
        page: str = "actors.choices",
        asked: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(options)
        self.more, self.page, self.asked = more, page, dict(asked or {})

    def but(self, id: str) -> "Choices":
        """All of them without one."""
        rest = (one for one in self if one[0] != id)
        return Choices(rest, more=self.more, page=self.page, asked=self.asked)


async def offered(
    forms: Iterable[Form[Any]],
    ours: Callable[[str], bool],
    find: Callable[[str], Awaitable[Choices]],
) -> Choices:
    """What the texts written at our fields find, or what comes first where none is.

    Where a text of a form that was sent is new, the form now has the only one it means, or says
    that there are several.
    """
    texts = [(form, name, text) for form in forms for name, text in sought(form).items()]
    texts = [one for one in texts if ours(one[1])]
    wanted = list(dict.fromkeys(["", *(text for *_, text in texts)]))
    found = dict(zip(wanted, await asyncio.gather(*map(find, wanted)), strict=True))
    new = [(form, field, text) for form, field, text in texts if field in seeks(form)]
    for form, field, text in new:
        if form.kind:
            narrow(form, field, found[text])
    options = {key: name for text in (wanted[1:] or wanted) for key, name in found[text]}
    return Choices(options.items(), more=found[""].more)


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
