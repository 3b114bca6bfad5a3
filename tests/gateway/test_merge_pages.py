"""Merging two actors on the pages: found, compared, turned, merged, and undone."""

from tests.actors.test_joining import a_joining
from tests.actors.test_process_leadership import LEADER, an_assignment
from tests.councils.builders import a_seat, council_in, day
from tests.gateway.whole import Whole

SEE_OTHER = 303


async def test_two_actors_are_compared_merged_and_parted(whole: Whole) -> None:
    told = {"name": "Exempelföretag 1 AB", "kind": "company", "org_number": "202100-2114"}
    old = await whole.actors.made("/actors", told)
    new = await whole.actors.made("/actors", {"name": "Exempelföretag 1", "kind": "company"})
    post = await whole.post(old)
    council = await council_in(whole.councils)
    await whole.councils.made("/seats", a_seat(council, actor_id=old["id"]))
    leader = await whole.post(new, "Processledare", **LEADER)
    await whole.actors.made("/leader-assignments", an_assignment(leader, actor_id=old["id"]))
    await whole.actors.made("/joinings", a_joining(old, post))
    issue = {"issue": "Fler platser", "ambassador_post_id": leader["id"], "to_actor_id": old["id"]}
    await whole.actors.made("/carried-issues", issue | {"carried_on": day(-1)})
    browser = await whole.browser("process_leader")
    path = f"/aktorer/{old['id']}/sla-ihop"

    choose = await browser.get(path)
    assert choose.h1 == "Slå ihop aktörer"
    ways = [link.attributes["href"] or "" for link in choose.all("main .list a")]
    assert any(f"into_id={new['id']}" in way for way in ways), "the likely one is offered"
    searched = await browser.get(f"{path}?q=finns inte")
    assert "Ingen aktör hittades" in searched.text()

    compare = await browser.get(f"{path}?into_id={new['id']}")
    assert "202100-2114" in compare.text()
    told = "1 befattning, 1 påkoppling, 1 buren fråga, 1 processledaruppdrag, 1 plats i råd"
    assert told in compare.text()
    sent = compare.fields(path)
    done = await browser.send(path, **sent)
    assert done.status == SEE_OTHER
    shown = await browser.get(f"/aktorer/{new['id']}")
    assert "Exempelföretag 1 AB är nu en del av Exempelföretag 1." in shown.text()
    assert "Sammanslagen med" in shown.text()
    assert post["title"] in shown.text(), "its posts came along"
    assert council["id"] in str(shown.answer.text), "and its seats"

    assert (await browser.send(path, **sent)).status == SEE_OTHER, "pressed twice"
    shown = await browser.get(f"/aktorer/{new['id']}")
    assert "Aktören är nu en del av Exempelföretag 1." in shown.text()
    moved = await browser.get(f"/aktorer/{old['id']}")
    assert moved.status == SEE_OTHER
    assert moved.answer.headers["location"].endswith(new["id"])

    back = f"/aktorer/{old['id']}/dela"
    parted = await browser.send(back, **shown.fields(back))
    assert parted.status == SEE_OTHER
    alone = await browser.get(f"/aktorer/{old['id']}")
    assert alone.h1 == "Exempelföretag 1 AB"
    again = await browser.get(f"/aktorer/{new['id']}")
    assert "202100-2114" not in again.text()


async def test_a_merge_that_cannot_be_is_told_on_the_page(whole: Whole) -> None:
    old, new = await whole.actor(1), await whole.actor(2)
    browser = await whole.browser("process_leader")
    path = f"/aktorer/{old['id']}/sla-ihop"
    sent = (await browser.get(f"{path}?into_id={new['id']}")).fields(path)
    assert (
        await whole.actors.post(f"/actors/{old['id']}/merge", {"into_id": new["id"]})
    ).is_success
    late = await browser.send(path, **sent)
    assert late.status == 422
    assert "sammanslagen" in late.errors[0]
    reader = await whole.browser("reader")
    assert (await reader.get(path)).status == 403
