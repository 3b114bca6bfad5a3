"""kill -9 of the door and of what stores answers while somebody types: nothing typed is lost."""

import asyncio
import signal

from playwright.async_api import Browser, expect

from tests.faults.conftest import Tell
from tests.faults.programs import Programs
from tests.journeys.conftest import ROLES
from tests.journeys.reader import Reader
from tests.journeys.test_interview_by_browser import an_interview, said

WORDS = [f"ord{number}" for number in range(12)]


async def test_an_interview_is_written_on_through_a_killed_house(
    split: Programs, tell: Tell, chromium: Browser
) -> None:
    context = await chromium.new_context(locale="sv-SE")
    reader = Reader(await context.new_page(), split.house.address)
    link = await asyncio.to_thread(split.house.user, *ROLES)
    await reader.sign_in(link)
    async with split.api() as api:
        interview = await an_interview(api)
        await reader.go(f"/intervjuer/{interview['id']}?fraga=1")
        field, saved = reader.field("Nuläge"), []
        line = reader.page.locator(".saved:not(.busy)")
        for place, word in enumerate(WORDS):
            await field.press_sequentially(f"{word} ", delay=60)
            if place in {3, 7}:  # killed, and typed on while it is away
                await expect(line).to_contain_text("Sparat ")
                saved.append(await said(api, interview))
                for victim in (*split.named("gateway"), *split.named("councils")):
                    victim.tell(signal.SIGKILL)
            if place == 6:  # it is there again, and what was typed meanwhile is sent by itself
                await split.whole("gateway", seconds=60)
                await split.whole("councils", seconds=60)
        await split.whole("gateway", seconds=60)
        await split.whole("councils", seconds=60)
        await expect(line).to_contain_text("Sparat ", timeout=60_000)
        assert saved == [[" ".join(WORDS[:4])], [" ".join(WORDS[:8])]]
        assert await said(api, interview) == [" ".join(WORDS)]
        assert await field.input_value() == "".join(f"{word} " for word in WORDS)
    await context.close()
    tell(f"{len(WORDS)} words, all there")
