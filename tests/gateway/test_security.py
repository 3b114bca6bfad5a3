"""Headers: the exact policy, a new nonce in every answer, and nothing cached by accident."""

import re

import httpx

from gateway.addresses import Addresses, is_local
from gateway.here import Here
from gateway.pages import gallery
from gateway.security import SecurityHeaders, headers
from gateway.visitor import NOBODY, Visitor
from services.kit.identity import Caller
from tests.gateway.conftest import Browser

POLICY = (
    "default-src 'none'; script-src 'nonce-N'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "trusted-types htmx; require-trusted-types-for 'script'"
)


async def test_the_policy_is_exact_and_its_nonce_new_each_time(browser: Browser) -> None:
    found = []
    for _ in range(2):
        answer = await browser.http.get("/_galleri")
        policy = answer.headers["content-security-policy"]
        nonce = re.search(r"'nonce-([\w-]+)'", policy)
        assert nonce is not None
        assert policy == POLICY.replace("'nonce-N'", nonce[0])
        assert answer.text.count(f'nonce="{nonce[1]}"') >= 4
        found.append(nonce[1])
    assert found[0] != found[1]


async def test_the_other_headers(browser: Browser) -> None:
    answer = await browser.http.get("/_galleri")
    known = answer.headers
    assert known["x-content-type-options"] == "nosniff"
    assert known["x-frame-options"] == "DENY"
    assert known["referrer-policy"] == "same-origin"
    assert known["cross-origin-opener-policy"] == "same-origin"
    assert known["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in known["permissions-policy"]
    assert known["cache-control"] == "no-store"
    assert "strict-transport-security" not in known


def test_https_is_demanded_only_where_there_is_https() -> None:
    assert headers("n", https=True)["Strict-Transport-Security"] == (
        "max-age=63072000; includeSubDomains"
    )
    assert "Strict-Transport-Security" not in headers("n", https=False)


async def test_headers_stand_on_failures_too() -> None:
    async def failing(scope: object, receive: object, send: object) -> None:  # noqa: ARG001
        await send({"type": "http.response.start", "status": 500, "headers": []})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b""})  # type: ignore[operator]

    transport = httpx.ASGITransport(SecurityHeaders(failing, https=True))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        answer = await http.get("/")
    assert "content-security-policy" in answer.headers
    assert "strict-transport-security" in answer.headers


async def test_static_files_last_for_ever_under_their_hash(browser: Browser) -> None:
    page = await browser.get("/_galleri")
    address = page.one('link[rel="stylesheet"][href*="app.css"]').attributes["href"] or ""
    answer = await browser.http.get(address)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert re.search(r'url\("source-sans-3\.woff2\?v=[0-9a-f]{12}"\)', answer.text)
    stale = await browser.http.get(address.split("?")[0] + "?v=older")
    assert stale.headers["cache-control"] == "no-cache"
    known = {"If-None-Match": answer.headers["etag"]}
    assert (await browser.http.get(address, headers=known)).status_code == 304


def test_a_form_token_is_masked_anew_and_fits_one_session_only() -> None:
    one = Visitor(Caller("user", "1"), secret=b"a" * 32)
    other = Visitor(Caller("user", "2"), secret=b"b" * 32)
    assert one.csrf != one.csrf
    assert one.accepts(one.csrf)
    assert not other.accepts(one.csrf)
    for wrong in ("", "x", "å", "A" * 86, one.csrf[:-2]):
        assert not one.accepts(wrong)
    assert not NOBODY.accepts(NOBODY.csrf)


def test_only_addresses_of_this_house_are_local() -> None:
    for good in ("/", "/behov", "/behov/1?sida=2#x"):
        assert is_local(good)
    for bad in ("", "behov", "//elsewhere", "/\\elsewhere", "https://x", "/a\nb", "/\t/x", "/a b"):
        assert not is_local(bad)


def test_addresses_are_filled_and_quoted() -> None:
    addresses = Addresses(gallery.area.routes)
    addresses.add("needs.need", "/behov/{id:uuid}")
    assert addresses.to("needs.need", id="a/b", q="å", none=None) == "/behov/a%2Fb?q=%C3%A5"
    assert addresses.to("gallery.show") == "/_galleri"
    addresses.add("role_trials.show", "/rollprovningar/{id}")
    one = "01a21ddc-3ec5-7a12-b74c-da1475e3e193"
    assert addresses.shown_at(f"/role-trials/{one}") == f"/rollprovningar/{one}"
    assert addresses.shown_at(f"/elsewhere/{one}") == addresses.shown_at("/role-trials/x") == ""


def test_here_keeps_what_it_is_not_asked_to_change() -> None:
    here = Here.of("/behov", "q=x&kind=a&kind=b&page=3&empty=")
    assert here.having(page=None) == "/behov?q=x&kind=a&kind=b"
    assert here.having(sort="name", page=None) == "/behov?q=x&kind=a&kind=b&sort=name"
    assert here.of_kind("csv") == "/behov.csv?q=x&kind=a&kind=b"
