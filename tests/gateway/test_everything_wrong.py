"""Forms tell everything wrong in one round: of the contract, of the rules, and of the gateway."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.kit import clock
from tests.councils.work import new_interview
from tests.gateway.whole import Whole

TODAY = clock.today()
TOMORROW = str(TODAY + timedelta(days=1))


async def test_a_need_tells_its_rules_beside_what_cannot_be_read(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    wrong = await browser.submit(
        "/behov/nytt",
        statement="",
        from_year="2030",
        to_year="2020",
        minority_share="30",
        identified_on=TOMORROW,
    )
    assert wrong.status == 422
    told = {element.attributes["id"] for element in wrong.all("[aria-invalid=true]")}
    assert {"f-statement", "f-to_year", "f-identified_on"} <= told


async def test_the_fast_track_tells_its_days_beside_what_is_missing(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    path = "/branschrad/tillfalligt"
    fields = {"meeting.starts_at": "2020-01-01T09:00"}
    wrong = await browser.submit(path, ends_on="2019-12-01", **fields)
    assert wrong.status == 422
    told = {element.attributes["id"] for element in wrong.all("[aria-invalid=true]")}
    assert {"f-name", "f-ends_on", "f-meeting.starts_at"} <= told
    assert "sammankallas i dag" in wrong.error("meeting.starts_at")
    days = {"signal.signalled_on": "2020-02-02", "signal.needed_by": "2020-02-01"}
    late = await browser.send(path, **wrong.fields() | days)
    assert late.error("signal.needed_by") == "Välj dagen då larmet kom, eller en senare."


async def test_what_only_the_gateway_refuses_is_never_stored(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    before = (await whole.councils.get("/needs?count=true")).json()
    wrong = await browser.submit(
        "/behov/nytt",
        statement="Svetsare",
        areas="matching",
        horizon="short",
        occupation_code="ett yrke som inte finns",
        identified_on=TOMORROW,
    )
    assert wrong.status == 422
    after = (await whole.councils.get("/needs?count=true")).json()
    assert before == after


@pytest.mark.parametrize("length", [300_000, 1_000_000])
async def test_a_text_that_is_far_too_long_comes_back_as_it_was_typed(
    whole: Whole, length: int
) -> None:
    browser = await whole.browser("process_leader")
    long = "å" * length
    wrong = await browser.submit("/behov/nytt", statement=long, from_year="2030", to_year="2020")
    assert wrong.status == 422
    told = {element.attributes["id"] for element in wrong.all("[aria-invalid=true]")}
    assert {"f-statement", "f-to_year"} <= told
    assert wrong.one("#f-statement").text().strip() == long


NUL_SAID = "Texten innehåller ett tecken som inte kan sparas."


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/behov/nytt", "statement"),
        ("/behov/nytt", "occupation_code"),
        ("/aktorer/ny", "name"),
        ("/aktorer/ny", "sni_codes"),
        ("/moten/nytt", "title"),
        ("/kontakter/ny", "next_step"),
        ("/personer/ny", "name"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "script"])
async def test_a_nul_gives_the_form_back_without_it(
    whole: Whole, path: str, field: str, headers: dict[str, str]
) -> None:
    browser = await whole.browser("process_leader")
    sent = (await browser.get(path)).fields() | {field: "Fler\0svetsare", "source": "Exempel"}
    answer = await browser.http.post(path, data=sent, headers=headers)
    assert answer.status_code == 422
    assert "\0" not in answer.text
    assert NUL_SAID in answer.text
    assert "Flersvetsare" in answer.text
    assert 'value="Exempel"' in answer.text or ">Exempel</textarea>" in answer.text


async def test_a_nul_in_an_answer_stands_at_its_question_and_nothing_is_saved(
    whole: Whole,
) -> None:
    browser = await whole.browser("process_leader")
    interview = await new_interview(whole.councils)
    path = f"/intervjuer/{interview['id']}"
    page = await browser.get(path)
    name = next(one for one in page.fields(path) if one.startswith("present."))
    again = await browser.send(path, **(page.fields(path) | {name: "Ingen\0 söker"}))
    assert again.status == 422
    assert NUL_SAID in again.text()
    assert again.fields(path)[name] == ["Ingen söker"]
    stored = await whole.councils.get(f"/interviews/{interview['id']}/answers")
    assert stored.json()["items"] == []


async def test_what_no_address_has_room_for_is_an_error_at_its_field(whole: Whole) -> None:
    """A page asks the services about what was typed: it asks nothing of what cannot be."""
    browser = await whole.browser("process_leader")
    fields = {"name": "Exempelföretag 7", "kind": "company", "municipality_code": "å" * 30_000}
    page = await browser.submit("/aktorer/ny", **fields)
    assert page.status == 422
    assert page.error("municipality_code")
    assert page.one("#f-name").attributes["value"] == "Exempelföretag 7"


async def test_a_form_that_points_at_very_many_things_comes_back(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    needs = [str(uuid4()) for _ in range(900)]
    page = await browser.submit("/initiativ/nytt", title="Exempelinitiativ 7", need_ids=needs)
    assert page.status == 422
    assert page.one("#f-title").attributes["value"] == "Exempelinitiativ 7"


async def test_an_address_with_very_many_parameters_is_read(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    page = await browser.get("/aktorer?" + "&".join(["kind=company"] * 120))
    assert (page.status, page.h1) == (200, "Aktörer")
