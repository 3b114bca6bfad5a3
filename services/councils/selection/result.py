"""The result of a selection: weighted means, places, and whether a weight decides who is first.

All of it is counted in fractions, so that a tie is a tie.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from services.councils.contract.selection import (
    SelectionCriterion,
    SelectionMean,
    SelectionMove,
    SelectionPart,
    SelectionScore,
    SelectionSwot,
    SwotEntryPoint,
    SwotEntrySaid,
    SwotQuarter,
)

Weights = Mapping[str, Fraction]
Scores = Mapping[str, Mapping[str, int]]
MOVES = (Fraction(1, 2), Fraction(3, 2))
DECIMALS = 4


def scores_of(candidates: Sequence[str], scores: Sequence[SelectionScore]) -> Scores:
    """What each candidate was judged to be, by criterion; what was not judged is not there."""
    found: dict[str, dict[str, int]] = {one: {} for one in candidates}
    for one in scores:
        if one.score is not None and one.candidate in found:
            found[one.candidate][one.criterion] = one.score
    return found


def weights_of(criteria: Sequence[SelectionCriterion]) -> Weights:
    """The weights that there are."""
    return {one.key: Fraction(one.weight) for one in criteria if one.weight is not None}


def mean(judged: Mapping[str, int], weights: Weights) -> Fraction | None:
    """The weighted mean of what is judged; None where nothing of it has a weight."""
    counted = [key for key in judged if weights.get(key)]
    total = sum((weights[key] for key in counted), Fraction(0))
    return sum((weights[k] * judged[k] for k in counted), Fraction(0)) / total if total else None


def means_of(scores: Scores, weights: Weights) -> dict[str, Fraction]:
    """The means that there are."""
    found = ((one, mean(judged, weights)) for one, judged in scores.items())
    return {one: value for one, value in found if value is not None}


def first_of(means: Mapping[str, Fraction]) -> list[str]:
    """Who has the highest mean; several where they share it."""
    return [one for one in means if means[one] == max(means.values())]


def moves_of(scores: Scores, weights: Weights) -> list[SelectionMove]:
    """Each weight that would change who is first, and to whom, moved by itself."""
    now = first_of(means_of(scores, weights))
    found = []
    for key, weight in weights.items():
        for factor in MOVES if weight else ():
            first = first_of(means_of(scores, {**weights, key: weight * factor}))
            if first != now:
                to = float(weight * factor)
                found.append(SelectionMove(criterion=key, weight=int(weight), to=to, first=first))
    return found


def candidate_results(
    scores: Scores, criteria: Sequence[SelectionCriterion]
) -> list[SelectionMean]:
    """Every candidate with its arithmetic, the first place first; without a mean, last."""
    means = means_of(scores, weights_of(criteria))
    found = [_candidate(one, judged, criteria, means) for one, judged in scores.items()]
    return sorted(found, key=lambda one: one.place or len(found) + 1)


def _candidate(
    key: str,
    judged: Mapping[str, int],
    criteria: Sequence[SelectionCriterion],
    means: Mapping[str, Fraction],
) -> SelectionMean:
    own = means.get(key)
    total = sum(one.weight or 0 for one in criteria if one.key in judged)
    return SelectionMean(
        candidate=key,
        mean=None if own is None else told(own),
        place=None if own is None else 1 + sum(other > own for other in means.values()),
        parts=[_part(one, judged.get(one.key), total) for one in criteria],
        unjudged=[one.key for one in criteria if one.key not in judged],
    )


def _part(criterion: SelectionCriterion, score: int | None, total: int) -> SelectionPart:
    part = SelectionPart(
        criterion=criterion.key, weight=criterion.weight, score=score, share=None, points=None
    )
    if criterion.weight and score is not None:
        share = Fraction(criterion.weight, total)
        part.share, part.points = told(share), told(share * score)
    return part


def told(value: Fraction) -> float:
    """A fraction as it is answered."""
    return round(float(value), DECIMALS)


def swot_of(candidates: Sequence[str], entries: Sequence[Mapping[str, Any]]) -> list[SelectionSwot]:
    """What was said of each candidate: entries that say the same are one point, all of them kept.

    `entries` come in the order they were written.
    """
    points: dict[Any, SwotEntryPoint] = {}
    at: dict[tuple[str, SwotQuarter], list[SwotEntryPoint]] = {}
    for entry in entries:
        if entry["same_as_id"] is None:
            points[entry["id"]] = SwotEntryPoint(text=entry["text"], groups=[], said=[])
            place = entry["candidate"], SwotQuarter(entry["quarter"])
            at.setdefault(place, []).append(points[entry["id"]])
    for entry in sorted(entries, key=lambda one: one["same_as_id"] is not None):
        point = points[entry["same_as_id"] or entry["id"]]
        point.said.append(SwotEntrySaid.model_validate(entry, from_attributes=True))
        if entry["group_name"] not in point.groups:
            point.groups.append(entry["group_name"])
    return [
        SelectionSwot(
            candidate=one,
            quarters={
                quarter: sorted(at.get((one, quarter), ()), key=lambda point: -len(point.groups))
                for quarter in SwotQuarter
            },
        )
        for one in candidates
    ]
