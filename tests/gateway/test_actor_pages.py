"""The actor pages: search before create, standing over time, leaving and coming back."""

from urllib.parse import urlencode

import pytest

from services.kit.errors import Unavailable
from tests.councils.work import an_initiative
from tests.gateway.looking import Page
from tests.gateway.whole import Whole

SEE_OTHER = 303


async def test_the_list_is_narrowed_and_comes_as_a_file(whole: Whole) -> None:
    await whole.actors.made("/actors", {"name": "Exempelkommun", "kind": "municipality"})
    await whole.actors.made("/actors", {"name": "Exempelföretag 1", "kind": "company"})
    browser = await whole.browser("reader")
    page = await browser.get("/aktorer?kind=company")
    assert [one.text(strip=True) for one in page.all("tbody th a")] == ["Exempelföretag 1"]
    table = (await browser.http.get("/aktorer.csv?q=Exempelkommun")).text
    assert "Exempelkommun" in table
    assert "Exempelföretag" not in table
    assert (await browser.get("/aktorer?kind=fisk")).status == 400
    assert (await browser.get("/aktorer?as_of=igår")).status == 400


async def test_likely_duplicates_are_shown_before_anything_is_stored(whole: Whole) -> None:
    await whole.actors.made("/actors", {"name": "Exempelföretag 1 AB", "kind": "company"})
    browser = await whole.browser("process_leader")
    typed = {"name": "Exempelföretag 1", "kind": "company", "mission": "Möbler"}
    asked = await browser.submit("/aktorer/ny", **typed)
    assert asked.status == 422
    assert "Finns aktören redan?" in asked.text()
    assert "Exempelföretag 1 AB" in asked.text()
    assert (
        "Aktören kan finnas redan." in asked.one('.errors[autofocus] a[href="#f-another"]').text()
    )
    assert asked.fields()["mission"] == ["Möbler"]
    assert len((await whole.actors.get("/actors")).json()["items"]) == 1
    made = await browser.send("/aktorer/ny", **asked.fields() | typed | {"another": "true"})
    assert made.status == SEE_OTHER
    assert (await browser.get(made.answer.headers["location"])).h1 == "Exempelföretag 1"


async def test_with_script_too_a_wrong_form_comes_back_with_what_is_wrong(whole: Whole) -> None:
    actor = await whole.actor(1)
    browser = await whole.browser("process_leader")
    script = {"hx-request": "true", "hx-target": "main#page"}
    for path in ("/aktorer/ny", f"/aktorer/{actor['id']}/andra"):
        form = (await browser.get(path)).fields(path)
        typed = form | {"name": "", "org_number": "1"}
        answer = await browser.http.post(path, data=typed, headers=script)
        assert answer.status_code == 422, path
        assert "<html" not in answer.text
        assert 'id="f-name-wrong"' in answer.text
        assert 'id="f-org_number-wrong"' in answer.text


async def test_a_past_day_has_the_initiatives_of_that_day_as_they_stood(whole: Whole) -> None:
    actor, create = await whole.actor(1), whole.councils.made
    started, later = [
        await create(
            "/initiatives", an_initiative(title=f"Exempelinitiativ {n}", lead_actor_id=actor["id"])
        )
        for n in range(2)
    ]
    for one, decided, begun in ((started, "2026-01-10", "2026-02-10"), (later, "2026-08-10", None)):
        await create(f"/initiatives/{one['id']}/decide", {"decided_on": decided})
        if begun:
            await create(f"/initiatives/{one['id']}/start", {"started_on": begun})
    browser, path = await whole.browser("reader"), f"/aktorer/{actor['id']}"
    card = "section[aria-labelledby=initiatives-heading]"
    for day, told in (
        ("2026-01-09", "Initiativ Aktören deltar inte i något initiativ."),
        ("2026-01-10", "Initiativ Exempelinitiativ 0 Beslutat"),
        ("2026-02-10", "Initiativ Exempelinitiativ 0 Pågår"),
        (None, "Initiativ Exempelinitiativ 1 Beslutat Exempelinitiativ 0 Pågår"),
    ):
        page = await browser.get(f"{path}?as_of={day}" if day else path)
        assert page.text(card) == told, day


async def test_the_form_says_where_municipalities_come_from_until_there_are_some(
    whole: Whole,
) -> None:
    browser = await whole.browser("process_leader", "administrator")
    said = "En administratör lägger in kommunerna under Inställningar."
    assert (await browser.get("/aktorer/ny")).text("main").count(said) == 2
    named = {"municipalities.0.code": "1401", "municipalities.0.name": "Exempelkommun 1"}
    saved = await browser.submit("/installningar", association="Exempelförbundet", **named)
    assert saved.status == SEE_OTHER
    assert said not in (await browser.get("/aktorer/ny")).text("main")


@pytest.mark.parametrize("name", [b"%ff%fe", b"a%00", b"x" * 300_000], ids=["bytes", "nul", "long"])
async def test_what_no_name_may_be_gives_the_form_back_with_the_rest(
    whole: Whole, name: bytes
) -> None:
    browser = await whole.browser("process_leader")
    form = (await browser.get("/aktorer/ny")).fields("/aktorer/ny")
    assert form["csrf"][0]
    assert form["once"][0]
    rest = {field: texts for field, texts in form.items() if field != "name"}
    sent = urlencode(rest | {"kind": "company", "mission": "Möbler"}, doseq=True).encode()
    typed = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await browser.http.post("/aktorer/ny", content=sent + b"&name=" + name, headers=typed)
    page = Page(answer)
    assert (page.status, page.h1) == (422, "Ny aktör")
    assert page.fields("/aktorer/ny")["mission"] == ["Möbler"]
    assert page.one('.errors a[href="#f-name"]')
    assert (await whole.actors.get("/actors")).json()["items"] == []


async def test_who_has_a_number_already_is_said_at_it(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    there = await whole.actors.made(
        "/actors", {"name": "Ögrens Såg AB", "kind": "company", "org_number": "202100-2114"}
    )
    other = await whole.actor(2)
    typed = {"name": "Exempelföretag 1", "kind": "company", "org_number": "2021002114"}
    asked = await browser.submit("/aktorer/ny", **typed)
    assert "Ögrens Såg AB" in asked.text(".note"), "found by ten digits too"
    way = f"/aktorer/{there['id']}"
    for page in (
        await browser.send("/aktorer/ny", **asked.fields() | typed | {"another": "true"}),
        await browser.submit(f"/aktorer/{other['id']}/andra", org_number="2021002114"),
    ):
        assert page.status == 422
        assert page.error("org_number")
        assert way in [link.attributes["href"] for link in page.all("main form a")]


async def test_wrong_input_comes_back_with_what_was_typed(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    page = await browser.submit("/aktorer/ny", name="Exempelföretag 2", kind="company",
                                org_number="12", website="inte en adress")  # fmt: skip
    assert page.status == 422
    assert page.one("#f-org_number").attributes["value"] == "12"
    assert page.error("website")
    page = await browser.submit("/aktorer/ny", name="Exempelföretag 2", kind="company",
                                org_number="12")  # fmt: skip
    assert (page.status, bool(page.error("org_number"))) == (422, True)
    assert (await browser.get("/aktorer/nonsens")).status == 404
    kept = await browser.submit("/aktorer/ny", name="Exempelföretag 2", kind="company",
                                managed_by="1472")  # fmt: skip
    assert kept.status == 303
    assert (await whole.actors.get("/actors")).json()["items"][0]["managed_by"] == "1472"


async def test_an_actor_leaves_comes_back_and_keeps_its_history(whole: Whole) -> None:
    actor = await whole.actor()
    other = await whole.actors.made("/actors", {"name": "Exempelskolan", "kind": "network"})
    path = f"/aktorer/{actor['id']}"
    browser = await whole.browser("process_leader")
    placed = await browser.submit(f"{path}/lage", level="operative", status="active",
                                  valid_from="2018-01-01")  # fmt: skip
    assert placed.status == SEE_OTHER
    related = await browser.submit(f"{path}/relationer/ny", other_actor_id=other["id"],
                                   kind="collaborates_with", state="working",
                                   valid_from="2018-01-01")  # fmt: skip
    assert related.status == SEE_OTHER
    asked = await browser.get(f"{path}/lamna")
    assert "Exempelskolan" in asked.text("[aria-labelledby=relations-heading]")
    refused = await browser.submit(f"{path}/lamna", withdrawn_on="2019-02-01", reason="")
    assert (refused.status, bool(refused.error("reason"))) == (422, True)
    look = await browser.submit(f"{path}/lamna", withdrawn_on="2019-02-01", reason="Nytt uppdrag")
    assert (look.status, look.h1) == (200, "Det här lämnas utan ägare")
    left = await browser.send(f"{path}/lamna", **look.fields())
    assert left.status == SEE_OTHER
    page = await browser.get(path)
    assert "Utträdd" in page.text("h1 ~ p.row")
    assert "Behöver byggas upp" in page.text("[aria-labelledby=relations-heading]")
    back = await browser.submit(f"{path}/atervand", returned_on="2020-10-01", reason="Ny roll")
    assert back.status == SEE_OTHER
    page = await browser.get(path)
    assert len(page.all("[aria-labelledby=standings-heading] li")) == 3
    assert "Aktiv" in page.text("h1 ~ p.row")
    then = await browser.get(f"{path}?as_of=2019-06-01")
    assert "Utträdd" in then.text("h1 ~ p.row")
    assert (await browser.get(f"{path}?as_of=igår")).status == 400


async def test_a_relation_is_changed_and_ended(whole: Whole) -> None:
    actor = await whole.actor()
    other = await whole.actors.made("/actors", {"name": "Exempelskolan", "kind": "network"})
    relation = await whole.actors.made(
        "/relations",
        {"actor_id": actor["id"], "other_actor_id": other["id"], "kind": "member_of",
         "valid_from": "2020-01-01"},
    )  # fmt: skip
    browser = await whole.browser("process_leader")
    path = f"/relationer/{relation['id']}/andra"
    wrong = await browser.submit(path, valid_to="2019-01-01")
    assert (wrong.status, bool(wrong.error("valid_to"))) == (422, True)
    assert (await browser.submit(path, valid_to="2021-01-01")).status == SEE_OTHER
    page = await browser.get(f"/aktorer/{actor['id']}")
    assert "2020–31 dec 2020" in page.text("[aria-labelledby=relations-heading]")
    reader = await (await whole.browser("reader")).get(f"/aktorer/{actor['id']}")
    assert reader.all(f'a[href="{path}"]') == []


async def test_actors_are_found_by_industry_and_by_their_part_in_a_council(whole: Whole) -> None:
    one, two, three = [await whole.actor(number) for number in (1, 2, 3)]
    council = await whole.councils.made(
        "/councils",
        {
            "name": "Träbranschrådet", "kind": "industry_council", "level": "operative",
            "leader_actor_ids": [one["id"]], "starts_on": "2020-01-01",
        },
    )  # fmt: skip
    seat = {"council_id": council["id"], "actor_id": two["id"], "valid_from": "2021-01-01"}
    await whole.councils.made("/seats", seat)
    browser = await whole.browser("process_leader")

    async def found(query: str) -> list[str]:
        page = await browser.get(f"/aktorer?{query}")
        return [(a.attributes["href"] or "")[-36:] for a in page.all("tbody th a")]

    here = f"council_id={council['id']}"
    assert set(await found(here)) == {one["id"], two["id"]}
    assert await found(f"{here}&council_part=leads") == [one["id"]]
    assert await found(f"{here}&council_part=sits") == [two["id"]]
    assert await found(f"{here}&council_part=sits&as_of=2020-06-01") == []
    assert await found("council_id=fisk") == []
    assert await found("council_part=leads") == [one["id"]]
    assert two["name"] not in (await browser.http.get(f"/aktorer.csv?{here}&q=1")).text
    path = f"/aktorer/{three['id']}/andra"
    wrong = await browser.submit(path, sni_codes="16.23, trä")
    assert (wrong.status, bool(wrong.error("sni_codes"))) == (422, True)
    assert (await browser.submit(path, sni_codes="16.231, 31")).status == SEE_OTHER
    assert await found("sni=162") == [three["id"]]
    assert (await browser.get("/aktorer?sni=trä")).error("sni")


async def test_who_has_a_number_is_shown_while_it_is_written(whole: Whole) -> None:
    told = {"name": "Exempelföretag 1", "kind": "company", "org_number": "202100-2114"}
    await whole.actors.made("/actors", told)
    browser = await whole.browser("process_leader")
    for number, shown in (("2021002114", True), ("20", False)):
        found = (await browser.http.get(f"/aktorer/liknande?org_number={number}")).text
        assert ("Exempelföretag 1" in found) == shown, number
    assert "target:#f-org_number" in (await browser.get("/aktorer/ny")).answer.text


async def test_a_renamed_actor_is_found_by_its_former_name_unless_that_was_wrong(
    whole: Whole,
) -> None:
    actor = await whole.actors.made("/actors", {"name": "Exempelträ AB", "kind": "company"})
    browser, path = await whole.browser("process_leader"), f"/aktorer/{actor['id']}/andra"
    done = await browser.submit(path, name="Exempelmöbler AB")
    assert done.status == SEE_OTHER
    shown = await browser.get(done.answer.headers["location"])
    assert "Det förra namnet står bland Andra namn." in shown.text()
    assert "Exempelmöbler AB" in (await browser.get("/aktorer?q=exempelträ")).text("tbody")
    likely = (await whole.actors.get("/actors/likely-same?name=Exempeltr%C3%A4")).json()["items"]
    assert [one["name"] for one in likely] == ["Exempelmöbler AB"]
    await browser.submit(path, name="Exempelmöbler i Skövde AB", keep_former_name=[])
    one = (await whole.actors.get(f"/actors/{actor['id']}")).json()
    assert (one["name"], one["other_names"]) == ("Exempelmöbler i Skövde AB", "Exempelträ AB")
    await browser.submit(path, other_names="")
    assert (await whole.actors.get(f"/actors/{actor['id']}")).json()["other_names"] is None


async def test_an_actor_is_saved_though_nobody_can_say_what_is_like_it(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.actors.actor import routes  # noqa: PLC0415

    async def away(*_: object) -> None:
        raise Unavailable("too long")

    monkeypatch.setattr(routes, "likely_same", away)
    browser = await whole.browser("process_leader")
    made = await browser.submit("/aktorer/ny", name="Exempelträ", kind="company")
    assert made.status == 303, made.text()
    shown = await browser.get(made.answer.headers["location"])
    assert "Om den redan fanns gick inte att ta reda på" in shown.text()
