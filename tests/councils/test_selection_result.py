"""The result of a selection against a naive oracle, and the SWOT that loses nothing."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from services.councils.contract.selection import (
    SelectionCriterion,
    SelectionScore,
    SwotQuarter,
)
from services.councils.selection import result

# A busy machine draws and counts slowly; that is nothing about a result.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
CANDIDATES = ("a", "b", "c", "d")
Case = tuple[list[int | None], list[list[int | None]]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Weights of some criteria, and how two to four candidates are judged by each."""
    many = draw(st.integers(1, 4))
    weights = draw(st.lists(st.none() | st.integers(0, 100), min_size=many, max_size=many))
    judged = st.lists(st.none() | st.integers(1, 5), min_size=many, max_size=many)
    return weights, draw(st.lists(judged, min_size=2, max_size=4))


def naive(weights: list[Any], scores: list[list[int | None]]) -> list[Fraction | None]:
    """Each candidate's mean: every point as many times as its weight, one by one."""
    found: list[Fraction | None] = []
    for judged in scores:
        above, below = Fraction(0), Fraction(0)
        for weight, score in zip(weights, judged, strict=True):
            if weight is not None and score is not None:
                above, below = above + Fraction(weight) * score, below + Fraction(weight)
        found.append(above / below if below else None)
    return found


def naive_first(weights: list[Any], scores: list[list[int | None]]) -> list[str]:
    """Whom nobody is before."""
    means = naive(weights, scores)
    known = [mean for mean in means if mean is not None]
    return [
        CANDIDATES[place]
        for place, mean in enumerate(means)
        if mean is not None and all(other <= mean for other in known)
    ]


def as_asked(case: Case) -> tuple[list[SelectionCriterion], result.Scores]:
    """The same case as the room knows it."""
    weights, scores = case
    criteria = [
        SelectionCriterion(key=f"k{place}", name="Exempel", weight=weight)
        for place, weight in enumerate(weights)
    ]
    given_scores = [
        SelectionScore(candidate=CANDIDATES[row], criterion=f"k{place}", score=score)
        for row, judged in enumerate(scores)
        for place, score in enumerate(judged)
    ]
    return criteria, result.scores_of(CANDIDATES[: len(scores)], given_scores)


@PATIENT
@given(cases())
@example(([50, 50], [[5, 1], [1, 5]]))
@example(([None], [[5], [1]]))
@example(([0, 0], [[5, 4], [1, 2]]))
def test_means_places_and_shares_are_those_of_the_oracle(case: Case) -> None:
    criteria, scores = as_asked(case)
    weights, means = result.weights_of(criteria), naive(*case)
    found = {one.candidate: one for one in result.candidate_results(scores, criteria)}
    assert result.first_of(result.means_of(scores, weights)) == naive_first(*case)
    known = [mean for mean in means if mean is not None]
    for place, mean in enumerate(means):
        one = found[CANDIDATES[place]]
        if mean is None:
            assert (one.mean, one.place) == (None, None)
            assert all(part.points is None for part in one.parts)
            continue
        assert one.mean == round(float(mean), 4)
        assert one.place == 1 + len([other for other in known if other > mean])
        assert abs(sum(part.share or 0 for part in one.parts) - 1) < 0.001
        assert abs(sum(part.points or 0 for part in one.parts) - mean) < 0.001
        unjudged = [f"k{at}" for at, score in enumerate(case[1][place]) if score is None]
        assert one.unjudged == unjudged
    order = [one.place or 99 for one in result.candidate_results(scores, criteria)]
    assert order == sorted(order)


@PATIENT
@given(cases())
@example(([50, 50], [[5, 1], [1, 5]]))
@example(([60, 40], [[5, 1], [1, 5]]))
@example(([60, 40], [[5, 5], [1, 1]]))
def test_moves_are_those_that_change_who_is_first(case: Case) -> None:
    weights, scores = case
    criteria, judged = as_asked(case)
    now, wanted = naive_first(weights, scores), []
    for place, weight in enumerate(weights):
        for factor in (Fraction(1, 2), Fraction(3, 2)):
            moved: list[Any] = [*weights]
            if weight is not None:
                moved[place] = weight * factor
            if (first := naive_first(moved, scores)) != now:
                wanted.append((f"k{place}", float((weight or 0) * factor), first))
    found = result.moves_of(judged, result.weights_of(criteria))
    assert [(one.criterion, one.to, one.first) for one in found] == wanted


def said(number: int, group: str, text: str, same_as: int | None = None) -> Mapping[str, Any]:
    """An entry as it is stored."""
    return {
        "id": UUID(int=number), "candidate": "a", "quarter": "threat", "group_name": group,
        "text": text, "same_as_id": None if same_as is None else UUID(int=same_as),
        "example": True,
    }  # fmt: skip


def test_what_is_said_alike_is_one_point_with_all_its_groups_and_nothing_lost() -> None:
    entries = [
        said(1, "Styrgruppen", "Få söker"),
        said(3, "Näringslivsenheter", "Ingen söker", same_as=2),
        said(2, "Styrgruppen", "Unga söker inte"),
        said(4, "Näringslivsenheter", "Inga sökande", same_as=2),
    ]
    first, other = result.swot_of(("a", "b"), entries)
    most, least = first.quarters[SwotQuarter.threat]
    assert (most.text, most.groups) == ("Unga söker inte", ["Styrgruppen", "Näringslivsenheter"])
    assert [one.text for one in most.said] == ["Unga söker inte", "Ingen söker", "Inga sökande"]
    assert (least.text, least.groups) == ("Få söker", ["Styrgruppen"])
    assert [list(other.quarters), [*other.quarters.values()]] == [list(SwotQuarter), [[]] * 4]
