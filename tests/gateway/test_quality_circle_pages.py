"""The quality circle on pages: both halves together, time after time."""

from tests.councils.builders import council_in, day
from tests.gateway.whole import Whole

SEE_OTHER = 303


async def test_a_council_judges_itself_and_sees_both_halves_beside_the_time_before(
    whole: Whole,
) -> None:
    council = await council_in(whole.councils)
    marks = dict.fromkeys(("relations_mark", "thinking_mark", "acting_mark", "results_mark"), 2)
    first = {"council_id": council["id"], "judged_on": day(-300)} | marks
    await whole.councils.made("/quality-circles", first)
    browser = await whole.browser("process_leader")
    link = f"/kvalitetscirklar?council_id={council['id']}"
    page = await browser.get(f"/branschrad/{council['id']}")
    assert link in {one.attributes["href"] for one in page.all("main a")}
    begun = f"/kvalitetscirklar/ny?council_id={council['id']}"
    assert begun in {one.attributes["href"] for one in (await browser.get(link)).all("main a")}
    wrong = await browser.submit(begun, at="/kvalitetscirklar/ny", note="Exempel: enkät")
    assert (wrong.status, bool(wrong.error("relations_mark"))) == (422, True)
    assert wrong.fields()["note"] == ["Exempel: enkät"]
    typed = {"relations_mark": "4", "results_mark": "3", "answer_count": "9"}
    made = await browser.submit(begun, at="/kvalitetscirklar/ny", **typed)
    assert made.status == SEE_OTHER
    url = made.answer.headers["location"]
    shown = await browser.get(url)
    for told in ("tillit", "prestation", "visas inte", "Förra gången", "9 svarade"):
        assert told in shown.text("main").replace("\N{NO-BREAK SPACE}", " "), told
    assert len(shown.all("[aria-labelledby=series-heading] tbody tr")) == 2
    rows = await browser.get(f"{link}&judged_from={day(-30)}")
    assert len(rows.all("tbody tr")) == 1
    assert '"4"' in (await browser.http.get(f"/kvalitetscirklar.csv?judged_from={day(-9)}")).text
    assert (await browser.submit(f"{url}/andra", thinking_mark="5")).status == SEE_OTHER
    assert "5" in (await browser.get(url)).text("[aria-labelledby=series-heading] tbody")
    reader = await whole.browser("reader")
    assert not (await reader.get(url)).all(f'a[href="{url}/andra"]')
    assert (await reader.get("/kvalitetscirklar/ny")).status == 403
    assert "misstag" in (await browser.get(f"{url}/ta-bort")).text("main")
    gone = await browser.submit(f"{url}/ta-bort")
    assert gone.answer.headers["location"] == "/kvalitetscirklar"
    assert len((await browser.get(link)).all("tbody tr")) == 1
