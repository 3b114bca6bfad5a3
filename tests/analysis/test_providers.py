"""Schools, education events and concepts: kept as tables, without people."""

from typing import Any

import orjson
import pytest

from gateway.importing import susa as files_of_susa
from services.analysis.connector.actions import events_now
from services.analysis.connector.rules import Broken
from services.analysis.connector.susa import document
from services.analysis.snapshot.actions import Said
from tests.analysis.register import (
    Answer,
    Question,
    Register,
    fetch_again,
    fetched,
    rows_now,
    source_now,
)
from tests.callers import Signed
from tests.real_data import real_file

HERE = {"selection": '{"municipality": ["1472"]}'}
CODES = ("12345678", "87654321")


def unit(code: str, **more: Any) -> dict[str, Any]:
    """One school, invented, with a head whom nobody may keep."""
    about = {
        "displayName": f"Exempelskola {code}", "status": "AKTIV", "municipalityCode": "1472",
        "schoolTypes": ["VUX", "GY"], "schoolUnitType": "SKOLENHET", "url": "https://exempel.test",
        "email": "rektor@exempel.test", "phoneNumber": "0500-000000",
        "headMaster": "Exempelperson 1", "startdate": "2020-08-01", "endDate": None,
    }  # fmt: skip
    organizer = {
        "organizationNumber": "2120001710",
        "attributes": {"displayName": "Exempelkommun", "organizerType": "KOMMUN"},
    }
    return {"data": {"attributes": about | more}, "included": organizer}


def schools(register: Register) -> Register:
    units = [{"schoolUnitCode": code, "name": "x", "status": "AKTIV"} for code in CODES]
    register.at("/school-units", {"meta": {"extractDate": "2026-11-01T00:06:10.19+02:00"},
                                  "data": {"type": "schoolunit", "attributes": units}})  # fmt: skip
    for code in CODES:
        register.at(f"/school-units/{code}", unit(code))
    return register


OURS = {"selection": '{"municipality_code": ["1472", "1473"], "status": ["AKTIV"]}'}


async def test_schools_are_kept_without_the_people(analysis: Signed, register: Register) -> None:
    said, _ = await fetched(analysis, schools(register), "skolenhetsregistret", **OURS)
    assert isinstance(said, Said), said
    asked = register.asked_at("/school-units")[0].query
    assert asked == {"municipality_code": ["1472", "1473"], "status": ["AKTIV"]}
    first, second = await rows_now(analysis)
    assert (first["school_unit_code"], first["name"]) == (CODES[0], f"Exempelskola {CODES[0]}")
    assert (first["school_types"], first["organization_number"]) == ("GY VUX", "2120001710")
    assert said.snapshot["published_on"].isoformat() == "2026-11-01"
    kept = str((first, second))
    for person in ("Exempelperson", "rektor@", "0500"):
        assert person not in kept


async def test_the_number_of_a_sole_trader_is_not_kept(
    analysis: Signed, register: Register
) -> None:
    person = unit(CODES[0])
    person["included"]["organizationNumber"] = "8501011234"
    schools(register).at(f"/school-units/{CODES[0]}", person)
    await fetched(analysis, register, "skolenhetsregistret", **OURS)
    assert [one["organization_number"] for one in await rows_now(analysis)] == ["", "2120001710"]


BROKEN: dict[str, tuple[str, Any, str]] = {
    "one unit cut": (f"/school-units/{CODES[1]}", Answer(unit(CODES[1]), cut=30), "unreachable"),
    "one unit gone": (f"/school-units/{CODES[1]}", Answer({}, 404), "answered_no"),
    "no municipality": (f"/school-units/{CODES[1]}", {"data": {"attributes": {}}}, "changed"),
    "empty": ("/school-units", {"data": {"attributes": []}}, "incomplete"),
    "another form": ("/school-units", {"data": []}, "unreadable"),
    "a way out": (
        "/school-units", {"data": {"attributes": [{"schoolUnitCode": "../x"}]}}, "unreadable",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
async def test_half_a_register_of_schools_leaves_the_last_good(
    analysis: Signed, register: Register, name: str
) -> None:
    path, wrong, kind = BROKEN[name]
    await fetched(analysis, schools(register), "skolenhetsregistret", **OURS)
    before = await rows_now(analysis)
    register.at(path, wrong)
    said = await fetch_again(analysis)
    assert isinstance(said, Broken)
    assert said.kind == kind, said.text
    assert await rows_now(analysis) == before


def text(word: str) -> dict[str, Any]:
    return {"strings": [{"lang": "swe", "value": word}]}


def event(number: int, area: str = "1472", **more: Any) -> dict[str, Any]:
    own = f"e.sv.aub.{number}"
    return {"id": own, "status": "ACTIVE", "content": {
        "identifier": own, "education": f"i.sv.aub.{number}", "providers": ["p.sv.1"],
        "title": text("Exempelutbildning"), "locations": [{"town": "Tibro", "areaCode": area}],
        "execution": {"start": "2027-01-11", "end": "2027-06-11"},
        "contactPersons": [{"name": "Exempelperson 2"}],
    } | more}  # fmt: skip


def info(number: int) -> dict[str, Any]:
    own = f"i.sv.aub.{number}"
    return {"id": own, "status": "ACTIVE", "content": {
        "identifier": own, "title": text(f"Exempelutbildning {number}"),
        "type": {"type": "C_SchoolType", "code": "AUB"},
        "subjects": [{"type": "AUB_Subject", "code": "7522"}],
    }}  # fmt: skip


PROVIDER = {"id": "p.sv.1", "status": "ACTIVE", "content": {
    "identifier": "p.sv.1", "name": text("Exempelskola 1"), "organisationNumber": "5560000001",
    "emailAddresses": ["exempelperson3@exempel.test"], "phones": ["0500-000001"],
}}  # fmt: skip
DELETED = {"id": "e.sv.gone", "status": "DELETED", "content": None}


def paged(name: str, *pages: list[Any], total: int | None = None) -> Any:
    whole = sum(len(one) for one in pages) if total is None else total

    def answer(asked: Question) -> Answer:
        number = int(asked.query["page"][0])
        place = {"size": 2, "totalElements": whole, "totalPages": len(pages), "pageNumber": number}
        return Answer({"links": [], name: pages[number], "page": place})

    return answer


def navet(register: Register) -> Register:
    events = paged("educationEvents", [event(1), event(2, "0180")], [DELETED, event(3)])
    register.at("/educationEvents", events)
    register.at("/educationInfos", paged("educationInfos", [info(1), info(2)], [info(3)]))
    return register.at("/educationProviders", paged("educationProviders", [PROVIDER]))


async def test_events_near_us_are_kept_as_the_interface_has_them(
    analysis: Signed, register: Register
) -> None:
    said, _ = await fetched(analysis, navet(register), "susa_navet", **HERE)
    assert isinstance(said, Said), said
    rows = await rows_now(analysis)
    assert [(one["kind"], one["id"]) for one in rows] == [
        ("event", "e.sv.aub.1"), ("event", "e.sv.aub.3"), ("info", "i.sv.aub.1"),
        ("info", "i.sv.aub.3"), ("provider", "p.sv.1"),
    ]  # fmt: skip
    asked = [one.query for one in register.asked_at("/educationEvents")]
    assert [one["page"] for one in asked] == [["0"], ["1"]]
    assert asked[0]["schoolType"] == ["YH", "AUB", "FHS", "VUXGY", "VUXGR", "VUXSFI"]
    assert rows[0]["starts_on"] == "2027-01-11"
    assert "xempelperson" not in str(rows)
    assert "0500" not in str(rows)
    # What reads files of Susa-navet reads what was fetched: one reading of occupations and starts.
    state = analysis.app.state
    content = await events_now(state.database, state.shelf, "provet")
    assert content == document(rows)
    programmes = files_of_susa.rows_of(content)
    assert [one["occupation_codes"] for one in programmes] == [["7522"], ["7522"]]
    assert programmes[0]["provider_name"] == "Exempelskola 1"
    assert programmes[0]["municipality_code"] == "1472"
    assert programmes[0]["intakes"][0]["starts_on"] == "2027-01-11"


MOVED: dict[str, tuple[Any, str]] = {
    "a page gone": (Answer({}, 404), "answered_no"),
    "a page cut": (Answer({"educationEvents": []}, cut=3), "unreachable"),
    "one twice": (paged("educationEvents", [event(1)], [event(1)]), "incomplete"),
    "one fewer": (paged("educationEvents", [event(1)], [], total=2), "incomplete"),
    "no pages": ({"educationEvents": [event(1)]}, "unreadable"),
    "nothing near": (paged("educationEvents", [event(1, "0180")]), "incomplete"),
}


@pytest.mark.parametrize("name", MOVED)
async def test_pages_that_moved_leave_the_last_good(
    analysis: Signed, register: Register, name: str
) -> None:
    wrong, kind = MOVED[name]
    await fetched(analysis, navet(register), "susa_navet", **HERE)
    before = await rows_now(analysis)
    register.at("/educationEvents", wrong)
    said = await fetch_again(analysis)
    assert isinstance(said, Broken)
    assert said.kind == kind, said.text
    assert await rows_now(analysis) == before


async def test_events_of_the_recorded_form(analysis: Signed, register: Register) -> None:
    recorded = orjson.loads(real_file("samples/susa_navet_emil3_events_fixture.json").read_bytes())
    whole = recorded | {"page": {"totalElements": 3, "totalPages": 1}}
    register.at("/educationEvents", whole)
    for name in ("educationInfos", "educationProviders"):
        register.at(f"/{name}", paged(name, []))
    here = {"selection": '{"municipality": ["2281"]}'}
    said, _ = await fetched(analysis, register, "susa_navet", **here)
    assert isinstance(said, Said), said
    assert [one["id"] for one in await rows_now(analysis)] == ["e.sv.yh.ytpl.2281.20252"]


VERSIONS = [{"taxonomy/version": 26}, {"taxonomy/version": 27}]


def concepts(asked: Question) -> Answer:
    """Two concepts of the type that is asked for; one has taken the other's place."""
    (question,) = asked.query["query"]
    kind = question.split('type:"')[1].split('"')[0]
    version = question.split('version:"')[1].split('"')[0]
    group = {"ssyk_code_2012": "7522"}
    old = {"id": f"old_{kind[:4]}_{version}", "type": kind, "preferred_label": "Gammalt namn",
           "deprecated": True, "replaced_by": [{"id": f"new_{kind[:4]}_{version}"}]}  # fmt: skip
    new = {"id": f"new_{kind[:4]}_{version}", "type": kind, "preferred_label": "Nytt namn",
           "deprecated": False, "replaced_by": [], "broader": [group]}  # fmt: skip
    return Answer({"data": {"concepts": [old, new]}})


async def test_concepts_of_a_version_and_what_took_their_place(
    analysis: Signed, register: Register
) -> None:
    register.at("/main/versions", VERSIONS).at("/graphql", concepts)
    said, _ = await fetched(
        analysis, register, "taxonomy", selection='{"type": ["occupation-name"]}'
    )
    assert isinstance(said, Said), said
    assert await rows_now(analysis) == [
        {"type": "occupation-name", "id": "new_occu_27", "name": "Nytt namn", "ssyk4": "7522",
         "deprecated": "nej", "replaced_by": "", "version": "27"},
        {"type": "occupation-name", "id": "old_occu_27", "name": "Gammalt namn", "ssyk4": "",
         "deprecated": "ja", "replaced_by": "new_occu_27", "version": "27"},
    ]  # fmt: skip


async def test_a_version_is_pinned(analysis: Signed, register: Register) -> None:
    register.at("/main/versions", VERSIONS).at("/graphql", concepts)
    selection = '{"type": ["occupation-name"], "version": 26}'
    said, _ = await fetched(analysis, register, "taxonomy", selection=selection)
    assert isinstance(said, Said), said
    assert {one["version"] for one in await rows_now(analysis)} == {"26"}


UNREAD: dict[str, tuple[str, Any, str]] = {
    "not published": ('{"version": 99}', concepts, "wrong_selection"),
    "a way out": ('{"type": ["x\\"){id}"]}', concepts, "wrong_selection"),
    "an error": ("{}", {"errors": [{"message": "no"}], "data": None}, "answered_no"),
    "none": ("{}", {"data": {"concepts": []}}, "changed"),
    "no name": ("{}", {"data": {"concepts": [{"id": "abcd_efg"}]}}, "changed"),
    "no data": ("{}", {"data": None}, "unreadable"),
    "cut": ("{}", Answer({"data": {}}, cut=4), "unreachable"),
}


@pytest.mark.parametrize("name", UNREAD)
async def test_concepts_that_cannot_be_read(
    analysis: Signed, register: Register, name: str
) -> None:
    selection, answer, kind = UNREAD[name]
    register.at("/main/versions", VERSIONS).at("/graphql", answer)
    await fetched(analysis, register, "taxonomy", selection=selection)
    source = await source_now(analysis)
    assert (source["failure_kind"], source["snapshot_count"]) == (kind, 0), source["failure"]
