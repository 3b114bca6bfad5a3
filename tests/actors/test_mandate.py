"""Mandates: one holder, a period that is warned of, renewals, and every municipality's word."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.actors.mandate.rules import next_end
from services.kit import clock
from tests.actors.test_departure import Fact, actor, held, person, post_at
from tests.callers import MEMBER, READER, STRATEGIST, Signed, municipality


def day(ahead: int) -> str:
    """A day counted from today."""
    return (clock.today() + timedelta(days=ahead)).isoformat()


async def mandate(actors: Signed, issuer: Fact, **more: Any) -> Fact:
    """A new mandate."""
    facts = {"issuer_actor_id": issuer["id"], "scope": "Bära samverkansmodellen"}
    return await actors.made("/mandates", facts | {"valid_from": "2026-01-01"} | more)


async def ids(actors: Signed, query: str) -> list[str]:
    """The ids of a list, in its order."""
    answer = await actors.get(f"/mandates?{query}")
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["items"]]


async def test_a_mandate_has_one_holder(actors: Signed) -> None:
    issuer, holder = await actor(actors), await actor(actors, "Exempelnätverk 1")
    post = await post_at(actors, holder)
    facts = {"issuer_actor_id": issuer["id"], "scope": "Bära", "valid_from": "2026-01-01"}
    two = {"holder_actor_id": holder["id"], "holder_post_id": post["id"]}
    refused = (
        ({}, "one_holder"),
        (two, "one_holder"),
        ({"holder_actor_id": issuer["id"]}, "same"),
    )
    for holders, code in refused:
        answer = await actors.post("/mandates", facts | holders)
        error = answer.json()["errors"][0]
        assert (answer.status_code, error["field"], error["code"]) == (422, "holder_actor_id", code)
    council = str(issuer["id"])[::-1].replace("-", "a")[:32]
    for name, value in (*two.items(), ("holder_council_id", council)):
        assert (await actors.made("/mandates", facts | {name: value}))["state"]
    posts = {"holder_actor_id": holder["id"], "ambassador_post_ids": [holder["id"]]}
    unknown = await actors.post("/mandates", facts | posts)
    assert unknown.json()["errors"][0] | {"message": ""} == {
        "field": "ambassador_post_ids", "code": "unknown_reference", "message": ""
    }  # fmt: skip


@pytest.mark.parametrize(
    ("document", "taken"),
    [
        ("Protokoll 12/2026", True),
        ("https://exempel.se/beslut", True),
        ("http://exempel.se/beslut", False),
        ("javascript://exempel.se", False),
        ("https://", False),
    ],
)
async def test_a_document_is_text_or_a_https_link(
    actors: Signed, document: str, taken: bool
) -> None:
    holder = (await actor(actors, "Exempelnätverk 1"))["id"]
    facts = {"issuer_actor_id": (await actor(actors))["id"], "scope": "Bära"}
    answer = await actors.post(
        "/mandates",
        facts | {"valid_from": "2026-01-01", "holder_actor_id": holder, "document": document},
    )
    assert (answer.status_code == 201) is taken
    assert taken or answer.json()["errors"][0]["code"] == "not_https"


async def test_its_state_follows_from_its_period(actors: Signed) -> None:
    issuer, holder = await actor(actors), await actor(actors, "Exempelnätverk 1")
    periods = {
        "coming": (day(1), day(400)),
        "in_force": (day(-10), day(91)),
        "lapses_soon": (day(-10), day(90)),
        "lapsed": (day(-10), day(0)),
    }
    made = {
        state: await mandate(
            actors, issuer, holder_actor_id=holder["id"], valid_from=first, valid_to=end
        )
        for state, (first, end) in periods.items()
    }
    endless = await mandate(actors, issuer, holder_actor_id=holder["id"], valid_from=day(0))
    assert {name: one["state"] for name, one in made.items()} == {name: name for name in made}
    assert endless["state"] == "in_force"
    for state, one in made.items():
        wanted = [one["id"]] + [endless["id"]] * (state == "in_force")
        assert set(await ids(actors, f"state={state}")) == set(wanted)
    today = {made["in_force"]["id"], made["lapses_soon"]["id"], endless["id"]}
    assert set(await ids(actors, f"as_of={day(0)}")) == today
    then = (await actors.get(f"/mandates/{made['lapses_soon']['id']}?as_of={day(-5)}")).json()
    assert then["state"] == "in_force"


async def test_it_is_found_by_everybody_it_concerns(actors: Signed) -> None:
    issuer, holder = await actor(actors), await actor(actors, "Exempelnätverk 1")
    elsewhere = await actor(actors, "Exempelkommun 2")
    post, ambassador = await post_at(actors, holder), await post_at(actors, elsewhere)
    one = await mandate(
        actors, issuer, holder_post_id=post["id"], ambassador_post_ids=[ambassador["id"]]
    )
    for who in (issuer, holder, elsewhere):
        assert await ids(actors, f"actor_id={who['id']}") == [one["id"]]
    for which in (post, ambassador):
        assert await ids(actors, f"post_id={which['id']}") == [one["id"]]
    assert await ids(actors, f"holder_id={post['id']}") == [one["id"]]
    assert await ids(actors, f"holder_id={ambassador['id']}") == []
    assert await ids(actors, "q=samverkansmodell") == [one["id"]]
    listed = (await actors.get(f"/actors/{issuer['id']}/mandates")).json()["items"]
    assert [found["id"] for found in listed] == [one["id"]]
    for kept in (post, ambassador):
        gone = await actors.delete(f"/posts/{kept['id']}", version=1)
        assert (gone.status_code, gone.json()["errors"][0]["code"]) in {
            (409, "in_use")
        }, gone.text  # fmt: skip


@pytest.mark.parametrize(
    ("first", "end", "following"),
    [
        ("2024-01-01", "2026-01-01", "2028-01-01"),
        ("2026-01-15", "2026-07-15", "2027-01-15"),
        ("2025-07-31", "2025-08-31", "2025-09-30"),
        ("2026-01-01", "2026-01-31", "2026-03-02"),
    ],
)
def test_the_next_one_is_as_long(first: str, end: str, following: str) -> None:
    parsed = date.fromisoformat
    assert next_end(parsed(first), parsed(end)) == parsed(following)


async def test_a_renewal_begins_where_the_old_one_ends(actors: Signed) -> None:
    issuer, holder = await actor(actors), await actor(actors, "Exempelnätverk 1")
    old = await mandate(
        actors, issuer, holder_actor_id=holder["id"], valid_from=day(-300), valid_to=day(30),
        decided_on=day(-310), document="Protokoll 1",
    )  # fmt: skip
    assert await ids(actors, "state=lapses_soon&renewed=false") == [old["id"]]
    new = (await actors.post(f"/mandates/{old['id']}/renew", {})).json()
    kept = ("issuer_actor_id", "holder_actor_id", "scope", "ambassador_post_ids")
    assert {name: new[name] for name in kept} == {name: old[name] for name in kept}
    assert (new["valid_from"], new["predecessor_id"]) == (day(30), old["id"])
    assert (new["decided_on"], new["document"], new["state"]) == (None, None, "coming")
    assert (await actors.get(f"/mandates/{old['id']}")).json()["successor_id"] == new["id"]
    bare = {"Idempotency-Key": None}
    unkeyed = await actors.post(f"/mandates/{old['id']}/renew", {}, headers=bare)
    assert unkeyed.json()["errors"][0]["field"] == "idempotency-key"
    again = await actors.post(f"/mandates/{old['id']}/renew", {})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "renewed_already")
    # Prepared is not decided: the warning stays until the decision is written down.
    assert await ids(actors, "state=lapses_soon&renewed=false") == [old["id"]]
    derived = ("state", "predecessor_id", "successor_id", "endorsed_count")
    about = ("id", "version", "created_at", "updated_at")
    draft = {k: v for k, v in new.items() if k not in {*derived, *about}}
    decided = await actors.put(
        f"/mandates/{new['id']}", draft | {"decided_on": day(-1)}, version=new["version"]
    )
    assert decided.json()["predecessor_id"] == old["id"]
    assert await ids(actors, "state=lapses_soon&renewed=false") == []


async def test_nothing_is_decided_on_a_day_to_come(actors: Signed) -> None:
    issuer, holder = await actor(actors), await actor(actors, "Exempelnätverk 1")
    told = {"holder_actor_id": holder["id"], "valid_from": day(-30), "valid_to": day(30)}
    old = await mandate(actors, issuer, **told, decided_on=day(0))
    ahead = {"issuer_actor_id": issuer["id"], "scope": "X", **told, "decided_on": day(1)}
    for answer in (
        await actors.post("/mandates", ahead),
        await actors.put(f"/mandates/{old['id']}", ahead, version=1),
        await actors.post(f"/mandates/{old['id']}/renew", {"decided_on": day(1)}),
    ):
        wrong = answer.json()["errors"][0]
        assert (answer.status_code, wrong["field"]) == (422, "decided_on")
        assert wrong["code"] == "in_the_future"


async def test_what_has_no_end_is_not_renewed(actors: Signed) -> None:
    issuer, holder = await actor(actors), await actor(actors, "Exempelnätverk 1")
    endless = await mandate(actors, issuer, holder_actor_id=holder["id"])
    answer = await actors.post(f"/mandates/{endless['id']}/renew", {})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "no_end")
    old = await mandate(actors, issuer, holder_actor_id=holder["id"], valid_to="2027-01-01")
    for end, code in (("2027-01-01", "empty_period"), ("2300-01-01", "year_out_of_range")):
        answer = await actors.post(f"/mandates/{old['id']}/renew", {"valid_to": end})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)


async def test_many_municipalities_are_recorded_at_once(actors: Signed) -> None:
    issuer, holder = await actor(actors), await actor(actors, "Exempelnätverk 1")
    one = await mandate(actors, issuer, holder_actor_id=holder["id"])
    url = f"/mandates/{one['id']}"
    news = {"municipality_codes": ["1472", "1496"], "state": "presented", "on": "2026-02-01"}
    told = (await actors.post(f"{url}/endorse", news | {"reply": "Återkommer"})).json()["items"]
    assert [(row["municipality_code"], row["version"]) for row in told] == [
        ("1472", 1),
        ("1496", 1),
    ]
    later = {"municipality_codes": ["1444", "1472"], "state": "endorsed", "on": "2026-03-01"}
    assert (await actors.post(f"{url}/endorse", later)).status_code == 200
    rows = (await actors.get(f"{url}/endorsements")).json()["items"]
    assert [(r["municipality_code"], r["state"], r["reply"], r["version"]) for r in rows] == [
        ("1444", "endorsed", None, 1),
        ("1472", "endorsed", "Återkommer", 2),
        ("1496", "presented", "Återkommer", 1),
    ]
    assert (await actors.get(url)).json()["endorsed_count"] == 2
    before = f"{url}/endorsements?known_at={rows[0]['created_at']}"
    then = (await actors.get(before)).json()["items"]
    assert [(r["municipality_code"], r["state"]) for r in then] == [
        ("1472", "presented"),
        ("1496", "presented"),
    ]
    twice = await actors.post(
        "/endorsements", {"mandate_id": one["id"], "municipality_code": "1472", "state": "asked",
                          "on": "2026-01-01"},
    )  # fmt: skip
    assert (twice.status_code, twice.json()["errors"][0]["code"]) == (409, "taken")
    nowhere = await actors.post(f"/mandates/{issuer['id']}/endorse", news)
    assert nowhere.status_code == 404


async def test_what_is_known_of_a_municipality_does_not_go_back_in_time(actors: Signed) -> None:
    issuer, holder = await actor(actors), await actor(actors, "Exempelnätverk 1")
    one = await mandate(actors, issuer, holder_actor_id=holder["id"])
    url = f"/mandates/{one['id']}/endorse"
    news = {"municipality_codes": ["1472", "1496"], "state": "endorsed", "on": "2026-02-01"}
    assert (await actors.post(url, news)).status_code == 200

    async def refused(path: str, body: Fact) -> tuple[int, str, str]:
        answer = await actors.post(path, body)
        return answer.status_code, *(answer.json()["errors"][0][n] for n in ("field", "code"))

    assert await refused(url, news | {"on": day(1)}) == (422, "on", "in_the_future")
    late = {"municipality_codes": ["1444", "1472"], "state": "asked", "on": "2019-02-01"}
    assert await refused(url, late) == (422, "on", "too_early")
    assert (await actors.post(url, late | {"municipality_codes": ["1444"]})).status_code == 200
    row = {"mandate_id": one["id"], "municipality_code": "1473", "state": "asked", "on": day(1)}
    assert await refused("/endorsements", row) == (422, "on", "in_the_future")
    stored = (await actors.get("/endorsements?municipality_code=1472")).json()["items"][0]
    assert (stored["state"], stored["version"]) == ("endorsed", 1)


async def test_a_municipality_speaks_for_itself_alone(actors: Signed) -> None:
    issuer, holder = await actor(actors), await actor(actors, "Exempelnätverk 1")
    one = await mandate(actors, issuer, holder_actor_id=holder["id"])
    tibro = actors.by(municipality("1472"))
    row = {"mandate_id": one["id"], "state": "endorsed", "on": "2026-02-01"}
    own = await tibro.made("/endorsements", row | {"municipality_code": "1472"})
    other = await tibro.post("/endorsements", row | {"municipality_code": "1496"})
    assert (other.status_code, other.json()["errors"][0]["code"]) == (422, "other_municipality")
    news = {"state": "declined", "on": "2026-03-01"}
    both = {"municipality_codes": ["1472", "1496"]}
    mixed = await tibro.post(f"/mandates/{one['id']}/endorse", news | both)
    assert mixed.json()["errors"][0]["code"] == "other_municipality"
    alone = await tibro.post(
        f"/mandates/{one['id']}/endorse", news | {"municipality_codes": ["1472"]}
    )
    assert alone.json()["items"][0]["state"] == "declined"
    url, skovde = f"/endorsements/{own['id']}", actors.by(municipality("1496"))
    taken = await skovde.put(url, row | {"municipality_code": "1472"}, version=2)
    assert taken.status_code == 404
    given = await tibro.put(url, row | {"municipality_code": "1496"}, version=2)
    assert given.json()["errors"][0]["code"] == "other_municipality"
    assert (await skovde.delete(url, version=2)).status_code == 404
    # Nor may it write a mandate that another gives, or read less than others.
    assert (await tibro.delete(f"/mandates/{one['id']}", version=1)).status_code == 404
    assert (await tibro.post(f"/mandates/{one['id']}/renew", {})).status_code == 404
    ours = await actor(actors, "Exempelkommun 2", managed_by="1472")
    facts = {"scope": "Bära", "valid_from": "2026-01-01", "holder_actor_id": holder["id"]}
    theirs = await tibro.post("/mandates", facts | {"issuer_actor_id": issuer["id"]})
    assert (theirs.status_code, theirs.json()["errors"][0]["field"]) == (422, "issuer_actor_id")
    assert (await tibro.post("/mandates", facts | {"issuer_actor_id": ours["id"]})).is_success


async def test_who_may_read_and_write(actors: Signed) -> None:
    issuer, holder = await actor(actors), await actor(actors, "Exempelnätverk 1")
    one = await mandate(actors, issuer, holder_actor_id=holder["id"])
    news = {"municipality_codes": ["1472"], "state": "asked", "on": "2026-02-01"}
    for caller in (READER, MEMBER, STRATEGIST, municipality("1472", "read")):
        seen = actors.by(caller)
        for path in ("/mandates", "/endorsements", "/role-trials"):
            assert (await seen.get(path)).status_code == 200
        assert (await seen.post(f"/mandates/{one['id']}/endorse", news)).status_code == 403
        assert (await seen.post(f"/mandates/{one['id']}/renew", {})).status_code == 403
        assert (await seen.delete(f"/mandates/{one['id']}", version=1)).status_code == 403


async def test_a_departure_lists_the_mandates_it_leaves(actors: Signed) -> None:
    issuer, leaver = await actor(actors), await person(actors)
    post, other = await post_at(actors, issuer), await post_at(actors, issuer, "Strateg")
    ambassador = await post_at(actors, issuer, "Kommunchef")
    for one in (post, ambassador):
        await actors.made("/holdings", held(one, leaver, "2024-01-01"))
    first = await mandate(actors, issuer, holder_post_id=post["id"], valid_to="2027-01-01")
    second = await mandate(
        actors, issuer, holder_post_id=other["id"], ambassador_post_ids=[ambassador["id"]]
    )
    await mandate(actors, issuer, holder_post_id=post["id"], valid_to="2026-06-01")
    await mandate(actors, issuer, holder_post_id=other["id"])
    told = await actors.post(f"/people/{leaver['id']}/depart", {"left_on": "2026-06-01"})
    assert [one["id"] for one in told.json()["mandates"]] == [first["id"], second["id"]]


async def test_a_withdrawal_lists_the_mandates_of_the_one_that_left(actors: Signed) -> None:
    issuer, holder = await actor(actors), await actor(actors, "Exempelnätverk 1")
    one = await mandate(actors, issuer, holder_actor_id=holder["id"])
    leaving = {"withdrawn_on": "2026-06-01", "reason": "Nytt uppdrag"}
    told = (await actors.post(f"/actors/{holder['id']}/withdraw", leaving)).json()
    assert [(m["id"], m["state"]) for m in told["mandates"]] == [(one["id"], "in_force")]
    given = (await actors.post(f"/actors/{issuer['id']}/withdraw", leaving)).json()
    assert [m["id"] for m in given["mandates"]] == [one["id"]], "what it gave is without its giver"


async def test_nobody_has_a_mandate_from_itself(actors: Signed) -> None:
    issuer, holder = await actor(actors), await actor(actors, "Exempelnätverk 1")
    third = await actor(actors, "Exempelnätverk 2")
    inner = await mandate(actors, issuer, holder_actor_id=holder["id"], valid_to=day(30))
    outer = await mandate(actors, third, holder_actor_id=holder["id"])
    await actors.made(f"/actors/{holder['id']}/merge", {"into_id": issuer["id"]})
    assert await ids(actors, f"actor_id={issuer['id']}") == [outer["id"]]
    assert await ids(actors, f"as_of={day(0)}&holder_id={issuer['id']}") == [outer["id"]]
    assert await ids(actors, "state=lapses_soon") == []
    assert await ids(actors, f"id={inner['id']}") == [inner["id"]], "it is kept"
    told = (await actors.get(f"/actors/{issuer['id']}/timeline")).json()["items"]
    assert inner["id"] not in str(told)
    assert outer["id"] in str(told)
    place = {"level": "operative", "status": "active", "valid_from": day(-20)}
    await actors.post(f"/actors/{issuer['id']}/place", place | {"actor_id": issuer["id"]})
    leaving = {"withdrawn_on": day(0), "reason": "Nytt uppdrag"}
    left = (await actors.post(f"/actors/{issuer['id']}/withdraw", leaving)).json()
    assert [one["id"] for one in left["mandates"]] == [outer["id"]]
    await actors.post(f"/actors/{holder['id']}/part", {})
    assert await ids(actors, f"holder_id={holder['id']}&state=lapses_soon") == [inner["id"]]
