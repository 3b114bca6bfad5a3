"""Consequences: what is nobody's once a post's holder has left."""

from typing import Any
from uuid import uuid4

from services.councils.consequence.queries import post_questions
from services.councils.tables.base import METADATA
from services.kit import clock
from services.kit.collection import When
from tests.callers import (
    ADMINISTRATOR,
    ANALYSIS,
    MEMBER,
    READER,
    STRATEGIST,
    Signed,
    municipality,
)
from tests.councils.builders import a_decision, a_seat, at, council_in, day, meeting_in
from tests.councils.test_project import project_in
from tests.councils.work import a_need, an_initiative, new_interview

KINDS = (
    "seats", "councils", "decisions", "action_items", "needs", "initiatives", "steps",
    "interviews", "session_plans", "projects", "project_activities", "project_deviations",
    "project_continuations",
)  # fmt: skip
# Columns that name a post for what it did: who leaves leaves nothing undone by them.
TOLD = {
    "meeting.approved_by_post_id": "who approved minutes that are locked",
    "event_session.speaker_post_ids": "who speaks; who plans the event asks somebody else",
    "interview.respondent_post_id": "who answered; the interviewer finishes the interview",
}


async def hold_everything(councils: Signed, post: str, of: str = "") -> dict[str, str]:
    """One thing of each kind for a post of an actor, and one of most that has ended."""
    council = await council_in(councils, process_leader_post_id=post)
    sits = {"post_id": post} | ({"actor_id": of} if of else {})
    seat = await councils.made("/seats", a_seat(council, role="chair", valid_from=day(-1), **sits))
    await councils.made("/seats", a_seat(council, valid_to=day(-1), **sits))
    meeting = await meeting_in(councils, council)
    owned: dict[str, Any] = {"owner_post_id": post}
    decision = await councils.made("/decisions", a_decision(meeting, review_on=day(9), **owned))
    over = await councils.made("/decisions", a_decision(meeting, review_on=day(9), **owned))
    await councils.made("/decisions", a_decision(meeting, supersedes_id=over["id"]))
    todo = {"council_id": council["id"], "text": "Ring skolan", **owned}
    item = await councils.made("/action-items", todo)
    await councils.made("/action-items", todo | {"done_on": day(-1)})
    need = await councils.made("/needs", a_need(**owned))
    dropped = await councils.made("/needs", a_need(**owned))
    await councils.made(f"/needs/{dropped['id']}/drop", {"reason": "Nedlagt"})
    initiative = await councils.made("/initiatives", an_initiative(**owned))
    step = {"initiative_id": initiative["id"], "title": "Boka lokal", **owned}
    asks = {"interviewer_post_id": post, "council_id": council["id"]}
    interview = await new_interview(councils, **asks)
    coming = await meeting_in(councils, council, starts_at=at(14), status="planned")
    held = await meeting_in(councils, council)
    led = [
        await councils.made(
            "/session-plans",
            {"meeting_id": one["id"], "facilitator_post_id": post, "aim": "Alla hörs"},
        )
        for one in (coming, held)
    ]
    made = (seat, council, decision, item, need, initiative, await councils.made("/steps", step))
    made = (*made, interview, led[0], *await _projects_of(councils, post))
    return {kind: thing["id"] for kind, thing in zip(KINDS, made, strict=True)}


async def _projects_of(councils: Signed, post: str) -> list[dict[str, Any]]:
    """A project that a post leads, and its part in it; and one of most that has ended."""
    project = await project_in(councils, leader_post_id=post)
    ended = await project_in(councils, leader_post_id=post)
    made = [project]
    for path, said, done in (
        ("activities", {"title": "Pröva modellen", "owner_post_id": post}, "done_on"),
        ("deviations", {"what": "Pandemin", "cause": "Smitta", "owner_post_id": post}, "closed_on"),
        ("continuations", {"what": "Modellen", "carrier_post_id": post}, ""),
    ):
        its = said | {"project_id": project["id"]}
        made.append(await councils.made(f"/project-{path}", its))
        if done:
            await councils.made(f"/project-{path}", its | {done: day(0)})
            await councils.made(f"/project-{path}", said | {"project_id": ended["id"]})
    await councils.made(f"/projects/{ended['id']}/stop", {"reason": "Inga pengar"})
    return made


async def test_all_that_a_post_holds_is_found_and_what_has_ended_is_not(councils: Signed) -> None:
    post, other = str(uuid4()), str(uuid4())
    held = await hold_everything(councils, post)
    await hold_everything(councils, other)
    found = (await councils.get(f"/post-consequences?post_id={post}")).json()
    assert found["on"] == day(0)
    assert {kind: [loss["id"] for loss in found[kind]] for kind in KINDS} == {
        kind: [id_] for kind, id_ in held.items()
    }
    assert {loss["post_id"] for kind in KINDS for loss in found[kind]} == {post}
    assert (found["seats"][0]["title"], found["seats"][0]["council_id"]) == (
        "chair",
        held["councils"],
    )
    assert {loss["example"] for kind in KINDS for loss in found[kind]} == {False}
    marked = {"owner_post_id": post, "example": True}
    need = await councils.made("/needs", a_need(**marked))
    told = (await councils.get(f"/post-consequences?post_id={post}")).json()["needs"]
    assert {one["id"]: one["example"] for one in told} == {held["needs"]: False, need["id"]: True}
    await councils.made(f"/needs/{need['id']}/drop", {"reason": "Nedlagt"})
    both = (await councils.get(f"/post-consequences?post_id={post}&post_id={other}")).json()
    assert [len(both[kind]) for kind in KINDS] == [2] * len(KINDS)
    later = (await councils.get(f"/post-consequences?post_id={post}&on={day(30)}")).json()
    assert [len(later[kind]) for kind in ("seats", "decisions", "session_plans")] == [1, 1, 0]
    told = found["interviews"][0]
    assert (told["title"], bool(told["actor_id"])) == ("Kompetensnavs egen dialogkarta", True)
    hidden = (await councils.by(ADMINISTRATOR).get(f"/post-consequences?post_id={post}")).json()
    assert (hidden["interviews"], len(hidden["needs"])) == ([], 1), "who reads no interviews"
    moment = clock.now().isoformat().replace("+00:00", "Z")
    await councils.made(f"/needs/{held['needs']}/drop", {"reason": "Nedlagt"})
    url = f"/post-consequences?post_id={post}"
    assert (await councils.get(url)).json()["needs"] == []
    assert (await councils.get(f"{url}&known_at={moment}")).json() == found, "as it was known"
    nobody = (await councils.get(f"/post-consequences?post_id={uuid4()}")).json()
    assert all(nobody[kind] == [] for kind in KINDS)


async def test_a_decision_is_its_owners_until_another_takes_its_place_or_it_is_carried_out(
    councils: Signed,
) -> None:
    post = str(uuid4())
    owned = {"owner_post_id": post}
    meeting = await meeting_in(councils, starts_at=at(-30))
    days: dict[str, dict[str, Any]] = {
        "overdue": {"review_on": day(-9), "due_on": day(-8)},
        "undated": {},
        "ahead": {"due_on": day(9)},
    }
    made = {
        name: await councils.made("/decisions", a_decision(meeting, **more, **owned))
        for name, more in days.items()
    }

    async def listed(url: str, kind: str) -> set[str]:
        found = {one["id"] for one in (await councils.get(url)).json()[kind]}
        return {name for name, one in made.items() if one["id"] in found}

    async def still_open() -> set[str]:
        lost = await listed(f"/post-consequences?post_id={post}", "decisions")
        assert lost == await listed(f"/decisions?open=true&owner_post_id={post}", "items")
        return lost

    assert await still_open() == {"overdue", "undated", "ahead"}
    for name in made:
        told = an_initiative(decision_id=made[name]["id"], council_id=meeting["council_id"])
        begun = await councils.made("/initiatives", told)
        for verb, body in (
            ("decide", {"decided_on": day(-20), "decision_id": made[name]["id"]}),
            ("start", {"started_on": day(-5)}),
            ("finish", {"closed_on": day(0), "reason": "Klart"}),
        ):
            await councils.made(f"/initiatives/{begun['id']}/{verb}", body)
    assert await still_open() == {"overdue"}, "it was to be looked at again, and was not"
    await councils.made("/decisions", a_decision(meeting, supersedes_id=made["overdue"]["id"]))
    assert await still_open() == set()


async def test_a_step_of_an_initiative_that_has_ended_is_nobodys_work(councils: Signed) -> None:
    """As the loads have it, and the list of open steps."""
    post = str(uuid4())
    initiative = await councils.made("/initiatives", an_initiative())
    step = {"initiative_id": initiative["id"], "title": "Boka lokal", "owner_post_id": post}
    made = await councils.made("/steps", step)

    async def told() -> tuple[list[str], int]:
        lost = (await councils.get(f"/post-consequences?post_id={post}")).json()["steps"]
        load = (await councils.get(f"/loads?post_id={post}")).json()["items"][0]
        return [one["id"] for one in lost], load["step_count"]

    assert await told() == ([made["id"]], 1)
    stopped = {"closed_on": day(0), "reason": "Ingen tid"}
    await councils.made(f"/initiatives/{initiative['id']}/stop", stopped)
    assert await told() == ([], 0)
    await councils.made(f"/initiatives/{initiative['id']}/resume", {})
    assert await told() == ([made["id"]], 1), "it goes on, and so does what was to be done"


def test_each_column_that_names_a_post_is_lost_with_it_or_said_why_not() -> None:
    asked = {str(post) for post, _ in post_questions(When(clock.today())).values()}
    named = {
        f"{table.name}.{column.name}"
        for table in METADATA.tables.values()
        for column in table.c
        if "post_id" in column.name
    }
    assert named == asked | set(TOLD)
    assert not asked & set(TOLD)


async def test_nonsense_is_refused_and_outsiders_too(councils: Signed) -> None:
    for query in ("", "?post_id=x", f"?post_id={uuid4()}&on=snart", f"?post_id={uuid4()}&on=0001"):
        assert (await councils.get(f"/post-consequences{query}")).status_code == 400
    url = f"/post-consequences?post_id={uuid4()}"
    for caller, status in (
        (STRATEGIST, 200),
        (ANALYSIS, 200),
        (READER, 403),
        (MEMBER, 403),
        (municipality("1472"), 403),
    ):
        assert (await councils.by(caller).get(url)).status_code == status


async def test_all_that_an_actor_has_taken_on_is_found_and_whether_others_carry_it_too(
    councils: Signed,
) -> None:
    actor, other = str(uuid4()), str(uuid4())
    alone = await council_in(councils, leader_actor_ids=[actor])
    shared = await council_in(councils, leader_actor_ids=[other, actor])
    await council_in(councils, leader_actor_ids=[other])
    seat = await councils.made("/seats", a_seat(shared, actor_id=actor, role="chair"))
    await councils.made("/seats", a_seat(alone, actor_id=actor, valid_to=day(0)))
    led = await councils.made("/initiatives", an_initiative(lead_actor_id=actor))
    partner = {"actor_id": actor, "part": "Handleder"}
    taking_part = await councils.made("/initiatives", an_initiative(partners=[partner]))
    stopped = await councils.made("/initiatives", an_initiative(lead_actor_id=actor))
    ended = {"closed_on": day(0), "reason": "Nedlagt"}
    await councils.made(f"/initiatives/{stopped['id']}/stop", ended)
    found = (await councils.get(f"/actor-consequences?actor_id={actor}")).json()
    assert (found["on"], found["actor_id"]) == (day(0), actor)
    assert [(one["title"], one["council_id"]) for one in found["seats"]] == [
        ("chair", shared["id"])
    ]
    assert found["seats"][0]["id"] == seat["id"]
    assert [(one["id"], one["shared"]) for one in found["councils"]] == [
        (alone["id"], False),
        (shared["id"], True),
    ]
    assert [(one["id"], one["shared"]) for one in found["initiatives"]] == [(led["id"], False)]
    moment = clock.now().isoformat().replace("+00:00", "Z")
    called = await council_in(councils, leader_actor_ids=[other], convened_by_actor_id=actor)
    now = (await councils.get(f"/actor-consequences?actor_id={actor}")).json()
    assert [one["id"] for one in now["called_councils"]] == [called["id"]], (
        "who calls it and others lead"
    )
    before = f"/actor-consequences?actor_id={actor}&known_at={moment}"
    assert (await councils.get(before)).json() == found
    assert [(one["id"], one["title"]) for one in found["partnerships"]] == [
        (taking_part["id"], taking_part["title"])
    ]
    later = {"closed_on": day(0), "reason": "other"}
    await councils.made(f"/councils/{alone['id']}/close", later)
    found = (await councils.get(f"/actor-consequences?actor_id={actor}")).json()
    assert [one["id"] for one in found["councils"]] == [shared["id"]]


async def test_what_an_actor_has_taken_on_is_for_those_who_hand_it_over(councils: Signed) -> None:
    for query in ("", "?actor_id=x", f"?actor_id={uuid4()}&on=snart"):
        assert (await councils.get(f"/actor-consequences{query}")).status_code == 400
    url = f"/actor-consequences?actor_id={uuid4()}"
    for caller, status in ((STRATEGIST, 200), (ANALYSIS, 200), (READER, 403), (MEMBER, 403)):
        assert (await councils.by(caller).get(url)).status_code == status


async def test_an_actor_leaves_its_projects_and_what_it_carries_after_them(
    councils: Signed,
) -> None:
    actor, project = str(uuid4()), await project_in(councils)
    owned = await project_in(councils, owner_actor_id=actor)
    ended = await project_in(councils, owner_actor_id=actor)
    await councils.made(f"/projects/{ended['id']}/stop", {"reason": "Inga pengar"})
    paid = await project_in(councils, funder_actor_id=actor)
    await project_in(councils, owner_actor_id=actor, funder_actor_id=actor, name="Båda")
    its = {"project_id": project["id"], "what": "Modellen", "carrier_actor_id": actor}
    carried = await councils.made("/project-continuations", its)
    found = (await councils.get(f"/actor-consequences?actor_id={actor}")).json()
    assert found["projects"][0]["id"] == owned["id"]
    assert [one["title"] for one in found["projects"]][1:] == ["Båda"], "told once, as its owner"
    assert [one["id"] for one in found["funded_projects"]] == [paid["id"]]
    assert found["funded_projects"][0]["actor_ids"] == [actor]
    assert [one["id"] for one in found["project_continuations"]] == [carried["id"]]
    assert found["projects"][0]["actor_ids"] == [actor]
