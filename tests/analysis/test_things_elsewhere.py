"""Things of other services: what names them anew is refused where there are none."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from services.councils.app import connect
from services.kit.switchboard import remote_line
from tests.analysis.conftest import Three
from tests.analysis.importing import employed, handed_in
from tests.callers import ANALYSIS, municipality
from tests.councils.builders import a_council, a_decision, a_meeting, a_seat, day
from tests.councils.test_fast_track import a_fast_track
from tests.councils.work import a_need, an_initiative, an_interview
from tests.wire.test_apart import NOWHERE

Fact = dict[str, Any]
UNKNOWN = "unknown_reference"


def all_blamed(answer: Any) -> dict[str, str]:
    """Every wrong field with its code."""
    assert answer.status_code == 422, answer.text
    return {error["field"]: error["code"] for error in answer.json()["errors"]}


async def actor_in(three: Three, **more: Any) -> Fact:
    """A company of the registry."""
    return await three.actors.made(
        "/actors", {"name": "Exempelföretag 1", "kind": "company"} | more
    )


async def post_in(three: Three, actor: Fact) -> Fact:
    """A post of it."""
    return await three.actors.made("/posts", {"actor_id": actor["id"], "title": "Platschef"})


async def programme_in(three: Three, actor: Fact) -> Fact:
    """An education that it gives."""
    body = {"name": "Träteknik", "form": "other", "provider_actor_id": actor["id"]}
    return await three.actors.made("/programmes", body)


async def a_house(three: Three) -> tuple[Fact, Fact, Fact]:
    """An actor, its post, and a council that it leads."""
    actor = await actor_in(three)
    post = await post_in(three, actor)
    led = a_council(leader_actor_ids=[actor["id"]], process_leader_post_id=post["id"])
    return actor, post, await three.councils.made("/councils", led)


def lost() -> str:
    """An id that nothing has."""
    return str(uuid4())


async def test_what_nobody_keeps_is_refused_at_every_field_that_names_it(three: Three) -> None:
    actor, post, council = await a_house(three)
    send = three.councils.post
    wrong = a_council(
        name="", leader_actor_ids=[actor["id"], lost()], process_leader_post_id=lost()
    )
    found = all_blamed(await send("/councils", wrong | {"convened_by_actor_id": lost()}))
    names = ("leader_actor_ids", "process_leader_post_id", "convened_by_actor_id")
    assert found.pop("name")
    assert found == dict.fromkeys(names, UNKNOWN)
    partners = [{"actor_id": one, "part": "Plats"} for one in (actor["id"], lost())]
    told = {"programme_id": lost(), "intake_id": lost(), "owner_post_id": actor["id"]}
    begun = an_initiative(lead_actor_id=lost(), partners=partners, **told)
    names = ("lead_actor_id", "partners.1.actor_id", *told)
    assert all_blamed(await send("/initiatives", begun)) == dict.fromkeys(names, UNKNOWN)
    # Also in a list of which something else is wrong, and beside what can be read of another.
    leads = [*partners, {"actor_id": actor["id"], "part": ""}]
    begun = an_initiative(lead_actor_id=actor["id"], partners=leads, need_ids=["x", lost()])
    found = all_blamed(await send("/initiatives", begun))
    assert {one for one, code in found.items() if code == UNKNOWN} == {
        "partners.1.actor_id",
        "need_ids",
    }
    assert found.keys() == {"partners.1.actor_id", "need_ids", "partners.2.part", "need_ids.0"}
    leads = an_initiative(lead_actor_id=actor["id"], partners=partners)
    assert all_blamed(await send("/initiatives", leads)) == {
        "partners": "leads",
        "partners.1.actor_id": UNKNOWN,
    }
    seat = a_seat(council, actor_id=lost(), post_id=lost())
    assert all_blamed(await send("/seats", seat)) == {"actor_id": UNKNOWN, "post_id": UNKNOWN}
    owned = a_need(owner_post_id=lost())
    assert all_blamed(await send("/needs", owned)) == {"owner_post_id": UNKNOWN}
    assert (await send("/seats", a_seat(council, actor_id=actor["id"]))).status_code == 201
    assert (await send("/needs", a_need(owner_post_id=post["id"]))).status_code == 201


async def test_what_is_done_with_things_asks_too(three: Three) -> None:
    actor, post, council = await a_house(three)
    send = three.councils.post
    meeting = await three.councils.made("/meetings", a_meeting(council))
    approval = {"approved_on": day(0), "approved_by_post_id": lost()}
    approved = await send(f"/meetings/{meeting['id']}/approve", approval)
    assert all_blamed(approved) == {"approved_by_post_id": UNKNOWN}
    need = await three.councils.made("/needs", a_need(owner_post_id=post["id"]))
    parts = [a_need(owner_post_id=lost()), a_need()]
    split = await send(f"/needs/{need['id']}/split", {"parts": parts, "reason": "Två yrken"})
    assert all_blamed(split) == {"parts.0.owner_post_id": UNKNOWN}
    other = await three.councils.made("/needs", a_need())
    into = {"from_ids": [need["id"], other["id"]], "reason": "Samma", "into": parts[0]}
    assert all_blamed(await send("/needs/merge", into)) == {"into.owner_post_id": UNKNOWN}
    who = {"leader_actor_ids": [actor["id"]], "invited_actor_ids": [lost()]}
    alarm = a_fast_track(**who, process_leader_post_id=lost(), ends_on=day(-1000))
    found = all_blamed(await send("/councils/fast-track", alarm))
    assert found.pop("ends_on")
    assert found.pop("meeting.starts_at")
    assert found == dict.fromkeys(("invited_actor_ids", "process_leader_post_id"), UNKNOWN)


async def test_a_request_asks_once_and_only_for_what_is_new(three: Three, monkeypatch: Any) -> None:
    actor, post, council = await a_house(three)
    wire, asked = three.councils.app.state.wire, list[Any]()
    ask = wire.ask

    async def counted(service: str, method: str, path: str, **more: Any) -> Any:
        asked.extend([more["content"]] if path == "/known" else [])
        return await ask(service, method, path, **more)

    monkeypatch.setattr(wire, "ask", counted)
    others = [(await actor_in(three, name=f"Exempelföretag {n}"))["id"] for n in range(60)]
    who: Fact = {"leader_actor_ids": [actor["id"]], "invited_actor_ids": others}
    who |= {"process_leader_post_id": post["id"]}
    await three.councils.made("/councils/fast-track", a_fast_track(**who))
    assert len(asked) == 1
    kept = council | {"purpose": "Något annat"}
    draft = {name: kept[name] for name in a_council() | {"process_leader_post_id": None}}
    put = three.councils.put
    assert (await put(f"/councils/{council['id']}", draft, version=1)).status_code == 200
    assert len(asked) == 1
    more = draft | {"leader_actor_ids": [actor["id"], others[0]]}
    assert (await put(f"/councils/{council['id']}", more, version=2)).status_code == 200
    assert len(asked) == 2
    assert others[0].encode() in asked[1]
    assert actor["id"].encode() not in asked[1]


async def test_nothing_new_hangs_on_a_merged_actor(three: Three) -> None:
    council = (await a_house(three))[2]
    gone, living = await actor_in(three, name="Exempelbolaget"), await actor_in(three)
    seat = await three.councils.made("/seats", a_seat(council, actor_id=gone["id"]))
    merge = {"into_id": living["id"]}
    merged = await three.actors.post(f"/actors/{gone['id']}/merge", merge)
    assert merged.status_code == 200, merged.text
    again = a_seat(council, actor_id=gone["id"], valid_from=day(-10))
    refused = await three.councils.post("/seats", again | {"valid_to": day(-9)})
    assert all_blamed(refused) == {"actor_id": "merged"}
    assert living["id"] in refused.json()["errors"][0]["message"]
    kept = a_seat(council, actor_id=gone["id"], role="chair")
    url = f"/seats/{seat['id']}"
    assert (await three.councils.put(url, kept, version=1)).status_code == 200


async def test_a_silent_keeper_refuses_what_is_new_and_keeps_the_rest(three: Three) -> None:
    actor, post, council = await a_house(three)
    need = await three.councils.made("/needs", a_need(owner_post_id=post["id"]))
    await three.councils.app.state.wire.close()
    connect(three.councils.app, actors=remote_line([NOWHERE]))
    silent = await three.councils.post("/needs", a_need(owner_post_id=post["id"]))
    assert silent.status_code == 503
    assert silent.headers["retry-after"]
    error = silent.json()["errors"][0]
    assert (error["field"], error["code"]) == ("owner_post_id", "keeper_silent")
    listed = await three.councils.get("/needs?count=true")
    assert listed.json()["count"] == 1
    early = a_need(owner_post_id=post["id"], identified_on=day(1))
    assert "identified_on" in all_blamed(await three.councils.post("/needs", early))
    said = a_need(owner_post_id=post["id"], statement="Fler behövs än vi trodde")
    url = f"/needs/{need['id']}"
    assert (await three.councils.put(url, said, version=1)).status_code == 200
    reasoned = a_seat(council, actor_id=actor["id"])
    assert (await three.councils.post("/seats", reasoned)).status_code == 201


async def test_a_mandate_is_held_by_a_council_that_there_is(three: Three) -> None:
    actor, _post, council = await a_house(three)
    given = {"issuer_actor_id": actor["id"], "scope": "Exempel", "valid_from": day(0)}
    refused = await three.actors.post("/mandates", given | {"holder_council_id": lost()})
    assert all_blamed(refused) == {"holder_council_id": UNKNOWN}
    await three.actors.made("/mandates", given | {"holder_council_id": council["id"]})


async def test_only_programs_ask_what_is_known(three: Three) -> None:
    asked = {"wanted": {"actor": []}}
    assert (await three.actors.post("/known", asked)).status_code == 403
    asked = {"wanted": {"actor": [], "council": []}}
    wrong = await three.actors.by(ANALYSIS).post("/known", asked)
    assert all_blamed(wrong) == {"wanted.council": "unknown_parameter"}


async def test_what_hangs_on_another_is_refused(three: Three) -> None:
    actor, post, council = await a_house(three)
    other = await actor_in(three, name="Exempelskolan")
    wrong = {"post_id": "other_actor"}
    seat = a_seat(council, actor_id=other["id"], post_id=post["id"])
    assert all_blamed(await three.councils.post("/seats", seat)) == wrong
    right = seat | {"actor_id": actor["id"]}
    made = await three.councils.made("/seats", right)
    url = f"/seats/{made['id']}"
    assert all_blamed(await three.councils.put(url, seat, version=1)) == wrong
    dialogue_map = await three.councils.made("/dialogue-maps/default", None)
    told = an_interview(dialogue_map, actor_id=other["id"], respondent_post_id=post["id"])
    refused = {"respondent_post_id": "other_actor"}
    assert all_blamed(await three.councils.post("/interviews", told)) == refused
    await three.councils.made("/interviews", told | {"actor_id": actor["id"]})
    one, two = [await programme_in(three, actor) for _ in range(2)]
    begins = {"programme_id": one["id"], "starts_on": day(90), "seats": 20}
    intake = await three.actors.made("/intakes", begins)
    led = an_initiative(lead_actor_id=actor["id"], intake_id=intake["id"])
    refused = {"intake_id": "other_programme"}
    mixed = led | {"programme_id": two["id"]}
    assert all_blamed(await three.councils.post("/initiatives", mixed)) == refused
    for kept in (led, led | {"programme_id": one["id"]}):
        await three.councils.made("/initiatives", kept)
    merge = {"into_id": other["id"]}
    merged = await three.actors.post(f"/actors/{actor['id']}/merge", merge)
    assert merged.status_code == 200, merged.text
    later = {"valid_from": day(-10), "valid_to": day(-9)}
    assert (await three.councils.post("/seats", seat | later)).status_code == 201
    assert (await three.councils.put(url, right | {"role": "chair"}, version=1)).status_code == 200


async def test_a_municipality_speaks_for_no_other(three: Three) -> None:
    own, other = await actor_in(three, managed_by="1472"), await actor_in(three, managed_by="1495")
    school, council = await actor_in(three), (await a_house(three))[2]
    need = await three.councils.made("/needs", a_need(municipality_codes=["1495"]))
    meeting = await three.councils.made("/meetings", a_meeting(council))
    secret = await three.councils.made("/decisions", a_decision(meeting, need_ids=[need["id"]]))
    tibro = three.councils.by(municipality("1472"))
    theirs = an_initiative(lead_actor_id=other["id"], decision_id=secret["id"])
    refused = {"lead_actor_id": "other_municipality", "decision_id": UNKNOWN}
    assert all_blamed(await tibro.post("/initiatives", theirs)) == refused
    for lead in (own, school):
        made = await tibro.made("/initiatives", an_initiative(lead_actor_id=lead["id"]))
    decided = {"decided_on": day(0), "decision_id": secret["id"]}
    url = f"/initiatives/{made['id']}"
    assert all_blamed(await tibro.post(f"{url}/decide", decided)) == {"decision_id": UNKNOWN}
    taken = an_initiative(lead_actor_id=other["id"], reported_by="1472")
    refused = {"lead_actor_id": "other_municipality"}
    assert all_blamed(await tibro.put(url, taken, version=1)) == refused
    assert (await three.councils.put(url, taken, version=1)).status_code == 200
    kept = taken | {"title": "Ny titel"}
    assert (await tibro.put(url, kept, version=2)).status_code == 200
    leads = [{"actor_id": one["id"], "part": "Leder", "leads": True} for one in (own, other)]
    together = an_initiative(lead_actor_id=school["id"], partners=leads)
    refused = {"partners.1.actor_id": "other_municipality"}
    assert all_blamed(await tibro.post("/initiatives", together)) == refused
    assert (await three.councils.post("/initiatives", together)).status_code == 201


async def test_a_municipality_gives_its_work_to_posts_of_its_own(three: Three) -> None:
    own, other = await actor_in(three, managed_by="1472"), await actor_in(three, managed_by="1495")
    nobodys = await actor_in(three)
    tibro, refused = three.councils.by(municipality("1472")), {"owner_post_id": UNKNOWN}
    posts = [(await post_in(three, actor))["id"] for actor in (own, other, nobodys)]
    partners = [{"actor_id": other["id"], "part": "Plats"}]
    led = an_initiative(lead_actor_id=own["id"], partners=partners)
    step = {"initiative_id": (await tibro.made("/initiatives", led))["id"], "title": "Steg"}
    for path, body in (("/needs", a_need()), ("/initiatives", led), ("/steps", step)):
        for post in posts[1:]:
            wrong = await tibro.post(path, body | {"owner_post_id": post})
            assert all_blamed(wrong) == refused, path
        made = await tibro.made(path, body | {"owner_post_id": posts[0]})
        theirs = body | {"owner_post_id": posts[1]}
        theirs |= {"reported_by": "1472"} if path != "/steps" else {}
        url = f"{path}/{made['id']}"
        assert all_blamed(await tibro.put(url, theirs, version=1)) == refused
        assert (await three.councils.put(url, theirs, version=1)).status_code == 200
        assert (await tibro.put(url, theirs, version=2)).status_code == 200, "it may stay"


async def test_a_decision_rests_on_indicators_that_there_are(three: Three, tmp_path: Path) -> None:
    await handed_in(three.analysis, tmp_path, employed(("7522", "14", "män", 2024, 949)))
    council = (await a_house(three))[2]
    meeting = await three.councils.made("/meetings", a_meeting(council))
    indicator = (await three.analysis.get("/indicators?limit=1")).json()["items"][0]
    need = await three.councils.made("/needs", a_need())
    ids = [("indicator", indicator["id"]), ("verdict", need["id"]), ("forecast", lost())]
    basis = [{"kind": kind, "label": "Exempel", "id": one} for kind, one in ids]
    made = await three.councils.made("/decisions", a_decision(meeting, basis=basis))
    wrong = [*basis, *({"kind": kind, "label": "x", "id": lost()} for kind, _ in ids[:2])]
    body = a_decision(meeting, basis=wrong)
    refused = dict.fromkeys(("basis.3.id", "basis.4.id"), UNKNOWN)
    assert all_blamed(await three.councils.post("/decisions", body)) == refused
    kept = a_decision(meeting, basis=basis, text="Ny text")
    await three.councils.app.state.wire.close()
    connect(three.councils.app, analysis=remote_line([NOWHERE]))
    url = f"/decisions/{made['id']}"
    assert (await three.councils.put(url, kept, version=1)).status_code == 200
    silent = await three.councils.post("/decisions", kept)
    (error,) = silent.json()["errors"]
    assert (silent.status_code, error["code"]) == (503, "keeper_silent")
