"""Verdicts as the basis of a decision: shown beforehand, and made part of it by one tick."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from fastapi import Request

from gateway.clients.house import House
from gateway.clients.service import Found, ids_among
from gateway.forms import Form
from gateway.swedish.codes import label
from services.councils.contract.decision import MINUTES_DAYS, BasisKind, DecisionDraft
from services.kit import clock
from services.kit.errors import Forbidden, Unavailable

TICK = "verdicts"
LONGEST_NAME = 120


async def posted(
    request: Request, house: House, *, kept: Found | None = None, **fixed: object
) -> Form[DecisionDraft]:
    """A decision as it was sent, with its needs' verdicts where they are ticked."""
    form = await Form.received(request, DecisionDraft)
    if form.ticked(TICK):
        if _long_ago(fixed.get("decided_on") or form.value("decided_on")):
            form.fail(TICK, "long_ago")
        else:
            await _take_up(house, form)
    form.take_in(DecisionDraft, kept, **fixed)
    return form


def _long_ago(decided_on: object) -> bool:
    """Whether it was decided too long ago: a verdict is of what is known today."""
    try:
        return date.fromisoformat(f"{decided_on}") < clock.today() - timedelta(days=MINUTES_DAYS)
    except ValueError:  # the draft says what is wrong with it
        return False


async def _take_up(house: House, form: Form[DecisionDraft]) -> None:
    """A row of the basis for each chosen need that has been judged and is not there already."""
    try:
        judged = await _judged(house, form.chosen("need_ids"))
    except (Forbidden, Unavailable):
        form.fail(TICK, "unavailable")
        return
    if not judged:
        form.fail(TICK, "none_found")
    there = {form.value(f"basis.{place}.id") for place in form.rows("basis", spare=0)}
    for place, one in enumerate(judged, start=len(form.rows("basis", spare=0))):
        if one["id"] not in there:
            form.values |= {f"basis.{place}.{part}": [text] for part, text in one.items()}


async def told(house: House, need_ids: list[str]) -> list[Found]:
    """What the verdicts of some needs say today; nothing where analysis is away."""
    try:
        return await _judged(house, need_ids)
    except (Forbidden, Unavailable):
        return []


async def _judged(house: House, need_ids: list[str]) -> list[Found]:
    asked = ids_among(need_ids)
    if not asked:
        return []
    verdicts = await house.analysis.verdicts.whole(need_id=asked)
    labels = await house.analysis.labels(asked)
    verdicts = [verdict for verdict in verdicts if verdict["judged"]]
    grouped = groupby(verdicts, key=lambda verdict: verdict["need_id"])
    return [_row(need, list(found), labels) for need, found in grouped]


def _row(need_id: str, verdicts: Iterable[Found], labels: Mapping[str, Any]) -> Found:
    """Both horizons of a need as one part of a basis."""
    *_, last = verdicts = list(verdicts)
    said = ", ".join(
        f"{label(one['horizon'], 'Horizon')}: {label(one['conclusion'], 'Conclusion')}".lower()
        for one in verdicts
    )
    name = labels[need_id]["label"][:LONGEST_NAME] if need_id in labels else "Behovet"
    return {
        "kind": BasisKind.verdict.value,
        "id": need_id,
        "label": f"{name} ({said})",
        "as_of": last["judged_on"],
        "example": "true" if any(one["example"] for one in verdicts) else "",
    }
