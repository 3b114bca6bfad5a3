"""Quality circles: a council judges its own work, time after time."""

from tests.callers import MEMBER, READER, Signed, municipality
from tests.councils.builders import blamed, council_in, day


async def test_a_council_judges_itself_as_a_series(councils: Signed) -> None:
    council, other = await council_in(councils), await council_in(councils)
    said = {"council_id": council["id"], "judged_on": day(-400), "relations_mark": 2}
    first = await councils.made("/quality-circles", said)
    later = said | {"judged_on": day(-10), "relations_mark": 4, "results_mark": 3}
    await councils.made("/quality-circles", later)
    again = await councils.post("/quality-circles", later)
    assert again.status_code == 409
    nothing = {"council_id": council["id"], "judged_on": day(1), "thinking_mark": 6}
    answer = await councils.post("/quality-circles", nothing)
    assert {(one["field"], one["code"]) for one in answer.json()["errors"]} == {
        ("thinking_mark", "less_than_equal"), ("judged_on", "in_the_future"),
    }  # fmt: skip
    empty = {"council_id": council["id"], "judged_on": day(-1)}
    refused = await councils.post("/quality-circles", empty)
    assert blamed(refused) == (422, "relations_mark", "no_mark")
    url = f"/quality-circles/{first['id']}"
    moved = await councils.put(url, said | {"council_id": other["id"]}, version=1)
    assert blamed(moved) == (422, "council_id", "fixed")
    for query, count in ((f"as_of={day(-100)}", 1), (f"judged_from={day(-30)}", 1), ("", 2)):
        found = (await councils.get(f"/councils/{council['id']}/quality-circles?{query}")).json()
        assert len(found["items"]) == count, query
    for caller in (READER, MEMBER, municipality("1472", "read", "write")):
        assert (await councils.by(caller).post("/quality-circles", said)).status_code == 403
    assert (await councils.by(READER).get(url)).status_code == 200
    assert (await councils.by(MEMBER).get(url)).status_code == 404, "it sits in no such council"
    assert (await councils.delete(url, version=1)).status_code == 204
