"""A merge of needs and a split are undone: each need says again what it said."""

from typing import Any

from services.councils.need.queries import NEEDS
from tests.callers import Signed, municipality
from tests.councils.builders import blamed, changed
from tests.councils.work import a_need, an_initiative

Body = dict[str, Any]
LATER = {"version", "updated_at", "created_at"}
SMITHS = {"occupation_code": "7212", "headcount_per_year": 4, "from_year": 2027, "to_year": 2029}
UNEVEN = {"minority_share": "0.05", "minority_share_source": "Exempelstatistik"}

BETWEEN = {"gap_between": ["working_life", "education"]}


def said(need: Body) -> Body:
    """All that a need says, but when it was changed."""
    return {name: value for name, value in need.items() if name not in LATER}


async def now(councils: Signed, need: Body) -> Body:
    """A need, as it is by its own id."""
    return (await councils.get(f"/needs/{need['id']}")).json()  # type: ignore[no-any-return]


async def needs(councils: Signed, *more: Body) -> list[Body]:
    """Stored needs."""
    return [await councils.made("/needs", a_need(**one)) for one in more]


async def merged(councils: Signed, gone: Body, into: Body) -> Body:
    """What lives on."""
    body = {"from_ids": [gone["id"]], "into_id": into["id"]}
    return await councils.made("/needs/merge", body)


async def parted(councils: Signed, need: Body) -> Body:
    """The need, parted from what it lived on in."""
    return await councils.made(f"/needs/{need['id']}/part", None)


async def test_both_say_again_what_they_said(councils: Signed) -> None:
    one, other = await needs(
        councils,
        SMITHS
        | UNEVEN
        | BETWEEN
        | {"municipality_codes": [], "areas": ["matching"], "figures": ["SCB"]},
        {"municipality_codes": ["1472"]},
    )
    one = await councils.made(f"/needs/{one['id']}/prioritise", None)
    whole = await merged(councils, one, other)
    assert whole["gap_between"] == one["gap_between"]
    assert (whole["status"], whole["municipality_codes"]) == ("prioritised", [])
    assert said(await parted(councils, one)) == said(one)
    assert said(await now(councils, other)) == said(other)
    assert said(await merged(councils, one, other)) == said(whole), "and may be merged again"


async def test_what_was_changed_since_and_what_the_others_say_stays(councils: Signed) -> None:
    one, two, living = await needs(
        councils,
        SMITHS | {"figures": ["A", "B"], "municipality_codes": ["1472", "1496"]},
        {"occupation_code": "7212", "figures": ["B"], "municipality_codes": ["1496", "1497"]},
        {"municipality_codes": ["1498"]},
    )
    body = {"from_ids": [one["id"], two["id"]], "into_id": living["id"]}
    whole = await councils.made("/needs/merge", body)
    assert (whole["figures"], whole["headcount_per_year"]) == (["A", "B"], 4)
    more = {"headcount_per_year": 9, "figures": ["A", "B", "C"]}
    assert (await changed(councils, NEEDS, living["id"], **more)).status_code == 200
    await parted(councils, one)
    left = await now(councils, living)
    assert (left["figures"], left["headcount_per_year"]) == (["B", "C"], 9)
    assert left["municipality_codes"] == ["1498", "1496", "1497"]
    assert (left["occupation_code"], left["from_year"]) == ("7212", None)
    await parted(councils, two)
    left = await now(councils, living)
    assert (left["figures"], left["municipality_codes"]) == (["C"], ["1498"])


async def test_what_had_been_merged_into_it_goes_along(councils: Signed) -> None:
    first, second, third = await needs(councils, {"figures": ["1"]}, {"figures": ["2"]}, {})
    await councils.made("/initiatives", an_initiative(need_ids=[first["id"]]))
    await merged(councils, first, second)
    assert (await merged(councils, second, third))["initiative_count"] == 1
    refused = await councils.post(f"/needs/{first['id']}/part")
    assert blamed(refused)[::2] == (409, "came_by_another")
    back = await parted(councils, second)
    assert (back["figures"], back["initiative_count"]) == (["2", "1"], 1)
    assert said(await now(councils, third)) == said(third)
    assert (await now(councils, first))["merged_into_id"] == second["id"]
    assert (await parted(councils, first))["initiative_count"] == 1
    assert said(await now(councils, second)) == said(second)


async def test_a_new_need_keeps_what_it_was_given_by_itself(councils: Signed) -> None:
    more = {"figures": ["B"], "areas": ["matching"]}
    one, other = await needs(councils, {"figures": ["A"]}, more)
    body = {"from_ids": [one["id"], other["id"]], "into": a_need(figures=["A", "C"])}
    new = await councils.made("/needs/merge", body)
    for need in (one, other):
        assert said(await parted(councils, need)) == said(need)
    left = await now(councils, new)
    assert (left["figures"], left["areas"]) == (["A", "C"], ["education"])


async def test_what_is_closed_or_never_merged_is_not_parted(councils: Signed) -> None:
    one, living = await needs(councils, {}, {})
    refused = await councils.post(f"/needs/{one['id']}/part")
    assert blamed(refused)[::2] == (409, "need_not_merged")
    await merged(councils, one, living)
    await councils.made(f"/needs/{living['id']}/drop", {"reason": "Fel"})
    refused = await councils.post(f"/needs/{one['id']}/part")
    assert blamed(refused)[::2] == (409, "living_closed")
    theirs = councils.by(municipality("1472"))
    assert (await theirs.post(f"/needs/{one['id']}/part")).status_code in {403, 404}


async def test_a_split_is_undone(councils: Signed) -> None:
    (whole,) = await needs(councils, {"figures": ["A"], "headcount_per_year": 4})
    whole = await councils.made(f"/needs/{whole['id']}/start", None)
    parts = [a_need(statement="Del ett"), a_need(statement="Del två", figures=["B"])]
    made = (await councils.made(f"/needs/{whole['id']}/split", {"parts": parts}))["items"]
    await councils.made("/initiatives", an_initiative(need_ids=[made[0]["id"]]))
    again = await councils.made(f"/needs/{whole['id']}/rejoin", None)
    assert (again["status"], again["figures"]) == ("being_met", ["A", "B"])
    assert (again["split_into_ids"], again["initiative_count"]) == ([], 1)
    assert (again["headcount_per_year"], again["dropped_reason"]) == (4, None)
    for part in made:
        old = await now(councils, part)
        assert (old["merged_into_id"], old["split_from_id"]) == (whole["id"], whole["id"])
        refused = await councils.post(f"/needs/{part['id']}/part")
        assert blamed(refused)[::2] == (409, "rejoined")
    refused = await councils.post(f"/needs/{whole['id']}/rejoin")
    assert blamed(refused)[::2] == (409, "not_split")
    dropped = await councils.made(f"/needs/{whole['id']}/drop", {"reason": "Fel"})
    assert dropped["status"] == "dropped"
    assert (await councils.made(f"/needs/{whole['id']}/reopen", None))["status"] == "being_met"
    more = await councils.made(f"/needs/{whole['id']}/split", {"parts": parts})
    assert len(more["items"]) == 2
    assert len((await now(councils, whole))["split_into_ids"]) == 2


async def test_a_split_whose_part_is_closed_is_not_undone(councils: Signed) -> None:
    (whole,) = await needs(councils, {})
    parts = {"parts": [a_need(), a_need()]}
    made = (await councils.made(f"/needs/{whole['id']}/split", parts))["items"]
    await councils.made(f"/needs/{made[0]['id']}/drop", {"reason": "Fel"})
    refused = await councils.post(f"/needs/{whole['id']}/rejoin")
    assert blamed(refused)[::2] == (409, "part_closed")
