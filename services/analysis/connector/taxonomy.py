"""JobTech Taxonomy: the concepts of one version, also those that others have taken the place of."""

import re
from typing import Any

from services.analysis.connector.rules import (
    Broken,
    demand_part,
    listed,
    unreadable,
    wrong_selection,
)
from services.analysis.connector.told import Asked, Told, text, told
from services.analysis.connector.wire import Wire
from services.analysis.contract.source import FetchFailure

TYPES = ("occupation-field", "ssyk-level-4", "occupation-name", "barometer-occupation")
TYPE, ID = re.compile(r"[a-z0-9-]{2,60}"), re.compile(r"[\w-]{6,40}")
COLUMNS = ("type", "id", "name", "ssyk4", "deprecated", "replaced_by", "version")
QUESTION = (
    'query{{concepts(type:"{type}",version:"{version}",include_deprecated:true)'
    "{{id type preferred_label deprecated ssyk_code_2012 replaced_by{{id}} "
    'broader(type:"ssyk-level-4"){{ssyk_code_2012}}}}}}'
)


async def fetch(wire: Wire, asked: Asked) -> Told:
    """All concepts of some types, of the version that is pinned or else the newest."""
    types = asked.words("type") or TYPES
    if wrong := [one for one in types if not TYPE.fullmatch(one)]:
        raise wrong_selection(f"{wrong[0][:40]} is no type of concept")
    version = await _version(wire, asked)
    rows = []
    for kind in types:
        question = QUESTION.format(type=kind, version=version)
        said = demand_part(await wire.get(f"{asked.address}/graphql", query=question), dict, kind)
        if said.get("errors"):
            raise Broken(FetchFailure.answered_no, f"{kind}: {str(said['errors'])[:200]}")
        concepts = listed(said.get("data"), "concepts")
        if not concepts:
            raise Broken(FetchFailure.changed, f"there are no concepts of the type {kind}")
        rows += [_row(one, kind, version) for one in concepts]
    return told(COLUMNS, rows, about=("id",))


async def _version(wire: Wire, asked: Asked) -> str:
    """The one in the selection; it must be published. Else the newest."""
    said = demand_part(await wire.get(f"{asked.address}/main/versions"), list, "versions")
    known = []
    for one in said:
        demand_part(one, dict, "a version")
        number = one.get("taxonomy/version", one.get("version"))
        known.append(demand_part(number, int, "a version"))
    if not known:
        raise unreadable("no version is published")
    pinned = next(iter(asked.words("version")), str(max(known)))
    if pinned not in {str(one) for one in known}:
        raise wrong_selection(f"version {pinned[:20]} is not published; the newest is {max(known)}")
    return pinned


def _row(one: Any, kind: str, version: str) -> tuple[str, ...]:
    demand_part(one, dict, kind)
    if missing := [name for name in ("id", "preferred_label") if not one.get(name)]:
        raise Broken(FetchFailure.changed, f"a concept of {kind} has no {missing[0]}")
    if not ID.fullmatch(text(one["id"])):
        raise unreadable(f"{text(one['id'])[:40]} is no concept's id")
    replaced = sorted(text(other.get("id")) for other in one.get("replaced_by") or ())
    groups = {text(group.get("ssyk_code_2012")) for group in one.get("broader") or ()}
    own = text(one.get("ssyk_code_2012"))
    return (
        text(one.get("type") or kind), text(one["id"]), text(one["preferred_label"]),
        own or " ".join(sorted(groups - {""})), "ja" if one.get("deprecated") else "nej",
        " ".join(replaced), version,
    )  # fmt: skip
