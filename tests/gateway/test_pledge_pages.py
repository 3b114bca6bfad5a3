"""Pledges on pages: listed, filed, delivered, and in the day of whoever is to see to them."""

from typing import Any

from tests.actors.test_pledge import a_pledge
from tests.councils.builders import day
from tests.gateway.signing_in import Browser, user
from tests.gateway.whole import Whole

SEE_OTHER = 303
WAITING = "[aria-labelledby=waiting-heading]"
Fact = dict[str, Any]


async def held_by_member(whole: Whole, actor: Fact) -> tuple[Fact, Browser]:
    """A post, and the browser of the council member who holds it."""
    post, person = await whole.post(actor, "Platschef"), await whole.person(4)
    await whole.holding(post, person, "2024-01-01")
    mail = "innehavare@exempel.se"
    await user(whole.app, "council_member", email=mail, person_id=person["id"])
    browser = Browser(whole.app)
    assert (await browser.sign_in(mail)).status == SEE_OTHER
    return post, browser


async def test_a_pledge_is_made_listed_and_delivered(whole: Whole) -> None:
    actor = await whole.actor()
    post = await whole.post(actor)
    browser = await whole.browser("process_leader")
    typed = {"actor_id": actor["id"], "what": "Exempel: en handledare",
             "owner_post_id": post["id"]}  # fmt: skip
    wrong = await browser.submit("/bidrag/nytt", **typed)
    assert (wrong.status, bool(wrong.error("due_on"))) == (422, True)
    assert wrong.fields()["owner_post_id"] == [post["id"]]
    assert (await browser.submit("/bidrag/nytt", **typed, due_on=day(-1))).status == SEE_OTHER
    await whole.actors.made("/pledges", a_pledge(actor, what="Exempel: lokal", due_on=day(9)))

    async def found(query: str) -> list[str]:
        page = await browser.get(f"/bidrag?{query}")
        return [one.text(strip=True) for one in page.all("tbody th a")]

    assert await found("") == ["Exempel: en handledare", "Exempel: lokal"]
    assert await found("overdue=true") == ["Exempel: en handledare"]
    assert await found("owned=false") == ["Exempel: lokal"]
    assert await found(f"actor_id={actor['id']}&open=false") == []
    table = (await browser.http.get("/bidrag.csv?overdue=true")).text
    assert ("handledare" in table, "lokal" in table) == (True, False)
    assert (await browser.http.get("/bidrag.xlsx")).content[:2] == b"PK"
    page = await browser.get(f"/aktorer/{actor['id']}")
    assert "Försenat" in page.text("[aria-labelledby=pledges-heading]")
    one = (await whole.actors.get("/pledges?overdue=true")).json()["items"][0]
    late = await browser.submit(f"/bidrag/{one['id']}/levererat", delivered_on=day(1))
    assert (late.status, bool(late.error("delivered_on"))) == (422, True)
    done = await browser.submit(f"/bidrag/{one['id']}/levererat", result="Exempel: Kim")
    assert done.status == SEE_OTHER
    assert await found("open=false") == ["Exempel: en handledare"]
    edited = await browser.submit(f"/bidrag/{one['id']}/andra", what="Exempel: två handledare")
    assert edited.status == SEE_OTHER
    assert await found("q=tv%C3%A5") == ["Exempel: två handledare"]


async def test_what_is_overdue_stands_in_the_day_of_its_owners_holder(whole: Whole) -> None:
    actor = await whole.actor()
    post, member = await held_by_member(whole, actor)
    own = await whole.actors.made("/pledges", a_pledge(actor, owner_post_id=post["id"]))
    for number in range(13):
        await whole.actors.made("/pledges", a_pledge(actor, what=f"Exempel {number}",
                                                     due_on=day(-30)))  # fmt: skip
    shown = (await member.get("/")).text(WAITING)
    assert "Ditt Exempel: en handledare" in shown, "others' older ones do not crowd it out"
    assert "Saknar ansvarig" in shown
    assert (await member.submit(f"/bidrag/{own['id']}/levererat")).status == SEE_OTHER
    assert "Exempel: en handledare" not in (await member.get("/")).text(WAITING)
    other = (await whole.actors.get("/pledges?owned=false")).json()["items"][0]
    assert (await member.get(f"/bidrag/{other['id']}/levererat")).status == 403
    assert f"/bidrag/{other['id']}/" not in (await member.get("/bidrag")).answer.text


async def test_a_pledge_hangs_on_its_post_and_on_an_actor_that_leaves(whole: Whole) -> None:
    actor = await whole.actor()
    post = await whole.post(actor)
    await whole.actors.made("/pledges", a_pledge(actor, owner_post_id=post["id"]))
    browser = await whole.browser("process_leader")
    assert "Exempel: en handledare" in (await browser.get(f"/befattningar/{post['id']}")).text()
    assert "1 åtagande utan ansvarig" in (await browser.get("/")).text("main").replace(
        "\N{NO-BREAK SPACE}", " "
    )
    asked = await browser.get(f"/aktorer/{actor['id']}/lamna")
    assert asked.text().count("Exempel: en handledare") <= 1
    look = await browser.submit(f"/aktorer/{actor['id']}/lamna", withdrawn_on=day(0), reason="Nytt")
    assert look.text().count("Exempel: en handledare") == 1
    assert "Har lovat bidrag" in look.text()
