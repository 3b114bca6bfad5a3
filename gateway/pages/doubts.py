"""Doubts: ledgers that are not what was signed or followed before, told to administrators."""

import asyncio

from fastapi import Request

from gateway.html import visitor_of
from services.kit.errors import Problem

HISTORIES = {
    "actors": "aktörerna",
    "councils": "råden",
    "analysis": "analysen",
    "gateway": "användare och inställningar",
}
WORDS = {
    "diverged": "är inte den som fanns förut: den är omskriven, eller databasen är återställd "
    "från en säkerhetskopia.",
    "unsigned": "har signerade avtryck vars signatur inte stämmer.",
    "unwritable": "får inga signerade avtryck: mappen för dem går inte att läsa eller skriva.",
}


async def doubts_of(request: Request) -> list[str]:
    """A sentence for each ledger in doubt; none for others than administrators.

    Those inside tell the gateway; others are asked. The rest of the page tells who does not answer.
    """
    caller = visitor_of(request).caller
    if not caller.has_role("administrator"):
        return []
    state = request.app.state
    found = dict(state.doubts)

    async def ask(service: str) -> dict[str, str]:
        try:
            told = (await state.switchboard.ask(service, "GET", "/readyz", caller=caller)).json()
        except Problem:
            return {}
        said: dict[str, str] = told.get("doubts", {})
        return said

    apart = [] if state.embedded else ["actors", "councils", "analysis"]
    for said in await asyncio.gather(*map(ask, apart)):
        found |= said
    return [f"Ändringshistoriken för {HISTORIES[one]} {WORDS[found[one]]}" for one in sorted(found)]
