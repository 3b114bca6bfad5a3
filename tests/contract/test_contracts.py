"""What drafts refuse, and what they make of what is sent."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel, ValidationError

from services.actors.contract.actor import ActorDraft
from services.actors.contract.contact import ContactDraft
from services.actors.contract.mandate import EndorsementsDraft, MandateDraft
from services.actors.contract.person import PersonDraft
from services.actors.contract.post import HoldingDraft
from services.actors.contract.programme import IntakeDraft, ProgrammeDraft
from services.actors.contract.relation import RelationDraft
from services.actors.contract.role_trial import RoleTrialDraft
from services.analysis.contract import verdict
from services.analysis.contract.source import SourceDraft
from services.councils.contract import need
from services.councils.contract.council import CouncilDraft
from services.councils.contract.decision import DecisionDraft
from services.councils.contract.initiative import InitiativeDraft, OutcomeDraft
from services.councils.contract.meeting import AgendaItemDraft
from services.councils.contract.need import NeedDraft
from services.kit.contract import Draft, Thing
from services.kit.texts import DEEPEST
from tests.contract.classes import codes, shapes

ONE, OTHER = uuid4(), uuid4()


def a_need(**more: Any) -> dict[str, Any]:
    return {"statement": "Det saknas snickare", "areas": ["education"], "horizon": "short"} | more


def a_council(**more: Any) -> dict[str, Any]:
    facts = {"name": "Exempelrådet", "kind": "industry_council", "level": "operative"}
    return facts | {"leader_actor_ids": [ONE]} | more


def an_intake(**more: Any) -> dict[str, Any]:
    return {"programme_id": ONE, "starts_on": "2026-08-17"} | more


def a_programme(**more: Any) -> dict[str, Any]:
    facts = {"provider_actor_id": ONE, "name": "Träteknik"}
    return facts | {"form": "adult_upper_secondary"} | more


def a_holding(**more: Any) -> dict[str, Any]:
    return {"post_id": ONE, "person_id": OTHER, "valid_from": "2026-01-01"} | more


def a_relation(**more: Any) -> dict[str, Any]:
    facts = {"actor_id": ONE, "other_actor_id": OTHER, "kind": "member_of"}
    return facts | {"valid_from": "2026-01-01"} | more


def a_contact(**more: Any) -> dict[str, Any]:
    facts = {"actor_id": ONE, "our_actor_id": OTHER, "channel": "phone", "said": "Vi talade"}
    return facts | {"held_on": "2026-01-02"} | more


def a_mandate(**more: Any) -> dict[str, Any]:
    facts = {"issuer_actor_id": ONE, "scope": "Bära samverkansmodellen"}
    return facts | {"holder_actor_id": OTHER, "valid_from": "2026-01-01"} | more


def endorsements(**more: Any) -> dict[str, Any]:
    return {"municipality_codes": ["1472"], "state": "asked", "on": "2026-01-01"} | more


def a_role_trial(**more: Any) -> dict[str, Any]:
    return {"actor_id": ONE, "role": "Strategisk nivå"} | more


def a_person(**more: Any) -> dict[str, Any]:
    return {"name": "Exempelperson 1"} | more


def an_actor(**more: Any) -> dict[str, Any]:
    return {"name": "Exempelföretag 1", "kind": "company"} | more


def a_source(**more: Any) -> dict[str, Any]:
    facts = {"key": "yrkesregistret", "name": "Yrkesregistret", "kind": "pxweb"}
    facts |= {"publisher": "SCB"}
    return facts | {"area_level": "county"} | more


def a_verdict(**more: Any) -> dict[str, Any]:
    days = {"judged_on": "2026-01-01", "from_on": "2026-01-01", "to_on": "2026-12-31"}
    unsure = dict.fromkeys(
        ("demand_low", "demand_high", "supply_low", "supply_high", "coverage_low", "coverage_high")
    )
    lists: dict[str, Any] = {"municipality_codes": [], "lines": [], "supplements": []}
    unknown = {"kind": "seats", "text": "Antalet platser", "decisive": True}
    facts = {"need_id": ONE, "horizon": "short", "occupation_code": "7522", "example": False}
    facts |= {"judged": True}
    return (
        facts | days | unsure | lists | {"conclusion": "undecidable", "unknowns": [unknown]} | more
    )


def wrong(draft: type[BaseModel], values: dict[str, Any]) -> list[tuple[str, str]]:
    """Each field that is refused, with the code that says why."""
    with pytest.raises(ValidationError) as refused:
        draft.model_validate(values)
    found = []
    for problem in refused.value.errors():
        place = problem["loc"] or (problem.get("ctx", {}).get("field", ""),)
        found.append((str(place[0]), problem["type"]))
    return found


AT, SHORT, ON = {"meeting_id": ONE}, {"horizon": "short"}, {"happened_on": "2026-01-01"}
MISMATCH = "string_pattern_mismatch"
RULES = [
    (NeedDraft, a_need(statement="null\x00byte"), "statement", "control_character"),
    (NeedDraft, a_need(statement="bell\x07"), "statement", "control_character"),
    (NeedDraft, a_need(statement="rad\u202edar"), "statement", "control_character"),
    (NeedDraft, a_need(statement="rad\u2067dar"), "statement", "control_character"),
    (ActorDraft, {"name": "\u200b\u202e", "kind": "company"}, "name", "string_too_short"),
    (ActorDraft, {"name": "Ett\nAB", "kind": "company"}, "name", "line_break"),
    (ActorDraft, {"name": "Ett\u2028AB", "kind": "company"}, "name", "line_break"),
    (ActorDraft, {"name": "Ett\u202eBA", "kind": "company"}, "name", "control_character"),
    (NeedDraft, a_need(statement="\u200b"), "statement", "string_too_short"),
    (NeedDraft, a_need(figures=["rad\x1b"]), "figures", "control_character"),
    (NeedDraft, a_need(colour="red"), "colour", "extra_forbidden"),
    (NeedDraft, a_need(areas=[]), "areas", "too_short"),
    (NeedDraft, a_need(areas=["education", "education"]), "areas", "repeated"),
    (NeedDraft, a_need(from_year=2027, to_year=2026), "to_year", "empty_period"),
    (NeedDraft, a_need(occupation_code="752"), "occupation_code", "string_pattern_mismatch"),
    *(
        (NeedDraft, a_need(municipality_codes=[code]), "municipality_codes", MISMATCH)
        for code in ("9999", "0200", "1199", "2600", "147")
    ),
    (NeedDraft, a_need(headcount_per_year=-1), "headcount_per_year", "greater_than_equal"),
    (NeedDraft, a_need(gap_between=["education"]), "gap_between", "one_side"),
    (NeedDraft, a_need(answer_ids=[ONE, ONE]), "answer_ids", "repeated"),
    (NeedDraft, a_need(meeting_ids=[ONE, ONE]), "meeting_ids", "repeated"),
    *(
        (kind, facts | {"need_ids": [ONE, ONE]}, "need_ids", "repeated")
        for kind, facts in (
            (DecisionDraft, AT | {"text": "x", "decided_on": "2026-01-01", "council_id": ONE}),
            (AgendaItemDraft, AT | {"title": "x"}),
            (InitiativeDraft, {"title": "x", "kind": "other", "lead_actor_id": ONE} | SHORT),
            (OutcomeDraft, {"initiative_id": ONE, "change": "x", "evidence": "x"} | SHORT | ON),
        )
    ),
    (need.NeedDropped, {"reason": " "}, "reason", "string_too_short"),
    (need.NeedMet, {"met_on": "2026-01-01"}, "evidence", "missing"),
    (need.NeedMerge, {"from_ids": [ONE], "into_id": ONE}, "into_id", "same"),
    (CouncilDraft, a_council(kind="temporary_council"), "ends_on", "missing"),
    (CouncilDraft, a_council(leader_actor_ids=[]), "leader_actor_ids", "too_short"),
    (CouncilDraft, a_council(starts_on="1899-12-31"), "starts_on", "year_out_of_range"),
    (CouncilDraft, a_council(starts_on="2201-01-01"), "starts_on", "year_out_of_range"),
    (HoldingDraft, a_holding(valid_to="2026-01-01"), "valid_to", "empty_period"),
    (RelationDraft, a_relation(other_actor_id=ONE), "other_actor_id", "same"),
    (ContactDraft, a_contact(post_id=ONE, our_post_id=ONE), "post_id", "same"),
    (ContactDraft, a_contact(said="Ring 19640823-3234"), "said", "identity_number"),
    (ContactDraft, a_contact(owner_post_id=ONE), "next_step", "missing"),
    (ContactDraft, a_contact(next_step="Ring", due_on="2026-01-01"), "due_on", "too_early"),
    (MandateDraft, a_mandate(valid_to="2026-01-01"), "valid_to", "empty_period"),
    (MandateDraft, a_mandate(ambassador_post_ids=[ONE] * 2), "ambassador_post_ids", "repeated"),
    (
        EndorsementsDraft,
        endorsements(municipality_codes=["1472"] * 2),
        "municipality_codes",
        "repeated",
    ),
    (PersonDraft, a_person(name="Exempel 19121212-1212"), "name", "identity_number"),
    (PersonDraft, a_person(note="född 121212-1212"), "note", "identity_number"),
    (PersonDraft, a_person(phone="191212121212"), "phone", "identity_number"),
    (PersonDraft, a_person(phone="19121212-1212"), "phone", "identity_number"),
    (PersonDraft, a_person(phone="1912 12 12 12 12"), "phone", "identity_number"),
    (PersonDraft, a_person(phone="121212-1212"), "phone", "identity_number"),
    (PersonDraft, a_person(phone="1212121212"), "phone", "identity_number"),
    (ActorDraft, an_actor(note="Född 191212121212"), "note", "identity_number"),
    (ActorDraft, an_actor(mission="19121212-1212"), "mission", "identity_number"),
    (RelationDraft, a_relation(state_since="2025-12-31"), "state_since", "too_early"),
    (PersonDraft, a_person(email="exempel"), "email", "string_pattern_mismatch"),
    (ProgrammeDraft, a_programme(pace=101), "pace", "less_than_equal"),
    (ProgrammeDraft, a_programme(occupation_codes=["7522"] * 2), "occupation_codes", "repeated"),
    (IntakeDraft, an_intake(admitted=10, completed=11), "completed", "more_than_all"),
    (IntakeDraft, an_intake(admitted=10, admitted_women=11), "admitted_women", "more_than_all"),
    (IntakeDraft, an_intake(ends_on="2026-08-16"), "ends_on", "empty_period"),
    (SourceDraft, a_source(address="ftp://exempel.se/fil"), "address", "string_pattern_mismatch"),
    (verdict.Verdict, a_verdict(unknowns=[]), "unknowns", "missing"),
    (
        verdict.Verdict,
        a_verdict(supply_low="2", supply_high="1"),
        "supply_high",
        "empty_interval",
    ),
]


@pytest.mark.parametrize(("draft", "values", "field", "code"), RULES)
def test_what_is_wrong_is_named_by_field_and_code(
    draft: type[BaseModel], values: dict[str, Any], field: str, code: str
) -> None:
    assert wrong(draft, values) == [(field, code)]


GOOD: list[tuple[type[BaseModel], Callable[..., dict[str, Any]]]] = [
    (NeedDraft, a_need),
    (CouncilDraft, a_council),
    (IntakeDraft, an_intake),
    (ProgrammeDraft, a_programme),
    (HoldingDraft, a_holding),
    (RelationDraft, a_relation),
    (ContactDraft, a_contact),
    (MandateDraft, a_mandate),
    (EndorsementsDraft, endorsements),
    (RoleTrialDraft, a_role_trial),
    (PersonDraft, a_person),
    (SourceDraft, a_source),
    (verdict.Verdict, a_verdict),
]


@pytest.mark.parametrize(("draft", "values"), GOOD)
def test_a_good_draft_survives_the_wire(
    draft: type[BaseModel], values: Callable[..., dict[str, Any]]
) -> None:
    stored = draft.model_validate(values())
    assert draft.model_validate_json(stored.model_dump_json()) == stored


def test_forms_send_empty_text_for_nothing() -> None:
    person = PersonDraft.model_validate(a_person(email="  ", phone="", language=""))
    assert (person.email, person.phone, person.language) == (None, None, "sv")


@pytest.mark.parametrize("end", ["\ufeff", "\u200b", " \u200b", "\u2060\ufeff ", "\u200d\n"])
def test_what_has_no_width_is_trimmed_as_a_space_is(end: str) -> None:
    council = CouncilDraft(**a_council(name=f"{end}Exempel\u00adrådet{end}"))
    assert council.name == "Exempel\u00adrådet"
    assert NeedDraft(**a_need(statement=f"{end}Rad\nrad{end}")).statement == "Rad\nrad"


def test_text_is_stripped_and_its_lines_are_ended_one_way() -> None:
    assert PersonDraft(name="  Exempelperson 1 ").name == "Exempelperson 1"
    assert NeedDraft.model_validate(a_need(statement="en\r\ntvå\tåäö")).statement == "en\ntvå\tåäö"


def test_half_a_letter_is_refused() -> None:
    assert wrong(PersonDraft, a_person(name="x\ud800"))[0][0] == "name"


def test_what_is_nested_too_deep_is_refused() -> None:
    deep: Any = "botten"
    for _ in range(DEEPEST + 1):
        deep = [deep]
    assert wrong(NeedDraft, a_need(figures=deep)) == [("figures", "too_deep")]


def test_a_telephone_number_is_not_taken_for_an_identity_number() -> None:
    assert PersonDraft(name="Exempelperson 1", phone="070-123 45 67").phone == "070-123 45 67"
    for written in ("0701123456", "+46 12 12 12 12 12", "0500-12 34 56"):
        assert PersonDraft(name="Exempelperson 1", phone=written).phone == written


def test_an_unknown_number_of_seats_is_not_none_of_them() -> None:
    assert IntakeDraft(programme_id=ONE, starts_on=date(2026, 8, 17)).seats is None


@pytest.mark.parametrize("code", codes(), ids=lambda code: code.__name__)
def test_a_code_is_its_name(code: type[StrEnum]) -> None:
    assert [member.name for member in code] == [member.value for member in code]


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.__name__)
def test_every_shape_says_what_it_is(shape: type[BaseModel]) -> None:
    assert shape.__doc__
    assert shape.__doc__ not in {Draft.__doc__, Thing.__doc__}


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.__name__)
def test_fields_are_named_after_what_they_hold(shape: type[BaseModel]) -> None:
    for name, field in shape.model_fields.items():
        kinds = str(field.annotation)
        if name.endswith("_id") and not shape.__name__.startswith("Popolo"):  # others name theirs
            assert "UUID" in kinds or name in {"concept_id"}, name
        if name.endswith("_ids"):
            assert "list[uuid.UUID]" in kinds or field.annotation == list[UUID], name
        if name.endswith("_on"):
            assert "date" in kinds, name
        if name.endswith("_at"):
            assert "datetime" in kinds.lower(), name


def test_a_horizon_means_the_same_in_needs_and_verdicts() -> None:
    assert list(need.Horizon) == list(verdict.Horizon)
