"""Session plans on pages: a meeting is laid out, and it is told whose voices were heard."""

from tests.actors.test_method import a_method
from tests.councils.builders import at, council_in, meeting_in
from tests.gateway.whole import Whole

SEE_OTHER = 303


async def test_a_meeting_is_laid_out_and_it_is_told_who_was_heard(whole: Whole) -> None:
    council = await council_in(whole.councils)
    meeting = await meeting_in(whole.councils, council)
    coming = await meeting_in(whole.councils, council, starts_at=at(9), status="planned")
    method = await whole.actors.made("/methods", a_method(name="Rundan"))
    post = await whole.post(await whole.actor(), "Processledare")
    browser = await whole.browser("process_leader")
    begun = next(
        href
        for one in (await browser.get(f"/moten/{meeting['id']}")).all("main a")
        if "/motesupplagg/nytt?" in (href := one.attributes["href"] or "")
    )
    typed = {"aim": "Enas", "parts.0.length_minutes": "20", "parts.0.what": "Runda",
             "parts.0.how": "Alla en gång", "method_ids": method["id"],
             "facilitator_post_id": post["id"]}  # fmt: skip
    wrong = await browser.submit(begun, at="/motesupplagg/nytt", **typed | {"aim": ""})
    assert (wrong.status, bool(wrong.error("aim"))) == (422, True)
    assert wrong.fields()["parts.0.what"] == ["Runda"]
    made = await browser.submit(begun, at="/motesupplagg/nytt", **typed)
    assert made.status == SEE_OTHER
    url = made.answer.headers["location"]
    shown = await browser.get(url)
    for told in ("Alla en gång", "20", "Rundan", "Processledare", "Berätta hur det gick"):
        assert told in shown.text("main")
    assert url in {one.attributes["href"] for one in (
        await browser.get(f"/moten/{meeting['id']}")).all("main a")}  # fmt: skip
    heard = {"voices.0.side": "employers", "voices.0.present": "4", "voices.0.spoke": "5"}
    wrong = await browser.submit(f"{url}/andra", **heard)
    assert wrong.status == 422
    assert wrong.error("voices.0.spoke"), wrong.errors
    heard |= {"voices.0.spoke": "3", "voices.1.side": "education", "voices.1.present": "2"}
    told = await browser.submit(f"{url}/andra", **heard, **{"voices.1.spoke": "0"})
    assert told.status == SEE_OTHER
    balance = (await browser.get(url)).text("[aria-labelledby=voices-heading]")
    assert "3 av 6 talade" in balance
    assert "Ingen hördes: Utbildning" in balance

    async def found(query: str) -> int:
        return len((await browser.get(f"/motesupplagg?{query}")).all("tbody tr"))

    assert await found(f"told=true&method_id={method['id']}&council_id={council['id']}") == 1
    assert await found(f"facilitator_post_id={post['id']}&q=enas") == 1
    assert await found("told=false") == 0
    assert "Enas" in (await browser.http.get("/motesupplagg.csv?told=true")).text
    kept = await browser.submit(f"/metoder/{method['id']}/ta-bort")
    assert kept.status == SEE_OTHER
    assert (await whole.actors.get(f"/methods/{method['id']}")).status_code == 200
    chosen = await browser.get("/motesupplagg/nytt")
    assert coming["id"] in {one.attributes["value"] for one in chosen.all("option")}
    assert not chosen.all('[name="voices.0.side"]'), "it is told afterwards"
    reader = await whole.browser("reader")
    assert not (await reader.get(url)).all(f'a[href="{url}/andra"]')
    assert (await reader.get(f"{url}/ta-bort")).status == 403
    assert "försvinner" in (await browser.get(f"{url}/ta-bort")).text("main")
    gone = await browser.submit(f"{url}/ta-bort")
    assert gone.answer.headers["location"] == "/motesupplagg"
    assert await found("") == 0
