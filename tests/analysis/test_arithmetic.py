"""The verdict's arithmetic on paper: the need's years, and who is counted."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from services.analysis.contract.verdict import Conclusion, Horizon
from services.analysis.verdict.arithmetic import CENT, FINE, Interval, Period, ends, shown
from tests.analysis.judging import verdict

TODAY = date(2026, 7, 1)
LATER = {"from_year": 2028, "to_year": 2030}
NEED: dict[str, Any] = {
    "id": "n", "headcount_per_year": 10, "occupation_code": "7522", "municipality_codes": [],
    "from_year": None, "to_year": None, "source": None, "example": False,
}  # fmt: skip


def judged(horizon: Horizon, **more: Any) -> dict[str, Any]:
    return verdict(NEED | more, [], [], horizon, TODAY)


@pytest.mark.parametrize(
    ("years", "share"),
    [
        ((None, None), "1"),
        ((2020, None), "1"),
        ((2026, 2026), "184/365"),  # days, 1 July to 31 December
        ((2027, None), "181/365"),
        ((None, 2026), "184/365"),
        ((2028, 2030), "0"),
    ],
)
def test_a_need_is_counted_for_its_own_years(
    years: tuple[int | None, int | None], share: str
) -> None:
    period = Period(TODAY, date(2027, 6, 30))
    assert period.share_within(*years) == Fraction(share)
    told = judged(Horizon.short, from_year=years[0], to_year=years[1])
    assert told["demand_low"] == told["demand_high"] == shown(10 * Fraction(share), CENT)
    factors = [one["name"] for one in told["lines"][0]["factors"]]
    assert ("Del av tiden som behovet gäller" in factors) == (share != "1")


PROGRAMME: dict[str, Any] = {
    "id": "p", "name": "Träteknik", "occupation_codes": ["7522"], "municipality_code": None,
    "delivery": "on_site", "provider_actor_id": "a", "example": False,
}  # fmt: skip
INTAKE: dict[str, Any] = {
    "id": "i", "programme_id": "p", "starts_on": "2026-08-17", "ends_on": "2026-12-18",
    "seats": 20, "admitted": None, "completed": None, "employed_after": None, "source": None,
    "example": False,
}  # fmt: skip


def test_a_need_of_later_years_is_demand_in_those() -> None:
    beyond = judged(Horizon.long, **LATER)
    assert beyond["to_on"] == date(2030, 12, 31)
    assert beyond["demand_low"] == Decimal("8.56")  # 1096 of the 1280 days from 1 July 2027


def test_a_need_of_the_next_century_is_not_averaged_over_this_one() -> None:
    far = judged(Horizon.long, from_year=2199, to_year=2200)
    assert (far["to_on"], far["demand_low"]) == (date(2037, 12, 31), 0)
    assert any("Så långt fram bedöms det inte" in one["text"] for one in far["unknowns"])
    endless = judged(Horizon.long, from_year=2026, to_year=2200)
    assert endless["demand_low"] == NEED["headcount_per_year"]


def test_thirds_are_exact_and_only_what_is_shown_is_rounded() -> None:
    earlier = {"id": "e", "admitted": 300, "completed": 100, "employed_after": 100}
    intakes = [INTAKE | {"seats": 180}, INTAKE | earlier | {"ends_on": "2026-06-01"}]
    need = NEED | {"headcount_per_year": 60}
    told = verdict(need, [PROGRAMME], intakes, Horizon.short, TODAY)
    assert (told["supply_low"], told["coverage_low"]) == (60, 1)
    assert told["conclusion"] is Conclusion.covered
    shares = [one["low"] for one in told["lines"][1]["factors"]]
    assert shares == [180, Decimal("0.3333"), 1, 1]


def test_a_verdict_on_anything_invented_is_an_example() -> None:
    invented, other = {"example": True}, {"id": "p2", "occupation_codes": ["9999"]}
    for need, programme, intake, rival, told in (
        ({}, {}, {}, {}, False),
        (invented, {}, {}, {}, True),
        ({}, invented, {}, {}, True),
        ({}, {}, invented, {}, True),
        ({}, {}, {}, invented, True),
        ({}, {}, {}, invented | {"from_year": 2040}, False),
    ):
        found = verdict(
            NEED | need, [PROGRAMME | programme, PROGRAMME | invented | other], [INTAKE | intake],
            Horizon.short, TODAY, others=[NEED | {"id": "m", "seen": True} | rival],
        )  # fmt: skip
        assert found["example"] is told, (need, programme, intake, rival)


STARTED = INTAKE | {"starts_on": "2025-08-18", "ends_on": "2026-06-12"}
AWAY = {"municipality_code": "1473"}
HERE = {"municipality_codes": ["1472"]}


@pytest.mark.parametrize(
    ("programmes", "intakes", "why"),
    [
        ([], [], "Ingen utbildning till yrket är registrerad: vad som finns är inte känt."),
        (
            [PROGRAMME | {"occupation_codes": ["7521"]}], [INTAKE],
            "Ingen utbildning till yrket är registrerad: vad som finns är inte känt.",
        ),
        ([PROGRAMME], [], "Ingen start är registrerad av Träteknik."),
        ([PROGRAMME | AWAY], [INTAKE], "Utbildningar i andra kommuner kan räcka hit: Träteknik."),
    ],
)  # fmt: skip
def test_what_nobody_has_registered_is_unknown_and_no_gap(
    programmes: list[dict[str, Any]], intakes: list[dict[str, Any]], why: str
) -> None:
    for horizon in Horizon:
        told = verdict(NEED | HERE, programmes, intakes, horizon, TODAY)
        assert (told["conclusion"], told["supply_high"]) == (Conclusion.undecidable, None)
        assert [one["text"] for one in told["unknowns"] if one["decisive"]] == [why]


def test_a_gap_is_said_where_starts_are_known_and_none_of_them_is_enough() -> None:
    within_a_year = verdict(NEED, [PROGRAMME], [STARTED], Horizon.short, TODAY)
    assert (within_a_year["conclusion"], within_a_year["supply_high"]) == (Conclusion.gap, 0)
    beyond = verdict(NEED, [PROGRAMME], [STARTED], Horizon.long, TODAY)
    assert beyond["conclusion"] is Conclusion.undecidable, "starts to come are written down late"
    assert [one["ask_actor_id"] for one in beyond["unknowns"] if one["decisive"]] == ["a"]
    cancelled = INTAKE | {"ends_on": "2028-06-09", "seats": 0}
    told = verdict(NEED, [PROGRAMME], [cancelled], Horizon.long, TODAY)
    assert told["conclusion"] is Conclusion.gap


def first_factor(**more: Any) -> tuple[str, Decimal, Decimal | None]:
    told = verdict(NEED, [PROGRAMME], [INTAKE | more], Horizon.short, TODAY)
    (supply,) = (one for one in told["lines"] if one["side"] == "supply")
    one = supply["factors"][0]
    return one["name"], one["low"], one["high"]


def test_who_was_admitted_is_counted_where_it_is_known_and_the_seats_where_it_is_not() -> None:
    assert first_factor() == ("Platser", 20, 20)
    assert first_factor(admitted=8) == ("Antagna till 20 platser", 8, 8)
    assert first_factor(admitted=0) == ("Antagna till 20 platser", 0, 0)
    assert first_factor(admitted=8, seats=None) == ("Antagna", 8, 8)
    assert first_factor(seats=None) == ("Platser", 0, None)


def supply(**more: Any) -> dict[str, Any]:
    return verdict(NEED, [PROGRAMME], [INTAKE | more], Horizon.short, TODAY)


def test_an_unknown_start_counts_as_none_at_least_and_all_at_most() -> None:
    told = supply(starts_on=None, ends_on=None, round=2)
    (line,) = (one for one in told["lines"] if one["side"] == "supply")
    assert line["label"] == "Träteknik, start okänd (omgång 2)"
    (when,) = (one for one in line["factors"] if one["name"] == "Blir klar under tiden")
    assert (when["low"], when["high"], when["assumed"]) == (0, 1, True)
    assert (told["supply_low"], told["supply_high"]) == (0, 20)
    (unknown,) = (one for one in told["unknowns"] if one["kind"] == "start")
    assert unknown["text"].startswith("Träteknik, start okänd (omgång 2): ")
    assert (told["conclusion"], unknown["decisive"]) == (Conclusion.undecidable, True)
    ended = supply(starts_on=None, round=None)
    assert "start" not in [one["kind"] for one in ended["unknowns"]], "its last day is known"
    assert not supply(starts_on=None, ends_on="2024-06-01")["supply_high"]


def with_weeks(weeks: int | None, horizon: Horizon, **more: Any) -> dict[str, Any]:
    """A need of ten against twenty sure seats of a programme, of which no last day is known."""
    measured = {"admitted": 10, "completed": 10, "employed_after": 10, "ends_on": "2026-06-01"}
    starts = [INTAKE | {"ends_on": None} | more, INTAKE | {"id": "e"} | measured]
    return verdict(NEED, [PROGRAMME | {"weeks": weeks}], starts, horizon, TODAY)


def endings(told: dict[str, Any]) -> list[tuple[str, Decimal, bool, str]]:
    return [
        (one["name"], one["low"], one["assumed"], one["source"])
        for line in told["lines"]
        for one in line["factors"]
        if one["name"].startswith("Blir klar")
    ]


def test_a_last_day_that_nobody_gave_is_worked_out_of_the_weeks_and_said_to_be_assumed() -> None:
    soon = with_weeks(20, Horizon.short)
    assert (soon["conclusion"], soon["supply_low"]) == (Conclusion.covered, 20)
    assert endings(soon) == [
        ("Blir klar 3 jan 2027", 1, True,
         "Antaget: utbildningens längd, 20 veckor från starten, för ingen sista dag är angiven"),
    ]  # fmt: skip
    assert [one["kind"] for one in soon["unknowns"]] == []
    late = with_weeks(120, Horizon.short)
    assert (late["conclusion"], late["supply_high"], endings(late)) == (Conclusion.gap, 0, [])
    (beyond,) = endings(with_weeks(120, Horizon.long))
    assert beyond[0] == "Blir klar 3 dec 2028"
    known = with_weeks(120, Horizon.short, ends_on="2026-12-18")
    assert (known["conclusion"], endings(known)) == (Conclusion.covered, []), "its own day counts"


def test_without_a_last_day_and_weeks_nobody_knows_whether_they_are_out_in_time() -> None:
    for begun in ("2026-08-17", "2026-06-29", "2017-08-21"):
        for horizon in Horizon:
            told = with_weeks(None, horizon, starts_on=begun)
            assert (told["conclusion"], told["supply_low"]) == (Conclusion.undecidable, 0)
            ((name, low, assumed, _),) = endings(told)
            assert (name, low, assumed) == ("Blir klar under tiden", 0, True)
            (why,) = (one for one in told["unknowns"] if one["decisive"])
            assert why["kind"] == "start"
            assert why["text"].endswith(
                "det är okänt om den blir klar under tiden, för varken dess sista dag eller "
                "utbildningens längd är angiven."
            )
    later = with_weeks(None, Horizon.short, starts_on="2027-08-16")
    assert (later["conclusion"], later["supply_high"]) == (Conclusion.gap, 0), "it begins after"
    over = {"starts_on": "2025-08-18", "admitted": 9, "completed": 9}
    for past in (over, {"starts_on": "2016-06-01"}):
        assert endings(with_weeks(None, Horizon.short, **past)) == []
    assert endings(with_weeks(60, Horizon.short, **over)) == []


def test_places_for_nobody_that_may_be_after_the_time_make_no_gap_in_it() -> None:
    assert with_weeks(120, Horizon.long, seats=0)["conclusion"] is Conclusion.gap
    told = with_weeks(None, Horizon.long, seats=0)
    assert (told["conclusion"], told["supply_high"]) == (Conclusion.undecidable, None)


SHARES = {"id": "e", "ends_on": "2026-06-01", "admitted": 10, "completed": 5, "employed_after": 5}
SIX: dict[str, Any] = NEED | {"headcount_per_year": 6}


@pytest.mark.parametrize(
    ("seats", "measured", "conclusion"),
    [
        (5, False, Conclusion.undecidable),  # 0 to 5 of 6: nothing, or part of it
        (12, False, Conclusion.undecidable),  # 0 to 12: anything
        (0, False, Conclusion.gap),
        (5, True, Conclusion.partly),
        (12, True, Conclusion.covered),
        (40, True, Conclusion.covered),
        (0, True, Conclusion.gap),
        (None, True, Conclusion.undecidable),
    ],
)
def test_only_what_both_ends_of_the_coverage_say_is_said(
    seats: int | None, measured: bool, conclusion: Conclusion
) -> None:
    earlier = [INTAKE | SHARES] if measured else []
    told = verdict(SIX, [PROGRAMME], [INTAKE | {"seats": seats}, *earlier], Horizon.short, TODAY)
    assert told["conclusion"] is conclusion
    decisive = {one["kind"] for one in told["unknowns"] if one["decisive"]}
    assert bool(decisive) is (conclusion is Conclusion.undecidable)
    if not measured and seats:
        assert decisive == {"completion", "entry"}


@pytest.mark.parametrize(
    ("need", "there", "told"),
    [(30_000, 1, "0.0001"), (20_001, 20_000, "0.9999"), (20_000, 20_001, "1.0001"), (1, 0, "0")],
)
def test_what_is_shown_of_the_coverage_does_not_contradict_what_is_said(
    need: int, there: int, told: str
) -> None:
    coverage = ends("coverage", Interval(*[Fraction(there, need)] * 2), FINE, part_of_one=True)
    assert coverage == {"coverage_low": Decimal(told), "coverage_high": Decimal(told)}


def test_what_is_unknown_of_places_for_nobody_decides_nothing() -> None:
    starts = [INTAKE | {"seats": 5}, INTAKE | {"id": "j", "starts_on": "2026-08-18", "seats": 0}]
    told = verdict(SIX, [PROGRAMME], starts, Horizon.short, TODAY)
    decisive = [one["text"] for one in told["unknowns"] if one["decisive"]]
    assert [text.split(":")[0] for text in decisive] == ["Träteknik, start 17 aug 2026"] * 2


def test_a_need_that_states_nobody_for_a_time_is_not_covered_in_it() -> None:
    told = judged(Horizon.short, **LATER)
    assert (told["conclusion"], told["coverage_low"]) == (Conclusion.undecidable, None)
    why = next(one for one in told["unknowns"] if one["decisive"])
    assert why["text"] == "Ingen efterfrågas under den här tiden: behovet gäller 2028–2030."
    nobody = judged(Horizon.short, headcount_per_year=0)
    assert nobody["conclusion"] is Conclusion.undecidable
    assert nobody["unknowns"][0]["text"] == "Behovet säger att ingen behövs."


SURE = {"ends_on": "2026-12-18", "admitted": 20, "completed": 20, "employed_after": 20}
OTHER: dict[str, Any] = NEED | {"id": "o", "seen": True}


def among(*others: dict[str, Any], need: dict[str, Any] = NEED, **more: Any) -> dict[str, Any]:
    rivals = [OTHER | need, *others]
    return verdict(need, [PROGRAMME], [INTAKE | SURE | more], Horizon.short, TODAY, others=rivals)


def test_seats_that_two_needs_count_on_cover_a_need_only_where_they_reach_for_both() -> None:
    alone = among(OTHER | NEED)
    assert (alone["conclusion"], alone["shared_needs"]) == (Conclusion.covered, 0), "but itself"
    enough = among(OTHER)
    assert (enough["supply_low"], enough["supply_high"], enough["shared_taken"]) == (10, 20, 10)
    assert (enough["conclusion"], enough["shared_need_ids"]) == (Conclusion.covered, ["o"])
    lacking = among(OTHER | {"headcount_per_year": 11})
    assert (lacking["supply_low"], lacking["supply_high"]) == (9, 20)
    assert (lacking["coverage_low"], lacking["coverage_high"]) == (Decimal("0.9"), 2)
    assert lacking["conclusion"] is Conclusion.undecidable
    (why,) = (one for one in lacking["unknowns"] if one["decisive"])
    assert (why["kind"], why["text"]) == (
        "shared",
        "Vem som får platserna är inte känt: de räknas också för ett annat öppet behov, "
        "som kan ta 11 personer per år först.",
    )
    unsaid = among(OTHER | {"headcount_per_year": None}, OTHER | {"id": "p", "seen": False})
    assert (unsaid["supply_low"], unsaid["shared_taken"], unsaid["shared_needs"]) == (0, 20, 2)
    assert unsaid["shared_need_ids"] == ["o"], "only what the caller may know of is named"
    (why,) = (one for one in unsaid["unknowns"] if one["decisive"])
    assert why["text"].endswith("först. 1 av dem säger inte hur många som behövs.")


def test_a_need_shares_only_the_seats_that_are_for_it_in_the_same_time() -> None:
    for other in (LATER, AWAY_NEED, {"occupation_code": "7521"}, {"headcount_per_year": 0}):
        told = among(OTHER | other, need=NEED | HERE)
        shares = other is AWAY_NEED  # the programme has no place: it is for both
        assert bool(told["shared_needs"]) is shares
    there = PROGRAMME | {"id": "q", "municipality_code": "1473"}
    intakes = [INTAKE | SURE, INTAKE | SURE | {"id": "j", "programme_id": "q"}]
    both = ["1472", "1473"]
    told = verdict(
        NEED | {"municipality_codes": both}, [PROGRAMME | HERE_ALONE, there], intakes,
        Horizon.short, TODAY, others=[OTHER | AWAY_NEED | {"headcount_per_year": 50}],
    )  # fmt: skip
    assert (told["supply_low"], told["supply_high"], told["shared_taken"]) == (20, 40, 20)
    assert not among(OTHER, admitted=0, seats=0)["shared_needs"], "nothing is shared"


AWAY_NEED, HERE_ALONE = {"municipality_codes": ["1473"]}, {"municipality_code": "1472"}
