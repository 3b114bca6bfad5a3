"""Skolenhetsregistret v2: schools of some municipalities, without the people who work there."""

import re
from typing import Any

from services.analysis.connector.rules import (
    Broken,
    demand_part,
    listed,
    unreadable,
    wrong_selection,
)
from services.analysis.connector.told import Asked, Told, day, text, told
from services.analysis.connector.wire import Pace, Wire
from services.analysis.contract.source import FetchFailure

COLUMNS = (
    "school_unit_code", "name", "status", "municipality_code", "school_types",
    "school_unit_type", "organizer_name", "organizer_type", "organization_number", "starts_on",
    "ends_on", "url",
)  # fmt: skip
CODE, ORGANIZATION = re.compile(r"\d{8}"), re.compile(r"\d{2}[2-9]\d{7}")
MUNICIPALITY = re.compile(r"\d{4}")
UNITS_MOST, PACE = 3000, (5, 1.0)
FILTERS = ("status", "school_type", "school_unit_type")


async def fetch(wire: Wire, asked: Asked) -> Told:
    """The units of some municipalities, ours where none is chosen; each is asked for by itself.

    Of a unit is kept what it is. Its head, telephone and e-mail address are not.
    """
    places = asked.words("municipality_code") or asked.ours()
    if wrong := [one for one in places if not MUNICIPALITY.fullmatch(one)]:
        raise wrong_selection(f"{wrong[0][:40]} is no municipality")
    wire.pace = Pace(*PACE)
    more = {name: list(asked.words(name)) or None for name in FILTERS}
    said = await wire.get(f"{asked.address}/school-units", municipality_code=list(places), **more)
    units = listed(demand_part(said, dict, "the answer").get("data"), "attributes")
    if len(units) > UNITS_MOST:
        raise wrong_selection(f"{len(units)} units; choose fewer municipalities")
    rows = [await _unit(wire, asked.address, one) for one in units]
    published = day((said.get("meta") or {}).get("extractDate"))
    return told(COLUMNS, rows, about=COLUMNS[:1], published_on=published)


async def _unit(wire: Wire, address: str, listed_unit: Any) -> tuple[str, ...]:
    code = str(demand_part(listed_unit, dict, "a unit").get("schoolUnitCode"))
    if not CODE.fullmatch(code):
        raise unreadable(f"{code[:40]!r} is no code of a unit")
    said = demand_part(await wire.get(f"{address}/school-units/{code}"), dict, code)
    data = demand_part(said.get("data"), dict, code)
    about = demand_part(data.get("attributes"), dict, code)
    if "municipalityCode" not in about:
        raise Broken(FetchFailure.changed, f"{code} has no municipality")
    organizer = said.get("included") or {}
    owner = organizer.get("attributes") or {}
    return (
        code, text(about.get("displayName") or listed_unit.get("name")),
        text(about.get("status") or listed_unit.get("status")), text(about["municipalityCode"]),
        " ".join(sorted(text(one) for one in about.get("schoolTypes") or ())),
        text(about.get("schoolUnitType")), text(owner.get("displayName")),
        text(owner.get("organizerType")), _organization(organizer.get("organizationNumber")),
        text(about.get("startdate") or about.get("startDate")), text(about.get("endDate")),
        text(about.get("url")),
    )  # fmt: skip


def _organization(said: Any) -> str:
    """Its number; that of a sole trader is a person's, and not kept."""
    found = text(said).replace("-", "")
    return found if ORGANIZATION.fullmatch(found) else ""
