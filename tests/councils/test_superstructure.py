"""Bodies under bodies: what keeps councils together, without a ring, and what goes along."""

from services.councils.council.queries import COUNCILS
from services.kit import clock
from tests.callers import Signed, somebody
from tests.councils.archives import committee, named, party
from tests.councils.builders import a_council, blamed, changed, council_in, day
from tests.councils.test_oparl_import import take, taken

CLOSING = {"closed_on": day(-1), "reason": "other"}


async def test_a_council_works_under_another_and_both_tell(councils: Signed) -> None:
    above = await council_in(councils, name="Exempelgruppen", kind="steering_group")
    under = await council_in(councils, parent_id=above["id"])
    alone = await council_in(councils, name="Ensamt")
    assert (under["parent_id"], alone["parent_id"]) == (above["id"], None)
    now = (await councils.get(f"/councils/{above['id']}")).json()
    assert now["child_ids"] == [under["id"]]
    found = (await councils.get(f"/councils?parent_id={above['id']}")).json()["items"]
    assert [one["id"] for one in found] == [under["id"]]
    unknown = await councils.post("/councils", a_council(parent_id=somebody()))
    assert blamed(unknown) == (422, "parent_id", "unknown_reference")
    kept = await councils.delete(f"/councils/{above['id']}", version=1)
    assert kept.status_code == 409, "what keeps others together does not go from above them"
    moment = clock.now().isoformat()
    moved = await changed(councils, COUNCILS, under["id"], parent_id=None)
    assert moved.json()["parent_id"] is None
    for one, name, value in (
        (under, "parent_id", above["id"]),
        (above, "child_ids", [under["id"]]),
    ):
        url = f"/councils/{one['id']}"
        then = (await councils.get(url, params={"known_at": moment})).json()
        assert then[name] == value, "as it was known"


async def test_who_works_under_a_council_is_told_when_that_was_closed(councils: Signed) -> None:
    above = await council_in(councils, starts_on=day(-9))
    under = await council_in(councils, parent_id=above["id"])
    url = f"/councils/{under['id']}"
    assert under["parent_closed_on"] is None
    end = {"closed_on": day(-2), "reason": "other"}
    await councils.made(f"/councils/{above['id']}/close", end)
    assert (await councils.get(url)).json()["parent_closed_on"] == day(-2)
    assert (await councils.get(f"{url}?as_of={day(-3)}")).json()["parent_closed_on"] is None
    await councils.made(f"/councils/{above['id']}/reopen", {"reason": "Det gick för fort"})
    assert (await councils.get(url)).json()["parent_closed_on"] is None


async def test_no_council_is_under_itself_or_what_came_of_it(councils: Signed) -> None:
    top = await council_in(councils, name="Överst")
    middle = await council_in(councils, name="Mitt", parent_id=top["id"])
    low = await council_in(councils, name="Underst", parent_id=middle["id"])
    heir = await council_in(councils, name="Arvtagare", predecessor_id=top["id"])
    for one in (top, middle, low, heir):
        refused = await changed(councils, COUNCILS, top["id"], parent_id=one["id"])
        assert blamed(refused) == (422, "parent_id", "circle"), one["name"]
    for one in (middle, low):
        refused = await changed(councils, COUNCILS, top["id"], predecessor_id=one["id"])
        assert blamed(refused) == (422, "predecessor_id", "circle")


async def test_nobody_is_placed_under_what_is_closed_but_may_stay_there(councils: Signed) -> None:
    above = await council_in(councils, name="Exempelgruppen")
    under = await council_in(councils, parent_id=above["id"])
    await councils.made(f"/councils/{above['id']}/close", CLOSING)
    late = await councils.post("/councils", a_council(parent_id=above["id"]))
    assert blamed(late) == (409, "parent_id", "closed")
    stays = await changed(councils, COUNCILS, under["id"], name="Nytt namn")
    assert stays.json()["parent_id"] == above["id"]


async def test_a_copy_for_an_industry_is_under_the_same_body(councils: Signed) -> None:
    above = await council_in(councils, name="Exempelgruppen")
    under = await council_in(councils, parent_id=above["id"])
    url, said = f"/councils/{under['id']}/copy", {"kind": "industry_council", "name": "Trärådet"}
    assert (await councils.get(url)).json()["parent_id"] == above["id"]
    industry = said | {"industry": "Trä", "leader_actor_ids": [somebody()]}
    assert (await councils.made(url, industry))["parent_id"] == above["id"]
    assert (await councils.made(url, said | {"actor_id": somebody()}))["parent_id"] is None
    await councils.made(f"/councils/{above['id']}/close", CLOSING)
    assert (await councils.get(url)).json()["parent_id"] is None
    assert (await councils.made(url, industry))["parent_id"] is None


async def test_committees_of_others_are_placed_under_each_other(councils: Signed) -> None:
    """In whichever order; under what is no council nobody is, and in a ring nothing is taken."""
    above = named("Organization", 2)
    objects = [committee(1, subOrganizationOf=above), committee(2), party(1),
               committee(3, subOrganizationOf=named("Organization", "p1"))]  # fmt: skip
    done = await taken(councils, objects)
    assert done["left_out"]["Organization.subOrganizationOf"] == 1
    one, two, three = (await councils.get("/councils?sort=name")).json()["items"]
    assert (one["parent_id"], two["parent_id"], three["parent_id"]) == (two["id"], None, None)
    assert sum((await taken(councils, objects))["changed"].values()) == 0
    ring = [objects[0], committee(2, subOrganizationOf=named("Organization", 1))]
    answer = await take(councils, ring)
    wrong = {(error["field"], error["code"]) for error in answer.json()["errors"]}
    assert wrong == {(f"objects.{place}.subOrganizationOf", "circle") for place in (0, 1)}
    odd = await take(councils, [committee(4, subOrganizationOf=["x"])])
    assert odd.status_code == 422
