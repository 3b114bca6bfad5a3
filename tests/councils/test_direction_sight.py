"""Who sees directions and their answers, and who may write them."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.callers import ASSOCIATION, LEADER, MEMBER, READER, STRATEGIST, Signed, municipality
from tests.councils.builders import a_seat, council_in, somebody
from tests.councils.test_direction import a_direction, an_answer
from tests.councils.work import a_need


async def test_who_sits_on_a_side_sees_it_and_finds_it_by_the_post(councils: Signed) -> None:
    one, apart = await council_in(councils), await council_in(councils)
    made = await councils.made("/directions", await a_direction(councils, one))
    answer = await councils.made("/direction-answers", an_answer(made, one))
    forum = {"id": made["council_id"]}
    posts = {name: somebody() for name in ("asked", "asks", "apart")}
    for name, council in (("asked", one), ("asks", forum), ("apart", apart)):
        await councils.made("/seats", a_seat(council, post_id=posts[name]))
    for name, seen in (("asked", True), ("asks", True), ("apart", False)):
        member = replace(MEMBER, post_ids=(UUID(posts[name]),))
        theirs = councils.by(member)
        status = 200 if seen else 404
        assert (await theirs.get(f"/directions/{made['id']}")).status_code == status, name
        assert (await theirs.get(f"/direction-answers/{answer['id']}")).status_code == status
        found = (await councils.get(f"/directions?post_id={posts[name]}")).json()["items"]
        assert [item["id"] for item in found] == ([made["id"]] if seen else []), name
        refused = await theirs.post("/direction-answers", an_answer(made, one))
        assert refused.status_code == 403
    led = await council_in(councils, process_leader_post_id=posts["apart"])
    await councils.made("/directions", await a_direction(councils, led))
    found = (await councils.get(f"/directions?post_id={posts['apart']}")).json()["items"]
    assert [item["council_ids"] for item in found] == [[led["id"]]]


@pytest.mark.parametrize("caller", [READER, municipality("1472"), municipality("1495")], ids=str)
async def test_others_see_what_they_see_of_decisions_and_write_nothing(
    councils: Signed, caller: Any
) -> None:
    one = await council_in(councils)
    need = await councils.made("/needs", a_need())  # in 1472
    priorities = [{"text": "Snickare", "need_ids": [need["id"]]}, {"text": "Resten"}]
    body = await a_direction(councils, one)
    plain = await councils.made("/directions", body)
    about = await councils.made("/directions", body | {"priorities": priorities})
    mixed = await councils.made("/needs", a_need(municipality_codes=["1495"]))
    both = [*priorities, {"text": "Målare", "need_ids": [mixed["id"]]}]
    third = await councils.made("/directions", body | {"priorities": both})
    theirs = councils.by(caller)
    hidden = caller.municipality_code == "1495"
    assert (await theirs.get(f"/directions/{plain['id']}")).status_code == 200
    seen = await theirs.get(f"/directions/{about['id']}")
    assert seen.status_code == (404 if hidden else 200)
    got = (await theirs.get(f"/directions/{third['id']}")).json()
    known = {READER: [need, mixed]}.get(caller) or ([mixed] if hidden else [need])
    assert got["need_ids"] == [one["id"] for one in known]
    assert [item["text"] for item in got["priorities"]] == ["Snickare", "Resten", "Målare"]
    named = [need_id for item in got["priorities"] for need_id in item["need_ids"]]
    assert named == got["need_ids"]
    await councils.made("/direction-answers", an_answer(about, one))
    answers = (await theirs.get("/direction-answers")).json()["items"]
    assert len(answers) == (0 if hidden else 1)
    for url, sent in (("/directions", body), ("/direction-answers", an_answer(plain, one))):
        assert (await theirs.post(url, sent)).status_code == 403


@pytest.mark.parametrize("caller", [LEADER, STRATEGIST, ASSOCIATION], ids=str)
async def test_who_may_decide_may_set_and_answer(councils: Signed, caller: Any) -> None:
    one = await council_in(councils)
    body = await a_direction(councils, one)
    theirs = councils.by(caller)
    made = await theirs.made("/directions", body)
    await theirs.made("/direction-answers", an_answer(made, one))
