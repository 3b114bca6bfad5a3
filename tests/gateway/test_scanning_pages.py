"""Scanning by page: seen, written, ended and taken back; what carries trends and challenges."""

from tests.analysis.test_challenge import a_challenge
from tests.analysis.test_scanning import a_signal, a_trend
from tests.councils.builders import council_in, day
from tests.gateway.test_analysis_pages import analysis_of
from tests.gateway.whole import Whole

SEE_OTHER = 303
SIGNALS, TRENDS, CHALLENGES = "/analys/omvarld", "/analys/trender", "/analys/utmaningar"


async def test_a_signal_is_written_found_ended_and_taken_back(whole: Whole) -> None:
    browser = await whole.browser("strategist")
    assert "Inga signaler ännu" in (await browser.get(SIGNALS)).text("main")
    typed = {"title": "Ny fabrik", "meaning": "Fler svetsare", "confidence": "low"}
    wrong = await browser.submit(f"{SIGNALS}/ny", **typed, expires_on=day(-1))
    assert wrong.status == 422
    assert wrong.error("source")
    assert wrong.error("expires_on")
    assert wrong.fields(f"{SIGNALS}/ny")["title"] == ["Ny fabrik"], "what was typed stays"
    said = typed | {"source": "Exempelbladet", "expires_on": day(10), "industries": "Trä"}
    made = await browser.submit(f"{SIGNALS}/ny", **said)
    assert made.status == SEE_OTHER
    url = made.answer.headers["location"]
    assert "Signaler att se över" in (await browser.get("/")).text("main")
    shown = await browser.get(url)
    assert "Går snart ut" in shown.text("main")
    assert "Exempelbladet" in shown.text("main")
    assert (await browser.submit(f"{url}/andra", meaning="Många svetsare")).status == SEE_OTHER
    assert "Ny fabrik" in (await browser.get(f"{SIGNALS}?q=svetsare&state=expires_soon")).text(
        "main"
    )
    none = await browser.get(f"{SIGNALS}?state=expired")
    assert "Inga signaler stämmer" in none.text("main")
    told = (await browser.http.get(f"{SIGNALS}.csv")).text
    assert "Många svetsare" in told
    assert "Låg" in told
    early = await browser.submit(f"{url}/avsluta", ended_on=day(1), ended_reason="Fel")
    assert (early.status, bool(early.error("ended_on"))) == (422, True)
    ended = await browser.submit(f"{url}/avsluta", ended_reason="Det blev inget")
    assert ended.status == SEE_OTHER
    assert "Det blev inget" in (await browser.get(url)).text("main")
    assert (await browser.submit(url, at=f"{url}/ta-tillbaka")).status == SEE_OTHER
    assert "Det blev inget" not in (await browser.get(url)).text("main")
    assert (await browser.submit(f"{url}/ta-bort")).status == SEE_OTHER
    assert "Inga signaler ännu" in (await browser.get(SIGNALS)).text("main")


async def test_a_trend_says_that_it_lost_its_ground(whole: Whole) -> None:
    analysis, browser = analysis_of(whole), await whole.browser("process_leader")
    signal = await analysis.made("/signals", a_signal(expires_on=day(-1)))
    other = await analysis.made("/signals", a_signal(title="Till"))
    wrong = await browser.submit(f"{TRENDS}/ny", title="Fler")
    assert wrong.status == 422
    for field in ("direction", "confidence", "confidence_reason", "expires_on"):
        assert wrong.error(field), field
    trend = await analysis.made("/trends", a_trend(signal))
    url = f"{TRENDS}/{trend['id']}"
    assert "har tappat sin grund" in (await browser.get(url)).text("main")
    assert "har tappat sin grund" not in (await browser.get(f"{url}?as_of={day(-2)}")).text("main")
    assert "Fler fabriker" in (await browser.get(f"{TRENDS}?ground=lost")).text("main")
    assert "Fler fabriker" in (await browser.get(f"{SIGNALS}/{signal['id']}")).text("main")
    assert (await browser.submit(f"{url}/andra", signal_ids=other["id"])).status == SEE_OTHER
    assert "har tappat sin grund" not in (await browser.get(url)).text("main")
    held = await browser.submit(f"{SIGNALS}/{other['id']}/ta-bort")
    assert held.answer.headers["location"].startswith(f"{SIGNALS}/{other['id']}")


async def test_what_bears_on_a_challenge_stands_with_its_days(whole: Whole) -> None:
    analysis, browser = analysis_of(whole), await whole.browser("process_leader")
    signal = await analysis.made("/signals", a_signal())
    made = await browser.submit(f"{CHALLENGES}/ny", title="Vem gör vad?", noted_on=day(-5))
    assert made.status == SEE_OTHER
    url = made.answer.headers["location"]
    neither = await browser.submit(f"{url}/koppla", bearing="Den visar det")
    assert (neither.status, bool(neither.error("signal_id"))) == (422, True)
    told = {"signal_id": signal["id"], "bearing": "Den visar det", "valid_from": day(-5)}
    early = await browser.submit(f"{url}/koppla", **told | {"valid_from": day(-6)})
    assert (early.status, "inte antecknad än" in early.error("valid_from")) == (422, True)
    assert (await browser.submit(f"{url}/koppla", **told)).status == SEE_OTHER
    assert "Den visar det" in (await browser.get(url)).text("main")
    assert "Vem gör vad?" in (await browser.get(f"{SIGNALS}/{signal['id']}")).text("main")
    link = (await analysis.get("/challenge-links")).json()["items"][0]
    edit = f"{url}/kopplingar/{link['id']}"
    assert (await browser.submit(edit, valid_to=day(-1))).status == SEE_OTHER
    assert "Tidigare" in (await browser.get(url)).text("main")
    assert "Tidigare" not in (await browser.get(f"{url}?as_of={day(-3)}")).text("main")
    assert (await browser.submit(f"{edit}/ta-bort")).status == SEE_OTHER
    assert (await browser.submit(f"{url}/andra", met_on=day(0))).status == SEE_OTHER
    assert "Mött" in (await browser.get(f"{CHALLENGES}?is_open=false")).text("main")
    assert (await browser.submit(f"{url}/ta-bort")).status == SEE_OTHER


async def test_all_read_and_staff_write(whole: Whole) -> None:
    analysis, reader = analysis_of(whole), await whole.browser("reader")
    signal = await analysis.made("/signals", a_signal())
    await analysis.made("/challenges", a_challenge())
    for path in (SIGNALS, f"{SIGNALS}/{signal['id']}", TRENDS, CHALLENGES):
        shown = await reader.get(path)
        assert shown.status == 200
        assert not [a for a in shown.all("main a") if str(a.attributes["href"]).endswith("/ny")]
    for path in (f"{SIGNALS}/ny", f"{TRENDS}/ny", f"{CHALLENGES}/ny"):
        assert (await reader.get(path)).status == 403
    found = await reader.get("/sok?q=fabrik")
    assert "Ny fabrik" in found.text("main")


async def test_a_council_leads_to_what_touches_its_industry(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    council = await council_in(whole.councils, industry="Trä")
    shown = await browser.get(f"/branschrad/{council['id']}")
    assert f"{TRENDS}?industry=Tr%C3%A4" in {a.attributes["href"] for a in shown.all("main a")}


async def test_my_day_leads_an_owner_to_just_their_own(whole: Whole) -> None:
    analysis, owner = analysis_of(whole), await whole.post(await whole.actor())
    person = await whole.person()
    await whole.holding(owner, person, day(-30))
    near = {"expires_on": day(10)}
    await analysis.made("/signals", a_signal(title="Min egen", owner_post_id=owner["id"], **near))
    await analysis.made("/signals", a_signal(title="En annans", **near))
    browser = await whole.browser("council_member", person_id=person["id"])
    (figure,) = [
        str(one.attributes["href"])
        for one in (await browser.get("/")).all("main a")
        if str(one.attributes["href"]).startswith(f"{SIGNALS}?")
    ]
    assert f"owner_post_id={owner['id']}" in figure
    shown = (await browser.get(figure)).text("main table")
    assert "Min egen" in shown
    assert "En annans" not in shown
