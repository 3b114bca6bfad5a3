"""The hand-over of a post: everything that the next holder needs, and room for notes on paper."""

from services.kit import clock
from tests.actors.test_process_leadership import an_assignment
from tests.actors.test_takeover import taken_by
from tests.councils.builders import council_in, day, meeting_in
from tests.gateway.whole import Whole


async def test_a_hand_over_gathers_what_the_next_holder_needs(whole: Whole) -> None:
    actor, other = await whole.actor(1), await whole.actor(2)
    post = await whole.post(actor, function="process_leader")
    person, coming = await whole.person(1), await whole.person(2)
    told = {"handover": "Ring Exempelkommun 2 varje månad"}
    await whole.holding(post, person, "2020-01-01", day(-1), **told)
    await whole.holding(post, coming, day(10))
    made, own = whole.actors.made, {"actor_id": actor["id"]}
    related = own | {"other_actor_id": other["id"], "kind": "collaborates_with"}
    await made("/relations", related | {"valid_from": "2020-01-01", "state": "strained"})
    said = {"held_on": day(-30), "channel": "phone", "said": "Exempel: vi väntar på besked"}
    ours = {"our_actor_id": actor["id"], "our_post_id": post["id"], "actor_id": other["id"]}
    step = {"next_step": "Skicka underlaget", "owner_post_id": post["id"], "due_on": day(5)}
    await made("/contacts", said | ours | step)
    theirs = {"our_actor_id": other["id"], "post_id": post["id"], "said": "Exempel: de ringde"}
    await made("/contacts", said | own | theirs | {"held_on": day(-20)})
    given = {"issuer_actor_id": other["id"], "holder_post_id": post["id"], "scope": "Föra talan"}
    link = "https://example.se/mandat"
    await made("/mandates", given | {"valid_from": "2020-01-01", "document": link})
    await made("/pledges", own | {"what": "Lokaler", "due_on": day(3), "owner_post_id": post["id"]})
    await made("/leader-assignments", an_assignment(post, industry="Taxi"))
    council = await council_in(whole.councils, process_leader_post_id=post["id"])
    meeting = await meeting_in(whole.councils, council)
    basis = {"kind": "document", "label": "Rapporten", "url": "https://example.se/rapport"}
    decision = {"council_id": council["id"], "meeting_id": meeting["id"], "text": "Starta kurs",
                "decided_on": day(-7), "owner_post_id": post["id"], "basis": [basis]}  # fmt: skip
    await whole.councils.made("/decisions", decision)

    path = f"/befattningar/{post['id']}/overlamning"
    browser = await whole.browser("process_leader")
    shown = await browser.get(f"/befattningar/{post['id']}")
    assert path in [link.attributes["href"] for link in shown.all(".heading a")]
    page = await browser.get(path)
    assert page.h1 == "Överlämning: Utvecklare"

    def part(name: str) -> str:
        return page.text(f"[aria-labelledby={name}-heading]")

    for words, name in (
        ("Lämnade Exempelperson 1", "who"), ("Tar över Exempelperson 2", "who"),
        ("Ring Exempelkommun 2", "notes"), ("Exempelrådet", "open"), ("Lokaler", "open"),
        ("Skicka underlaget", "open"), ("Taxi", "leads"), ("Exempelkommun 2", "relations"),
        ("Ansträngd", "relations"), ("vi väntar på besked", "contacts"),
        ("Föra talan", "mandates"), (link, "documents"), ("Rapporten", "documents"),
    ):  # fmt: skip
        assert words in part(name), words
    talks = [one.text() for one in page.all("[aria-labelledby=contacts-heading] li")]
    assert ["de ringde" in one for one in talks] == [True, False], "the newest first"
    assert all("Exempelkommun 2" in one for one in talks), "with whom it was"
    assert page.one(".write-box.print-only")
    after = await browser.get(f"/personer/{person['id']}/slutat")
    assert after.status == 200
    visitor = await whole.browser("reader")
    reader = await visitor.get(path)
    assert "vi väntar på besked" not in reader.text()
    assert "Ring Exempelkommun 2" not in reader.text()
    assert "Anteckningar från" not in reader.text()
    opened = await visitor.get(f"/befattningar/{post['id']}")
    assert "Ring Exempelkommun 2" not in opened.text()


async def test_an_empty_hand_over_says_so(whole: Whole) -> None:
    post = await whole.post(await whole.actor())
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/befattningar/{post['id']}/overlamning")
    for said in (
        "Ingen har haft befattningen ännu",
        "Ingen har skrivit något",
        "inga relationer",
        "Ingen kontakt",
        "inget mandat",
        "Inga dokument",
        "väntar på befattningen",
    ):
        assert said in page.text(), said
    assert (await browser.get("/befattningar/nonsens/overlamning")).status == 404


async def test_what_a_leaver_left_leads_to_its_hand_over(whole: Whole) -> None:
    post, person = await whole.post(await whole.actor()), await whole.person()
    await whole.holding(post, person, "2020-01-01", day(-1))
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/personer/{person['id']}/slutat")
    hrefs = [link.attributes["href"] for link in page.all("main a")]
    assert f"/befattningar/{post['id']}/overlamning" in hrefs


async def test_what_hung_on_a_post_on_a_past_day_is_not_made_up(whole: Whole) -> None:
    actor, other = await whole.actor(1), await whole.actor(2)
    post = await whole.post(actor, function="process_leader")
    told = {"handover": "Exempel: ring ofta"}
    await whole.holding(post, await whole.person(), "2020-01-01", day(-1), **told)
    made, own = whole.actors.made, {"owner_post_id": post["id"]}
    given = {"issuer_actor_id": other["id"], "holder_post_id": post["id"], "scope": "Föra talan"}
    await made("/mandates", given | {"valid_from": "2020-01-01", "valid_to": day(20)})
    council = await council_in(whole.councils, process_leader_post_id=post["id"])
    basis = {"kind": "document", "label": "Rapporten", "url": "https://example.se/rapport"}
    decision = {"council_id": council["id"], "text": "Starta kurs", "decided_on": day(-7)}
    decision["meeting_id"] = (await meeting_in(whole.councils, council))["id"]
    await whole.councils.made("/decisions", decision | own | {"basis": [basis]})
    before = clock.now().isoformat().replace("+00:00", "Z")
    late = {"actor_id": actor["id"], "what": "Lokaler", "due_on": day(3)}
    await made("/pledges", late | own)
    took = {"noun": "council", "thing_id": council["id"], "what": "Exempel: sent övertagande"}
    await made("/takeovers", taken_by(post, **took))
    browser = await whole.browser("process_leader")
    for path in (f"/befattningar/{post['id']}", f"/befattningar/{post['id']}/overlamning"):
        past = (await browser.get(f"{path}?as_of={day(-100)}")).text("main")
        assert "Vad som hängde på befattningen då visas inte" in past, path
        for thing in (
            "Exempelrådet",
            "Lokaler",
            "Starta kurs",
            "Går ut snart",
            "Rapporten",
            "ring ofta",
        ):
            assert thing not in past, (path, thing)
        assert "Föra talan" in past
        known = (await browser.get(f"{path}?known_at={before}")).text("main")
        assert "Exempelrådet" in known
        assert "Går ut snart" in known
        for thing in ("Lokaler", "Exempel: sent övertagande", "visas inte"):
            assert thing not in known, (path, thing)
        for when in ("", f"?as_of={day(0)}", f"?as_of={day(1)}"):
            told = (await browser.get(f"{path}{when}")).text("main")
            assert "Lokaler" in told, (path, when)
            assert "visas inte" not in told, (path, when)


async def test_a_substitute_who_comes_covers_the_post_and_does_not_take_it_over(
    whole: Whole,
) -> None:
    post, covering = await whole.post(await whole.actor()), {"cover": "substitute"}
    await whole.holding(post, await whole.person(1), "2020-01-01", "2026-01-01")
    await whole.holding(post, await whole.person(2), "2199-01-01", "2199-07-01", **covering)
    browser = await whole.browser("process_leader")
    path = f"/befattningar/{post['id']}/overlamning"
    who = (await browser.get(path)).text("[aria-labelledby=who-heading]")
    assert "Vikarie Exempelperson 2 , 1 jan 2199–30 jun 2199" in who, who
    assert "Tar över Vakant Ingen är utsedd" in who
    await whole.holding(post, await whole.person(3), "2199-07-01")
    who = (await browser.get(path)).text("[aria-labelledby=who-heading]")
    assert "Tar över Exempelperson 3" in who
