"""The education map: who offers what and where, on whose commission, and what is lacking."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import page
from gateway.lookback import Lookback, times_of
from gateway.misread import demand_choice, demand_known, demand_read, misread
from gateway.pages import choices, occupation_field
from gateway.pages.education_gaps import (
    Commission,
    Gap,
    Overlap,
    Reach,
    SameMission,
    apart,
    gaps,
    going_on,
    is_here,
    of_unknown_place,
    overlaps,
    same_missions,
    unlikened,
    without_any,
)
from gateway.pages.known_names import named_then
from gateway.pages.listing import KINDS, SIZE, file_of, number_of
from gateway.pages.occupations import directions_named
from gateway.swedish.codes import label
from gateway.swedish.places import given_in, is_elsewhere_too, places_of
from services.actors.contract.actor import ActorStatus
from services.actors.contract.programme import ProgrammeForm
from services.kit import clock
from services.kit.errors import Forbidden, Malformed, NotFound, Unavailable

area = Area("programmes")
NARROWS = ("occupation_code", "municipality_code", "form")
MOST, MOST_SHOWN = 200, 50
GROUP = re.compile(r"[0-9]{1,3}")


@dataclass
class Provider:
    """Somebody who educates: the part it plays, and its programmes by form."""

    actor: Found
    commissions: list[Found] = field(default_factory=list)
    networks: list[Found] = field(default_factory=list)
    offers: dict[str, list[Found]] = field(default_factory=dict)

    @property
    def forms(self) -> set[str]:
        """What it gives, and what it is commissioned to give."""
        return {*self.offers, *(form for one in self.commissions for form in one["forms"])}


class Asked(NamedTuple):
    """What the map is asked for. `narrowed`: the occupations, as the service takes them."""

    form: Form[Any]
    narrowed: dict[str, Any]
    municipality: str
    kind: str
    look: Lookback

    def names(self, code: str) -> bool:
        """Whether an occupation is among those asked for."""
        group = self.narrowed.get("occupation_group")
        codes = self.narrowed.get("occupation_code")
        return code.startswith(group) if group else codes is None or code in codes


class Drawn(NamedTuple):
    """The map: its rows and columns, and what is told beside it; `cut`: not all could be read."""

    providers: list[Provider]
    forms: list[str]
    overlaps: list[Overlap]
    gaps: list[Gap] | None  # None: nobody could say what is needed
    bare: list[str]
    reach: Reach
    programmes: list[Found]
    used: Sequence[str] = ()  # where any programme of the forms and occupations asked for is given
    cut: bool = False
    unlikened: int = 0  # how many could not be compared with any
    apart: int = 0  # how many could not be compared with some
    placeless: int = 0  # how many may be given in the municipalities that seem bare
    missions: Sequence[SameMission] = ()
    homeless: int = 0  # how many who are commissioned are nobody knows where


async def _asked(request: Request, house: House) -> Asked:
    said = request.query_params
    written = said.get("occupation_code", "").strip()
    narrowed: dict[str, Any] = {"occupation_group": written}
    if not GROUP.fullmatch(written):
        narrowed = await occupation_field.filtered(request, house) if written else {}
    form = Form.asked(request)
    demand_known(request, form, NARROWS)
    if form.wrong:
        misread(request, form)
    kind = demand_choice(request, "form", list(ProgrammeForm), form)
    return Asked(form, narrowed, said.get("municipality_code", ""), kind, times_of(request))


@area.show("/utbildningar/karta", "map")
async def show_map(request: Request, house: Services) -> Response:
    """Providers by form, where they overlap, and what open needs ask for and nobody gives."""
    asked, ours = await asyncio.gather(_asked(request, house), choices.municipalities(request))
    drawn = await _drawn(request, house, asked, [code for code, _ in ours])
    at = [code for one in drawn.missions for code in one.municipality_codes]
    used = [asked.municipality, *drawn.used, *at]
    municipalities, places = await choices.in_use(house, ours, used)
    number = number_of(request)
    start = (number - 1) * SIZE
    shown = drawn.providers[start : start + SIZE]
    (labels, occupations), directions = await asyncio.gather(
        house.analysis.known(*_named(drawn, shown)),
        directions_named(house, [one.sun_code for one in drawn.overlaps[:MOST_SHOWN]]),
    )
    if asked.look.known:
        labels |= await named_then(house, labels, asked.look)
    return page(
        request, "programmes/map.html", asked=asked.form, drawn=drawn, shown=shown, number=number,
        more=len(drawn.providers) > start + SIZE, municipalities=municipalities,
        places=places, labels=labels,
        occupations=occupations, directions=directions, codes=ProgrammeForm,
        occupation=bool(asked.narrowed),
        most=MOST_SHOWN, day=asked.look.day or clock.today().isoformat(), name=choices.name_in,
        chosen=asked.municipality, needs_now=asked.look.day and not asked.look.moment,
    )  # fmt: skip


async def _places(house: House, drawn: Drawn, ours: choices.Options) -> dict[str, str]:
    standing = (code for one in drawn.programmes for code in places_of(one))
    return await choices.places(house, ours, standing)


def _named(drawn: Drawn, shown: Iterable[Provider]) -> tuple[list[str], list[str]]:
    """The actors and occupations that the page names."""
    told: list[Overlap | Gap] = [*drawn.overlaps[:MOST_SHOWN], *(drawn.gaps or [])[:MOST_SHOWN]]
    actors = [one["provider_actor_id"] for about in told for one in about.programmes]
    for one in shown:
        actors += [relation["actor_id"] for relation in one.commissions]
        actors += [relation["other_actor_id"] for relation in one.networks]
    for same in drawn.missions[:MOST_SHOWN]:
        actors += [one.relation["actor_id"] for one in same.commissions]
    return ids_in(actors), ids_in([about.occupation_code or None for about in told])


async def _drawn(request: Request, house: House, asked: Asked, own: list[str]) -> Drawn:
    """The map of what was asked for; empty where it cannot be read, and the form says so."""
    actors, times = house.actors, asked.look.times
    readings = actors.whole(
        actors.programmes.asked(**asked.narrowed, sort="name", limit=MOST, **times),
        actors.actors.asked(educates="true", sort="name", limit=MOST, **times),
        actors.relations.asked(kind=["commissions", "member_of"], limit=MOST, **times),
    )
    try:
        (programmes, educating, relations), wanted, reach = await asyncio.gather(
            readings, _wanted(house, asked), _reach(house, own)
        )
    except Malformed as problem:
        asked.form.blame(problem)
        misread(request, asked.form)
        return Drawn([], [], [], [], [], Reach(frozenset(own)), [])
    around = reach.around(asked.municipality)
    _living(programmes["items"], educating["items"])
    closed = {one["id"] for one in educating["items"] if one["status"] == ActorStatus.closed}
    known = programmes["items"]
    formed = [one for one in known if asked.kind in {"", one["form"]}]
    seen = [one for one in formed if not asked.municipality or _may_be_here(one, around)]
    providers = _providers(asked, educating["items"], relations["items"], seen, around)
    day = asked.look.day or clock.today().isoformat()
    given = [Commission(one.actor, by) for one in providers for by in one.commissions]
    given = [one for one in given if one.lasts(day) and one.provider["id"] not in closed]
    offered, all_offered = going_on(seen, closed), going_on(formed, closed)
    missions = same_missions(given, reach, lambda form: asked.kind in {"", form})
    shown = {form for provider in providers for form in provider.forms if asked.kind in {"", form}}
    return Drawn(
        providers, [form for form in ProgrammeForm if form in shown],
        overlaps(offered, reach, asked.names),
        None if wanted is None else gaps(wanted, known, around, asked.kind, closed),
        without_any(all_offered, own), reach, seen,
        used=[code for one in formed for code in places_of(one)],
        cut=any(part["next"] for part in (programmes, educating, relations)),
        unlikened=unlikened(offered), apart=apart(offered, reach),
        placeless=of_unknown_place(all_offered), missions=missions,
        homeless=len({one.provider["id"] for one in given if not one.place}),
    )  # fmt: skip


def _may_be_here(programme: Found, around: Callable[[str], bool]) -> bool:
    return is_elsewhere_too(programme) or is_here(programme, around)


def _living(programmes: list[Found], actors: list[Found]) -> None:
    """A programme of an actor that was merged is that of the one it lives on in."""
    heirs = {old: actor["id"] for actor in actors for old in actor["merged_ids"]}
    for one in programmes:
        one["provider_actor_id"] = heirs.get(one["provider_actor_id"], one["provider_actor_id"])


def _providers(
    asked: Asked,
    actors: list[Found],
    relations: list[Found],
    programmes: list[Found],
    around: Callable[[str], bool],
) -> list[Provider]:
    """Those who give any of the programmes; where no occupation is asked for also those who
    are commissioned to educate, whether or not a programme of theirs is known.
    """
    found = {actor["id"]: Provider(actor) for actor in actors}
    by_id = {old: found[a["id"]] for a in actors for old in (a["id"], *a["merged_ids"])}
    for one in programmes:
        if one["provider_actor_id"] in found:
            offers = found[one["provider_actor_id"]].offers
            offers.setdefault(one["form"], []).append(one)
    for relation in relations:
        if relation["kind"] == "member_of" and relation["actor_id"] in by_id:
            by_id[relation["actor_id"]].networks.append(relation)
        elif relation["kind"] == "commissions" and relation["other_actor_id"] in by_id:
            by_id[relation["other_actor_id"]].commissions.append(relation)
    return [one for one in found.values() if one.offers or _is_asked_for(one, asked, around)]


def _is_asked_for(provider: Provider, asked: Asked, around: Callable[[str], bool]) -> bool:
    place = provider.actor["municipality_code"]
    here = not asked.municipality or place is None or around(place)
    return here and not asked.narrowed and (asked.kind in provider.forms or not asked.kind)


async def _wanted(house: House, asked: Asked) -> Counter[str] | None:
    """How many open needs name each occupation asked for; None where nobody can say."""
    place = asked.municipality or None
    try:
        found = await house.councils.get(
            "/needs/wanted-occupations", municipality_code=place, **asked.look.known
        )
    except (Unavailable, Forbidden):
        return None
    told = {one["occupation_code"]: one["needs"] for one in found["items"]}
    return Counter({code: needs for code, needs in told.items() if asked.names(code)})


async def _reach(house: House, own: list[str]) -> Reach:
    """Labour-market regions where they are imported; else our municipalities are one area."""
    pair = {"from_system": "municipality", "to_system": "labour_market_region"}
    try:
        found = await house.analysis.correspondences.whole(**pair)
    except (Unavailable, Forbidden):
        found = []
    return Reach(frozenset(own), {one["from_code"]: one["to_code"] for one in found})


@area.show("/utbildningar/karta.{kind}", "map_file")
async def map_file(request: Request, house: Services, kind: str) -> Response:
    """The programmes of the map, a row for each, with what is known of their places."""
    if kind not in KINDS:
        raise NotFound("there is no such file")
    asked, municipalities = await asyncio.gather(
        _asked(request, house), choices.municipalities(request)
    )
    drawn = await _drawn(request, house, asked, [code for code, _ in municipalities])
    demand_read(request)
    places = await _places(house, drawn, municipalities)
    rows = [_row(p, one, places) for p in drawn.providers for one in _all(p)]
    names = list(rows[0]) if rows else ["Anordnare"]
    return file_of("utbildningskarta", kind, names, rows)


def _all(provider: Provider) -> list[Found]:
    return [one for offers in provider.offers.values() for one in offers]


def _row(provider: Provider, programme: Found, places: dict[str, str]) -> dict[str, Any]:
    return {
        "Anordnare": provider.actor["name"],
        "Uppdrag": provider.actor["mission"],
        "Form": label(programme["form"], "ProgrammeForm"),
        "Utbildning": programme["name"],
        "Kommun": given_in(programme, places, "Okänd"),
        "Yrken (SSYK 2012)": programme["occupation_codes"],
        "Nästa start": programme["next_starts_on"],
        "Kända platser": programme["coming_seats"],
        "Starter med okänt antal platser": programme["coming_unknown_count"],
        "Starter med okänd startdag": programme["undated_count"],
        "Kända platser i dem": programme["undated_seats"],
    }
