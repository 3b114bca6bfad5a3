"""The door: signing in and out, sessions that end, links that work once, guesses counted."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import select, text

from gateway.accounts import SESSIONS, digest
from gateway.app import create_app, is_https
from gateway.pages import about
from services.kit import clock
from services.kit.settings import Settings
from tests.gateway.signing_in import PASSWORD, Browser, links_in, signed_in, token_for, user

RIGHT = {"email": "Anna@Exempel.se", "password": PASSWORD}


def twice(password: str) -> dict[str, str]:
    """A new password as the forms ask for it."""
    return {"password": password, "password_again": password}


async def test_one_signs_in_and_goes_on_to_the_page_one_wanted(gateway: Any) -> None:
    await user(gateway)
    browser = Browser(gateway)
    refused = await browser.get("/konto")
    assert refused.answer.headers["location"] == "/logga-in?next=%2Fkonto"
    page = await browser.submit("/logga-in?next=%2Fkonto", at="/logga-in", **RIGHT)
    assert page.answer.headers["location"] == "/konto"
    assert (await browser.get("/konto")).h1 == "Mitt konto"


async def test_the_cookie_is_for_this_house_alone(gateway: Any) -> None:
    await user(gateway)
    page = await Browser(gateway).sign_in("anna@exempel.se")
    cookie = next(c for c in page.answer.headers.get_list("set-cookie") if c.startswith("session="))
    for part in ("HttpOnly", "Path=/", "SameSite=lax"):
        assert part in cookie
    assert "Domain" not in cookie


async def test_over_https_the_cookie_has_its_prefix(databases: Any, tmp_path: Path) -> None:
    settings = Settings(
        database_url=await asyncio.to_thread(databases.fresh, "gateway"),
        data_dir=tmp_path,
        base_url="https://example.test",
    )
    app = create_app(settings, areas=("about", "account", "door", "settings", "users"))
    async with app.router.lifespan_context(app):
        await user(app)
        page = await Browser(app, "https://example.test").sign_in("anna@exempel.se")
        cookies = page.answer.headers.get_list("set-cookie")
    assert any(c.startswith("__Host-session=") and "Secure" in c for c in cookies)
    assert "strict-transport-security" in page.answer.headers


def test_plain_http_beyond_loopback_does_not_start() -> None:
    for unsafe in (Settings(host="0.0.0.0"), Settings(base_url="http://example.test")):  # noqa: S104
        with pytest.raises(RuntimeError, match="BASE_URL"):
            is_https(unsafe)
    assert is_https(Settings(host="0.0.0.0", base_url="https://example.test"))  # noqa: S104
    assert not is_https(Settings(host="::1"))


async def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(gateway: Any) -> None:
    await user(gateway)
    browser = Browser(gateway)
    wrong = await browser.sign_in("anna@exempel.se", "something else entirely")
    unknown = await browser.sign_in("ingen@exempel.se", "something else entirely")
    assert wrong.status == unknown.status == 422
    assert wrong.errors == unknown.errors == ["E-postadressen eller lösenordet stämmer inte."]
    assert wrong.one("#f-email").attributes["value"] == "anna@exempel.se"
    assert wrong.one("#f-password").attributes["value"] == ""


async def test_after_twenty_wrong_guesses_one_has_to_wait(gateway: Any) -> None:
    await user(gateway)
    browser = Browser(gateway)
    form = (await browser.get("/logga-in")).fields()
    for _ in range(20):
        page = await browser.send("/logga-in", **form | RIGHT | {"password": "x"})
        assert page.status == 422
    page = await browser.send("/logga-in", **form | RIGHT)
    assert page.status == 429
    assert 0 < int(page.answer.headers["retry-after"]) <= 900
    assert page.h1 == "För många försök"
    clock.fix(clock.now() + timedelta(minutes=16))
    try:
        assert (await browser.sign_in("anna@exempel.se")).status == 303
    finally:
        clock.fix(None)


async def test_signing_in_gives_a_new_id_and_a_planted_one_is_worth_nothing(
    gateway: Any,
) -> None:
    await user(gateway)
    browser = Browser(gateway)
    browser.http.cookies.set("session", "planted", domain="127.0.0.1", path="/")
    await browser.sign_in("anna@exempel.se")
    first = browser.http.cookies.get("session", domain="127.0.0.1", path="/")
    assert first not in (None, "planted")
    async with gateway.state.database.reading() as db:
        hashes = set(await db.scalars(select(SESSIONS.c.hash)))
    assert hashes == {digest(first or "")}


async def test_signing_out_ends_the_session_for_good(gateway: Any) -> None:
    browser = await signed_in(gateway)
    old = browser.session
    page = await browser.submit("/konto", at="/logga-ut")
    assert page.answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert browser.session == ""
    again = browser.another()
    again.http.cookies.set("session", old)
    assert (await again.get("/konto")).status == 303


@pytest.mark.parametrize(
    ("wait", "open_still"),
    [(timedelta(minutes=29), True), (timedelta(minutes=31), False)],
)
async def test_an_idle_session_ends(gateway: Any, wait: timedelta, *, open_still: bool) -> None:
    browser = await signed_in(gateway)
    clock.fix(clock.now() + wait)
    try:
        assert ((await browser.get("/konto")).status == 200) is open_still
    finally:
        clock.fix(None)


async def test_no_session_lasts_longer_than_twelve_hours(gateway: Any) -> None:
    browser = await signed_in(gateway)
    begun = clock.now()
    try:
        for minutes in range(25, 12 * 60 - 5, 25):
            clock.fix(begun + timedelta(minutes=minutes))
            assert (await browser.get("/konto")).status == 200
        clock.fix(begun + timedelta(hours=12, minutes=1))
        assert (await browser.get("/konto")).status == 303
    finally:
        clock.fix(None)


async def test_a_new_password_signs_out_everywhere_else(gateway: Any) -> None:
    browser = await signed_in(gateway)
    other = browser.another()
    await other.sign_in("anna@exempel.se")
    before = browser.session
    new = "fyra sura getter vid Hjo"
    page = await browser.submit("/konto", at="/konto/losenord", present=PASSWORD, **twice(new))
    assert page.status == 303
    assert browser.session != before
    assert (await browser.get("/konto")).status == 200
    assert (await other.get("/konto")).status == 303
    assert (await browser.another().sign_in("anna@exempel.se", new)).status == 303
    assert (await browser.another().sign_in("anna@exempel.se")).status == 422


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"present": "wrong"}, "present", "Lösenordet du har nu stämmer inte."),
        ({"password": "kort"}, "password", "Välj ett lösenord med minst 12 tecken."),
        ({"password_again": "annat"}, "password_again", "Skriv samma lösenord två gånger."),
        (
            {"password": "password1234", "password_again": "password1234"},
            "password",
            "Lösenordet är för vanligt. Välj ett annat.",
        ),
    ],
)
async def test_a_poor_password_is_refused_at_its_field(
    gateway: Any, fields: dict[str, str], field: str, sentence: str
) -> None:
    browser = await signed_in(gateway)
    new = "fyra sura getter vid Hjo"
    good = {"present": PASSWORD, "password": new, "password_again": new}
    page = await browser.submit("/konto", at="/konto/losenord", **good | fields)
    assert page.status == 422
    assert page.error(field) == sentence
    assert new not in page.answer.text


async def test_a_link_works_once_and_for_a_day(gateway: Any) -> None:
    _, token = await token_for(gateway, "reader", email="anna@exempel.se")
    path = f"/valkommen/{token}"
    browser = Browser(gateway)
    for _ in range(2):
        assert (await browser.get(path)).h1 == "Välj lösenord"
    page = await browser.submit(path, password=PASSWORD, password_again=PASSWORD)
    assert page.status == 303
    assert (await browser.get("/konto")).status == 200
    assert (await browser.another().get(path)).h1 == "Länken gäller inte längre"
    _, late = await token_for(gateway, "reader", email="bo@exempel.se")
    clock.fix(clock.now() + timedelta(hours=24, seconds=1))
    try:
        assert (await browser.another().get(f"/valkommen/{late}")).status == 404
    finally:
        clock.fix(None)


async def test_a_poor_first_password_leaves_the_link_unused(gateway: Any) -> None:
    _, token = await token_for(gateway, "reader", email="anna@exempel.se")
    browser = Browser(gateway)
    page = await browser.submit(f"/valkommen/{token}", password="kort", password_again="kort")
    assert page.error("password") == "Välj ett lösenord med minst 12 tecken."
    page = await browser.submit(
        f"/valkommen/{token}", password="annaannaanna", password_again="annaannaanna"
    )
    assert page.error("password") == "Lösenordet är för vanligt. Välj ett annat."
    assert (await browser.get(f"/valkommen/{token}")).status == 200


@pytest.mark.parametrize("bad", ["//elsewhere.test", "https://elsewhere.test", "/\\elsewhere", "x"])
async def test_signing_in_never_leads_to_another_house(gateway: Any, bad: str) -> None:
    await user(gateway)
    browser = Browser(gateway)
    form = (await browser.get("/logga-in")).fields()
    page = await browser.send("/logga-in", **form | RIGHT | {"next": bad})
    assert page.answer.headers["location"] == "/"


async def test_neither_tokens_nor_passwords_are_stored(gateway: Any) -> None:
    browser = await signed_in(gateway)
    _, token = await token_for(gateway, "reader", email="bo@exempel.se")
    async with gateway.state.database.reading() as db:
        for table in ("account", "session", "link", "attempt", "ledger"):
            rows = str((await db.execute(text(f"SELECT * FROM {table}"))).all())  # noqa: S608
            for secret in (browser.session, token, PASSWORD):
                assert secret not in rows
            if table in {"ledger", "attempt"}:
                assert "argon2" not in rows
    assert links_in("x /valkommen/abc-1 y") == ["/valkommen/abc-1"]


@pytest.mark.parametrize("address", ["/konto/%00", "/konto/%ff", "/konto?x=%00", "/konto?x=%e5"])
async def test_an_address_that_is_no_text_gets_a_page_in_swedish(
    gateway: Any, address: str
) -> None:
    page = await Browser(gateway).get(address)
    assert (page.status, page.h1) == (400, "Det går inte att läsa")
    assert "content-security-policy" in page.answer.headers
    program = await Browser(gateway).http.get(f"/api/v1/needs{address.removeprefix('/konto')}")
    assert program.status_code in {400, 404}
    assert program.headers["content-type"] == "application/problem+json"
    packed = await Browser(gateway).http.post("/logga-in", headers={"Content-Encoding": "gzip",
        "Content-Type": "application/x-www-form-urlencoded"}, content=b"x")  # fmt: skip
    assert (packed.status_code, packed.headers["content-type"][:9]) == (415, "text/html")
    latin = {"Content-Type": "application/x-www-form-urlencoded; charset=iso-8859-1"}
    refused = await Browser(gateway).http.post("/logga-in", headers=latin, content=b"email=x")
    assert refused.status_code == 415


async def test_the_line_of_a_crash_has_the_number_that_the_answer_has(
    gateway: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(*_: Any, **__: Any) -> None:
        raise ValueError("Exempelperson 1")

    monkeypatch.setattr(about, "page", failing)
    shown = await Browser(gateway).get("/hjalp")
    lines = [orjson.loads(one) for one in capsys.readouterr().err.splitlines()]
    told = next(one for one in lines if one["event"] == "request.failed")
    assert shown.status == 500
    assert told["request_id"] == shown.answer.headers["x-request-id"]
