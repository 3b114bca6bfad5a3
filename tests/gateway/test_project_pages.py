"""Projects on pages: begun, worked in, changed and ended, with and without scripts."""

from typing import Any

from tests.callers import somebody
from tests.councils.builders import council_in, day
from tests.councils.test_project import project_in
from tests.gateway.whole import Whole

SEE_OTHER = 303
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#results"}
VIEWS = ("", "/uppdrag", "/plan", "/budget", "/avvikelser", "/lardomar")


async def test_a_project_is_made_worked_in_and_ended(whole: Whole) -> None:
    council = await council_in(whole.councils, name="Styrgruppen", kind="steering_group")
    actor = await whole.actors.made("/actors", {"name": "Exempelförbundet", "kind": "other"})
    browser = await whole.browser("process_leader")
    assert "Inga projekt ännu" in (await browser.get("/projekt")).text("main")
    begun = f"/projekt/ny?council_id={council['id']}"
    wrong = await browser.submit(begun, at="/projekt/ny", name="", purpose="Bygga en modell")
    assert (wrong.status, bool(wrong.error("name"))) == (422, True)
    assert bool(wrong.error("owner_actor_id"))
    assert wrong.fields()["purpose"] == ["Bygga en modell"]
    typed = {"name": "Exempelprojektet", "purpose": "Bygga", "owner_actor_id": actor["id"]}
    made = await browser.submit(begun, at="/projekt/ny", **typed)
    assert made.status == SEE_OTHER
    url = made.answer.headers["location"]
    page = await browser.get(url)
    assert "Inget uppdrag är beslutat" in page.text("main")
    assert (await browser.submit(f"{url}/starta", started_on="")).status == SEE_OTHER
    for view in VIEWS:
        assert (await browser.get(f"{url}{view}")).status == 200, view
    part = await browser.http.get("/projekt?status=ended", headers=HTMX)
    assert "<html" not in part.text
    assert "stämmer med urvalet" in part.text
    file = (await browser.http.get("/projekt.csv")).text
    assert file.lstrip("\ufeff").startswith('"Projekt","Läge","Syfte"')
    assert '"Exempelprojektet"' in file
    assert "Exempelprojektet" in (await browser.get("/sok?q=exempelprojektet")).text("#results")
    todo = await browser.submit(f"{url}/aktiviteter/ny", title="Intervjua", due_on=day(-1))
    assert todo.status == SEE_OTHER
    assert "Försenad" in (await browser.get(f"{url}/plan")).text("main")
    shown = (await browser.get("/")).text("main")
    assert "Intervjua" in shown, "late ones stand in My day"
    asked = await browser.get(f"{url}/avsluta")
    assert "Intervjua" in asked.text("main")
    silent = await browser.submit(f"{url}/avsluta", ended_on=day(0))
    assert (silent.status, bool(silent.error("reason"))) == (422, True)
    ended = await browser.submit(f"{url}/avsluta", ended_on=day(0), reason="Tiden är slut")
    assert ended.status == SEE_OTHER
    assert "Tiden är slut" in (await browser.get(url)).text("main")
    assert "Intervjua" not in (await browser.get("/")).text("main")
    resume = f"{url}/ateruppta"
    again = await browser.send(resume, **(await browser.get(url)).fields(resume))
    assert again.status == SEE_OTHER


async def test_a_project_is_shown_as_it_stood_on_a_day(whole: Whole) -> None:
    project = await project_in(whole.councils, running=True)
    url, browser = f"/projekt/{project['id']}", await whole.browser("process_leader")
    await whole.councils.made(f"/projects/{project['id']}/end", {"ended_on": day(-10)})
    assert "Genomfört" in (await browser.get(url)).text("main")
    then = await browser.get(f"{url}?as_of={day(-20)}")
    assert "Pågår" in then.text("main")
    assert "Genomfört" not in then.text("main")
    assert not then.all('main a[href$="/avsluta"]')
    before = await browser.get(f"{url}?as_of={day(-400)}")
    assert "Fanns inte den dagen" in before.text("main")
    for on, listed in ((-20, True), (-400, False)):
        page = await browser.get(f"/projekt?as_of={day(on)}&status=running")
        assert bool(page.all(f'tbody a[href^="{url}"]')) is listed
    known = await browser.get(f"/projekt?known_at={project['created_at'].replace('+', '%2B')}")
    assert known.status == 200


async def test_versions_show_what_differs_and_a_decided_one_stays(whole: Whole) -> None:
    project = await project_in(whole.councils)
    browser, url = await whole.browser("process_leader"), f"/projekt/{project['id']}"
    typed = {"aim": "Bygga en enkel modell", "decided_on": day(-9)}
    assert (await browser.submit(f"{url}/uppdrag/ny", **typed)).status == SEE_OTHER
    form = await browser.get(f"{url}/uppdrag/ny")
    assert form.fields()["aim"] == ["Bygga en enkel modell"], "it starts from the last"
    typed = {"aim": "Bygga en hållbar modell", "limits": "Bara resursbaserna"}
    silent = await browser.submit(f"{url}/uppdrag/ny", **typed)
    assert (silent.status, bool(silent.error("change_reason"))) == (422, True)
    told = typed | {"change_reason": "Ett omtag"}
    assert (await browser.submit(f"{url}/uppdrag/ny", **told)).status == SEE_OTHER
    page = await browser.get(f"{url}/uppdrag")
    assert [one.text() for one in page.all("del")] == ["borttaget: enkel slut på borttaget "]
    assert "hållbar" in page.all("ins")[0].text()
    edits = [
        one.attributes["href"] or ""
        for one in page.all("main a")
        if "andra" in str(one.attributes["href"])
    ]
    assert len(edits) == 1, "the decided one stays as it is"
    decided = await browser.submit(edits[0], decided_on=day(0))
    assert decided.status == SEE_OTHER
    late = await browser.submit(edits[0], aim="Annat")
    assert late.status == 422
    assert "beslutad" in late.text("main")


async def test_each_part_is_written_changed_and_taken_away(whole: Whole) -> None:
    project = await project_in(whole.councils)
    browser, url = await whole.browser("process_leader"), f"/projekt/{project['id']}"
    parts: dict[str, tuple[dict[str, Any], str, str]] = {
        "aktiviteter": ({"title": "Intervjua"}, "plan", "title"),
        "kommunikation": (
            {"title": "Vi börjar", "audience": "Rektorer", "channel": "Brev"}, "plan", "title",
        ),
        "utvardering": ({"title": "Blev det bättre?", "indicator": "Enkät"}, "plan", "title"),
        "avstamningar": ({"title": "Med forskaren", "due_on": day(-3)}, "plan", "title"),
        "budgetrader": ({"label": "Resor", "plan": "1 000,50", "actual": "0"}, "budget", "label"),
        "avvikelser": ({"what": "Pandemin", "cause": "Smitta"}, "avvikelser", "what"),
        "lardomar": ({"kind": "lesson", "text": "Det tar tid"}, "lardomar", "text"),
        "fortlevnad": ({"what": "Modellen"}, "lardomar", "what"),
    }  # fmt: skip
    for sort, (typed, view, named) in parts.items():
        empty = await browser.submit(f"{url}/{sort}/ny")
        assert (empty.status, bool(empty.error(named))) == (422, True), sort
        made = await browser.submit(f"{url}/{sort}/ny", **typed)
        assert (made.status, made.answer.headers.get("location")) == (SEE_OTHER, f"{url}/{view}")
        page = await browser.get(f"{url}/{view}")
        assert typed[named] in page.text("main"), sort
        edit = next(
            str(one.attributes["href"])
            for one in page.all("main a")
            if str(one.attributes["href"]).endswith("/andra") and typed[named] in one.text()
        )
        assert (await browser.get(edit)).status == 200
        changed = await browser.submit(edit, **{named: "Exempel: ändrat"})
        assert changed.status == SEE_OTHER, sort
        assert "Exempel: ändrat" in (await browser.get(f"{url}/{view}")).text("main"), sort
        remove = edit.replace("/andra", "/ta-bort")
        assert "Exempel: ändrat" in (await browser.get(remove)).text("main")
        assert (await browser.submit(remove)).status == SEE_OTHER
        assert "Exempel: ändrat" not in (await browser.get(f"{url}/{view}")).text("main"), sort
    assert (await browser.get(f"{url}/nonsens/ny")).status == 404
    assert (await browser.get(f"{url}/nonsens")).status == 404


async def test_who_received_what_is_shown_and_a_file(whole: Whole) -> None:
    project = await project_in(whole.councils)
    browser, url = await whole.browser("process_leader"), f"/projekt/{project['id']}"
    told = {"title": "Vi börjar", "audience": "Rektorer", "channel": "Brev"}
    told |= {"recipients": "Exempelskolan 1\nExempelskolan 2"}
    lacks = await browser.submit(f"{url}/kommunikation/ny", **told)
    assert (lacks.status, bool(lacks.error("done_on"))) == (422, True)
    assert lacks.fields(f"{url}/kommunikation/ny")["recipients"] == [told["recipients"]]
    made = await browser.submit(f"{url}/kommunikation/ny", **told, done_on=day(-1))
    assert made.status == SEE_OTHER
    page = await browser.get(f"{url}/plan")
    assert "Fick det: Exempelskolan 1, Exempelskolan 2" in page.text("main")
    (link,) = page.all('main a[href$="/kommunikation.csv"]')
    head, row = (await browser.http.get(str(link.attributes["href"]))).text.splitlines()
    assert '"Mottagare"' in head
    assert '"Exempelskolan 1; Exempelskolan 2"' in row
    assert (await browser.get(f"{url}/kommunikation.pdf")).status == 404
    assert "Öppna igen" not in page.text("main"), "what was received has been sent"


async def test_check_ins_lost_time_sums_and_lessons_are_told(whole: Whole) -> None:
    project = await project_in(whole.councils, running=True)
    its, browser = {"project_id": project["id"]}, await whole.browser("process_leader")
    url = f"/projekt/{project['id']}"
    planned = {"title": "Avstämning", "first_on": day(-20), "every": "2", "times": "3"}
    often = f"{url}/avstamningar/aterkommande"
    wrong = await browser.submit(often, **planned, unit="")
    assert (wrong.status, bool(wrong.error("unit"))) == (422, True)
    far = planned | {"every": "52", "times": "60"}
    assert "2200" in (await browser.submit(often, **far, unit="months")).error("times")
    assert (await browser.submit(often, **planned, unit="weeks")).status == SEE_OTHER
    page = await browser.get(f"{url}/plan")
    assert page.text("main").count("Missad") == 2
    assert len(page.all("svg.chart rect")) == 3
    told = its | {"what": "Omtag", "cause": "Fel nivå", "days_lost": 365, "restart": True}
    await whole.councils.made("/project-deviations", told | {"to_on": day(-100)})
    page = await browser.get(f"{url}/avvikelser")
    assert "tappade 12 månader" in page.text("main").replace("\N{NO-BREAK SPACE}", " ")
    assert "Före och efter omtaget" in page.text("main")
    cost = its | {"label": "Resor", "plan": "0.10", "actual": "0.30"}
    await whole.councils.made("/project-budget-lines", cost)
    await whole.councils.made("/project-budget-lines", its | {"label": "Lokaler"})
    text = (await browser.get(f"{url}/budget")).text("main")
    for said in ("0,20", "Orsak saknas", "1 av 2 rader har okända belopp"):
        assert said in text.replace("\N{NO-BREAK SPACE}", " "), said
    rests = [{"what": "Beslutet", "address": "/beslut"}]
    lesson = its | {"kind": "conclusion", "text": "Börja strategiskt", "supports": rests}
    await whole.councils.made("/project-lessons", lesson)
    track = await council_in(
        whole.councils, kind="temporary_council", ends_on=day(30), name="Exempelspåret"
    )
    closing = {"closed_on": day(0), "reason": "goal_met", "lessons": "Börja med företagen"}
    await whole.councils.made(f"/councils/{track['id']}/close", closing)
    found = (await browser.get("/lardomar?q=börja")).text("#results")
    assert "Börja strategiskt" in found
    assert "Börja med företagen" in found
    only = (await browser.get("/lardomar?q=företagen")).text("#results")
    assert "strategiskt" not in only
    by_council = (await browser.get("/lardomar?q=exempelspåret")).text("#results")
    assert "Börja med företagen" in by_council
    by_project = await browser.get("/lardomar?q=exempelprojektet")
    assert by_project.all(f'#results a[href="{url}/lardomar"]')
    assert "Börja strategiskt" in (await browser.http.get("/lardomar.csv")).text


async def test_the_days_of_a_project_are_put_right(whole: Whole) -> None:
    planned, project = [await project_in(whole.councils, running=one) for one in (False, True)]
    browser, url = await whole.browser("process_leader"), f"/projekt/{project['id']}"
    assert "inte börjat" in (await browser.get(f"/projekt/{planned['id']}/dagar")).text("main")
    assert (await browser.get(url)).all(f'a[href="{url}/dagar"]')
    wrong = await browser.submit(f"{url}/dagar", started_on=day(1))
    assert (wrong.status, bool(wrong.error("started_on"))) == (422, True)
    assert (await browser.submit(f"{url}/dagar", started_on="")).status == SEE_OTHER
    assert (await whole.councils.get(f"/projects/{project['id']}")).json()["started_on"] is None


async def test_readers_read_and_write_nothing(whole: Whole) -> None:
    project = await project_in(whole.councils, owner_actor_id=somebody())
    reader, url = await whole.browser("reader"), f"/projekt/{project['id']}"
    for view in VIEWS:
        page = await reader.get(f"{url}{view}")
        assert page.status == 200
        assert not [
            one for one in page.all("main a") if str(one.attributes["href"]).endswith("/ny")
        ]
    for closed in ("/projekt/ny", f"{url}/aktiviteter/ny", f"{url}/andra", f"{url}/starta"):
        assert (await reader.get(closed)).status == 403, closed
