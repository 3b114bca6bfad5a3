"""Pages about fast tracks, and the seats that they make."""

from tests.councils.builders import at, day
from tests.councils.test_fast_track import a_fast_track
from tests.councils.work import a_need
from tests.gateway.whole import Whole


async def test_fast_tracks_stand_beside_each_other(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    assert "Inga snabbspår ännu" in (await browser.get("/snabbspar")).text("main")
    actor = await whole.actor(1)
    told = a_fast_track(leader_actor_ids=[actor["id"]], invited_actor_ids=[])
    made = await whole.councils.made("/councils/fast-track", told)
    page = await browser.get("/snabbspar")
    assert "dag 2" in page.text("tbody")
    assert "pågår, dag 12" in page.text("tbody")
    assert "Inget avslutat snabbspår" in page.text("main")
    table = await browser.http.get("/snabbspar.csv")
    assert table.text.lstrip("\ufeff").startswith('"Råd","Bransch","Yrke"')
    assert made["council_id"] not in table.text, "names, where the service has ids"
    assert all(
        one.attributes.get("data-label") for one in page.all("tbody tr:last-child td.num")
    ), "a narrow screen has no headings"
    assert (await browser.get("/snabbspar.pdf")).status == 404
    shown = await browser.get(f"/branschrad/{made['council_id']}")
    assert "2 dagar efter steget före" in shown.text("main")
    assert shown.all('main a[href="/snabbspar"]')
    assert "Platserna fyllda återstår" in " ".join(shown.text("main").split())
    past = {"convened_on": day(-7), "ends_on": day(-1), "name": "Exempelrådet"}
    past["meeting"] = told["meeting"] | {"starts_at": at(-5)}
    await whole.councils.made("/councils/fast-track", told | past)
    assert "3,5 dagar" in (await browser.get("/snabbspar")).text("tbody"), "between 2 and 5"
    (ends,) = [one for one in (await browser.get("/")).all("li") if "Slut" in one.text()]
    assert "Slutdatum passerat Exempelrådet" in " ".join(ends.text().split())
    met = {"met_on": day(0), "evidence": "Exempel"}
    await whole.councils.made(f"/needs/{made['need_id']}/meet", met)
    shown = await browser.get(f"/branschrad/{made['council_id']}")
    assert "Platserna fyllda nåddes inte" in " ".join(shown.text("main").split())


async def test_an_acute_need_begins_a_fast_track_that_keeps_it(whole: Whole) -> None:
    actor, browser = await whole.actor(1), await whole.browser("process_leader")
    facts = {"occupation_code": "8321", "headcount_per_year": 12}
    need = await whole.councils.made("/needs", a_need(urgency="acute", **facts))
    calm = await whole.councils.made("/needs", a_need())
    begin = 'main a[href^="/branschrad/tillfalligt"]'
    assert not (await browser.get(f"/behov/{calm['id']}")).all(begin)
    path = (await browser.get(f"/behov/{need['id']}")).one(begin).attributes["href"] or ""
    page = await browser.get(path)
    fields = page.fields("/branschrad/tillfalligt")
    assert ("8321" in fields["signal.occupation_code"][0], fields["signal.headcount"]) == (
        True,
        ["12"],
    )
    assert "Behovet behålls" in page.text("main")
    told: dict[str, object] = {
        "signal.occupation_name": "Exempelförare", "signal.needed_by": day(90),
        "signal.source": "Exempelföretag 1", "name": "Exempelrådet", "industry": "Taxi",
        "purpose": "Exempel", "ends_on": day(90), "leader_actor_ids": actor["id"],
        "meeting.starts_at": f"{day(2)}T09:00", "meeting.place": "Skövde",
    }  # fmt: skip
    wrong = await browser.send("/branschrad/tillfalligt", **fields | told | {"name": ""})
    assert wrong.fields("/branschrad/tillfalligt")["need_id"] == [need["id"]]
    done = await browser.send("/branschrad/tillfalligt", **fields | told)
    assert done.status == 303
    (signal,) = (await whole.councils.get("/shortage-signals")).json()["items"]
    assert signal["need_id"] == need["id"]
    assert len((await whole.councils.get("/needs")).json()["items"]) == 2
    again = await browser.send(
        "/branschrad/tillfalligt",
        **(await browser.get(path)).fields("/branschrad/tillfalligt") | told,
    )
    council = again.answer.headers["location"].partition("?")[0]
    shown = (await browser.get(council)).text("[aria-labelledby=needs-heading]")
    assert "Larmet gäller det, och det hör till ett annat råd" in shown
    refused = await browser.submit(f"{council}/avsluta", reason="goal_met")
    assert refused.error("reason") == "Målet är inte nått än. Rådet har 1 öppet behov."
    assert refused.all(f'main a[href="/behov/{need["id"]}"]')


async def test_a_seat_gets_a_post_so_that_somebody_can_be_called(whole: Whole) -> None:
    actor = await whole.actor(1)
    post = await whole.post(actor)
    await whole.holding(post, await whole.person(), "2020-01-01")
    told = a_fast_track(leader_actor_ids=[actor["id"]], invited_actor_ids=[])
    made = await whole.councils.made("/councils/fast-track", told)
    browser = await whole.browser("process_leader")
    (seat,) = made["seat_ids"]
    path = f"/platser/{seat}/andra"
    council = f"/branschrad/{made['council_id']}"
    assert (await browser.get(council)).all(f'main a[href="{path}"]')
    offered = (await browser.get(path)).all('select[name="post_id"] option')
    assert [one.attributes["value"] for one in offered] == ["", post["id"]]
    wrong = await browser.submit(path, post_id=actor["id"])
    assert (wrong.status, bool(wrong.error("post_id"))) == (422, True)
    await browser.submit(path, post_id=post["id"], role="member")
    shown = await browser.get(council)
    assert "Platsen är ändrad." in shown.text()
    stored = (await whole.councils.get(f"/seats/{seat}")).json()
    assert (stored["post_id"], stored["role"]) == (post["id"], "member")


async def test_a_signal_is_put_right_and_says_what_stood_before(whole: Whole) -> None:
    actor = await whole.actor(1)
    told = a_fast_track(leader_actor_ids=[actor["id"]], invited_actor_ids=[])
    made = await whole.councils.made("/councils/fast-track", told)
    browser, council = await whole.browser("process_leader"), f"/branschrad/{made['council_id']}"
    (link,) = (await browser.get(council)).all('main a[href^="/larm/"]')
    path = str(link.attributes["href"])
    wrong = await browser.submit(path, headcount="")
    assert (wrong.status, bool(wrong.error("headcount"))) == (422, True)
    assert "Före det stod det" not in wrong.text("main")
    assert (await browser.submit(path, headcount="7")).status == 303
    shown = (await browser.get(council)).text("[aria-labelledby=clock-heading]")
    assert "Larm om brist på 7 " in shown
    assert "Larmet är rättat" in shown
    assert f"Före det stod det: {told['signal']['headcount']} " in (await browser.get(path)).text()
    reader = await whole.browser("reader")
    assert not (await reader.get(council)).all('main a[href^="/larm/"]')
