"""Projects: what for, by which assignment, and how they begin and end."""

from typing import Any

from services.councils.project.queries import PROJECT_ASSIGNMENTS, PROJECTS
from services.kit.identity import Caller
from tests.callers import MEMBER, READER, Signed, municipality, somebody
from tests.councils.builders import a_decision, a_seat, blamed, changed, council_in, day, meeting_in

Thing = dict[str, Any]


def a_project(**more: Any) -> Thing:
    """A project that nobody steers yet."""
    return (
        {"name": "Exempelprojektet", "purpose": "Bygga en modell"}
        | {"owner_actor_id": somebody()}
        | more
    )


async def project_in(councils: Signed, *, running: bool = False, **more: Any) -> Thing:
    """A project that exists, perhaps under way since last year."""
    made = await councils.made("/projects", a_project(**more))
    if not running:
        return made
    return await councils.made(f"/projects/{made['id']}/start", {"started_on": day(-365)})


async def test_a_project_begins_ends_and_goes_on(councils: Signed) -> None:
    made = await project_in(councils, starts_on=day(-400), ends_on=day(300))
    url = f"/projects/{made['id']}"
    assert (made["status"], made["days_lost"], made["activity_count"]) == ("planned", None, 0)
    early = await councils.post(f"{url}/end", {"ended_on": day(0)})
    assert blamed(early) == (409, "status", "wrong_status")
    late = await councils.post(f"{url}/start", {"started_on": day(1)})
    assert blamed(late) == (422, "started_on", "in_the_future")
    begun = await councils.made(f"{url}/start", {"started_on": day(-300)})
    assert (begun["status"], begun["started_on"]) == ("running", day(-300))
    before = await councils.post(f"{url}/end", {"ended_on": day(-301)})
    assert blamed(before) == (422, "ended_on", "too_early")
    ended = await councils.made(f"{url}/end", {"ended_on": day(-1)})
    assert (ended["status"], ended["ended_on"]) == ("ended", day(-1))
    again = await councils.made(f"{url}/resume", None)
    assert (again["status"], again["ended_on"]) == ("running", None)
    silent = await councils.post(f"{url}/stop", {"ended_on": day(0)})
    assert blamed(silent) == (422, "reason", "missing")
    stopped = await councils.made(f"{url}/stop", {"reason": "Pengarna tog slut"})
    assert (stopped["status"], stopped["ended_on"]) == ("stopped", None), "nobody knows the day"


async def test_a_project_is_told_as_it_stood_on_a_day(councils: Signed) -> None:
    made = await project_in(councils, running=True)
    url, its = f"/projects/{made['id']}", {"project_id": made["id"]}
    for number, on in enumerate((day(-300), day(-100)), start=1):
        said = its | {"aim": f"Mål {number}", "decided_on": on, "change_reason": f"Skäl {number}"}
        await councils.made("/project-assignments", said)
    todo = its | {"title": "Intervjua", "done_on": day(-50)}
    await councils.made("/project-activities", todo)
    await councils.made(f"{url}/end", {"ended_on": day(-10), "reason": "Klart"})

    async def told(on: int) -> Thing:
        found: Thing = (await councils.get(f"{url}?as_of={day(on)}")).json()
        asked = f"/projects?as_of={day(on)}&status={found['status']}"
        there = [one["id"] for one in (await councils.get(asked)).json()["items"]]
        versions = f"/project-assignments?project_id={made['id']}&as_of={day(on)}"
        parts = (await councils.get(versions)).json()["items"]
        aims = [one["aim"] for one in parts if one["in_force"]]
        return found | {"listed": made["id"] in there, "aims": aims}

    names = ("status", "ended_on", "ending_reason", "open_activity_count", "listed", "aims")
    for on, then in (
        (0, ("ended", day(-10), "Klart", 0, True, ["Mål 2"])),
        (-11, ("running", None, None, 0, True, ["Mål 2"])),
        (-99, ("running", None, None, 1, True, ["Mål 2"])),
        (-101, ("running", None, None, 1, True, ["Mål 1"])),
        (-366, ("planned", None, None, 1, False, [])),
    ):
        found = await told(on)
        assert tuple(found[name] for name in names) == then, on
    assert (await told(-366))["started_on"] is None
    now = (await councils.get(url)).json()
    assert (now["status"], now["started_on"]) == ("ended", day(-365))


async def test_a_project_whose_days_nobody_knows_is_told_by_the_planned_ones(
    councils: Signed,
) -> None:
    made = await project_in(councils, starts_on=day(-900), ends_on=day(90))
    await councils.made(f"/projects/{made['id']}/start", {})
    await councils.made(f"/projects/{made['id']}/end", {"reason": "Tiden är slut"})
    for on, listed, status, reason in (
        (0, True, "ended", "Tiden är slut"),
        (-1, True, "running", None),
        (-900, True, "running", None),
        (-901, False, "planned", None),
    ):
        there = (await councils.get(f"/projects?as_of={day(on)}")).json()["items"]
        assert [one["id"] for one in there] == [made["id"]] * listed, on
        found = (await councils.get(f"/projects/{made['id']}?as_of={day(on)}")).json()
        assert (found["status"], found["ending_reason"]) == (status, reason), on


async def test_what_is_open_is_asked_about_before_a_project_ends(councils: Signed) -> None:
    project = await project_in(councils, running=True)
    url, its = f"/projects/{project['id']}", {"project_id": project["id"]}
    todo = await councils.made("/project-activities", its | {"title": "Slutkonferens"})
    asked = its | {"kind": "evaluation", "title": "Vad blev bättre?"}
    question = await councils.made("/project-activities", asked)
    goes_on = await councils.made("/project-continuations", its | {"what": "Processledning"})
    told = its | {"what": "Omtag", "cause": "Ny ledare", "days_lost": 365}
    deviation = await councils.made("/project-deviations", told)
    cost = its | {"label": "Resor", "plan": "100000.00", "actual": "20000.05"}
    line = await councils.made("/project-budget-lines", cost)
    found = (await councils.get(f"{url}/open")).json()
    assert found == {
        "activities": [todo["id"]], "questions": [question["id"]],
        "continuations": [goes_on["id"]], "deviations": [deviation["id"]],
        "unexplained_lines": [line["id"]],
    }  # fmt: skip
    ending = await councils.post(f"{url}/end", {"ended_on": day(0)})
    assert {one["code"] for one in ending.json()["errors"]} == {
        "something_open",
        "unexplained_variance",
    }
    reason = {"ended_on": day(0), "reason": "Tiden är slut"}
    assert (await councils.post(f"{url}/end", reason)).status_code == 409
    why = cost | {"variance_kind": "not_incurred", "variance_cause": "Digitala möten"}
    said = await councils.put(f"/project-budget-lines/{line['id']}", why, version=1)
    assert said.json()["actual"] == "20000.05"
    ended = await councils.made(f"{url}/end", reason)
    assert (ended["ending_reason"], ended["days_lost"]) == ("Tiden är slut", 365)
    late = await councils.put(f"/project-budget-lines/{line['id']}", cost, version=2)
    assert blamed(late) == (422, "variance_kind", "missing")
    new = await councils.post("/project-activities", its | {"title": "Mer"})
    assert blamed(new) == (409, "project_id", "closed")
    kept = todo | {"done_on": day(0)}
    body = {name: kept[name] for name in ("project_id", "title", "done_on")}
    put = await councils.put(f"/project-activities/{todo['id']}", body, version=1)
    assert put.status_code == 200, "what it had may be put right"


async def test_a_decided_assignment_never_changes_and_the_next_says_why(councils: Signed) -> None:
    council = await council_in(councils)
    decision = await councils.made("/decisions", a_decision(await meeting_in(councils, council)))
    project = await project_in(councils, council_id=council["id"])
    said = {"project_id": project["id"], "aim": "Starta samverkan"}
    first = await councils.made("/project-assignments", said)
    assert (first["number"], first["in_force"]) == (1, False)
    beside = await councils.post("/project-assignments", said | {"change_reason": "Otydligt"})
    assert blamed(beside) == (409, "project_id", "undecided_version")
    wrong = await changed(councils, PROJECT_ASSIGNMENTS, first["id"], decision_id=decision["id"])
    assert blamed(wrong) == (422, "decided_on", "missing")
    early = {"decision_id": decision["id"], "decided_on": day(-8)}
    wrong = await changed(councils, PROJECT_ASSIGNMENTS, first["id"], **early)
    assert blamed(wrong) == (422, "decided_on", "too_early")
    decided = early | {"decided_on": day(-7), "council_id": council["id"]}
    done = await changed(councils, PROJECT_ASSIGNMENTS, first["id"], **decided)
    assert (done.json()["in_force"], done.status_code) == (True, 200)
    again = await changed(councils, PROJECT_ASSIGNMENTS, first["id"], aim="Annat")
    assert blamed(again) == (409, "decided_on", "assignment_decided")
    gone = await councils.delete(f"/project-assignments/{first['id']}", version=2)
    assert gone.status_code == 409
    silent = await councils.post("/project-assignments", said)
    assert blamed(silent) == (422, "change_reason", "unexplained_change")
    why = said | {"aim": "Bygga en modell", "change_reason": "Ett omtag"}
    before = await councils.post("/project-assignments", why | {"decided_on": day(-9)})
    assert blamed(before) == (422, "decided_on", "too_early")
    second = await councils.made("/project-assignments", why)
    moved = await changed(councils, PROJECT_ASSIGNMENTS, second["id"], decided_on=day(-9))
    assert blamed(moved) == (422, "decided_on", "too_early"), "also once it is written"
    silent = await changed(councils, PROJECT_ASSIGNMENTS, second["id"], change_reason=None)
    assert blamed(silent) == (422, "change_reason", "unexplained_change")
    done = await changed(councils, PROJECT_ASSIGNMENTS, second["id"], decided_on=day(0))
    second = done.json()
    assert (second["number"], second["in_force"]) == (2, True)
    found = (await councils.get(f"/projects/{project['id']}/project-assignments")).json()["items"]
    assert [(one["number"], one["in_force"]) for one in found] == [(2, True), (1, False)]
    other = await council_in(councils)
    third = why | {"decided_on": day(0), "decision_id": decision["id"], "council_id": other["id"]}
    assert blamed(await councils.post("/project-assignments", third)) == (
        422, "decision_id", "other_council",
    )  # fmt: skip


async def test_before_and_after_a_restart_stand_beside_each_other(councils: Signed) -> None:
    council, funder = await council_in(councils), somebody()
    seat = await councils.made("/seats", a_seat(council))
    led = {"council_id": council["id"], "funder_actor_id": funder, "ends_on": day(-20)}
    project = await project_in(councils, running=True, **led)
    own = a_seat(council, actor_id=project["owner_actor_id"])
    await councils.made("/seats", own)
    its = {"project_id": project["id"]}
    for done in (-200, -101, -100, 0):
        one = its | {"title": "Intervju", "done_on": day(done)}
        await councils.made("/project-activities", one)
    await meeting_in(councils, council)
    await meeting_in(councils, council, status="planned")
    told = its | {"what": "Omtag", "cause": "Fel nivå", "restart": True}
    await councils.made("/project-deviations", told | {"what": "Okänd dag"})
    told |= {"from_on": day(-300), "to_on": day(-100)}
    deviation = await councils.made("/project-deviations", told)
    told = (await councils.get(f"/projects/{project['id']}/breaks")).json()
    assert {*told["actor_ids"]} == {funder, seat["actor_id"]}
    (found,) = told["items"]
    assert (found["deviation_id"], found["on"]) == (deviation["id"], day(-100))
    assert found["before"] == {
        "from_on": day(-365), "to_on": day(-101), "days": 265, "activities_done": 2,
        "meetings_held": 0,
    }  # fmt: skip
    assert found["after"] == {
        "from_on": day(-100), "to_on": day(0), "days": 101, "activities_done": 2,
        "meetings_held": 1,
    }  # fmt: skip
    why = {"ended_on": None, "reason": "Exempel: tiden är slut"}
    await councils.made(f"/projects/{project['id']}/end", why)
    (found,) = (await councils.get(f"/projects/{project['id']}/breaks")).json()["items"]
    assert found["after"]["to_on"] == day(-20), "the planned end where the real one is not known"


async def test_a_deviation_may_be_over_on_a_day_not_known(councils: Signed) -> None:
    project = await project_in(councils, running=True)
    told = {"project_id": project["id"], "what": "Omtag", "cause": "Fel nivå"}
    twice = await councils.post("/project-deviations", told | {"closed": True, "closed_on": day(0)})
    assert blamed(twice) == (422, "closed", "told_twice")
    over = await councils.made("/project-deviations", told | {"closed": True})
    shut = await councils.made("/project-deviations", told | {"closed_on": day(0)})
    left = await councils.made("/project-deviations", told)
    url = f"/project-deviations?project_id={project['id']}&closed="
    for asked, ids in (("true", {over["id"], shut["id"]}), ("false", {left["id"]})):
        found = (await councils.get(url + asked)).json()["items"]
        assert {one["id"] for one in found} == ids
    is_open = (await councils.get(f"/projects/{project['id']}/open")).json()
    assert is_open["deviations"] == [left["id"]]


async def test_who_may_read_and_write_projects(councils: Signed) -> None:
    council = await council_in(councils)
    made = await project_in(councils, council_id=council["id"], name="Exempel: snickeri")
    outsiders: tuple[Caller, ...] = (READER, MEMBER, municipality("1472", "read", "write"))
    lesson = {"project_id": made["id"], "kind": "lesson", "text": "Relationer tar tid"}
    for caller in outsiders:
        assert (await councils.by(caller).post("/projects", a_project())).status_code == 403
        assert (await councils.by(caller).post("/project-lessons", lesson)).status_code == 403
    noted = await councils.made("/project-lessons", lesson)
    for caller in (READER, municipality("1472", "read")):
        found = (await councils.by(caller).get("/projects?q=snickeriet")).json()["items"]
        assert [one["id"] for one in found] == [made["id"]]
        found = (await councils.by(caller).get("/project-lessons?q=relation")).json()["items"]
        assert [one["id"] for one in found] == [noted["id"]]
    for url in (f"/projects/{made['id']}", f"/project-lessons/{noted['id']}"):
        assert (await councils.by(MEMBER).get(url)).status_code == 404, "it sits in no such council"
    for part in ("open", "breaks"):
        url = f"/projects/{made['id']}/{part}"
        assert (await councils.by(MEMBER).get(url)).status_code == 404


async def test_a_closed_council_takes_no_new_project(councils: Signed) -> None:
    council = await council_in(councils)
    made = await project_in(councils, council_id=council["id"])
    closing = {"closed_on": day(-1), "reason": "other"}
    await councils.made(f"/councils/{council['id']}/close", closing)
    late = await councils.post("/projects", a_project(council_id=council["id"]))
    assert blamed(late) == (409, "council_id", "closed")
    assert (await changed(councils, PROJECTS, made["id"], name="Rättat")).status_code == 200
