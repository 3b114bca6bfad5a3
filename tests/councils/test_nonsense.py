"""Nonsense at every write route of the work side: refused by name, never a failure of ours."""

import json
from typing import Any
from uuid import uuid4

import pytest

from tests.callers import Signed
from tests.councils.builders import meeting_in
from tests.councils.test_budget_line import a_line
from tests.councils.work import (
    Body,
    a_headcount,
    a_need,
    an_outcome,
    decided_initiative,
    new_interview,
    typed,
)

NESTED: Any = "x"
for _ in range(60):
    NESTED = [NESTED]
NONSENSE = [
    None,
    "x",
    7,
    [],
    [{}],
    {"unknown": 1},
    {"statement": NESTED, "title": {"a": "b"}, "name": ["x"], "reason": "\x00"},
    {"answers": [{"question_key": "'; DROP TABLE need; --", "score": 10**30}], "writer": "\ud800"},
    {"from_ids": ["not-an-id", None], "into": {}, "parts": [1, 2], "evidence": 1e400 * 0},
    {"horizon": "short", "statement": "x", "areas": ["education"], "from_year": -(10**20)},
    {"met_on": "2026-02-30", "decided_on": "0000-00-00", "closed_on": True, "started_on": {}},
    {"lead_actor_id": str(uuid4()), "partners": {"actor_id": 1}, "budget": "1e999999"},
    {"plan": "1e99", "actual": [], "seats": 10**30, "counted_on": True, "steps": [{"key": {}}, 7]},
    {"items": [{"key": "A" * 10_000}], "edition": 10**12, "questions": [{"kind": []}]},
]
PLACES = (
    "needs", "dialogue-maps", "interviews", "answers", "initiatives", "steps", "outcomes",
    "checklist-templates", "checklists", "budget-lines", "headcounts",
)  # fmt: skip
BODILESS = ("prioritise", "start", "reopen", "send", "approve", "withdraw", "publish", "resume",
            "edition", "back", "retire")  # fmt: skip


async def one_of_each(councils: Signed) -> dict[str, Body]:
    """A stored thing at each place."""
    interview = await new_interview(councils)
    said = {"question_key": "education_missing", "gap": "Utbildning saknas"}
    answer = (await typed(councils, interview, said))["saved"][0]
    initiative = await decided_initiative(councils)
    template = await councils.made("/checklist-templates/default", None)
    filled = {"checklist_template_id": template["id"], "initiative_id": initiative["id"]}
    step = {"initiative_id": initiative["id"], "title": "Kursplan"}
    return {
        "needs": await councils.made("/needs", a_need()),
        "dialogue-maps": await councils.made("/dialogue-maps", {"name": "Egen"}),
        "interviews": interview,
        "answers": answer,
        "initiatives": initiative,
        "steps": await councils.made("/steps", step),
        "outcomes": await councils.made("/outcomes", an_outcome(initiative)),
        "budget-lines": await councils.made("/budget-lines", a_line(initiative)),
        "headcounts": await councils.made("/headcounts", a_headcount(initiative)),
        "checklist-templates": await councils.made("/checklist-templates", {"name": "Egen"}),
        "checklists": await councils.made("/checklists", filled),
    }


def write_routes(councils: Signed) -> list[tuple[str, str]]:
    """Method and path of every route of ours that takes a body."""
    found = [
        (method, path)
        for path, methods in councils.app.openapi()["paths"].items()
        for method in methods
        if path.split("/")[1] in PLACES and method in {"post", "put"}
    ]
    return [
        (method.upper(), path)
        for method, path in found
        if path.rsplit("/", 1)[1] not in (*BODILESS, "default") or "initiatives/{id}/start" in path
    ]


async def test_nonsense_is_refused_by_name(councils: Signed) -> None:
    things = await one_of_each(councils)
    routes = write_routes(councils)
    assert len(routes) == 37
    for method, path in routes:
        thing = things[path.split("/")[1]]
        for body in NONSENSE:
            await refused(councils, method, path, thing, body)
    for place, thing in things.items():
        assert (await councils.get(f"/{place}/{thing['id']}")).json()["version"] == thing["version"]


async def refused(councils: Signed, method: str, path: str, thing: Body, body: Any) -> None:
    """The body leads to a problem with a name, at the thing and at none."""
    headers = {"If-Match": f'"v{thing["version"]}"', "Content-Type": "application/json"}
    sent = json.dumps(body)
    for id in (thing["id"], str(uuid4()), "not-an-id", "' OR 1=1"):  # noqa: A001
        url = path.replace("{id}", id)
        answer = await councils.send(method, url, content=sent, headers=headers)
        named = (method, path, id, body)
        assert 400 <= answer.status_code < 500, (named, answer.status_code, answer.text)
        assert answer.headers["content-type"] == "application/problem+json", named
        if "{id}" not in path:
            break


async def test_actions_without_a_body_on_nothing_are_refused(councils: Signed) -> None:
    for place, action in (
        ("needs", "prioritise"),
        ("needs", "start"),
        ("needs", "reopen"),
        ("interviews", "send"),
        ("interviews", "approve"),
        ("interviews", "withdraw"),
        ("dialogue-maps", "publish"),
        ("dialogue-maps", "edition"),
        ("dialogue-maps", "retire"),
        ("dialogue-maps", "resume"),
        ("checklist-templates", "publish"),
        ("initiatives", "resume"),
    ):
        for id in (str(uuid4()), "not-an-id"):  # noqa: A001
            assert (await councils.post(f"/{place}/{id}/{action}")).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 200),
        (b"{}", 200),
        (b"null", 200),
        (b"{", 400),
        ("{}".encode("utf-16"), 400),
        (b'{"note": "a\x00b"}', 400),
        (b"\xff", 400),
        (b'{"note": "a\\u0000b"}', 422),
        (b'{"note": "a"}', 422),
        (b"[]", 422),
        (b"1", 422),
    ],
)
@pytest.mark.parametrize(
    "path", ["/meetings/{id}/invite", "/dialogue-maps/default", "/checklist-templates/default"]
)
async def test_an_action_without_fields_reads_what_it_is_sent(
    councils: Signed, path: str, body: bytes, status: int
) -> None:
    if "{id}" in path:
        path = path.replace("{id}", (await meeting_in(councils))["id"])
    headers = {"Content-Type": "application/json"} if body else {}
    answer = await councils.send("POST", path, content=body, headers=headers)
    assert answer.status_code == status, answer.text
