"""Choices of people: all of them where they are few, else what a part of a name finds.

A name does not belong in an address: the form is sent with it, and comes back narrowed.
"""

import re
from typing import Any

from gateway.clients.house import House
from gateway.clients.service import Found, ids_among
from gateway.forms import Form
from gateway.pages.holdings import MOST, things_by_id
from gateway.seeking import Choices, offered
from services.kit.errors import Forbidden, Malformed, Unavailable

_OURS = re.compile(r"(.*_)?person_id|successor-.*")


async def people(house: House, form: Form[Any]) -> Choices:
    """For every field of people in a form: who is chosen, and who is written or comes first."""

    async def find(text: str) -> Choices:
        asked = {"q": text} if text else {}
        found = await house.actors.people.list(sort="name", limit=MOST, **asked)
        return Choices(map(_called, found.items), more=found.more, page="")

    fields = [name for name in form.values if _is_person(name)]
    chosen = ids_among(one for name in fields for one in form.chosen(name))
    # Nobody can say who it is; it stays chosen all the same.
    unknown = Choices([(one, "Nuvarande val") for one in chosen])
    if not house.actors.switchboard.reaches("actors"):
        return unknown
    try:
        options = await offered([form], _is_person, find)
        kept = await things_by_id(house.actors.people, chosen) if chosen else {}
    except (Forbidden, Malformed, Unavailable):
        return unknown
    known = dict(map(_called, kept.values())) | dict(options)
    return Choices(known.items(), more=options.more, page="")


def _is_person(field: str) -> bool:
    return bool(_OURS.fullmatch(field))


def _called(person: Found) -> tuple[str, str]:
    """Two may have one name: their addresses tell them apart."""
    address = f" ({person['email']})" if person["email"] else ""
    return person["id"], f"{person['name']}{address}"
