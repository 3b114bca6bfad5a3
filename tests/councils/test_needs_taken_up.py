"""A need that no council works on becomes that of the council that decides about it."""

from tests.callers import READER, Signed
from tests.councils.builders import a_decision, council_in, day, meeting_in
from tests.councils.work import a_need


async def test_what_a_council_decides_about_is_its_own_unless_another_has_it(
    councils: Signed,
) -> None:
    other, meeting = await council_in(councils), await meeting_in(councils)
    lone = await councils.made("/needs", a_need())
    theirs = await councils.made("/needs", a_need(council_id=other["id"]))
    met = await councils.made("/needs", a_need(identified_on=day(-9)))
    await councils.made(f"/needs/{met['id']}/meet", {"met_on": day(-8), "evidence": "Exempel"})
    about = [lone["id"], theirs["id"], met["id"]]
    await councils.made("/decisions", a_decision(meeting, need_ids=about))
    found = [(await councils.get(f"/needs/{one}")).json() for one in about]
    assert [one["council_id"] for one in found] == [meeting["council_id"], other["id"], None]
    assert [one["version"] for one in found] == [2, 1, 2], "what nothing happened to is as it was"
    listed = (await councils.get(f"/needs?council_id={meeting['council_id']}")).json()["items"]
    assert [one["id"] for one in listed] == [lone["id"]]


async def test_also_what_is_added_later_while_the_council_is_open(councils: Signed) -> None:
    meeting = await meeting_in(councils)
    one, late = [await councils.made("/needs", a_need()) for _ in range(2)]
    body = a_decision(meeting)
    made = await councils.made("/decisions", body)
    changed = await councils.put(
        f"/decisions/{made['id']}", body | {"need_ids": [one["id"]]}, version=1
    )
    assert changed.status_code == 200, changed.text
    taken = (await councils.get(f"/needs/{one['id']}")).json()
    assert taken["council_id"] == meeting["council_id"]
    closed = {"closed_on": day(0), "reason": "other", "result": "Exempel"}
    await councils.made(f"/councils/{meeting['council_id']}/close", closed)
    both = body | {"need_ids": [one["id"], late["id"]]}
    again = await councils.put(f"/decisions/{made['id']}", both, version=2)
    assert again.status_code == 200, again.text
    assert (await councils.get(f"/needs/{late['id']}")).json()["council_id"] is None


async def test_it_stays_the_councils_when_the_decision_is_undone_until_somebody_says_so(
    councils: Signed,
) -> None:
    meeting = await meeting_in(councils)
    need = await councils.made("/needs", a_need())
    body = a_decision(meeting, need_ids=[need["id"]])
    made = await councils.made("/decisions", body)
    its = f"/needs/{need['id']}"
    let_go = await councils.put(its, a_need(council_id=None), version=2)
    assert let_go.status_code == 200, let_go.text
    again = await councils.put(f"/decisions/{made['id']}", body | {"text": "Ny text"}, version=1)
    assert again.status_code == 200, again.text
    assert (await councils.get(its)).json()["council_id"] is None, "it is named anew by nobody"
    other = await councils.made("/decisions", body)
    assert (await councils.get(its)).json()["council_id"] == meeting["council_id"]
    for one in (made["id"], other["id"]):
        version = (await councils.get(f"/decisions/{one}")).json()["version"]
        gone = await councils.delete(f"/decisions/{one}", version=version)
        assert gone.status_code == 204, gone.text
    assert (await councils.get(its)).json()["council_id"] == meeting["council_id"]


async def test_nothing_is_taken_up_by_what_was_refused(councils: Signed) -> None:
    meeting = await meeting_in(councils)
    need = await councils.made("/needs", a_need())
    body = a_decision(meeting, need_ids=[need["id"]])
    refused = await councils.post("/decisions", body | {"decided_on": "2099-01-01"})
    assert refused.status_code == 422
    assert (await councils.by(READER).post("/decisions", body)).status_code == 403
    assert (await councils.get(f"/needs/{need['id']}")).json()["council_id"] is None
