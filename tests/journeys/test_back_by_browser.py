"""Back to a page with a form: the browser puts there what was typed, over what is stored since."""

from typing import Any

import pytest
from playwright.async_api import expect

from services.councils.contract.meeting import AgendaItemDraft
from services.councils.contract.need import NeedDraft
from tests.councils.work import a_need
from tests.journeys.conftest import ON_PAGES
from tests.journeys.reader import Reader
from tests.journeys.running import House
from tests.journeys.telling import get, post, put
from tests.journeys.test_minutes_by_browser import kept, meeting_of, status

pytestmark = ON_PAGES
NAMES = {AgendaItemDraft: ("agenda-items", "minutes"), NeedDraft: ("needs", "statement")}
LIVE, SAVE = "1. Läget", "Spara"


async def script(reader: Reader) -> bool:
    """Whether this browser runs it."""
    return bool(await reader.page.locator("html.js").count())


async def another_writes(api: Any, meeting: Any, point: Any, text: str) -> None:
    """Somebody else's live page saves, having seen all that is stored."""
    now = await get(api, f"/agenda-items/{point['id']}")
    item = {"agenda_item_id": point["id"], "minutes": text, "version": now["version"]}
    answer = await api.put(f"/api/v1/meetings/{meeting['id']}/minutes", json={"items": [item]})
    assert answer.status_code == 200


async def stored_by(reader: Reader) -> None:
    """Save the live page, or wait until it has saved itself."""
    if await script(reader):
        await expect(status(reader)).to_contain_text("sparat", ignore_case=True)
        await expect(reader.page.locator(".saved.busy")).to_have_count(0)
    else:
        await reader.page.get_by_role("button", name=SAVE, exact=True).click()


@pytest.mark.parametrize("first", ["saved", "not saved"])
async def test_live_minutes_are_not_put_over_what_another_wrote(
    running: House, reader: Reader, first: str
) -> None:
    async with running.api(running.key()) as api:
        meeting, (point, second) = await meeting_of(api, "Läget", "Start")
        await reader.go(f"/moten/{meeting['id']}/anteckna")
        await reader.field(LIVE).press_sequentially("Mitt")
        if first == "saved":
            await stored_by(reader)
            await reader.field(LIVE).press("End")
            await reader.field(LIVE).press_sequentially("." if await script(reader) else " mer")
            if await script(reader):
                await expect(reader.page.locator(".saved.busy")).to_have_count(0)
        reader.page.on("dialog", lambda dialog: dialog.accept())
        await reader.follow("Ny åtgärd")
        await another_writes(api, meeting, point, "Deras viktiga ord")
        await reader.page.go_back()
        mine = await reader.field(LIVE).input_value()
        assert mine.startswith("Mitt")  # nothing that was typed is lost
        await reader.field("2. Start").press_sequentially("I mars")
        await stored_by(reader)
        await expect(reader.page.locator("section.note mark").first).to_have_text(
            "Deras viktiga ord"
        )
        await expect(reader.field(LIVE)).to_have_value(mine)
        assert await kept(api, point) == "Deras viktiga ord"
        assert await kept(api, second) == "I mars"
        await reader.page.get_by_role("button", name="Spara båda").click()
        await expect(reader.main).to_contain_text("Sparat ")
        assert await kept(api, point) == f"Deras viktiga ord\n\n{mine}"
        reader.complaints.clear()


@pytest.mark.parametrize("reader", [True], ids=["script"], indirect=True)
async def test_who_goes_back_to_what_only_they_wrote_just_writes_on(
    running: House, reader: Reader
) -> None:
    async with running.api(running.key()) as api:
        meeting, (point,) = await meeting_of(api, "Läget")
        await reader.go(f"/moten/{meeting['id']}/anteckna")
        await reader.field(LIVE).press_sequentially("Mitt")
        await expect(status(reader)).to_contain_text("Sparat ")
        await reader.follow("Ny åtgärd")
        await reader.page.go_back()
        await reader.field(LIVE).press("End")
        await reader.field(LIVE).press_sequentially(" och mer")
        await expect(status(reader)).to_contain_text("Sparat ")
        assert await kept(api, point) == "Mitt och mer"
        # And so on the page of the point.
        await reader.go(f"/dagordning/{point['id']}")
        await reader.write("Rubrik", "Nytt namn")
        await reader.press("Spara punkten")
        await reader.page.go_back()
        await reader.write("Rubrik", "Nyare namn")
        await reader.press("Spara punkten")
        await reader.reads("Nyare namn")
        assert (await get(api, f"/agenda-items/{point['id']}"))["title"] == "Nyare namn"


async def test_a_point_and_a_need_are_not_put_over_what_another_wrote(
    running: House, reader: Reader
) -> None:
    async with running.api(running.key()) as api:
        _, (point,) = await meeting_of(api, "Läget")
        need = await post(api, "/needs", a_need(statement="Exempelbehov"))
        forms = (
            (f"/dagordning/{point['id']}", "Anteckningar", "Spara punkten", AgendaItemDraft, point),
            (f"/behov/{need['id']}/andra", "Vad behövs", "Spara behov", NeedDraft, need),
        )
        for path, label, button, kind, thing in forms:
            noun, name = NAMES[kind]
            await reader.go(path)
            await reader.write(label, "Mina ord")
            reader.page.on("dialog", lambda dialog: dialog.accept())
            await reader.follow("Avbryt")
            theirs = {key: thing[key] for key in kind.model_fields} | {name: "Deras ord"}
            await put(api, f"/{noun}/{thing['id']}", theirs, thing["version"])
            await reader.page.go_back()
            await expect(reader.field(label)).to_have_value("Mina ord")
            await reader.main.get_by_role("button", name=button, exact=True).click()
            await reader.reads("Det har sparats sedan du skrev")
            await reader.reads("Sparat nu: Deras ord")
            await expect(reader.field(label)).to_have_value("Mina ord")
            assert (await get(api, f"/{noun}/{thing['id']}"))[name] == "Deras ord"
            await expect(reader.page.locator("main form[data-sent]")).to_have_count(0)
            await reader.press(button)
            assert (await get(api, f"/{noun}/{thing['id']}"))[name] == "Mina ord"
        reader.complaints.clear()


async def test_attendance_is_not_put_over_what_another_noted(
    running: House, reader: Reader
) -> None:
    async with running.api(running.key()) as api:
        meeting, _ = await meeting_of(api, "Läget")
        actor = await post(api, "/actors", {"name": "Exempelgäst", "kind": "company"})
        of = {"meeting_id": meeting["id"], "actor_id": actor["id"]}
        noted = await post(api, "/attendances", of)
        path = f"/moten/{meeting['id']}/narvaro"
        await reader.go(path)
        await reader.field("Närvarande").check()
        reader.page.on("dialog", lambda dialog: dialog.accept())
        await reader.follow("Avbryt")
        theirs = of | {"answer": noted["answer"], "attended": False}
        await put(api, f"/attendances/{noted['id']}", theirs, noted["version"])
        await reader.page.go_back()
        await reader.main.get_by_role("button", name="Spara", exact=True).click()
        await reader.reads("Sparat nu: frånvarande")
        assert (await get(api, f"/attendances/{noted['id']}"))["attended"] is False
        await reader.press("Spara")
        assert (await get(api, f"/attendances/{noted['id']}"))["attended"] is True
    reader.complaints.clear()
