"""Words for fields: what each is called where a change of it is told."""

from pathlib import Path


def _read() -> dict[str, str]:
    lines = Path(__file__).with_name("fields.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines)


FIELDS = _read()
# Fields whose values are codes.
CODED = frozenset(
    {"kind", "level", "status", "state", "function", "channel", "answer", "realised", "cover"}
    | {"choice"}
)


def field_word(field: str) -> str:
    """The Swedish word for `valid_from`; the name itself, readable, where there is none."""
    return FIELDS.get(field, field.replace("_", " ").capitalize())
