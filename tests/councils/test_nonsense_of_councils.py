"""Nonsense at each write route and list of councils and meetings: refused, never our failure."""

import json
from typing import Any
from uuid import uuid4

from services.councils.app import COLLECTIONS
from tests.callers import MEMBER, READER, Signed, municipality
from tests.councils.builders import a_decision, a_seat, council_in, day, meeting_in
from tests.councils.test_direction import a_direction, an_answer
from tests.councils.test_escalation import lifted
from tests.councils.test_project import project_in
from tests.councils.test_selection import selection_in
from tests.councils.test_swot_entry import an_entry

DEEP: Any = "x"
for _ in range(60):
    DEEP = [DEEP]
NONSENSE = [
    None,
    "x",
    7,
    [{}],
    {"unknown": 1},
    {"name": DEEP, "title": {"a": "b"}, "text": ["x"], "reason": "\x00", "purpose": "\ud800"},
    {"leader_actor_ids": ["x", None], "item_ids": {}, "need_ids": [[]], "seat_id": 1},
    {"starts_at": "9999-12-31T23:59:59-14:00", "ends_at": 10**30, "starts_on": "2026-02-30"},
    {"on": "0000-00-00", "closed_on": True, "done_on": {}, "valid_from": "-1", "ends_on": 10**20},
    {"basis": [{"kind": {}, "as_of": "x"}], "attachments": "x", "position": 10**30},
    {"signal": [], "meeting": {"agenda": [[]], "starts_at": "x"}, "link": "https://" + "a" * 900},
    {"priorities": [{"need_ids": [1]}, 7], "deselections": {}, "council_ids": [None], "answer": 1},
    {"candidates": [{"key": []}, 7], "criteria": [None], "scores": [{"score": "x"}], "quarter": 0},
    {"findings": [{"criterion": 1, "todo": {}}, 7], "edition": "x", "valid_from": 1, "purpose": 1},
    {"plan": "1e999", "evidence": [{"address": "javascript:x"}, 7], "days_lost": -1, "every": 0},
    {"phase": "x' OR 1=1 --", "role": None, "status": 1, "attended": "maybe", "minutes": 1.5},
]


def _json(body: Any) -> dict[str, Any]:
    """A body as ASCII: half a surrogate pair arrives as its escape."""
    headers = {"Content-Type": "application/json", "If-Match": '"v1"'}
    return {"content": json.dumps(body), "headers": headers}


async def one_of_each(councils: Signed) -> dict[str, dict[str, Any]]:
    """A stored thing at each place."""
    council = await council_in(councils)
    seat = await councils.made("/seats", a_seat(council))
    meeting = await meeting_in(councils, council)
    within = {"meeting_id": meeting["id"]}
    selection = await selection_in(councils)
    todo = {"council_id": council["id"], "text": "Ring"}
    direction = await councils.made("/directions", await a_direction(councils, council))
    forum = {"id": direction["council_id"]}
    charter = {"council_id": council["id"], "valid_from": day(0), "purpose": "Samla"}
    check = {"council_id": council["id"], "reviewed_on": day(0)}
    check["findings"] = [{"criterion": "gain", "judgement": "holds", "evidence": "Enkät"}]
    return {
        "councils": council,
        "health-checks": await councils.made("/health-checks", check),
        "charters": await councils.made("/charters", charter),
        "seats": seat,
        "meetings": meeting,
        "agenda-items": await councils.made("/agenda-items", within | {"title": "Punkt"}),
        "attendances": await councils.made("/attendances", within | {"seat_id": seat["id"]}),
        "decisions": await councils.made("/decisions", a_decision(meeting)),
        "action-items": await councils.made("/action-items", todo),
        "directions": direction,
        "direction-answers": await councils.made(
            "/direction-answers", an_answer(direction, council)
        ),
        "escalations": await councils.made("/escalations", lifted(council, forum)),
        "selections": selection,
        "swot-entries": await councils.made("/swot-entries", an_entry(selection)),
        **await parts_of_a_project(councils),
    }


async def parts_of_a_project(councils: Signed) -> dict[str, dict[str, Any]]:
    """A project, and one of each of what it has."""
    project = await project_in(councils)
    parts = {
        "assignments": {"aim": "Bygga en modell"},
        "activities": {"title": "Intervjua"},
        "budget-lines": {"label": "Resor", "plan": "100.00"},
        "deviations": {"what": "Omtag", "cause": "Ny ledare"},
        "lessons": {"kind": "lesson", "text": "Relationer tar tid"},
        "continuations": {"what": "Processledning"},
    }
    of = {"project_id": project["id"]}
    made = {f"project-{p}": await councils.made(f"/project-{p}", parts[p] | of) for p in parts}
    return {"projects": project} | made


async def test_nonsense_is_refused_everywhere(councils: Signed) -> None:
    things = await one_of_each(councils)
    council, meeting = things["councils"]["id"], things["meetings"]["id"]
    posts = [
        *things,
        "councils/fast-track",
        f"councils/{council}/move",
        f"councils/{council}/close",
        f"councils/{council}/reopen",
        f"meetings/{meeting}/approve",
        f"meetings/{meeting}/order",
        f"action-items/{things['action-items']['id']}/complete",
        f"escalations/{things['escalations']['id']}/answer",
        *(f"projects/{things['projects']['id']}/{way}" for way in ("start", "stop", "check-ins")),
    ]
    for body in NONSENSE:
        for path in posts:
            answer = await councils.send("POST", f"/{path}", **_json(body))
            assert 400 <= answer.status_code < 500, (path, body, answer.text)
        for path, thing in things.items():
            answer = await councils.send("PUT", f"/{path}/{thing['id']}", **_json(body))
            assert 400 <= answer.status_code < 500, (path, body, answer.text)
    for path, thing in things.items():
        assert (await councils.get(f"/{path}/{thing['id']}")).json()["version"] == 1, path


async def test_what_is_not_there_is_not_found(councils: Signed) -> None:
    things = await one_of_each(councils)
    for path, thing in things.items():
        body = {name: thing[name] for name in thing if name not in {"id", "version"}}
        for id_ in (uuid4(), "x", "%00", thing["id"] + "x"):
            assert (await councils.get(f"/{path}/{id_}")).status_code in {400, 404}, path
            assert (await councils.delete(f"/{path}/{id_}", version=1)).status_code in {400, 404}
            gone = await councils.put(f"/{path}/{id_}", body, version=1)
            assert 400 <= gone.status_code < 500, path
    for path in ("meetings/{}/invite", "meetings/{}/ical"):
        for id_ in (uuid4(), "x"):
            method = "GET" if path.endswith("ical") else "POST"
            assert (await councils.send(method, f"/{path.format(id_)}")).status_code == 404


async def test_lists_take_odd_questions_from_everybody(councils: Signed) -> None:
    await one_of_each(councils)
    callers = [councils, *(councils.by(c) for c in (READER, MEMBER, municipality("1472")))]
    for things in COLLECTIONS[:10]:
        asked = [f"{name}=%F0%9F%AA%91%00'" for name in things.all_filters]
        asked += [f"{name}=2026-01-01" for name in things.all_filters]
        asked += [f"sort=-{name.removeprefix('-')}&limit=1" for name in things.sorts]
        asked += ["known_at=2026-01-01T00:00:00Z", "known_at=2199-01-01", "as_of=2020-01-01"]
        for question in [*asked, "q=%25_%5C", "count=true", "after=x"]:
            for caller in callers:
                answer = await caller.get(f"{things.path}?{question}")
                assert answer.status_code < 500, (things.path, question, answer.text)
        sheet = await councils.get(things.path, headers={"Accept": "text/csv"})
        assert sheet.status_code == 200, things.path


async def test_every_route_is_documented(councils: Signed) -> None:
    paths = councils.app.openapi()["paths"]
    for path in ("/councils/{id}/close", "/councils/fast-track", "/meetings/{id}/ical"):
        assert path in paths
