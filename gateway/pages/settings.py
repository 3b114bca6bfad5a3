"""Settings: the association's own facts, as data."""

from fastapi import Request, Response

from gateway import accounts
from gateway.areas import Area
from gateway.drafts import HouseDraft
from gateway.forms import Form
from gateway.html import go, page, visitor_of
from services.kit.errors import Stale

area = Area("settings")


@area.show("/installningar", "show")
async def show(request: Request) -> Response:
    """What is written now."""
    async with request.app.state.database.reading() as db:
        house = await accounts.house(db)
    return page(request, "gateway/settings.html", form=Form.showing(HouseDraft, house))


@area.take("/installningar", "show")
async def save(request: Request) -> Response:
    """Write it anew."""
    async with request.app.state.database.reading() as db:
        house = await accounts.house(db)
    form = await Form.posted(request, HouseDraft, kept=house)
    if form.draft:
        try:
            async with request.app.state.database.writing(visitor_of(request).caller) as db:
                await accounts.describe_house(db, form.draft, form.version)
        except Stale as problem:
            form.blame(problem)
        else:
            return go(request, "settings.show", notice="Inställningarna är sparade.")
    return page(request, "gateway/settings.html", status=422, form=form)
