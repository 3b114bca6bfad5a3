"""Selections and what was said in them as files: names, where the service has keys and parts."""

from typing import Any

from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.pages.choices import name_in
from gateway.pages.holdings import things_by_id
from gateway.pages.listing import Sheet
from gateway.swedish.codes import label
from services.councils.contract.selection import is_decided


async def selections_in_words(house: House, selections: list[Found]) -> Sheet:
    """A row for each selection."""
    labels = await house.analysis.labels(ids_in([one["council_id"] for one in selections]))
    return SELECTION, [
        dict(zip(SELECTION, _selection(one, labels), strict=True)) for one in selections
    ]


SELECTION = [
    "Urval", "Råd", "Fråga", "Workshopen hölls den", "Kandidater", "Kriterier", "Bedömningar",
    "Läge", "Vald bransch", "Beslut", "Beslutat den", "Källa", "Exempel",
]  # fmt: skip


def _selection(one: Found, labels: dict[str, Any]) -> list[Any]:
    called, criteria = _names(one["candidates"]), _names(one["criteria"])
    weighed = [
        f"{part['name']} ({'utan vikt' if part['weight'] is None else part['weight']})"
        for part in one["criteria"]
    ]
    judged = [
        f"{called[mark['candidate']]}, {criteria[mark['criterion']]}: {_mark(mark)}"
        for mark in one["scores"]
    ]
    state = "Beslutat" if is_decided(one) else "Pågår"
    return [
        one["title"], name_in(labels, one["council_id"]), one["question"], one["held_on"],
        list(called.values()), weighed, judged, state, called.get(one["chosen_candidate"]),
        one["decision_text"], one["decided_on"], one["source"], _yes(one["example"]),
    ]  # fmt: skip


def _mark(mark: Found) -> str:
    score = "inte bedömd" if mark["score"] is None else str(mark["score"])
    return f"{score} ({mark['evidence']})" if mark["evidence"] else score


def _names(parts: list[Found]) -> dict[str, str]:
    return {one["key"]: one["name"] for one in parts}


def _yes(value: bool) -> str:
    return "ja" if value else "nej"


async def entries_in_words(house: House, entries: list[Found]) -> Sheet:
    """A row for each SWOT entry, with the one that says the same."""
    found = await things_by_id(
        house.councils.selections, ids_in([one["selection_id"] for one in entries])
    )
    texts = {one["id"]: one["text"] for one in entries}
    return ENTRY, [dict(zip(ENTRY, _entry(one, found, texts), strict=True)) for one in entries]


ENTRY = ["Urval", "Bransch", "Fält", "Grupp", "Punkt", "Samma som", "Källa", "Exempel"]


def _entry(one: Found, selections: dict[str, Found], texts: dict[str, str]) -> list[Any]:
    selection = selections[one["selection_id"]]
    return [
        selection["title"], _names(selection["candidates"])[one["candidate"]],
        label(one["quarter"], "SwotQuarter"), one["group_name"], one["text"],
        texts.get(one["same_as_id"]), one["source"], _yes(one["example"]),
    ]  # fmt: skip
