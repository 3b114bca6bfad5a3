"""About the service: help, the accessibility statement, and how personal data is treated."""

from fastapi import Request, Response

from gateway import accounts
from gateway.areas import Area
from gateway.html import page

area = Area("about")


@area.show("/hjalp", "help")
async def help_page(request: Request) -> Response:
    """How things are done here."""
    return await _shown(request, "gateway/help.html")


@area.show("/tillganglighet", "accessibility")
async def accessibility(request: Request) -> Response:
    """The statement that the law (2018:1937) asks for."""
    return await _shown(request, "gateway/accessibility.html")


@area.show("/personuppgifter", "personal")
async def personal(request: Request) -> Response:
    """What is kept about people, and why."""
    return await _shown(request, "gateway/personal.html")


async def _shown(request: Request, template: str) -> Response:
    async with request.app.state.database.reading() as db:
        house = await accounts.house(db)
    return page(request, template, house=house)
