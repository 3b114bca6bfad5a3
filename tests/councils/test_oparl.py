"""OParl: councils, meetings and decisions out as the standard says."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker

from tests.callers import LEADER, MEMBER, READER, Signed, municipality, somebody
from tests.conftest import Databases, _app, settings_for
from tests.councils.builders import a_decision, a_seat, at, council_in, day, meeting_in
from tests.councils.called import house_of_two
from tests.real_data import FOLDER

SCHEMAS = FOLDER / "schemas" / "oparl-1.1"
LISTS = ("bodies", "legislative-terms", "organizations", "people", "memberships", "meetings",
         "agenda-items", "papers", "consultations")  # fmt: skip
OWN = "kompetensnav:own"
published = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="the published schemas are not beside the checkout"
)


async def some_work(councils: Signed) -> dict[str, Any]:
    """A council with seats, a meeting with an agenda, decisions; one closed; one founded anew."""
    council = await council_in(councils, name="Exempelrådet för möbler", ends_on=day(300))
    await councils.made("/seats", a_seat(council, post_id=somebody(), role="chair"))
    await councils.made("/seats", a_seat(council, valid_to=day(-30)))
    meeting = await meeting_in(councils, council, ends_at=at(-7, 11), link="https://exempel.se/m")
    linked = [{"title": "Underlag", "url": "https://exempel.se/1.pdf"}]
    item = {"meeting_id": meeting["id"], "title": "Läget <b>", "minutes": "Vi såg på läget."}
    item = await councils.made("/agenda-items", item | {"attachments": linked})
    basis = [
        {"kind": "document", "label": "Rapport", "url": "https://exempel.se/2.pdf"},
        {"kind": "other", "id": somebody(), "label": "Samtal", "as_of": day(-20)},
    ]
    decision = a_decision(meeting, agenda_item_id=item["id"], basis=basis, due_on=day(20))
    first = await councils.made("/decisions", decision)
    corrected = a_decision(meeting, text="Starta två", supersedes_id=first["id"])
    await councils.made("/decisions", corrected)
    approval = {"approved_on": day(-6), "approved_by_post_id": somebody()}
    await councils.made(f"/meetings/{meeting['id']}/approve", approval)
    await meeting_in(councils, council, starts_at=at(7), status="planned", place=None)
    await meeting_in(councils, council, starts_at=at(-3), status="cancelled")
    old = await council_in(councils, name="Exempelrådet som var", industry="Trä")
    await councils.made("/seats", a_seat(old))
    closing = {"closed_on": day(-1), "reason": "merged", "result": "Ett råd", "lessons": "Fler"}
    await councils.made(f"/councils/{old['id']}/close", closing)
    await council_in(councils, name="Exempelrådet anew", predecessor_id=old["id"], phase="forming",
                     parent_id=council["id"])  # fmt: skip
    return {"council": council, "meeting": meeting, "item": item, "decision": first, "old": old}


async def exported(councils: Signed, **asked: Any) -> dict[str, list[dict[str, Any]]]:
    """Every list to its end, a page at a time."""
    found: dict[str, list[dict[str, Any]]] = {}
    for kind in LISTS:
        url, params = f"/export/oparl/{kind}", {"limit": 2} | asked
        found[kind] = []
        while url:
            answer = await councils.get(url, params=params)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            found[kind] += page["data"]
            url, params = page["links"].get("next", "").partition("/api/v1")[2], {}
    return found


def told(archive: Any) -> str:
    """All of an archive as one text."""
    return json.dumps(archive, ensure_ascii=False)


def _validators() -> dict[str, Draft7Validator]:
    schemas = {path.stem: json.loads(path.read_text()) for path in SCHEMAS.glob("*.json")}
    assert len(schemas) == 12
    # The published schemas name the schema of what stands inside as `schema`: here it counts.
    for schema in schemas.values():
        for said in schema["properties"].values():
            inner = said.get("items", said)
            if said["type"] != "string" and (name := str(inner.get("schema", ""))) in {
                f"{other}.json" for other in schemas
            }:
                inner["allOf"] = [schemas[name.removesuffix(".json")]]
    checker = FormatChecker()
    return {name: Draft7Validator(one, format_checker=checker) for name, one in schemas.items()}


@published
async def test_the_export_is_valid_against_the_published_schemas(councils: Signed) -> None:
    await some_work(councils)
    archive, validators, seen = await exported(councils), _validators(), set()
    system = (await councils.get("/export/oparl")).json()
    for one in [system, *(one for things in archive.values() for one in things)]:
        kind = one["type"].rsplit("/")[-1]
        seen.add(kind)
        wrong = [error.message for error in validators[kind].iter_errors(one)]
        assert not wrong, one
    assert seen == set(validators) - {"Person", "LegislativeTerm", "File", "Location"}
    spoilt = next(one for one in archive["meetings"] if "agendaItem" in one)
    spoilt["agendaItem"][0]["auxiliaryFile"] = [{"id": "x", "type": "File"}]
    assert list(validators["Meeting"].iter_errors(spoilt)), "the schemas do refuse"


async def test_each_object_is_at_its_own_address(councils: Signed) -> None:
    await some_work(councils)
    archive = await exported(councils)
    for things in archive.values():
        for one in things:
            path = one["id"].partition("/api/v1")[2]
            assert (await councils.get(path)).json() == one, path
    item = next(one for one in archive["agenda-items"] if "auxiliaryFile" in one)
    paper = next(one for one in archive["papers"] if "auxiliaryFile" in one)
    meeting = next(one for one in archive["meetings"] if "location" in one)
    inner = [
        *item["auxiliaryFile"],
        *paper["auxiliaryFile"],
        paper["mainFile"],
        meeting["location"],
    ]
    for one in inner:
        path = one["id"].partition("/api/v1")[2]
        assert (await councils.get(path)).json() == one, path
    for path in ("files/x", "meetings/x", "meetings", "things", "people/" + somebody()):
        answer = await councils.get(f"/export/oparl/{path}")
        assert answer.status_code == (200 if path == "meetings" else 404)


async def test_what_is_told_is_what_oparl_means(councils: Signed) -> None:
    work = await some_work(councils)
    archive = await exported(councils)
    meetings = {one["meetingState"]: one for one in archive["meetings"] if "meetingState" in one}
    held, planned = meetings["durchgeführt"], meetings["terminiert"]
    (off,) = [one for one in archive["meetings"] if one["cancelled"]]
    assert (planned["cancelled"], "location" in planned, "meetingState" in off) == (
        False,
        False,
        False,
    )
    (first,) = held["agendaItem"]
    assert first["resolutionText"] == "Starta två", "not what it took the place of"
    assert first[OWN]["minutes"] == "Vi såg på läget."
    assert (first["order"], first["name"]) == (1, "Läget <b>")
    past = next(one for one in archive["memberships"] if "endDate" in one)
    assert past["endDate"] == day(-31), "the last day of OParl is within"
    closed = next(one for one in archive["organizations"] if one["name"].endswith("som var"))
    assert (closed["endDate"], closed[OWN]["closing_reason"]) == (day(-1), "merged")
    url = held["organization"][0].partition("/api/v1")[2]
    of_council = (
        await councils.get((await councils.get(url)).json()["meeting"].partition("/api/v1")[2])
    ).json()
    assert len(of_council["data"]) == 3
    assert work["meeting"]["id"] in {one["id"][-36:] for one in of_council["data"]}


async def test_each_caller_gets_what_may_be_read(councils: Signed) -> None:
    await some_work(councils)
    council = await council_in(councils, name="Exempelrådet med utkast")
    meeting = await meeting_in(councils, council)
    draft = {"meeting_id": meeting["id"], "title": "Utkastet", "minutes": "Ännu inte justerat"}
    await councils.made("/agenda-items", draft)
    whole = told(await exported(councils))
    assert "Ännu inte justerat" in whole
    assert "ensam i branschen" in whole
    outside = told(await exported(councils.by(READER)))
    assert "Utkastet" in outside
    assert "Ännu inte justerat" not in outside
    assert "readiness_exception" not in outside
    key = told(await exported(councils.by(municipality("1472", "read"))))
    assert ("Vi såg på läget" in key, "Ännu inte" in key) == (True, False), "approved, and not"
    nobody = await exported(councils.by(MEMBER))
    assert not any(nobody[kind] for kind in LISTS if kind != "bodies")


async def test_what_was_removed_is_told_to_have_been(councils: Signed) -> None:
    council = await council_in(councils)
    meeting = await meeting_in(councils, council)
    path = f"/export/oparl/meetings/{meeting['id']}"
    before = (await councils.get(path)).json()
    assert (await councils.delete(f"/meetings/{meeting['id']}", version=1)).status_code == 204
    gone = (await councils.get(path)).json()
    assert set(gone) == {"id", "type", "created", "modified", "deleted"}
    assert (gone["id"], gone["created"], gone["deleted"]) == (before["id"], before["created"], True)
    assert gone["modified"] > before["modified"]
    assert (await exported(councils))["meetings"] == []
    since = await exported(councils, modified_since=before["modified"])
    assert since["meetings"] == [gone]
    assert (await exported(councils, modified_since="2100-01-01T00:00:00Z"))["meetings"] == []
    assert (await councils.by(MEMBER).get(path)).status_code == 404
    assert (await councils.by(LEADER).get("/export/oparl/meetings?since=1")).status_code == 400


async def test_people_go_only_to_those_who_may_read_people(
    databases: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    async with house_of_two(databases, tmp_path, monkeypatch) as house:
        await house.plan()
        archive = await exported(house.councils)
        people = {one["id"]: one for one in archive["people"]}
        assert {one["name"] for one in people.values()} == {"Exempelperson 1", "Exempelperson 2"}
        assert {one["person"] for one in archive["memberships"]} == set(people)
        if SCHEMAS.is_dir():
            wrong = [list(_validators()["Person"].iter_errors(one)) for one in people.values()]
            assert wrong == [[], []]
        theirs = archive["memberships"][0]["onBehalfOf"].partition("/api/v1")[2]
        actor = (await house.councils.get(theirs)).json()
        assert actor["name"] in {"Exempelkommun 1", "Exempelkommun 2"}
        path = next(iter(people)).partition("/api/v1")[2]
        assert (await house.councils.get(path)).json()["email"][0].endswith("@exempel.se")
        for caller in (READER, municipality("1472", "read", "personal")):
            other = house.councils.by(caller)
            seen = await exported(other)
            assert seen["people"] == []
            assert all("person" not in one for one in seen["memberships"])
            assert (await other.get(path)).status_code == 404


def timeless(archive: dict[str, list[dict[str, Any]]]) -> Any:
    """An archive without when things were written down, which is another moment in each house."""
    return json.loads(
        told(archive),
        object_hook=lambda one: {n: v for n, v in one.items() if n not in {"created", "modified"}},
    )


async def test_export_import_export_is_the_same(
    councils: Signed, databases: Databases, tmp_path: Path
) -> None:
    await some_work(councils)
    archive = await exported(councils)
    objects = [one for things in archive.values() for one in things]
    url = await asyncio.to_thread(databases.fresh, "councils")
    app = _app("councils", settings_for(url, tmp_path))
    async with app.router.lifespan_context(app):
        other = Signed(app, "councils")
        taken = await other.post("/import/oparl", {"objects": objects})
        assert taken.status_code == 200, taken.text
        assert taken.json()["made"] == {
            "council": 3, "phase_change": 4, "seat": 3, "meeting": 3, "agenda_item": 1,
            "decision": 2,
        }  # fmt: skip
        assert timeless(await exported(other)) == timeless(archive)
        again = (await other.post("/import/oparl", {"objects": objects})).json()
        assert not any(
            (*again["made"].values(), *again["changed"].values(), *again["kept"].values())
        )
        assert again["same"] == taken.json()["made"]
        closed = next(one for one in archive["organizations"] if one[OWN]["closed_on"])
        reopened = await other.post(f"/councils/{closed['id'][-36:]}/reopen", {"reason": "Fel råd"})
        assert (reopened.status_code, reopened.json()["phase"]) == (200, "active"), (
            "as it was there"
        )
    own = (await councils.post("/import/oparl", {"objects": objects})).json()
    assert not any((*own["made"].values(), *own["changed"].values())), "nothing here is undone"
