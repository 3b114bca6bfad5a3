"""The search: what is written in any collection is found, by those who may read it."""

import pytest

from tests.councils.builders import council_in, day
from tests.councils.test_selection import CHOOSER, a_selection
from tests.gateway.test_contact_pages import contact, two
from tests.gateway.test_people_pages import links
from tests.gateway.whole import Whole


async def test_mandates_trials_contacts_and_pledges_are_found(whole: Whole) -> None:
    ours, other = await two(whole)
    mandate = await whole.actors.made(
        "/mandates",
        {
            "issuer_actor_id": other["id"], "holder_actor_id": ours["id"],
            "scope": "Samordna snickare", "valid_from": day(-5), "valid_to": day(300),
        },
    )  # fmt: skip
    trial = await whole.actors.made(
        "/role-trials",
        {"actor_id": other["id"], "role": "Värd för snickare", "answer_by": day(9)},
    )
    said = await contact(whole, ours, other)
    await whole.actors.made(
        "/pledges", {"actor_id": ours["id"], "what": "Två snickare", "due_on": day(30)}
    )
    page = await (await whole.browser("process_leader")).get("/sok?q=snickare")
    assert {
        f"/mandat/{mandate['id']}", f"/rollprovningar/{trial['id']}", f"/kontakter/{said['id']}",
        f"/aktorer/{ours['id']}",
    } == links(page)  # fmt: skip
    headings = {one.text() for one in page.all("#results h2")}
    assert headings == {"Mandat", "Rollprövningar", "Dialog", "Bidrag"}
    assert "4 träffar" in page.text("#results")


async def test_selections_are_found_by_those_who_may_see_them(whole: Whole) -> None:
    chooser = await council_in(whole.councils, **CHOOSER)
    body = a_selection(chooser, title="Snickarnas val")
    made = await whole.councils.made("/selections", body)
    page = await (await whole.browser("reader")).get("/sok?q=snickarnas")
    assert links(page) == {f"/urval/{made['id']}"}
    assert {one.text() for one in page.all("#results h2")} == {"Urval av bransch"}
    member = await (await whole.browser("council_member")).get("/sok?q=snickarnas")
    assert "Inga träffar" in member.text("#results")


@pytest.mark.parametrize("asked", ["202100-2114", "2021002114", " 16202100-2114"])
async def test_an_actor_is_found_by_its_number(whole: Whole, asked: str) -> None:
    ours, other = await two(whole)
    numbered = {"name": "Numrerade AB", "kind": "company", "org_number": "202100-2114"}
    made = await whole.actors.made("/actors", numbered)
    browser = await whole.browser("reader")
    for path in ("/aktorer", "/sok"):
        page = await browser.get(f"{path}?q={asked}")
        shown = {link for link in links(page) if made["id"] in link}
        assert shown == {f"/aktorer/{made['id']}"}
        assert not [link for link in links(page) if ours["id"] in link or other["id"] in link]
    assert "Numrerade" in (await browser.http.get(f"/aktorer.csv?q={asked}")).text


async def test_who_types_no_marks_finds_what_has_them_after_what_is_written_so(
    whole: Whole,
) -> None:
    for name in ("Möbelriket i Exempel AB", "Xmobelriket AB"):
        await whole.actors.made("/actors", {"name": name, "kind": "company"})
    browser = await whole.browser("reader")
    for path in ("/aktorer", "/sok"):
        shown = (await browser.get(f"{path}?q=mobelriket")).text("main")
        assert 0 < shown.index("Xmobelriket AB") < shown.index("Möbelriket i Exempel AB"), path
        assert "Xmobelriket" not in (await browser.get(f"{path}?q=möbelriket")).text("main"), path


@pytest.mark.parametrize("role", ["reader", "council_member"])
async def test_what_was_said_is_found_by_nobody_else(whole: Whole, role: str) -> None:
    ours, other = await two(whole)
    await contact(whole, ours, other)
    page = await (await whole.browser(role)).get("/sok?q=snickare")
    assert "Inga träffar" in page.text("#results")


async def test_more_hits_than_are_shown_are_one_link_away(whole: Whole) -> None:
    ours, other = await two(whole)
    for _ in range(10):
        await contact(whole, ours, other)
    page = await (await whole.browser("process_leader")).get("/sok?q=snickare")
    (more,) = page.all('#results a[href^="/kontakter?"]')
    assert (more.text(), more.attributes["href"]) == ("och 2 till", "/kontakter?q=snickare")
