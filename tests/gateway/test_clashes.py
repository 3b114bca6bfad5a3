"""Somebody else saved meanwhile: both versions are on the page, and nothing is lost."""

from typing import Any

from gateway import clash
from gateway.forms import Form
from services.councils.contract.initiative import InitiativeDraft
from tests.councils.work import a_need
from tests.gateway.whole import Fact, Whole

SEE_OTHER = 303


async def a_clash(whole: Whole, *, typed: Fact, theirs: Fact) -> tuple[Any, Any, str]:
    """The page after one typed something in a need while another saved something there."""
    begun = a_need(statement="Exempelbehov 1", urgency="normal")
    need = await whole.councils.made("/needs", begun)
    path = f"/behov/{need['id']}/andra"
    browser = await whole.browser("process_leader")
    form: Fact = (await browser.get(path)).fields(path)
    other = await whole.councils.put(f"/needs/{need['id']}", begun | theirs, version=1)
    assert other.status_code == 200
    return browser, await browser.send(path, **form | typed), path


async def test_both_versions_stand_at_a_field_that_both_changed(whole: Whole) -> None:
    typed = {"statement": "Det jag skrev", "horizon": "long", "areas": ["matching"]}
    theirs = {"statement": "Det en annan skrev", "areas": ["reception", "education"]}
    browser, page, path = await a_clash(whole, typed=typed, theirs=theirs)
    assert page.status == 422
    assert page.text("#errors-heading") == "Någon annan har ändrat samtidigt"
    assert page.fields(path)["statement"] == ["Det jag skrev"]
    assert page.text("#f-statement-theirs") == "Sparat av någon annan: Det en annan skrev"
    assert page.text("#f-areas-theirs") == "Sparat av någon annan: Mottagarkompetens, Utbildning"
    assert "f-statement-theirs" in page.one("#f-statement").attributes["aria-describedby"]
    links = [link.attributes["href"] for link in page.all(".errors li a")]
    assert links == ["#f-statement", "#f-areas"]
    assert page.all("#f-horizon-theirs") == []  # only mine: there is nothing to weigh
    saved = await browser.send(path, **page.fields(path))
    assert saved.status == SEE_OTHER
    need = (await whole.councils.get("/needs")).json()["items"][0]
    assert (need["statement"], need["horizon"]) == ("Det jag skrev", "long")


async def test_a_field_that_only_the_other_changed_follows_them(whole: Whole) -> None:
    theirs = {"urgency": "acute", "figures": ["Tolv annonser"], "headcount_per_year": 12}
    typed = {"statement": "Det jag skrev"}
    browser, page, path = await a_clash(whole, typed=typed, theirs=theirs)
    fields = page.fields(path)
    assert (fields["urgency"], fields["headcount_per_year"]) == (["acute"], ["12"])
    assert "Ändrat av någon annan medan du skrev" in page.text("#f-urgency-theirs")
    assert (await browser.send(path, **fields)).status == SEE_OTHER
    need = (await whole.councils.get("/needs")).json()["items"][0]
    assert need["statement"] == "Det jag skrev"
    assert {name: need[name] for name in theirs} == theirs


async def test_what_the_other_saved_stays_on_the_page_until_one_has_saved(whole: Whole) -> None:
    typed, theirs = {"statement": "Det jag skrev"}, {"statement": "Det en annan skrev"}
    browser, page, path = await a_clash(whole, typed=typed, theirs=theirs)
    wrong = await browser.send(path, **page.fields(path) | {"headcount_per_year": "många"})
    assert wrong.status == 422
    assert wrong.error("headcount_per_year")
    assert "Det en annan skrev" in wrong.text("#f-statement-theirs")
    taken = await browser.send(path, **wrong.fields(path) | {
        "headcount_per_year": "", "statement": "Det en annan skrev"})  # fmt: skip
    assert taken.status == SEE_OTHER


async def test_rows_dates_and_boxes_are_told_in_words(whole: Whole) -> None:
    actors = [await whole.actor(number) for number in (1, 2, 3)]
    begun: Fact = {
        "title": "Exempelinitiativ 1", "kind": "study", "horizon": "short",
        "lead_actor_id": actors[0]["id"], "starts_on": "2026-01-01",
    }  # fmt: skip
    made = await whole.councils.made("/initiatives", begun)
    path = f"/initiativ/{made['id']}/andra"
    browser = await whole.browser("process_leader")
    form: Fact = (await browser.get(path)).fields(path)
    partner = {"actor_id": actors[1]["id"], "part": "Lokaler", "leads": True}
    theirs = {"starts_on": "2026-05-01", "partners": [partner], "example": True}
    theirs |= {"lead_actor_id": actors[2]["id"]}
    put = await whole.councils.put(f"/initiatives/{made['id']}", begun | theirs, version=1)
    assert put.status_code == 200, put.text
    mine = {"starts_on": "2026-03-01", "example": ["", "true"], "partners.0.part": "Pengar",
            "partners.0.actor_id": actors[1]["id"]}  # fmt: skip
    page = await browser.send(path, **form | mine)
    assert page.status == 422
    assert page.text("#f-starts_on-theirs") == "Sparat av någon annan: 1 maj 2026"
    assert (
        page.text("#f-partners-theirs")
        == "Sparat av någon annan: Lokaler, Leder också, Exempelkommun 2"
    )
    assert page.fields(path)["partners.0.leads"] == [""]
    assert page.all("#f-example-theirs") == []  # both ticked it
    assert "hämtat hit" in page.text("#f-lead_actor_id-theirs")
    assert page.fields(path)["lead_actor_id"] == [actors[2]["id"]]


async def test_the_settings_clash_like_every_other_form(whole: Whole) -> None:
    one = await whole.browser("administrator")
    path = "/installningar"
    assert (await one.submit(path, association="Exempelförbundet 1")).status == SEE_OTHER
    mine: Fact = (await one.get(path)).fields(path)
    assert (await one.submit(path, association="Exempelförbundet 2")).status == SEE_OTHER
    page = await one.send(path, **mine | {"association": "Exempelförbundet 3"})
    assert page.status == 422
    assert page.text("#f-association-theirs") == "Sparat av någon annan: Exempelförbundet 2"


async def test_two_who_save_the_settings_first_do_not_wipe_each_others_words(whole: Whole) -> None:
    one, path = await whole.browser("administrator"), "/installningar"
    mine: Fact = (await one.get(path)).fields(path)
    assert (await one.submit(path, association="Exempelförbundet 1")).status == SEE_OTHER
    page = await one.send(path, **mine | {"association": "Exempelförbundet 2"})
    assert page.status == 422
    assert page.text("#f-association-theirs") == "Sparat av någon annan: Exempelförbundet 1"
    again = await one.send(path, **page.fields(path))
    assert again.status == SEE_OTHER
    assert (await one.get(path)).fields(path)["association"] == ["Exempelförbundet 2"]


def test_rows_are_met_one_by_one() -> None:
    """Two who change different rows of a list both keep what they did."""
    begun = {"partners": [{"actor_id": one, "part": "Del", "leads": False} for one in "abc"]}
    form = Form.showing(InitiativeDraft, begun | {"version": 1})
    mine = dict(form.values) | {"partners.0.part": ["Min"]}
    mine |= {f"partners.{n}.leads": ["false"] for n in range(3)}
    mine |= {"partners.3.actor_id": ["d"], "partners.3.part": ["Ny"]}
    rows = [("a", "Del"), ("b", "Deras"), ("e", "Ny")]
    told = {"partners": [{"actor_id": one, "part": part, "leads": False} for one, part in rows]}
    theirs = Form.showing(InitiativeDraft, told).values
    values, followed = clash.met(form.marks, mine, theirs)
    found = {
        (values[f"partners.{n}.actor_id"][0], values[f"partners.{n}.part"][0]) for n in range(4)
    }
    assert found == {("a", "Min"), ("b", "Deras"), ("d", "Ny"), ("e", "Ny")}
    assert len([name for name in values if name.endswith(".actor_id")]) == 4
    assert not followed
    untouched, followed = clash.met(form.marks, dict(form.values), theirs)
    assert (untouched, followed) == (theirs, {"partners"})
