"""Choices of posts: all of them where they are few, else what a part of a name finds.

A post is called by its actor and its title: a text means either, or both around a colon.
"""

import asyncio
import re
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_among, ids_in
from gateway.forms import Form
from gateway.html import go, is_htmx, page
from gateway.lookback import DAY, MOMENT, Lookback
from gateway.pages.holdings import names, things_by_id
from gateway.pages.known_names import TODAY
from gateway.seeking import Choices, offered
from services.actors.contract.post import PostFunction
from services.kit import clock
from services.kit.errors import Forbidden, Malformed, Unavailable
from services.kit.rows import alphabetical

area = Area("posts")
MOST, MOST_ACTORS = 200, 50
FIELD, PLACE = re.compile(r"[a-z_.]{1,60}"), re.compile(r"[a-z]{1,20}")
_OURS = re.compile(r".*post_ids?")


def is_post(field: str) -> bool:
    """Whether a field is chosen among posts."""
    return bool(_OURS.fullmatch(field))


async def posts(
    house: House,
    *forms: Form[Any],
    function: PostFunction | None = None,
    look: Lookback = TODAY,
) -> Choices:
    """For every field of posts in some forms: what is chosen, and what is written or comes first.

    With their actors' names, in the order of those; perhaps only of a function. Whether nobody
    holds one is told as the page looks.
    """
    narrow: dict[str, object] = {"function": function, **look.times}

    async def find(text: str) -> Choices:
        return await _find(house, text, narrow)

    try:
        options = await offered(forms, is_post, find)
        chosen = [one for one in _chosen(forms) if one not in dict(options)]
        kept = await _marked(house, await things_by_id(house.actors.posts, chosen, look.times))
    except (Forbidden, Malformed, Unavailable):
        return Choices()
    texts = sorted((kept | dict(options)).items(), key=lambda one: alphabetical(one[1]))
    asked = look.times | ({"function": function.value} if function else {})
    return Choices(texts, more=options.more, page="posts.choices", asked=asked)


async def seated_first(house: House, council_id: str, options: Choices) -> Choices:
    """The posts of a council's seats of today before the others."""
    seats = await house.councils.seats.whole(council_id=council_id)
    today = clock.today().isoformat()
    lasting = (one for one in seats if one["valid_to"] is None or one["valid_to"] > today)
    ids = ids_in([one["post_id"] for one in lasting])
    try:
        own = await _marked(house, await things_by_id(house.actors.posts, ids)) if ids else {}
    except (Forbidden, Unavailable):
        own = {}
    texts = sorted(own.items(), key=lambda one: alphabetical(one[1]))
    rest = [one for one in options if one[0] not in own]
    return Choices([*texts, *rest], more=options.more, page=options.page, asked=options.asked)


async def called(house: House, some: Iterable[Found]) -> dict[str, str]:
    """What some posts are called, by id: their actor and their title."""
    found = list(some)
    ids = ids_in([post["actor_id"] for post in found])
    owners = names(await things_by_id(house.actors.actors, ids) if ids else {})
    return {
        one["id"]: f"{owners.get(one['actor_id'], 'Okänd aktör')}: {one['title']}" for one in found
    }


async def _marked(house: House, found: Mapping[str, Found]) -> dict[str, str]:
    """What posts are called, and that nobody holds them where that is so."""
    texts = await called(house, found.values())
    return {
        key: f"{text} (vakant)" if found[key]["vacant"] else text for key, text in texts.items()
    }


def _chosen(forms: Iterable[Form[Any]]) -> list[str]:
    return ids_among(
        one for form in forms for name in form.values if is_post(name) for one in form.chosen(name)
    )


async def _find(house: House, text: str, narrow: Mapping[str, object]) -> Choices:
    """By title, and by the actor; of a text with a colon what stands on each side of it."""
    whose, colon, title = (part.strip() for part in text.partition(":"))
    asked: dict[str, object] = {**narrow, "limit": MOST, "sort": "title"}
    if not text:
        parts = [await house.actors.get("/posts", **asked)]
    else:
        theirs = await house.actors.get("/actors", q=whose, limit=MOST_ACTORS, sort="name")
        by_actor = {"actor_id": [one["id"] for one in theirs["items"]]} if theirs["items"] else None
        narrowed = {"q": title} if colon and title else {}
        asking = [asked | by_actor | narrowed] if by_actor else []
        asking += [] if colon else [asked | {"q": text}]
        parts = await asyncio.gather(*(house.actors.get("/posts", **one) for one in asking))
    found = {one["id"]: one for part in parts for one in part["items"]}
    texts = await _marked(house, found)
    return Choices(texts.items(), more=any(part["next"] for part in parts))


@area.show("/befattningar/val", "choices")
async def narrowed(request: Request, house: Services) -> Response:
    """What a field of posts offers, while a part of a name is written."""
    query = request.query_params
    field, place = query.get("field", ""), query.get("at", "f")
    if not (is_htmx(request) and FIELD.fullmatch(field) and PLACE.fullmatch(place)):
        return go(request, "posts.list")
    form = Form.asked(request)
    form.at = place
    leaders = query.get("function") == PostFunction.process_leader
    function = PostFunction.process_leader if leaders else None
    look = Lookback(query.get(DAY), query.get(MOMENT))
    return page(
        request, "actors/choices.html", form=form, field=field,
        options=await posts(house, form, function=function, look=look), many="many" in query,
        nothing=query.get("nothing", ""),
    )  # fmt: skip
