"""Popolo: the whole registry out as the standard says, and in again as it was."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft3Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT3

from services.kit import clock
from tests.actors.test_departure import actor, held, person, post_at
from tests.callers import ASSOCIATION, LEADER, READER, Signed, municipality
from tests.conftest import Databases, _app, settings_for
from tests.real_data import FOLDER

SCHEMAS = FOLDER / "schemas" / "popolo"
ROOT = "http://www.popoloproject.com/schemas"
PARTS = {
    "organizations": "organization",
    "posts": "post",
    "persons": "person",
    "memberships": "membership",
    "areas": "area",
}
published = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="the published schemas are not beside the checkout"
)


STATES = (("working", "2020-02-01"), ("trusting", "2025-06-01"), ("rebuild", "2027-01-01"))


async def _registry(actors: Signed) -> None:
    """An actor of every sort: with posts, gaps, a return, relations, and one that was merged."""
    told = {"org_number": "202100-2114", "other_names": "AF\nArbetsförmedlingen Väst"}
    told |= {"municipality_code": "1472", "website": "https://example.se", "mission": "Matcha"}
    one = await actors.made("/actors", {"name": "Exempel 1", "kind": "authority", **told})
    two, three = await actor(actors, "Exempelkommun 2"), await actor(actors, "Exempelkommun 3")
    place = {"level": "operative", "actor_id": one["id"], "status": "active"}
    await actors.post(f"/actors/{one['id']}/place", place | {"valid_from": "2018-01-01"})
    over = {"withdrawn_on": "2019-02-01", "status": "closed", "reason": "Upplöst"}
    await actors.post(f"/actors/{one['id']}/withdraw", over)
    post, vacant = await post_at(actors, one), await post_at(actors, two, "Strateg")
    first, second = await person(actors, 1), await person(actors, 2)
    for by, start, end in (
        (first, "2020-01-01", "2021-01-01"),
        (second, "2021-03-01", "2022-01-01"),
        (first, "2022-01-01", None),
    ):
        await actors.made("/holdings", held(post, by, start, end))
    assert vacant["vacant"]
    covering = held(post, second, "2023-01-01", "2023-07-01") | {"cover": "substitute"}
    await actors.made("/holdings", covering)
    relation = {"actor_id": two["id"], "other_actor_id": one["id"], "valid_from": "2020-01-01"}
    part = relation | {"kind": "part_of"}
    made = await actors.made("/relations", part | {"state": "working"})
    for version, (state, since) in enumerate(STATES, 1):
        body = part | {"state": state, "state_since": since}
        put = await actors.put(f"/relations/{made['id']}", body, version=version)
        assert put.status_code == 200, put.text
    forms = {"kind": "commissions", "forms": ["adult_upper_secondary", "language"]}
    await actors.made("/relations", relation | forms | {"valid_to": "2024-07-01"})
    merged = await actors.post(f"/actors/{three['id']}/merge", {"into_id": two["id"]})
    assert merged.status_code == 200


async def _export(actors: Signed) -> dict[str, Any]:
    answer = await actors.get("/export/popolo")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _timeless(archive: dict[str, Any]) -> dict[str, Any]:
    times = {"created_at", "updated_at"}
    return {
        kind: sorted(
            ({name: value for name, value in one.items() if name not in times} for one in things),
            key=lambda one: str(one["id"]),
        )
        for kind, things in archive.items()
    }


def _validators() -> dict[str, Draft3Validator]:
    schemas = {path.stem: json.loads(path.read_text()) for path in SCHEMAS.glob("*.json")}
    assert len(schemas) == 16
    registry: Registry[Any] = Registry().with_resources(
        (address, Resource(schema, DRAFT3))
        for name, schema in schemas.items()
        for address in (f"{ROOT}/{name}.json", f"{ROOT}/{name}.json#")
    )
    checker = FormatChecker()
    return {
        kind: Draft3Validator(schemas[name], registry=registry, format_checker=checker)
        for kind, name in PARTS.items()
    }


@published
async def test_the_export_is_valid_against_the_published_schemas(actors: Signed) -> None:
    await _registry(actors)
    archive = await _export(actors)
    validators = _validators()
    for kind, things in archive.items():
        assert things, f"no {kind}"
        for one in things:
            assert not [error.message for error in validators[kind].iter_errors(one)]
    spoilt = archive["organizations"][0] | {"identifiers": [{"scheme": "se.orgnr"}]}
    assert list(validators["organizations"].iter_errors(spoilt)), "the schemas do refuse"


async def test_export_import_export_is_the_same(
    actors: Signed, databases: Databases, tmp_path: Path
) -> None:
    await _registry(actors)
    archive = await _export(actors)
    url = await asyncio.to_thread(databases.fresh, "actors")
    app = _app("actors", settings_for(url, tmp_path))
    async with app.router.lifespan_context(app):
        other = Signed(app, "actors")
        taken = await other.post("/import/popolo", archive)
        assert taken.status_code == 200, taken.text
        assert taken.json()["made"] == {
            "actor": 3, "standing": 2, "post": 2, "person": 2, "holding": 4, "relation": 2,
        }  # fmt: skip
        assert _timeless(await _export(other)) == _timeless(archive)
        for day in ("2020-01-15", "2020-02-01", "2024-06-01", "2025-06-01", "2027-01-01"):
            asked = {"as_of": day, "kind": "part_of"}
            stood = [await s.get("/relations", params=asked) for s in (actors, other)]
            one, same = (answer.json()["items"][0] for answer in stood)
            assert (one["state"], one["state_since"]) == (same["state"], same["state_since"])
        assert same["state"] == "rebuild"
        kept = (await other.get("/relations?kind=commissions")).json()["items"][0]
        assert kept["forms"] == ["adult_upper_secondary", "language"]
        again = await other.post("/import/popolo", archive)
        assert set(again.json()["made"].values()) == {0}
        assert again.json()["known"]["organizations"] == 3
        moved = [one for one in archive["organizations"] if one["name"] == "Exempelkommun 3"]
        assert (await other.get(f"/actors/{moved[0]['id']}")).status_code == 301


async def test_the_archive_of_others_is_taken_in(actors: Signed) -> None:
    theirs = {
        "organizations": [
            {"id": "party-1", "name": "Exempelföreningen", "classification": "party",
             "dissolution_date": "1999"},
            {"id": "part-2", "name": "Exempelkretsen", "parent_id": "party-1"},
        ],
        "persons": [{"id": "p1", "name": "Exempelperson 1", "email": "p1@exempel.se"}],
        "memberships": [
            {"person_id": "p1", "organization_id": "part-2", "role": "Ordförande",
             "start_date": "2019", "end_date": "2020-02"},
        ],
    }  # fmt: skip
    taken = await actors.post("/import/popolo", theirs)
    assert taken.status_code == 200, taken.text
    post = (await actors.get("/posts")).json()["items"][0]
    assert (post["title"], post["function"], post["vacant"]) == ("Ordförande", "other", True)
    holding = (await actors.get(f"/posts/{post['id']}/holdings")).json()["items"][0]
    assert (holding["valid_from"], holding["valid_to"]) == ("2019-01-01", "2020-03-01")
    (closed,) = (await actors.get("/standings")).json()["items"]
    assert (closed["status"], closed["valid_from"]) == ("closed", "1999-12-31")
    relation = (await actors.get("/relations")).json()["items"][0]
    assert (relation["kind"], relation["valid_from"]) == ("part_of", clock.today().isoformat())


async def test_everything_wrong_is_told_and_nothing_is_taken(actors: Signed) -> None:
    await actors.made("/actors", {"name": "A", "kind": "other", "org_number": "202100-2114"})
    number = {"scheme": "se.orgnr", "identifier": "202100-2114"}
    theirs = {
        "organizations": [
            {"id": "1", "name": "Exempel 1", "identifiers": [number]},
            {"id": "2"},
            {"id": "2", "name": "Exempel 2", "identifiers": [number | {"identifier": "12"}]},
            {"id": "3", "name": "Exempel 3", "dissolution_date": "1850", "parent_id": "3"},
            {"id": "4", "name": "Exempel 4", "dissolution_date": "9999999999999"},
            {
                "id": "5",
                "name": "Exempel 5",
                "kompetensnav": {
                    "standings": [
                        "level",
                        {"valid_from": "1850-01-01", "level": "operative", "status": "active"},
                    ]
                },
            },
        ],
        "posts": [{"id": "a", "label": "Chef", "organization_id": "nobody"}],
        "persons": [{"id": "p", "name": "Exempelperson 1"}],
        "memberships": [
            {"person_id": "x", "post_id": "a", "start_date": "igår"},
            {"person_id": "p", "organization_id": "1", "start_date": "2019"},
            {"person_id": "p", "organization_id": "1", "start_date": "2020"},
            {
                "member": {"id": "1"},
                "organization_id": "2",
                "start_date": "2020",
                "kompetensnav": {"earlier_states": [{"state": "fine"}]},
            },
            {"member": {"id": "1"}, "organization_id": "1", "start_date": "2020"},
        ],
    }
    refused = await actors.post("/import/popolo", theirs)
    assert refused.status_code == 422
    told = {(error["field"], error["code"]) for error in refused.json()["errors"]}
    assert told >= {
        ("organizations.0.identifiers", "taken"),
        ("organizations.1.name", "string_type"),
        ("organizations.2.id", "repeated"),
        ("organizations.3.dissolution_date", "year_out_of_range"),
        ("organizations.3.parent_id", "same"),
        ("organizations.4.dissolution_date", "date_parsing"),
        ("organizations.5.kompetensnav.standings.0", "model_type"),
        ("organizations.5.kompetensnav.standings.1.valid_from", "year_out_of_range"),
        ("memberships.4.organization_id", "same"),
        ("organizations.2.identifiers", "not_an_org_number"),
        ("posts.0.organization_id", "unknown_reference"),
        ("memberships.0.person_id", "unknown_reference"),
        ("memberships.0.start_date", "date_parsing"),
        ("memberships.2.start_date", "overlap"),
        ("memberships.3.kompetensnav.earlier_states.0.state", "enum"),
    }
    assert len((await actors.get("/actors")).json()["items"]) == 1


def _merged(number: int, into: int | None = None, first: int | None = None) -> dict[str, Any]:
    said = {"merged_into_id": into, "merged_first_id": first}
    told = {name: _number(one) for name, one in said.items() if one is not None}
    one = {"id": _number(number), "name": f"Exempel {number}", "classification": "company"}
    return one | {"kompetensnav": told}


def _number(number: int) -> str:
    return f"00000000-0000-7000-8000-{number:012}"


async def test_merges_that_lead_nowhere_are_refused_by_their_place(actors: Signed) -> None:
    wrong = [
        _merged(1, 1, 1), _merged(2, 3, 3), _merged(3, 2, 2), _merged(4, 9, 9), _merged(5, 7),
        _merged(6, 5, 5), _merged(7), _merged(8, 7, 10), _merged(10, 11, 11), _merged(11),
        _merged(12) | {"kompetensnav": {"merged_into_id": ["x"], "given_fields": ["name"]}},
    ]  # fmt: skip
    refused = await actors.post("/import/popolo", {"organizations": wrong})
    assert refused.status_code == 422, refused.text
    told = {(error["field"], error["code"]) for error in refused.json()["errors"]}
    into = "organizations.{}.kompetensnav.merged_into_id"
    assert told == {
        (into.format(0), "circle"), (into.format(1), "circle"), (into.format(2), "circle"),
        (into.format(3), "unknown_reference"), (into.format(5), "merged"),
        (into.format(3).replace("into", "first"), "unknown_reference"),
        (into.format(4).replace("into", "first"), "missing"), (into.format(7), "merged"),
        (into.format(10), "string_type"), ("organizations.10.kompetensnav.given_fields.0", "enum"),
    }  # fmt: skip
    chain = [_merged(1, 3, 2), _merged(2, 3, 3), _merged(3)]
    taken = await actors.post("/import/popolo", {"organizations": chain})
    assert taken.status_code == 200, taken.text
    moved = await actors.get(f"/actors/{_number(1)}")
    assert (moved.status_code, moved.headers["location"][-36:]) == (301, _number(3))
    late = await actors.post("/import/popolo", {"organizations": [_merged(4, 2, 2)]})
    assert late.json()["errors"][0]["code"] == "merged", "in the registry, too"


async def test_people_go_only_to_those_who_may_read_people(actors: Signed) -> None:
    await _registry(actors)
    key = actors.by(municipality("1472", "read"))
    seen = (await key.get("/export/popolo")).json()
    assert seen["persons"] == []
    assert all("person_id" not in one for one in seen["memberships"])
    assert len((await _export(actors.by(ASSOCIATION)))["persons"]) == 2
    assert (await actors.by(READER).get("/export/popolo")).status_code == 403
    wrote = await actors.by(municipality("1472")).post("/import/popolo", {})
    assert wrote.status_code == 403
    assert (await actors.by(LEADER).post("/import/popolo", {})).status_code == 200
