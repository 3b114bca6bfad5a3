"""A project's work: activities of every kind, check-ins that come again, sums to the öre."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.councils.contract.project_work import CheckInPlan
from services.councils.project_learning.queries import PROJECT_LESSONS
from services.councils.project_work.queries import PROJECT_ACTIVITIES
from services.councils.project_work.rules import check_ins
from tests.callers import Signed, somebody
from tests.councils.builders import blamed, changed, day
from tests.councils.test_project import project_in


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"kind": "communication"}, {("audience", "missing"), ("channel", "missing")}),
        ({"audience": "Rektorer"}, {("audience", "other_kind")}),
        ({"recipients": ["Exempelföretag 1"]}, {("recipients", "other_kind")}),
        (
            {"kind": "communication", "audience": "Alla", "channel": "Brev", "recipients": ["A"]},
            {("done_on", "missing")},
        ),
        ({"kind": "evaluation", "done_on": day(0)}, {("answer", "missing")}),
        ({"kind": "evaluation", "answer": "Ja"}, {("evidence", "missing")}),
        ({"starts_on": day(2), "due_on": day(1)}, {("due_on", "empty_period")}),
        ({"done_on": day(1)}, {("done_on", "in_the_future")}),
        ({"kind": "x", "title": ""}, {("kind", "enum"), ("title", "string_too_short")}),
    ],
)
async def test_an_activity_says_what_its_kind_needs(
    councils: Signed, more: dict[str, Any], wrong: set[tuple[str, str]]
) -> None:
    project = await project_in(councils)
    sent = {"project_id": project["id"], "title": "Exempel"} | more
    answer = await councils.post("/project-activities", sent)
    told = {(one["field"], one["code"]) for one in answer.json()["errors"]}
    assert {field for field, _ in told} == {field for field, _ in wrong}, told
    assert answer.status_code == 422


async def test_overdue_and_ownerless_activities_are_found(councils: Signed) -> None:
    project, post = await project_in(councils), somebody()
    its = {"project_id": project["id"]}
    late = its | {"title": "Sen", "due_on": day(-1), "owner_post_id": post}
    made = await councils.made("/project-activities", late)
    await councils.made("/project-activities", late | {"done_on": day(0), "title": "Gjord"})
    free = await councils.made("/project-activities", its | {"title": "Ingens"})
    url = f"/projects/{project['id']}/project-activities"
    for asked, ids in (("overdue=true", [made["id"]]), ("ownerless=true", [free["id"]])):
        found = (await councils.get(f"{url}?{asked}&project_open=true")).json()["items"]
        assert [one["id"] for one in found] == ids, asked
    shown = (await councils.get(f"/projects/{project['id']}")).json()
    assert (shown["activity_count"], shown["open_activity_count"]) == (3, 2)
    assert shown["next_due_on"] == day(-1)
    moved = await changed(
        councils, PROJECT_ACTIVITIES, free["id"], project_id=(await project_in(councils))["id"]
    )
    assert blamed(moved) == (422, "project_id", "fixed")


async def test_check_ins_come_again_each_as_an_activity(councils: Signed) -> None:
    project = await project_in(councils)
    url, plan = f"/projects/{project['id']}/check-ins", {"title": "Avstämning", "unit": "weeks"}
    plan |= {"first_on": day(-14), "every": 2, "times": 3, "owner_post_id": somebody()}
    made = await councils.made(url, plan)
    found = (await councils.get(f"/project-activities?project_id={project['id']}")).json()["items"]
    assert [one["id"] for one in found] == made["ids"]
    assert [one["due_on"] for one in found] == [day(-14), day(0), day(14)]
    assert {one["kind"] for one in found} == {"check_in"}
    missed = (await councils.get("/project-activities?overdue=true&kind=check_in")).json()
    assert [one["due_on"] for one in missed["items"]] == [day(-14)], "the first was missed"
    for wrong in ({"times": 61}, {"every": 0}, {"first_on": "2026-02-30"}, {"unit": "days"}):
        answer = await councils.post(url, plan | wrong)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, next(iter(wrong)))
    far = plan | {"every": 52, "unit": "months", "times": 60}
    assert blamed(await councils.post(url, far)) == (422, "times", "too_late")
    assert (await councils.post(f"/projects/{uuid4()}/check-ins", plan)).status_code == 404


def test_months_without_the_day_have_their_last() -> None:
    plan = CheckInPlan.model_validate(
        {"title": "x", "first_on": "2027-12-31", "every": 1, "unit": "months", "times": 4}
    )
    days = [one.due_on for one in check_ins(uuid4(), plan)]
    assert days == [date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31)]


@pytest.mark.parametrize("amount", ["0.001", "-1", "1e99", "NaN", "x", True])
async def test_sums_are_of_oren(councils: Signed, amount: Any) -> None:
    project = await project_in(councils)
    line = {"project_id": project["id"], "label": "Resor", "plan": amount}
    answer = await councils.post("/project-budget-lines", line)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "plan")


async def test_lessons_keep_what_they_rest_on(councils: Signed) -> None:
    project = await project_in(councils)
    lesson = {"project_id": project["id"], "kind": "conclusion", "text": "Börja strategiskt"}
    rests = [{"what": "Beslutet", "address": "/beslut/1"}, {"what": "Rapporten"}]
    made = await councils.made("/project-lessons", lesson | {"supports": rests})
    assert [one["address"] for one in made["supports"]] == ["/beslut/1", None]
    for address in ("javascript:alert(1)", "//onda.example", "/\\onda.example", "data:x"):
        wrong = await changed(
            councils, PROJECT_LESSONS, made["id"],
            supports=[{"what": "x", "address": address}],
        )  # fmt: skip
        assert blamed(wrong)[:2] == (422, "supports.0.address"), address


async def test_what_nobody_carries_is_found(councils: Signed) -> None:
    project = await project_in(councils)
    its = {"project_id": project["id"]}
    nobody = await councils.made("/project-continuations", its | {"what": "Processledning"})
    assert nobody["carried"] is False
    carried = its | {"what": "Analysen", "carrier_actor_id": somebody()}
    other = await councils.made("/project-continuations", carried)
    for wanted, thing in (("false", nobody), ("true", other)):
        found = (await councils.get(f"/project-continuations?carried={wanted}")).json()["items"]
        assert [one["id"] for one in found] == [thing["id"]]
