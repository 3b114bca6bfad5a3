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


async def test_what_two_have_together_is_told_before_and_why_one_sits_twice_after(
    whole: Whole,
) -> None:
    old, new = await whole.actor(1), await whole.actor(2)
    began = {"starts_on": "2020-01-01"}
    council, other = [await council_in(whole.councils, **began) for _ in range(2)]
    for actor, where in ((old, council), (new, council), (old, other)):
        await whole.councils.made("/seats", a_seat(where, actor_id=actor["id"]))
    ended = a_seat(other, actor_id=new["id"], valid_from=day(-700), valid_to=day(-400))
    await whole.councils.made("/seats", ended)
    await whole.actors.made("/role-trials", {"actor_id": old["id"], "role": "Värd"})
    given = {"issuer_actor_id": new["id"], "holder_actor_id": old["id"], "scope": "Leda"}
    mandate = await whole.actors.made("/mandates", given | {"valid_from": "2020-01-01"})
    sides = {"actor_id": old["id"], "our_actor_id": new["id"], "channel": "meeting"}
    await whole.actors.made("/contacts", sides | {"said": "Hej", "held_on": day(-1)})
    place = {"level": "operative", "status": "active", "valid_from": day(-9)}
    place |= {"actor_id": old["id"]}
    assert (await whole.actors.post(f"/actors/{old['id']}/place", place)).is_success
    browser = await whole.browser("process_leader")
    path = f"/aktorer/{old['id']}/sla-ihop"
    compare = (await browser.get(f"{path}?into_id={new['id']}")).text("main")
    assert "har 1 mandat och 1 kontakt med varandra" in compare
    assert "följer med: 1 rollprövning, 2 platser i råd." in compare, "and nothing of the two's"
    assert "Nivå och läge i dag Operativ Aktiv Saknas Operativ Aktiv" in compare
    turned = await browser.get(f"/aktorer/{new['id']}/sla-ihop?into_id={old['id']}")
    assert "Nivå och läge i dag Saknas Operativ Aktiv Operativ Aktiv" in turned.text("main")
    assert "1 rollprövning" in compare
    assert compare.count("samma dagar") == 1, "only where both sit at once"
    assert f"Båda har plats i {council['name']} samma dagar" in compare

    shown = await browser.get(f"/branschrad/{council['id']}")
    assert "Är nu en del av" not in shown.text()
    done = await whole.actors.post(f"/actors/{old['id']}/merge", {"into_id": new["id"]})
    assert done.status_code == 200, done.text
    shown = await browser.get(f"/mandat/{mandate['id']}")
    assert "Mandatets utfärdare och innehavare är nu en" in shown.text("main")
    assert "Räknas inte" in shown.text("main")
    assert "/fornya" not in str(shown.answer.text)
    shown = await browser.get(f"/branschrad/{council['id']}")
    assert shown.text("[aria-labelledby=seats-heading]").count("Är nu en del av") == 1
    assert "Offentlig sida 1 (2 platser)" in shown.text("main")
    told = (await whole.councils.get(f"/councils/{council['id']}/balance")).json()
    assert (told["seats"], told["actors"]) == (2, 1), "an actor is counted once"
    assert [(role["seats"], role["actors"]) for role in told["roles"]] == [(2, 1)]
