"""Invitations: who gets one, that each goes once, and what becomes of those that do not go."""

import asyncio
from collections.abc import AsyncIterator
from email import message_from_bytes
from email.policy import default
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from services.councils.invitation.sending import Sender
from services.kit.mail import NotSent
from tests.callers import ANALYSIS, LEADER, MEMBER, READER, municipality
from tests.councils.builders import at, blamed, day
from tests.councils.called import Called, MailServer, event_in, house_of_two, link_in


@pytest.fixture
async def post() -> AsyncIterator[MailServer]:
    """A mail server."""
    async with MailServer() as server:
        yield server


@pytest.fixture
async def called(
    databases: Any, tmp_path: Path, monkeypatch: Any, post: MailServer
) -> AsyncIterator[Called]:
    """Two people of a council that has planned a meeting."""
    async with house_of_two(databases, tmp_path, monkeypatch, **post.settings) as found:
        await found.plan()
        yield found


async def test_it_is_told_who_is_called_and_why_others_are_not(called: Called) -> None:
    await called.member(3, email=None)
    await called.member(4, email="vacant")
    await called.member(5, email=None, post=False)
    found = (await called.councils.get(f"{called.url}/recipients")).json()["items"]
    told = [(one["name"], one["email"], one["why_not"]) for one in found]
    assert told == [
        ("Exempelperson 1", "exempel1@exempel.se", None),
        ("Exempelperson 2", "exempel2@exempel.se", None),
        ("Exempelperson 3", None, "no_address"),
        (None, None, "vacant"),
        (None, None, "no_post"),
    ]
    assert len(await called.call()) == 2
    found = (await called.councils.get(f"{called.url}/recipients")).json()["items"]
    assert [one["called"] for one in found] == [True, True, False, False, False]


async def test_a_letter_goes_once_however_often_it_is_asked_for(
    called: Called, post: MailServer
) -> None:
    await asyncio.gather(called.call(), called.call())
    await called.call()
    other = Sender(called.councils.app.state, called.sender.mail, "http://exempel")
    turns = await asyncio.gather(*(one.send_one() for one in (called.sender, other) * 3))
    assert sum(turns) == 2
    await called.call()
    assert await called.send_all() == 0
    assert [one[1] for one in post.envelopes] in (
        [["exempel1@exempel.se"], ["exempel2@exempel.se"]],
        [["exempel2@exempel.se"], ["exempel1@exempel.se"]],
    )
    assert await called.states() == ["sent", "sent"]
    letters = {f"<{one['id']}@kompetensnav>" for one in await called.letters()}
    assert {one["Message-ID"] for one in post.taken} == letters
    attendances = await called.councils.get(f"/attendances?meeting_id={called.meeting['id']}")
    assert [one["answer"] for one in attendances.json()["items"]] == ["unknown", "unknown"]


async def test_what_stands_in_a_letter(called: Called, post: MailServer) -> None:
    for title in ("Läget", "Behov av svetsare"):
        point = {"meeting_id": called.meeting["id"], "title": title}
        await called.councils.made("/agenda-items", point)
    await called.led_by(called.seats[0]["post_id"])
    await called.call()
    await called.send_all()
    message = next(one for one in post.taken if "exempel1@" in one["To"])
    method, event = event_in(message)
    assert (message["From"], message["Subject"]) == (
        "kompetensnav@exempel.se",
        "Kallelse: Rådsmöte",
    )
    assert (method, event["UID"], event["SEQUENCE"]) == (
        "REQUEST", f"{called.meeting['id']}@kompetensnav", 1,
    )  # fmt: skip
    assert event["ATTENDEE"] == "mailto:exempel1@exempel.se"
    said = event["ATTENDEE"].params
    assert (said["PARTSTAT"], said["RSVP"]) == ("NEEDS-ACTION", "FALSE")
    whole = message.as_string()
    assert "exempel2@" not in whole
    assert "Exempelperson" not in whole, "nobody's name leaves the house"
    body = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "Plats: Exempelgatan 1" in body
    assert "mötet" in body
    assert "(Acceptera) når svaret inte" in body
    assert "Dagordning hittills:\n1. Läget\n2. Behov av svetsare\n" in body
    assert f"Avsändare: {called.council['name']}, genom Exempelpost 1" in body
    preview = (await called.councils.get(f"{called.url}/recipients")).json()["letter"]
    assert preview["subject"] == message["Subject"]
    assert preview["text"] == body.replace(link_in(message), "(mottagarens egen länk)")
    assert post.bytes[0].isascii(), "every server takes it"


async def test_another_name_time_or_place_is_told(called: Called, post: MailServer) -> None:
    await called.call()
    await called.send_all()
    await called.change(title="Rådsmöte i höst")
    assert await called.send_all() == 2
    changed = await called.change(place="Exempelgatan 2")
    assert await called.send_all() == 2
    method, event = event_in(post.taken[-1])
    assert (method, event["SEQUENCE"]) == ("REQUEST", changed["version"])
    assert post.taken[-1]["Subject"] == "Ändrad kallelse: Rådsmöte i höst"
    assert str(event["LOCATION"]) == "Exempelgatan 2"
    cancelled = await called.change(status="cancelled")
    assert await called.send_all() == 2
    method, event = event_in(post.taken[-1])
    assert (method, event["STATUS"], event["SEQUENCE"]) == (
        "CANCEL", "CANCELLED", cancelled["version"],
    )  # fmt: skip
    assert "/svar/" not in post.taken[-1].as_string()
    assert await called.send_all() == 0
    await called.change(status="planned")
    assert await called.send_all() == 2
    assert event_in(post.taken[-1])[0] == "REQUEST"
    body = post.taken[-1].get_body(("plain",)).get_content()
    assert "blir av, trots tidigare besked" in body, "nothing of it has changed"
    assert "ändrats" not in body


async def test_what_has_not_gone_gives_way_to_what_is_so_now(
    called: Called, post: MailServer
) -> None:
    await called.call()
    await called.change(place="Exempelgatan 2")
    assert await called.states() == ["skipped", "skipped", "queued", "queued"]
    await called.change(status="cancelled")
    assert await called.send_all() == 0, "who was never called is not told that it is off"
    assert post.taken == []


async def test_a_closed_council_tells_that_its_meetings_are_off(
    called: Called, post: MailServer
) -> None:
    await called.call()
    await called.send_all()
    closing = {"closed_on": day(0), "reason": "expired", "result": "Inget"}
    await called.councils.made(f"/councils/{called.council['id']}/close", closing)
    assert await called.send_all() == 2
    assert event_in(post.taken[-1])[0] == "CANCEL"
    await called.councils.made(f"/councils/{called.council['id']}/reopen", {"reason": "Fel"})
    assert await called.send_all() == 2
    assert event_in(post.taken[-1])[0] == "REQUEST"


async def test_who_is_refused_waits_for_a_person(called: Called, post: MailServer) -> None:
    post.answers = ["rcpt 550 No such user here", "250 OK"]
    await called.call()
    assert await called.send_all() == 2
    failed = next(one for one in await called.letters() if one["state"] == "failed")
    assert (failed["last_error"], failed["next_try_at"]) == ("refused", None)
    url = f"{called.url}/invitations/{failed['id']}/send-again"
    assert (await called.councils.post(url)).json()["state"] == "queued"
    assert blamed(await called.councils.post(url)) == (409, "state", "not_failed")
    other = url.replace(called.meeting["id"], called.council["id"])
    assert (await called.councils.post(other)).status_code == 404
    assert await called.send_all() == 1
    assert await called.states() == ["sent", "sent"]


async def test_nobody_sends_another_letter_or_to_others_than_they_read(called: Called) -> None:
    url = f"{called.url}/invitations"

    async def mark() -> Any:
        return (await called.councils.get(f"{called.url}/recipients")).json()["mark"]

    read = await mark()
    await called.change(place="Exempelgatan 2")
    refused = await called.councils.post(url, {"mark": read})
    assert blamed(refused) == (409, "mark", "call_changed")
    read = await mark()
    await called.member(3, email="exempel3@exempel.se")
    refused = await called.councils.post(url, {"mark": read})
    assert blamed(refused) == (409, "mark", "call_changed")
    assert await called.letters() == []
    sent = await called.councils.made(url, {"mark": await mark()})
    assert len(sent["items"]) == 3
    assert (await called.councils.post(url, {"mark": await mark()})).is_success


async def test_who_is_put_off_is_tried_again_later(called: Called, post: MailServer) -> None:
    post.answers = ["451 Not now", "rcpt 450 Busy"]
    await called.call()
    assert await called.send_all() == 2
    assert await called.states() == ["queued", "queued"]
    assert {one["last_error"] for one in await called.letters()} == {"put_off"}
    await _sooner(called)
    post.answers = ["mail 451 Not now"] * 2
    assert await called.send_all() == 2
    assert {one["last_error"] for one in await called.letters()} == {"put_off"}
    assert await called.send_all() == 0, "not at once"
    await _sooner(called)
    assert await called.send_all() == 2
    assert await called.states() == ["sent", "sent"]
    assert len(post.taken) == 2


async def _sooner(called: Called, column: str = "next_try_at") -> None:
    async with called.councils.app.state.database.writing(LEADER) as db:
        await db.execute(text(f"UPDATE invitation SET {column} = {column} - interval '1 day'"))  # noqa: S608


async def test_no_server_at_all_loses_nothing(called: Called, post: MailServer) -> None:
    await called.call()
    called.sender.mail.settings.smtp_port = 9
    assert await called.send_all() == 2
    assert {one["last_error"] for one in await called.letters()} == {"unreachable"}
    called.sender.mail.settings.smtp_port = post.port
    await _sooner(called)
    assert await called.send_all() == 2
    assert await called.states() == ["sent", "sent"]


async def test_a_server_that_is_slow_before_it_takes_a_letter_has_none(
    called: Called, post: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.kit.mail.MOST_SECONDS", 0.3)
    post.answers = ["rcpt slow"]
    await called.call()
    assert await called.send_all() == 2
    states = [(one["state"], one["last_error"]) for one in await called.letters()]
    assert sorted(states, key=str) == [("queued", "unreachable"), ("sent", None)]
    await _sooner(called)
    assert await called.send_all() == 1
    assert (await called.states(), len(post.taken)) == (["sent", "sent"], 2)


async def test_nothing_travels_open_where_it_should_be_closed(
    called: Called, post: MailServer
) -> None:
    await called.call()
    called.sender.mail.settings.smtp_tls = "starttls"
    assert await called.send_all() == 2, "a server that offers no TLS gets nothing"
    assert {one["last_error"] for one in await called.letters()} == {"unreachable"}
    assert post.taken == []


async def test_where_nobody_says_whether_it_was_taken_nothing_is_doubled(
    called: Called, post: MailServer
) -> None:
    post.answers = ["rcpt 450 Busy", "hang up"]
    await called.call()
    assert await called.send_all() == 2
    post.answers = ["hang up"]
    await _sooner(called)
    assert await called.send_all() == 1
    await _sooner(called)
    assert await called.send_all() == 0
    letters = await called.letters()
    assert [(one["state"], one["last_error"]) for one in letters] == [("unsure", None)] * 2
    unsure = letters[0]
    assert len(post.taken) == 2
    await called.councils.made(f"{called.url}/invitations/{unsure['id']}/send-again", None)
    assert await called.send_all() == 1
    copies = [one["Message-ID"] for one in post.taken]
    assert copies.count(f"<{unsure['id']}@kompetensnav>") == 2, "known as the same letter"


async def test_a_program_that_dies_between_sending_and_saying_so_doubles_nothing(
    called: Called, post: MailServer, monkeypatch: Any
) -> None:
    async def dies(*_: Any) -> None:
        raise SystemError

    await called.call()
    with monkeypatch.context() as patched:
        patched.setattr("services.councils.invitation.claims.settle", dies)
        with pytest.raises(SystemError):
            await called.sender.send_one()
    assert len(post.taken) == 1
    assert await called.send_all() == 1, "the other one"
    assert sorted(await called.states()) == ["sending", "sent"]
    await _sooner(called, "claimed_until")
    assert await called.send_all() == 0
    assert sorted(await called.states()) == ["sent", "unsure"]
    assert len(post.taken) == 2


async def test_a_person_who_is_gone_or_has_no_address_gets_nothing(
    called: Called, post: MailServer
) -> None:
    await called.call()
    person = called.people[0]
    body = {"name": person["name"], "email": None}
    await called.actors.put(f"/people/{person['id']}", body, version=person["version"])
    assert await called.send_all() == 2
    assert len(post.taken) == 1
    errors = {one["last_error"] for one in await called.letters()}
    assert errors == {None, "no_address"}


@pytest.mark.parametrize(
    ("email", "error"),
    [("ex,empel@exempel.se", None), ("(x)@exempel.se", None), ("åsa@exempel.se", "bad_address"),
     ("asa@räksmörgås.se", None)],
)  # fmt: skip
async def test_strange_addresses(
    called: Called, post: MailServer, email: str, error: str | None
) -> None:
    """One that no mail can be sent to fails; what may be sent to one goes to nobody else."""
    person = called.people[0]
    body = {"name": person["name"], "email": email}
    done = await called.actors.put(f"/people/{person['id']}", body, version=person["version"])
    assert done.status_code == 200
    await called.call()
    assert await called.send_all() == 2
    found = {one["last_error"] for one in await called.letters() if one["last_error"]}
    assert found == ({error} if error else found)
    assert all(len(to) == 1 for _, to in post.envelopes)


HOSTILE = 'Möte; med, allt\\n "citat" END:VEVENT ATTACH:http://ont.exempel/x <b>å</b> ' + "x" * 90


async def test_a_hostile_title_stays_a_title(called: Called, post: MailServer) -> None:
    await called.change(title=HOSTILE, place=HOSTILE[:100])
    async with called.councils.app.state.database.writing(LEADER) as db:
        nasty = "Möte\r\nBcc: ont@exempel.se\r\n\r\nEND:VEVENT\r\nATTACH:http://ont.exempel"
        await db.execute(text("UPDATE meeting SET place = :nasty"), {"nasty": nasty})
        await db.execute(text("UPDATE meeting SET title = title || :nasty"), {"nasty": nasty})
    await called.call()
    assert await called.send_all() == 2
    for message in post.taken:
        assert message["Bcc"] is None
        assert "\n" not in message["Subject"]
        _, event = event_in(message)
        assert event.get("ATTACH") is None
        assert str(event["SUMMARY"]).startswith("Möte; med, allt")
    assert all(len(to) == 1 for _, to in post.envelopes)


async def test_no_letter_to_a_meeting_that_has_begun_is_off_or_is_held(called: Called) -> None:
    await called.change(starts_at=at(-1), ends_at=None)
    sent = await called.councils.post(f"{called.url}/invitations")
    assert blamed(sent) == (409, "starts_at", "has_begun")
    await called.change(status="held")
    sent = await called.councils.post(f"{called.url}/invitations")
    assert blamed(sent) == (409, "status", "not_planned")


async def test_whom_the_association_writes_to_is_for_its_staff(called: Called) -> None:
    (letter, _) = await called.call()
    for caller in (READER, MEMBER, municipality("1472", "read", "write", "personal")):
        other = called.councils.by(caller)
        for url in (f"{called.url}/recipients", f"{called.url}/invitations"):
            assert (await other.get(url)).status_code in {403, 404}, url
        for url in (f"{called.url}/invitations", f"{called.url}/invitations/{letter['id']}/revoke"):
            assert (await other.post(url)).status_code in {403, 404}, url


async def test_a_link_is_answered_until_the_meeting_begins(
    called: Called, post: MailServer
) -> None:
    await called.call()
    await called.send_all()
    token = link_in(post.taken[0]).rpartition("/")[2]
    assert len(token) >= 43
    door = called.councils.by(ANALYSIS)
    url = f"/reply-links/{sha256(token.encode()).hexdigest()}"
    assert (await called.councils.get(url)).status_code == 403, "for the door alone"
    before = await _head(called)
    shown = (await door.get(url)).json()
    assert (shown["state"], shown["answer"], shown["title"]) == ("open", "unknown", "Rådsmöte")
    assert await _head(called) == before, "looking changes nothing"
    given = {"answer": "substitute", "substitute": "Exempelperson 9"}
    for wrong in ({"answer": "substitute"}, {"answer": "unknown"}, {"answer": "maybe"}):
        assert (await door.post(f"{url}/reply", wrong)).status_code == 422, wrong
    assert (await door.post(f"{url}/reply", given)).json()["substitute"] == "Exempelperson 9"
    assert (await door.post(f"{url}/reply", given)).status_code == 200
    listed = f"/attendances?meeting_id={called.meeting['id']}&answer=substitute"
    (noted,) = (await called.councils.get(listed)).json()["items"]
    assert noted["substitute"] == "Exempelperson 9"
    (less,) = (await called.councils.by(READER).get(listed)).json()["items"]
    assert less["substitute"] is None, "a name is personal"
    await called.change(status="cancelled")
    assert (await door.get(url)).json()["state"] == "cancelled"
    assert blamed(await door.post(f"{url}/reply", given)) == (409, "answer", "link_cancelled")
    await called.change(status="planned", starts_at=at(-1), ends_at=at(1))
    assert (await door.get(url)).json()["state"] == "begun"
    assert blamed(await door.post(f"{url}/reply", given)) == (409, "answer", "link_begun")
    await called.change(status="planned", starts_at=at(-2), ends_at=None)
    assert (await door.get(url)).json()["state"] == "over"
    for strange in ("00", "zz", sha256(b"annat").hexdigest()):
        assert (await door.get(f"/reply-links/{strange}")).status_code == 404


async def test_a_revoked_link_takes_no_answer_and_tells_of_no_change(
    called: Called, post: MailServer
) -> None:
    await called.call()
    await called.send_all()
    token = link_in(post.taken[0]).rpartition("/")[2]
    mine = next(one for one in await called.letters() if one["id"] in post.taken[0]["Message-ID"])
    await called.councils.made(f"{called.url}/invitations/{mine['id']}/revoke", None)
    door = called.councils.by(ANALYSIS)
    url = f"/reply-links/{sha256(token.encode()).hexdigest()}"
    assert (await door.get(url)).json()["state"] == "revoked"
    refused = await door.post(f"{url}/reply", {"answer": "yes"})
    assert blamed(refused) == (409, "answer", "link_revoked")
    await called.change(place="Exempelgatan 2")
    assert await called.send_all() == 1


async def test_no_address_and_no_token_stands_in_log_or_ledger(
    called: Called, post: MailServer, capfd: Any
) -> None:
    post.answers = ["rcpt 550 exempel1@exempel.se is not known"]
    await called.call()
    await called.send_all()
    token = link_in(post.taken[0]).rpartition("/")[2]
    url = f"/reply-links/{sha256(token.encode()).hexdigest()}/reply"
    given = {"answer": "substitute", "substitute": "Exempelperson 9"}
    assert (await called.councils.by(ANALYSIS).post(url, given)).status_code == 200
    async with called.councils.app.state.database.engine.begin() as db:
        ledger = str((await db.execute(text("SELECT * FROM ledger"))).all())
        kept = str((await db.execute(text("SELECT * FROM reply_link"))).all())
    logged = capfd.readouterr().err
    for secret in ("@exempel.se", token, "Exempelperson"):
        assert secret not in ledger
        assert secret not in logged
        assert secret not in kept
    assert "invitation" in ledger


async def _head(called: Called) -> Any:
    async with called.councils.app.state.database.reading() as db:
        return await db.scalar(text("SELECT max(seq) FROM ledger"))


async def test_without_a_server_letters_lie_in_a_folder(
    databases: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    async with house_of_two(databases, tmp_path, monkeypatch) as found:
        await found.plan()
        await found.call()
        assert await found.send_all() == 2
        letters = sorted((tmp_path / "mail").iterdir())
        assert [one.name for one in letters] == sorted(
            f"{one['id']}.eml" for one in await found.letters()
        )
        for one in letters:
            assert one.stat().st_mode & 0o077 == 0
            message = message_from_bytes(one.read_bytes(), policy=default)
            assert event_in(message)[0] == "REQUEST"


def test_passwords_do_not_travel_open_between_machines(tmp_path: Path) -> None:
    from services.kit.mail import mail_of  # noqa: PLC0415
    from services.kit.settings import Settings  # noqa: PLC0415

    told = {"smtp_host": "mail.exempel.se", "smtp_tls": "none", "data_dir": tmp_path}
    with pytest.raises(RuntimeError, match="SMTP_TLS"):
        mail_of(Settings(**told))


async def test_a_letter_that_is_not_so_any_more_does_not_go_again(
    called: Called, post: MailServer
) -> None:
    post.answers = ["rcpt 550 No such user here", "250 OK"]
    await called.call()
    await called.send_all()
    failed = next(one for one in await called.letters() if one["state"] == "failed")
    assert failed["may_go_again"]
    await called.change(status="cancelled")
    again = f"{called.url}/invitations/{failed['id']}/send-again"
    assert blamed(await called.councils.post(again)) == (409, "state", "not_failed")
    assert await called.send_all() == 1, "who was never reached is not told that it is off"
    assert not any(one["may_go_again"] for one in await called.letters())
    await called.change(status="planned")
    assert await called.send_all() == 2
    kinds = sorted(str(one["Subject"]) for one in post.taken[-2:])
    assert kinds == ["Kallelse: Rådsmöte", "Mötet blir av: Rådsmöte"]
    await called.change(place="Exempelgatan 2")
    post.answers = ["hang up"]
    await called.send_all()
    unsure = next(one for one in await called.letters() if one["state"] == "unsure")
    await called.change(place="Exempelgatan 3")
    await called.send_all()
    again = f"{called.url}/invitations/{unsure['id']}/send-again"
    assert blamed(await called.councils.post(again)) == (409, "state", "not_failed")


async def test_a_call_that_was_on_its_way_while_its_meeting_was_cancelled_is_not_tried_again(
    called: Called, post: MailServer, monkeypatch: Any
) -> None:
    await called.call()
    with monkeypatch.context() as patched:

        async def meanwhile(*_: Any) -> None:
            await called.change(status="cancelled")
            raise NotSent("put_off", again=True)

        patched.setattr(called.sender.mail, "send", meanwhile)
        await called.sender.send_one()
    await _sooner(called)
    await called.send_all()
    assert [event_in(one)[0] for one in post.taken] == ["CANCEL"]


async def test_who_has_left_the_post_answers_no_more_and_gets_nothing_more(
    called: Called, post: MailServer
) -> None:
    await called.call()
    await called.send_all()
    mine = next(one for one in post.taken if "exempel1@" in one["To"])
    token = link_in(mine).rpartition("/")[2]
    url = f"/reply-links/{sha256(token.encode()).hexdigest()}"
    door = called.councils.by(ANALYSIS)
    await called.hand_over(0, "exempel9@exempel.se")
    assert (await door.get(url)).json()["state"] == "left"
    refused = await door.post(f"{url}/reply", {"answer": "yes"})
    assert blamed(refused) == (409, "answer", "link_left")
    await called.call()
    assert await called.send_all() == 1
    new = link_in(post.taken[-1]).rpartition("/")[2]
    theirs = f"/reply-links/{sha256(new.encode()).hexdigest()}"
    given = {"answer": "substitute", "substitute": "Exempelperson 8"}
    assert (await door.post(f"{theirs}/reply", given)).status_code == 200
    assert (await door.get(url)).json()["substitute"] is None, "what another answered"
    await called.change(place="Exempelgatan 2")
    post.taken.clear()
    await called.send_all()
    reached = sorted(one["To"] for one in post.taken)
    assert reached == ["exempel2@exempel.se", "exempel9@exempel.se"]
    passed = [one for one in await called.letters() if one["last_error"] == "left"]
    assert [one["state"] for one in passed] == ["skipped"]


async def test_where_the_registry_is_silent_a_link_is_answered(
    called: Called, post: MailServer, monkeypatch: Any
) -> None:
    await called.call()
    await called.send_all()
    token = link_in(post.taken[0]).rpartition("/")[2]
    url = f"/reply-links/{sha256(token.encode()).hexdigest()}"
    monkeypatch.setattr(called.councils.app.state, "wire", None)
    door = called.councils.by(ANALYSIS)
    assert (await door.post(f"{url}/reply", {"answer": "yes"})).json()["state"] == "open"


async def test_whose_seat_ends_before_the_meeting_gets_no_link_but_is_told(
    called: Called, post: MailServer
) -> None:
    await called.call()
    await called.send_all()
    mine = next(one for one in post.taken if "exempel1@" in one["To"])
    token = link_in(mine).rpartition("/")[2]
    seat = called.seats[0]
    kept = ("council_id", "actor_id", "post_id", "role", "valid_from", "readiness_exception")
    ended = {name: seat[name] for name in kept} | {"valid_to": day(3)}
    done = await called.councils.put(f"/seats/{seat['id']}", ended, version=seat["version"])
    assert done.status_code == 200, done.text
    url = f"/reply-links/{sha256(token.encode()).hexdigest()}"
    assert (await called.councils.by(ANALYSIS).get(url)).json()["state"] == "left"
    post.taken.clear()
    await called.change(place="Exempelgatan 2")
    assert await called.send_all() == 2
    told = {one["To"]: one for one in post.taken}
    assert told["exempel2@exempel.se"]["Subject"] == "Ändrad kallelse: Rådsmöte"
    off = told["exempel1@exempel.se"]
    assert (off["Subject"], event_in(off)[0]) == ("Inte längre kallad: Rådsmöte", "CANCEL")
    assert "/svar/" not in off.as_string()
    await called.change(place="Exempelgatan 3")
    assert await called.send_all() == 1, "once is enough"


async def test_an_answer_to_another_time_is_asked_for_anew(
    called: Called, post: MailServer
) -> None:
    await called.call()
    await called.send_all()
    token = link_in(post.taken[0]).rpartition("/")[2]
    url = f"/reply-links/{sha256(token.encode()).hexdigest()}"
    door = called.councils.by(ANALYSIS)
    assert (await door.post(f"{url}/reply", {"answer": "yes"})).status_code == 200
    coming = f"/attendances?meeting_id={called.meeting['id']}&answer=yes"
    asked = coming.replace("yes", "unknown")
    old, new = called.meeting["starts_at"], at(8)
    await called.change(starts_at=new, ends_at=at(8, 11))
    assert (await called.councils.get(coming)).json()["items"] == []
    assert len((await called.councils.get(asked)).json()["items"]) == 2
    shown = (await door.get(url)).json()
    assert (shown["answer"], shown["answered_for"]) == ("yes", old)
    await called.change(starts_at=old, ends_at=None)
    (noted,) = (await called.councils.get(coming)).json()["items"]
    assert noted["answered_for"] is None, "it has that time again"
    await called.change(starts_at=new)
    again = (await door.post(f"{url}/reply", {"answer": "yes"})).json()
    assert again["answered_for"] is None
    assert len((await called.councils.get(coming)).json()["items"]) == 1
    await called.change(starts_at=at(9))
    kept = ("meeting_id", "seat_id", "actor_id", "answer", "substitute", "attended")
    (noted,) = [
        one for one in (await called.councils.get(asked)).json()["items"] if one["answer"] == "yes"
    ]
    body = {name: noted[name] for name in kept}
    done = await called.councils.put(f"/attendances/{noted['id']}", body, version=noted["version"])
    assert done.json()["answered_for"] is None, "who writes it knows the time"
