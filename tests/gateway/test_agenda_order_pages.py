"""The order of an agenda on a page: by buttons, and as a handle sends it."""

import pytest

from gateway.pages.agenda_order import moved
from tests.callers import somebody
from tests.councils.builders import day
from tests.gateway.test_live_minutes_pages import with_points
from tests.gateway.whole import Whole

SEE_OTHER = 303


@pytest.mark.parametrize(
    ("sent", "key", "order"),
    [
        ({"up": "b"}, "b", "bac"),
        ({"up": "a"}, "a", "abc"),
        ({"down": "a"}, "a", "bac"),
        ({"down": "c"}, "c", "abc"),
        ({"moved": "c", "before": "a"}, "c", "cab"),
        ({"moved": "a", "before": ""}, "a", "bca"),
        ({"moved": "a", "before": "gone"}, "a", "bca"),
        ({"moved": "", "before": "", "down": "b"}, "b", "acb"),
        ({"up": "gone"}, "", "abc"),
        ({}, "", "abc"),
    ],
)
def test_where_a_point_comes(sent: dict[str, str], key: str, order: str) -> None:
    assert moved(list("abc"), sent) == (key, list(order))


async def test_points_are_moved_and_it_is_said_where(whole: Whole) -> None:
    _, meeting, (first, second, third) = await with_points(whole, "Ett", "Två", "Tre")
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}/ordning"
    assert (await browser.get(f"/moten/{meeting['id']}")).all(f'a[href="{path}"]')
    page = await browser.get(path)
    assert (await browser.send(path, **page.fields(path), up=third["id"])).status == SEE_OTHER
    shown = await browser.get(path)
    assert "”Tre” är på plats 2 av 3." in shown.text("main")
    there = [one.attributes["data-id"] for one in shown.all("ol.ordered li")]
    assert there == [first["id"], third["id"], second["id"]]
    fields = page.fields(path) | {"moved": second["id"], "before": first["id"]}
    headers = {"hx-request": "true", "hx-target": "div#page"}
    answer = await browser.http.post(path, data=fields, headers=headers)
    assert "”Två” är på plats 1 av 3." in answer.text
    await browser.send(path, **page.fields(path), up=somebody())
    assert "punkten finns inte längre" in (await browser.get(path)).text("main")
    approval = {"approved_on": day(0), "approved_by_post_id": somebody()}
    await whole.councils.made(f"/meetings/{meeting['id']}/approve", approval)
    await browser.send(path, **page.fields(path), up=third["id"])
    locked = await browser.get(path)
    assert "Inget flyttades, för dagordningen ligger fast." in locked.text("main")
    assert not locked.all("ol button")
