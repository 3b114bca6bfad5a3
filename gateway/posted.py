"""What a browser posted: text fields, within limits, before anybody says what they mean."""

from collections.abc import Iterable, Mapping
from urllib.parse import unquote_to_bytes

from fastapi import Request
from starlette.datastructures import FormData

from services.kit.errors import Malformed
from services.kit.texts import TURNING

# What is too long for its field comes back to it with what was typed; only beyond this it is not.
MOST_FIELDS, MOST_BYTES = 1000, 8 * 1024 * 1024
NUL = "\x00"
_BREAKS, _KEPT = "\v\f\r\x85", "\t\n" + NUL  # of that the field says that it was there
_CONTROLS = {ord(one): "\n" for one in _BREAKS} | {
    code: None
    for code in (*range(32), *range(127, 160), *TURNING)
    if chr(code) not in _BREAKS + _KEPT
}


async def fields_of(request: Request, *, files: int = 0) -> dict[str, list[str]]:
    """The text fields that were posted. Malformed where the body cannot be read."""
    packed = "multipart/" in request.headers.get("content-type", "")
    body = b"" if packed else await request.body()
    data: FormData = await request.form(
        max_files=files, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES
    )
    texts = ((name, text) for name, text in data.multi_items() if isinstance(text, str))
    found = grouped((name, _without_controls(text)) for name, text in texts)
    if not body.isascii():  # as no browser writes them: read as what they are not
        raise Malformed("the form is not UTF-8")
    # Other bytes would be stored as U+FFFD, which somebody may also have typed: they come off,
    # and their field says so, as of the letter that no database takes.
    unsure = any("\ufffd" in one for name in found for one in (name, *found[name]))
    if unsure and not _is_utf8(unquote_to_bytes(body)):
        pairs = ((name, text) for name, texts in found.items() for text in texts)
        found = grouped((_marked(name), _marked(text)) for name, text in pairs)
    if any(NUL in name for name in found):
        raise Malformed("the name of a field cannot be read")
    return found


def _without_controls(text: str) -> str:
    """Text without what is pasted along: Word breaks lines by \\v, and some turns it around."""
    return text.replace("\r\n", "\n").translate(_CONTROLS)


def _marked(text: str) -> str:
    return text.replace("\ufffd", NUL)


def without_nul(values: Mapping[str, list[str]]) -> tuple[dict[str, list[str]], list[str]]:
    """The values without the letter that no database takes, and the names of those that had it."""
    clean = {name: [text.replace(NUL, "") for text in texts] for name, texts in values.items()}
    return clean, [name for name in clean if clean[name] != list(values[name])]


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The values of each name, in their order."""
    found: dict[str, list[str]] = {}
    for name, text in pairs:
        found.setdefault(name, []).append(text)
    return found


def first(values: Mapping[str, list[str]], name: str) -> str:
    """The first value of a name, or nothing."""
    return next(iter(values.get(name, ())), "")
