"""Approvals: a respondent reads by a secret link, and approves, asks for changes, or withdraws."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from services.councils.approval import sending
from services.kit import clock
from tests.callers import ADMINISTRATOR, ANALYSIS, MEMBER, STRATEGIST, Signed
from tests.councils.builders import blamed
from tests.councils.called import Called, MailServer, house_of_two, link_in
from tests.councils.work import new_interview, typed

GAP = {"question_key": "hard_to_find", "gap": "Exempel: ingen söker", "quote": True}
OTHER = {"question_key": "introduction", "present": "Exempel: en fadder"}
TOKEN = "ett-exempel-som-ingen-gissar"
KEPT = sha256(TOKEN.encode()).hexdigest()
SHEET = f"/approval-sheets/{KEPT}"


@contextmanager
def in_days(days: int) -> Iterator[None]:
    """So many days later."""
    clock.fix(clock.now() + timedelta(days=days))
    try:
        yield
    finally:
        clock.fix(None)


async def sent_interview(councils: Signed, **more: Any) -> dict[str, Any]:
    """One with two answers that waits for its respondent."""
    interview = await new_interview(councils, **more)
    await typed(councils, interview, GAP, OTHER)
    found: dict[str, Any] = (await councils.post(f"/interviews/{interview['id']}/send")).json()
    return found


async def handed_over(councils: Signed, kept: str = KEPT, **more: Any) -> str:
    """A link to one, and the interview's address."""
    url = f"/interviews/{(await sent_interview(councils, **more))['id']}"
    made = await councils.made(f"{url}/approval-links", {"hash": kept})
    assert (made["state"], made["person_id"], made["revoked"]) == ("given", None, False)
    assert "hash" not in made
    return url


async def test_what_a_link_shows_and_to_whom(councils: Signed) -> None:
    await handed_over(councils)
    found = (await councils.by(ANALYSIS).get(SHEET)).json()
    assert (found["state"], found["company"], found["council"]) == ("open", None, None)
    assert found["consent_scope"] == "Svaren får användas i behovsanalysen"
    said = [(one["question_key"], one["gap"], one["present"]) for one in found["items"]]
    assert said == [
        ("introduction", None, OTHER["present"]),
        ("hard_to_find", GAP["gap"], None),
    ]
    other = sha256(b"annan").hexdigest()
    assert (await councils.by(ANALYSIS).get(f"/approval-sheets/{other}")).status_code == 404
    assert (await councils.by(ANALYSIS).get("/approval-sheets/x")).status_code == 404
    for caller in (ADMINISTRATOR, MEMBER, STRATEGIST):
        assert (await councils.by(caller).get(SHEET)).status_code == 403
        assert (await councils.by(caller).post(f"{SHEET}/withdraw")).status_code == 403


async def test_the_respondent_approves_what_was_read(councils: Signed) -> None:
    url = await handed_over(councils)
    door = councils.by(ANALYSIS)
    read = (await door.get(SHEET)).json()
    stale = await door.post(f"{SHEET}/approve", {"version": read["version"] - 1})
    assert blamed(stale) == (409, "version", "sheet_changed")
    given = {"version": read["version"]}
    assert (await door.post(f"{SHEET}/approve", given)).json()["state"] == "approved"
    interview = (await councils.get(url)).json()
    assert (interview["status"], interview["approved_way"]) == ("approved", "link")
    assert interview["approved_on"] == clock.today().isoformat()
    twice = await door.post(f"{SHEET}/approve", given)
    assert blamed(twice) == (409, "state", "sheet_approved")
    assert (await typed(councils, {"id": interview["id"]}, GAP))["status_code"] == 409, "locked"


async def test_a_correction_says_why_and_needs_approval_anew(councils: Signed) -> None:
    url = await handed_over(councils)
    door, reason = councils.by(ANALYSIS), {"reason": "Exempel: fel antal"}
    early = await councils.post(f"{url}/reopen", reason)
    assert blamed(early) == (409, "status", "wrong_status")
    await councils.post(f"{url}/approve")
    assert (await councils.get(url)).json()["approved_way"] == "noted"
    assert (await councils.post(f"{url}/reopen", {})).status_code == 422
    opened = (await councils.post(f"{url}/reopen", reason)).json()
    gone = [opened[name] for name in ("approved_on", "approved_way", "sent_on")]
    assert (opened["status"], opened["reopened_reason"], gone) == (
        "draft", "Exempel: fel antal", [None] * 3,
    )  # fmt: skip
    shown = (await door.get(SHEET)).json()
    assert (shown["state"], shown["items"]) == ("changing", []), "nobody reads half a sentence"
    done = await typed(councils, {"id": opened["id"]}, GAP | {"gap": "Exempel: två", "version": 1})
    assert done["status_code"] == 200
    await councils.post(f"{url}/send")
    shown = (await door.get(SHEET)).json()
    assert shown["state"] == "open", "the same link serves"
    assert "Exempel: två" in [one["gap"] for one in shown["items"]]


async def test_changes_are_asked_for_answer_by_answer(councils: Signed) -> None:
    url = await handed_over(councils)
    door = councils.by(ANALYSIS)
    version = (await door.get(SHEET)).json()["version"]
    ask = f"{SHEET}/want-changes"
    assert blamed(await door.post(ask, {"version": version})) == (422, "reason", "missing")
    wish = {"question_key": "hard_to_find", "text": "Exempel: det var två"}
    other = {"question_key": "norms_hiring", "text": "x"}
    wrong = await door.post(ask, {"version": version, "wishes": [wish, other]})
    assert blamed(wrong) == (422, "wishes.1.question_key", "unknown_question")
    done = await door.post(ask, {"version": version, "wishes": [wish], "reason": "Exempel: tack"})
    assert done.json()["state"] == "changing"
    interview = (await councils.get(url)).json()
    assert (interview["status"], interview["returned_reason"]) == ("draft", "Exempel: tack")
    answers = (await councils.get(f"{url}/answers")).json()["items"]
    assert {one["question_key"]: one["wish"] for one in answers} == {
        "introduction": None, "hard_to_find": "Exempel: det var två",
    }  # fmt: skip
    await councils.post(f"{url}/send")
    answers = (await councils.get(f"{url}/answers")).json()["items"]
    assert [one["wish"] for one in answers] == [None, None]
    assert (await councils.get(url)).json()["returned_reason"] is None


async def test_the_respondent_withdraws_also_when_the_link_has_lapsed(councils: Signed) -> None:
    url = await handed_over(councils)
    door = councils.by(ANALYSIS)
    with in_days(31):
        lapsed = (await door.get(SHEET)).json()
        assert (lapsed["state"], lapsed["items"]) == ("lapsed", [])
        given = await door.post(f"{SHEET}/approve", {"version": lapsed["version"]})
        assert blamed(given) == (409, "state", "sheet_lapsed")
        assert (await door.post(f"{SHEET}/withdraw")).json()["state"] == "withdrawn"
    interview = (await councils.get(url)).json()
    assert (interview["status"], interview["consent"]) == ("withdrawn", False)
    assert (await door.post(f"{SHEET}/withdraw")).status_code == 409


async def test_a_revoked_link_shows_nothing_and_takes_nothing(councils: Signed) -> None:
    url = await handed_over(councils)
    links = f"{url}/approval-links"
    (made,) = (await councils.get(links)).json()["items"]
    elsewhere = f"/interviews/{(await sent_interview(councils))['id']}/approval-links"
    assert (await councils.post(f"{elsewhere}/{made['id']}/revoke")).status_code == 404
    assert (await councils.post(f"{links}/{made['id']}/revoke")).json()["revoked"] is True
    door = councils.by(ANALYSIS)
    shown = (await door.get(SHEET)).json()
    assert (shown["state"], shown["items"]) == ("revoked", [])
    for verb, body in (("approve", {"version": shown["version"]}), ("withdraw", None)):
        refused = await door.post(f"{SHEET}/{verb}", body)
        assert blamed(refused) == (409, "state", "sheet_revoked")


async def test_only_what_was_sent_gets_a_link(councils: Signed) -> None:
    interview = await new_interview(councils)
    url = f"/interviews/{interview['id']}/approval-links"
    early = await councils.post(url, {"hash": KEPT})
    assert blamed(early) == (409, "status", "wrong_status")
    assert (await councils.post(url, {"hash": "kort"})).status_code == 422
    for caller in (ADMINISTRATOR, MEMBER, STRATEGIST):
        assert (await councils.by(caller).post(url, {"hash": KEPT})).status_code == 403
        assert (await councils.by(caller).get(url)).status_code == 403


async def test_neither_wishes_nor_reasons_nor_links_stand_in_the_ledger(councils: Signed) -> None:
    url = await handed_over(councils)
    door = councils.by(ANALYSIS)
    version = (await door.get(SHEET)).json()["version"]
    wish = {"question_key": "hard_to_find", "text": "Exempelönskan"}
    asked = {"version": version, "wishes": [wish], "reason": "Exempelskäl"}
    await door.post(f"{SHEET}/want-changes", asked)
    await councils.post(f"{url}/send")
    await councils.post(f"{url}/approve")
    await councils.post(f"{url}/reopen", {"reason": "Exempelrättelse"})
    async with councils.app.state.database.reading() as db:
        found = await db.scalar(text("SELECT string_agg(t::text, '') FROM ledger t"))
    for said in ("Exempelönskan", "Exempelskäl", "Exempelrättelse", KEPT):
        assert said not in found


@pytest.fixture
async def post() -> AsyncIterator[MailServer]:
    """A mail server."""
    async with MailServer() as server:
        yield server


@pytest.fixture
async def house(
    databases: Any, tmp_path: Path, monkeypatch: Any, post: MailServer
) -> AsyncIterator[Called]:
    """Two people of a council, each with a post."""
    async with house_of_two(databases, tmp_path, monkeypatch, **post.settings) as found:
        await found.plan()
        yield found


async def _with_a_respondent(house: Called, number: int = 0) -> dict[str, Any]:
    seat = house.seats[number]
    who = {"actor_id": seat["actor_id"], "respondent_post_id": seat["post_id"]}
    return await sent_interview(house.councils, council_id=house.council["id"], **who)


async def _beside(house: Called) -> int:
    """Everything that is due beside invitations, now; how many."""
    count = 0
    while await house.sender.beside[0]():
        count += 1
    return count


async def test_it_goes_by_e_mail_to_who_holds_the_post(house: Called, post: MailServer) -> None:
    interview = await _with_a_respondent(house)
    url = f"/interviews/{interview['id']}/approval-links"
    assert (await house.councils.get(url)).json()["recipient"] == {
        "person_id": house.people[0]["id"], "name": "Exempelperson 1",
        "email": "exempel1@exempel.se", "why_not": None,
    }  # fmt: skip
    made = await house.councils.made(url, {})
    assert (made["state"], made["person_id"]) == ("queued", house.people[0]["id"])
    assert await _beside(house) == 1
    (letter,) = post.taken
    assert (letter["To"], letter["Message-ID"]) == (
        "exempel1@exempel.se", f"<{made['id']}@kompetensnav>",
    )  # fmt: skip
    assert letter["Subject"] == "Läs och godkänn svaren från intervjun 1 mars 2026"
    body = letter.get_body(("plain",)).get_content()
    assert "ingen söker" not in body, "what was said is behind the link alone"
    assert "Exempelperson" not in body
    token = link_in(letter).rpartition("/")[2]
    kept = sha256(token.encode()).hexdigest()
    door = house.councils.by(ANALYSIS)
    shown = (await door.get(f"/approval-sheets/{kept}")).json()
    assert (shown["state"], shown["company"]) == ("open", "Exempelkommun 1")
    assert shown["council"] == house.council["name"]
    await door.post(f"/approval-sheets/{kept}/approve", {"version": shown["version"]})
    approved = (await house.councils.get(f"/interviews/{interview['id']}")).json()
    assert approved["approved_person_id"] == house.people[0]["id"]
    (link,) = (await house.councils.get(url)).json()["items"]
    assert (link["state"], link["tries"]) == ("sent", 1)


async def test_a_letter_that_did_not_go_is_tried_again(house: Called, post: MailServer) -> None:
    interview = await _with_a_respondent(house)
    url = f"/interviews/{interview['id']}/approval-links"
    await house.councils.made(url, {})
    post.answers = ["450 later", "hang up"]
    assert await _beside(house) == 1
    (link,) = (await house.councils.get(url)).json()["items"]
    assert (link["state"], link["last_error"]) == ("queued", "put_off")
    with in_days(1):
        assert await _beside(house) == 1
    (link,) = (await house.councils.get(url)).json()["items"]
    assert (link["state"], link["tries"]) == ("unsure", 2)


async def test_who_cannot_be_reached_gets_no_letter(house: Called, post: MailServer) -> None:
    await house.member(3, email=None)
    interview = await _with_a_respondent(house, 2)
    url = f"/interviews/{interview['id']}/approval-links"
    refused = await house.councils.post(url, {})
    assert blamed(refused) == (409, "respondent_post_id", "no_address")
    nobody = await sent_interview(house.councils)
    refused = await house.councils.post(f"/interviews/{nobody['id']}/approval-links", {})
    assert blamed(refused) == (409, "respondent_post_id", "no_post")
    queued = await _with_a_respondent(house)
    url = f"/interviews/{queued['id']}/approval-links"
    made = await house.councils.made(url, {})
    await house.councils.post(f"{url}/{made['id']}/revoke")
    await house.councils.post(f"/interviews/{queued['id']}/return", {"reason": "Exempel"})
    assert await _beside(house) == 0
    assert not post.taken


async def test_a_link_revoked_while_its_letter_is_tried_is_not_tried_again(
    house: Called, post: MailServer
) -> None:
    interview = await _with_a_respondent(house)
    url = f"/interviews/{interview['id']}/approval-links"
    made = await house.councils.made(url, {})
    database = house.councils.app.state.database
    async with database.writing(sending.SENDER) as db:
        taken = await sending._claim(db, TOKEN)
    await house.councils.post(f"{url}/{made['id']}/revoke")
    again = {"state": "queued", "next_try_at": clock.now()}
    async with database.writing(sending.SENDER) as db:
        await sending._settle(db, taken, again)
    assert await _beside(house) == 0
    assert not post.taken
