"""PDF: a Typst template and what it tells, tagged for screen readers (PDF/UA-1).

Texts reach the template as JSON, so that what somebody wrote is text there and never markup.
"""

import asyncio
import re
import unicodedata
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import Response

from gateway.html import FRONTEND

# One file at a time: a thousand pages take seconds, which others spend on other things.
PRESS = ThreadPoolExecutor(1, "pdf")
_WITHOUT_A_FONT = re.compile(r'(?:text|codepoint) `"(\\u\{([0-9a-f]+)\}|.)"`')
_SILENT = {"Cf", "Mn", "Me"}  # joiners and marks on a sign that is told by its name


async def pdf(template: str, told: Mapping[str, Any], *, name: str, plain_name: str) -> Response:
    """The answer with the file, called `name` where a program takes more than ASCII."""
    loop = asyncio.get_running_loop()
    body = await loop.run_in_executor(PRESS, printed, template, orjson.dumps(told).decode())
    called = f"attachment; filename=\"{plain_name}\"; filename*=UTF-8''{quote(name)}"
    return Response(body, 200, {"Content-Disposition": called}, "application/pdf")


def printed(template: str, told: str) -> bytes:
    """The file, the same on every machine: of fonts only those that the library brings along."""
    import typst  # noqa: PLC0415 - 84 MB; most requests are for pages

    try:
        return _compiled(template, told)
    except typst.TypstError as failure:
        signs = [_sign(*found) for found in _WITHOUT_A_FONT.findall(failure.diagnostic)]
        if not signs:
            raise
    return _compiled(template, told.translate({ord(one): named(one) for one in signs}))


def _compiled(template: str, told: str) -> bytes:
    import typst  # noqa: PLC0415

    path = FRONTEND / "templates" / template
    return typst.compile(
        path,
        root=path.parent,  # no file outside it can be read, wherever the house was started
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"told": told},
        ignore_system_fonts=True,
    )


def _sign(written: str, number: str) -> str:
    return chr(int(number, 16)) if number else written


def named(sign: str) -> str:
    """What stands for a sign that no font has: its name in Unicode, which can be read aloud."""
    if unicodedata.category(sign) in _SILENT:
        return ""
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}')}]"
