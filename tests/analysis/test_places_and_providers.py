"""The verdict's arithmetic where nobody knows where a programme is, or its provider has left."""

from typing import Any

import pytest

from services.analysis.contract.verdict import Conclusion, Horizon
from tests.analysis.judging import verdict
from tests.analysis.test_arithmetic import AWAY, HERE, INTAKE, NEED, PROGRAMME, SURE, TODAY


@pytest.mark.parametrize(
    ("codes", "count", "supply"),
    [
        (["1472"], 2, (0, 20)),  # here and somewhere else
        (["1472", "1473"], None, (0, 20)),
        ([], 4, (0, 20)),  # nobody knows which
        (["1473", "1496"], None, (0, None)),  # elsewhere alone, from where it may do
    ],
)
def test_seats_in_several_municipalities_are_not_all_here(
    codes: list[str], count: int | None, supply: tuple[int, int | None]
) -> None:
    several = PROGRAMME | {"municipality_codes": codes, "municipality_count": count}
    told = verdict(NEED | HERE, [several], [INTAKE | SURE], Horizon.short, TODAY)
    assert (told["supply_low"], told["supply_high"]) == supply
    both = NEED | {"municipality_codes": ["1472", "1473"]}
    told = verdict(both, [several], [INTAKE | SURE], Horizon.short, TODAY)
    assert told["supply_low"] == (20 if codes == ["1472", "1473"] else 0)


def test_a_programme_of_unknown_place_may_be_where_the_need_is_or_not() -> None:
    told = verdict(NEED | HERE, [PROGRAMME], [INTAKE | SURE], Horizon.short, TODAY)
    assert (told["supply_low"], told["supply_high"]) == (0, 20)
    (why,) = (one for one in told["unknowns"] if one["decisive"])
    assert why["text"] == "Träteknik: det är okänt i vilken kommun den ges."
    assert (why["kind"], why["programme_id"], why["ask_actor_id"]) == ("municipality", "p", "a")
    for sure in (NEED, [PROGRAMME]), (NEED | HERE, [PROGRAMME | {"delivery": "distance"}]):
        told = verdict(*sure, [INTAKE | SURE], Horizon.short, TODAY)
        assert (told["supply_low"], told["unknowns"]) == (20, [])
    nobody = INTAKE | SURE | {"seats": 0, "admitted": 0}
    both = [PROGRAMME, PROGRAMME | {"id": "q", "name": "Finsnickeri"}]
    starts = [INTAKE | SURE | {"programme_id": "q"}, nobody]
    told = verdict(NEED | HERE, both, starts, Horizon.short, TODAY)
    decisive = [one["text"] for one in told["unknowns"] if one["decisive"]]
    assert decisive == ["Finsnickeri: det är okänt i vilken kommun den ges."]


LEFT = {"id": "s", "own": True, "status": "withdrawn", "valid_from": "2026-08-01",
        "valid_to": None}  # fmt: skip


def by(*standings: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The verdict of a need on a start whose provider has these standings."""
    programme = PROGRAMME | {"standings": [LEFT | one for one in standings]}
    return verdict(NEED, [programme], [INTAKE | SURE | more], Horizon.short, TODAY)


def test_what_would_start_once_its_provider_is_no_more_does_not_count() -> None:
    told = by({"status": "closed"})
    assert (told["conclusion"], told["supply_high"]) == (Conclusion.gap, 0)
    (line,) = (one for one in told["lines"] if one["side"] == "supply")
    (why,) = line["factors"]
    assert (line["high"], why["name"], why["assumed"]) == (0, "Anordnaren är kvar", True)
    said = "Antaget: anordnaren är avslutad sedan 1 aug 2026 och startar inget därefter"
    assert why["source"] == said
    assert by({"status": "closed"}, starts_on="2026-07-31")["supply_low"] == 20, "it began before"


def test_who_has_left_the_collaboration_may_give_what_it_planned_or_not() -> None:
    told = by({})
    assert (told["conclusion"], told["supply_low"]) == (Conclusion.undecidable, 0)
    assert told["supply_high"] == 20
    (why,) = (one for one in told["unknowns"] if one["decisive"])
    assert why["text"].endswith("om den startar, för anordnaren har lämnat samverkan.")
    assert by({}, starts_on="2026-07-31")["supply_low"] == 20, "it began before"
    assert by({"valid_to": "2026-08-17"})["supply_low"] == 20, "it was back by then"
    back = {"id": "t", "status": "active", "valid_from": "2026-01-01"}
    assert by({"own": False}, back)["supply_low"] == 20, "what one that was merged said"
    assert by({"own": False}, back | {"own": False})["supply_low"] == 0, "what began last"
    undated = by({}, starts_on=None)
    assert (undated["supply_low"], undated["supply_high"]) == (0, 20)
    (why,) = (one for one in undated["unknowns"] if one["decisive"])
    assert why["text"].endswith("det är okänt om den började innan anordnaren lämnade.")


def test_who_is_no_more_is_not_asked_for_starts() -> None:
    gone = PROGRAMME | {"standings": [LEFT | {"status": "closed", "valid_from": "2026-01-01"}]}
    assert verdict(NEED, [gone], [], Horizon.short, TODAY)["conclusion"] is Conclusion.gap
    away = verdict(NEED | HERE, [gone | AWAY], [], Horizon.short, TODAY)
    later = verdict(NEED, [gone], [], Horizon.long, TODAY)
    for told in (away, later):
        assert told["conclusion"] is Conclusion.undecidable
        (why,) = (one for one in told["unknowns"] if one["decisive"])
        assert ("Träteknik" in why["text"], why["ask_actor_id"]) == (False, None)
