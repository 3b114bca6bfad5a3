"""Removing: whoever takes something away is asked first, everywhere, and told what it is."""

import re
from pathlib import Path

from gateway.pages import area_names, areas_of
from tests.actors.test_priority import a_criterion
from tests.gateway.whole import Whole

TEMPLATES = Path("frontend/templates")


def test_every_removal_is_asked_about_at_its_own_address() -> None:
    routes = [route for area in areas_of(area_names()) for route in area.routes]
    ways = {
        way: {one.path: one.name for one in routes if way in (one.methods or ())}
        for way in ("GET", "POST")
    }
    removals = {path: name for path, name in ways["POST"].items() if path.endswith("/ta-bort")}
    assert len(removals) > 15
    assert {path: ways["GET"].get(path) for path in removals} == removals


def test_no_button_removes_at_once() -> None:
    button = re.compile(r'post_button\((?:to\("[a-z_]+\.remove|[^,]*ta-bort)')
    found = [path for path in TEMPLATES.rglob("*.html") if button.search(path.read_text("utf-8"))]
    assert not found


async def test_a_removal_that_was_asked_about_before_a_change_is_not_done(whole: Whole) -> None:
    """The question carries the version of what it shows."""
    made = await a_criterion(whole.actors, "Vilja", weight=2)
    browser, path = await whole.browser("process_leader"), f"/kriterier/{made['id']}"
    asked = await browser.get(f"{path}/ta-bort")
    assert (asked.h1, asked.text(".lead")) == ("Ta bort kriteriet?", "Vilja")
    assert asked.all(f'a.btn[href="{path}/andra"]'), "nothing happens to who changes their mind"
    await browser.submit(f"{path}/andra", name="Drivkraft")
    await browser.send(f"{path}/ta-bort", **asked.fields())
    assert "Drivkraft" in (await browser.get("/kriterier")).text("tbody")
