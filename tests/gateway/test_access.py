"""Access: who may open which page, and forms that only this house may send."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi import APIRouter
from starlette.routing import Match

from gateway.access import demand_declared
from gateway.app import create_app
from gateway.pages import area_names, areas_of
from gateway.rights import RIGHTS
from tests.conftest import settings_for
from tests.gateway.signing_in import OWN_AREAS, Browser, signed_in, user

ALL = ("process_leader", "strategist", "administrator", "council_member", "reader")
ADMINISTRATORS = ("/anvandare", "/anvandare/ny", "/installningar")


def test_a_page_without_a_rule_stops_the_start() -> None:
    router = APIRouter()
    router.add_api_route("/x", lambda: None, name="nothing.known")
    with pytest.raises(RuntimeError, match=r"nothing\.known"):
        demand_declared(router.routes)


def test_no_rule_is_left_for_a_page_that_is_gone() -> None:
    names = {route.name for area in areas_of(OWN_AREAS) for route in area.routes}
    own = {name for name in RIGHTS if name.partition(".")[0] in OWN_AREAS}
    assert own == names


@pytest.mark.parametrize("path", [*ADMINISTRATORS, "/konto"])
async def test_nobody_is_led_to_sign_in(gateway: Any, path: str) -> None:
    page = await Browser(gateway).get(path)
    assert page.status == 303
    assert page.answer.headers["location"].startswith("/logga-in?next=")


@pytest.mark.parametrize("role", ALL)
async def test_administration_is_for_administrators(gateway: Any, role: str) -> None:
    browser = await signed_in(gateway, role)
    for path in ADMINISTRATORS:
        page = await browser.get(path)
        assert page.status == (200 if role == "administrator" else 403)
    shown = {link.attributes["href"] for link in page.all(".nav a")}
    assert ("/anvandare" in shown) is (role == "administrator")


@pytest.mark.parametrize("path", ["/hjalp", "/tillganglighet", "/personuppgifter", "/logga-in"])
async def test_some_pages_are_for_everyone(gateway: Any, path: str) -> None:
    page = await Browser(gateway).get(path)
    assert page.status == 200
    footer = {link.attributes["href"] for link in page.all(".foot a")}
    assert {"/tillganglighet", "/personuppgifter", "/hjalp"} <= footer


FORGED: list[dict[str, str]] = [
    {"Origin": "https://elsewhere.test"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", FORGED)
async def test_a_form_sent_from_elsewhere_is_refused(gateway: Any, headers: dict[str, str]) -> None:
    browser = await signed_in(gateway, "administrator")
    form = (await browser.get("/installningar")).fields("/installningar")
    page = await browser.send("/installningar", headers, **form)
    assert page.status == 403
    assert "Sidan har varit öppen för länge" in page.text()


async def test_a_form_needs_the_token_of_its_own_session(gateway: Any) -> None:
    browser = await signed_in(gateway, "administrator")
    other = await signed_in(gateway, "administrator", email="bo@exempel.se")
    form = (await browser.get("/installningar")).fields("/installningar")
    foreign = (await other.get("/installningar")).fields("/installningar")["csrf"]
    for csrf in ([], ["x"], foreign):
        page = await browser.send("/installningar", **form | {"csrf": csrf})
        assert page.status == 403
    origin = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}
    assert (await browser.send("/installningar", origin, **form)).status == 303


async def test_signing_in_needs_the_token_of_its_own_page(gateway: Any) -> None:
    await user(gateway)
    browser = Browser(gateway)
    form = (await browser.get("/logga-in")).fields()
    stranger = browser.another()
    page = await stranger.send("/logga-in", **form | {"email": "anna@exempel.se", "password": "x"})
    assert page.status == 403


async def test_under_htmx_nobody_is_led_by_header_or_told_in_place(gateway: Any) -> None:
    browser, htmx = Browser(gateway), {"HX-Request": "true"}
    read = await browser.http.get("/konto", headers=htmx)
    assert read.headers["hx-redirect"] == "/logga-in?next=%2Fkonto"
    sent = await browser.http.post("/konto/losenord", headers=htmx)
    assert sent.status_code == 401


@pytest.mark.parametrize(
    ("path", "status", "h1"),
    [
        ("/finns-inte", 404, "Sidan finns inte"),
        ("/anvandare/not-an-id", 404, "Sidan finns inte"),
        ("/anvandare/01890000-0000-7000-8000-000000000000", 404, "Sidan finns inte"),
    ],
)
async def test_what_is_not_there_says_so_in_the_shell(
    gateway: Any, path: str, status: int, h1: str
) -> None:
    browser = await signed_in(gateway, "administrator")
    page = await browser.get(path)
    assert (page.status, page.h1) == (status, h1)
    assert page.all(".nav a")


async def test_a_method_no_page_takes_is_a_page_too(gateway: Any) -> None:
    browser = await signed_in(gateway)
    answer = await browser.http.delete("/konto")
    assert answer.status_code == 405
    assert "Sidan finns inte" in answer.text


async def test_programs_get_problems_as_json(gateway: Any) -> None:
    answer = await Browser(gateway).http.get("/api/v1/nothing")
    assert answer.status_code in {401, 404}
    assert answer.headers["content-type"] == "application/problem+json"


async def test_too_much_text_is_refused_before_it_is_read(gateway: Any) -> None:
    browser = await signed_in(gateway, "administrator")
    page = await browser.send("/installningar", association="x" * 9_000_000)
    assert (page.status, page.h1) == (413, "Det är för stort")
    told = page.text("main")
    assert "större än 8 MB" in told, "what was too large"
    assert "bakåtknapp: där står det du skrev kvar" in told


async def test_a_database_away_is_a_page_that_says_so(tmp_path: Path) -> None:
    nowhere = "postgresql+asyncpg://nobody@127.0.0.1:1/nothing"
    browser = Browser(create_app(settings_for(nowhere, tmp_path), areas=OWN_AREAS))
    for cookies in ({}, {"session": "x"}):
        browser.http.cookies.update(cookies)
        page = await browser.get("/hjalp")
        assert (page.status, page.h1) == (503, "En del av tjänsten svarar inte")
        assert page.answer.headers["retry-after"]
        assert "content-security-policy" in page.answer.headers


def test_no_page_stands_in_the_way_of_another() -> None:
    routes = [route for area in areas_of(area_names()) for route in area.routes]
    for route in routes:
        path = re.sub(r"{\w+:uuid}", str(UUID(int=1)), route.path)  # type: ignore[attr-defined]
        path = re.sub(r"{\w+}", "x", path)
        for method in route.methods:  # type: ignore[attr-defined]
            scope = {"type": "http", "method": method, "path": path, "headers": []}
            first = next(one for one in routes if one.matches(scope)[0] is Match.FULL)
            assert first.name == route.name, f"{first.path} takes {method} {path}"  # type: ignore[attr-defined]


async def test_where_a_form_is_sent_a_reload_comes_to_the_page_it_belongs_to(
    tmp_path: Path,
) -> None:
    nowhere = "postgresql+asyncpg://nobody@127.0.0.1:1/nothing"
    browser = Browser(create_app(settings_for(nowhere, tmp_path)))
    routes = [route for area in areas_of(area_names()) for route in area.routes]
    ways, own = {}, str(UUID(int=1))
    for path in {re.sub(r"{\w+(:uuid)?}", own, one.path) for one in routes}:
        scope = {"type": "http", "method": "GET", "path": path, "headers": []}
        first = next((one for one in routes if one.matches(scope)[0] is Match.FULL), None)
        if first is None:
            answer = await browser.http.get(path)
            assert answer.status_code == 303, path
            ways[path.replace(own, "x")] = to = answer.headers["location"]
            asked = scope | {"path": to}
            assert to == "/" or any(one.matches(asked)[0] is Match.FULL for one in routes), path
    assert len(ways) > 20
    assert ways["/mandat/x/fornya"] == f"/mandat/{own}"
    assert ways["/aktorer/x/dela"] == f"/aktorer/{own}"
    assert ways["/steg/x/klart"] == f"/steg/{own}/andra"
    assert (await browser.http.get("/intervjuer/dialogkarta")).headers["location"] == "/intervjuer"


async def test_what_was_typed_stands_on_the_page_when_the_session_has_ended(gateway: Any) -> None:
    browser = await signed_in(gateway, "administrator")
    form = (await browser.get("/installningar")).fields()
    sent = form | {"association": "Exempelförbundet <b>", "welcome": "Rad ett\nRad två"}
    marks = {"base.1": "81d94e14", "version.1": "v12", "earlier": "ab:12", "turn": "x3"}
    browser.http.cookies.clear()
    page = await browser.send("/installningar", **sent | marks)
    assert (page.status, page.h1) == (401, "Du är utloggad")
    assert not [mark for mark in marks.values() if mark in page.text("main")]
    told = [(one.text() or "").split("\n") for one in page.all("main .list li")]
    assert ["Förbundets namnExempelförbundet <b>"] in told
    assert ["Text på inloggningssidanRad ett", "Rad två"] in told
    assert form["csrf"][0] not in page.answer.text
    assert page.answer.headers["cache-control"] == "no-store"
    foreign = await browser.send("/installningar", {"sec-fetch-site": "cross-site"}, **sent)
    assert (foreign.status, "Exempelförbundet" in foreign.text()) == (401, False)
    secret = await browser.send("/konto/losenord", present="hemligt ord", password="nytt ord")
    assert (secret.status, "hemligt" in secret.text()) == (401, False)
