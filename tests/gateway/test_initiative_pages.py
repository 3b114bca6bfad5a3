"""What an initiative costs, what is procured for it and who came through it, on its pages."""

from tests.councils.builders import day
from tests.councils.work import an_initiative, an_outcome
from tests.gateway.whole import Whole

SEE_OTHER, REFUSED = 303, 422


def plain(text: str) -> str:
    """Words with plain spaces between."""
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


async def test_a_budget_is_told_line_by_line(whole: Whole) -> None:
    lead = (await whole.actor())["id"]
    draft = an_initiative(budget="50000", lead_actor_id=lead)
    made = await whole.councils.made("/initiatives", draft)
    browser, place = await whole.browser("process_leader"), f"/initiativ/{made['id']}"
    begin = await browser.get(f"{place}/budgetrader/ny")
    assert "50 000 kr står i ett enda tal" in plain(begin.text("main"))
    typed = {"label": "Lärare", "kind": "education", "plan": "100 000,50", "actual": "90000"}
    wrong = await browser.submit(f"{place}/budgetrader/ny", **typed)
    assert (wrong.status, bool(wrong.error("cause"))) == (REFUSED, True)
    assert wrong.fields()["plan"] == ["100 000,50"], "nothing that was typed is lost"
    kept = await browser.send(f"{place}/budgetrader/ny", **wrong.fields() | {"cause": "Billigare"})
    assert kept.status == SEE_OTHER
    more = {"label": "Resor", "kind": "travel", "plan": "500"}
    assert (await browser.submit(f"{place}/budgetrader/ny", **more)).status == SEE_OTHER
    card = plain((await browser.get(place)).text('[aria-labelledby="budget-heading"]'))
    assert "Summa 100 500,50 kr 90 000 kr \N{MINUS SIGN}10 000,50 kr" in card
    assert "Utfallet är okänt för 1 rad" in card
    form = await browser.get(f"{place}/andra")
    assert "budget" not in form.fields()
    assert (await browser.submit(f"{place}/andra", title="Annat")).status == SEE_OTHER
    file = (await browser.http.get(f"/budgetrader.csv?initiative_id={made['id']}")).text
    assert '"100000.50","90000.00","-10000.50","Billigare"' in file
    excel = await browser.http.get(f"/budgetrader.xlsx?initiative_id={made['id']}")
    assert excel.status_code == 200
    (line, *_) = (await whole.councils.get("/budget-lines?sort=label")).json()["items"]
    changed = await browser.submit(f"/budgetrader/{line['id']}/andra", label="Lärare och lokal")
    assert changed.status == SEE_OTHER
    assert (await browser.submit(f"/budgetrader/{line['id']}/ta-bort")).status == SEE_OTHER
    assert len((await whole.councils.get("/budget-lines")).json()["items"]) == 1
    reader = await whole.browser("reader")
    assert (await reader.get(f"{place}/budgetrader/ny")).status == 403


async def test_a_procurement_is_begun_in_one_press(whole: Whole) -> None:
    made = await whole.councils.made("/initiatives", an_initiative(kind="commissioned_training"))
    browser, place = await whole.browser("process_leader"), f"/initiativ/{made['id']}"
    page = await browser.get(place)
    (way,) = page.all('[aria-labelledby="procurement-heading"] a')
    assert way.attributes["href"] == f"{place}/upphandling/ny"
    wrong = await browser.submit(way.attributes["href"], **{"steps.3.due_on": "2026-02-30"})
    assert (wrong.status, wrong.fields()["steps.3.due_on"]) == (REFUSED, ["2026-02-30"])
    begun = await browser.submit(way.attributes["href"], **{"steps.1.due_on": day(-3)})
    assert begun.status == SEE_OTHER
    text = plain((await browser.get(place)).text('[aria-labelledby="procurement-heading"]'))
    assert text.index("Behovet är beskrivet") < text.index("Förfrågan är skickad")
    assert "Försenat" in text
    step = (await whole.councils.get(f"/steps?initiative_id={made['id']}&sort=position")).json()
    url = f"/steg/{step['items'][1]['id']}/andra"
    supplier = await whole.actor(7)
    bad = await browser.submit(url, document="javascript:alert(1)")
    assert bad.status == REFUSED
    told = {"supplier_actor_id": supplier["id"], "document": "https://exempel.se/avtal.pdf"}
    assert (await browser.submit(url, **told)).status == SEE_OTHER
    page = await browser.get(place)
    assert "Leverantör: Exempelkommun 7" in plain(page.text("main"))
    assert page.all('a[href="https://exempel.se/avtal.pdf"]')
    again = await browser.submit(f"{place}/upphandling/ny")
    assert again.status == REFUSED
    assert "har redan upphandlingens steg" in again.text("main")
    assert "Förfrågan är skickad" in plain((await browser.get("/")).text("main")), "it is late"


async def test_a_funnel_shows_who_came_through(whole: Whole) -> None:
    made = await whole.councils.made("/initiatives", an_initiative())
    url, place = f"/initiatives/{made['id']}", f"/initiativ/{made['id']}"
    await whole.councils.made(f"{url}/decide", {"decided_on": day(-90)})
    browser = await whole.browser("process_leader")
    assert "Ingen har räknat" in (await browser.get(place)).text("main")
    typed = {"seats": "20", "filled": "22", "source": "Skolans lista"}
    wrong = await browser.submit(f"{place}/deltagare/ny", **typed)
    assert (wrong.status, bool(wrong.error("filled"))) == (REFUSED, True)
    right = typed | {"filled": "16", "completed": "12", "counted_on": day(-1)}
    assert (await browser.submit(f"{place}/deltagare/ny", **right)).status == SEE_OTHER
    card = '[aria-labelledby="headcounts-heading"]'
    shown = plain((await browser.get(place)).text(card))
    assert "Platser 20 · började 16 · slutförde 12" in shown
    assert "Anställda okänt" in shown, "unknown is not nobody"
    outcome = an_outcome(made, happened_on=day(-2), persons_employed=13)
    await whole.councils.made("/outcomes", outcome)
    shown = plain((await browser.get(place)).text(card))
    assert "anställda 13" in shown
    assert "förklara" in shown
    later = outcome | {"happened_on": day(0), "persons_employed": 2}
    await whole.councils.made("/outcomes", later)
    shown = plain((await browser.get(place)).text(card))
    assert "anställda 15" in shown, "the last count is older than what came of it"
    assert "anställda enligt resultat till och med" in shown
    (one,) = (await whole.councils.get("/headcounts")).json()["items"]
    told = {"explanation": "En kom från en annan grupp"}
    fixed = await browser.submit(f"/deltagaruppgifter/{one['id']}/andra", **told)
    assert fixed.status == SEE_OTHER
    assert "förklara" not in (await browser.get(place)).text(card)
    assert '"Anställda"' in (await browser.http.get("/deltagaruppgifter.csv")).text
    assert (await browser.submit(f"/deltagaruppgifter/{one['id']}/ta-bort")).status == SEE_OTHER


async def test_an_intake_tells_what_it_knows(whole: Whole) -> None:
    provider = await whole.actor()
    taught = {"provider_actor_id": provider["id"], "name": "Svets", "form": "higher_vocational"}
    programme = await whole.actors.made("/programmes", taught)
    figures = {"seats": 30, "admitted": 28, "completed": 20, "employed_after": 15}
    start = {"programme_id": programme["id"], "starts_on": "2024-08-19", **figures}
    intake = await whole.actors.made("/intakes", start)
    made = await whole.councils.made("/initiatives", an_initiative(intake_id=intake["id"]))
    place = f"/initiativ/{made['id']}"
    await whole.councils.made(f"/initiatives/{made['id']}/decide", {"decided_on": day(-90)})
    browser = await whole.browser("process_leader")
    shown = plain((await browser.get(place)).text('[aria-labelledby="headcounts-heading"]'))
    assert "Platser 30 · började 28 · slutförde 20 · anställda 15" in shown
    form = await browser.get(f"{place}/resultat/nytt")
    assert form.fields()["persons_employed"] == ["15"], "what the registry knows stands there"
    assert "enligt utbildningsstarten" in form.text("main")


async def test_a_closed_initiative_says_so_where_it_would_be_changed(whole: Whole) -> None:
    made = await whole.councils.made("/initiatives", an_initiative())
    stop = {"closed_on": day(0), "reason": "Pengarna räckte inte"}
    await whole.councils.made(f"/initiatives/{made['id']}/stop", stop)
    browser, place = await whole.browser("process_leader"), f"/initiativ/{made['id']}"
    page = await browser.get(f"{place}/andra")
    assert "Initiativet är stoppat sedan" in page.text("main")
    assert page.all(f'form[action="{place}/ateruppta"]')
    assert not page.all('main [name="title"]')


async def test_the_file_is_told_as_people_read_it(whole: Whole) -> None:
    actor = await whole.actor()
    told = an_initiative(lead_actor_id=actor["id"], budget="1250.50", title="Exempelkurs")
    made = await whole.councils.made("/initiatives", told)
    browser = await whole.browser("process_leader")
    text = (await browser.http.get("/initiativ.csv")).text
    head, row, *_ = text.lstrip("\ufeff").splitlines()
    assert head.startswith('"Initiativ","Typ","Läge","Horisont","Behov","Leds av"')
    assert row.startswith('"Exempelkurs","Utbildningsstart","Föreslaget"')
    for said in (actor["name"], "1250.50"):
        assert said in row
    assert made["id"] not in text
    assert actor["id"] not in text
    assert (await browser.http.get("/initiativ.xlsx")).content[:2] == b"PK"


async def test_only_a_proposal_is_taken_away(whole: Whole) -> None:
    wrong, decided = [await whole.councils.made("/initiatives", an_initiative()) for _ in range(2)]
    await whole.councils.made(f"/initiatives/{decided['id']}/decide", {"decided_on": day(-3)})
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/initiativ/{wrong['id']}")
    assert page.all(f'main a[href="/initiativ/{wrong["id"]}/ta-bort"]')
    gone = await browser.submit(f"/initiativ/{wrong['id']}/ta-bort")
    assert gone.answer.headers["location"] == "/initiativ"
    assert (await whole.councils.get(f"/initiatives/{wrong['id']}")).status_code == 404
    place = f"/initiativ/{decided['id']}"
    assert not (await browser.get(place)).all(f'main a[href="{place}/ta-bort"]')
    await browser.submit(f"{place}/ta-bort")
    assert "så det står kvar" in (await browser.get(place)).text("body")


async def test_who_ends_an_initiative_sees_the_steps_that_are_left(whole: Whole) -> None:
    made = await whole.councils.made("/initiatives", an_initiative())
    url, place = f"/initiatives/{made['id']}", f"/initiativ/{made['id']}"
    browser = await whole.browser("process_leader")
    assert "Inga steg är skrivna" in (await browser.get(place)).text("main")
    await whole.councils.made(f"{url}/decide", {"decided_on": day(-3)})
    await whole.councils.made(f"{url}/start", {"started_on": day(-2)})
    for title, done in (("Ring skolan", None), ("Gjort steg", day(-1))):
        step = {"initiative_id": made["id"], "title": title, "done_on": done}
        await whole.councils.made("/steps", step)
    left = (await browser.get(f"{place}/avsluta")).text("main")
    assert ("Ring skolan" in left, "Gjort steg" in left) == (True, False)


async def test_a_page_of_a_past_day_shows_what_had_happened_by_then(whole: Whole) -> None:
    made = await whole.councils.made("/initiatives", an_initiative())
    url, place = f"/initiatives/{made['id']}", f"/initiativ/{made['id']}"
    await whole.councils.made(f"{url}/decide", {"decided_on": day(-30)})
    await whole.councils.made(f"{url}/start", {"started_on": day(-20)})
    step = {"initiative_id": made["id"], "title": "Ring skolan", "done_on": day(-5)}
    await whole.councils.made("/steps", step)
    outcome = an_outcome(made, happened_on=day(-3), persons_employed=7, change="Sju anställda")
    await whole.councils.made("/outcomes", outcome)
    stop = {"closed_on": day(-1), "reason": "Pengarna räckte inte"}
    await whole.councils.made(f"{url}/stop", stop)
    browser = await whole.browser("reader")
    now = (await browser.get(place)).text("main")
    then = (await browser.get(f"{place}?as_of={day(-10)}")).text("main")
    for said in ("Sju anställda", "Pengarna räckte inte", "Stoppat"):
        assert (said in now, said in then) == (True, False), said
    assert ("Pågår" in then, "Klart 2" in then) == (True, False)
    decided = (await browser.get(f"{place}?as_of={day(-25)}")).text("main")
    assert ("Beslutat" in decided, "Startade" in decided) == (True, False)
    before = (await browser.get(f"{place}?as_of={day(-40)}")).text("main")
    assert ("Fanns inte den dagen" in before, "Stoppat" in before) == (True, False)
