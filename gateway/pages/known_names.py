"""What things are called on a page: where it looks back, as it was known then."""

import asyncio
from collections.abc import Iterable, Mapping

from gateway.clients.house import House
from gateway.clients.service import Found, Things
from gateway.lookback import Lookback
from gateway.pages.holdings import things_by_id
from services.kit.errors import Forbidden, Unavailable

TODAY = Lookback()
CALLED = ("name", "title", "statement")


async def labels_then(
    house: House, ids: Iterable[str], look: Lookback, *, demanded: bool = False
) -> dict[str, Found]:
    """What things of any service are called, by id; those that are renamed as they were then.

    Demanded: Unavailable where who knows it is away.
    """
    known = await house.analysis.labels(list(ids), demanded=demanded)
    then = await named_then(house, known, look, demanded=demanded) if look.known else {}
    return known | then


async def named_then(
    house: House, known: dict[str, Found], look: Lookback, *, demanded: bool = False
) -> dict[str, Found]:
    """What is renamed of some things that have names, by what it was called then."""
    actors = house.actors
    kinds = {
        "actor": actors.actors, "person": actors.people, "post": actors.posts,
        "council": house.councils.councils, "need": house.councils.needs,
    }  # fmt: skip
    wanted = {noun: [key for key, one in known.items() if one["noun"] == noun] for noun in kinds}
    read = await asyncio.gather(
        *(
            read_then(things, wanted[noun], look.known, demanded=demanded)
            for noun, things in kinds.items()
        )
    )
    found = {key: one for part in read for key, one in part.items()}
    called = {key: next(one[part] for part in CALLED if part in one) for key, one in found.items()}
    return {key: one | {"label": called[key]} for key, one in known.items() if key in called}


async def read_then(
    things: Things, ids: list[str], times: Mapping[str, str], *, demanded: bool = False
) -> dict[str, Found]:
    """Some things by id as they were then; none where they may not be read now."""
    try:
        return await things_by_id(things, ids, times)
    except Forbidden:
        return {}
    except Unavailable:
        if demanded:
            raise
        return {}
