"""Withdrawals: an actor leaves and returns, and what its standings say of each day."""

from typing import Any

from services.actors.contract.relation import RelationDraft
from tests.actors.test_departure import Fact, actor, held, person, placed, post_at, related
from tests.callers import READER, Signed, municipality, somebody


async def test_an_actor_withdraws_and_returns(actors: Signed) -> None:
    made = await actor(actors, "Exempelmyndighet 1")
    place = {"actor_id": made["id"], "valid_from": "2018-01-01", "level": "operative"}
    await actors.post(f"/actors/{made['id']}/place", place | {"status": "active"})
    leaving = {"withdrawn_on": "2019-02-01", "reason": "Ändrat uppdrag"}
    told = (await actors.post(f"/actors/{made['id']}/withdraw", leaving)).json()
    assert told["standing"]["status"] == "withdrawn"
    twice = await actors.post(f"/actors/{made['id']}/withdraw", leaving | {"reason": "Igen"})
    assert twice.status_code == 409
    back = await actors.post(f"/actors/{made['id']}/return", {"returned_on": "2020-10-01"})
    assert back.json()["standing"]["level"] == "operative"
    assert (await actors.get(f"/actors/{made['id']}?as_of=2020-11-01")).json()["status"] == "active"


async def test_a_withdrawal_by_mistake_is_taken_back_with_all_that_it_changed(
    actors: Signed,
) -> None:
    made, other = await placed(actors), await actor(actors)
    trusting = await related(actors, made, other, "collaborates_with", "trusting")
    worn = await related(actors, other, made, "commissions", "rebuild")
    mended = await related(actors, made, other, "funds", "working")
    leaving = {"withdrawn_on": "2019-02-01", "reason": "Fel aktör"}
    told = (await actors.post(f"/actors/{made['id']}/withdraw", leaving)).json()
    assert len(told["rebuild_relations"]) == 2
    now = (await actors.get(f"/relations/{mended['id']}")).json()
    draft = {name: now[name] for name in RelationDraft.model_fields}
    tag = {"if-match": f'"v{now["version"]}"'}
    changed = draft | {"state": "strained", "state_since": "2019-03-01"}
    again = await actors.send("PUT", f"/relations/{mended['id']}", json=changed, headers=tag)
    assert again.status_code == 200
    url = f"/standings/{told['standing']['id']}/undo"
    undone = (await actors.post(url)).json()
    assert (undone["on"], undone["actor_id"]) == ("2019-02-01", made["id"])
    standing = undone["standing"]
    assert (standing["status"], standing["valid_to"]) == ("active", None)
    assert [(one["id"], one["state"], one["state_since"]) for one in undone["relations"]] == [
        (trusting["id"], "trusting", "2018-05-01")
    ]
    for relation, state in ((worn, "rebuild"), (mended, "strained")):
        assert (await actors.get(f"/relations/{relation['id']}")).json()["state"] == state
    assert (await actors.get(f"/actors/{made['id']}?as_of=2019-06-01")).json()["status"] == "active"
    assert (await actors.post(url)).status_code == 404
    assert (await actors.post(f"/actors/{made['id']}/withdraw", leaving)).status_code == 200


async def test_only_the_newest_standing_is_taken_back(actors: Signed) -> None:
    made = await placed(actors)
    leaving = {"withdrawn_on": "2019-02-01", "reason": "Ändrat uppdrag"}
    left = (await actors.post(f"/actors/{made['id']}/withdraw", leaving)).json()["standing"]
    back = await actors.post(f"/actors/{made['id']}/return", {"returned_on": "2020-10-01"})
    returned = back.json()["standing"]
    early = await actors.post(f"/standings/{left['id']}/undo")
    assert (early.status_code, early.json()["errors"][0]["code"]) == (409, "not_newest")
    assert (await actors.by(READER).post(f"/standings/{returned['id']}/undo")).status_code == 403
    keyed = actors.by(municipality("1472", "read", "write"))
    assert (await keyed.post(f"/standings/{returned['id']}/undo")).status_code == 404
    for standing, status in ((returned, "withdrawn"), (left, "active")):
        undone = (await actors.post(f"/standings/{standing['id']}/undo")).json()
        assert undone["standing"]["status"] == status
    last = (await actors.post(f"/standings/{undone['standing']['id']}/undo")).json()
    assert (last["standing"], last["relations"]) == (None, [])


async def test_days_that_leave_no_time_between_are_refused_by_name(actors: Signed) -> None:
    made = await placed(actors)
    url = f"/actors/{made['id']}"

    async def refused(verb: str, **body: str) -> tuple[int, str, str]:
        answer = await actors.post(f"{url}/{verb}", body)
        error = answer.json()["errors"][0]
        return answer.status_code, error["field"], error["code"]

    reason = {"reason": "Ändrat uppdrag"}
    assert await refused("withdraw", withdrawn_on="2018-01-01", **reason) == (
        409, "withdrawn_on", "same_day",
    )  # fmt: skip
    assert await refused("withdraw", withdrawn_on="2017-01-01", **reason) == (
        409, "withdrawn_on", "later_standing",
    )  # fmt: skip
    await actors.post(f"{url}/withdraw", {"withdrawn_on": "2019-02-01", **reason})
    assert await refused("return", returned_on="2019-02-01") == (409, "returned_on", "same_day")
    assert await refused("return", returned_on="2018-06-01") == (
        409, "returned_on", "not_withdrawn",
    )  # fmt: skip
    await actors.post(f"{url}/return", {"returned_on": "2020-10-01"})
    assert await refused("return", returned_on="2020-05-01") == (
        409, "returned_on", "later_standing",
    )  # fmt: skip


async def test_who_closes_leaves_all_that_who_withdraws_leaves(actors: Signed) -> None:
    made, other = await placed(actors), await actor(actors)
    near = await related(actors, made, other, "collaborates_with", "trusting")
    url, place = f"/actors/{made['id']}", {"actor_id": made["id"], "level": "operative"}
    for status in ("withdrawn", "closed"):
        around = place | {"valid_from": "2020-01-01", "status": status}
        answer = await actors.post(f"{url}/place", around)
        assert answer.status_code == 422, answer.text
        error = answer.json()["errors"][0]
        assert (error["field"], error["code"]) == ("status", "leave_by_withdrawal")
    over = {"withdrawn_on": "2020-01-01", "reason": "Upplöst", "status": "closed"}
    left = await actors.post(f"{url}/withdraw", over)
    assert left.status_code == 200, left.text
    assert left.json()["standing"]["status"] == "closed"
    assert [one["id"] for one in left.json()["rebuild_relations"]] == [near["id"]]
    for later in (over, over | {"status": "withdrawn"}):
        again = await actors.post(f"{url}/withdraw", later | {"withdrawn_on": "2021-01-01"})
        assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "left_already")
    undone = await actors.post(f"/standings/{left.json()['standing']['id']}/undo")
    assert [one["state"] for one in undone.json()["relations"]] == ["trusting"]
    went = await actors.post(f"{url}/withdraw", over | {"status": "withdrawn"})
    assert went.status_code == 200
    closed = await actors.post(f"{url}/withdraw", over | {"withdrawn_on": "2021-01-01"})
    assert closed.status_code == 200, "who withdrew may close later"
    back = await actors.post(f"{url}/return", {"returned_on": "2022-01-01"})
    assert back.status_code == 200, "one that closed may begin anew"


async def test_nobody_leaves_by_a_standing_but_what_is_over_is_told(actors: Signed) -> None:
    made = await actor(actors)
    gone = {"actor_id": made["id"], "level": "operative", "status": "withdrawn"}
    answer = await actors.post("/standings", gone | {"valid_from": "2020-01-01"})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["code"] == "leave_by_withdrawal"
    over = gone | {"valid_from": "2018-01-01", "valid_to": "2019-01-01"}
    told = await actors.made("/standings", over)
    open_ended = over | {"valid_to": None, "status": "active"}
    now = await actors.made("/standings", open_ended | {"valid_from": "2019-01-01"})
    url = f"/standings/{now['id']}"
    turned = now | {"status": "closed"}
    refused = await actors.put(url, {k: turned[k] for k in open_ended}, version=now["version"])
    assert refused.status_code == 422, refused.text
    mended = over | {"reason": "Nytt uppdrag"}
    kept = await actors.put(f"/standings/{told['id']}", mended, version=told["version"])
    assert kept.status_code == 200, kept.text
    again = await actors.put(f"/standings/{told['id']}", mended | {"valid_to": None}, version=2)
    assert again.status_code == 422, "nor by a time that was over and lasts again"


async def test_a_withdrawal_that_is_removed_leaves_what_was_before_it(actors: Signed) -> None:
    made, other = await placed(actors), await actor(actors)
    near = await related(actors, made, other, "collaborates_with", "trusting")
    url = f"/actors/{made['id']}"
    left = await actors.post(f"{url}/withdraw", {"withdrawn_on": "2020-01-01", "reason": "X"})
    standing = left.json()["standing"]
    stale = await actors.delete(f"/standings/{standing['id']}", version=standing["version"] + 1)
    assert stale.status_code == 412
    gone = await actors.delete(f"/standings/{standing['id']}", version=standing["version"])
    assert gone.status_code == 204, gone.text
    assert (await actors.get(url)).json()["status"] == "active"
    assert (await actors.get(f"/relations/{near['id']}")).json()["state"] == "trusting"


async def test_a_withdrawal_tells_all_that_hangs_on_the_actor_and_its_held_posts(
    actors: Signed,
) -> None:
    at, other = await placed(actors), await actor(actors)
    post, theirs = await post_at(actors, at), await post_at(actors, other)
    await actors.made("/holdings", held(post, await person(actors), "2024-01-01"))

    async def both(
        path: str, own: dict[str, Any], seen_to: dict[str, Any], **more: Any
    ) -> set[str]:
        return {(await actors.made(path, one | more))["id"] for one in (own, seen_to)}

    its, others = {"actor_id": at["id"]}, {"actor_id": other["id"]}
    owned = {"owner_post_id": theirs["id"]}, {"owner_post_id": post["id"]}
    due = {"due_on": "2027-01-01"}
    pledges = await both("/pledges", its | owned[0], others | owned[1], what="Tid", **due)
    points = {"need_id": somebody(), "why": "Exempel", "proposed_on": "2026-11-01"} | due
    joinings = await both("/joinings", its | owned[0], others | owned[1], **points)
    decided = {"scope": "Exempel", "decided_on": "2026-01-01", "valid_from": "2026-01-01"}
    gave = {"issuer_actor_id": at["id"], "holder_actor_id": other["id"]}
    holds = {"issuer_actor_id": other["id"], "holder_post_id": post["id"]}
    mandates = await both("/mandates", gave, holds, **decided)
    trial = await actors.made("/role-trials", its | {"role": "Exempelroll"})
    offered = {"provider_actor_id": at["id"], "name": "Träteknik", "form": "higher_vocational"}
    programme = await actors.made("/programmes", offered)
    carried = {
        "ambassador_post_id": post["id"], "issue": "Exempel", "to_body": "Kommunchefsgruppen",
        "carried_on": "2026-11-01",
    }  # fmt: skip
    issue = await actors.made("/carried-issues", carried)
    await actors.made("/carried-issues", carried | {"reply": "Ja", "replied_on": "2026-11-02"})
    over = {"withdrawn_on": "2026-11-20", "reason": "Exempel: slut"}
    told = await actors.made(f"/actors/{at['id']}/withdraw", over)
    for part, ids in (
        ("ownerless_pledges", pledges), ("ownerless_joinings", joinings), ("mandates", mandates),
        ("waiting_role_trials", {trial["id"]}), ("programmes", {programme["id"]}),
        ("unanswered_issues", {issue["id"]}),
    ):  # fmt: skip
        assert {one["id"] for one in told[part]} == ids, part
    assert (told["vacant_post_ids"], told["post_ids"]) == ([], [post["id"]])


async def test_a_standing_is_put_in_between_moved_and_taken_back(actors: Signed) -> None:
    made = await placed(actors)
    url = f"/actors/{made['id']}"

    async def place(first: str, end: str | None = None, level: str = "bridging") -> Fact:
        said = {"actor_id": made["id"], "level": level, "status": "active", "valid_from": first}
        return await actors.made(f"{url}/place", said | {"valid_to": end})

    async def series() -> list[tuple[str, str | None, str]]:
        found = (await actors.get(f"{url}/standings?sort=valid_from")).json()["items"]
        return [(one["valid_from"], one["valid_to"], one["level"]) for one in found]

    first = (await actors.get(f"{url}/standings")).json()["items"][0]
    begins, level = first["valid_from"], first["level"]
    coming = await place("2027-06-01", level="strategic")
    between = await place("2023-01-01")
    assert await series() == [
        (begins, "2023-01-01", level), ("2023-01-01", "2027-06-01", "bridging"),
        ("2027-06-01", None, "strategic"),
    ], "until the one that is settled"  # fmt: skip
    short = await place("2024-01-01", "2024-03-01", "strategic")
    assert (await series())[1:4] == [
        ("2023-01-01", "2024-01-01", "bridging"), ("2024-01-01", "2024-03-01", "strategic"),
        ("2024-03-01", "2027-06-01", "bridging"),
    ], "what it stands in goes on after it"  # fmt: skip
    fields = ("actor_id", "level", "status", "valid_from", "valid_to", "reason")
    for day in ("2024-02-01", "2023-12-01"):
        draft = {name: short[name] for name in fields} | {"valid_from": day}
        changed = await actors.put(f"/standings/{short['id']}", draft, version=short["version"])
        assert changed.status_code == 200, changed.text
        short = changed.json()
        assert (await series())[1][1] == day, "the one before lasts until it"
    for undone in (short, coming):
        await actors.made(f"/standings/{undone['id']}/undo", {})
    assert await series() == [
        (begins, "2023-01-01", level), ("2023-01-01", "2024-03-01", "bridging"),
        ("2024-03-01", None, "bridging"),
    ]  # fmt: skip
    await actors.made(f"/standings/{between['id']}/undo", {})
    assert (await series())[0] == (begins, "2024-03-01", level)
