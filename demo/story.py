"""The whole story, in the order it is told."""

import httpx

from demo import (
    dialogue,
    directions,
    events,
    furniture,
    leadership,
    mandates,
    methods,
    people,
    project,
    readiness,
    scanning,
    selections,
    shortage,
    taxi,
    workings,
)
from demo.teller import Teller


async def tell(http: httpx.AsyncClient) -> int:
    """Load the pilot through the public API; how many things it made. StoryStopped if refused."""
    teller = Teller(http)
    await people.tell(teller)
    await readiness.tell(teller)
    await furniture.tell(teller)
    await directions.tell(teller)
    await selections.tell(teller)
    await shortage.tell(teller)
    await mandates.tell(teller)
    await leadership.tell(teller)
    await methods.tell(teller)
    await taxi.tell(teller)
    await workings.tell(teller)
    await project.tell(teller)
    await events.tell(teller)
    await dialogue.tell(teller)
    await scanning.tell(teller)
    return teller.made
