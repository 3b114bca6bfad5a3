"""Whoever may not read a thing at its own service does not learn its name from analysis either."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.actors.rights import CONTACT_READERS
from services.analysis.following.rules import shared
from services.analysis.following.sight import reads_contacts
from services.councils.contract.need import NeedDraft
from services.kit import clock
from services.kit.identity import Caller
from tests.analysis.conftest import Three
from tests.analysis.test_thread import decision_on, initiative_for, need_in, world
from tests.callers import (
    ADMINISTRATOR,
    ASSOCIATION,
    LEADER,
    MEMBER,
    READER,
    STRATEGIST,
    municipality,
)

Fact = dict[str, Any]
LATER = clock.today() + timedelta(days=30)
CALLERS = {
    "leader": LEADER,
    "strategist": STRATEGIST,
    "administrator": ADMINISTRATOR,
    "reader": READER,
    "stranger": MEMBER,
    "association": ASSOCIATION,
    "tibro": municipality("1472"),
    "skara": municipality("1495"),
}


@pytest.fixture
async def told(three: Three) -> dict[str, Fact]:
    """A need of a council in Tibro, decided on; what is to be done waits for the next meeting."""
    at = await world(three)
    seat = {"council_id": at["council"]["id"], "actor_id": at["actor"]["id"],
            "post_id": at["post"]["id"], "role": "member", "valid_from": "2026-01-01",
            "readiness_exception": "Exempel: ensam i branschen"}  # fmt: skip
    await three.councils.made("/seats", seat)
    need = await need_in(three, at, municipality_codes=["1472"])
    decision = await decision_on(three, at, need)
    initiative = await initiative_for(three, at, need, council_id=at["council"]["id"])
    coming = {"council_id": at["council"]["id"], "title": "Nästa", "starts_at": f"{LATER}T09:00Z"}
    following = await three.councils.made("/meetings", coming)
    item = {
        "council_id": at["council"]["id"],
        "text": "Ring runt",
        "meeting_id": following["id"],
    }
    outcome = {"initiative_id": initiative["id"], "need_ids": [need["id"]], "change": "Fler söker",
               "evidence": "Antagningen", "happened_on": clock.today().isoformat(),
               "horizon": "short"}  # fmt: skip
    point = {"meeting_id": at["meeting"]["id"], "title": "Snickare", "need_ids": [need["id"]]}
    return {
        "agenda-items": await three.councils.made("/agenda-items", point),
        "councils": at["council"], "meetings": at["meeting"], "needs": need,
        "decisions": decision, "initiatives": initiative, "post": at["post"],
        "action-items": await three.councils.made("/action-items", item),
        "outcomes": await three.councils.made("/outcomes", outcome),
    }  # fmt: skip


async def compared(three: Three, told: dict[str, Fact], caller: Caller) -> dict[str, bool]:
    """Per noun whether the caller may read it; analysis names exactly those."""
    things = {noun: thing["id"] for noun, thing in told.items() if noun != "post"}
    read = {
        noun: (await three.councils.by(caller).get(f"/{noun}?id={one}")).json().get("items") != []
        for noun, one in things.items()
    }
    analysis = three.analysis.by(caller)
    asked = "&".join(f"id={one}" for one in things.values())
    named = (await analysis.get(f"/labels?{asked}")).json()
    assert {noun: one in named for noun, one in things.items()} == read
    found = (await analysis.get("/search?q=Fler snickare")).json()["items"]
    assert (told["needs"]["id"] in {one["id"] for one in found}) == read["needs"]
    threads = (await analysis.get("/threads")).json()["items"]
    assert (told["needs"]["id"] in {one["need_id"] for one in threads}) == read["needs"]
    for step in (step for thread in threads for step in thread["steps"]):
        if step["thing"]["id"] in things.values():
            seen = read[step["thing"]["noun"]]
            named = step["thing"]["name"] is not None
            assert (named, step["thing"]["withheld"]) == (seen, not seen), step
    return read


@pytest.mark.parametrize("who", list(CALLERS))
async def test_analysis_names_what_the_caller_may_read(
    three: Three, told: dict[str, Fact], who: str
) -> None:
    read = await compared(three, told, CALLERS[who])
    expected = {
        "leader": set(read), "strategist": set(read), "administrator": set(read),
        "association": set(read), "stranger": set(),
        "reader": set(read) - {"action-items"}, "tibro": set(read) - {"action-items"},
        "skara": {"councils", "meetings"},
    }  # fmt: skip
    assert {noun for noun, seen in read.items() if seen} == expected[who]


@pytest.mark.parametrize("own", [True, False])
async def test_a_key_is_told_of_its_own_and_of_what_names_a_need_of_its(
    three: Three, told: dict[str, Fact], own: bool
) -> None:
    """One outcome of an initiative of its own, one of an initiative about two needs."""
    council, needs = told["councils"], [told["needs"]["id"]]
    if not own:
        need = {"statement": "Fler i Skara", "areas": ["education"], "horizon": "short",
                "municipality_codes": ["1495"]}  # fmt: skip
        needs.append((await three.councils.made("/needs", need))["id"])
    initiative = {"title": "Kurs", "kind": "education_start", "need_ids": needs, "horizon": "short",
                  "lead_actor_id": council["leader_actor_ids"][0],
                  "reported_by": "1495" if own else None}  # fmt: skip
    made = await three.councils.made("/initiatives", initiative)
    decided = {"decided_on": clock.today().isoformat()}
    made = await three.councils.made(f"/initiatives/{made['id']}/decide", decided)
    outcome = {"initiative_id": made["id"], "need_ids": needs[:1], "change": "Fler söker",
               "evidence": "Antagningen", "happened_on": clock.today().isoformat(),
               "horizon": "short"}  # fmt: skip
    told |= {"initiatives": made, "outcomes": await three.councils.made("/outcomes", outcome)}
    read = await compared(three, told, CALLERS["skara"])
    assert read["initiatives"]
    assert read["outcomes"] == own


@pytest.mark.parametrize("reported_by", [None, "1472"])
async def test_a_need_of_the_whole_region_is_everybodys_unless_a_municipality_reported_it(
    three: Three, told: dict[str, Fact], reported_by: str | None
) -> None:
    places = {"municipality_codes": [], "reported_by": reported_by}
    change = {name: told["needs"][name] for name in NeedDraft.model_fields} | places
    address = f"/needs/{told['needs']['id']}"
    assert (await three.councils.put(address, change, version=1)).status_code == 200
    read = await compared(three, told, CALLERS["skara"])
    assert read["needs"] == read["decisions"] == read["outcomes"] == (reported_by is None)


def test_of_contacts_no_word_is_copied() -> None:
    told = {"held_on": "2026-01-01", "actor_id": "1", "said": "Hemligt", "next_step": "Ring"}
    assert shared("contact", told) == {"held_on": "2026-01-01", "actor_id": "1"}
    left = {"post_id": "1", "valid_to": "2026-01-01", "handover": "Ring Exempelperson 2"}
    assert shared("holding", left) == {"post_id": "1", "valid_to": "2026-01-01"}


@pytest.mark.parametrize("who", list(CALLERS))
def test_whoever_reads_all_contacts_reads_the_ties_made_of_them(who: str) -> None:
    assert reads_contacts(CALLERS[who]) is CONTACT_READERS(CALLERS[who])


async def test_a_member_is_told_of_its_own_council(three: Three, told: dict[str, Fact]) -> None:
    member = replace(MEMBER, post_ids=(UUID(told["post"]["id"]),))
    assert all((await compared(three, told, member)).values())
