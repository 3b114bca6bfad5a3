"""Susa-navet, EMIL 3: education events near us, with what they teach and who gives them.

Events are kept as the interface has them, but for people: what reads a file of Susa-navet reads
them too (`document`), and there is no other reading of them.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

import orjson

from services.analysis.connector.rules import demand_part, incomplete, listed, unreadable
from services.analysis.connector.told import Asked, Told, told
from services.analysis.connector.wire import Wire

LISTS = {"event": "educationEvents", "info": "educationInfos", "provider": "educationProviders"}
SCHOOL_TYPES = ("YH", "AUB", "FHS", "VUXGY", "VUXGR", "VUXSFI")
SIZE = 2000
COLUMNS = (
    "kind", "id", "education", "provider", "municipality_codes", "starts_on", "content",
)  # fmt: skip
# What is said of the thing itself; addresses, telephones and persons are not among it.
KEPT = frozenset({
    "identifier", "education", "providers", "title", "name", "description", "locations",
    "languageOfInstructions", "execution", "isCancelled", "paceOfStudy", "distance", "application",
    "url", "type", "code", "subjects", "credits", "qualificationLevel", "educationLevels",
    "configuration", "organisationNumber", "organizationNumber", "lastEdited", "expires",
})  # fmt: skip
Content = Mapping[str, Any]


async def fetch(wire: Wire, asked: Asked) -> Told:
    """The events in some municipalities, ours where none is chosen, with all they refer to.

    The interface has no such filter: all of the chosen school types are read.
    """
    kinds = list(asked.words("schoolType") or SCHOOL_TYPES)
    places = set(asked.words("municipality") or asked.ours())
    events = {
        name: content
        async for name, content in _contents(wire, asked.address, "event", kinds)
        if places & set(_areas(content))
    }
    found = {("event", name): content for name, content in events.items()}
    named = {
        "info": {str(one.get("education")) for one in events.values()},
        "provider": {str(who) for one in events.values() for who in one.get("providers") or ()},
    }
    for kind, ids in named.items():
        async for name, content in _contents(wire, asked.address, kind, kinds):
            if name in ids:
                found[kind, name] = content
    rows = (_row(kind, name, content) for (kind, name), content in found.items())
    return told(COLUMNS, rows, about=COLUMNS[:2])


async def _contents(
    wire: Wire, address: str, kind: str, kinds: list[str]
) -> AsyncIterator[tuple[str, Content]]:
    """Every active thing of a list, once; the deleted have no content. Broken if it moved."""
    seen: set[str] = set()
    number, pages, total = 0, 1, None
    # Who gives education has no school type.
    more = {} if kind == "provider" else {"schoolType": kinds}
    while number < pages:
        said = await wire.get(f"{address}/{LISTS[kind]}", page=number, size=SIZE, **more)
        things, place = listed(said, LISTS[kind]), demand_part(said.get("page"), dict, "page")
        pages, now = place.get("totalPages"), place.get("totalElements")
        if not (isinstance(pages, int) and isinstance(now, int)):
            raise unreadable("the page does not say of how many it is one")
        if now != (total := now if total is None else total):
            raise incomplete(f"there were {total} and then {now}: it changed while it was read")
        for one in things:
            name = str(demand_part(one, dict, kind).get("id"))
            if name in seen:
                raise incomplete(f"{name} came twice: pages moved while they were read")
            seen.add(name)
            if one.get("status", "ACTIVE") == "ACTIVE" and one.get("content") is not None:
                yield name, demand_part(one["content"], dict, name)
        number += 1
    if len(seen) != (total or 0):
        raise incomplete(f"{len(seen)} of {total} {LISTS[kind]} came")


def _areas(content: Content) -> list[str]:
    places = content.get("locations") or ()
    return [str(one.get("areaCode")) for one in places if isinstance(one, dict)]


def _row(kind: str, key: str, content: Content) -> tuple[str, ...]:
    kept = {name: value for name, value in content.items() if name in KEPT}
    starts = str((content.get("execution") or {}).get("start") or "")[:10]
    return (
        kind, key, str(content.get("education") or ""),
        " ".join(str(who) for who in content.get("providers") or ()),
        " ".join(sorted(set(_areas(content)))), starts,
        orjson.dumps(kept, option=orjson.OPT_SORT_KEYS).decode(),
    )  # fmt: skip


def document(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """What was kept, as a file of Susa-navet: what reads such files reads this."""
    found: dict[str, list[Any]] = {name: [] for name in LISTS.values()}
    for row in rows:
        content = orjson.loads(row["content"])
        thing = {"id": row["id"], "status": "ACTIVE", "content": content}
        found[LISTS[row["kind"]]].append(thing)
    return orjson.dumps(found)
