"""Who is signed in on the pages may read the API with the same rights, and only read."""

import re

from gateway import accounts
from gateway.drafts import AccountDraft
from gateway.passwords import Passwords
from tests.gateway.signing_in import PASSWORD
from tests.wire.running import House


async def _make(db: object) -> None:
    draft = AccountDraft(email="bo@exempel.se", name="Exempelperson 2", roles=["reader"])
    account, _ = await accounts.open_account(db, draft)  # type: ignore[arg-type]
    stored = await Passwords().make(PASSWORD)
    await accounts.set_password(db, account["id"], stored)  # type: ignore[arg-type]


def test_a_session_reads_and_never_writes(running: House) -> None:
    running.do(_make)
    browser = running.api()
    page = browser.get("/logga-in").text
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token is not None
    form = {"email": "bo@exempel.se", "password": PASSWORD, "csrf": token[1]}
    assert browser.post("/logga-in", data=form).status_code == 303
    assert browser.read("/actors").status_code == 200
    assert browser.read("/changes").status_code == 403
    written = browser.make("/actors", {"name": "Exempelföretag 1", "kind": "company"})
    assert (written.status_code, written.headers["www-authenticate"][:6]) == (401, "Bearer")
    assert browser.read("/keys").status_code == 403
    browser.cookies.clear()
    assert browser.read("/actors").status_code == 401
