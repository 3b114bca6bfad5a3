"""Forms keep what was typed, say in Swedish what is wrong, and make drafts of the rest."""

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from pydantic import ValidationError
from starlette.requests import Request

from gateway.forms import Form
from gateway.pages.gallery import GalleryDraft
from services.kit.errors import Conflict, Malformed, Rejected, Stale

GOOD = {
    "name": "Exempelbehov 1",
    "statement": "Fler svetsare",
    "horizon": "short",
    "valid_from": "2026-11-23",
}


def posting(*pairs: tuple[str, str]) -> Request:
    """A request that posts a form."""
    return sending(urlencode(pairs).encode())


def sending(body: bytes) -> Request:
    """A request that posts these bytes as a form."""
    kind = b"application/x-www-form-urlencoded"

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", kind)]}
    return Request(scope, receive)


async def posted(*more: tuple[str, str], **changes: str) -> Form[GalleryDraft]:
    """The gallery's form, filled in rightly but for the changes."""
    values = GOOD | changes
    return await Form.posted(posting(*values.items(), *more), GalleryDraft)


@pytest.mark.parametrize("wrong", [b"statement=\xe5", b"a%00b=statement", b"a%E5=x"])
async def test_bytes_that_nobody_can_read_are_refused_and_not_stored_as_something_else(
    wrong: bytes,
) -> None:
    with pytest.raises(Malformed):
        await Form.posted(sending(wrong), GalleryDraft)


async def test_a_letter_that_cannot_be_stored_comes_off_and_the_form_comes_back() -> None:
    form = await posted(("rows.0.text", "Ett\0"), statement="Fler\0 svetsare", name="\0")
    assert form.draft is None
    assert form.value("statement") == "Fler svetsare"
    assert form.error("statement").startswith("Texten innehåller ett tecken som inte kan sparas.")
    assert "\0" not in str(form.values)
    assert {"statement", "name", "rows.0.text"} <= set(form.wrong)
    with pytest.raises(ValidationError):
        GalleryDraft.model_validate(form.sent)


async def test_bytes_that_are_no_text_come_off_and_the_form_comes_back() -> None:
    form = await Form.posted(sending(b"statement=Fler+sn%E5la+%c3%a5&name=Behov"), GalleryDraft)
    assert form.draft is None
    assert (form.value("statement"), form.value("name")) == ("Fler snla å", "Behov")
    assert form.error("statement").startswith("Texten innehåller ett tecken som inte kan sparas.")
    assert "name" not in form.wrong
    with pytest.raises(ValidationError):
        GalleryDraft.model_validate(form.sent)


async def test_whoever_types_the_sign_for_unreadable_may() -> None:
    form = await posted(statement="Sv\ufffdtsare")
    assert form.draft is not None, form.errors
    assert form.draft.statement == "Sv\ufffdtsare"


async def test_text_becomes_a_draft() -> None:
    form = await posted(
        ("kinds", ""),
        ("kinds", "short"),
        ("kinds", "long"),
        ("shared", ""),
        ("shared", "true"),
        ("steps.0.text", "Ring"),
        ("steps.1.text", ""),
        ("steps.3.text", "Boka"),
        ("steps.3.due_on", "2026-12-01"),
        headcount="1 240",
        starts_at="2026-11-26T13:00",
        words="svets\r\n\r\nsvetsning",
        email="",
    )
    draft = form.draft
    assert draft is not None, form.errors
    assert draft.headcount == 1240
    assert draft.starts_at == datetime(2026, 11, 26, 12, tzinfo=UTC)
    assert [str(kind) for kind in draft.kinds] == ["short", "long"]
    assert draft.words == ["svets", "svetsning"]
    assert draft.shared is True
    assert draft.valid_to is None
    assert [(part.text, part.due_on) for part in draft.steps] == [
        ("Ring", None),
        ("Boka", date(2026, 12, 1)),
    ]


async def test_choices_that_stood_already_keep_their_order() -> None:
    thing = GOOD | {"municipality_codes": ["1496", "1472"]}
    names = [("municipality_codes", code) for code in ("1472", "1494", "1496")]
    form = await Form.posted(posting(*GOOD.items(), *names), GalleryDraft, kept=thing)
    assert form.draft is not None, form.errors
    assert form.draft.municipality_codes == ["1496", "1472", "1494"]


async def test_what_was_typed_is_kept_when_something_is_wrong() -> None:
    form = await posted(name="  ", headcount="många", starts_at="i morgon")
    assert form.draft is None
    assert set(form.errors) == {"name", "headcount", "starts_at"}
    assert form.value("headcount") == "många"
    assert form.value("starts_at") == "i morgon"
    assert form.value("statement") == "Fler svetsare"


async def test_every_wrong_field_has_a_swedish_sentence_with_its_label() -> None:
    form = await posted(name="", horizon="never", headcount="-1", valid_from="snart")
    form.name("name", "Namn")
    assert form.error("name") == "Fyll i ”Namn”."
    assert form.error("horizon") == "Välj ett av alternativen för det här fältet."
    assert form.error("headcount") == "Det här fältet ska vara 0 eller mer."
    assert (
        form.error("valid_from") == "Skriv det här fältet som ett datum, till exempel 2026-11-26."
    )


async def test_a_rule_over_two_fields_blames_one_of_them() -> None:
    form = await posted(valid_to="2026-11-01")
    assert form.errors == {"valid_to": "Slutdatumet ska vara senare än startdatumet."}


async def test_too_many_and_too_long_name_their_limits() -> None:
    many = [("municipality_codes", code) for code in ("1401", "1402", "1407", "1415")]
    form = await posted(*many, name="x" * 201)
    assert form.error("municipality_codes") == "Välj högst 3 för det här fältet."
    assert form.error("name") == "Korta det här fältet till högst 200 tecken."


async def test_an_error_in_a_row_stands_at_its_own_cell() -> None:
    form = await posted(("steps.0.text", ""), ("steps.2.text", "Ring"), ("steps.2.due_on", "snart"))
    assert list(form.errors) == ["steps.0.due_on"]
    assert form.value("steps.0.due_on") == "snart"
    assert form.value("steps.0.text") == "Ring"


async def test_a_service_is_blamed_at_the_field_it_names() -> None:
    form = await posted()
    form.blame(Conflict("taken", field="name", reason="taken"))
    form.name("name", "Namn")
    assert form.draft is None
    assert form.errors == {"name": "”Namn” används redan. Ange något annat."}


async def test_a_problem_without_a_known_field_stands_first_and_links_nowhere() -> None:
    form = await posted()
    form.blame(Rejected("no", field="chair_id", reason="unknown_reference"))
    form.blame(Stale())
    assert [field for field, _ in form.summary] == [""]
    stale = await posted()
    stale.blame(Stale())
    assert stale.errors[""].startswith("Någon annan har ändrat")


async def test_fields_the_form_does_not_have_are_kept_from_the_thing() -> None:
    thing = {**GOOD, "id": "x", "version": 4, "words": ["svets"], "shared": True, "source": "Möte"}
    request = posting(*(GOOD | {"version": "4", "name": "Nytt"}).items())
    form = await Form.posted(request, GalleryDraft, kept=thing)
    assert form.draft is not None, form.errors
    assert (form.draft.name, form.draft.words, form.draft.shared) == ("Nytt", ["svets"], True)
    assert form.version == 4


async def test_nonsense_in_a_box_is_no_answer() -> None:
    form = await Form.posted(posting(*GOOD.items(), ("shared", "å" * 300)), GalleryDraft)
    assert (form.draft, set(form.wrong)) == (None, {"shared"})


async def test_an_unticked_box_is_no_and_an_absent_one_is_kept() -> None:
    thing = {**GOOD, "shared": True}
    unticked = posting(*GOOD.items(), ("shared", ""))
    assert (await Form.posted(unticked, GalleryDraft, kept=thing)).draft.shared is False  # type: ignore[union-attr]
    absent = posting(*GOOD.items())
    assert (await Form.posted(absent, GalleryDraft, kept=thing)).draft.shared is True  # type: ignore[union-attr]


async def test_a_stored_thing_is_shown_as_people_write_it() -> None:
    stored = {
        **GOOD,
        "version": 7,
        "starts_at": "2026-07-01T10:00:00Z",
        "kinds": ["long"],
        "steps": [{"text": "Ring", "due_on": None}],
        "shared": False,
    }
    form = Form.showing(GalleryDraft, stored)
    assert form.moment("starts_at") == "2026-07-01T12:00"
    assert form.chosen("kinds") == ["long"]
    assert form.version == 7
    assert not form.ticked("shared")
    assert list(form.rows("steps")) == [0, 1, 2]


async def test_unknown_fields_are_not_passed_on() -> None:
    form = await posted(managed_by="0001", id="x")
    assert form.draft is not None
    assert not hasattr(form.draft, "managed_by")


async def test_what_was_emptied_is_not_kept_from_the_thing() -> None:
    thing = {**GOOD, "steps": [{"text": "Ring", "due_on": None}]}
    emptied = posting(*(GOOD | {"name": " "}).items(), ("steps.0.text", ""))
    form = await Form.posted(emptied, GalleryDraft, kept=thing)
    assert form.errors == {"name": "Fyll i det här fältet."}
    rows = posting(*GOOD.items(), ("steps.0.text", ""), ("steps.0.id", "x"))
    kept = await Form.posted(rows, GalleryDraft, kept=thing)
    assert kept.draft is not None, kept.errors
    assert kept.draft.steps == []


async def test_a_service_adds_what_else_is_wrong_in_a_form_that_cannot_be_read() -> None:
    form = await posted(("steps.0.due_on", "snart"), name="")
    assert isinstance(form.sent, dict)
    assert form.sent["statement"] == "Fler svetsare"
    more = Rejected("no", field="email", reason="taken")
    more.errors += Rejected("no", field="steps.0.due_on.0", reason="date_parsing").errors
    form.blame(more)
    assert set(form.errors) == {"name", "steps.0.due_on", "steps.0.text", "email"}
