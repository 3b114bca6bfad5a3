"""Builders: whole bodies for interviews, needs and initiatives; a story says what matters."""

from typing import Any

from tests.callers import Signed, somebody
from tests.councils.builders import day

Body = dict[str, Any]


def a_need(**more: Any) -> Body:
    """A need."""
    return {
        "statement": "Möbelbranschen saknar operatörer till trätekniska maskiner",
        "areas": ["education"],
        "horizon": "short",
        "municipality_codes": ["1472"],
        **more,
    }


def an_initiative(**more: Any) -> Body:
    """An initiative."""
    return {
        "title": "Träteknisk vuxenutbildning",
        "kind": "education_start",
        "horizon": "short",
        "lead_actor_id": somebody(),
        **more,
    }


async def decided_initiative(councils: Signed, **more: Any) -> Body:
    """A stored initiative that is decided, so that something can come of it."""
    made = await councils.made("/initiatives", an_initiative(**more))
    address, told = f"/initiatives/{made['id']}/decide", {"decided_on": "2026-01-01"}
    return await councils.made(address, told)


def an_outcome(initiative: Body, **more: Any) -> Body:
    """An outcome of an initiative."""
    return {
        "initiative_id": initiative["id"],
        "change": "Tolv personer har gått utbildningen",
        "evidence": "Kursintyg och anställningsbevis",
        "happened_on": "2026-06-01",
        "horizon": "short",
        **more,
    }


def a_headcount(initiative: Body, **more: object) -> Body:
    """Who was in an initiative yesterday."""
    body = {"initiative_id": initiative["id"], "counted_on": day(-1), "seats": 20, "filled": 16}
    return body | {"completed": 12, "source": "Skolans lista"} | more


def an_interview(dialogue_map: Body, **more: Any) -> Body:
    """An interview with consent."""
    return {
        "dialogue_map_id": dialogue_map["id"],
        "actor_id": somebody(),
        "held_on": "2026-03-01",
        "consent": True,
        "consent_on": "2026-03-01",
        "consent_scope": "Svaren får användas i behovsanalysen",
        **more,
    }


async def new_interview(councils: Signed, **more: Any) -> Body:
    """A stored interview by our own dialogue map."""
    dialogue_map = await councils.made("/dialogue-maps/default", None)
    return await councils.made("/interviews", an_interview(dialogue_map, **more))


async def typed(
    councils: Signed, interview: Body, *answers: Body, writer: str | None = None
) -> Body:
    """What saving a set of answers led to, with its status."""
    url = f"/interviews/{interview['id']}/answers"
    found = await councils.send("PUT", url, json={"answers": list(answers), "writer": writer})
    return found.json() | {"status_code": found.status_code}


async def new_council(councils: Signed, **more: Any) -> Body:
    """A stored council."""
    return await councils.made(
        "/councils",
        {
            "name": "Möbelbranschrådet",
            "kind": "industry_council",
            "level": "operative",
            "leader_actor_ids": [somebody()],
            **more,
        },
    )
