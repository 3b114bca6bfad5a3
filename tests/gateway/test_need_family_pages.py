"""Merging and splitting needs on pages: asked first, with ancestry, and nothing typed is lost."""

from tests.councils.builders import council_in
from tests.councils.work import a_need
from tests.gateway.test_occupation_field import classified  # noqa: F401  a fixture
from tests.gateway.whole import Whole

SEE_OTHER = 303


async def test_two_needs_become_one_after_they_are_compared(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    council = await council_in(whole.councils)
    told = a_need(occupation_code="7522", headcount_per_year=3, figures=["SCB 2025"])
    told |= {"council_id": council["id"]}
    one = await whole.councils.made("/needs", told)
    told = a_need(statement="Snickare", occupation_code="7522", headcount_per_year=4)
    other = await whole.councils.made("/needs", told | {"areas": ["matching"]})
    path = f"/behov/{one['id']}/sla-ihop"
    assert (await browser.get(f"/behov/{one['id']}")).all(f'a[href="{path}"]')
    asked = await browser.get(path)
    (way,) = (
        link.attributes["href"]
        for link in asked.all("main ul a")
        if "into_id" in link.attributes["href"]
    )
    compared = await browser.get(way)
    rows = {row.css_first("th").text().strip(): row for row in compared.all("tbody tr")}
    after = " ".join(rows["Områden"].css("td")[-1].text().split())
    assert after == "matchning, utbildning"
    assert "läggs inte ihop" in compared.text("main")
    assert "går det att ångra" in compared.text("main")
    done = await browser.submit(way, at=path, reason="Samma maskiner")
    assert done.answer.headers["location"] == f"/behov/{other['id']}"
    living = await browser.get(f"/behov/{other['id']}")
    assert f"/behov/{one['id']}" in {a.attributes["href"] for a in living.all(".note a")}
    assert "SCB 2025" in living.text("main")
    needs_there = f"/branschrad/{council['id']}", "[aria-labelledby=needs-heading]"
    for path_to, part in (("/behov", "tbody"), needs_there):
        listed = (await browser.get(path_to)).text(part)
        assert ("Sammanslaget" in listed, "Avskrivet" in listed) == (True, False), path_to
    assert [one.text() for one in living.all(".note") if "Sammanslaget av" in one.text()] == [
        f"Sammanslaget av {one['statement']}"
    ]
    old = await browser.get(f"/behov/{one['id']}")
    assert "Samma maskiner" in old.text("main")
    assert f"/behov/{other['id']}" in {a.attributes["href"] for a in old.all(".note a")}
    for late in ("sla-ihop", "dela"):
        assert (await browser.get(f"/behov/{one['id']}/{late}")).status == SEE_OTHER
    reader = await whole.browser("reader")
    assert (await reader.get(path)).status == 403


async def test_what_differs_and_what_stays_is_told_before_the_merge(whole: Whole) -> None:
    share = {"minority_share": "0.05", "minority_share_source": "Exempelstatistik"}
    gone = a_need(occupation_code="7212", headcount_per_year=4, municipality_codes=[], **share)
    gone |= {"urgency": "acute"}
    told = (gone, a_need(occupation_code="2221", headcount_per_year=9, horizon="long"),
            a_need(urgency="acute"))  # fmt: skip
    one, other, bare = [await whole.councils.made("/needs", body) for body in told]
    browser, path = await whole.browser("process_leader"), f"/behov/{one['id']}/sla-ihop"
    page = await browser.get(f"{path}?into_id={other['id']}")
    for lost in ("yrke (7212)", "personer per år (4)", "mindre representerat kön (5 %)",
                 "brådska (Akut)", "horisont (Kort sikt)"):  # fmt: skip
        assert lost in page.text("main").replace("\N{NO-BREAK SPACE}", " "), lost
    page = await browser.get(f"{path}?into_id={bare['id']}")
    assert "inte det som lever vidare" not in page.text("main")
    rows = {row.css_first("th").text().strip(): row for row in page.all("tbody tr")}
    after = {name: " ".join(row.css("td")[-1].text().split()) for name, row in rows.items()}
    assert (after["Yrke"], after["Personer per år"]) == ("7212", "4")
    assert (after["Kommuner"], after["Mindre representerat kön"][:1]) == ("Hela regionen", "5")


async def test_what_was_closed_meanwhile_is_told(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    one, other = [await whole.councils.made("/needs", a_need()) for _ in range(2)]
    path = f"/behov/{one['id']}/sla-ihop"
    fields = (await browser.get(f"{path}?into_id={other['id']}")).fields(path)
    await whole.councils.made(f"/needs/{other['id']}/drop", {"reason": "Borta"})
    late = await browser.send(path, **fields | {"reason": "Samma"})
    assert late.status == 422
    assert late.errors
    assert (await whole.councils.get(f"/needs/{one['id']}")).json()["version"] == 1


async def test_a_need_is_split_into_parts_that_carry_it_on(classified: Whole) -> None:  # noqa: F811
    whole, browser = classified, await classified.browser("process_leader")
    more = {"urgency": "acute", "from_year": 2027, "figures": ["SCB 2025"]}
    need = await whole.councils.made("/needs", a_need(occupation_code="7522", **more))
    path = f"/behov/{need['id']}/dela"
    typed = {"parts.0.statement": "Snickare", "parts.0.headcount_per_year": "3"}
    typed |= {"parts.2.statement": "Chaufförer", "parts.2.areas": "matching"}
    typed |= {"parts.2.horizon": "long", "parts.2.occupation_code": "taxi", "reason": "Två yrken"}
    asked = await browser.submit(path, **typed)
    assert asked.status == 422, "nobody said yes to the occupation"
    fields = asked.fields(path)
    assert fields["parts.1.statement"] == ["Chaufförer"]
    assert (await whole.councils.get(f"/needs/{need['id']}")).json()["status"] == "identified"
    yes = fields | {"parts.1.occupation_code": ["taxi", "8321"]}
    assert (await browser.send(path, **yes)).status == SEE_OTHER
    assert (await browser.send(path, **yes)).status == SEE_OTHER, "sent twice, done once"
    old = (await whole.councils.get(f"/needs/{need['id']}")).json()
    assert (old["status"], old["dropped_reason"]) == ("dropped", "Två yrken")
    url = "/needs?sort=statement&split_from_id=" + need["id"]
    parts = (await whole.councils.get(url)).json()["items"]
    found = [(one["statement"], one["occupation_code"], one["horizon"]) for one in parts]
    assert found == [("Chaufförer", "8321", "long"), ("Snickare", "7522", "short")]
    for one in parts:
        assert (one["urgency"], one["from_year"], one["figures"]) == ("acute", 2027, ["SCB 2025"])
    assert "Dela" in (await browser.get(f"/behov/{parts[0]['id']}")).text("main")


async def test_one_part_is_no_split_and_a_stale_page_is_told(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    need = await whole.councils.made("/needs", a_need())
    path = f"/behov/{need['id']}/dela"
    alone = await browser.submit(path, **{"parts.0.statement": "Ensam"})
    assert (alone.status, bool(alone.errors)) == (422, True)
    assert alone.fields(path)["parts.0.statement"] == ["Ensam"]
    fields = alone.fields(path) | {"parts.1.statement": "Till", "parts.1.horizon": "long"}
    await whole.councils.made(f"/needs/{need['id']}/prioritise", None)
    late = await browser.send(path, **fields | {"parts.1.areas": "matching"})
    assert late.status == 422
    assert late.fields(path)["parts.1.statement"] == ["Till"]
    assert (await whole.councils.get(f"/needs/{need['id']}")).json()["status"] == "prioritised"


async def test_a_merge_and_a_split_are_undone_on_the_page(whole: Whole) -> None:
    one, other = [
        await whole.councils.made("/needs", a_need(statement=text, figures=[text]))
        for text in ("Snickare", "Möbelsnickare")
    ]
    browser, mine = await whole.browser("process_leader"), f"/behov/{one['id']}"
    merge = f"{mine}/sla-ihop"
    await browser.submit(f"{merge}?into_id={other['id']}", at=merge, reason="Samma")
    undo = f"{mine}/steg/skilj"
    assert (await browser.get(f"/behov/{other['id']}")).all(f'form[action="{undo}"]'), "at once"
    assert (await browser.get(mine)).all(f'form[action="{undo}"]'), "and later"
    done = await browser.submit(mine, at=undo)
    assert done.answer.headers["location"] == mine
    assert "ett eget igen" in (await browser.get(mine)).text("main")
    assert "Sammanslaget" not in (await browser.get(mine)).text("main")
    living = (await browser.get(f"/behov/{other['id']}")).text("main")
    assert "Sammanslaget" not in living
    assert living.count("Snickare") == 0, "what it gave has gone back"
    parts = [a_need(statement="Del ett"), a_need(statement="Del två")]
    made = await whole.councils.made(f"{mine.replace('/behov', '/needs')}/split", {"parts": parts})
    closed = f"/needs/{made['items'][0]['id']}"
    await whole.councils.made(f"{closed}/drop", {"reason": "Fel"})
    back = f"{mine}/steg/foga"
    await browser.submit(mine, at=back)
    assert "En av delarna är inte öppen" in (await browser.get(mine)).text("main")
    await whole.councils.made(f"{closed}/reopen", None)
    await browser.submit(mine, at=back)
    page = await browser.get(mine)
    assert "Delningen är ångrad" in page.text("main")
    assert not page.all(f'form[action="{back}"]')
    assert "Delningen är ångrad" in (await browser.get(f"/behov/{made['items'][1]['id']}")).text(
        "main"
    )
