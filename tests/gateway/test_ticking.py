"""What is ticked off says what is wanted: a second press does nothing, and it is undone whole."""

from typing import Any

import pytest

from tests.councils.builders import day
from tests.councils.test_project import project_in
from tests.councils.work import an_initiative
from tests.gateway.whole import Whole

Thing = dict[str, Any]


async def a_step(whole: Whole, **more: Any) -> tuple[Thing, str]:
    """A step, and the page that shows it."""
    initiative = await whole.councils.made("/initiatives", an_initiative())
    its = {"initiative_id": initiative["id"], "title": "Ring"}
    return await whole.councils.made("/steps", its | more), f"/initiativ/{initiative['id']}"


async def an_activity(whole: Whole, **more: Any) -> tuple[Thing, str]:
    """An activity of a project, and the page that shows it."""
    project = await project_in(whole.councils, running=True)
    its = {"project_id": project["id"], "title": "Ring"}
    made = await whole.councils.made("/project-activities", its | more)
    return made, f"/projekt/{project['id']}/plan"


@pytest.mark.parametrize(
    ("path", "make"), [("/steps", a_step), ("/project-activities", an_activity)]
)
async def test_a_press_does_what_it_says_and_is_undone(whole: Whole, path: str, make: Any) -> None:
    made, place = await make(whole, done_on=day(-30))
    browser, url = await whole.browser("process_leader"), f"{path}/{made['id']}"

    async def pressed(at: str) -> tuple[str, str | None]:
        await browser.send(at, **token)
        page = await browser.get(place)
        note = page.one(".note.done")
        return note.text(), next((one.attributes["action"] for one in page.all(".note form")), None)

    async def done_on() -> Any:
        return (await whole.councils.get(url)).json()["done_on"]

    page = await browser.get(place)
    token = page.fields(page.one("form[action*='/klart?']").attributes["action"] or "")
    (opens,) = [str(one.attributes["action"]) for one in page.all("form[action*='/klart?']")]
    said, undo = await pressed(opens)
    assert ("öppet" in said, await done_on()) == (True, None)
    again, nothing = await pressed(opens)
    assert (again.split()[:2], nothing, await done_on()) == (said.split()[:2], None, None)
    _, redo = await pressed(str(undo))
    assert await done_on() == day(-30), "on the day that it was done, not today"
    now = (await whole.councils.get(url)).json()
    await whole.councils.put(url, {**_told(now), "note": "Ny"}, version=now["version"])
    stale, nothing = await pressed(str(redo))
    assert ("ändrats under tiden" in stale, nothing, await done_on()) == (True, None, day(-30))


def _told(thing: Thing) -> Thing:
    """What may be sent of a thing to change it."""
    read = {"id", "version", "created_at", "updated_at", "outside"}
    return {name: value for name, value in thing.items() if name not in read}
