"""Pages under load: somebody signed in saves one form after another, each until it is saved."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import httpx

from tests.faults.load import Account
from tests.gateway.looking import Page
from tests.gateway.signing_in import PASSWORD, SEE_OTHER
from tests.journeys.running import House

NEW = "/aktorer/ny"


async def _signed_in(browser: httpx.AsyncClient, link: str) -> None:
    page = Page(await browser.get(link))
    (action,) = [form.attributes["action"] for form in page.all('main form[method="post"]')]
    fields = page.fields() | {name: PASSWORD for name in page.fields() if "password" in name}
    answer = await browser.post(action or link, data=fields)
    assert answer.status_code == SEE_OTHER, answer.text


async def _saved(browser: httpx.AsyncClient, account: Account) -> None:
    """One actor by its form. Where no answer came, the same form is sent again."""
    name = f"Exempelföretag {uuid4().hex}"
    fields: dict[str, list[str]] = {}
    for _ in range(200):
        try:
            fields = fields or Page(await browser.get(NEW, follow_redirects=True)).fields(NEW)
            filled = fields | {"name": [name], "kind": ["company"], "another": ["true"]}
            answer = await browser.post(NEW, data=filled)
        except httpx.TransportError:
            await asyncio.sleep(0.1)
            continue
        account.answers[answer.status_code] += 1
        if answer.status_code == SEE_OTHER:
            account.took(name)
            return
        await asyncio.sleep(0.1)
    account.failed.append(name)


@asynccontextmanager
async def saving(house: House, account: Account) -> AsyncIterator[None]:
    """A process leader saves forms while the block lasts, and finishes the last."""
    ended = asyncio.Event()
    link = await asyncio.to_thread(house.user, "process_leader")
    async with httpx.AsyncClient(base_url=house.address, timeout=30, trust_env=False) as browser:
        await _signed_in(browser, link)

        async def save() -> None:
            while not ended.is_set():
                await _saved(browser, account)

        async with asyncio.TaskGroup() as group:
            group.create_task(save())
            try:
                yield
            finally:
                ended.set()
