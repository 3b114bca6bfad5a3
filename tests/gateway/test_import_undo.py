"""An import at work: how much is saved, and the way back."""

import asyncio
from typing import Any

import pytest

from gateway.importing import uploads
from gateway.session import DOOR
from services.actors.importing.progress import tell
from services.kit import clock
from tests.councils.builders import a_seat, council_in
from tests.councils.work import an_initiative
from tests.gateway.test_import_pages import SEE_OTHER, followed, sent
from tests.gateway.whole import Whole


async def test_a_large_import_is_undone_while_nobody_waits(whole: Whole) -> None:
    rows = [{"name": "Exempelföretag 1", "kind": "company"}]
    body = {"noun": "actor", "file_name": "f.csv", "rows": rows}
    made = await whole.actors.made("/imports", body)
    browser, place = await whole.browser("process_leader"), f"/importer/{made['id']}"
    fields = (await browser.get(f"{place}/angra")).fields(f"{place}/angra")
    assert await uploads.begin_undo(whole.app.state.database, "user:other", made)
    working = await browser.get(place)
    assert "Ångrar importen: 1 sak tas bort" in working.text(), "whoever began it"
    assert "Ångra importen" not in [link.text() for link in working.all("main a.btn")]
    await followed(browser, await browser.send(f"{place}/angra", **fields))
    assert not (await whole.actors.get(f"/imports/{made['id']}")).json()["undone_at"], "one does it"
    assert (await browser.get(f"/importer/filer/{made['id']}")).status == 404, "it is no file"
    away = {"seen_at": clock.now() - 2 * uploads.SILENT}
    async with whole.app.state.database.writing(DOOR) as db:
        await db.execute(uploads.UPLOADS.update().values(away))
    assert "Ångrandet avbröts" in (await browser.get(place)).text()
    _, undone = await followed(browser, await browser.send(f"{place}/angra", **fields))
    assert "Det som importerades är borttaget" in undone.text()


async def test_how_much_is_saved_is_shown_while_nobody_can_see_it(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.actors.importing import actions  # noqa: PLC0415

    settled, waiting = actions.settle, asyncio.Event()

    async def slowly(db: Any) -> None:
        await settled(db)
        await asyncio.wait_for(waiting.wait(), 20)

    monkeypatch.setattr(actions, "settle", slowly)
    monkeypatch.setattr(actions, "tell", lambda db, mark, _done, _count: tell(db, mark, 3, 4))
    for name, seconds in (("PATIENCE", 0.5), ("LOOKS", 0.05)):
        monkeypatch.setattr(f"gateway.importing.work.{name}", seconds)
    browser = await whole.browser("process_leader")
    rows = "Namn;Typ\n" + "".join(f"Exempelföretag {n};Företag\n" for n in range(4))
    place, columns = await followed(browser, await sent(browser, "a.csv", rows.encode()))
    check, shown = await followed(browser, await browser.send(place, **columns.fields(place)))
    await browser.send(check, **shown.fields(check))
    for _ in range(400):
        page = await browser.get(check)
        if "75 % är klart" in page.text():
            break
        await asyncio.sleep(0.05)
    assert "Sparar 4 rader, alla eller ingen. 75 % är klart." in page.text()
    waiting.set()
    for _ in range(400):
        if (await browser.get(check)).status == SEE_OTHER:
            return
        await asyncio.sleep(0.05)
    pytest.fail("it is never done")


async def test_nothing_is_removed_that_councils_name(whole: Whole) -> None:
    names = [f"Exempelföretag {number}" for number in range(5)]
    rows = [{"name": name, "kind": "company"} for name in names]
    made = await whole.actors.made("/imports", {"noun": "actor", "file_name": "f", "rows": rows})
    first, leads, takes_part, asked, free = sorted(
        (await whole.actors.get("/actors")).json()["items"], key=lambda one: one["name"]
    )
    council = await council_in(whole.councils, leader_actor_ids=[first["id"]])
    await whole.councils.made("/seats", a_seat(council, actor_id=leads["id"]))
    partners = [{"actor_id": takes_part["id"], "part": "Lokal"}]
    shared = an_initiative(lead_actor_id=leads["id"], partners=partners)
    await whole.councils.made("/initiatives", shared)
    refused = await whole.actors.post(f"/imports/{made['id']}/undo")
    assert refused.status_code == 409
    assert [error["field"] for error in refused.json()["errors"]] == [
        "rows.0.council", "rows.1.initiative", "rows.1.seat", "rows.2.initiative",
    ]  # fmt: skip
    for used in (first, leads, takes_part):
        answer = await whole.actors.delete(f"/actors/{used['id']}", version=1)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "in_use")
    answer = await whole.actors.delete(f"/actors/{free['id']}", version=1)
    assert answer.status_code == 204
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("services.actors.uses.PATIENCE_SECONDS", 0)
        answer = await whole.actors.delete(f"/actors/{asked['id']}", version=1)
        assert answer.status_code == 503, "nothing is removed that nobody has asked about"


async def test_a_post_that_councils_name_keeps_its_import(whole: Whole) -> None:
    actor = await whole.actor(1)
    row = {"name": "Exempelperson 1", "post_title": "Chef", "actor_name": actor["name"]}
    rows = [row | {"valid_from": "2026-01-01"}]
    made = await whole.actors.made("/imports", {"noun": "person", "file_name": "p", "rows": rows})
    (post,) = (await whole.actors.get("/posts")).json()["items"]
    owned = an_initiative(lead_actor_id=actor["id"], owner_post_id=post["id"])
    await whole.councils.made("/initiatives", owned)
    refused = await whole.actors.post(f"/imports/{made['id']}/undo")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, "rows.0.initiative")


async def test_what_was_changed_of_a_row_is_named(whole: Whole) -> None:
    stands = {"level": "operative", "status": "active", "standing_from": "2024-01-01"}
    rows = [{"name": "Exempelföretag 1", "kind": "company"} | stands]
    body = {"noun": "actor", "file_name": "f.csv", "rows": rows}
    made = await whole.actors.made("/imports", body)
    (actor,) = (await whole.actors.get("/actors")).json()["items"]
    (standing,) = (await whole.actors.get("/standings")).json()["items"]
    told = {"actor_id": actor["id"], "level": "strategic", "status": "active"}
    told |= {"valid_from": "2024-01-01"}
    done = await whole.actors.put(f"/standings/{standing['id']}", told, version=1)
    assert done.status_code == 200, done.text
    browser, undo = await whole.browser("process_leader"), f"/importer/{made['id']}/angra"
    fields = (await browser.get(undo)).fields(undo)
    _, refused = await followed(browser, await browser.send(undo, **fields))
    assert "Ändrat sedan importen: nivå och läge." in refused.text(".errors"), refused.text()
