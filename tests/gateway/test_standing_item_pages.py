"""Standing items on pages: on every agenda of a council, with what ambassadors carried there."""

from tests.actors.test_carried_issue import an_issue
from tests.councils.builders import at, council_in, day, meeting_in
from tests.gateway.whole import Whole

SEE_OTHER = 303


async def test_what_ambassadors_carried_stands_at_the_councils_standing_item(
    whole: Whole,
) -> None:
    council = await council_in(whole.councils)
    planned = {"status": "planned", "starts_at": at(9)}
    meeting = await meeting_in(whole.councils, council, **planned)
    post = await whole.post(await whole.actor(), "Kommunchef")
    there = {"to_body": None, "to_council_id": council["id"]}
    answered = {"reply": "Ja", "replied_on": day(-2)}
    for issue, more in (("Fler platser", {}), ("Redan klart", answered)):
        await whole.actors.made("/carried-issues", an_issue(post, **there, issue=issue, **more))
    browser = await whole.browser("process_leader")
    shown = await browser.get(f"/branschrad/{council['id']}")
    link = f"/staende-punkter?council_id={council['id']}"
    assert link in {one.attributes["href"] for one in shown.all("main a")}
    begun = next(
        href
        for one in (await browser.get(link)).all("main a")
        if "/staende-punkter/ny?" in (href := one.attributes["href"] or "")
    )
    typed = {"title": "Burna frågor", "takes_carried_issues": "true"}
    wrong = await browser.submit(begun, at="/staende-punkter/ny", **typed, valid_to=day(-9))
    assert (wrong.status, bool(wrong.error("valid_to"))) == (422, True)
    assert wrong.fields()["council_id"] == [council["id"]]
    made = await browser.submit(begun, at="/staende-punkter/ny", **typed)
    assert made.status == SEE_OTHER
    url = made.answer.headers["location"]
    for path, card in ((url, "waiting"), (f"/moten/{meeting['id']}", "agenda")):
        told = (await browser.get(path)).text(f"[aria-labelledby={card}-heading]")
        assert ("Fler platser" in told, "Redan klart" in told) == (True, False), path
    assert "Rådsmöte" in (await browser.get(url)).text("[aria-labelledby=meetings-heading]")

    async def found(query: str) -> int:
        return len((await browser.get(f"/staende-punkter?{query}")).all("tbody tr"))

    assert await found("takes_carried_issues=true&in_force=true&q=burna") == 1
    assert await found("kind=decision") == 0
    assert "Burna" in (await browser.http.get("/staende-punkter.csv?in_force=true")).text
    renamed = await browser.submit(f"{url}/andra", title="Från ambassadörerna", kind="discussion")
    assert renamed.status == SEE_OTHER
    agenda = "[aria-labelledby=agenda-heading]"
    assert "Från ambassadörerna" in (await browser.get(f"/moten/{meeting['id']}")).text(agenda)
    item = (await whole.councils.get(f"/meetings/{meeting['id']}/agenda-items")).json()["items"][0]
    noted = await browser.submit(f"/dagordning/{item['id']}", minutes="Exempel: tas vidare")
    assert noted.status == SEE_OTHER
    held = await browser.submit(f"{url}/ta-bort")
    assert held.answer.headers["location"] == url
    assert "slutdatum" in (await browser.get(url)).text(), "what a meeting had is given an end"
    other = {"council_id": council["id"], "title": "Av misstag", "valid_from": day(0)}
    mistake = await whole.councils.made("/standing-items", other)
    gone = await browser.submit(f"/staende-punkter/{mistake['id']}/ta-bort")
    assert gone.answer.headers["location"] == "/staende-punkter"
    assert "Av misstag" not in (await browser.get(f"/moten/{meeting['id']}")).text(agenda)
    reader = await whole.browser("reader")
    page = await reader.get(url)
    assert not page.all(f'a[href="{url}/andra"]')
    assert (await reader.get("/staende-punkter/ny")).status == 403
