"""A form sent again after Back: the same words make nothing new, other words ask first."""

from typing import Any

from tests.councils.work import new_interview, typed
from tests.gateway.whole import Whole

SEE_OTHER = 303
FORMS = (
    "/behov/nytt", "/intervjuer/ny", "/branschrad/nytt", "/branschrad/tillfalligt", "/aktorer/ny",
    "/befattningar/ny", "/utbildningar/ny", "/personer/ny", "/moten/nytt", "/initiativ/nytt",
)  # fmt: skip
NEED = {"statement": "Exempelbehov 1", "areas": "education", "horizon": "short"}


async def count(whole: Whole, path: str) -> int:
    """How many things a list holds."""
    return len((await whole.councils.get(path)).json()["items"])


async def test_a_form_that_makes_something_has_its_key_in_its_address(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    begun = await browser.http.get("/behov/nytt?occupation_code=7522")
    place = begun.headers["location"]
    assert begun.status_code == SEE_OTHER
    assert place.startswith("/behov/nytt?occupation_code=7522&once=")
    first, back = await browser.get(place), await browser.get(place)
    assert first.fields()["once"] == back.fields()["once"] == [place.rpartition("=")[2]]
    (chosen,) = first.fields()["occupation_code"]
    assert "7522" in chosen
    another = await browser.get("/behov/nytt")
    assert another.fields()["once"] != first.fields()["once"]
    nonsense = await browser.http.get("/behov/nytt?once=%0d%0aSet-Cookie:x")
    assert nonsense.status_code == SEE_OTHER
    assert "set-cookie: x" not in str(nonsense.headers).lower()


async def test_the_same_words_lead_to_the_thing_already_made(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    form = (await browser.get("/behov/nytt")).fields() | NEED
    first = await browser.send("/behov/nytt", **form)
    again = await browser.send("/behov/nytt", **form)
    assert first.answer.headers["location"] == again.answer.headers["location"]
    assert await count(whole, "/needs") == 1


async def test_other_words_come_back_with_a_link_to_the_first_and_a_new_key(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    form: dict[str, Any] = (await browser.get("/behov/nytt")).fields() | NEED
    first = (await browser.send("/behov/nytt", **form)).answer.headers["location"]
    page = await browser.send("/behov/nytt", **form | {"statement": "Exempelbehov 2"})
    assert page.status == 422
    assert page.text("#errors-heading") == "Formuläret är redan skickat"
    assert "Det du skickade först är sparat." in page.errors[0]
    assert page.one(".errors p a").attributes["href"] == first
    assert page.fields()["statement"] == ["Exempelbehov 2"]
    assert page.fields()["once"] != form["once"]
    assert await count(whole, "/needs") == 1
    second = await browser.send("/behov/nytt", **page.fields())
    assert second.status == SEE_OTHER
    assert second.answer.headers["location"] != first
    assert await count(whole, "/needs") == 2


async def test_an_answer_becomes_one_need(whole: Whole) -> None:
    interview = await new_interview(whole.councils)
    answer = {"question_key": "hard_to_find", "gap": "Exempelbehov 1", "version": 0}
    told = await typed(whole.councils, interview, answer)
    assert told["status_code"] == 200, told
    path = f"/svar/{told['saved'][0]['id']}/behov"
    browser = await whole.browser("process_leader")
    form: dict[str, Any] = (await browser.get(path)).fields() | {"horizon": "short"}
    first = await browser.send(path, **form)
    assert first.status == SEE_OTHER
    page = await browser.send(path, **form | {"horizon": "long"})
    assert page.one(".errors p a").attributes["href"] == first.answer.headers["location"]
    assert await count(whole, "/needs") == 1


async def test_every_form_that_makes_something_keeps_its_key(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    for path in FORMS:
        place = (await browser.http.get(path)).headers["location"]
        keys = [(await browser.get(place)).fields(path)["once"] for _ in range(2)]
        assert keys[0] == keys[1], path
