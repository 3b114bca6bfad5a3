"""The people pages: staff find people, others see who holds what, and no address has a name."""

from typing import Any
from uuid import uuid4

from gateway.swedish import day as swedish_day
from services.actors.contract.relation import RelationDraft
from tests.councils.builders import day
from tests.councils.test_consequence import hold_everything
from tests.councils.work import a_need
from tests.gateway.looking import Page
from tests.gateway.whole import Whole


async def test_the_register_is_for_staff_and_is_searched_by_a_form(whole: Whole) -> None:
    actor, person = await whole.actor(), await whole.person(1)
    await whole.person(2)
    await whole.holding(await whole.post(actor), person, "2024-01-01")
    assert (await (await whole.browser("reader")).get("/personer")).status == 403
    browser = await whole.browser("strategist")
    page = await browser.get("/personer")
    assert "Exempelperson 2" in page.text("tbody")
    assert "Utvecklare , Exempelkommun 1" in page.text("tbody")
    search = page.one('main form[role="search"]')
    assert search.attributes["method"] == "post"
    found = await browser.send("/personer", **page.fields("/personer") | {"q": "exempelperson 1"})
    assert found.status == 200
    assert "Exempelperson 1" in found.text("tbody")


async def test_contact_details_are_for_those_whom_the_service_lets_see(whole: Whole) -> None:
    person = await whole.person(email="person1@exempel.se", phone="0500-12 34 56")
    await whole.holding(await whole.post(await whole.actor()), person, "2024-01-01")
    path = f"/personer/{person['id']}"
    staff = await (await whole.browser("strategist")).get(path)
    assert "person1@exempel.se" in staff.text()
    reader = await (await whole.browser("reader")).get(path)
    assert reader.h1 == "Exempelperson 1"
    assert "person1@exempel.se" not in reader.answer.text
    assert "0500" not in reader.answer.text


async def test_a_person_is_written_without_an_identity_number(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    wrong = await browser.submit("/personer/ny", name="Exempelperson 1 19640823-3234", email="x")
    assert wrong.status == 422
    assert "Personnummer ska inte finnas här" in wrong.error("name")
    assert wrong.error("email") == "Ange e-postadressen, till exempel namn@exempel.se."
    made = await browser.submit("/personer/ny", name="Exempelperson 1", language="fi")
    path = made.answer.headers["location"]
    changed = await browser.submit(f"{path}/andra", phone="0500-12 34 56")
    assert changed.status == 303
    page = await browser.get(path)
    assert "0500-12 34 56" in page.text()
    edited = await browser.get(f"{path}/andra")
    assert edited.fields()["language"] == ["fi"]


async def test_a_new_person_can_be_begun_from_a_post(whole: Whole) -> None:
    post = await whole.post(await whole.actor())
    browser = await whole.browser("process_leader")
    begun = await browser.get(f"/personer/ny?post_id={post['id']}")
    made = await browser.send("/personer/ny", **begun.fields() | {"name": "Exempelperson 1"})
    onward = await browser.get(made.answer.headers["location"])
    person = onward.fields()["person_id"][0]
    assert person in made.answer.headers["location"]
    assert onward.h1 == "Tillsätt befattningen"


async def leaving(whole: Whole) -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
    """A person with a post on which everything hangs, and a relation carried by it."""
    actor, other = await whole.actor(1), await whole.actor(2)
    sides = {"actor_id": actor["id"], "other_actor_id": other["id"]}
    relation = sides | {"kind": "collaborates_with", "valid_from": "2020-01-01"}
    await whole.actors.made("/relations", relation)
    person, post = await whole.person(), await whole.post(actor)
    await whole.holding(post, person, "2024-01-01")
    return person, post, await hold_everything(whole.councils, post["id"], post["actor_id"])


def said(page: Page) -> str:
    """The words of a page's content."""
    return " ".join(page.text("main").split())


def links(page: Page) -> set[str]:
    """Every address in a page's content."""
    return {link.attributes["href"] or "" for link in page.all("main a")}


async def test_everything_that_follows_is_shown_before_it_is_done(whole: Whole) -> None:
    person, post, held = await leaving(whole)
    browser, path = await whole.browser("process_leader"), f"/personer/{person['id']}/slutar"
    page = await browser.get(path)
    hanging = {f"/behov/{held['needs']}", f"/branschrad/{held['councils']}"}
    assert hanging <= links(page)
    look = await browser.submit(path, left_on=day(5), handover="Pärmen")
    assert (look.status, look.h1) == (200, "Bekräfta att Exempelperson 1 slutar")
    assert hanging <= links(look)
    assert "Exempelkommun 1 – Exempelkommun 2" in look.text()
    assert (await whole.actors.get(f"/posts/{post['id']}?as_of={day(5)}")).json()["vacant"] is False
    again = await browser.send(path, **look.fields() | {"step": ["do", "edit"]})
    assert again.fields()["handover"] == ["Pärmen"]
    done = await browser.send(path, **look.fields())
    assert done.answer.headers["location"] == f"{path.removesuffix('slutar')}slutat"
    after = await browser.get(done.answer.headers["location"])
    assert after.h1 == "Efter Exempelperson 1"
    assert hanging | {f"/befattningar/{post['id']}/tillsatt"} <= links(after)
    assert "Relationer att bygga upp igen" in after.text()
    assert (await whole.actors.get(f"/posts/{post['id']}?as_of={day(5)}")).json()["vacant"] is True
    await whole.holding(post, await whole.person(2), day(6))
    filled = await browser.get(f"/personer/{person['id']}/slutat")
    assert "Blir vakant" not in filled.text()
    relation = (await whole.actors.get("/relations")).json()["items"][0]
    assert "Exempelkommun 1 – Exempelkommun 2" in filled.text("[aria-labelledby=relations-heading]")
    mended = {name: relation[name] for name in RelationDraft.model_fields} | {"state": "working"}
    tag = {"if-match": f'"v{relation["version"]}"'}
    url = f"/relations/{relation['id']}"
    assert (await whole.actors.send("PUT", url, json=mended, headers=tag)).status_code == 200
    settled = await browser.get(f"/personer/{person['id']}/slutat")
    assert "Allt har tagits om hand" in settled.text()


async def test_what_a_departure_takes_away_and_what_it_leaves_is_told_before(whole: Whole) -> None:
    actor, person = await whole.actor(), await whole.person()
    post = await whole.post(actor)
    for days in (("2018-01-01", "2020-01-01"), ("2022-01-01", "2024-01-01"), ("2024-02-01", None)):
        await whole.holding(post, person, *days)
    await whole.holding(await whole.post(actor, "Samordnare"), person, "2090-01-01")
    browser, path = await whole.browser("process_leader"), f"/personer/{person['id']}/slutar"
    look = await browser.submit(path, left_on="2019-06-01")
    told = look.text()
    assert "har befattningen 1 jan 2018–31 dec 2019" in told
    assert "Innehavet från 1 jan 2090 tas bort" in told
    assert "innehavet från 1 feb 2024 står kvar" in told
    assert (await browser.send(path, **look.fields())).status == 303
    kept = (await whole.actors.get(f"/holdings?person_id={person['id']}")).json()["items"]
    assert len(kept) == 3


async def test_a_departure_names_its_posts_and_a_day_on_which_they_are_held(whole: Whole) -> None:
    actor, person = await whole.actor(), await whole.person()
    kept, left = await whole.post(actor), await whole.post(actor, "Samordnare")
    await whole.holding(kept, person, "2024-01-01")
    await whole.holding(left, person, "2024-01-01", day(10))
    browser, path = await whole.browser("process_leader"), f"/personer/{person['id']}/slutar"
    none = await browser.submit(path, post_ids="")
    assert (none.status, none.h1) == (422, "Exempelperson 1 slutar")
    assert "Välj minst 1" in none.error("post_ids")
    late = await browser.submit(path, post_ids=left["id"], left_on=day(10))
    assert late.error("left_on") == "Personen har ingen befattning att lämna den dagen."
    look = await browser.submit(path, post_ids=left["id"], left_on=day(1))
    assert "Utvecklare" not in [one.text().strip() for one in look.all("main h2")]
    assert (await browser.send(path, **look.fields())).status == 303
    still = (await whole.actors.get(f"/people/{person['id']}?as_of={day(1)}")).json()
    assert still["post_count"] == 1
    assert (await (await whole.browser("strategist")).get(path)).status == 403


async def test_who_comes_after_and_who_takes_what_is_told_where_a_departure_is_confirmed(
    whole: Whole,
) -> None:
    person, post, held = await leaving(whole)
    alone = await whole.post({"id": post["actor_id"]}, "Samordnare")
    await whole.holding(alone, person, "2024-01-01")
    need = await whole.councils.made("/needs", a_need(owner_post_id=alone["id"]))
    step = {"initiative_id": held["initiatives"], "title": "Skriv", "owner_post_id": alone["id"]}
    step = await whole.councils.made("/steps", step)
    next_one, taking, other = (
        await whole.person(4), await whole.post(await whole.actor(5), "Tar"),
        await whole.post(await whole.actor(6), "Tar också"),
    )  # fmt: skip
    browser, path = await whole.browser("process_leader"), f"/personer/{person['id']}/slutar"
    look = await browser.submit(path, left_on=day(0))
    fields = look.fields()
    exception = f"taker-need-{held['needs']}-post_id"
    agreed = {
        f"successor-{post['id']}": next_one["id"],
        f"all-{alone['id']}-post_id": taking["id"],
        f"taker-step-{step['id']}-post_id": other["id"],
    }
    assert set(agreed) | {exception} <= set(fields)
    labels = [one.text(strip=True) for one in look.all("details label")]
    assert [one.partition(" med ")[0] for one in labels if "ntervju" in one] == ["Intervju"]
    assert any(one.startswith("Behov: ") for one in labels), "what else each is called"
    wrong = agreed | {exception: str(uuid4()), f"successor-{alone['id']}": "x"}
    refused = await browser.send(path, **fields | wrong)
    assert (refused.status, bool(refused.error(f"successor-{alone['id']}"))) == (422, True)
    wrong.pop(f"successor-{alone['id']}")
    refused = await browser.send(path, **fields | wrong)
    assert refused.status == 422
    assert refused.fields()[f"all-{alone['id']}-post_id"] == [taking["id"]], "what was chosen"
    assert (await whole.actors.get(f"/posts/{post['id']}")).json()["vacant"] is False
    done = await browser.send(path, **refused.fields() | {exception: other["id"]})
    assert done.status == 303
    same = await browser.send(path, **refused.fields() | {exception: other["id"]})
    assert same.status == 303, "nothing else than what is stored"
    for words in ({exception: ""}, {f"successor-{post['id']}": person["id"]}):
        again = await browser.send(path, **refused.fields() | {exception: other["id"]} | words)
        assert again.status == 422
        assert "Efterträdare: Exempelperson 4" in again.text(), "what was agreed"
    owners = {
        url: (await whole.councils.get(url)).json()["owner_post_id"]
        for url in (f"/needs/{need['id']}", f"/needs/{held['needs']}", f"/steps/{step['id']}",
                    f"/initiatives/{held['initiatives']}")
    }  # fmt: skip
    assert list(owners.values()) == [taking["id"], other["id"], other["id"], post["id"]]
    now = (await whole.actors.get(f"/posts/{post['id']}")).json()
    assert now["holder_person_id"] == next_one["id"]
    taken = (await whole.actors.get("/takeovers?open=true")).json()["items"]
    assert [one["thing_id"] for one in taken] == [alone["id"]], "somebody sees it filled"


async def test_what_is_left_on_a_day_to_come_is_the_leavers_until_then(whole: Whole) -> None:
    person, post, held = await leaving(whole)
    taking = await whole.post(await whole.actor(5), "Tar")
    browser, path = await whole.browser("process_leader"), f"/personer/{person['id']}/slutar"
    early = {"left_post_id": post["id"], "noun": "initiative", "thing_id": held["initiatives"],
             "what": "Lokal", "owner_post_id": taking["id"], "taken_on": day(-5)}  # fmt: skip
    await whole.actors.made("/takeovers", early)
    look = await browser.submit(path, left_on=day(9))
    assert f"taker-initiative-{held['initiatives']}-post_id" not in look.fields()
    assert "Tas om hand Tar" in said(look), "who has it already"
    everything = f"all-{post['id']}-post_id"
    refused = await browser.send(path, **look.fields() | {everything: post["id"]})
    assert refused.error(everything) == "Den befattningen lämnas också. Välj en annan."
    successor = f"successor-{post['id']}"
    refused = await browser.send(path, **look.fields() | {successor: str(uuid4())})
    assert (refused.status, "finns inte" in refused.error(successor)) == (422, True)
    chosen = look.fields() | {everything: taking["id"]}
    for _ in range(2):  # the second time nothing is left to leave
        done = await browser.send(path, **chosen)
        assert done.answer.headers["location"] == f"{path.removesuffix('slutar')}slutat"
    for words in ({everything: ""}, {successor: person["id"]}, {everything: post["id"]}):
        again = await browser.send(path, **chosen | words)
        assert (again.status, again.h1) == (422, "Avgången är redan sparad"), words
        assert "Tas om hand av Tar" in said(again), "what was agreed"
        assert "Efterträdare: ingen ännu" in said(again)
    other = await browser.send(path, **chosen | {"left_on": day(10)})
    assert (other.status, bool(other.error("left_on"))) == (422, True), "that is not what is saved"
    after = said(await browser.get(done.answer.headers["location"]))
    assert "Blir vakant från" in after
    assert "nu saknar" not in after
    need = (await whole.councils.get(f"/needs/{held['needs']}")).json()
    assert need["owner_post_id"] == post["id"]
    taken = (await whole.actors.get("/takeovers?open=true&noun=need")).json()["items"]
    assert [(one["thing_id"], one["owner_post_id"]) for one in taken] == [
        (held["needs"], taking["id"])
    ]


async def test_what_was_left_says_who_covers_it_from_the_day_that_it_is_left(whole: Whole) -> None:
    actor, person = await whole.actor(), await whole.person(1)
    covered, gone, coming = [await whole.post(actor, f"Post {n}") for n in range(3)]
    for post in (covered, gone):
        await whole.holding(post, person, "2020-01-01")
    await whole.holding(coming, person, day(60))
    cover = {"cover": "substitute"}
    await whole.holding(covered, await whole.person(2), day(30), day(90), **cover)
    posts = [one["id"] for one in (covered, coming)]
    for ids, left_on in ((posts, day(30)), ([gone["id"]], day(-60))):
        body = {"post_ids": ids, "left_on": left_on}
        done = await whole.actors.post(f"/people/{person['id']}/depart", body)
        assert done.status_code == 200, done.text
    await whole.holding(gone, await whole.person(3), day(-40), day(-20), **cover)
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/personer/{person['id']}/slutat")
    text = page.text("main")
    assert "Vikarie, ingen ordinarie" in text
    assert f"Blir vakant från {swedish_day(day(90))}" in text
    assert f"Vakant från {swedish_day(day(-20))}" in text, "until then somebody covered it"
    assert "Innehav som togs bort" in text
    assert "Post 2 , Exempelkommun 1" in page.text("[aria-labelledby=unbegun-heading]")
