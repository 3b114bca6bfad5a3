"""Choices of needs: all of them where they are few, else the latest, and what a text finds."""

import re
from collections.abc import Sequence
from typing import Any

from gateway.clients.house import House
from gateway.forms import Form
from gateway.pages.choices import with_needs
from gateway.seeking import Choices, offered
from services.councils.contract.need import LIVING_NEEDS, NeedStatus
from services.kit.errors import Forbidden, Malformed, Unavailable

MOST = 100
_OURS = re.compile(r"(.*[_.])?need_ids?|priorities")  # each priority names needs


def is_need(field: str) -> bool:
    """Whether a field is chosen among needs."""
    return bool(_OURS.fullmatch(field))


async def needs(
    house: House, form: Form[Any], status: Sequence[NeedStatus] = LIVING_NEEDS
) -> Choices:
    """For a form's field of needs: those that something new may be about, and what is chosen."""

    async def find(text: str) -> Choices:
        asked = {"q": text} if text else {}
        found = await house.councils.needs.list(
            status=list(status), sort="-created_at", limit=MOST, **asked
        )
        return Choices(((one["id"], one["statement"]) for one in found.items), more=found.more)

    try:
        options = await offered([form], is_need, find)
    except (Forbidden, Malformed, Unavailable):
        return Choices(page="")
    chosen = (one for name in form.values if is_need(name) for one in form.chosen(name))
    return Choices(await with_needs(house, options, chosen), more=options.more, page="")
