"""Saved: the API's document as it was saved, for whoever asks the house for it.

Nothing in it differs between installations, and to make it takes seconds: `make openapi` does, and
`make check` sees that it is what the services promise.
"""

import asyncio
from typing import Any
from zlib import crc32

import orjson

from services.kit.versions import ROOT

Document = dict[str, Any]
SAVED = ROOT / "docs" / "openapi.json"


class Documents:
    """The one document of the house, read when first asked for."""

    def __init__(self) -> None:
        self._read: tuple[Document, bytes, str] | None = None
        self._reading = asyncio.Lock()

    async def whole(self) -> Document:
        """The document."""
        return (await self._get())[0]

    async def encoded(self) -> tuple[bytes, str]:
        """The document's bytes and its ETag."""
        return (await self._get())[1:]

    async def _get(self) -> tuple[Document, bytes, str]:
        async with self._reading:
            if self._read is None:
                self._read = await asyncio.to_thread(_read)
        return self._read


def _read() -> tuple[Document, bytes, str]:
    document = orjson.loads(SAVED.read_bytes())
    body = orjson.dumps(document)
    return document, body, f'"{crc32(body):08x}"'
