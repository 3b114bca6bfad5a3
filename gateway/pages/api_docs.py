"""The API's documentation, readable without scripts, without a network and without an account."""

from fastapi import Request, Response

from gateway.api.limits import WINDOW
from gateway.api.oauth import TOKEN_PATH
from gateway.api.outline import Outline
from gateway.api.passing import ROOT
from gateway.areas import Area
from gateway.html import page
from gateway.swedish.nouns import noun_word
from services.kit.errors import BY_STATUS, NotFound, Problem

area = Area("api_docs")


@area.show("/api/docs", "index")
async def index(request: Request) -> Response:
    """How the API is used, and what there is."""
    nouns = [(path, noun_word(noun)) for path, noun in (await _outline(request)).nouns()]
    per_minute = request.app.state.settings.requests_per_minute
    return page(
        request,
        "api/index.html",
        nouns=nouns,
        root=ROOT,
        token_path=TOKEN_PATH,
        per_minute=per_minute,
        window=int(WINDOW),
    )


@area.show("/api/docs/problems", "problems")
async def problems(request: Request) -> Response:
    """Every problem, at the address that its type names."""
    kinds = [kind for _, kind in sorted(BY_STATUS.items())]
    return page(request, "api/problems.html", problems=[*kinds, Problem])


@area.show("/api/docs/{noun}", "noun")
async def noun(request: Request, noun: str) -> Response:
    """What can be asked of one noun."""
    outline = await _outline(request)
    known = dict(outline.nouns())
    if noun not in known:
        raise NotFound("no such noun")
    operations = outline.operations(noun)
    word = noun_word(known[noun])
    return page(request, "api/noun.html", noun=noun, word=word, operations=operations, root=ROOT)


@area.show("/api/docs/{noun}/{operation}", "operation")
async def operation(request: Request, noun: str, operation: str) -> Response:
    """One thing that can be asked: its fields. A page each, for a noun has hundreds of them."""
    found = (await _outline(request)).operations(noun)
    shown = next((one for one in found if one.id == operation), None)
    if shown is None:
        raise NotFound("no such operation")
    return page(request, "api/operation.html", noun=noun, operation=shown)


async def _outline(request: Request) -> Outline:
    return Outline(await request.app.state.api.documents.whole())
