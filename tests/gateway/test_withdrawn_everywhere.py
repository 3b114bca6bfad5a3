"""A withdrawn consent: no table of any database holds what was said, nor does any page or file."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import text

from services.kit import clock, ledger
from tests.callers import ANALYSIS
from tests.councils.builders import a_meeting, at, council_in
from tests.councils.work import an_initiative, new_interview, typed
from tests.gateway.whole import Whole

SAID = {
    "present": "Kanarienuläge: två platser står tomma",
    "desired": "Kanarieönskan: tre som vill söka",
    "gap": "Kanarieglapp: ingen kan ställa om maskinen. Kanariemening: de flyttar alla härifrån.",
}
KEPT = sha256(b"ett-exempel").hexdigest()
MARKS = ("Kanarie", "kanarie")
TABLES = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
)


async def _databases(whole: Whole) -> dict[str, Any]:
    found = {name: app.state.database for name, app in whole.app.state.embedded.items()}
    return found | {"gateway": whole.app.state.database}


async def _found(whole: Whole) -> list[str]:
    """Where the words stand, by database and table; bytes are read as text too."""
    places = []
    for name, database in (await _databases(whole)).items():
        async with database.reading() as db:
            for (table,) in (await db.execute(text(TABLES))).all():
                rows = (await db.execute(text(f'SELECT * FROM "{table}"'))).all()  # noqa: S608
                cells = (cell for row in rows for cell in row)
                told = " ".join(
                    cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)
                    for cell in cells
                )
                if any(mark in told for mark in MARKS):
                    places.append(f"{name}.{table}")
    return places


def _in_files(folder: Path) -> list[Path]:
    files = [one for one in folder.rglob("*") if one.is_file()]
    return [one for one in files if any(mark.encode() in one.read_bytes() for mark in MARKS)]


async def _with_words_everywhere(whole: Whole) -> dict[str, Any]:
    """An interview whose answer became a need, a point, an initiative, and needs that are gone."""
    councils, council = whole.councils, await council_in(whole.councils)
    interview = await new_interview(councils, council_id=council["id"])
    told = {"question_key": "hard_to_find", "quote": True, "source": "Kanariekälla", **SAID}
    answer = (await typed(councils, interview, told))["saved"][0]
    made = [
        await councils.made(f"/answers/{answer['id']}/need", {"horizon": "short", **more})
        for more in ({}, {"statement": SAID["desired"]}, {"statement": "Det behövs operatörer"},
                     {"statement": "Vi hörde: kanariemening: de flyttar alla härifrån"})
    ]  # fmt: skip
    gone = await councils.made(f"/answers/{answer['id']}/need", {"horizon": "short"})
    await councils.delete(f"/needs/{gone['id']}", version=1)
    merging = {"from_ids": [made[1]["id"]], "into_id": made[0]["id"], "reason": "Samma"}
    await councils.made("/needs/merge", merging)
    meeting = await councils.made(
        "/meetings", a_meeting(council, starts_at=at(7), status="planned")
    )
    point = {"meeting_id": meeting["id"], "title": SAID["gap"][:200], "need_ids": [made[0]["id"]]}
    point = await councils.made("/agenda-items", point)
    about = {"title": SAID["gap"][:200], "need_ids": [made[0]["id"]]}
    initiative = await councils.made("/initiatives", an_initiative(**about))
    url = f"/interviews/{interview['id']}"
    await councils.post(f"{url}/send")
    await councils.post(f"{url}/return", {"reason": "Kanarieskäl: det var fyra"})
    await councils.post(f"{url}/send")
    await councils.made(f"{url}/approval-links", {"hash": KEPT})
    sheet, door = f"/approval-sheets/{KEPT}", councils.by(ANALYSIS)
    version = (await door.get(sheet)).json()["version"]
    assert (await door.post(f"{sheet}/approve", {"version": version})).status_code == 200
    return {
        "url": url, "answer": answer, "needs": made, "point": point, "initiative": initiative,
    }  # fmt: skip


async def test_a_withdrawn_consent_leaves_no_word_in_any_table(
    whole: Whole, tmp_path: Path
) -> None:
    there = await _with_words_everywhere(whole)
    browser = await whole.browser("process_leader")
    before = clock.now()
    await browser.get("/sok?q=Kanarie")  # what analysis copies is there
    found = await _found(whole)
    assert {"councils.answer", "councils.need", "councils.ledger", "councils.idempotency",
            "councils.agenda_item", "councils.initiative"} <= set(found)  # fmt: skip
    assert any(place.startswith("analysis.") for place in found), "the test sees all of them"
    assert (await whole.councils.post(f"{there['url']}/withdraw")).status_code == 200
    for path in ("/sok?q=Kanarie", "/behov", "/intervjuer", "/gapanalys",
                 f"/behov/{there['needs'][0]['id']}", f"/initiativ/{there['initiative']['id']}",
                 f"/intervjuer{there['url'].removeprefix('/interviews')}", "/behov.csv",
                 f"/behov?known_at={before:%Y-%m-%dT%H:%M:%SZ}"):  # fmt: skip
        shown = (await browser.http.get(path)).text
        words = (
            shown.replace('value="Kanarie"', "").replace("q=Kanarie", "").replace("”Kanarie”", "")
        )
        assert not any(mark in words for mark in MARKS), path
    for path in ("needs", "answers", "interviews", "agenda-items", "initiatives", "feed"):
        for times in ("", f"?known_at={before:%Y-%m-%dT%H:%M:%S.%fZ}") if path != "feed" else ("",):
            told = await whole.councils.get(f"/{path}{times}")
            assert told.status_code in {200, 403}
            assert not any(mark in told.text for mark in MARKS), f"{path}{times}"
    assert await _found(whole) == []
    assert not _in_files(tmp_path)


async def test_what_was_made_of_it_stays_with_its_link_and_the_ledger_is_whole(
    whole: Whole,
) -> None:
    there = await _with_words_everywhere(whole)
    await whole.councils.post(f"{there['url']}/withdraw")
    kept = [(await whole.councils.get(f"/needs/{one['id']}")).json() for one in there["needs"]]
    gone = "Underlaget är återtaget, och formuleringen borttagen"
    assert [one["statement"] for one in kept] == [gone, gone, "Det behövs operatörer", gone]
    assert {tuple(one["answer_ids"]) for one in kept} == {(there["answer"]["id"],)}
    database = whole.app.state.embedded["councils"].state.database
    async with database.reading() as db:
        assert await ledger.faults(db) == []
        told = await db.scalar(text("SELECT after FROM ledger WHERE op = 'R'"))
    assert (told["why"], len(told["seqs"]) > 5) == ("consent withdrawn", True)
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/behov/{there['needs'][2]['id']}")
    assert "Underlaget är återtaget" in page.text('[aria-labelledby="answers-heading"]')
    for step in page.all("ol.thread li")[:2]:
        words = " ".join(step.text().split())
        assert ("återtaget" in words, "klart" in words) == (True, False), words
    assert "Det behövs operatörer" in (await browser.get("/sok?q=operatörer")).text()
    assert gone[:20] in (await browser.get("/behov")).text(), "analysis knows the new words"
