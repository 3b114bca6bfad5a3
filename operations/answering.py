"""Where the running house answers: left in its data folder, for commands beside it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from operations import house
from services.kit.settings import Settings

FILE = "address"


@contextmanager
def left(settings: Settings) -> Iterator[Callable[[str], object]]:
    """A way to leave the house's address, which goes with the house.

    A house that never came to answer takes no other's away.
    """
    path, mine = settings.data_dir / FILE, list[str]()

    def leave(address: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(address)
        mine.append(address)

    try:
        yield leave
    finally:
        if mine:
            path.unlink(missing_ok=True)


def address_of(settings: Settings) -> str | None:
    """Where the house of this data folder answers; None where none does, or it left no word."""
    with suppress(OSError, ValueError):
        address = (settings.data_dir / FILE).read_text()
        # One that was killed took its word not away.
        return address if house.is_ready(address) else None
    return None
