"""Large requests: the addresses where many rows are sent at once, and what is taken there."""

MOST = 64 * 1024 * 1024
MEDIA = ("application/json", "application/x-ndjson", "text/csv")
SECONDS = 300.0  # how long one may take
_ENDINGS = ("/bulk", "/imports", "/import/popolo")


def takes_many(path: str) -> bool:
    """Whether many rows may be sent to an address."""
    return path.endswith(_ENDINGS)
