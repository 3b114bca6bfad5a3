"""Merging and splitting needs: compared before they are one, written before they are several."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.form_fields import compact, typed
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices, occupation_field
from gateway.pages.saving import saved
from gateway.swedish.problems import ANYWHERE, sentence
from services.councils.contract import need as codes
from services.councils.contract.need import OPEN_NEEDS, NeedMerge, NeedSplit
from services.councils.contract.need_union import SHARE, united
from services.kit.errors import Conflict, NotFound

area = Area("needs")
MOST, PARTS = 20, "parts."
CLOSED = "Bara öppna behov slås ihop eller delas."
# What a part begins with, and what it has from the whole without being asked.
ASKED = ("areas", "horizon", "occupation_code")
TAKEN = ("urgency", "gap_between", "identified_on")
# Those of a need on long horizon may be too far for a part on short.
YEARS = ("from_year", "to_year")
SPOKEN = (
    "horizon", "gap_between", "occupation_code", "headcount_per_year", "from_year", "to_year",
    "minority_share",
)  # fmt: skip
HURRY = list(codes.Urgency)

# Why a merge or a split is not undone.
UNDOING = ("came_by_another", "living_closed", "rejoined", "part_closed")


def why_not(problem: Conflict) -> str:
    """What to tell of a step that was not taken."""
    why = [error.code for error in problem.errors if error.code in UNDOING]
    return sentence(why[0]) if why else "Läget hade redan ändrats. Här är det som gäller nu."


@area.begin("/behov/{id}/sla-ihop", "merge")
async def ask_merge(request: Request, house: Services, id: str) -> Response:
    """Which need it is the same as; then both beside each other, and what becomes of them."""
    into_id = request.query_params.get("into_id")
    return await _merge_page(request, house, id, Form.begun(request, NeedMerge, into_id=into_id))


@area.take("/behov/{id}/sla-ihop", "merge")
async def merge(request: Request, house: Services, id: str) -> Response:
    """The need lives on in the other one, which takes over its sources."""
    form = await Form.posted(request, NeedMerge, from_ids=[id])
    sending = house.councils.post("/needs/merge", form.sent, once=form.once)
    if made := await saved(form, sending):
        said = "Behoven är ett. Det gamla går att läsa, och leder hit."
        return go(request, "needs.show", id=made["id"], notice=said, undo=f"/behov/{id}/steg/skilj")
    return await _merge_page(request, house, id, form, status=422)


async def _merge_page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    need = await house.councils.needs.one(id)
    if need["id"] != id or need["status"] not in OPEN_NEEDS:
        return go(request, "needs.show", id=id, notice=CLOSED)
    asked = request.query_params.get("q", "").strip()
    other = await _other(house, id, form)
    alike = [] if other else await _alike(house, need, asked)
    known = [need, *([other] if other else []), *alike]
    (labels, occupations), municipalities = await asyncio.gather(
        house.analysis.known(
            ids_in(*([one["council_id"], one["owner_post_id"]] for one in known)),
            ids_in(*(one["occupation_code"] for one in known)),
        ),
        choices.municipalities(request),
    )
    here = [code for one in known for code in one["municipality_codes"]]
    places = await choices.places(house, municipalities, here)
    after = _united(need, other) if other else None
    return page(
        request, "needs/merge.html", status=status, form=form, need=need, other=other, alike=alike,
        after=after, lost=_lost(need, after) if after else (), asked=Form.asked(request),
        labels=labels, occupations=occupations, places=places, name=choices.name_in,
    )  # fmt: skip


async def _other(house: House, id: str, form: Form[Any]) -> Found | None:
    """The need to live on, if one is chosen that can."""
    chosen = form.value("into_id")
    if not chosen or chosen == id:
        return None
    try:
        other = await house.councils.needs.one(chosen)
    except NotFound:
        form.fail(ANYWHERE, "unknown_reference")
        return None
    return other if other["status"] in OPEN_NEEDS else None


def _united(need: Found, other: Found) -> Found:
    """What the living one says after: its own, with the lists of both and what it lacks."""
    furthest = max(need["status"], other["status"], key=list(OPEN_NEEDS).index)
    return other | united([other, need]) | {"status": furthest}


def _lost(need: Found, after: Found) -> list[str]:
    """What the closed one says that the living one does not say after."""
    sooner = HURRY.index(need["urgency"]) > HURRY.index(after["urgency"])
    lost = [name for name in SPOKEN if need[name] not in (None, [], after[name])]
    return [*lost, *(["urgency"] if sooner else [])]


async def _alike(house: House, need: Found, asked: str) -> list[Found]:
    """Open needs found by what was asked, else those of the same occupation or council."""
    needs = house.councils.needs
    if asked:
        found = (await needs.list(q=asked, status=list(OPEN_NEEDS), limit=MOST)).items
    else:
        by = [name for name in ("occupation_code", "council_id") if need[name]]
        lists = await asyncio.gather(
            *(needs.list(**{one: need[one]}, status=list(OPEN_NEEDS), limit=MOST) for one in by)
        )
        found = [one for each in lists for one in each.items]
    return list({one["id"]: one for one in found if one["id"] != need["id"]}.values())[:MOST]


@area.begin("/behov/{id}/dela", "split")
async def ask_split(request: Request, house: Services, id: str) -> Response:
    """Two parts to write, begun with what the whole says."""
    need = await house.councils.needs.one(id)
    if need["id"] != id or need["status"] not in OPEN_NEEDS:
        return go(request, "needs.show", id=id, notice=CLOSED)
    begun = {name: need[name] for name in ASKED}
    told = {"version": need["version"], "parts": [begun, begun]}
    form: Form[Any] = Form.showing(NeedSplit, told)
    form.once = request.query_params.get("once") or form.once
    return await _split_page(request, house, need, form)


@area.take("/behov/{id}/dela", "split")
async def split(request: Request, house: Services, id: str) -> Response:
    """The need becomes its parts, which take over what they do not say themselves."""
    need = await house.councils.needs.one(id)
    form = await Form.received(request, NeedSplit)
    await _settle(house, form, need)
    form.take_in(NeedSplit)
    sending = house.councils.needs.act(id, "split", form.sent, once=form.once, version=form.version)
    if made := await saved(form, sending):
        count = len(made["items"])
        said = f"Behovet är delat i {count}. De bär dess källor, råd och ansvariga vidare."
        return go(request, "needs.show", id=id, notice=said, undo=f"/behov/{id}/steg/foga")
    return await _split_page(request, house, need, form, status=422)


async def _settle(house: House, form: Form[Any], need: Found) -> None:
    """Parts without a statement go; the others get what is not asked about."""
    rows = {name.split(".")[1] for name in form.values if name.startswith(PARTS)}
    gone = {row for row in rows if not form.value(f"{PARTS}{row}.statement").strip()}
    stays = {name: texts for name, texts in form.values.items() if not _is_of(name, gone)}
    form.values = compact(stays)
    for place in form.rows("parts", 0):
        begins = f"{PARTS}{place}."
        if f"{begins}occupation_code" in form.values:
            await occupation_field.settle(house, form, f"{begins}occupation_code")
        same = form.value(f"{begins}occupation_code") == (need["occupation_code"] or "")
        sooner = (form.value(f"{begins}horizon"), need["horizon"]) == ("short", "long")
        more = (*(() if sooner else YEARS), *(SHARE if same else ()))
        told = {name: need[name] for name in (*TAKEN, *more)}
        form.values |= typed({name: value for name, value in told.items() if value}, begins)


def _is_of(name: str, rows: set[str]) -> bool:
    return name.startswith(PARTS) and name.split(".")[1] in rows


async def _split_page(
    request: Request, house: House, need: Found, form: Form[Any], *, status: int = 200
) -> Response:
    places = form.rows("parts", 1)
    for place in places:
        await occupation_field.shown(house, form, f"{PARTS}{place}.occupation_code")
    return page(
        request, "needs/split.html", status=status, form=form, need=need, places=places,
        codes=codes,
    )  # fmt: skip
