"""SWOT entries: what groups said of candidates, which may be said to be the same."""

import asyncio
from typing import Any

from tests.callers import Signed
from tests.councils.builders import blamed
from tests.councils.test_selection import as_sent, selection_in

Thing = dict[str, Any]


def an_entry(selection: Thing, **more: Any) -> Thing:
    """What the steering group said of the furniture industry."""
    body = {"selection_id": selection["id"], "candidate": "mobel", "quarter": "weakness"}
    return body | {"group_name": "Styrgruppen", "text": "Små företag"} | more


async def test_what_groups_say_alike_is_one_point_and_both_are_kept(councils: Signed) -> None:
    selection = await selection_in(councils)
    first = await councils.made("/swot-entries", an_entry(selection))
    other = an_entry(selection, group_name="Näringslivsenheter", text="Få anställda")
    second = await councils.made("/swot-entries", other | {"same_as_id": first["id"]})
    found = (await councils.get(f"/selections/{selection['id']}/result")).json()["swot"]
    (point,) = found[0]["quarters"]["weakness"]
    assert point["groups"] == ["Styrgruppen", "Näringslivsenheter"]
    assert [one["id"] for one in point["said"]] == [first["id"], second["id"]]
    url = f"/swot-entries/{second['id']}"
    assert (await councils.put(url, other, version=1)).status_code == 200
    found = (await councils.get(f"/selections/{selection['id']}/result")).json()["swot"]
    assert len(found[0]["quarters"]["weakness"]) == 2, "parted again"
    below = await councils.get(f"/selections/{selection['id']}/swot-entries?candidate=mobel")
    assert len(below.json()["items"]) == 2


async def test_two_that_are_said_to_be_the_same_as_each_other_do_not_lock_each_other_out(
    councils: Signed,
) -> None:
    selection = await selection_in(councils)
    for _ in range(12):
        one, two = [await councils.made("/swot-entries", an_entry(selection)) for _ in range(2)]
        answers = await asyncio.gather(*(
            councils.put(f"/swot-entries/{a['id']}", an_entry(selection, same_as_id=b["id"]),
                         version=1)
            for a, b in ((one, two), (two, one))
        ))  # fmt: skip
        assert sorted(one.status_code for one in answers)[0] == 200
        assert sorted(one.status_code for one in answers)[1] in (409, 422)


async def test_only_what_stands_in_the_same_quarter_can_be_the_same(councils: Signed) -> None:
    selection, elsewhere = await selection_in(councils), await selection_in(councils)
    first = await councils.made("/swot-entries", an_entry(selection))
    copy = await councils.made("/swot-entries", an_entry(selection, same_as_id=first["id"]))
    for wrong in (
        an_entry(selection, same_as_id=first["id"], quarter="threat"),
        an_entry(selection, same_as_id=first["id"], candidate="vard"),
        an_entry(elsewhere, same_as_id=first["id"]),
        an_entry(selection, same_as_id=copy["id"]),
    ):
        refused = await councils.post("/swot-entries", wrong)
        assert blamed(refused) == (422, "same_as_id", "not_same_place")
    url = f"/swot-entries/{first['id']}"
    itself = await councils.put(url, an_entry(selection, same_as_id=first["id"]), version=1)
    assert ("same_as_id", "not_same_place") in {
        (one["field"], one["code"]) for one in itself.json()["errors"]
    }
    moved = await councils.put(url, an_entry(selection, quarter="threat"), version=1)
    assert blamed(moved) == (409, "quarter", "has_copies")
    another = await councils.made("/swot-entries", an_entry(selection, text="Låg lön"))
    copied = await councils.put(url, an_entry(selection, same_as_id=another["id"]), version=1)
    assert blamed(copied) == (409, "same_as_id", "has_copies")
    assert (await councils.delete(url, version=1)).status_code == 409, "another is a copy of it"
    unknown = await councils.post("/swot-entries", an_entry(selection, candidate="skog"))
    assert blamed(unknown) == (422, "candidate", "not_a_candidate")
    away = await councils.put(url, an_entry(elsewhere), version=1)
    assert ("selection_id", "fixed") in {
        (one["field"], one["code"]) for one in away.json()["errors"]
    }


async def test_what_was_said_keeps_its_candidate_and_stands_once_it_is_decided(
    councils: Signed,
) -> None:
    made = await selection_in(councils, scores=[])
    said = await councils.made("/swot-entries", an_entry(made))
    url = f"/selections/{made['id']}"
    others = [{"key": "skog", "name": "Skog"}, {"key": "vard", "name": "Vård"}]
    refused = await councils.put(url, as_sent(made, candidates=others), version=1)
    assert blamed(refused) == (409, "candidates", "has_swot")
    assert (await councils.delete(url, version=1)).status_code == 409, "something was said"
    decided = await councils.put(url, as_sent(made, decision_text="Möbel"), version=1)
    assert decided.status_code == 200
    entry = f"/swot-entries/{said['id']}"
    for answer in (
        await councils.post("/swot-entries", an_entry(made)),
        await councils.put(entry, an_entry(made, text="Annat"), version=1),
        await councils.delete(entry, version=1),
    ):
        assert blamed(answer) == (409, "selection_id", "selection_decided")
