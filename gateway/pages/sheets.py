"""Files of lists as people read them: Swedish headings, names for ids, words for codes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.pages.listing import Sheet, Worded
from gateway.swedish.codes import label

Names = Mapping[str, str]
# What a value is told as: by the names of things, else as it stands.
Told = Callable[[Any, Names], Any]
# A heading, the field below it (empty: the whole thing) and how its values are told.
Columns = Sequence[tuple[str, str] | tuple[str, str, Told]]
_LABELLED = ("_id", "_ids")


def named(value: Any, names: Names) -> Any:
    """A thing, or several, by what they are called; unknown where nobody knows."""
    if isinstance(value, list):
        return [names.get(one, "Okänd") for one in value]
    return None if value is None else names.get(value, "Okänd")


def coded(kind: str) -> Told:
    """A code of a class by its word; empty where there is none."""
    return lambda value, _: label(value, kind) if value else None


def yes_or_no(value: Any, _: Names) -> str:
    """What is true or not."""
    return "ja" if value else "nej"


def amount(value: Any, _: Names) -> Decimal | None:
    """A number in the file, to the öre; text would be quoted where it is below nothing."""
    return None if value is None else Decimal(value)


def _as_it_is(value: Any, _: Names) -> Any:
    return value


def in_words(
    columns: Columns, more: Callable[[House], Awaitable[Sequence[tuple[str, str]]]] | None = None
) -> Worded:
    """How the things of a list are told in a file. `more`: names that no label tells."""

    async def worded(house: House, things: list[Found]) -> Sheet:
        fields = [field for _, field, *_ in columns if field.endswith(_LABELLED)]
        partners = [[one["actor_id"] for one in thing.get("partners", ())] for thing in things]
        wanted = (thing[field] for thing in things for field in fields)
        labels = await house.analysis.labels(ids_in(*wanted, *partners))
        names = {key: str(one["label"]) for key, one in labels.items()}
        names |= dict(await more(house)) if more else {}
        rows = [_row(columns, thing, names) for thing in things]
        return [heading for heading, *_ in columns], rows

    return worded


def _row(columns: Columns, thing: Found, names: Names) -> dict[str, Any]:
    return {
        heading: (how[0] if how else _as_it_is)(thing[field] if field else thing, names)
        for heading, field, *how in columns
    }
