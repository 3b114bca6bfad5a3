"""Nothing is added to a closed council, of needs and all else; what it has may be finished."""

from services.kit import clock
from tests.callers import Signed
from tests.councils.builders import at, blamed, meeting_in
from tests.councils.work import a_need, an_initiative, an_interview, new_council, typed

CLOSING = {"closed_on": str(clock.today()), "reason": "lost_convenor", "result": "Avslutat"}


async def test_a_closed_council_is_given_no_need(councils: Signed) -> None:
    council, other = await new_council(councils), await new_council(councils, name="Annat råd")
    there = await councils.made("/needs", a_need(council_id=council["id"]))
    moving = await councils.made("/needs", a_need(council_id=other["id"]))
    await councils.made(f"/councils/{council['id']}/close", CLOSING)
    into = a_need(council_id=council["id"])
    refused = [
        await councils.post("/needs", into),
        await councils.put(f"/needs/{moving['id']}", into, version=moving["version"]),
    ]
    assert [blamed(one) for one in refused] == [(409, "council_id", "closed")] * 2
    merged = await councils.post("/needs/merge", {"from_ids": [moving["id"]], "into": into})
    assert blamed(merged) == (409, "into.council_id", "closed")
    # What it left may be changed and split where it is.
    kept = await councils.put(f"/needs/{there['id']}", into, version=there["version"])
    assert kept.status_code == 200, kept.text
    parts = {"parts": [a_need(statement="En del"), a_need(statement="En annan")]}
    split = await councils.post(f"/needs/{there['id']}/split", parts)
    assert split.status_code in {200, 201}, split.text


async def test_a_council_is_not_closed_before_it_got_a_need(councils: Signed) -> None:
    council = await new_council(councils, starts_on="2025-01-01")
    need = a_need(council_id=council["id"], identified_on="2026-03-10")
    await councils.made("/needs", need)
    address = f"/councils/{council['id']}/close"
    refused = await councils.post(address, CLOSING | {"closed_on": "2026-03-09"})
    assert blamed(refused) == (409, "closed_on", "worked_later")
    await councils.made(address, CLOSING | {"closed_on": "2026-03-10"})


async def test_an_answer_given_to_a_closed_council_becomes_a_need_without_one(
    councils: Signed,
) -> None:
    council = await new_council(councils)
    questions = await councils.made("/dialogue-maps/default", None)
    told = an_interview(questions, council_id=council["id"])
    interview = await councils.made("/interviews", told)
    key = questions["questions"][0]["key"]
    saved = await typed(councils, interview, {"question_key": key, "gap": "Saknar operatörer"})
    await councils.made(f"/councils/{council['id']}/close", CLOSING)
    address = f"/answers/{saved['saved'][0]['id']}/need"
    need = await councils.made(address, {"horizon": "short"})
    assert need["council_id"] is None
    chosen = await councils.post(address, {"horizon": "short", "council_id": council["id"]})
    assert blamed(chosen) == (409, "council_id", "closed")


async def test_a_closed_council_is_given_no_point_initiative_or_interview(councils: Signed) -> None:
    council = await new_council(councils)
    whose = {"council_id": council["id"]}
    planned = await meeting_in(councils, council, status="planned", starts_at=at(3))
    held = await meeting_in(councils, council, starts_at=at(0, hour=0))
    there = await councils.made("/initiatives", an_initiative(**whose))
    elsewhere = await councils.made("/initiatives", an_initiative())
    told = an_interview(await councils.made("/dialogue-maps/default", None), **whose)
    await councils.made(f"/councils/{council['id']}/close", CLOSING)
    refused = [
        await councils.post("/agenda-items", {"meeting_id": planned["id"], "title": "Punkt"}),
        await councils.post("/initiatives", an_initiative(**whose)),
        await councils.put(f"/initiatives/{elsewhere['id']}", an_initiative(**whose), version=1),
        await councils.post("/interviews", told),
    ]
    assert [blamed(one) for one in refused] == [
        (409, "meeting_id", "closed"),
        *[(409, "council_id", "closed")] * 3,
    ]
    await councils.made("/agenda-items", {"meeting_id": held["id"], "title": "Ur minnet"})
    kept = an_initiative(**whose, title="Ändrad")
    changed = await councils.put(f"/initiatives/{there['id']}", kept, version=1)
    assert changed.status_code == 200, changed.text
    await councils.made("/steps", {"initiative_id": there["id"], "title": "Avsluta"})
