"""Ambassadors on pages: who they are on a day, what they carried, and what was answered."""

from tests.actors.test_carried_issue import an_issue
from tests.councils.builders import council_in, day
from tests.gateway.whole import Whole

SEE_OTHER = 303
CARD = "[aria-labelledby=carried-heading]"


async def test_an_ambassador_carries_an_issue_and_has_an_answer(whole: Whole) -> None:
    giver, other = await whole.actor(1), await whole.actor(2)
    post, person = await whole.post(other, "Kommunchef"), await whole.person(1)
    await whole.holding(post, person, "2024-01-01")
    given = {"issuer_actor_id": giver["id"], "holder_actor_id": other["id"], "scope": "Bära frågan"}
    given |= {"valid_from": "2024-01-01", "ambassador_post_ids": [post["id"]]}
    mandate = await whole.actors.made("/mandates", given)
    browser = await whole.browser("process_leader")
    form = f"/burna-fragor/ny?mandate_id={mandate['id']}&ambassador_post_id={post['id']}"
    typed = {"issue": "Exempel: fler platser", "carried_on": day(-9)}
    wrong = await browser.submit(form, at="/burna-fragor/ny", **typed)
    assert (wrong.status, bool(wrong.error("to_actor_id"))) == (422, True)
    assert wrong.fields()["mandate_id"] == [mandate["id"]]
    placed = await browser.submit(form, at="/burna-fragor/ny", **typed, to_body="Exempel: KS")
    assert placed.answer.headers["location"] == f"/mandat/{mandate['id']}"
    shown = (await browser.get(f"/mandat/{mandate['id']}")).text(CARD)
    assert "Exempel: fler platser Inget svar" in shown
    for page in (f"/befattningar/{post['id']}", f"/befattningar/{post['id']}/overlamning"):
        assert "Exempel: fler platser" in (await browser.get(page)).text(CARD), page
    await whole.actors.made("/carried-issues", an_issue(post, issue="Annat", carried_on=day(-1)))
    rows = (await browser.get("/ambassadorer")).text("tbody")
    for told in ("Kommunchef", "Exempelperson 1", "Bära frågan", "Annat"):
        assert told in rows
    assert not (await browser.get("/ambassadorer?as_of=2023-01-01")).all("tbody tr")
    (one,) = (await whole.actors.get("/carried-issues?q=platser")).json()["items"]
    edit = f"/burna-fragor/{one['id']}/andra"
    told = {"reply": "Exempel: tas upp i budgeten", "replied_on": day(-2)}
    assert (await browser.submit(edit, **told)).status == SEE_OTHER

    async def found(query: str) -> int:
        return len((await browser.get(f"/burna-fragor?{query}")).all("tbody tr"))

    assert await found("answered=true") == 1
    assert await found(f"answered=true&as_of={day(-3)}") == 0
    assert await found(f"mandate_id={mandate['id']}&q=budgeten") == 1
    assert "budgeten" in (await browser.http.get("/burna-fragor.csv?answered=true")).text
    assert "fler platser" in (await browser.get("/sok?q=platser")).text("main")
    gone = await browser.submit(f"/burna-fragor/{one['id']}/ta-bort")
    assert gone.status == SEE_OTHER
    assert await found("") == 1
    reader = await whole.browser("reader")
    assert "Annat" in (await reader.get(f"/befattningar/{post['id']}")).text(CARD)
    assert not (await reader.get("/burna-fragor")).all('a[href$="/andra"]')


async def test_ambassadors_are_narrowed_sorted_and_taken_away_as_a_file(whole: Whole) -> None:
    giver, other = await whole.actor(1), await whole.actor(2)
    posts = [await whole.post(one, f"Chef {n}") for n, one in enumerate((giver, other, other), 1)]
    await whole.holding(posts[0], await whole.person(1), "2024-01-01")
    given = {"issuer_actor_id": giver["id"], "holder_actor_id": other["id"], "scope": "Bära frågan"}
    given |= {"valid_from": "2024-01-01", "ambassador_post_ids": [one["id"] for one in posts]}
    await whole.actors.made("/mandates", given)
    council = await council_in(whole.councils)
    to_it = {"to_body": None, "to_council_id": council["id"], "issue": "Till rådet"}
    answered = {"reply": "Ja", "replied_on": day(-2), "carried_on": day(-3)}
    for post, more in ((posts[1], to_it), (posts[1], answered), (posts[2], answered)):
        await whole.actors.made("/carried-issues", an_issue(post, **more))
    browser = await whole.browser("reader")

    async def found(query: str) -> list[str]:
        rows = (await browser.get(f"/ambassadorer?{query}")).all("tbody th a")
        return [one.text(strip=True) for one in rows]

    assert await found("") == ["Chef 2", "Chef 3", "Chef 1"], "who has carried most first"
    assert await found("sort=title") == ["Chef 1", "Chef 2", "Chef 3"]
    assert await found("sort=-waiting") == ["Chef 2", "Chef 1", "Chef 3"]
    assert await found(f"actor_id={giver['id']}") == ["Chef 1"]
    assert await found(f"council_id={council['id']}") == ["Chef 2"]
    assert await found("carried=waiting") == ["Chef 2"]
    assert await found("carried=answered&vacant=true") == ["Chef 3"]
    assert await found("carried=nothing") == await found("vacant=false") == ["Chef 1"]
    assert await found("q=exempelkommun 2 R%C3%85DET") == ["Chef 2"]
    assert await found(f"carried=waiting&as_of={day(-3)}&page=9") == ["Chef 2", "Chef 3"]
    assert "Inga ambassadörer stämmer" in (await browser.get("/ambassadorer?q=saknas")).text("main")
    file = (await browser.http.get("/ambassadorer.csv?carried=waiting")).text
    assert ("Chef 2" in file, "Chef 3" in file, "Exempelperson" in file) == (True, False, False)
    assert (await browser.http.get("/ambassadorer.pdf")).status_code == 404
