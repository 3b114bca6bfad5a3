"""The method library and the competence profile on pages."""

from tests.actors.test_competence_profile import TRUST, a_profile
from tests.actors.test_method import a_method
from tests.councils.builders import day
from tests.gateway.looking import Page
from tests.gateway.signing_in import Browser
from tests.gateway.whole import Whole

SEE_OTHER = 303


async def mended(browser: Browser, shown: Page, url: str) -> Page:
    """A use is noted otherwise; the method's page after that."""
    hrefs = [str(a.attributes["href"]) for a in shown.all("main a")]
    edit = next(one for one in hrefs if one.endswith("/andra") and "/anvandningar/" in one)
    late = await browser.submit(edit, used_on=day(1))
    assert (late.status, bool(late.error("used_on"))) == (422, True)
    said = (await browser.get(edit)).fields()["note"][0]
    done = await browser.submit(edit, note=f"{said}, rättat")
    assert done.answer.headers["location"] == url
    shown = await browser.get(url)
    assert shown.text("main").count(", rättat") == 1
    return shown


async def test_a_method_is_found_printed_used_and_retired(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    typed = {"name": "Rundan", "purpose": "Alla hörs", "how_to": "Ett.\r\n\r\nTvå."}
    wrong = await browser.submit("/metoder/ny", **typed, group_from="9", group_to="2")
    assert wrong.status == 422
    assert wrong.error("steps")
    made = await browser.submit("/metoder/ny", **typed, steps="meeting")
    assert made.status == SEE_OTHER
    await whole.actors.made("/methods", a_method(name="Glappet", steps=["gap_analysis"]))

    async def found(query: str) -> list[str]:
        page = await browser.get(f"/metoder?{query}")
        return [one.text(strip=True) for one in page.all("tbody th a")]

    assert await found("retired=") == ["Glappet", "Rundan"]
    assert await found("step=meeting&q=h%C3%B6rs") == ["Rundan"]
    paper = await browser.get("/metoder/utskrift?step=meeting")
    assert "Två." in paper.text("main")
    assert "Glappet" not in paper.text("main")
    assert "Glappet" not in (await browser.http.get("/metoder.csv?step=meeting")).text
    one = (await whole.actors.get("/methods?step=meeting")).json()["items"][0]
    assert one["how_to"] == "Ett.\n\nTvå."
    url = f"/metoder/{one['id']}"
    strategist = await whole.browser("strategist")
    late = await strategist.submit(url, at=f"{url}/anvand", used_on=day(1))
    assert (late.status, bool(late.error("used_on"))) == (422, True)
    for note in ("Exempel: med taxi", "Exempel: av misstag"):
        noted = await strategist.submit(url, at=f"{url}/anvand", note=note)
        assert noted.status == SEE_OTHER
    shown = await strategist.get(url)
    shown = await mended(strategist, shown, url)
    assert "2 gånger" in shown.text("main").replace("\N{NO-BREAK SPACE}", " ")
    assert "av misstag" not in (await browser.get(f"{url}?as_of={day(-1)}")).text("main")
    ask = next(
        href
        for a in shown.all("main a")
        if (href := str(a.attributes["href"])).endswith("/ta-bort")
    )
    assert "av misstag" in (await strategist.get(ask)).text("main")
    assert (await strategist.submit(ask)).status == SEE_OTHER
    assert "1 gång" in (await browser.get(url)).text("main").replace("\N{NO-BREAK SPACE}", " ")
    asked = await browser.get(f"{url}/fasa-ut")
    assert "av misstag" not in asked.text("main"), "what has been used is not removed"
    assert (await browser.submit(f"{url}/fasa-ut", retired_on=day(1))).status == SEE_OTHER
    assert await found("") == ["Glappet", "Rundan"]
    assert await found(f"as_of={day(1)}") == ["Glappet"]
    assert await found(f"retired=true&as_of={day(1)}") == ["Rundan"]
    back = await browser.submit(url, at=f"{url}/ta-tillbaka")
    assert back.status == SEE_OTHER
    assert (await browser.submit(f"{url}/andra", name="Rundan igen")).status == SEE_OTHER
    assert "Rundan igen" in (await browser.get("/sok?q=rundan")).text("main")
    other = (await whole.actors.get("/methods?step=gap_analysis")).json()["items"][0]
    url = f"/metoder/{other['id']}"
    gone = await browser.submit(f"{url}/ta-bort")
    assert gone.status == SEE_OTHER
    assert await found("") == ["Rundan igen"]


async def test_a_profile_is_written_published_copied_and_compared(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    rows = {"requirements.0.text": "Bygger förtroende", "requirements.0.kind": "skill",
            "requirements.0.weight": "required", "requirements.0.own_reading": "true",
            "requirements.0.project": "Exempelprojektet"}  # fmt: skip
    wrong = await browser.submit("/kompetensprofil/ny", **rows | {"requirements.0.kind": ""})
    assert (wrong.status, bool(wrong.error("requirements.0.kind"))) == (422, True)
    assert (await browser.submit("/kompetensprofil/ny", **rows)).status == SEE_OTHER
    one = (await whole.actors.get("/competence-profiles")).json()["items"][0]
    url = f"/kompetensprofil/{one['id']}"
    shown = await browser.get(url)
    assert "Vår tolkning" in shown.text("[aria-labelledby=skill-heading]")
    assert "ändra" in (await browser.get(f"{url}/publicera")).text("main")
    assert (await browser.submit(f"{url}/publicera")).status == SEE_OTHER
    said = {"requirements.0.conclusion": "Det tar tid"}
    edited = await browser.submit(f"{url}/andra", **said)
    assert edited.status == SEE_OTHER, "nothing is published without what it is drawn from"
    assert (await browser.submit(f"{url}/publicera")).status == SEE_OTHER
    assert (await browser.get(f"{url}/andra")).status == SEE_OTHER
    assert (await browser.submit(url, at=f"{url}/ny-version")).status == SEE_OTHER
    copy = (await whole.actors.get("/competence-profiles?status=draft")).json()["items"][0]
    assert (copy["edition"], copy["requirements"][0]["project"]) == (2, "Exempelprojektet")
    said = a_profile(TRUST | {"weight": "desirable"}, TRUST | {"text": "Håller ihop"})
    changed = await whole.actors.put(f"/competence-profiles/{copy['id']}", said, version=1)
    assert changed.status_code == 200
    for pair in (f"{one['id']}/jamfor/{copy['id']}", f"{copy['id']}/jamfor/{one['id']}"):
        page = await browser.get(f"/kompetensprofil/{pair}")
        told = [row.text(separator=" ", strip=True) for row in page.all("tbody tr")]
        assert [("Ändrat" in row, "Nytt" in row) for row in told] == [(True, False), (False, True)]
    edit = f"/kompetensprofil/{copy['id']}/andra"
    assert (await browser.submit(edit, **{"requirements.0.dropped": "true"})).status == SEE_OTHER
    left = (await whole.actors.get("/competence-profiles?status=draft")).json()["items"][0]
    assert [one["text"] for one in left["requirements"]] == ["Håller ihop"]
    gone = await browser.submit(f"/kompetensprofil/{copy['id']}/ta-bort")
    assert gone.status == SEE_OTHER
    listed = await browser.get("/kompetensprofil")
    assert [row.text(strip=True) for row in listed.all("tbody th a")] == ["Version 1"]
    assert "Bygger" in (await browser.http.get("/kompetensprofil.csv")).text
