"""Copies on pages: what comes along, what not, and whom the texts name."""

from tests.councils.builders import a_seat, council_in, day
from tests.gateway.whole import Whole

SEE_OTHER = 303


async def test_a_council_is_begun_from_another_without_its_names(whole: Whole) -> None:
    actor, other = await whole.actor(1), await whole.actor(2)
    post = await whole.post(actor, "Exempelrektor")
    person = await whole.person()
    await whole.holding(post, person, "2020-01-01")
    council = await council_in(
        whole.councils, leader_actor_ids=[actor["id"]], purpose="Exempelkommun 1:s samling"
    )
    seat = a_seat(council, actor_id=actor["id"], post_id=post["id"])
    await whole.councils.made("/seats", seat)
    charter = {"council_id": council["id"], "valid_from": day(-9), "purpose": "Samla branschen"}
    charter |= {"minutes_by": "Exempelperson 1", "tasks": "Exempelrektorn frågar"}
    await whole.councils.made("/charters", charter)
    browser = await whole.browser("process_leader")
    url = f"/branschrad/{council['id']}/kopiera"
    page = await browser.get(f"/branschrad/{council['id']}")
    assert url in {one.attributes["href"] for one in page.all("main a")}
    page = await browser.get(url)
    shown = page.text("main").replace("\N{NO-BREAK SPACE}", " ")
    for told in (
        "ledamot 1", "inga möten", "[namn]: Exempelkommun 1:s", "[namn]: Exempelperson 1",
        "[namn]: Exempelrektorn",
    ):  # fmt: skip
        assert told in shown, told
    assert page.fields()["texts.0.text"] == ["[namn] samling"]
    assert page.fields()["texts.2.text"] == ["[namn] frågar"]
    typed = {"name": "Exempelrådet för trä", "industry": "Trä", "leader_actor_ids": other["id"]}
    texts = {"texts.0.text": "En samling", "texts.2.text": "", "texts.3.text": "Exempelperson 1"}
    wrong = await browser.submit(url, **typed, **texts)
    assert wrong.status == 422
    assert "nämner någon" in wrong.error("texts.3.text")
    assert not wrong.all('[id="f-texts.0.text-wrong"]')
    assert wrong.fields()["texts.0.text"] == ["En samling"]
    made = await browser.submit(url, **typed, **texts, **{"texts.3.confirmed": "true"})
    assert made.status == SEE_OTHER
    new = made.answer.headers["location"]
    page = await browser.get(new)
    for told in ("En samling", "Föreslaget", "Exempelkommun 2"):
        assert told in page.text("main"), told
    facts = page.text("[aria-labelledby=facts-heading]")
    assert "Exempelkommun 1" not in facts
    charter = (await browser.get(f"{new}/uppdragsbeskrivning")).text("main")
    assert "Ledamot: 1" in charter
    assert "Exempelperson 1" in charter, "confirmed"
    assert "frågar" not in charter, "left out"
    reader = await whole.browser("reader")
    assert (await reader.get(url)).status == 403


async def test_who_held_a_post_before_and_others_of_the_registry_are_taken_too(
    whole: Whole,
) -> None:
    actor = await whole.actor(1)
    post = await whole.post(actor, "Exempelrektor")
    await whole.holding(post, await whole.person(name="Exempla Björk"), "2015-01-01", "2020-01-01")
    await whole.person(name="Exempel Lind")
    for name in ("ABC", "Nordanvind"):
        await whole.actors.made("/actors", {"name": name, "kind": "company"})
    council = await council_in(
        whole.councils, leader_actor_ids=[actor["id"]],
        purpose="Lind frågar ABC, abc. Björk och berg används. Samla björk i exempla björks anda. "
        "Vi ringer Nordanvind, för nordanvind vet.",
    )  # fmt: skip
    seat = a_seat(council, actor_id=actor["id"], post_id=post["id"])
    await whole.councils.made("/seats", seat)
    told = (await whole.councils.get(f"/councils/{council['id']}/copy")).json()
    (text,) = told["texts"]
    expected = "[namn] frågar [namn], [namn]. [namn] och berg används. Samla björk i [namn] anda."
    assert text["proposed"] == f"{expected} Vi ringer [namn], för [namn] vet."
    names = ["ABC", "Björk", "Lind", "Nordanvind", "abc", "exempla björks", "nordanvind"]
    assert text["names"] == names
