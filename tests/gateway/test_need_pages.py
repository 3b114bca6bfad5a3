"""What a need's page tells of other needs: shared seats, and what was decided for the whole."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from gateway.pages.thread_steps import steps_of
from services.kit import clock
from tests.analysis.importing import csv_bytes
from tests.analysis.test_classification import settled
from tests.analysis.test_unclassified import PLACES
from tests.callers import somebody
from tests.councils.builders import a_decision, council_in, day, meeting_in
from tests.councils.work import a_need, decided_initiative, new_interview, typed
from tests.gateway.test_analysis_pages import analysis_of
from tests.gateway.whole import Fact, Whole


async def _provided(whole: Whole, **more: Any) -> tuple[Fact, Fact]:
    """An actor, and a programme of it that leads to the occupation of the needs."""
    provider = await whole.actor()
    told = {"name": "Träteknik", "form": "other", "provider_actor_id": provider["id"]}
    where = {"occupation_codes": ["7522"], "municipality_code": "1472"}
    return provider, await whole.actors.made("/programmes", told | where | more)


async def test_a_need_whose_seats_others_count_on_names_them(whole: Whole) -> None:
    _provider, programme = await _provided(whole)
    begun, out = (f"{clock.today() + timedelta(days=days)}" for days in (-60, 60))
    intake = {"programme_id": programme["id"], "starts_on": begun, "ends_on": out, "seats": 10,
              "admitted": 10, "completed": 10, "employed_after": 10}  # fmt: skip
    await whole.actors.made("/intakes", intake)
    facts = {"occupation_code": "7522", "headcount_per_year": 6}
    one, other = [
        await whole.councils.made("/needs", a_need(statement=f"Exempelbehov {number}.", **facts))
        for number in range(2)
    ]
    page = await (await whole.browser("reader")).get(f"/behov/{one['id']}")
    told = page.text("section[aria-labelledby=v-short]")
    left = "Det minsta tillskottet är vad som är kvar när de har fått sina."
    assert f"Samma platser räknas också för: Exempelbehov 1. {left}" in told
    assert "Täckt" not in told
    assert "Exempel " not in told
    links = [link.attributes["href"] for link in page.all("section[aria-labelledby=v-short] a")]
    assert links == [f"/behov/{other['id']}"]


async def test_who_is_not_out_for_years_covers_nothing_within_one(whole: Whole) -> None:
    _provider, programme = await _provided(whole, weeks=120)
    begun, ago, out = (f"{clock.today() + timedelta(days=days)}" for days in (30, -900, -60))
    measured = {"admitted": 10, "completed": 10, "employed_after": 10}
    for start in ({"starts_on": ago, "ends_on": out} | measured, {"starts_on": begun, "seats": 20}):
        await whole.actors.made("/intakes", {"programme_id": programme["id"]} | start)
    facts = {"occupation_code": "7522", "headcount_per_year": 5}
    need = await whole.councils.made("/needs", a_need(**facts, to_year=clock.today().year + 5))
    page = await (await whole.browser("reader")).get(f"/behov/{need['id']}")
    short, long = (page.text(f"section[aria-labelledby=v-{which}]") for which in ("short", "long"))
    assert "Täckt" not in short
    assert "Tillskott per år 0 " in short
    assert "Antaget: utbildningens längd, 120 veckor från starten" in long


async def test_a_gap_is_shown_with_how_many_seats_more_would_close_it(whole: Whole) -> None:
    provider, programme = await _provided(whole)
    days = [f"{clock.today() + timedelta(days=days)}" for days in (-400, -200, 30, 200)]
    start = {"programme_id": programme["id"], "source": "Exempelkälla"}
    past = start | {"starts_on": days[0], "ends_on": days[1], "admitted": 25, "completed": 20}
    await whole.actors.made("/intakes", past | {"employed_after": 18})
    coming = start | {"starts_on": days[2], "ends_on": days[3], "seats": 0}
    intake = await whole.actors.made("/intakes", coming)
    facts = {"occupation_code": "7522", "headcount_per_year": 6}
    need = await whole.councils.made("/needs", a_need(**facts))
    section, path = "section[aria-labelledby=v-short]", f"/behov/{need['id']}"
    browser = await whole.browser("process_leader")
    page = await browser.get(path)
    told = page.text(section)
    assert "9 platser till per år på Träteknik täcker glappet." in told
    assert "En plats ger 0,72 anställda per år: " in told
    assert "6 som saknas per år ÷ (0,8 som slutför × 0,9 som går in i yrket)" in told
    assert "ren räkning och ingen rekommendation" in told
    assert "Exempel " not in told
    begin, meeting, together = (
        link.attributes["href"] or ""
        for link in page.all(f"{section} a.no-print, {section} p.no-print a")
    )
    assert meeting == f"{path}/mote"
    assert together == "/analys/fordelning"
    form = await browser.get(begin)
    for name, value in (("intake_id", intake["id"]), ("lead_actor_id", provider["id"])):
        chosen = form.all(f"select[name={name}] option[selected]")
        assert [one.attributes["value"] for one in chosen] == [value]
    proposed = form.fields("/initiativ/nytt")
    assert proposed["horizon"] == ["short"]
    assert proposed["title"][0].endswith("till på Träteknik")
    assert "skulle täcka det" in proposed["description"][0]
    assert proposed["decision_id"] == [""], "nobody has decided about these seats"
    assert (await browser.get(meeting)).status == 200
    reader = await (await whole.browser("reader")).get(path)
    assert "täcker glappet" in reader.text(section)
    assert [one.text() for one in reader.all(f"{section} .no-print")] == [
        "Alla behov och platser tillsammans, kort sikt"
    ]


async def test_a_gap_that_no_supplement_is_known_for_says_so_and_what_is_invented_is_marked(
    whole: Whole,
) -> None:
    _provider, programme = await _provided(whole, example=True)
    coming = f"{clock.today() + timedelta(days=30)}"
    intake = {"programme_id": programme["id"], "starts_on": coming, "seats": 0}
    await whole.actors.made("/intakes", intake)
    need = await whole.councils.made("/needs", a_need(occupation_code="7522", headcount_per_year=6))
    page = await (await whole.browser("reader")).get(f"/behov/{need['id']}")
    told = page.text("section[aria-labelledby=v-short]")
    assert "Förslag till komplettering Exempel Ingen kan räknas ut" in told
    assert "täcker glappet" not in told
    assert "komplettering" not in page.text("section[aria-labelledby=v-long]"), "nobody knows"


async def test_what_may_not_be_used_is_not_offered_as_a_source(whole: Whole) -> None:
    council, bare = await council_in(whole.councils), {"consent": False, "consent_on": None}
    ways = {"Exempelja": {}, "Exempelnej": bare | {"consent_scope": None}}
    for gap, more in (ways | {"Exempelsen": {"held_on": day(9)}}).items():
        talk = await new_interview(whole.councils, council_id=council["id"], **more)
        await typed(whole.councils, talk, {"question_key": "hard_to_find", "gap": gap})
    leader = await whole.browser("process_leader")
    offered = (await leader.get(f"/behov/nytt?council_id={council['id']}")).text()
    assert [gap in offered for gap in ("Exempelja", "Exempelnej", "Exempelsen")] == [
        True, False, False,
    ]  # fmt: skip


async def test_the_answers_that_a_need_rests_on_are_unlinked_and_linked_again(
    whole: Whole,
) -> None:
    interview = await new_interview(whole.councils)
    await typed(
        whole.councils, interview, {"question_key": "hard_to_find", "gap": "Operatörer saknas"}
    )
    (answer,) = (await whole.councils.get("/answers")).json()["items"]
    need = await whole.councils.made("/needs", a_need(answer_ids=[answer["id"]]))
    browser, place = await whole.browser("process_leader"), f"/behov/{need['id']}"
    form = (await browser.get(f"{place}/andra")).fields(f"{place}/andra")
    assert answer["id"] in form["answer_ids"]
    for chosen, told in (([""], False), (["", answer["id"]], True)):
        saved = await browser.submit(f"{place}/andra", answer_ids=chosen)
        assert saved.status == 303
        assert ("Operatörer saknas" in (await browser.get(place)).text()) == told
    administrator = await whole.browser("administrator")
    page = await administrator.get(f"{place}/andra")
    if page.status == 200:
        assert not page.all('[name="answer_ids"]')
        await administrator.submit(f"{place}/andra", statement="Exempelbehov 7")
    kept = (await whole.councils.get(f"/needs/{need['id']}")).json()
    assert kept["answer_ids"] == [answer["id"]]


async def test_each_break_says_what_nobody_answers_for(whole: Whole) -> None:
    need = await whole.councils.made("/needs", a_need())
    await decided_initiative(whole.councils, title="Exempelkurs", need_ids=[need["id"]])
    page = await (await whole.browser("reader")).get(f"/behov/{need['id']}")
    said = [one.text(strip=True, separator=" ").strip() for one in page.all(".note p")]
    assert "Ingen ansvarar för behovet just nu." in said
    assert "Ingen ansvarar för initiativet just nu. Exempelkurs" in said
    assert len(set(said)) == len(said)


async def test_years_in_the_wrong_order_name_both_fields(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    years = {"from_year": "2030", "to_year": "2020"}
    page = await browser.submit("/behov/nytt", statement="Fler svetsare", **years)
    assert page.status == 422
    assert "Till och med år ska vara samma som Från och med år, eller senare." in page.text("main")


async def test_what_rests_on_an_example_is_marked(whole: Whole) -> None:
    invented, owned = {"example": True}, {"owner_post_id": somebody()}
    need = await whole.councils.made("/needs", a_need(statement="Behov 1", **invented, **owned))
    real = await whole.councils.made("/needs", a_need(statement="Behov 2", **owned))
    council = await council_in(whole.councils, industry="Taxi", **invented)
    closing = {"closed_on": day(-1), "reason": "expired"}
    await whole.councils.made(f"/councils/{council['id']}/close", closing)
    browser = await whole.browser("reader")
    page = await browser.get(f"/behov/{need['id']}")
    assert "Exempel" in page.text("#v-short")
    assert "Exempel" in page.text("[aria-labelledby=thread-heading]")
    assert "Exempel" not in (await browser.get(f"/behov/{real['id']}")).text("main")
    start = await browser.get("/")
    rows = [one.text() for one in start.all("[aria-labelledby=breaks-heading] li")]
    assert {("Behov 1" in row, "Exempel" in row) for row in rows} == {(True, True), (False, False)}
    assert "Exempel" in (await browser.get("/branschrad")).text(".note")


async def test_a_decision_without_the_check_that_a_later_share_asks_for_is_marked(
    whole: Whole,
) -> None:
    need = await whole.councils.made("/needs", a_need())
    meeting = await meeting_in(whole.councils)
    decision = a_decision(meeting, need_ids=[need["id"]])
    decision = await whole.councils.made("/decisions", decision)
    browser = await whole.browser("process_leader")
    mark, places = "Jämställdhetskontroll saknas", ["/behov/" + need["id"], "/beslut"]
    for place in places:
        assert mark not in (await browser.get(place)).text("main")
    share = {"minority_share": "0.10", "minority_share_source": "Exempelstatistik"}
    await whole.councils.put(f"/needs/{need['id']}", a_need(**share), version=2)
    for place in (*places, f"/beslut/{decision['id']}", f"/moten/{meeting['id']}"):
        assert mark in (await browser.get(place)).text("main"), place
    listed = await browser.get("/beslut?equality_check_lacking=true")
    assert decision["text"] in listed.text("#results")


async def test_a_part_of_a_need_shows_the_whole_and_what_was_decided_for_it(whole: Whole) -> None:
    need = await whole.councils.made("/needs", a_need(statement="Hela behovet"))
    meeting = await meeting_in(whole.councils)
    body = a_decision(meeting, need_ids=[need["id"]])
    decision = await whole.councils.made("/decisions", body)
    parts = {"parts": [a_need(statement=f"Del {number}") for number in (1, 2)]}
    made = (await whole.councils.made(f"/needs/{need['id']}/split", parts))["items"]
    browser = await whole.browser("reader")
    page = await browser.get(f"/behov/{made[0]['id']}")
    told = page.text("[aria-labelledby=decisions-heading]")
    assert f"en del av {decision['text']}" in told
    assert "Behovet är en del av Hela behovet" in page.text("main")
    links = {link.attributes["href"] for link in page.all("main a")}
    assert {f"/behov/{need['id']}", f"/beslut/{decision['id']}"} <= links
    split = (await browser.get(f"/behov/{need['id']}")).text("main")
    assert "Behovet har delats i Del" in split
    assert "Behovet är delat. Det bedöms inte längre." in split
    await whole.councils.made(
        "/needs/merge", {"from_ids": [made[0]["id"]], "into_id": made[1]["id"]}
    )
    page = await browser.get(f"/behov/{made[0]['id']}")
    assert "Behovet har slagits ihop med Del 2 och lever vidare där." in page.text("main")
    assert "Behovet är sammanslaget. Det bedöms inte längre." in page.text("main")
    assert "går inte att visa just nu" not in page.text("main")
    assert f"/behov/{made[1]['id']}" in {link.attributes["href"] for link in page.all("main a")}


async def test_a_share_in_per_cent_is_told_with_all_else_that_it_lacks(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    told = {"statement": "Exempel", "areas": "education", "horizon": "short"}
    wrong = await browser.submit("/behov/nytt", **told, minority_share="25")
    assert wrong.errors == [
        "”Andel av det mindre representerade könet i yrket” ska vara högst 0,5. Skriv 0,25 för 25 "
        "procent.",
        "Fyll i ”Källa till andelen”.",
    ]
    more = {"minority_share": "0.25", "minority_share_source": "Exempelstatistik"}
    body = a_need(to_year=2029, reported_by="1472", **more)
    made = await whole.councils.made("/needs", body)
    facts = (await browser.get(f"/behov/{made['id']}")).text("[aria-labelledby=facts-heading]")
    for told in ("–2029", "Exempelstatistik", "Anmält av"):
        assert told in facts, told


def test_a_need_that_only_lacks_an_owner_is_not_missing_itself() -> None:
    thing = {"id": "1", "noun": "needs", "name": "Exempelbehov", "withheld": False}
    need = {"stage": "need", "thing": thing, "on": "2026-01-01", "status": None}
    lacks = [{"stage": "need", "kind": "ownerless"}, {"stage": "council", "kind": "no_council"}]
    steps = steps_of({"steps": [need], "breaks": lacks, "reached": "need"})
    assert [step.state for step in steps][2:5] == ["ownerless", "ahead", "missing"]
    more = [*lacks, {"stage": "need", "kind": "no_source"}]
    assert steps_of({"steps": [need], "breaks": more, "reached": "need"})[2].state == "missing"


async def test_a_code_that_is_none_is_said_on_the_page_of_the_need(
    whole: Whole, tmp_path: Path
) -> None:
    file = tmp_path / "municipalities.csv"
    file.write_bytes(csv_bytes(PLACES, [("1472", "Tidaholm", "14", "Exempellän", "x")]))
    await settled(analysis_of(whole), file)
    facts = {"occupation_code": "7522", "municipality_codes": ["1499"], "headcount_per_year": 1}
    need = await whole.councils.made("/needs", a_need(**facts))
    page = await (await whole.browser("reader")).get(f"/behov/{need['id']}")
    for horizon in ("short", "long"):
        told = page.text(f"section[aria-labelledby=v-{horizon}]")
        assert "Kan inte avgöras" in told
        assert "Kommunkoden 1499 finns inte i klassifikationen. Avgörande" in told


async def test_a_choice_that_cannot_be_read_is_refused_at_its_field(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    for path, field in (
        ("/behov?status=nonsens", "status"),
        ("/behov?council_id=nonsens", "council_id"),
        ("/beslut?decided_from=nonsens", "decided_from"),
        ("/moten?status=nonsens", "status"),
    ):
        wrong = await browser.get(path)
        assert (wrong.status, bool(wrong.error(field))) == (400, True), path
    script = {"hx-request": "true", "hx-target": "div#results"}
    assert (await browser.http.get("/behov?status=nonsens", headers=script)).status_code == 200
    assert (await browser.get("/aktorer?as_of=nonsens")).status == 400
