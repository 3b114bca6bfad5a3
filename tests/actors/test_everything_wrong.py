"""Everything wrong is told at once: what is unreadable, what rules refuse, what is unknown."""

from typing import Any
from uuid import uuid4

import pytest

from tests.callers import Signed, municipality

WRONG: list[tuple[str, dict[str, Any], set[str]]] = [
    (
        "/intakes",
        {
            "programme_id": str(uuid4()),
            "starts_on": "2026-08-17",
            "ends_on": "2026-01-01",
            "applicants": 10,
            "applicants_women": 11,
            "admitted": 5,
            "admitted_women": 6,
        },
        {"programme_id", "ends_on", "applicants_women", "admitted_women"},
    ),
    (
        "/contacts",
        {
            "actor_id": str(uuid4()),
            "our_actor_id": str(uuid4()),
            "held_on": "2199-01-01",
            "due_on": "2198-01-01",
            "post_id": str(uuid4()),
        },
        {"actor_id", "our_actor_id", "held_on", "next_step", "due_on", "post_id"},
    ),
    (
        "/mandates",
        {
            "issuer_actor_id": str(uuid4()),
            "ambassador_post_ids": [str(uuid4())],
            "valid_from": "2026-05-01",
            "valid_to": "2026-04-01",
        },
        {"issuer_actor_id", "holder_actor_id", "ambassador_post_ids", "valid_to"},
    ),
    (
        "/actors",
        {"name": "", "org_number": "12", "kind": "band"},
        {"name", "org_number", "kind"},
    ),
]


@pytest.mark.parametrize(("path", "body", "fields"), WRONG)
async def test_a_refusal_names_every_wrong_field(
    actors: Signed, path: str, body: dict[str, Any], fields: set[str]
) -> None:
    refused = await actors.post(path, body)
    told = [error["field"] for error in refused.json()["errors"]]
    assert refused.status_code == 422
    assert fields <= set(told)
    assert len(told) == len(set(told)), "each is told once"


async def test_anothers_thing_is_to_a_key_what_is_not_there_in_every_room(actors: Signed) -> None:
    """Also beside everything else that is wrong: by what the rooms say of themselves."""
    actor = await actors.made("/actors", {"name": "A", "kind": "company", "managed_by": "1472"})
    post = await actors.made("/posts", {"actor_id": actor["id"], "title": "Exempelpost"})
    programme = {"name": "B", "form": "commissioned", "provider_actor_id": actor["id"]}
    theirs = {
        "actor": actor["id"],
        "post": post["id"],
        "programme": (await actors.made("/programmes", programme | {"managed_by": "1472"}))["id"],
    }
    skovde, nowhere, asked = actors.by(municipality("1496")), str(uuid4()), set()
    for path, things in actors.app.state.kept_at.items():
        field = things.decides_owner
        above = next(iter(things.table.c[field].foreign_keys), None)
        if things.owner is None or above is None or above.column.table.name not in theirs:
            continue
        foreign = theirs[above.column.table.name]
        refused = [await skovde.post(path, {field: one, "source": 3}) for one in (foreign, nowhere)]
        if refused[0].status_code in {403, 405}:
            continue
        said, as_none = (answer.json()["errors"] for answer in refused)
        assert (field, "unknown_reference") in {(one["field"], one["code"]) for one in said}, path
        assert "source" in {one["field"] for one in said}, path
        assert [one | {"message": one["message"].replace(foreign, nowhere)} for one in said] == (
            as_none
        ), path
        asked.add(path)
    wanted = {"/posts", "/holdings", "/intakes", "/pledges", "/programmes", "/contacts"}
    assert wanted | {"/standings", "/readiness", "/joinings"} <= asked, asked
