"""What other systems publish as OParl, taken in: once, again, changed, broken and hostile."""

import asyncio
from copy import deepcopy
from typing import Any

import pytest

from services.kit import clock
from tests.callers import ADMINISTRATOR, ASSOCIATION, STRATEGIST, Signed, municipality, somebody
from tests.councils.archives import (
    archive,
    committee,
    item,
    meeting,
    named,
    one,
    pages,
    paper,
    party,
)

TODAY = clock.today()
LEADER, NOBODY = somebody(), "00000000-0000-7000-8000-000000000001"
ACTORS = [{"id": named("Organization", f"p{n}"), "actor_id": somebody()} for n in (1, 2)]


async def take(councils: Signed, objects: list[Any], **more: Any) -> Any:
    body = {"objects": objects, "leader_actor_id": LEADER, "actors": ACTORS} | more
    return await councils.post("/import/oparl", body)


async def taken(councils: Signed, objects: list[Any], **more: Any) -> dict[str, Any]:
    answer = await take(councils, objects, **more)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def wrong_in(councils: Signed, objects: list[Any], **more: Any) -> set[tuple[str, str]]:
    answer = await take(councils, objects, **more)
    assert answer.status_code == 422, answer.text
    assert (await councils.get("/councils")).json()["items"] == [], "all or nothing"
    return {(error["field"], error["code"]) for error in answer.json()["errors"]}


async def test_a_city_is_taken_in_and_again_is_nothing_new(councils: Signed) -> None:
    objects = archive(12, 3, TODAY)
    done = await taken(councils, objects)
    assert done["made"] == {"council": 3, "phase_change": 3, "seat": 6, "meeting": 12,
                            "agenda_item": 48, "decision": 9}  # fmt: skip
    assert done["left_out"] == {
        "Body": 1, "LegislativeTerm": 1, "Membership": 6, "Organization (fraktion)": 3,
        "Person": 18, "System": 1,
    }  # fmt: skip
    assert done["unread_fields"]["Meeting.license"] == 12
    again = await taken(councils, objects)
    assert not any(sum(again[verb].values()) for verb in ("made", "changed", "kept"))
    assert again["same"] == done["made"]
    listed = await taken(councils, pages(objects))
    assert listed["same"] == done["made"], "the same as pages of lists"
    found = (await councils.get("/councils?sort=name")).json()["items"]
    first = found[0]
    assert (first["name"], first["kind"], first["phase"]) == (
        "Exempelnämnd 1",
        "working_group",
        "active",
    )
    assert (first["starts_on"], first["source"]) == ("2014-06-01", named("Organization", 1))
    assert first["leader_actor_ids"] == [LEADER]
    met = (await councils.get(f"/meetings?council_id={first['id']}&sort=starts_at")).json()["items"]
    assert [one["status"] for one in met] == ["held", "held", "held", "planned"]
    assert met[0]["place"] == "Exempelhuset, Sal A"
    items = (await councils.get(f"/agenda-items?meeting_id={met[0]['id']}")).json()["items"]
    assert [one["kind"] for one in items] == [
        "information",
        "information",
        "decision",
        "information",
    ]
    assert [len(one["attachments"]) for one in items] == [1, 2, 1, 1]
    assert items[1]["attachments"][1]["title"] == "Underlag"
    assert items[2]["minutes"] == "Bifall"
    (decided,) = (await councils.get(f"/decisions?meeting_id={met[0]['id']}")).json()["items"]
    assert (decided["agenda_item_id"], decided["text"]) == (items[2]["id"], "Exempelbeslut 9-3")
    assert decided["decided_on"] == met[0]["starts_at"][:10]


async def test_what_is_changed_there_changes_here_and_what_is_changed_here_stays(
    councils: Signed,
) -> None:
    objects = archive(6, 2, TODAY)
    await taken(councils, objects)
    (mine, other, *_) = (await councils.get("/meetings?status=held")).json()["items"]
    body = {name: mine[name] for name in ("council_id", "starts_at", "ends_at", "status")}
    put = await councils.put(f"/meetings/{mine['id']}", body | {"title": "Vårt"}, version=1)
    assert put.status_code == 200, put.text
    for thing in objects:
        if thing["type"].endswith("Meeting"):
            thing["name"] += " (ändrat)"
    done = await taken(councils, objects)
    assert (done["changed"]["meeting"], done["kept"]) == (5, {"meeting": 1})
    assert (await councils.get(f"/meetings/{mine['id']}")).json()["title"] == "Vårt"
    changed = (await councils.get(f"/meetings/{other['id']}")).json()
    assert (changed["title"].endswith("(ändrat)"), changed["version"]) == (True, 2)
    assert (await taken(councils, objects))["changed"]["meeting"] == 0


async def test_what_is_closed_or_approved_here_takes_nothing_more(councils: Signed) -> None:
    objects = archive(4, 2, TODAY)
    await taken(councils, objects)
    held = (await councils.get("/meetings?status=held&sort=starts_at")).json()["items"][0]
    approval = {"approved_on": TODAY.isoformat(), "approved_by_post_id": somebody()}
    await councils.made(f"/meetings/{held['id']}/approve", approval)
    closing = {"closed_on": TODAY.isoformat(), "reason": "other"}
    shut = next(
        one for one in (await councils.get("/councils")).json()["items"]
        if one["id"] != held["council_id"]
    )  # fmt: skip
    await councils.made(f"/councils/{shut['id']}/close", closing)
    for thing in objects:
        for point in thing.get("agendaItem", ()):
            point["name"] += " (ändrat)"
    number = next(n for n in (1, 2) if named("Organization", n) == shut["source"])
    late = meeting(number - 1, 2, TODAY) | {"id": named("Meeting", "late")}
    late["agendaItem"] = [item(99, 1, paper=False, decided=False)]
    done = await taken(councils, [*objects, late])
    assert done["made"]["meeting"] == 0
    assert done["kept"] == {"agenda_item": 5, "meeting": 2, "seat": 2}, "closing ended the seats"
    assert done["changed"]["agenda_item"] == 12


async def test_everything_wrong_is_told_at_its_place_and_nothing_is_taken(
    councils: Signed,
) -> None:
    good = committee(1)
    bad = [
        {"type": 1, "id": named("Meeting", 9)},
        {"type": f"{named('x', 1)}"},
        one("Thing", 1),
        {"id": "kein-url", "type": "https://schema.oparl.org/1.1/Meeting"},
        committee(2, name="Ett\x00två"),
        committee(3, startDate="9999-01-01"),
        committee(4, startDate="igår", endDate=[1]),
        one("Meeting", 1, organization=[good["id"]], name="Utan start"),
        one("Meeting", 2, organization=[named("Organization", 77)], start="2026-01-01T10:00:00Z"),
        one("Meeting", 3, organization=good["id"], start="9999-12-31T23:59:59Z", name={"a": 1}),
        one("Meeting", 4, organization=good["id"], start="2026-01-01T10:00:00", cancelled="ja"),
        one("Meeting", 5, organization=good["id"], start="2026-01-02T10:00:00Z",
            end="2026-01-01T10:00:00Z", location=named("Location", 9)),
        one("Meeting", 6, organization=good["id"], start="2026-01-02T10:00:00Z",
            agendaItem=[{"id": named("AgendaItem", 1), "order": "1", "name": "x",
                         "auxiliaryFile": [one("File", 1, accessUrl="javascript:alert(1)")]}]),
        one("AgendaItem", 2, order=1, meeting=named("Meeting", 88)),
        one("AgendaItem", 3, order=1, meeting=named("Meeting", 6), resolutionText="x" * 1_000_000),
        good | {"name": "En annan"},
        one("AgendaItem", 4, order=1, meeting=named("Meeting", 6), name="x " * 20_000),
        one("AgendaItem", 5, order=10**18, meeting=named("Meeting", 6), name="x"),
    ]  # fmt: skip
    told = await wrong_in(councils, [good, *bad])
    assert told >= {
        ("objects.1.type", "not_known"), ("objects.2.type", "not_known"),
        ("objects.2.id", "missing"),
        ("objects.3.type", "not_known"), ("objects.4.id", "url"),
        ("objects.5.name", "control_character"), ("objects.6.startDate", "year_out_of_range"),
        ("objects.7.startDate", "date_parsing"), ("objects.7.endDate", "date_parsing"),
        ("objects.8.start", "date_parsing"), ("objects.9.organization", "unknown_reference"),
        ("objects.10.name", "string_type"), ("objects.10.start", "year_out_of_range"),
        ("objects.11.start", "timezone_aware"), ("objects.11.cancelled", "bool_type"),
        ("objects.12.end", "empty_period"), ("objects.12.location", "unknown_reference"),
        ("objects.13.agendaItem.0.order", "int_type"),
        ("objects.13.agendaItem.0.auxiliaryFile.0.accessUrl", "url"),
        ("objects.14.meeting", "unknown_reference"),
        ("objects.15.resolutionText", "string_too_long"), ("objects.16.id", "repeated"),
        ("objects.17.name", "string_too_long"), ("objects.18.order", "int_type"),
    }  # fmt: skip


async def test_who_leads_must_be_said(councils: Signed) -> None:
    told = await wrong_in(councils, [committee(1)], leader_actor_id=None)
    assert told == {("objects.0.kompetensnav:own", "missing")}


async def test_long_names_are_shortened_and_stand_whole_beside(councils: Signed) -> None:
    long = "Exempelärende om något " * 20
    point = item(1, 1, paper=False, decided=True) | {"name": long, "result": "Bifall"}
    met = meeting(3, 1, TODAY) | {"name": long, "agendaItem": [point]}
    await taken(councils, [committee(1, name=long), met])
    (found,) = (await councils.get("/agenda-items")).json()["items"]
    assert (found["title"][-1], len(found["title"]) <= 200) == ("…", True)
    assert found["minutes"] == f"{long.strip()}\n\nBifall"
    (council,) = (await councils.get("/councils")).json()["items"]
    assert council["purpose"] == long.strip()


async def test_objects_told_twice_alike_or_by_reference_are_one(councils: Signed) -> None:
    met = meeting(3, 1, TODAY)
    bare = deepcopy(met)
    points = bare.pop("agendaItem")
    bare["location"] = bare["location"]["id"]
    apart = [one | {"meeting": met["id"]} for one in points]
    place = met["location"]
    done = await taken(councils, [committee(1), bare, *apart, place, met, committee(1)])
    assert (done["made"]["meeting"], done["made"]["agenda_item"]) == (1, 4)
    old = [dict(one, type=one["type"].replace("1.1", "1.0")) for one in (committee(1), bare)]
    assert (await taken(councils, [*old, *apart, place]))["same"]["agenda_item"] == 4


async def test_what_was_removed_there_is_told_and_left(councils: Signed) -> None:
    objects = archive(2, 1, TODAY)
    await taken(councils, objects)
    gone = one("Meeting", 1, deleted=True, modified="2026-01-01T00:00:00Z")
    rest = [thing for thing in objects if thing["id"] != gone["id"]]
    done = await taken(councils, [*rest, gone])
    assert done["left_out"]["deleted Meeting"] == 1
    assert len((await councils.get("/meetings")).json()["items"]) == 2


async def test_only_whole_houses_take_an_archive(councils: Signed) -> None:
    for caller, status in (
        (ADMINISTRATOR, 200), (ASSOCIATION, 200), (STRATEGIST, 403), (municipality("1472"), 403),
    ):  # fmt: skip
        answer = await take(councils.by(caller), [])
        assert answer.status_code == status


async def test_nested_deep_and_in_rings(councils: Signed) -> None:
    deep: dict[str, Any] = one("Organization", 1)
    for number in range(2, 30):
        deep = one("Organization", number, organization=deep)
    answer = await take(councils, [deep])
    assert {error["code"] for error in answer.json()["errors"]} >= {"too_deep"}
    above = committee(5, subOrganizationOf=named("Organization", 6))
    below = committee(6, subOrganizationOf=named("Organization", 5))
    ring = [
        paper(1) | {"relatedPaper": [named("Paper", 2)]},
        paper(2) | {"relatedPaper": [named("Paper", 1)]},
    ]
    answer = await take(councils, [above, below, *ring])
    wrong = {(error["field"], error["code"]) for error in answer.json()["errors"]}
    assert wrong == {(f"objects.{place}.subOrganizationOf", "circle") for place in (0, 1)}
    done = await taken(councils, [committee(5), below, *ring])
    assert (done["made"]["council"], done["left_out"]["Paper"]) == (2, 2)


@pytest.mark.parametrize("value", [1, "x", [[]], {}, "https://x.se/1"])
async def test_no_value_of_any_field_is_a_failure_of_ours(councils: Signed, value: Any) -> None:
    whole = [
        committee(1),
        party(1),
        meeting(3, 1, TODAY),
        paper(3),
        item(3, 1, paper=True, decided=True),
    ]
    whole += [one("Membership", 1, organization=named("Organization", 1), startDate="2020-01-01",
                  onBehalfOf=named("Organization", "p1"), endDate="2021-01-01")]  # fmt: skip
    tried = [
        [*whole[:place], thing | {name: value}, *whole[place + 1 :]]
        for place, thing in enumerate(whole)
        for name in [*thing, "kompetensnav:own", "deleted", "location", "data"]
    ]
    for objects in tried:
        answer = await take(councils, objects)
        assert answer.status_code in {200, 422}, (objects, answer.text)
        await asyncio.sleep(0)


OWN_FIELDS = [
    *("phases", "leader_actor_ids", "minutes", "supersedes_id", "basis", "attachments"),
    *("status", "minutes_state", "closed_on", "actor_id", "predecessor_id", "kind"),
]


@pytest.mark.parametrize("value", [None, 1, [[1]], [{}], "approved", NOBODY])
async def test_no_value_of_our_own_words_is_a_failure_of_ours(councils: Signed, value: Any) -> None:
    kept = {"kind": "working_group", "level": "operative", "leader_actor_ids": [LEADER]}
    phase = {"id": somebody(), "number": 1, "phase": "active", "on": "2020-01-01"}
    decided = one(
        "Consultation", 1, meeting=named("Meeting", 3), agendaItem=named("AgendaItem", "3-1")
    )
    whole = [
        committee(1) | {"kompetensnav:own": kept | {"phases": [phase]}},
        meeting(3, 1, TODAY) | {"kompetensnav:own": {"status": "held"}, "agendaItem": []},
        item(3, 1, paper=False, decided=False)
        | {"meeting": named("Meeting", 3), "kompetensnav:own": {"kind": "decision"}},
        paper(1) | {"consultation": [decided], "date": TODAY.isoformat(),
                    "kompetensnav:own": {"text": "Ja"}},
        one("Membership", 1, organization=named("Organization", 1), startDate="2020-01-01")
        | {"kompetensnav:own": {"actor_id": LEADER}},
    ]  # fmt: skip
    assert (await take(councils, whole)).status_code == 200
    for place, thing in enumerate(whole):
        for name in OWN_FIELDS:
            own = thing["kompetensnav:own"] | {name: value}
            objects = [*whole[:place], thing | {"kompetensnav:own": own}, *whole[place + 1 :]]
            answer = await take(councils, objects)
            assert answer.status_code in {200, 422}, (name, value, answer.text)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"objects": ' + b"[" * 20_000 + b"]" * 20_000 + b"}", {400, 422}),
        (b'{"objects": [' + b'{"data": [' * 3000 + b"]}" * 3000 + b"]}", {400, 422}),
        (b'{"objects": [{"id": "https://x.se/\\ud800", "type": "x"}]}', {422}),
        (b'{"objects": [{"id": "https://x.se/1", "type": "https://schema.oparl.org/1.1/Person",'
         b' "\\ud800": "\\udfff"}]}', {200, 422}),
        (b'{"objects": 1}', {422}),
        (b'{"objects": [', {400, 422}),
    ],
)  # fmt: skip
async def test_no_body_is_a_failure_of_ours(
    councils: Signed, body: bytes, status: set[int]
) -> None:
    told = {"Content-Type": "application/json"}
    answer = await councils.send("POST", "/import/oparl", content=body, headers=told)
    assert answer.status_code in status, answer.text[:500]


async def test_a_name_with_markup_is_taken_as_it_stands(councils: Signed) -> None:
    script = '<script>alert(1)</script> & "x"'
    await taken(councils, [committee(1, name=script)])
    assert (await councils.get("/councils")).json()["items"][0]["name"] == script
