"""Large requests: the addresses where many rows are sent or removed, and what is taken there."""

import re

MOST = 64 * 1024 * 1024
MEDIA = ("application/json", "application/x-ndjson", "text/csv")
SECONDS = 300.0  # how long one may take
_ENDINGS = ("/bulk", "/imports", "/import/popolo", "/import/oparl")
_WORKS = ("/forecasts",)  # every occupation of a place, by a library that is slow to load
_UNDO = re.compile(r"/imports/[^/]+/undo")


def takes_many(path: str) -> bool:
    """Whether many rows may be sent to an address."""
    return path.endswith(_ENDINGS)


def takes_long(path: str) -> bool:
    """Whether what is asked for at an address may take minutes."""
    return takes_many(path) or path.endswith(_WORKS) or bool(_UNDO.search(path))
