"""Health checks on pages: a council judges itself, begins what is to be done, and looks again."""

from tests.councils.builders import a_seat, council_in, day
from tests.gateway.whole import Whole

SEE_OTHER = 303
MADE = "/halsokontroller/ny"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#results"}


async def test_a_council_judges_itself_and_is_reminded_to_look_again(whole: Whole) -> None:
    council = await council_in(whole.councils)
    actor = await whole.actor()
    post = await whole.post(actor, "Exempelrektor")
    seat = a_seat(council, actor_id=actor["id"], post_id=post["id"])
    await whole.councils.made("/seats", seat)
    browser = await whole.browser("process_leader")
    tab, begun = f"/branschrad/{council['id']}/halsokontroll", f"{MADE}?council_id={council['id']}"
    page = await browser.get(f"/branschrad/{council['id']}")
    assert tab in {one.attributes["href"] for one in page.all("main nav a")}
    page = await browser.get(tab)
    assert len(page.all("[aria-labelledby=criteria-heading] li")) == 8
    assert begun in {one.attributes["href"] for one in page.all("main a")}
    typed = {"findings.1.judgement": "partly", "findings.1.todo": "Fråga de nya"}
    wrong = await browser.submit(begun, at=MADE, **typed)
    assert (wrong.status, bool(wrong.error("findings.1.evidence"))) == (422, True)
    assert wrong.fields()["findings.1.todo"] == ["Fråga de nya"]
    typed |= {"findings.1.evidence": "Exempel: enkät", "findings.1.owner_post_id": post["id"]}
    days = {"reviewed_on": day(-60), "next_review_on": day(-10)}
    made = await browser.submit(begun, at=MADE, **typed, **days)
    assert made.status == SEE_OTHER
    url = made.answer.headers["location"]
    shown = (await browser.get(url)).text("main")
    for told in ("Håller delvis", "Exempel: enkät", "Fråga de nya", "Exempelrektor", "utgåva 1"):
        assert told in shown, told
    assert "Fråga de nya" in (await browser.get("/atgarder")).text("main")
    start = await browser.get("/")
    assert "Ny hälsokontroll" in start.text("main")
    assert begun in {one.attributes["href"] for one in start.all("main a")}
    assert "Förra gången: Håller delvis" in (await browser.get(begun)).text("main")
    again = await browser.submit(
        begun, at=MADE, **{"findings.1.judgement": "holds", "findings.1.evidence": "Exempel"}
    )
    assert again.status == SEE_OTHER
    assert "Ny hälsokontroll" not in (await browser.get("/")).text("main")
    series = await browser.get(tab)
    assert len(series.all("main tbody tr")) == 8
    assert [one.text().strip() for one in series.all("tbody tr:nth-child(2) td")] == [
        "Håller", "Håller delvis",
    ]  # fmt: skip
    rows = await browser.get(f"/halsokontroller?reviewed_until={day(-30)}")
    assert len(rows.all("tbody tr")) == 1
    part = await browser.http.get("/halsokontroller?overdue=true", headers=HTMX)
    assert "<html" not in part.text
    assert "stämmer med urvalet" in part.text
    assert "partly" in (await browser.http.get("/halsokontroller.csv")).text
    assert (await browser.submit(f"{url}/andra", note="Exempel: rättat")).status == SEE_OTHER
    assert "rättat" in (await browser.get(url)).text("main")
    assert len((await browser.get("/atgarder")).all("main tbody tr")) == 1, "nothing begun twice"
    reader = await whole.browser("reader")
    assert not (await reader.get(url)).all(f'a[href="{url}/andra"]')
    assert (await reader.get(MADE)).status == 403
    assert "misstag" in (await browser.get(f"{url}/ta-bort")).text("main")
    gone = await browser.submit(f"{url}/ta-bort")
    assert gone.answer.headers["location"] == "/halsokontroller"


async def test_what_was_typed_stays_where_the_council_cannot_be_read(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    token = (await browser.get(MADE)).fields()["csrf"][0]
    unread = await browser.http.post(MADE, data={"csrf": token, "council_id": "x", "note": "Kvar"})
    assert (unread.status_code, "Kvar" in unread.text) == (422, True)
