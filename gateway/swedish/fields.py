"""Words for fields: what each is called where a change of it is told."""

import re
from pathlib import Path
from typing import Any


def known_word(field: str, noun: str = "") -> str | None:
    """The word for a field: of this noun where it means something of its own there; or none."""
    return FIELDS.get(f"{noun}.{field}") or FIELDS.get(field)


def word_for(draft: type[Any] | None, place: str) -> str | None:
    """The word for a field of a draft, also of one inside it: ActionItemDraft is `action_item`."""
    name = draft.__name__.removesuffix("Draft") if draft else ""
    return known_word(place.rpartition(".")[2], _CAPITAL.sub("_", name).lower())


def _read() -> dict[str, str]:
    lines = Path(__file__).with_name("fields.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines)


FIELDS = _read()
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Fields whose values are codes.
CODED = frozenset(
    {"kind", "level", "status", "state", "function", "channel", "answer", "realised", "cover"}
    | {"choice"}
)


def field_word(field: str, noun: str = "") -> str:
    """The Swedish word for `valid_from`; the name itself, readable, where there is none."""
    return known_word(field, noun) or field.replace("_", " ").capitalize()
