"""Charters on pages: the one in force as a tab of its council, and those before it."""

from tests.councils.builders import council_in, day
from tests.gateway.whole import Whole

SEE_OTHER = 303
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#results"}
MADE = "/uppdragsbeskrivningar/ny"


async def test_a_charter_is_written_followed_and_read_again(whole: Whole) -> None:
    council = await council_in(whole.councils, purpose="Samla branschen")
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/branschrad/{council['id']}")
    tab = f"/branschrad/{council['id']}/uppdragsbeskrivning"
    assert tab in {one.attributes["href"] for one in page.all("main nav a")}
    begun = f"{MADE}?council_id={council['id']}"
    assert begun in {one.attributes["href"] for one in (await browser.get(tab)).all("main a")}
    assert (await browser.get(begun)).fields()["purpose"] == ["Samla branschen"]
    wrong = await browser.submit(begun, at=MADE, purpose="", tasks="Exempel: träffas")
    assert (wrong.status, bool(wrong.error("purpose"))) == (422, True)
    assert wrong.fields()["tasks"] == ["Exempel: träffas"]
    typed = {"valid_from": day(-30), "decides_itself": "Exempel: vilka möten"}
    made = await browser.submit(begun, at=MADE, **typed)
    assert (made.status, made.answer.headers["location"]) == (SEE_OTHER, tab)
    shown = (await browser.get(tab)).text("main")
    for told in ("Gäller", "Det här beslutar rådet självt", "Exempel: vilka möten", "Inte skrivet"):
        assert told in shown, told
    later = await browser.submit(begun, at=MADE, decides_itself="Exempel: allt")
    assert later.status == SEE_OTHER, "it begins with the one before, from today"
    page = await browser.get(tab)
    assert "Exempel: allt" in page.text("main")
    versions = page.all("[aria-labelledby=versions-heading] li a")
    assert len(versions) == 2
    before = await browser.get(versions[1].attributes["href"] or "")
    assert "Har gällt" in before.text("main")
    assert "vilka möten" in before.text("main")
    assert '"Samla branschen"' in (await browser.http.get("/uppdragsbeskrivningar.csv")).text
    assert "Samla branschen" in (await browser.get("/uppdragsbeskrivningar?q=bransch")).text(
        "tbody"
    )
    assert "Uppdragsbeskrivningar" in (await browser.get("/sok?q=bransch")).text("#results")
    url = before.answer.url.path
    part = await browser.http.get("/uppdragsbeskrivningar?q=finnsinte", headers=HTMX)
    assert "<html" not in part.text
    assert "stämmer med urvalet" in part.text
    reader = await whole.browser("reader")
    assert not (await reader.get(url)).all(f'a[href="{url}/andra"]')
    assert (await reader.get(MADE)).status == 403


async def test_what_holds_is_changed_with_a_reason_and_withdrawn_and_not_removed(
    whole: Whole,
) -> None:
    council = await council_in(whole.councils)
    said = {"council_id": council["id"], "purpose": "Samla", "valid_from": day(-30)}
    charter = await whole.councils.made("/charters", said)
    browser = await whole.browser("process_leader")
    url = f"/uppdragsbeskrivningar/{charter['id']}"
    silent = await browser.submit(f"{url}/andra", tasks="Exempel: mer")
    assert (silent.status, silent.fields()["tasks"]) == (422, ["Exempel: mer"])
    assert "antagen eller har börjat" in silent.error("change_reason")
    told = {"tasks": "Exempel: mer", "change_reason": "Exempel: det fattades"}
    assert (await browser.submit(f"{url}/andra", **told)).status == SEE_OTHER
    kept = (await browser.get(url)).text("[aria-labelledby=amendments-heading]")
    assert "Exempel: det fattades" in kept
    assert "Ändrat: uppgifter" in kept
    assert "misstag" in (await browser.get(f"{url}/ta-bort")).text("main")
    unsaid = await browser.submit(f"{url}/ta-bort", withdrawn_reason=" ")
    assert (unsaid.status, bool(unsaid.error("withdrawn_reason"))) == (422, True)
    gone = await browser.submit(f"{url}/ta-bort", withdrawn_reason="Exempel: fel råd")
    assert gone.answer.headers["location"] == url
    kept = (await browser.get(url)).text("main")
    assert "Återkallad: Exempel: fel råd" in kept
    ahead = await whole.councils.made("/charters", said | {"valid_from": day(30)})
    url = f"/uppdragsbeskrivningar/{ahead['id']}"
    assert len((await browser.get("/uppdragsbeskrivningar")).all("tbody tr")) == 2
    gone = await browser.submit(f"{url}/ta-bort")
    assert gone.answer.headers["location"] == "/uppdragsbeskrivningar"
    assert len((await browser.get("/uppdragsbeskrivningar")).all("tbody tr")) == 1
